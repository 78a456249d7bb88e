"""Rows that are shown can be copied and written as a workbook."""

import openpyxl
from pypdf import PdfReader
from PySide6.QtCore import QRect
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from fupin_desktop.ui.dialogs.table import TableDialog, show_table
from fupin_desktop.ui.fitting import fit_dialog

HEADINGS = ("日期", "摘要", "金额(元)", "编号")
ROWS = [("2026-03-02", "安排", "1,200.50", "0012"), ("合计", "2 笔", "-3.00", "")]


def test_rows_are_written_with_amounts_as_numbers(window, answers, tmp_path):
    path = tmp_path / "明细.xlsx"

    def save(dialog):
        answers.answers += [path, False]
        dialog.export.click()
        window.shell.tasks.wait()
        dialog.reject()

    answers.dialogs.append(save)
    show_table(window.shell, "“省级专项”可安排", HEADINGS, ROWS)
    assert answers.asked[1] == ("save", "“省级专项”可安排.xlsx")
    sheet = openpyxl.load_workbook(path).active
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        list(HEADINGS), ["2026-03-02", "安排", 1200.5, "0012"], ["合计", "2 笔", -3, ""],
    ]
    assert sheet["C2"].number_format == "#,##0.00"


def test_rows_are_written_as_pages_too(window, answers, tmp_path):
    path = tmp_path / "明细.pdf"
    answers.answers += [path, False]
    dialog = TableDialog("“省级专项”可安排", HEADINGS, ROWS, shell=window.shell)
    dialog.pdf.click()
    window.shell.tasks.wait()
    assert answers.asked[0] == ("save", "“省级专项”可安排.pdf")
    (page,) = PdfReader(path).pages
    assert all(word in page.extract_text() for word in (*HEADINGS, "1,200.50", "0012", "“省级专项”可安排"))
    dialog.reject()


def test_rows_are_printed(window, answers, tmp_path):
    path = tmp_path / "打印.pdf"

    def set_up(printer):
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(path))
        return True

    answers.setups.append(set_up)
    dialog = TableDialog("明细", HEADINGS, ROWS, shell=window.shell)
    dialog.print.click()
    window.shell.tasks.wait()
    assert "1,200.50" in PdfReader(path).pages[0].extract_text()
    dialog.reject()


def test_a_name_that_no_file_may_have_is_mended(window, answers):
    answers.answers.append(None)
    dialog = TableDialog("大户/小户: 对比?", HEADINGS, ROWS, shell=window.shell)
    dialog.save_xlsx()
    assert answers.asked[-1] == ("save", "大户小户 对比.xlsx")
    dialog.reject()


def test_without_a_window_rows_are_only_copied(app, qtbot):
    dialog = TableDialog("明细", HEADINGS, ROWS)
    qtbot.addWidget(dialog)
    assert dialog.export.isHidden()
    dialog.save_xlsx()
    dialog.copy()
    assert QApplication.clipboard().text().split("\n")[1] == "\t".join(ROWS[0])


def test_nothing_to_list_can_be_written_too(window, answers, tmp_path):
    path = tmp_path / "空.xlsx"
    answers.answers += [path, False]
    dialog = TableDialog("空", HEADINGS, [], shell=window.shell)
    dialog.save_xlsx()
    window.shell.tasks.wait()
    assert openpyxl.load_workbook(path).active.max_row == 1
    dialog.reject()


def test_columns_have_their_room_once_the_dialog_is_shown(app, qtbot):
    """A dialog is laid out a last time when it comes up; until then its rows have no width of their own."""
    line = (
        "2026-05-23", "“一镇一业”专项帮扶资金", "到账", "塘㙍镇 优质水稻", "", "回单0001", "1,080,000.00",
        "项目“优质水稻产业示范基地”不在项目库，原则上从项目库里选取项目，确需另行安排的写明原因",
    )  # fmt: skip
    dialog = TableDialog("可安排", [f"第{place}栏" for place in range(len(line))], [line] * 3)
    qtbot.addWidget(dialog)
    fit_dialog(dialog, QRect(0, 0, 1366, 768))
    dialog.show()
    QApplication.processEvents()
    font = dialog.table.fontMetrics()
    assert all(dialog.table.columnWidth(place) > font.horizontalAdvance(text) for place, text in enumerate(line[:-1]))
