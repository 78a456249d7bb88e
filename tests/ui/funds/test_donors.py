"""捐赠名单: the register of a source's donors in its dialog, beside the ledger, with the papers made of it."""

import openpyxl
import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from fupin_desktop.errors import Situation
from fupin_desktop.services import funds, history, registers
from fupin_desktop.ui.models.register_cells import MARK, SENTENCE
from fupin_desktop.ui.tabs.registers.child import ChildDialog
from tests.services.funds.office import DONORS, donors_of, give
from tests.ui.funds.desk import settle
from tests.ui.register_driving import column, go, key, press, texts, typed

FIRM = {"name": "市金穗米业", "amount": "20000", "given_on": "2026-01-30"}
QUIET = {"name": "张三", "amount": "10000", "anonymous": "是", "note": "教师"}


@pytest.fixture
def opened(window, page, money, bench, qtbot):
    """Opens the list of the donation, as the dialog stands by itself."""
    made = []

    def open_list(*rows, key="donated"):
        if rows:
            give(bench, money[key], *rows)
        dialog = ChildDialog(window.shell, DONORS, registers.owner_of(bench, DONORS, money[key]))
        dialog.show()
        qtbot.waitExposed(dialog)
        made.append(dialog)
        return dialog

    yield open_list
    for dialog in made:
        dialog.tab.state.front.edits.drop()
        dialog.close()
        dialog.deleteLater()


def put_on_clipboard(text):
    QGuiApplication.clipboard().setText(text)


def kept(bench, key):
    return donors_of(bench, key, "name", "amount")


# ---- from the ledger ----
def test_the_head_of_a_donation_tells_its_donors_and_opens_the_list(page, money, answers, window, bench):
    page.state.choose_source(money["donated"])
    assert not page.head.donors.isHidden()
    assert not page.head.list.isHidden()
    assert page.head.donors.value == "0 人"

    def drive(dialog):
        dialog.show()
        assert dialog.sums.text() == "已录 0 人 0.00 元，与到账相差 30,000.00 元"
        put_on_clipboard("捐赠人\t金额\r\n市金穗米业\t20000\r\n张三\t10000\r\n")
        answers.answers.append(True)
        dialog.tab.table.go_to(0, 0)
        dialog.tab.table.paste()
        assert dialog.sums.text() == "已录 2 人 30,000.00 元，与到账相差 0.00 元"
        assert dialog.sums.property("tone") == "good"
        dialog.reject()

    answers.dialogs.append(drive)
    page.head.list.click()
    settle(window)
    assert kept(bench, money["donated"]) == [("市金穗米业", "20,000.00"), ("张三", "10,000.00")]
    assert page.sources.key == money["donated"]
    assert page.head.donors.value == "2 人"
    answers.dialogs.append(lambda dialog: (texts(dialog.tab, "name", 1) == ["市金穗米业"] or pytest.fail("empty"), dialog.reject()))
    page.head.donors.clicked.emit()
    assert answers.asked.count(("dialog", "捐赠名单")) == 2
    window.shell.do(lambda: history.undo(bench))
    settle(window)
    assert page.head.donors.value == "0 人"


def go_through(wizard, window, path):
    """Take in a list as it is proposed."""
    wizard.file_page.take(path)
    for _ in range(4):
        settle(window)
        if wizard.page is not wizard.done_page:
            wizard.next_button.click()
    settle(window)
    wizard.accept()


