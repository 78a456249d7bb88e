"""The ledger of a year with money of the year before: the list of sources, the line the year begins with."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.services import funds
from fupin_desktop.services.funds import FundForm
from fupin_desktop.ui import theme
from fupin_desktop.ui.dialogs.funds.moves import AllocateDialog
from tests.ui.funds.desk import figures, last_amount, open_cell, read_table, shown, words_of

OLD = FundForm(
    FundKind.SUPERIOR, "省级专项", Decimal("1000"), "湛财农〔2025〕12号", received_on=date(2025, 6, 1), year=2025,
)  # fmt: skip


@pytest.fixture
def old(bench, money):
    """A source of last year: 600.00 allocated, 250.01 of it paid then and 50.00 this year."""
    key = funds.add(bench, OLD).keys[0]
    target = next(one.target for one in funds.targets(bench, 2026) if one.target.name == "塘㙍镇")
    funds.allocate(bench, key, target, Decimal("600"), date(2025, 12, 31))
    funds.pay(bench, key, target, Decimal("250.01"), date(2025, 12, 31), "低岭合作社")
    funds.pay(bench, key, target, Decimal("50"), bench.today, "低岭合作社", "付 1 号")
    return key


def test_the_list_tells_the_year_of_what_is_carried_over(page, old):
    page.reload()
    rows = page.sources.model.rows
    assert rows[0].under == "2026 年度 4 笔，含结转 1 笔"
    assert [row.under.startswith("2025年度结转 · ") for row in rows] == [False, False, False, False, True]
    assert rows[-1].tip.splitlines()[1] == "2025年度结转 · 上级财政专项资金 · 湛财农〔2025〕12号"
    page.state.choose_source(old)
    assert page.head.about.text().startswith("2025年度结转 · ")
    assert (figures(page)["available"], figures(page)["in_hand"]) == ("400.00", "699.99")
    assert page.chart.chart.accessibleName().endswith("省级专项(2025年度结转)：已拨付 300.01，已安排未拨付 299.99，可安排 400.00")
    dialog = AllocateDialog(page.shell, page.ledger_actions._now(), page.state.targets, old)
    assert dialog.source.currentText().startswith("省级专项(2025年度结转)")


def test_the_year_begins_with_a_grey_line_that_is_no_entry(page, old, answers):
    page.reload()
    page.state.choose_source(old)
    model = page.entries.model
    assert shown(page)[0] == (
        "上年结转", "省级专项(2025年度结转)", "2025年度结转，截至 2025-12-31", "", "", "", "400.00", "749.99", "", "",
    )  # fmt: skip
    assert [row[0] for row in shown(page)] == ["上年结转", "2026-03-02"]
    assert shown(page)[1][6:8] == ("400.00", "699.99")
    assert model.data(model.index(0, 0), Qt.ItemDataRole.ForegroundRole) == theme.colour("muted")
    assert (model.line_at(0), model.line_at(1).amount, model.place_of(model.lines[0].key)) == (None, 50, 1)
    assert page.entries.note.text().startswith("共 1 笔")
    page.entries.table.setCurrentIndex(model.index(0, 0))
    assert page.entries.table.line is None
    assert not page.tools.counter.isEnabled()
    read = []
    for row, column, amount in ((0, "available", 400), (0, "in_hand", "749.99"), (0, "words", 400), (1, "in_hand", "699.99")):
        answers.dialogs.append(read_table(read))
        open_cell(page, row, column)
        assert last_amount(read[-1][1]) == Decimal(amount)
    assert [row[:2] for row in read[-1][1]] == [("2025-12-31", "上年结转"), ("2026-03-02", "拨付 塘㙍镇 付低岭合作社"), ("合计", "1 笔")]


def test_the_line_stands_only_above_the_whole_ledger(page, old, answers):
    page.reload()
    assert shown(page)[0][0] == "上年结转"
    page.entries.bar.finder.put("付 1 号")
    page.entries.bar.narrowed.emit()
    assert [text.split()[0] for text in words_of(page)] == ["拨付"]
    page.entries.bar.clear()
    open_cell(page, 0, "source")
    assert page.sources.key == old
    read = []
    page.state.choose_source("")
    for name in ("received", "in_hand"):
        answers.dialogs.append(read_table(read))
        page.head.figure_asked.emit(name)
        assert f"{last_amount(read[-1][1]):,.2f}" == figures(page)[name]
        assert sum(row[2] == "上年结转" for row in read[-1][1]) == 1


def test_carried_money_alone_is_no_empty_ledger(page, bench, old):
    bench.year = 2027
    page.reload()
    page.state.choose_source(old)
    assert page.entries.stack.currentWidget() is page.entries.table
    assert [row[0] for row in shown(page)] == ["上年结转"]
    assert shown(page)[0][-3:-2] == ("699.99",)
