"""The boards that one line names, and of what kind they are."""

from __future__ import annotations

import pytest

from fupin_desktop.domain.notice_boards import board_kind, boards_of
from fupin_desktop.domain.vocabulary import BoardKind

VILLAGE, TOWN = BoardKind.VILLAGE, BoardKind.TOWN


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("低岭村公示栏", VILLAGE), ("那罗村委会", VILLAGE), ("镇政府公示栏", TOWN), ("梅菉街道办", TOWN),
        ("镇政府网站", BoardKind.ONLINE), ("“塘㙍发布”公众号", BoardKind.ONLINE), ("水稻基地", BoardKind.SITE),
        ("项目实施地", BoardKind.SITE), ("文化广场", BoardKind.OTHER), ("城东社区公示栏", VILLAGE),
    ],
)  # fmt: skip
def test_the_kind_of_a_board_follows_from_where_it_is(place: str, kind: BoardKind) -> None:
    assert board_kind(place, {"低岭村", "城东社区"}) is kind


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()), ("、；", ()), ("低岭村公示栏", ("低岭村公示栏",)),
        (" 甲、乙；丙;丁，戊,己\n庚 ", ("甲", "乙", "丙", "丁", "戊", "己", "庚")),
    ],
)  # fmt: skip
def test_boards_are_parted_by_any_mark(text: str, parts: tuple[str, ...]) -> None:
    assert boards_of(text) == parts


@pytest.mark.parametrize(
    ("text", "parts", "kinds"),
    [
        ("村委会公示栏及镇政府公告栏", ("村委会公示栏", "镇政府公告栏"), (VILLAGE, TOWN)),
        ("低岭村公示栏和镇公示栏", ("低岭村公示栏", "镇公示栏"), (VILLAGE, TOWN)),
        ("镇政府公告栏、低岭村村委会以及水稻基地", ("镇政府公告栏", "低岭村村委会", "水稻基地"), (TOWN, VILLAGE, BoardKind.SITE)),
        ("村委会公示栏与镇公示栏及镇政府网站", ("村委会公示栏", "镇公示栏", "镇政府网站"), (VILLAGE, TOWN, BoardKind.ONLINE)),
        ("镇村两级公示栏", ("镇公示栏", "村公示栏"), (TOWN, VILLAGE)),
        ("塘㙍镇低岭村公示栏", ("塘㙍镇低岭村公示栏",), (VILLAGE,)),
        ("和平村公示栏", ("和平村公示栏",), (VILLAGE,)),
        ("仁和村村委会公示栏", ("仁和村村委会公示栏",), (VILLAGE,)),
        ("和平村公示栏和仁和村公示栏", ("和平村公示栏", "仁和村公示栏"), (VILLAGE, VILLAGE)),
        ("扶贫和民政公示栏", ("扶贫和民政公示栏",), (BoardKind.OTHER,)),
        ("老镇村公示栏", ("老镇村公示栏",), (VILLAGE,)), ("村镇公告栏", ("镇公告栏", "村公告栏"), (TOWN, VILLAGE)),
    ],
)  # fmt: skip
def test_a_joining_word_parts_two_places_and_no_name(
    text: str, parts: tuple[str, ...], kinds: tuple[BoardKind, ...]
) -> None:
    assert boards_of(text) == parts
    assert tuple(board_kind(one, set()) for one in parts) == kinds
