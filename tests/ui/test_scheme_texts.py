"""What is typed into a scheme and kept of it; shares of an award; undo in the draft."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt

from fupin_desktop.domain.vocabulary import HouseholdSize, Participation
from fupin_desktop.policy.rules import all_kinds
from fupin_desktop.ui.models.award_shares import item_shares
from fupin_desktop.ui.models.scheme_draft import SchemeDraft, dotted, fold, unfold
from fupin_desktop.ui.models.scheme_keys import key_words
from fupin_desktop.ui.models.scheme_rows import GridColumn, RowsModel, number_text, split_words
from tests.services import award_office

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "tables" / "scheme_texts.toml").read_text(encoding="utf-8"))
TWO_ITEMS = {"item": [{"name": "水稻"}, {"name": "番薯"}]}
Role = Qt.ItemDataRole


# ---- texts ----
@pytest.mark.parametrize("case", CASES["number"], ids=lambda case: case["typed"])
def test_a_number_as_the_scheme_keeps_it(case):
    assert number_text(case["typed"]) == case["kept"]


@pytest.mark.parametrize("case", CASES["words"], ids=lambda case: case["typed"])
def test_words_are_parted(case):
    assert split_words(case["typed"]) == case["kept"]


@pytest.mark.parametrize("case", CASES["key"], ids=lambda case: case["key"])
def test_a_key_is_told_in_words(case):
    assert key_words(case["key"], TWO_ITEMS) == case["told"]


@pytest.mark.parametrize(("path", "name"), [
    ((), ""), (("place",), "place"), (("item", 0), "item[1]"), (("item", 1, "tiers", 0, "rate"), "item[2].tiers[1].rate"),
    (("caps", "per_household"), "caps.per_household"),
])
def test_a_path_is_named_as_in_the_file(path, name):
    assert dotted(path) == name


# ---- the grid ----
@pytest.fixture
def draft(app):
    return SchemeDraft(award_office.scheme())


COLUMNS = (
    GridColumn("name", "名称"), GridColumn("minimum", "起补", "number"), GridColumn("products", "产品", "words"),
    GridColumn("kind", "种类", "rule"), GridColumn("large_from", "大户起点", "start"), GridColumn("additional", "叠加", "flag"),
    GridColumn("told", "说明", "told", tell=lambda row: f"共 {len(row)} 项"),
)


@pytest.fixture
def grid(draft):
    made = RowsModel(draft, COLUMNS)
    made.bind(("item",))
    return made


def cell(grid, key, row=0):
    return grid.index(row, [column.key for column in COLUMNS].index(key))


@pytest.mark.parametrize(("key", "typed", "shown", "kept"), [
    ("name", " 早稻 ", "早稻", "早稻"), ("name", "", "", None), ("minimum", "1,000亩", "1000", "1000"),
    ("minimum", "多少", "多少", "多少"), ("products", "稻谷, 糯稻", "稻谷、糯稻", ["稻谷", "糯稻"]), ("products", "", "", None),
    ("large_from", "大户起点", "大户起点", "large"), ("large_from", "大户", "大户起点", "large"),
    ("large_from", "12", "12", "12"), ("additional", None, "", None),
])
def test_a_cell_of_the_grid(grid, draft, key, typed, shown, kept):
    if typed is not None:
        assert grid.setData(cell(grid, key), typed)
    assert cell(grid, key).data() == shown
    assert draft.get(("item", 0, key)) == kept


def test_a_tick_is_set_and_taken_away(grid, draft):
    at = cell(grid, "additional")
    assert grid.data(at, Role.CheckStateRole) is Qt.CheckState.Unchecked
    assert grid.setData(at, Qt.CheckState.Checked.value, Role.CheckStateRole)
    assert (grid.data(at, Role.CheckStateRole), draft.get(("item", 0, "additional"))) == (Qt.CheckState.Checked, True)
    assert grid.setData(at, Qt.CheckState.Unchecked.value, Role.CheckStateRole)
    assert draft.get(("item", 0, "additional")) is None


def test_a_kind_that_is_none_is_refused_and_the_row_stays(grid, draft):
    before = draft.get(("item", 0))
    assert not grid.setData(cell(grid, "kind"), "没有这种")
    assert (draft.get(("item", 0)), draft.can_undo) == (before, False)


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.value)
def test_a_kind_is_chosen_by_its_label(grid, draft, kind):
    assert grid.setData(cell(grid, "kind"), kind.label)
    assert draft.get(("item", 0, "kind")) == kind.value
    assert cell(grid, "kind").data() == kind.label


def test_what_is_told_is_not_typed_and_rows_have_no_rows(grid):
    assert not grid.flags(cell(grid, "told")) & Qt.ItemFlag.ItemIsEditable
    assert grid.flags(cell(grid, "additional")) & Qt.ItemFlag.ItemIsUserCheckable
    assert grid.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
    assert (grid.rowCount(cell(grid, "name")), grid.columnCount(cell(grid, "name"))) == (0, 0)
    assert grid.data(QModelIndex()) is None


def test_the_cell_that_the_check_names_is_marked_alone(grid):
    grid.show_fault("item[1].minimum")
    marked = [place for place in range(len(COLUMNS)) if grid.data(grid.index(0, place), Role.BackgroundRole) is not None]
    assert [COLUMNS[place].key for place in marked] == ["minimum"]
    grid.show_fault("")
    assert grid.data(cell(grid, "minimum"), Role.BackgroundRole) is None


# ---- the draft ----
PATHS = (("place",), ("decision", "meeting"), ("item", 0, "name"), ("item", 0, "minimum"), ("caps", "per_household"))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.sampled_from(PATHS), st.sampled_from(["", "甲", "乙", "12"])),
        st.tuples(st.just("insert"), st.just(("item",)), st.just({"name": "新"})),
        st.tuples(st.just("remove"), st.just(("item",)), st.just(-1)),
        st.tuples(st.just("kind"), st.just(("item", 0)), st.sampled_from(all_kinds())),
    ),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(max_examples=60)
@given(steps=STEPS)
def test_undo_goes_back_to_the_first_scheme_and_redo_to_the_last(app, steps):
    draft = SchemeDraft(award_office.scheme())
    first = unfold(fold(draft.data))
    for act, path, given_ in steps:
        if act == "set":
            draft.set(path, given_)
        elif act == "insert":
            draft.insert(path, 0, given_)
        elif act == "remove" and len(draft.rows(path)) > 1:
            draft.remove(path, given_)
        elif act == "kind":
            draft.set_kind(path, given_)
    last, many = unfold(fold(draft.data)), 0
    while draft.can_undo:
        draft.undo()
        many += 1
    assert unfold(fold(draft.data)) == first
    assert not draft.dirty
    while draft.can_redo:
        draft.redo()
        many -= 1
    assert (unfold(fold(draft.data)), many) == (last, 0)


def test_a_row_does_not_leave_its_list(draft):
    rows = draft.rows(("item",))
    assert len(rows) == 2
    for to in (-1, 2, 5):
        draft.move(("item",), 0, to)
    assert (draft.rows(("item",)), draft.can_undo) == (rows, False)


def test_a_change_after_undo_forgets_what_could_be_done_again(draft):
    draft.set(("place",), "甲村")
    draft.undo()
    assert draft.can_redo
    draft.set(("place",), "乙村")
    assert not draft.can_redo
    draft.undo()
    assert draft.get(("place",)) == award_office.scheme().place


# ---- shares ----
def award(amounts, whole, *, large=True):
    """As much of a household's award as the shares look at."""
    items = tuple(SimpleNamespace(item=f"第{place}项", amount=Decimal(fen) / 100) for place, fen in enumerate(amounts))
    applicant = SimpleNamespace(participation=Participation.BASE)
    size = HouseholdSize.LARGE if large else HouseholdSize.SMALL
    return SimpleNamespace(award=Decimal(whole) / 100, items=items, applicant=applicant, size=size)


