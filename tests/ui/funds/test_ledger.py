"""The ledger: sources, figures, entries, what narrows them, the day."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import openpyxl
import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fupin_desktop.domain.vocabulary import EntryKind, FundKind
from fupin_desktop.services import funds
from fupin_desktop.services.overview import Target
from fupin_desktop.ui import theme
from fupin_desktop.ui.models.fund_entries import COLUMNS, PLACES, EntriesModel
from fupin_desktop.ui.models.fund_sources import ALL, FIGURES
from fupin_desktop.ui.tabs.funds.head import FIGURES as HEAD_FIGURES
from fupin_desktop.ui.tabs.funds.sources import SourcesDelegate
from fupin_desktop.ui.widgets.selection_sums import TableSums
from tests.ui.funds.desk import figures, last_amount, open_cell, read_table, settle, shown, source, words_of


def test_all_sources_come_first_with_their_sums(page, money):
    rows = page.sources.model.rows
    assert [row.name for row in rows] == [ALL, "省级专项", "企业捐款", "光伏专款"]
    assert (rows[0].assigned, rows[0].received) == (Decimal("670000.00"), Decimal("620000.00"))
    assert figures(page)["assigned"] == "670,000.00"
    assert page.head.edit.isHidden()


def test_a_chosen_source_shows_its_money_and_its_entries(page, moved, window):
    page.reload()
    page.state.choose_source(moved["special"])
    assert figures(page) == {
        "assigned": "500,000.00", "received": "500,000.00", "allocated": "120,000.00", "paid": "45,000.50",
        "available": "380,000.00", "unpaid": "74,999.50", "in_hand": "454,999.50",
    }
    assert words_of(page) == [
        "下达 500,000.00 元", "到账", "安排 低岭村：水稻种苗", "拨付 低岭村 付低岭合作社",
    ]
    assert page.entries.table.isColumnHidden(PLACES["source"])
    assert shown(page)[-1][5:] == ("45,000.50", "380,000.00", "454,999.50", "付 3 号", "陈经办")
    page.state.choose_source("")
    assert not page.entries.table.isColumnHidden(PLACES["source"])


@pytest.mark.parametrize("name", [name for name, _word in HEAD_FIGURES])
def test_each_figure_opens_rows_that_add_up_to_it(page, moved, answers, name):
    page.reload()
    page.state.choose_source(moved["special"])
    read = []
    answers.dialogs.append(read_table(read))
    page.head.figures[name].clicked.emit()
    assert f"{last_amount(read[0][1]):,.2f}" == figures(page)[name]


def test_the_figures_of_the_list_and_the_chart_open_their_rows(page, moved, answers):
    page.reload()
    view, read = page.sources.view, []
    index = page.sources.model.index_of(moved["special"])
    for (name, word), place in zip(FIGURES, SourcesDelegate.places(view.visualRect(index)), strict=True):
        answers.dialogs.append(read_table(read))
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
        assert word in read[-1][0]
        assert last_amount(read[-1][1]) == getattr(source(page.shell.bench, moved["special"]), name)
    chart = page.chart.chart
    chart.grab()
    answers.dialogs.append(read_table(read))
    paid = chart._places[0][0].center().toPoint()
    QTest.mouseDClick(chart, Qt.MouseButton.LeftButton, pos=paid)
    assert last_amount(read[-1][1]) == Decimal("45000.50")


def test_the_chart_shows_every_source_and_chooses_it(page, moved):
    page.reload()
    chart = page.chart.chart
    chart.grab()
    assert [row.name for row in chart.rows] == ["省级专项", "企业捐款", "光伏专款"]
    assert "企业捐款：可安排 30,000.00，未到账 50,000.00" in chart.accessibleName()
    widths = [round(piece.width()) for piece in chart._places[0]]
    assert widths[0] > 0
    assert widths[2] > widths[1] > widths[0]
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(30, chart.height() // 2))
    assert page.sources.row.name == "企业捐款"


def test_a_balance_opens_what_it_is_the_sum_of(page, moved, answers):
    page.reload()
    page.state.choose_source(moved["special"])
    read = []
    for column in ("available", "in_hand"):
        for row in range(page.entries.model.rowCount()):
            answers.dialogs.append(read_table(read))
            open_cell(page, row, column)
            assert f"{last_amount(read[-1][1]):,.2f}" == shown(page)[row][PLACES[column]]


def test_an_entry_opens_with_all_that_is_known_of_it(page, moved, answers):
    page.reload()
    page.state.choose_source(moved["special"])
    read = []
    answers.dialogs.append(read_table(read))
    page.entries.table.doubleClicked.emit(page.entries.model.index(3, PLACES["paid"]))
    told = dict(read[0][1])
    assert (told["金额"], told["收款单位(户)"], told["凭证号"]) == ("45,000.50 元", "低岭合作社", "付 3 号")
    page.state.choose_source("")
    open_cell(page, 0, "source")
    assert page.sources.key


def test_words_kind_target_and_days_narrow_the_entries(page, moved, bench):
    page.reload()
    bar = page.entries.bar
    everything = page.entries.model.rowCount()
    bar.finder.setText("dlcz")
    bar.finder.ask_now()
    assert words_of(page) == []
    bar.finder.setText("dlc")
    bar.finder.ask_now()
    assert words_of(page) == ["安排 低岭村：水稻种苗", "拨付 低岭村 付低岭合作社"]
    bar.kinds.setCurrentIndex(list(EntryKind).index(EntryKind.PAID) + 1)
    bar.kinds.activated.emit(0)
    assert words_of(page) == ["拨付 低岭村 付低岭合作社"]
    bar.all.click()
    assert page.entries.model.rowCount() == everything
    bar.targets.setCurrentIndex(bar.targets.findText("村 低岭村"))
    bar.targets.activated.emit(0)
    assert page.entries.model.rowCount() == 2
    bar.clear()
    bar.until.choose(bench.today - timedelta(days=1))
    assert {row[0] for row in shown(page)} <= {"2026-01-01"}
    bar.clear()
    bar.since.choose(bench.today + timedelta(days=1))
    assert page.entries.model.rowCount() == 0
    assert not bar.all.isHidden()


def test_balances_of_a_day(page, moved, bench):
    page.reload()
    page.state.choose_source(moved["special"])
    page.tools.day.choose(bench.today - timedelta(days=1))
    assert figures(page)["received"] == "0.00"
    assert figures(page)["assigned"] == "500,000.00"
    assert page.head.day.text() == "截至 2026-03-01"
    page.tools.day.choose(bench.today)
    assert figures(page)["allocated"] == "120,000.00"
    assert page.head.day.text() == ""


def test_a_day_that_is_none_is_marked_and_changes_nothing(page):
    day = page.tools.day
    day.setText("二月三十")
    day.textEdited.emit("二月三十")
    assert day.property("wrong") == "true"
    assert "不是日期" in day.toolTip()
    assert page.state.day is None


def test_rows_are_copied_with_their_headings_and_their_amounts_summed(page, moved, window):
    page.reload()
    page.state.choose_source(moved["special"])
    page.tools.copy.click()
    lines = QApplication.clipboard().text().split("\n")
    assert lines[0] == "\t".join(column.heading for column in COLUMNS)
    assert len(lines) == 5
    page.entries.table.selectRow(2)
    flags = page.entries.table.selectionModel().SelectionFlag
    page.entries.table.selectionModel().select(page.entries.model.index(3, 2), flags.Select | flags.Rows)
    page.entries.table.setFocus()
    QTest.keySequence(page.entries.table, QKeySequence(QKeySequence.StandardKey.Copy))
    assert len(QApplication.clipboard().text().split("\n")) == 3
    (told,) = page.entries.table.findChildren(TableSums)
    told.tell()
    assert window.status.selection.text().startswith("选中 2 行 · ")
    window.show_tab("home")
    assert not window.status.selection.text()


def test_links_lead_to_a_source_a_kind_and_the_documents(window, page, moved):
    page.reload()
    window.open_target(Target("funds", "ledger", moved["donated"]))
    assert page.sources.row.name == "企业捐款"
    window.open_target(Target("funds", "ledger:paid"))
    assert words_of(page) == ["拨付 低岭村 付低岭合作社"]
    window.open_target(Target("funds", "ledger"))
    assert page.sources.key == ""
    window.open_target(Target("funds", "village_fund_plan"))
    tab = window.current_tab
    assert tab.switch.key == "papers"
    assert tab.papers.records.wanted.form_id == "village_fund_plan"


def test_search_and_keyboard(page, moved, window, answers):
    page.reload()
    window.current_tab.start_search()
    assert page.entries.bar.finder.hasFocus()
    page.entries.table.setFocus()
    page.entries.table.selectRow(0)
    read = []
    answers.dialogs.append(read_table(read))
    QTest.keyClick(page.entries.table, Qt.Key.Key_Return)
    assert read[0][0] == "台账记录"
    page.state.choose_source(moved["special"])
    page.sources.view.setFocus()
    answers.dialogs.append(read_table(read))
    QTest.keyClick(page.sources.view, Qt.Key.Key_Return)
    assert read[1][0] == "省级专项：可安排"


def test_an_empty_ledger_says_what_to_do(window, bench, page, answers):
    bench.year = 2024
    page.reload()
    settle(window)
    assert page.entries.stack.currentWidget() is page.entries.empty
    assert not page.tools.receive.isEnabled()
    assert not page.tools.pay.isEnabled()
    assert page.tools.register.isEnabled()


def test_a_change_elsewhere_is_shown_at_once(page, bench, money, window):
    window.shell.do(lambda: funds.receive(bench, money["donated"], Decimal("10000"), bench.today))
    page.state.choose_source(money["donated"])
    assert figures(page)["received"] == "40,000.00"


def test_thousands_of_entries_are_shown_row_by_row(app):
    none = Decimal("0.00")
    line = funds.EntryLine(
        "k", "s", "省级专项", FundKind.SUPERIOR, "", EntryKind.PAID, Decimal("1.00"), date(2026, 3, 2), None, "", "", "", "",
        "", datetime(2026, 3, 2), "", none, none, none,  # noqa: DTZ001
    )
    model = EntriesModel()
    model.show_lines([line] * 20_000)
    assert model.rowCount() == 20_000
    model.data(model.index(19_999, PLACES["paid"]))
    assert len(model._texts) == 1


def test_in_a_small_window_nothing_is_cut_off(page, moved, window):
    tools = page.tools
    assert tools.more.isHidden()
    assert page.chart.isVisibleTo(page)
    window.resize(960, 600)
    settle(window)
    assert not tools.more.isHidden()
    assert tools.counter.isHidden()
    assert [action.text() for action in tools.more.menu().actions()] == ["冲销…", "导入台账…", "打印资金台账…", "复制"]
    assert not page.chart.isVisibleTo(page)
    assert all(figure.width() >= figure.sizeHint().width() for figure in page.head.figures.values())
    assert tools.register.width() >= tools.register.sizeHint().width()


def test_a_larger_text_gives_the_columns_more_room(page, moved, window, tidy_theme):
    before = page.entries.table.columnWidth(PLACES["paid"])
    theme.apply(tidy_theme, theme.Theme(theme.TextSize.LARGE, contrast=True))
    window.reload_all()
    settle(window)
    assert page.entries.table.columnWidth(PLACES["paid"]) > before
    page.chart.chart.grab()
    page.chart.legend.grab()


@pytest.mark.parametrize(("entry", "ending"), [("ledger_pdf", "pdf"), ("ledger_xlsx", "xlsx")])
def test_the_menu_writes_the_ledger_that_is_shown(page, moved, window, answers, tmp_path, entry, ending):
    page.reload()
    settle(window)
    path = tmp_path / f"台账.{ending}"
    answers.answers += [path, False]
    window.menus.actions[entry].trigger()
    settle(window)
    if ending == "pdf":
        text = "".join(sheet.extract_text() for sheet in PdfReader(path).pages)
    else:
        rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
        text = "\n".join(str(cell) for row in rows for cell in row)
    assert "省级专项" in text
    assert "45,000.50" in text.replace("45000.5\n", "45,000.50\n")
