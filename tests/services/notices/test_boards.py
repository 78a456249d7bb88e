"""The boards of a posted notice: what is kept of them, what cannot be, and the photographs taken there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from fupin_desktop.domain.vocabulary import BoardKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import award_notices, awards, history, schemes
from fupin_desktop.services.notices import boards
from fupin_desktop.services.notices.boards import Board
from fupin_desktop.services.workbench import Workbench
from tests.services.award_office import REGISTER, make_bench, put_register, scheme

POSTED, LAST, TODAY = date(2026, 3, 2), date(2026, 3, 11), date(2026, 3, 6)


@pytest.fixture(scope="module")
def posted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workbench, str]]:
    """A notice that has hung for four days on two boards; what tests keep is undone."""
    bench = make_bench(tmp_path_factory.mktemp("boards") / "data")
    put_register(bench, REGISTER)
    key = schemes.save(bench, None, scheme()).keys[0]
    run = awards.recalculate(bench, key).keys[0]
    settings = replace(award_notices.default_settings(bench), board="低岭村公示栏及镇政府网站；水稻基地")
    notice = award_notices.publish(bench, run, settings).keys[0]
    bench.clock.now = datetime(2026, 3, 6, 9, 0)  # type: ignore[attr-defined]  # noqa: DTZ001
    yield bench, notice
    bench.close()


def kept(posted: tuple[Workbench, str]) -> list[Board]:
    return list(boards.boards(*posted))


def test_each_board_of_the_notice_is_kept_with_who_posted_it_and_when(posted: tuple[Workbench, str]) -> None:
    found = kept(posted)
    assert [(one.place, one.kind, one.posted_on, one.posted_by, one.taken_down_on) for one in found] == [
        ("低岭村公示栏", BoardKind.VILLAGE, POSTED, "李文静", None), ("镇政府网站", BoardKind.ONLINE, POSTED, "李文静", None),
        ("水稻基地", BoardKind.SITE, POSTED, "李文静", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"place": "  "}, "有一行没有写张贴地点。"),
        ({"posted_on": date(2026, 3, 7)}, "“低岭村公示栏”的张贴日期在今天以后。"),
        ({"taken_down_on": date(2026, 3, 7), "note": "下雨"}, "“低岭村公示栏”的撤下日期应在张贴以后、今天以前。"),
        ({"taken_down_on": date(2026, 3, 1), "note": "下雨"}, "“低岭村公示栏”的撤下日期应在张贴以后、今天以前。"),
        ({"taken_down_on": TODAY}, "“低岭村公示栏”在公示期满(2026-03-11)以前撤下，请在备注写明原因，或撤回公示。"),
        ({"taken_down_on": TODAY, "note": " 　"}, "“低岭村公示栏”在公示期满(2026-03-11)以前撤下，请在备注写明原因，或撤回公示。"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    posted: tuple[Workbench, str], change: dict[str, Any], told: str
) -> None:
    before = kept(posted)
    with pytest.raises(NotAllowed) as caught:
        boards.keep(*posted, [replace(before[0], **change), *before[1:]])
    assert caught.value.happened == told
    assert kept(posted) == before


@pytest.mark.parametrize(("day", "asked"), [(11, True), (12, False)])
def test_a_board_hangs_through_the_last_day(posted: tuple[Workbench, str], day: int, asked: bool) -> None:
    bench, _ = posted
    before, clock = kept(posted), bench.clock
    clock.now = datetime(2026, 3, 13, 9, 0)  # type: ignore[attr-defined]  # noqa: DTZ001
    try:
        down = [replace(before[0], taken_down_on=date(2026, 3, day)), *before[1:]]
        if asked:
            with pytest.raises(NotAllowed, match="在公示期满"):
                boards.keep(*posted, down)
        else:
            boards.keep(*posted, down)
            history.undo(bench)
    finally:
        clock.now = datetime(2026, 3, 6, 9, 0)  # type: ignore[attr-defined]  # noqa: DTZ001
    assert kept(posted) == before


def test_a_notice_keeps_at_least_one_board(posted: tuple[Workbench, str]) -> None:
    with pytest.raises(NotAllowed, match="至少要有一个张贴地点"):
        boards.keep(*posted, [])
    assert boards.boards(posted[0], "x") == ()
    with pytest.raises(NotAllowed, match="已经不在"):
        boards.keep(posted[0], "x", kept(posted))


@pytest.mark.parametrize(
    "change",
    [{"taken_down_on": TODAY, "note": "台风前撤下"}, {"taken_down_on": POSTED, "note": "贴错"}, {"posted_on": None},
     {"posted_on": TODAY, "posted_by": " 陈观保 "}],
)  # fmt: skip
def test_what_can_be_is_kept_and_undone_as_one(posted: tuple[Workbench, str], change: dict[str, Any]) -> None:
    bench, _ = posted
    before = kept(posted)
    added = Board("", BoardKind.TOWN, "镇公示栏", TODAY)
    boards.keep(*posted, [added, replace(before[1], **change)])
    first, second = kept(posted)
    assert (first.place, first.kind) == ("镇公示栏", BoardKind.TOWN)
    wanted = {name: value.strip() if isinstance(value, str) else value for name, value in change.items()}
    assert {name: getattr(second, name) for name in change} == wanted
    assert second.key == before[1].key
    history.undo(bench)
    assert kept(posted) == before


def test_photographs_are_copied_into_the_data_folder_under_names_of_their_own(
    posted: tuple[Workbench, str], tmp_path: Path
) -> None:
    bench, _ = posted
    for name, colour in (("a", "#111111"), ("b", "#222222")):
        (tmp_path / name).mkdir()
        Image.new("RGB", (8, 8), colour).save(tmp_path / name / "公示栏.JPG")
    board = kept(posted)[0]
    taken = boards.add_photos(bench, board, [tmp_path / "a" / "公示栏.JPG", tmp_path / "b" / "公示栏.JPG"])
    names = [photo.name for photo in taken.photos]
    assert len({name.casefold() for name in names}) == 2
    boards.keep(*posted, [taken, *kept(posted)[1:]])
    assert [photo.name for photo in kept(posted)[0].photos] == names
    assert len({photo.sha256 for photo in kept(posted)[0].photos}) == 2
    history.undo(bench)


@pytest.mark.parametrize("name", ["通知.docx", "扫描.pdf", "照片"])
def test_other_files_are_no_photographs(posted: tuple[Workbench, str], tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(NotAllowed, match=f"“{name}”不是照片"):
        boards.add_photos(posted[0], kept(posted)[0], [tmp_path / name])