def test_a_list_opened_beside_the_ledger_is_typed_pasted_taken_back_and_imported(
    page, money, answers, window, bench, tmp_path
):
    book = openpyxl.Workbook()
    for row in (("捐款人", "捐款金额(万元)", "日期"), ("王五", 0.97, "2026.2.3"), ("合计", 0.97)):
        book.active.append(row)
    book.save(tmp_path / "名单.xlsx")
    page.state.choose_source(money["donated"])

    def bring_in(wizard):
        go_through(wizard, window, tmp_path / "名单.xlsx")

    def drive(dialog):
        dialog.show()
        tab, said = dialog.tab, []
        go(tab, 0, "name")
        typed(tab, "李四", Qt.Key.Key_Tab)
        typed(tab, "300")
        said.append(dialog.sums.text())
        put_on_clipboard("市金穗米业\t2万元\t2026-2-1\r\n张三\t1000\t2026-2-2\r\n")
        answers.answers.append(True)
        tab.table.go_to(1, 0)
        key(tab, Qt.Key.Key_V)
        said.append(dialog.sums.text())
        go(tab, 2, "amount")
        typed(tab, "999")
        dialog.undo()
        said.append(dialog.sums.text())
        answers.dialogs.append(bring_in)
        tab.register_actions.import_register()
        said.append(dialog.sums.text())
        assert said == [
            "已录 1 人 300.00 元，与到账相差 29,700.00 元", "已录 3 人 21,300.00 元，与到账相差 8,700.00 元",
            "已录 3 人 21,300.00 元，与到账相差 8,700.00 元", "已录 4 人 31,000.00 元，与到账相差 -1,000.00 元",
        ]
        dialog.undo()
        go(tab, 2, "amount")
        typed(tab, "9700")
        assert dialog.sums.property("tone") == "good"
        dialog.reject()

    answers.dialogs.append(drive)
    page.head.list.click()
    settle(window)
    assert kept(bench, money["donated"]) == [("李四", "300.00"), ("市金穗米业", "20,000.00"), ("张三", "9,700.00")]
    assert page.head.donors.value == "3 人"


def test_any_other_source_has_the_list_in_its_menu(page, money, answers, window, bench):
    page.state.choose_source(money["special"])
    assert page.head.donors.isHidden()
    assert page.head.list.isHidden()
    entries = dict(page.ledger_actions.source_entries())
    answers.dialogs.append(lambda dialog: (give(bench, money["special"], FIRM), dialog.reject()))
    entries["捐赠名单…"]()
    page.reload()
    settle(window)
    assert (page.head.donors.isHidden(), page.head.donors.value) == (False, "1 人")
    page.state.choose_source("")
    assert page.head.donors.isHidden()
    page.ledger_actions.show_donors()
    assert answers.asked.count(("dialog", "捐赠名单")) == 1


# ---- the free row ----
def test_rows_are_typed_into_the_free_row_one_after_the_other(opened, bench, money):
    dialog = opened()
    tab, model = dialog.tab, dialog.tab.state.front.model
    assert (model.rowCount(), model.total, model.free_row) == (1, 0, 0)
    assert model.headerData(0, Qt.Orientation.Vertical) == "＊"
    assert [info.key for info in model.shown] == ["name", "amount", "given_on", "anonymous", "note"]
    go(tab, 0, "name")
    typed(tab, "李四", Qt.Key.Key_Tab)
    assert kept(bench, money["donated"]) == []
    assert texts(tab, "name", 1) == ["李四"]
    assert model.data(model.index(0, column(tab, "amount")), MARK) == "must"
    assert "不能空着" in model.data(model.index(0, column(tab, "amount")), SENTENCE)
    assert "还没有写入" in model.data(model.index(0, column(tab, "name")), SENTENCE)
    typed(tab, "1,500", Qt.Key.Key_Tab)
    QApplication.processEvents()
    assert kept(bench, money["donated"]) == [("李四", "1,500.00")]
    assert tab.table.at == (0, column(tab, "given_on"))
    typed(tab, "2026.1.5", Qt.Key.Key_Return)
    assert texts(tab, "given_on", 2) == ["2026-01-05", ""]
    assert tab.table.at == (1, column(tab, "name"))
    typed(tab, "王五", Qt.Key.Key_Tab)
    typed(tab, "200")
    assert kept(bench, money["donated"]) == [("李四", "1,500.00"), ("王五", "200.00")]
    assert (model.free_row, dialog.sums.text()[:20]) == (2, "已录 2 人 1,700.00 元，与到")
    assert tab.filters.count.text().startswith("共 2 人")


def test_what_cannot_be_taken_is_kept_marked_and_asked_about(opened, answers, bench, money):
    dialog = opened(FIRM)
    tab = dialog.tab
    go(tab, 1, "name")
    typed(tab, "李四", Qt.Key.Key_Tab)
    typed(tab, "三百", Qt.Key.Key_Return)
    model = tab.state.front.model
    assert "不是数字" in model.data(model.index(1, column(tab, "amount")), SENTENCE)
    go(tab, 1, "amount")
    typed(tab, "70000")
    assert "多出 10,000.00 元" in model.data(model.index(1, column(tab, "amount")), SENTENCE)
    assert texts(tab, "amount", 2) == ["20,000.00", "70000"]
    assert kept(bench, money["donated"]) == [("市金穗米业", "20,000.00")]
    answers.answers.append(False)
    dialog.reject()
    assert dialog.isVisible()
    assert "2 格内容没有写入" in answers.asked[-1][1]
    tab.table.go_to(1, 0)
    tab.register_actions.remove_chosen()
    assert texts(tab, "name", 2) == ["市金穗米业", ""]
    dialog.reject()
    assert not dialog.isVisible()


