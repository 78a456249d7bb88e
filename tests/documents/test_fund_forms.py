"""The papers of money: long plans with subtotals, sums, boxes on one page, masked accounts, ledger and balances."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from fupin_desktop.documents.definition.loader import load_form
from fupin_desktop.documents.drawing.pdf import pdf_bytes
from fupin_desktop.documents.drawing.workbook import workbook_bytes
from fupin_desktop.documents.filled_store import pack, unpack
from fupin_desktop.documents.filling.data import coerce, missing, public_copy, to_plain
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.documents.pages import FilledForm, Page
from fupin_desktop.domain.capital import to_capital
from tests.documents import fund_tables
from tests.documents.official import FUND_PLANS, FUNDS, MADE, sample

LISTS = {"town_fund_plan": "uses", "village_fund_plan": "uses", "town_fund_approval": "items"}


def long(form_id: str, count: int, amount: str = "10.01") -> dict[str, Any]:
    """The sample with so many records in its list."""
    data = sample(form_id)
    data[LISTS[form_id]] = [{**data[LISTS[form_id]][0], "amount": Decimal(amount)} for _ in range(count)]
    return data


def filled(form_id: str, data: Any) -> FilledForm:
    return fill(load_form(form_id), data, MADE)


def words(page: Page) -> list[str]:
    return [run.text for run in page.texts]


def said(form: FilledForm) -> str:
    return "\n".join(text for page in form.pages for text in words(page))


def after(texts: list[str], label: str) -> Decimal:
    """The number that stands right of a label."""
    return Decimal(texts[texts.index(label) + 1].replace(",", "").removeprefix("¥"))


def formulas(form: FilledForm) -> list[str]:
    page = load_workbook(BytesIO(workbook_bytes(form))).active
    assert page is not None
    return [str(cell.value) for row in page.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize(
    ("form_id", "amount"),
    [("town_fund_plan", "999800.50"), ("village_fund_plan", "144030.50"), ("town_fund_approval", "288300.50")],
)
def test_the_amount_beside_that_in_words_has_its_sign_directly_before_it(form_id: str, amount: str) -> None:
    form = filled(form_id, sample(form_id))
    assert f"¥{Decimal(amount):,.2f}" in words(form.pages[0])
    sheet = load_workbook(BytesIO(workbook_bytes(form))).active
    assert sheet is not None
    signed = [cell for row in sheet.iter_rows() for cell in row if cell.number_format == '"¥"#,##0.00']
    assert [cell.data_type in ("n", "f") for cell in signed] == [True], "still a number, or the sum of numbers"


@pytest.mark.parametrize(("form_id", "pages"), [("town_fund_plan", 2), ("village_fund_plan", 2), ("town_fund_approval", 1)])
def test_ordinary_and_blank_ones_take_few_pages(form_id: str, pages: int) -> None:
    assert len(filled(form_id, sample(form_id)).pages) == pages
    assert len(filled(form_id, {}).pages) == pages


@pytest.mark.parametrize("form_id", FUNDS)
@pytest.mark.parametrize("count", [60, 200])
def test_subtotals_of_a_long_list_are_carried_under_a_repeated_heading(form_id: str, count: int) -> None:
    form = filled(form_id, long(form_id, count))
    pages = [words(page) for page in form.pages if "本页小计" in words(page)]
    assert len(pages) >= 3
    carried = Decimal(0)
    for texts in pages:
        here = texts.count("10.01") * Decimal("10.01")
        carried += here
        assert after(texts, "本页小计") == here
        assert after(texts, "累　　计") == carried
        assert "序号" in texts
        assert any("元" in text for text in texts)
    assert carried == after(pages[-1], "合　　计") == count * Decimal("10.01")


@pytest.mark.parametrize("form_id", FUNDS)
@pytest.mark.parametrize("count", [0, 1, 4, 9, 14, 30, 60])
def test_boxes_stand_whole_on_one_page(form_id: str, count: int) -> None:
    form = load_form(form_id)
    boxes = {field.name for field in form.opinions}
    pages = [{area.field for area in page.areas} & boxes for page in filled(form_id, long(form_id, count)).pages]
    assert [found for found in pages if found] == [boxes]


@pytest.mark.parametrize("form_id", FUND_PLANS)
def test_a_plan_s_sums_are_those_of_its_lists(form_id: str) -> None:
    data = sample(form_id)
    total = sum(one["amount"] for one in data["uses"])
    assert data["total"] == total == data["sources_total"]
    text = said(filled(form_id, data))
    assert text.count(f"{total:,.2f}") >= 3
    assert f"人民币{to_capital(total)}" in text
    data["uses"].append({"item": "道路", "amount": Decimal("0.01")})
    assert f"人民币{to_capital(total + Decimal('0.01'))}" in said(filled(form_id, data))


def test_an_approval_s_amount_is_the_sum_of_its_items() -> None:
    data = sample("town_fund_approval")
    assert data["amount"] == Decimal("288300.50")
    assert data["left"] == data["approved"] - data["paid"] - data["amount"]
    assert "人民币贰拾捌万捌仟叁佰元零伍角整" in said(filled("town_fund_approval", data))


def test_a_sum_that_is_not_the_list_s_is_a_fault() -> None:
    form = load_form("town_fund_approval")
    plain = to_plain(form, sample("town_fund_approval"))
    _, faults = coerce(form, {**plain, "amount": "288300.51"})
    assert [(fault.path, "288,300.50" in fault.sentence) for fault in faults] == [("amount", True)]
    assert coerce(form, plain)[1] == []
    assert coerce(form, {})[0]["amount"] is None


@pytest.mark.parametrize("form_id", FUND_PLANS)
def test_households_of_several_items_are_not_added_up(form_id: str) -> None:
    data = long(form_id, 60)
    pages = [words(page) for page in filled(form_id, data).pages]
    for texts in pages:
        for label in ("本页小计", "累　　计"):
            if label in texts:
                following = texts[texts.index(label) + 2]
                assert not following.isdigit()


@pytest.mark.parametrize("form_id", FUND_PLANS)
def test_where_an_item_was_taken_from_is_kept_but_not_printed(form_id: str) -> None:
    data = sample(form_id)
    taken = next(one for one in data["uses"] if one.get("from_run"))
    form = filled(form_id, data)
    assert form.grid is not None
    assert taken["from_run"] not in said(form)
    assert all(taken["from_run"] not in str(cell.value) for cell in form.grid.cells)
    assert taken["from_run"] in str(to_plain(load_form(form_id), data))


@pytest.mark.parametrize("form_id", FUNDS)
def test_a_workbook_adds_up_its_lists_itself(form_id: str) -> None:
    form = filled(form_id, long(form_id, 60))
    page = load_workbook(BytesIO(workbook_bytes(form))).active
    assert page is not None
    column, first, last = _column_of(page, 10.01)
    assert last - first == 59
    wanted = f"=SUM({column}{first}:{column}{last})"
    assert formulas(form).count(wanted) == 2
    assert all(formula.count(",") == 0 for formula in formulas(form))


def _column_of(page: Any, amount: float) -> tuple[str, int, int]:
    """Letter, first and last row of the cells that hold an amount."""
    cells = [cell for row in page.iter_rows() for cell in row if cell.value == amount]
    assert len({cell.column_letter for cell in cells}) == 1
    return cells[0].column_letter, cells[0].row, cells[-1].row


@pytest.mark.parametrize("form_id", FUND_PLANS)
def test_sources_are_added_up_in_the_workbook(form_id: str) -> None:
    assert len(formulas(filled(form_id, sample(form_id)))) == 3


def test_numbers_of_a_workbook_stay_numbers() -> None:
    page = load_workbook(BytesIO(workbook_bytes(filled("town_fund_approval", sample("town_fund_approval"))))).active
    assert page is not None
    values = {cell.value: cell.number_format for row in page.iter_rows() for cell in row}
    assert values[999800.5] == values[180000] == "#,##0.00"
    assert values["44001667638053001234"] == "@"


@pytest.mark.parametrize("form_id", FUNDS)
def test_only_embedded_fonts_are_used(form_id: str) -> None:
    content = pdf_bytes(filled(form_id, sample(form_id)))
    assert b"Helvetica" not in content
    for page in PdfReader(BytesIO(content)).pages:
        for font in page["/Resources"]["/Font"].values():
            (inner,) = font.get_object()["/DescendantFonts"]
            assert "/FontFile2" in inner.get_object()["/FontDescriptor"].get_object()


@pytest.mark.parametrize("form_id", FUNDS)
def test_rare_characters_stand_on_the_page(form_id: str) -> None:
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf_bytes(filled(form_id, sample(form_id))))).pages)
    assert "塘㙍镇" in text
    if form_id != "village_fund_plan":
        assert "陈𠅤" in text


def test_a_copy_for_others_shows_no_account() -> None:
    form = load_form("town_fund_approval")
    data = sample("town_fund_approval")
    copy = fill(form, public_copy(form, data), MADE)
    assert copy.grid is not None
    shown = said(copy) + "".join(str(cell.value) for cell in copy.grid.cells)
    for item in data["items"]:
        assert item["account"] in said(fill(form, data, MADE))
        assert item["account"] not in shown
        assert item["payee"] in shown


@pytest.mark.parametrize("form_id", FUND_PLANS)
def test_a_copy_for_others_shows_no_phone(form_id: str) -> None:
    form = load_form(form_id)
    assert sample(form_id)["operator_phone"] not in said(fill(form, public_copy(form, sample(form_id)), MADE))


@pytest.mark.parametrize("form_id", FUNDS)
def test_a_long_one_is_kept_as_it_was(form_id: str) -> None:
    form = filled(form_id, long(form_id, 60))
    again = unpack(pack(form))
    assert pdf_bytes(again) == pdf_bytes(form)
    assert workbook_bytes(again) == workbook_bytes(form)


@pytest.mark.parametrize("form_id", FUNDS)
def test_what_must_be_filled_in_is_told(form_id: str) -> None:
    form = load_form(form_id)
    assert missing(form, sample(form_id)) == []
    needed = {fault.path for fault in missing(form, {})}
    assert {"number", "reporter", LISTS[form_id]} <= needed
    inside = {fault.path for fault in missing(form, {LISTS[form_id]: [{}]})}
    assert {f"{LISTS[form_id]}[0].item", f"{LISTS[form_id]}[0].amount"} <= inside


@pytest.mark.parametrize("form_id", FUNDS)
def test_reasons_print_only_where_there_are_some(form_id: str) -> None:
    assert "事项说明" not in said(filled(form_id, sample(form_id)))
    form = filled(form_id, {**sample(form_id), "reasons": "吴川 三(一)4 首批示范镇资金低于100万元 原因：分两年下达"})
    assert "分两年下达" in said(form)
    assert len(form.pages) == (1 if form_id == "town_fund_approval" else 2), "no note stands alone on a page"


# ---- ledger and balances ----------------------------------------------------------------------------------------------


def test_the_ledger_shows_each_entry_in_its_column_with_the_balance() -> None:
    form = filled("fund_ledger", fund_tables.ledger(fund_tables.year(), "2026年1月1日至2026年6月30日"))
    (page,) = form.pages
    texts = words(page)
    text = "".join(texts)
    assert form.title == "塘㙍镇2026年度产业扶贫资金台账"
    for shown in ("-870,000.00", "787,699.50", "陈𠅤", "金额写错，已冲销", "范围：2026年1月1日至2026年6月30日"):
        assert shown in text
    at = texts.index("合　　计")
    assert texts[at + 1 : at + 7] == ["800,000.00", "800,000.00", "780,000.00", "12,300.50", "20,000.00", "787,699.50"]


def test_a_ledger_without_scope_and_entries_is_told_so() -> None:
    texts = words(filled("fund_ledger", fund_tables.ledger([])).pages[0])
    assert not any(text.startswith("范围") for text in texts)
    assert texts[texts.index("合　　计") + 1] == "0.00"


def test_a_long_ledger_repeats_its_heading_and_carries_its_sums() -> None:
    form = filled("fund_ledger", fund_tables.ledger(fund_tables.days(300)))
    carried = Decimal(0)
    assert len(form.pages) > 8
    for page in form.pages:
        texts = words(page)
        here = sum(1 for text in texts if text == "到账") - 1
        at = texts.index("本页小计")
        carried += Decimal("1.25") * here
        assert texts[at + 1 : at + 4] == ["0.00", f"{Decimal('1.25') * here:,.2f}", "0.00"]
        assert texts[texts.index("累　　计") + 2] == f"{carried:,.2f}"
        assert texts.count("发　生　额") == 1
    assert carried == Decimal("375.00")
    last = words(form.pages[-1])
    assert last[last.index("合　　计") + 2] == "375.00"


def test_the_ledger_s_workbook_sums_and_repeats_its_heading() -> None:
    form = filled("fund_ledger", fund_tables.ledger(fund_tables.days(40)))
    page = load_workbook(BytesIO(workbook_bytes(form))).active
    assert page is not None
    assert len(formulas(form)) == 4
    assert page.print_title_rows is not None
    assert page.page_setup.orientation == "landscape"
    rows = {cell.row for row in page.iter_rows() for cell in row if cell.value == 1.25}
    assert f"{min(rows)}:" in formulas(form)[0].replace("=SUM(I", "")
    assert len(rows) == 40


@pytest.mark.parametrize("count", [0, 1, 8, 60])
def test_balances_add_up(count: int) -> None:
    form = filled("fund_balances", fund_tables.balances(count))
    texts = words(form.pages[-1])
    at = texts.index("合　　计")
    one = fund_tables.balances(1)["rows"][0]
    assert texts[at + 1 : at + 8] == [f"{one[name] * count:,.2f}" for name in fund_tables.AMOUNTS]
    assert f"截至：{MADE.year}年{MADE.month}月{MADE.day}日" in words(form.pages[0])
    assert len(form.pages) == (1 if count < 10 else 4)
    assert len(formulas(form)) == (7 if count else 0)


@pytest.mark.parametrize("form_id", ["fund_ledger", "fund_balances"])
def test_lists_of_money_are_landscape_and_stay_on_their_paper(form_id: str) -> None:
    data = fund_tables.ledger(fund_tables.days(60)) if form_id == "fund_ledger" else fund_tables.balances(60)
    form = filled(form_id, data)
    assert form.paper.landscape
    for page in form.pages:
        assert all(form.paper.left - 0.01 <= x <= 297 - form.paper.right + 0.01 for line in page.lines for x in (line.x1, line.x2))
        assert all(run.y <= 210 for run in page.texts)
