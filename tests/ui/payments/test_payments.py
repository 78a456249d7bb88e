"""From the menu to the paid list: each button through the window."""

from decimal import Decimal as D

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from python_calamine import CalamineWorkbook

from fupin_desktop.domain.payments import BatchState, PaymentRowState
from fupin_desktop.services import payments
from tests.services.payments import pay_office as office


def press(button):
    """Press a button that can be seen and pressed."""
    assert button.isVisibleTo(button.window())
    assert button.isEnabled(), button.text()
    button.click()


def save(dialog):
    """Press the button at the end of a small dialog."""
    press(dialog.save)
    assert dialog.result(), dialog.told.text()


def enter(widget):
    """Press Enter in a list."""
    QTest.keyClick(widget, Qt.Key.Key_Return)


def latest(window):
    return payments.load(window.shell.bench, payments.batches(window.shell.bench)[0].key)


def test_a_list_is_made_checked_sent_and_paid_in_the_window(pay_window, answers, tmp_path):
    bench = pay_window.shell.bench

    def drive(dialog):
        answers.dialogs = [save]
        press(dialog.make)
        assert dialog.pane.title.text().endswith("第1批")
        assert not dialog.make.isEnabled()
        assert not dialog.pane.bank.isEnabled()
        for state in (BatchState.CHECKED, BatchState.SENT, BatchState.PAID):
            answers.dialogs = [save]
            press(dialog.pane.next)
            assert dialog.pane.badge.text == state.label
        assert dialog.pane.figures.text().endswith("资金台账 4,480.00 元，与名单一致")
        assert dialog.pane.next.isHidden()
        assert dialog.focusWidget() is dialog.pane.table
        path = tmp_path / "list.xlsx"
        answers.answers = [path]
        answers.dialogs = [lambda one: (one.list.setCurrentRow(2), enter(one.list))]
        press(dialog.pane.bank)
        pay_window.shell.tasks.wait()
        assert CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1][4] == 4000.0

    answers.dialogs = [drive]
    pay_window.menus.actions["payments"].trigger()
    assert latest(pay_window).agreement == payments.Agreement(D("4480.00"), D("4480.00"), D("4480.00"))
    assert bench.year == 2026


def test_the_list_and_the_batch_that_are_marked_belong_together(sample_window, answers):
    def drive(dialog):
        lists, batches = dialog._payables, dialog._batches
        assert dialog.payable.object_key == batches[dialog.batches.currentRow()].object_key
        dialog.batches.setCurrentRow(len(batches) - 1)
        assert dialog.payable.object_key == batches[-1].object_key
        paid = {one.object_key for one in batches}
        dialog.lists.setCurrentRow(next(at for at, one in enumerate(lists) if one.object_key not in paid))
        assert (dialog.batches.currentRow(), dialog.stack.currentWidget()) == (-1, dialog.empty)
        assert dialog.empty.text() == "这份名单还没有发放批次。"
        dialog.reload()
        assert dialog.stack.currentWidget() is dialog.empty
        dialog.lists.setCurrentRow(next(at for at, one in enumerate(lists) if one.object_key == batches[0].object_key))
        assert (dialog.batches.currentRow(), dialog.pane.key) == (0, batches[0].key)

    sample_window.shell.ask.dialogs.append(drive)
    sample_window.menus.actions["payments"].trigger()


def press_word(dialog, word):
    from PySide6.QtWidgets import QPushButton

    (found,) = [one for one in dialog.findChildren(QPushButton) if one.text() == word]
    press(found)