def test_cells_of_the_free_row_are_emptied_and_it_goes_with_a_filter(opened):
    dialog = opened(FIRM)
    tab, model = dialog.tab, dialog.tab.state.front.model
    go(tab, 1, "name")
    typed(tab, "李四", Qt.Key.Key_Tab)
    tab.table.selectAll()
    tab.table.go_to(1, 0)
    press(tab, Qt.Key.Key_Delete)
    assert [cell[1] for cell in tab.state.front.edits.new] == ["amount"]
    tab.state.search("金穗")
    assert (model.rowCount(), model.free_row) == (1, -1)
    tab.rows.next_refused()
    assert (model.rowCount(), tab.table.at.row) == (2, 1)


# ---- edits, undo, removal ----
def test_each_edit_is_taken_back_here_and_nothing_before(opened, bench, money):
    dialog = opened(FIRM, QUIET)
    tab = dialog.tab
    dialog.undo()
    assert len(kept(bench, money["donated"])) == 2
    assert not dialog.undo_button.isEnabled()
    go(tab, 0, "amount")
    typed(tab, "15000")
    assert kept(bench, money["donated"])[0] == ("市金穗米业", "15,000.00")
    dialog.undo_button.click()
    assert texts(tab, "amount", 2) == ["20,000.00", "10,000.00"]
    assert "已撤销" in dialog.told.text()
    dialog.undo()
    dialog.redo()
    dialog.redo()
    assert texts(tab, "amount", 1) == ["15,000.00"]
    assert dialog.undo_button.isEnabled()


def test_rows_are_removed_and_a_donor_is_added_by_its_fields(opened, answers, bench, money):
    dialog = opened(FIRM, QUIET)
    tab = dialog.tab
    tab.table.go_to(0, 0)
    answers.answers.append(True)
    tab.register_actions.remove_chosen()
    assert kept(bench, money["donated"]) == [("张三", "10,000.00")]

    def fill(record):
        for name, text in (("name", "王五"), ("amount", "5"), ("anonymous", "是")):
            record.put(name, text)
        record.save()

    answers.dialogs.append(fill)
    tab.register_actions.add()
    assert donors_of(bench, money["donated"], "name", "anonymous")[-1] == ("王五", "是")
    assert tab.table.at.row == 1


