"""The rows above the data of a list: what is kept of them when columns go, and what they say in another year."""

from __future__ import annotations

import json
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.services.list_layouts.heads import Area, Head, made_head

TITLE = ["塘㙍镇2025年奖补登记表", "", "", "", ""]
GROUPS = ["户主", "种养", "", "账户", ""]
NAMES = ["姓名", "产品", "数量", "开户行", "账号"]
MERGES = [(0, 0, 0, 4), (1, 1, 1, 2), (1, 3, 1, 4)]


@pytest.mark.parametrize(
    ("columns", "rows", "merges"),
    [
        ([0, 1, 2, 3, 4], [TITLE, GROUPS, NAMES], MERGES),
        ([0, 1, 2], [TITLE[:3], ["户主", "种养", "账户"], ["姓名", "账号", "数量"]], [(0, 0, 0, 2), (1, 1, 1, 2)]),
        ([4, 3], [["", "塘㙍镇2025年奖补登记表"], ["账户", "种养"], ["账号", "开户行"]], [(0, 0, 0, 1), (1, 0, 1, 1)]),
        ([], [[], [], []], []),
    ],
)  # fmt: skip
def test_columns_that_go_leave_their_titles_to_the_next_that_is_free(
    columns: list[int], rows: list[list[str]], merges: list[Area]
) -> None:
    found = made_head([TITLE, GROUPS, NAMES], MERGES, columns, 2)
    if len(columns) in (0, 5):
        assert [list(row) for row in found.rows] == rows
    assert [len(row) for row in found.rows] == [len(columns)] * 3
    assert list(found.merges) == merges
    assert found.heading == 2


def test_the_title_is_kept_though_its_own_column_goes() -> None:
    found = made_head([TITLE, NAMES], [(0, 0, 0, 4)], [1, 2], 1)
    assert found.rows[0] == ("塘㙍镇2025年奖补登记表", "")
    assert found.rows[1][:2] == ("产品", "数量")


@pytest.mark.parametrize(
    ("rows", "heading", "told"),
    [
        ([["2025年登记表"], ["2025年产量"]], 1, [["2026年登记表"], ["2025年产量"]]),
        ([["2025年登记表"], ["2025年产量"]], 2, [["2025年登记表"], ["2025年产量"]]),
        ([["二〇二五年", 2025, "截至2025年12月"]], 0, [["二〇二五年", 2025, "截至2026年12月"]]),
        ([["2024年与2025年对比"]], 0, [["2024年与2026年对比"]]),
    ],
)
def test_only_titles_say_another_year(rows: list[list[object]], heading: int, told: list[list[object]]) -> None:
    head = Head(tuple(map(tuple, rows)), (), heading)
    assert head.of_year(2025, 2026).rows == tuple(map(tuple, told))
    assert head.of_year(2025, 2025) == head


WIDTH = 5
ROW = st.lists(st.sampled_from(["", "甲", "乙", "丙"]), min_size=0, max_size=WIDTH)
AREA = st.tuples(st.integers(0, 3), st.integers(0, WIDTH - 1), st.integers(0, 3), st.integers(0, WIDTH - 1)).filter(
    lambda one: one[0] <= one[2] and one[1] <= one[3]
)


@given(
    rows=st.lists(ROW, min_size=1, max_size=3),
    merges=st.lists(AREA, max_size=4),
    columns=st.lists(st.integers(0, WIDTH - 1), unique=True, max_size=WIDTH),
)
def test_a_head_fits_its_columns_whatever_goes(rows: list[list[str]], merges: list[Area], columns: list[int]) -> None:
    found = made_head(rows, merges, columns, 1)
    assert Head.from_dict(json.loads(json.dumps(found.to_dict()))) == found
    assert all(len(row) == len(columns) for row in found.rows)
    taken = [{(row, column) for row in range(a, c + 1) for column in range(b, d + 1)} for a, b, c, d in found.merges]
    assert all(not one & other for one, other in combinations(taken, 2))
    assert all(len(cells) > 1 for cells in taken)
    assert all(row < len(rows) and column < len(columns) for cells in taken for row, column in cells)
    for before, after in zip(rows, found.rows, strict=True):
        kept = [before[column] for column in columns if column < len(before) and before[column] != ""]
        assert all(after.count(text) >= kept.count(text) for text in kept)
        assert [text for text in after if text != ""] == [] or set(after) - {""} <= set(before)