def test_what_came_back_is_paid_again(pay_window, answers, run):
    bench = pay_window.shell.bench
    office.paid(bench, run)

    def reason(dialog):
        dialog.reason.setCurrentText("账号户名不符")
        save(dialog)

    def mend(dialog):
        assert dialog.focusWidget() is dialog.account
        dialog.account.setText("8002 0000 0999 99999")
        save(dialog)

    def drive(dialog):
        press(dialog.pane.returned)
        assert "请先在名单上选定“已发”的户" in answers.told[-1]
        dialog.pane.table.selectRow(1)
        answers.dialogs = [reason]
        press(dialog.pane.returned)
        assert dialog.pane.badge.text == "部分退回"
        press(dialog.pane.next)
        assert dialog.pane.title.text().endswith("第2批(退回重发)")
        press(dialog.pane.mend)
        assert answers.told[-1] == "请先在名单上选定一户，再点“改正账户…”。"
        assert dialog.pane.problems.problems[0].blocks
        answers.dialogs = [mend]
        dialog.pane.table.selectRow(0)
        dialog.pane.table.doubleClicked.emit(dialog.pane.table.model().index(0, 0))
        assert not any(one.blocks for one in dialog.pane.problems.problems)
        assert [row.account for row in dialog.pane.chosen()] == ["80020000099999999"]
        answers.answers = [True]
        press(dialog.pane.drop)

    answers.dialogs = [drive]
    pay_window.menus.actions["payments"].trigger()
    found = latest(pay_window)
    assert [row.state for row in found.rows] == [PaymentRowState.PAID, PaymentRowState.RETURNED]
    assert not found.rows[1].paid_again


def test_an_account_that_needs_a_reason_gets_it_and_a_step_goes_back(pay_window, answers, run):
    bench = pay_window.shell.bench
    office.bank(bench, office.SMALL, account_name="陈小康")
    office.batch(bench, run)

    def drive(dialog):
        pane = dialog.pane
        answers.dialogs = [lambda one: (press(one.save), one.reject())]
        press(pane.next)
        assert "账户名是“陈小康”，与户主不同" in answers.told[-1].happened
        (problem,) = [one for one in pane.problems.problems if one.blocks]
        answers.answers = ["母子同户，书面委托。"]
        pane.problems.reason_asked.emit(problem)
        answers.dialogs = [save]
        press(pane.next)
        press(pane.back)
        pane.problems.subjects_asked.emit(pane.problems.problems[0])
        assert [row.head_name for row in pane.chosen()] == [office.SMALL]
        press(pane.leave)

    answers.dialogs = [drive]
    pay_window.menus.actions["payments"].trigger()
    assert [row.head_name for row in latest(pay_window).rows] == [office.LARGE]


def test_what_stands_in_the_way_is_told_in_front(pay_window, answers, run):
    bench = pay_window.shell.bench
    key = payments.create(bench, run, share=D("0.5")).keys[0]
    payments.check(bench, key)
    office.paid(bench, run)  # the rest of the whole award is paid by another batch first

    def drive(dialog):
        dialog.batches.setCurrentRow(1)
        assert "还可以拨付 2,240.00 元" not in dialog.pane.gate.text()
        assert "预付到应发的 50%" in dialog.pane.figures.text()

    answers.dialogs = [drive]
    pay_window.menus.actions["payments"].trigger()
    assert payments.load(bench, key).line.state is BatchState.CHECKED


def test_a_layout_is_made_from_a_sample_and_removed(pay_window, answers, run, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["卡号", "姓名", "金额", "用途"])
    book.save(tmp_path / "某行.xlsx")
    bench = pay_window.shell.bench
    done = office.paid(bench, run)

    def own(dialog):
        assert [box.currentText() for box in dialog.boxes] == ["账号", "户主", "金额", "发放事项"]
        dialog.boxes[1].setCurrentIndex(dialog.boxes[1].findText("账户名"))
        press_word(dialog, "保存")

    def drive(dialog):
        answers.answers = [tmp_path / "某行.xlsx"]
        answers.dialogs = [own]
        press_word(dialog, "从银行的样表新建…")
        assert dialog.chosen.name == "某行"
        answers.answers = [True]
        press(dialog.remove)
        assert "某行" not in [one.name for one in payments.layouts(bench)]

    from fupin_desktop.ui.payments.bank_file import BankFileDialog

    answers.dialogs = [drive]
    assert not answers.run(BankFileDialog(pay_window.shell, done.line.key, done.line.name))
