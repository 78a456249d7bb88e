"""发放 and 验收 where something is not chosen, not filled in, refused or given up."""

from decimal import Decimal as D

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractItemView

from fupin_desktop.domain.payments import BatchState, PaymentRowState
from fupin_desktop.services import acceptance, payments
from fupin_desktop.ui.dialogs.changes import ChangesDialog
from fupin_desktop.ui.payments.acceptance import AcceptanceDialog
from fupin_desktop.ui.payments.bank_file import BankFileDialog, LayoutDialog
from fupin_desktop.ui.payments.dialog import PaymentsDialog
from tests.services.payments import pay_office as office
from tests.ui.payments.test_acceptance import listed
from tests.ui.payments.test_payments import press, press_word, save


def test_what_is_given_up_or_not_chosen_changes_no_acceptance(pay_window, answers, tmp_path):
    bench = pay_window.shell.bench
    dialog = AcceptanceDialog(pay_window.shell)
    model = listed(dialog)
    key, before = dialog.key, bench.revision
    dialog.table.clearSelection()
    dialog.leave_out()
    assert answers.told.pop() == "请先在名单上选定要移出的项目。"
    answers.answers += [None, None, False]
    dialog.read_back()
    dialog.attach()
    dialog.remove()
    assert (bench.revision, dialog.key) == (before, key)
    empty = tmp_path / "空表.xlsx"
    answers.answers.append(empty)
    dialog.blank_papers.save_xlsx()
    pay_window.shell.tasks.wait()
    answers.answers = [empty]
    dialog.read_back()
    assert answers.told.pop().endswith("表里没有填好的实测数量。")
    assert model.index(0, 6).data() == ""
    dialog.reject()


def test_a_photograph_belongs_to_the_row_chosen_and_without_one_to_the_whole(pay_window, answers, tmp_path):
    picture = tmp_path / "田.png"
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0)
    assert image.save(str(picture))
    dialog = AcceptanceDialog(pay_window.shell)
    listed(dialog)
    dialog.table.clearSelection()
    answers.answers = [picture, picture]
    press(dialog.photo)
    assert (len(dialog.found.files), [len(row.files) for row in dialog.found.rows]) == (1, [0, 0])
    dialog.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
    dialog.table.setCurrentIndex(dialog.table.model().index(1, 6))
    press(dialog.photo)
    assert (len(dialog.found.files), [len(row.files) for row in dialog.found.rows]) == (1, [0, 1])
    assert dialog.figures.text().endswith("照片 2 张")
    dialog.reject()


def test_a_finding_leads_to_its_row_and_a_row_left_out_is_gone(pay_window, answers):
    dialog = AcceptanceDialog(pay_window.shell)
    model = listed(dialog)
    assert model.setData(model.index(1, 6), "99")
    problem = next(one for one in dialog.problems.problems if one.code == "acceptance.above")
    dialog.problems.subjects_asked.emit(problem)
    rows = [row.key for row in dialog.found.rows]
    assert rows[dialog.table.currentIndex().row()] in problem.subjects
    dialog.table.setCurrentIndex(dialog.table.model().index(0, 2))
    press(dialog.out)
    assert [row.key for row in dialog.found.rows] == rows[1:]
    answers.answers = [None]
    revision = pay_window.shell.bench.revision
    dialog.give_reason(problem)
    assert pay_window.shell.bench.revision == revision
    answers.answers = [True]
    press(dialog.drop)
    assert acceptance.batches(pay_window.shell.bench) == []
    assert dialog.found is None
    dialog.reject()


def test_days_and_names_are_kept_as_they_are_left_and_the_same_is_no_change(pay_window):
    bench = pay_window.shell.bench
    dialog = AcceptanceDialog(pay_window.shell)
    listed(dialog)
    before = bench.revision
    for line in (dialog.members, dialog.spot_by):
        line.editingFinished.emit()
    assert bench.revision == before
    dialog.spot_by.setText("林镇长")
    dialog.spot_by.editingFinished.emit()
    dialog.spot_on.choose(bench.today)
    found = acceptance.load(bench, dialog.key)
    assert (found.spot_by, found.spot_on) == ("林镇长", bench.today)
    dialog.reject()


