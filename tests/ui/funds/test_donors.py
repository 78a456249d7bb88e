"""捐赠名单: typed, pasted, imported, kept as one change, written and printed."""

import openpyxl
import pytest
from pypdf import PdfReader
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from fupin_desktop.errors import Situation
from fupin_desktop.services import funds, history
from fupin_desktop.services.funds import donors
from fupin_desktop.services.funds.donors import DonorForm
from fupin_desktop.ui.dialogs.fund_donors import DonorsDialog
from fupin_desktop.ui.models.fund_donors import AMOUNT, ANONYMOUS
from tests.ui.funds.desk import settle

FIRM, QUIET = DonorForm("市金穗米业", "20000", "2026-01-30"), DonorForm("张三", "10000", anonymous=True, note="教师")


@pytest.fixture
def opened(window, page, money, bench):
    """Opens the list of the donation, as the dialog stands by itself."""
    made = []

    def open_list(*rows, key="donated"):
        if rows:
            donors.set_donors(bench, money[key], rows)
        dialog = DonorsDialog(window.shell, donors.summary(bench, money[key]))
        made.append(dialog)
        return dialog

    yield open_list
    for dialog in made:
        dialog.deleteLater()


def type_in(dialog, row, *texts):
    for column, text in enumerate(texts):
        dialog.model.setData(dialog.model.index(row, column), text)


def press(dialog, key, modifier=Qt.KeyboardModifier.NoModifier):
    dialog.table.keyPressEvent(QKeyEvent(QKeyEvent.Type.KeyPress, key, modifier))


def put_on_clipboard(text):
    QGuiApplication.clipboard().setText(text)


def texts(dialog):
    return [[dialog.model.index(row, column).data() for column in (0, 1, 2, 4)] for row in range(len(dialog.model.rows))]


def kept(bench, key):
    return [(one.name, f"{one.amount:,.2f}") for one in donors.donors(bench, key)]


# ---- from the ledger ----
def test_the_head_of_a_donation_tells_its_donors_and_opens_the_list(page, money, answers, window, bench):
    page.state.choose_source(money["donated"])
    assert not page.head.donors.isHidden()
    assert not page.head.list.isHidden()
    assert page.head.donors.value == "0 人"

    def drive(dialog):
        assert dialog.sums.text() == "已录 0 人 0.00 元，与到账相差 30,000.00 元"
        type_in(dialog, 0, "市金穗米业", "20000")
        type_in(dialog, 1, "张三", "10000")
        assert dialog.sums.text() == "已录 2 人 30,000.00 元，与到账相差 0.00 元"
        assert dialog.sums.property("tone") == "good"
        dialog.save.click()

    answers.dialogs.append(drive)
    page.head.list.click()
    settle(window)
    assert kept(bench, money["donated"]) == [("市金穗米业", "20,000.00"), ("张三", "10,000.00")]
    assert page.sources.key == money["donated"]
    assert page.head.donors.value == "2 人"
    answers.dialogs.append(lambda dialog: (texts(dialog)[0][0] == "市金穗米业" or pytest.fail("empty"), dialog.reject()))
    page.head.donors.clicked.emit()
    assert answers.asked.count(("dialog", "捐赠名单")) == 2


def test_any_other_source_has_the_list_in_its_menu(page, money, answers, window, bench):
    page.state.choose_source(money["special"])
    assert page.head.donors.isHidden()
    assert page.head.list.isHidden()
    entries = dict(page.ledger_actions.source_entries())

    def drive(dialog):
        type_in(dialog, 0, "某企业", "1")
        dialog.finish()

    answers.dialogs.append(drive)
    entries["捐赠名单…"]()
    settle(window)
    assert (page.head.donors.isHidden(), page.head.donors.value) == (False, "1 人")
    page.state.choose_source("")
    assert page.head.donors.isHidden()
    page.ledger_actions.show_donors()
    assert answers.asked.count(("dialog", "捐赠名单")) == 1


