"""The register of what left the office: written when it has left, read for its paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from fupin_desktop.domain.exchange import HandoverKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.attachments import Attached
from fupin_desktop.services.overview import DueItem, Target
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import Handover, HandoverFile

OPERATION = "exchange.record"


@dataclass(frozen=True, slots=True)
class Line:
    """A file of a handover.

    Attributes:
        name: Where it lies below the folder.
        what: What it is.
        pages: Pages; None for a workbook.
        rows: Rows; None for a paper.
        size: Bytes.
        public: Whether it may be shown to anybody.
        sha256: Its checksum.
        item: Key of what it was made of; empty where that is not known.
    """

    name: str
    what: str
    pages: int | None
    rows: int | None
    size: int
    public: bool
    sha256: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """A handover as its paper tells it.

    Attributes:
        number: 交接号 in the year.
        year: 年度.
        kind: How it left.
        title: 事项.
        receiver: 接收单位.
        person: 接收人.
        left_on: The day.
        maker: 经办人.
        place: Name of the stick, or the folder.
        folder: Name of the folder or file there.
        list_sha256: Checksum of 清单.xlsx; empty where there is none.
        lines: The files.
        log_number: How far the log went when its paper was made; 0 where that is not known.
    """

    number: int
    year: int
    kind: HandoverKind
    title: str
    receiver: str
    person: str
    left_on: date
    maker: str
    place: str
    folder: str
    list_sha256: str
    lines: tuple[Line, ...]
    log_number: int = 0

    @property
    def internal(self) -> bool:
        """Whether anything of it must not be shown to others."""
        return any(not one.public for one in self.lines)

    @property
    def pages(self) -> int:
        """Pages in all."""
        return sum(one.pages or 0 for one in self.lines)


def next_number(bench: Workbench) -> int:
    """交接号 of the next handover of the year at work."""
    found = bench.store.glance("SELECT coalesce(max(number), 0) FROM handovers WHERE year = ?", (bench.year,))
    return int(found[0][0]) + 1


def log_number(bench: Workbench) -> int:
    """How far the log goes now."""
    return int(bench.store.glance("SELECT coalesce(max(number), 0) FROM change_sets")[0][0])


def record(bench: Workbench, handed: Handed, papers: Sequence[Attached] = ()) -> Change:
    """Keep that something has left; it is not undone, because it has.

    Args:
        bench: The office.
        handed: What left.
        papers: Attached files that go with it.

    Raises:
        Situation: It could not be written; what was carried is on the stick all the same.
    """
    told = f"交出“{handed.title}”给{handed.receiver or '对方'}：{len(handed.lines)} 个文件"
    with bench.write(OPERATION, told, undoable=False) as unit:
        kept = Handover(
            year=handed.year, number=handed.number, kind=handed.kind.value, title=handed.title,
            receiver=handed.receiver, person=handed.person, left_on=handed.left_on, maker=handed.maker,
            place=handed.place, folder=handed.folder, count=len(handed.lines), pages=handed.pages,
            internal=handed.internal, list_sha256=handed.list_sha256, papers=[one.stored for one in papers] or None,
            log_number=handed.log_number or None,
        )  # fmt: skip
        if handed.kind is HandoverKind.SUCCESSOR:  # the list itself is signed
            kept.receipt_on, kept.receipt_by = handed.left_on, handed.person
        unit.session.add(kept)
        unit.session.flush()
        unit.session.add_all(
            HandoverFile(
                handover_key=kept.key, position=place, name=one.name, what=one.what, pages=one.pages, rows=one.rows,
                size=one.size, public=one.public, sha256=one.sha256, item=one.item or None,
            )
            for place, one in enumerate(handed.lines, 1)
        )  # fmt: skip
    return bench.change(unit, told)


def load(bench: Workbench, key: str) -> Handed:
    """A handover of the register.

    Raises:
        NotAllowed: It is gone.
    """
    with bench.read() as session:
        one = session.get(Handover, key)
        if one is None:
            raise NotAllowed("没有选中交接登记。", todo="请先选中一次交接。")
        files = session.scalars(
            select(HandoverFile).where(HandoverFile.handover_key == key).order_by(HandoverFile.position)
        )
        lines = tuple(
            Line(
                file.name, file.what, file.pages, file.rows, file.size, bool(file.public), file.sha256, file.item or "",
            )
            for file in files
        )  # fmt: skip
        return Handed(
            one.number, one.year, HandoverKind(one.kind), one.title, one.receiver, one.person,
            one.left_on or bench.today, one.maker, one.place, one.folder, one.list_sha256, lines, one.log_number or 0,
        )  # fmt: skip


def waiting(bench: Workbench) -> Iterator[DueItem]:
    """The handovers of the year that have no receipt yet, one line each."""
    columns = (Handover.key, Handover.number, Handover.title, Handover.receiver, Handover.left_on)
    where = (Handover.year == bench.year, Handover.receipt_on.is_(None))
    with bench.read() as session:
        found = session.execute(select(*columns).where(*where).order_by(Handover.number)).all()
    for key, number, title, receiver, left_on in found:
        text = f"交接 {number} 号“{title}”({left_on:%m-%d} 交给{receiver})还没有回执"
        yield DueItem("没有回执", text, "calm", "登记", Target("exchange", "", key))


def open_count(bench: Workbench) -> int:
    """Handovers of the year that have no receipt yet."""
    with bench.read() as session:
        where = (Handover.year == bench.year, Handover.receipt_on.is_(None))
        return session.scalar(select(func.count()).select_from(Handover).where(*where)) or 0


def sizes(lines: Sequence[Line]) -> int:
    """Bytes of some files together."""
    return sum(one.size for one in lines)