def result(awards, items=7):
    scheme = SimpleNamespace(items=tuple(SimpleNamespace(name=f"第{place}项") for place in range(items)))
    return SimpleNamespace(scheme=scheme, awards=tuple(awards))


@given(st.lists(st.tuples(st.lists(st.integers(0, 10**9), min_size=1, max_size=7), st.integers(0, 10**9), st.booleans())))
def test_shares_add_up_to_the_fen_and_none_is_less_than_nothing(found):
    awards = [award(amounts, whole, large=large) for amounts, whole, large in found]
    shares = item_shares(result(awards))
    paid = [one for one in awards if one.award and any(item.amount for item in one.items)]
    assert sum(share.total for share in shares) == sum(one.award for one in paid)
    assert all(share.large >= 0 and share.small >= 0 for share in shares)
    assert sum(share.large for share in shares) == sum(one.award for one in paid if one.size is HouseholdSize.LARGE)


@pytest.mark.parametrize(("amounts", "whole", "shares"), [
    ([1000], 1000, ["10.00"]), ([1000, 1000], 1000, ["5.00", "5.00"]), ([100, 100, 100], 100, ["0.33", "0.34", "0.33"]),
    ([1, 1, 1, 1, 1, 1, 1], 4, ["0.01", "0.01", "0.01", "0.01"]), ([0, 300, 100], 200, ["1.50", "0.50"]),
    ([500, 0], 0, []), ([0, 0], 100, []),
])
def test_shares_of_one_award(amounts, whole, shares):
    found = item_shares(result([award(amounts, whole)]))
    assert [f"{share.total:.2f}" for share in found] == shares
