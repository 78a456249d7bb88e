"""导入台账: choose a file, look, take all of it or only the good rows."""

from decimal import Decimal

import openpyxl
import pytest

from fupin_desktop.errors import Situation
from fupin_desktop.services import funds
from tests.services.sheets.written import encrypted
from tests.ui.funds.desk import settle, source

HEADINGS = ("日期", "资金类别", "资金名称", "类型", "安排对象", "金额", "凭证号")
KIND = "“6·30”扶贫济困日捐款"
GOOD = [
    ("2026-02-02", KIND, "定向捐款", "到账", "", "50000.00", "收 1 号"),
    ("2026-02-09", KIND, "定向捐款", "安排", "低岭村", "20000.00", ""),
]
BAD = ("2026-02-30", KIND, "定向捐款", "拨付", "低岭村", "2000.00", "付 1 号")


@pytest.fixture
def ledger_file(tmp_path):
    """Writes a ledger as another office keeps it."""

    def write(*rows):
        book = openpyxl.Workbook()
        for row in (HEADINGS, *rows):
            book.active.append(row)
        path = tmp_path / "别处的台账.xlsx"
        book.save(path)
        return path

    return write


def bring(page, answers, window, path, drive):
    answers.answers.append(path)
    answers.dialogs.append(drive)
    page.tools.bring.click()
    settle(window)


def taken(dialog):
    dialog.take.click()
    dialog._shell.tasks.wait()


def by_name(bench, name):
    return next((one for one in funds.balances(bench, 2026) if one.name == name), None)


def test_a_good_file_is_taken_in_after_a_look(page, answers, window, ledger_file, bench):
    def drive(dialog):
        assert "新记录 2 条" in dialog.counts.text()
        assert "到账 50,000.00，安排 20,000.00" in dialog.sums.text()
        assert (dialog.all.isChecked(), dialog.all.isEnabled()) == (True, True)
        assert set(dialog.switch.buttons) == {"entries", "sources"}
        rows = [[dialog.model.index(row, column).data() for column in range(11)] for row in range(2)]
        assert [row[0] for row in rows] == ["新增", "新增"]
        assert rows[1][4:8] == ["定向捐款", "安排", "低岭村", "20,000.00"]
        dialog.switch.buttons["sources"].click()
        assert dialog.model.index(0, 2).data() == "定向捐款"
        taken(dialog)

    bring(page, answers, window, ledger_file(*GOOD), drive)
    assert by_name(bench, "定向捐款").available == Decimal("30000.00")
    assert "定向捐款" in [row.name for row in page.sources.model.rows]


def test_faults_are_named_with_their_cells_and_the_good_rows_can_be_taken(page, answers, window, ledger_file, bench):
    def drive(dialog):
        assert not dialog.all.isEnabled()
        assert dialog.switch.key == "problems"
        assert [dialog.model.index(0, column).data() for column in (0, 2, 3)] == ["有错", "A4", "日期"]
        assert "2026-02-30" in dialog.model.index(0, 4).data()
        taken(dialog)

    bring(page, answers, window, ledger_file(*GOOD, BAD), drive)
    assert by_name(bench, "定向捐款").paid == 0
    assert by_name(bench, "定向捐款").allocated == Decimal("20000.00")


def test_what_is_there_already_is_not_taken_twice(page, answers, window, ledger_file, bench):
    path = ledger_file(*GOOD)
    bring(page, answers, window, path, taken)

    def again(dialog):
        assert "已有 2 条" in dialog.counts.text()
        assert not dialog.take.isEnabled()
        assert "没有变化" in dialog.told.text()
        dialog.reject()

    bring(page, answers, window, path, again)
    assert by_name(bench, "定向捐款").received == Decimal("50000.00")


def test_more_than_there_is_is_told_at_its_row(page, answers, window, ledger_file, bench, money):
    greedy = ("2026-03-02", "上级财政专项资金", "省级专项", "安排", "低岭村", "500000.01", "")

    def drive(dialog):
        assert not dialog.take.isEnabled()
        assert dialog.model.index(0, 0).data() == "有错"
        dialog.reject()

    bring(page, answers, window, ledger_file(greedy), drive)
    assert source(bench, money["special"]).allocated == 0


def test_a_file_that_is_no_ledger_is_told(page, answers, window, tmp_path):
    path = tmp_path / "空.xlsx"
    openpyxl.Workbook().save(path)
    answers.answers.append(path)
    page.papers.bring()
    settle(window)
    assert isinstance(answers.told[-1], Situation)
    answers.answers.append(None)
    page.papers.bring()
    assert answers.asked[-1] == ("open", "导入资金台账")


def test_an_empty_ledger_to_fill_in_and_a_list_to_hand_on(page, moved, answers, window, tmp_path, bench):
    page.reload()
    for name, operation in (("空表.xlsx", page.papers.template), ("明细.xlsx", page.papers.plain_list)):
        answers.answers += [tmp_path / name, False]
        operation()
        settle(window)
    empty, full = (openpyxl.load_workbook(tmp_path / name).active for name in ("空表.xlsx", "明细.xlsx"))
    assert [cell.value for cell in empty[1]] == [cell.value for cell in full[1]]
    assert (empty.max_row, full.max_row) == (1, 1 + page.entries.model.rowCount())

    def nothing_new(dialog):
        assert not dialog.take.isEnabled()
        answers.answers.append(None)
        dialog.template()
        dialog.reject()

    bring(page, answers, window, tmp_path / "明细.xlsx", nothing_new)


def test_sheets_and_hidden_rows_are_asked(page, answers, window, tmp_path, bench):
    book = openpyxl.Workbook()
    book.active.title = "新"
    old = book.create_sheet("旧")
    for sheet in book.worksheets:
        for row in (HEADINGS, *GOOD):
            sheet.append(row)
    old.cell(2, 6).value = 7000
    book.active.row_dimensions[3].hidden = True
    book.save(tmp_path / "两张.xlsx")

    def drive(dialog):
        dialog.show()
        assert "到账 57,000.00，安排 40,000.00" in dialog.sums.text()
        assert (dialog.sheet.isVisible(), dialog.visible_only.isVisible()) == (True, True)
        assert dialog.visible_only.text() == "只读看得见的行(有 1 行被筛选掉或隐藏)"
        dialog.sheet.setCurrentIndex(dialog.sheet.findData("新"))
        dialog.sheet.activated.emit(dialog.sheet.currentIndex())
        settle(window)
        assert "到账 50,000.00，安排 20,000.00" in dialog.sums.text()
        dialog.visible_only.click()
        settle(window)
        assert "到账 50,000.00，安排 0.00" in dialog.sums.text()
        assert (dialog.sheet.currentData(), dialog.visible_only.isChecked()) == ("新", True)
        taken(dialog)

    bring(page, answers, window, tmp_path / "两张.xlsx", drive)
    assert by_name(bench, "定向捐款").received == Decimal("50000.00")
    assert by_name(bench, "定向捐款").allocated == 0


def test_a_protected_ledger_is_opened_with_its_password(page, answers, window, tmp_path, bench):
    path = encrypted(tmp_path / "a.xlsx", [HEADINGS, *GOOD], "秘密")
    answers.answers += ["错", "秘密"]
    answers.dialogs.append(taken)
    answers.answers.insert(0, path)
    page.tools.bring.click()
    for _ in range(3):
        settle(window)
    asked = [text for what, text in answers.asked if what == "password"]
    assert ["密码不对" in text for text in asked] == [False, True]
    assert by_name(bench, "定向捐款").received == Decimal("50000.00")
