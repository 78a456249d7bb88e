"""Tables with whatever in them: nothing is lost, nothing stands twice, sums agree, rows stay where they belong."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fupin_desktop.documents.definition.loader import parse_form
from fupin_desktop.documents.filled_store import pack, unpack
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.documents.pages import FilledForm
from tests.documents.geometry import overlapping, too_high, ugly
from tests.documents.papers import MADE, SMALL

TOGETHER = SMALL.replace('each = "rows"\nheight = 10\nstyle = "cell"\ncells = [{ text = "{index}" }',
                         'each = "rows"\ntogether = 3\nheight = 10\nstyle = "cell"\ncells = [{ text = "{index}" }')  # fmt: skip
assert TOGETHER != SMALL
FORM = parse_form(TOGETHER, "small")


def _rows(count: int, dice: Random) -> list[tuple[str, Decimal | None]]:
    amounts = (None, Decimal(dice.randint(-(10**6), 10**9)) / 100)
    return [("贫" * dice.randint(0, 60), dice.choice((*amounts, Decimal(dice.randint(0, 99))))) for _ in range(count)]


ROWS = st.builds(_rows, st.integers(0, 90), st.randoms(use_true_random=False))
"""Lists of any length alike: such as Hypothesis draws by itself are mostly short."""
MODEST = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def made(rows: list[tuple[str, Decimal | None]]) -> dict[str, Any]:
    return {"name": "名", "rows": [{"text": text or None, "amount": amount} for text, amount in rows]}


def texts(form: FilledForm) -> list[list[str]]:
    return [[run.text for run in page.texts] for page in form.pages]


def amount_of(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


@MODEST
@given(ROWS)
def test_every_row_stands_once_and_every_sum_agrees(rows: list[tuple[str, Decimal | None]]) -> None:
    form = fill(FORM, made(rows), MADE)
    assert list(ugly(form)) == []
    pages = texts(form)
    numbers = [text for page in pages for text in page if text.isdigit()]
    assert numbers == [str(at) for at in range(1, len(rows) + 1)]
    assert sum(text.count("贫") for page in pages for text in page) == sum(len(text) for text, _ in rows)
    whole = sum((amount for _, amount in rows if amount is not None), Decimal(0))
    assert amount_of(pages[-1][pages[-1].index("合计") + 1]) == whole
    if len(pages) > 1:
        parts = [amount_of(page[page.index("本页小计") + 1]) for page in pages]
        assert sum(parts) == whole
        running = [amount_of(page[page.index("累计") + 1]) for page in pages]
        assert running == [sum(parts[: at + 1]) for at in range(len(parts))]
    for page in pages:
        assert page.count("内容") == 1


@MODEST
@given(ROWS)
def test_the_last_rows_stay_with_the_total_and_no_page_is_left_nearly_empty(rows: list[tuple[str, Decimal | None]]) -> None:
    pages = texts(fill(FORM, made(rows), MADE))
    last = {text for text in pages[-1] if text.isdigit()}
    assert {str(at) for at in range(max(len(rows) - 2, 1), len(rows) + 1)} <= last


@MODEST
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_total(rows: list[tuple[str, Decimal | None]], dice: Any) -> None:
    mixed = list(rows)
    dice.shuffle(mixed)
    one, other = texts(fill(FORM, made(rows), MADE))[-1], texts(fill(FORM, made(mixed), MADE))[-1]
    assert one[one.index("合计") + 1] == other[other.index("合计") + 1]


@MODEST
@given(ROWS)
def test_the_workbook_holds_the_same_and_what_is_kept_comes_back(rows: list[tuple[str, Decimal | None]]) -> None:
    form = fill(FORM, made(rows), MADE)
    grid = form.grid
    assert grid is not None
    assert list(overlapping(form)) == []
    values = [cell.value for cell in grid.cells if isinstance(cell.value, Decimal)]
    amounts = [amount for _, amount in rows if amount is not None]
    assert values == [*amounts, sum(amounts, Decimal(0))]
    again = unpack(pack(form))
    assert (again.pages, again.grid) == (form.pages, grid)


HIGH = st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 3)), min_size=1, max_size=6)
BOXES = parse_form(
    SMALL.partition("[fields.name]")[0].replace("workbook = true", "workbook = true\nentry = true")
    + """
[fields.name]
label = "名称"
type = "text"
[fields.boxes]
label = "框"
type = "list"
[fields.boxes.fields.text]
label = "内容"
type = "long"
[fields.boxes.fields.rows]
label = "行"
type = "list"
[fields.boxes.fields.rows.fields.item]
label = "项"
type = "text"
[[parts]]
type = "table"
columns = [20, 100, 50]
rows = [
  { role = "each", each = "boxes", within = "rows", min_rows = 1, height = 10, style = "cell", cells = [
    { text = "{index}" }, { field = "text" }, { text = "{item}" } ] },
]
""",
    "small",
)


@MODEST
@example([(2944, 2)])
@example([(2944, 3), (10, 1)])
@example([(1459, 2)])
@given(HIGH)
def test_rows_higher_than_a_page_are_cut_between_lines_and_nothing_is_lost(boxes: list[tuple[int, int]]) -> None:
    data = {"boxes": [
        {"text": "贫" * size, "rows": [{"item": f"项{at}"} for at in range(items)]} for size, items in boxes
    ]}  # fmt: skip
    form = fill(BOXES, data, MADE)
    assert list(ugly(form)) == []
    pages = texts(form)
    assert sum(text.count("贫") for page in pages for text in page) == sum(size for size, _ in boxes)
    assert sum(text.startswith("项") for page in pages for text in page) == sum(items for _, items in boxes)
    assert [text for page in pages for text in page if text.isdigit()] == [str(at) for at in range(1, len(boxes) + 1)]
    assert list(overlapping(form)) == []
    assert list(too_high(form)) == []


@pytest.mark.parametrize("items", [1, 30, 60, 120])
def test_a_record_of_very_many_rows_goes_on_over_pages_beside_its_name(items: int) -> None:
    data = {"boxes": [{"text": "甲户", "rows": [{"item": f"项{at}"} for at in range(items)]}]}
    form = fill(BOXES, data, MADE)
    assert [text for page in texts(form) for text in page if text.startswith("项")] == [f"项{at}" for at in range(items)]
    assert len(form.pages) == -(-items * 10 // 257) if items > 1 else 1
    assert list(ugly(form)) == []
    for page in form.pages:
        thick = [line for line in page.lines if line.width > 1]
        assert len(thick) == 4, "each page has a whole frame"
        ys = sorted(run.y for run in page.texts if run.text.startswith("项"))
        assert all(second - first == pytest.approx(10) for first, second in pairwise(ys))