def test_a_list_that_is_made_wholly_says_so_and_what_is_asked_for_stands_in_front(pay_window, answers, run):
    bench = pay_window.shell.bench
    batch = payments.create(bench, run, share=D("0.5"))
    (payable,) = [one for one in payments.payables(bench, bench.year) if one.source_key == run]
    dialog = PaymentsDialog(pay_window.shell, payable.object_key, batch.keys[0])
    assert dialog.payable.source_key == run
    assert dialog.told.text() == "还有 2,240.00 元没有列入批次。"
    assert dialog.pane.key == batch.keys[0]
    answers.dialogs = [save]
    press(dialog.make)
    assert (dialog.told.text(), dialog.make.isEnabled()) == ("已全部列入发放批次。", False)
    assert len(payments.batches(bench, bench.year)) == 2
    dialog.reject()


def test_a_draft_is_kept_where_its_removal_is_given_up_and_its_changes_are_shown(
    pay_window, answers, run, qtbot, monkeypatch
):
    bench = pay_window.shell.bench
    key = payments.create(bench, run).keys[0]
    read, load = [], payments.load
    monkeypatch.setattr(payments, "load", lambda bench, key: read.append(key) or load(bench, key))
    dialog, seen = PaymentsDialog(pay_window.shell, batch_key=key), []
    assert read == [key]  # once, however many rows became current
    pane = dialog.pane
    answers.answers = [False]
    pane.remove()
    assert payments.load(bench, key).line.state is BatchState.DRAFT

    def look(changes):
        assert isinstance(changes, ChangesDialog)
        qtbot.waitUntil(lambda: changes.count.text().startswith("共"))
        seen.append(changes.windowTitle())
        changes.reject()

    answers.dialogs = [look]
    pane.changes.click()
    assert seen == [f"改动记录：{payments.load(bench, key).line.name}"]
    pane.table.clearSelection()
    pane.recover()
    assert "请先在名单上选定“待追回”的户" in answers.told[-1]
    pane.leave_out()
    assert "请先在名单上选定“待发”、“待追回”的户" in answers.told[-1]
    answers.answers = [True]
    pane.remove()
    assert payments.batches(bench, bench.year) == []
    assert dialog.stack.currentWidget() is dialog.empty
    dialog.reject()


def test_a_reason_that_is_not_given_changes_nothing(pay_window, answers, run):
    bench = pay_window.shell.bench
    office.bank(bench, office.SMALL, account_name="陈小康")
    key = office.batch(bench, run)
    key = key if isinstance(key, str) else payments.batches(bench, bench.year)[0].key
    dialog = PaymentsDialog(pay_window.shell, batch_key=key)
    (problem,) = [one for one in dialog.pane.problems.problems if one.blocks]
    answers.answers = [None]
    revision = bench.revision
    dialog.pane.give_reason(problem)
    assert bench.revision == revision
    assert all(row.state is PaymentRowState.PENDING for row in payments.load(bench, key).rows)
    dialog.reject()


def test_a_column_of_a_sample_that_is_not_wanted_is_left_out_by_emptying_its_name(pay_window, answers, run, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["卡号", "姓名", "金额", "用途", "联系人"])
    book.save(tmp_path / "某行.xlsx")
    bench = pay_window.shell.bench

    def own(dialog):
        assert isinstance(dialog, LayoutDialog)
        dialog.table.item(4, 0).setText(" ")
        dialog.table.item(3, 2).setText("不用的固定文字")
        dialog.boxes[2].setCurrentIndex(0)
        press_word(dialog, "保存")
        assert answers.told.pop().happened == "没有指明哪一栏是金额。"
        dialog.boxes[2].setCurrentIndex(dialog.boxes[2].findText("金额"))
        dialog.name.setText("某行补贴")
        dialog.format.setCurrentIndex(1)
        press_word(dialog, "保存")

    dialog = BankFileDialog(pay_window.shell, payments.create(bench, run).keys[0], "名单")
    answers.answers = [tmp_path / "某行.xlsx"]
    answers.dialogs = [own]
    dialog.from_sample()
    made = next(one for one in payments.layouts(bench) if one.name == "某行补贴")
    assert [column.heading for column in made.columns] == ["卡号", "姓名", "金额", "用途"]
    assert (made.format, dialog.chosen.name) == ("csv", "某行补贴")
    answers.answers = [False]
    dialog.remove_own()
    assert "某行补贴" in [one.name for one in payments.layouts(bench)]
    answers.answers = [None]
    dialog.from_sample()
    answers.answers = [None]
    dialog.write()
    assert len(payments.layouts(bench)) == dialog.list.count()
    dialog.reject()