# ---- clipboard and files ----
def test_a_block_becomes_rows_and_a_column_is_laid_over_cells(opened, answers, bench, money):
    dialog = opened(FIRM)
    tab = dialog.tab
    tab.table.go_to(1, 0)
    put_on_clipboard("1\t李四\t300\t2026-1-5\r\n2\t王五\t200.5\t2026-1-6\r\n")
    answers.answers.append(True)
    key(tab, Qt.Key.Key_V)
    assert kept(bench, money["donated"])[1:] == [("李四", "300.00"), ("王五", "200.50")]
    go(tab, 2, "amount")
    put_on_clipboard("250\r\n")
    tab.table.paste()
    assert texts(tab, "amount", 3) == ["20,000.00", "300.00", "250.00"]
    tab.table.go_to(0, 0)
    put_on_clipboard("单位\t捐赠人\t金额\r\n某局\t赵六\t三百\r\n")
    answers.answers.append(True)
    tab.table.paste()
    assert "没有用到的列：单位" in answers.asked[-1][1]
    assert [one.sentence for one in answers.told[-1]] == ["新增的第 1 行：金额“三百”不是数字，请填写数字，单位元。"]
    assert len(kept(bench, money["donated"])) == 3
    tab.table.selectAll()
    key(tab, Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text().splitlines()[0] == "市金穗米业\t20000.00\t2026-01-30\t否\t"


def test_rows_are_laid_over_those_there_and_go_on_below(opened, answers, bench, money):
    dialog = opened(FIRM)
    dialog.tab.table.go_to(0, 0)
    put_on_clipboard("李四\t300\r\n王五\t200\r\n")
    answers.answers.append(True)
    dialog.tab.table.paste()
    assert kept(bench, money["donated"]) == [("李四", "300.00"), ("王五", "200.00")]


def test_a_file_is_imported_among_the_donors_of_the_source(opened, answers, window, tmp_path, bench, money):
    book = openpyxl.Workbook()
    for row in (("姓名", "捐款金额"), ("李四", 300), ("市金穗米业", 20000), ("合计", 20300)):
        book.active.append(row)
    book.save(tmp_path / "名单.xlsx")
    dialog = opened(FIRM)

    def drive(wizard):
        assert wizard.windowTitle() == "导入捐赠人"
        go_through(wizard, window, tmp_path / "名单.xlsx")

    answers.dialogs.append(drive)
    dialog.tab.register_actions.import_register()
    assert kept(bench, money["donated"]) == [("市金穗米业", "20,000.00"), ("李四", "300.00"), ("市金穗米业", "20,000.00")]
    assert dialog.sums.text().startswith("已录 3 人 40,300.00 元")


# ---- papers ----
def test_papers_are_of_the_list_as_it_stands(opened, answers, window, tmp_path):
    dialog = opened(FIRM, QUIET)
    answers.answers += [tmp_path / "公开.pdf", False]
    dialog.papers.save_pdf()
    settle(window)
    assert answers.asked[-2] == ("save", "企业捐款 捐赠名单.pdf")
    text = PdfReader(tmp_path / "公开.pdf").pages[0].extract_text()
    assert "爱心人士" in text
    assert "张三" not in text
    dialog.public.setChecked(False)
    answers.answers += [tmp_path / "存档.xlsx", False]
    dialog.papers.save_xlsx()
    settle(window)
    values = {cell for row in openpyxl.load_workbook(tmp_path / "存档.xlsx").active.iter_rows(values_only=True) for cell in row}
    assert {"张三", "匿名；教师"} <= values
    answers.answers += [tmp_path / "列表.xlsx", False]
    dialog.tab.register_actions.export()
    settle(window)
    assert answers.asked[-2][1].startswith("企业捐款 捐赠人-")
    rows = list(openpyxl.load_workbook(tmp_path / "列表.xlsx").active.iter_rows(values_only=True))
    assert rows[0][:3] == ("捐赠人", "金额(元)", "日期")


def test_no_paper_is_made_of_an_empty_list(opened, answers, window):
    dialog = opened()
    for write in (dialog.papers.save_pdf, dialog.papers.save_xlsx, dialog.papers.print):
        answers.answers.append(None)
        write()
        settle(window)
    assert all(isinstance(one, Situation) for one in answers.told)


def test_the_list_is_printed(opened, answers, window, tmp_path, bench, money):
    dialog = opened(FIRM)

    def set_up(printer):
        printer.setOutputFileName(str(tmp_path / "打印.pdf"))
        return True

    answers.setups.append(set_up)
    dialog.papers.print()
    settle(window)
    assert (tmp_path / "打印.pdf").exists()
    assert "打印" in {line.label for line in history.entries(bench, "funds", money["donated"])}


def test_the_list_of_a_void_source_is_only_read(opened, page, bench, money, answers):
    give(bench, money["donated"], FIRM)
    funds.void(bench, money["donated"], "重复")
    page.reload()
    page.state.choose_source(money["donated"])
    assert [text for text, _run in page.ledger_actions.source_entries()] == ["登记资金…", "捐赠名单…"]
    dialog = opened()
    tab, model = dialog.tab, dialog.tab.state.front.model
    assert dialog.told.text() == "这笔资金已作废，只能看、打印。"
    assert (model.rowCount(), tab.tools.add_button.isHidden(), tab.tools.import_button.isHidden()) == (1, True, True)
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    put_on_clipboard("捐赠人\t金额\r\n李四\t300\r\n")
    tab.table.go_to(0, 0)
    for act in (tab.register_actions.add, tab.table.paste, tab.register_actions.remove_chosen, tab.register_actions.import_register, tab.register_actions.replace, tab.clipboard.clear):
        act()
    assert kept(bench, money["donated"]) == [("市金穗米业", "20,000.00")]
    assert answers.asked == []
