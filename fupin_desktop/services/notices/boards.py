"""The boards a notice hangs on: who put it up, when it came down, and the photographs taken there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.text import clean
from fupin_desktop.domain.vocabulary import BoardKind, NoticeState
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import attachments
from fupin_desktop.services.attachments import Attached
from fupin_desktop.services.existing import existing
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import Notice, NoticePosting

PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".webp", ".heic")


@dataclass(frozen=True, slots=True)
class Board:
    """One board.

    Attributes:
        key: Its key; empty for one that is not kept yet.
        kind: What kind of board it is.
        place: Where it is.
        posted_on: Day the notice was put up there.
        posted_by: By whom.
        taken_down_on: Day it came down; None while it hangs.
        photos: Photographs taken there.
        note: 备注.
    """

    key: str
    kind: BoardKind
    place: str
    posted_on: date | None = None
    posted_by: str = ""
    taken_down_on: date | None = None
    photos: tuple[Attached, ...] = ()
    note: str = ""


def boards(bench: Workbench, notice_key: str) -> tuple[Board, ...]:
    """The boards of a notice, in order."""
    query = select(NoticePosting).where(NoticePosting.notice_key == notice_key)
    with bench.read() as session:
        return tuple(_board(row) for row in session.scalars(query.order_by(NoticePosting.position, NoticePosting.key)))


def _board(row: NoticePosting) -> Board:
    return Board(
        row.key, BoardKind(row.board), row.place, row.posted_on, row.posted_by, row.taken_down_on,
        tuple(attachments.of(row.photos)), row.note,
    )  # fmt: skip


def keep(bench: Workbench, notice_key: str, wanted: Sequence[Board]) -> Change:
    """Keep the boards of a notice as they are given; boards that are left out are taken off the record.

    Raises:
        NotAllowed: The notice is gone, no board is left, or a day cannot be.
    """
    with bench.write("notices.boards", "公示地点") as unit:
        notice = existing(unit.session, Notice, notice_key)
        for told in _faults(notice, wanted, bench.today):
            raise NotAllowed(told, todo="请改正后再保存。")
        known = {row.key: row for row in _rows(unit.session, notice_key)}
        unit.delete_many(NoticePosting, [key for key in known if key not in {one.key for one in wanted}])
        for position, one in enumerate(wanted):
            row = known.get(one.key) or NoticePosting(notice_key=notice_key)
            _fill(row, one, position)
            unit.session.add(row)
        unit.session.flush()
        return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (notice_key,), "已保存张贴情况。")


def _rows(session: Session, notice_key: str) -> list[NoticePosting]:
    return list(session.scalars(select(NoticePosting).where(NoticePosting.notice_key == notice_key)))


def _fill(row: NoticePosting, one: Board, position: int) -> None:
    row.position, row.board, row.place = position, one.kind.value, clean(one.place)
    row.posted_on, row.posted_by, row.taken_down_on = one.posted_on, clean(one.posted_by), one.taken_down_on
    row.photos, row.note = [photo.stored for photo in one.photos] or None, clean(one.note)


def _faults(notice: Notice, wanted: Sequence[Board], today: date) -> Iterator[str]:
    if not wanted:
        yield "公示至少要有一个张贴地点。"
    for one in wanted:
        name = clean(one.place)
        if not name:
            yield "有一行没有写张贴地点。"
        if one.posted_on is not None and one.posted_on > today:
            yield f"“{name}”的张贴日期在今天以后。"
        if one.taken_down_on is not None:
            yield from _taken_down_faults(notice, one, name, one.taken_down_on, today)


def _taken_down_faults(notice: Notice, one: Board, name: str, down: date, today: date) -> Iterator[str]:
    """A board comes down after it was put up, and before the end of the period for a reason alone."""
    if down > today or down < (one.posted_on or down):
        yield f"“{name}”的撤下日期应在张贴以后、今天以前。"
    last = notice.last_day
    if last is not None and down <= last and notice.state == NoticeState.POSTED.value and not clean(one.note):
        yield f"“{name}”在公示期满({last:%Y-%m-%d})以前撤下，请在备注写明原因，或撤回公示。"


def add_photos(bench: Workbench, board: Board, files: Sequence[Path]) -> Board:
    """A board with further photographs, copied into the data folder under their checksum; kept by :func:`keep`.

    Raises:
        NotAllowed: A file is no picture, empty or too large.
        Situation: A file cannot be read, or the data folder cannot be written.
    """
    taken = [photo.name for photo in board.photos]
    added = []
    for path in files:
        if path.suffix.lower() not in PICTURES:
            raise NotAllowed(f"“{path.name}”不是照片，没有添加。", todo="请选择 jpg、png 等图片文件。")
        added.append(attachments.store(bench.data_folder, path, taken))
        taken.append(added[-1].name)
    return replace(board, photos=(*board.photos, *added))