def test_the_whole_list_is_one_step_back(page, money, answers, window, bench):
    donors.set_donors(bench, money["donated"], [FIRM])
    page.state.choose_source(money["donated"])
    put_on_clipboard("捐赠人\t金额\n李四\t300\n王五\t200")
    answers.dialogs.append(lambda dialog: (dialog.paste(), dialog.finish()))
    page.ledger_actions.show_donors()
    settle(window)
    assert page.head.donors.value == "3 人"
    window.shell.do(lambda: history.undo(bench))
    settle(window)
    assert page.head.donors.value == "1 人"
    assert kept(bench, money["donated"]) == [("市金穗米业", "20,000.00")]


# ---- the table ----
def test_cells_are_tidied_ticked_and_the_last_row_is_free(opened):
    dialog = opened(FIRM)
    model = dialog.model
    assert (model.rowCount(), len(model.rows)) == (2, 1)
    type_in(dialog, 1, "张三", "1500", "2026.1.5")
    assert model.setData(model.index(1, ANONYMOUS), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert texts(dialog)[1] == ["张三", "1,500.00", "2026-01-05", ""]
    assert model.rows[1].anonymous
    assert model.rowCount() == 3
    assert not model.setData(model.index(2, 0), "  ")
    assert model.rowCount() == 3
    assert model.headerData(2, Qt.Orientation.Vertical) is None
    dialog.model.setData(model.index(1, ANONYMOUS), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert not model.rows[1].anonymous


def choose_row(dialog, row):
    """As a click on its number; the keys held in an earlier test are none of this one's."""
    rows = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    dialog.table.selectionModel().setCurrentIndex(dialog.model.index(row, 0), rows)


def test_rows_are_added_and_taken_out(opened):
    dialog = opened(FIRM, QUIET)
    choose_row(dialog, 0)
    press(dialog, Qt.Key.Key_Insert)
    assert [row[0] for row in texts(dialog)] == ["市金穗米业", "", "张三"]
    assert dialog.table.currentIndex().row() == 1
    choose_row(dialog, 0)
    dialog.remove()
    assert [row[0] for row in texts(dialog)] == ["", "张三"]
    dialog.table.selectRow(1)
    press(dialog, Qt.Key.Key_Delete)
    assert texts(dialog)[1] == ["", "", "", ""]
    assert not dialog.model.rows[1].anonymous


def test_a_wrong_cell_is_marked_and_told_and_nothing_typed_is_lost(opened, answers, bench, money):
    dialog = opened(FIRM)
    type_in(dialog, 1, "李四", "三百")
    type_in(dialog, 2, "王五", "70000")
    assert dialog.model.index(1, AMOUNT).data(Qt.ItemDataRole.BackgroundRole) is not None
    assert "不是数字" in dialog.model.index(1, AMOUNT).data(Qt.ItemDataRole.ToolTipRole)
    assert dialog.model.index(0, AMOUNT).data(Qt.ItemDataRole.BackgroundRole) is None
    assert dialog.told.text().splitlines() == [
        "第 2 行“金额”：金额“三百”不是数字。", "捐赠名单合计 90,000.00 元，超过下达金额 80,000.00 元，多出 10,000.00 元。",
    ]
    dialog.save.click()
    assert isinstance(answers.told[-1], Situation)
    assert dialog.result() == 0
    assert texts(dialog)[1][:2] == ["李四", "三百"]
    assert kept(bench, money["donated"]) == [("市金穗米业", "20,000.00")]
    type_in(dialog, 1, "李四", "300")
    type_in(dialog, 2, "王五", "59700")
    dialog.save.click()
    assert dialog.result() == 1
    assert len(kept(bench, money["donated"])) == 3


def test_what_is_not_kept_is_asked_about(opened, answers, bench, money):
    dialog = opened(FIRM)
    dialog.reject()
    assert answers.asked == []
    dialog = opened()
    type_in(dialog, 1, "李四", "300")
    answers.answers.append(False)
    dialog.show()
    dialog.reject()
    assert dialog.isVisible()
    assert texts(dialog)[1][0] == "李四"
    answers.answers.append(True)
    dialog.reject()
    assert not dialog.isVisible()
    assert len(kept(bench, money["donated"])) == 1


# ---- clipboard and files ----
def test_a_block_becomes_rows_and_a_column_is_laid_over_cells(opened, answers):
    dialog = opened(FIRM)
    put_on_clipboard("1\t李四\t300\t2026-1-5\n2\t王五\t200.5\t2026-1-6\n")
    press(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert texts(dialog)[1:] == [["李四", "300.00", "2026-01-05", ""], ["王五", "200.50", "2026-01-06", ""]]
    dialog.table.setCurrentIndex(dialog.model.index(2, AMOUNT))
    put_on_clipboard("250\n1000\n")
    dialog.paste()
    assert [row[1] for row in texts(dialog)] == ["20,000.00", "300.00", "250.00", "1,000.00"]
    put_on_clipboard("张三\t现金")
    dialog.paste()
    assert "没有认出" in answers.told[-1]
    assert len(dialog.model.rows) == 4
    dialog.table.selectAll()
    press(dialog, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[0] == "市金穗米业\t20,000.00\t2026-01-30\t\t"


def test_a_file_is_read_in_after_or_instead_of_what_is_there(opened, answers, window, tmp_path):
    book = openpyxl.Workbook()
    for row in (("姓名", "捐款金额"), ("李四", 300), ("合计", 300)):
        book.active.append(row)
    book.save(tmp_path / "名单.xlsx")
    dialog = opened()
    for answer, wanted in (((), ["李四"]), ((0,), ["李四", "李四"]), ((None,), ["李四", "李四"]), ((1,), ["李四"])):
        answers.answers += [tmp_path / "名单.xlsx", *answer]
        dialog.bring()
        settle(window)
        assert [row[0] for row in texts(dialog)] == wanted
    answers.answers += [tmp_path / "没有.xlsx"]
    dialog.bring()
    settle(window)
    assert isinstance(answers.told[-1], Situation)
    assert [row[0] for row in texts(dialog)] == ["李四"]


# ---- papers ----
def test_papers_are_of_the_list_as_it_was_kept_first(opened, answers, window, tmp_path, bench, money):
    dialog = opened(FIRM, QUIET)
    type_in(dialog, 2, "李四", "300")
    answers.answers += [tmp_path / "公开.pdf", False]
    dialog.save_pdf()
    settle(window)
    assert answers.asked[-2] == ("save", "企业捐款 捐赠名单.pdf")
    assert len(kept(bench, money["donated"])) == 3
    text = PdfReader(tmp_path / "公开.pdf").pages[0].extract_text()
    assert "爱心人士" in text
    assert "张三" not in text
    assert "李四" in text
    dialog.public.setChecked(False)
    answers.answers += [tmp_path / "存档.xlsx", False]
    dialog.save_xlsx()
    settle(window)
    values = {cell for row in openpyxl.load_workbook(tmp_path / "存档.xlsx").active.iter_rows(values_only=True) for cell in row}
    assert {"张三", "匿名；教师"} <= values
    assert not dialog.dirty


def test_nothing_is_written_of_a_list_that_cannot_be_kept(opened, answers):
    dialog = opened(FIRM)
    type_in(dialog, 1, "李四", "x")
    for write in (dialog.save_pdf, dialog.save_xlsx, dialog.print_list):
        write()
        assert isinstance(answers.told[-1], Situation)
    assert answers.asked == []


def test_the_list_is_printed(opened, answers, window, tmp_path, bench, money):
    dialog = opened(FIRM)

    def set_up(printer):
        printer.setOutputFileName(str(tmp_path / "打印.pdf"))
        return True

    answers.setups.append(set_up)
    dialog.print_list()
    settle(window)
    assert (tmp_path / "打印.pdf").exists()
    assert "打印" in {line.label for line in history.entries(bench, "funds", money["donated"])}


def test_the_list_of_a_void_source_is_only_read(opened, page, bench, money, answers):
    donors.set_donors(bench, money["donated"], [FIRM])
    funds.void(bench, money["donated"], "重复")
    page.reload()
    page.state.choose_source(money["donated"])
    assert [text for text, _run in page.ledger_actions.source_entries()] == ["登记资金…", "捐赠名单…"]
    dialog = opened()
    assert dialog.save.isHidden()
    assert dialog.model.rowCount() == 1
    assert not dialog.model.flags(dialog.model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    for act in (dialog.add, dialog.paste):
        act()
    assert len(dialog.model.rows) == 1
    assert "已作废" in dialog.told.text()
