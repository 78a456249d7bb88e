"""导出到U盘: files are made here, listed with their checksums, carried, compared, and entered in the register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fupin_desktop.domain.exchange import HandoverKind, said_size
from fupin_desktop.domain.text import clean
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import files, handovers, offices
from fupin_desktop.services.documents import computed
from fupin_desktop.services.exchange import carrying, stage
from fupin_desktop.services.exchange.carrying import Load
from fupin_desktop.services.exchange.disk import Disk
from fupin_desktop.services.exchange.model import Drive, Item, Made, Making, Purpose
from fupin_desktop.services.exchange.offers import short
from fupin_desktop.services.handovers import Handed, Line
from fupin_desktop.services.notices import leaks
from fupin_desktop.services.workbench import Change, Progress, Workbench

LIST, PAPER = "清单.xlsx", "交接单.pdf"
INTERNAL = "(内部资料)"
_HEADINGS = ("序号", "文件", "内容", "页数", "行数", "大小(字节)", "公开", "SHA-256")
_TOLD = 3
_NAMED = 2


@dataclass(frozen=True, slots=True)
class Carried:
    """What came of it.

    Attributes:
        folder: The folder on the stick.
        handed: What the register keeps.
        told: That it is whole, in one sentence; only now the stick may be pulled out.
        change: What the register's write told.
    """

    folder: Path
    handed: Handed
    told: str
    change: Change


def refusals(items: Sequence[Item], purpose: Purpose) -> list[str]:
    """Why this cannot be handed out, sentences; none where it can."""
    found = []
    if not items:
        found.append("请勾选要导出的内容。")
    if not clean(purpose.title):
        found.append("请填写事项。")
    if not clean(purpose.receiver):
        found.append("请填写接收单位。")
    if purpose.outside:
        inner = [one.title for one in items if one.only_inside]
        if inner:
            more = f"等 {len(inner)} 项" if len(inner) > 1 else ""
            found.append(f"“{inner[0]}”{more}含完整的证件号和账号，不能做对外副本。")
    return found


def proposed_title(items: Sequence[Item]) -> str:
    """事项 for some items where the clerk types none: the only one by its name, else their groups."""
    groups = list(dict.fromkeys(one.group for one in items))
    if len(items) == 1 or not groups:
        return items[0].title if items else ""
    return "、".join(groups[:_NAMED]) + ("等" if len(groups) > _NAMED else "")


def doubts(items: Sequence[Item], progress: Progress) -> list[str]:
    """What the receiver may refuse of the items, each told with its name.

    Args:
        items: What is to be handed out.
        progress: Told of each; may raise ``Cancelled``.
    """
    found = []
    for place, one in enumerate(items):
        progress(place, len(items), f"正在检查 {one.title}")
        sentences = [one.doubt] if one.doubt else []
        if one.check is not None:
            sentences += one.check(progress)
        found += [f"{one.title}：{sentence}" for sentence in sentences]
    return found


def hand_out(
    bench: Workbench, items: Sequence[Item], drive: Drive, purpose: Purpose, progress: Progress,
    disk: Disk | None = None,
) -> Carried:
    """Make the files of the items, and carry them.

    Args:
        bench: The office.
        items: What is handed out.
        drive: Where to.
        purpose: What for.
        progress: Told of every step; may raise ``Cancelled``, which leaves nothing on the stick.
        disk: The files of the stick.

    Raises:
        NotAllowed: Something is missing, or a number of a person would get out.
        Situation: A file cannot be made, or the stick was pulled, is full or protected; nothing half is there.
    """
    if faults := refusals(items, purpose):
        raise NotAllowed("".join(faults), todo="请改好以后再导出。")
    with stage.folder(bench) as place:
        made = list(_all_made(bench, items, purpose, place, progress))
        loads = [carrying.load_of(one.path, one.name) for one in made]
        handed = _handed(bench, made, loads, drive, purpose)
        extra = _list_and_paper(bench, handed, place)
        handed, folder = extra.handed, handed.folder
        found = carrying.carry(drive, folder, [*loads, *extra.loads], progress, disk)
    handed = replace(handed, folder=found.name)
    change = handovers.record(bench, handed)
    size = said_size(handovers.sizes(handed.lines))
    told = f"{len(handed.lines)} 个文件 {size} 已写到“{found.name}”，逐个读回核对一致。{drive.done_word}"
    return Carried(found, handed, told, change)


def _all_made(
    bench: Workbench, items: Sequence[Item], purpose: Purpose, into: Path, progress: Progress
) -> Iterator[Made]:
    """The files of all items, each under a name of its own in the folder of its group."""
    taken: set[str] = set()
    for place, item in enumerate(items):
        progress(place, len(items), f"正在生成 {item.title}")
        folder = into / f"{place}"
        folder.mkdir()
        making = Making(folder, purpose.outside, purpose.workbooks, _within(progress, place, len(items)))
        for one in item.make(making):
            if purpose.outside and not one.public:
                _look_through(bench, one)
            name = _apart(f"{item.group}/{one.name}", taken)
            yield replace(one, name=name, public=one.public or purpose.outside, item=item.key)


def _within(progress: Progress, place: int, total: int) -> Progress:
    """Tells of the parts of one item without moving the bar."""
    return lambda _done, _total, text: progress(place, total, text)


def _look_through(bench: Workbench, made: Made) -> None:
    """Refuse a copy for outsiders that tells more than it may.

    Raises:
        NotAllowed: It does.
    """
    found = leaks.leaks_in(bench, made.path.read_bytes())
    if found:
        told = "；".join(f"{place}有{what}" for place, what in found[:_TOLD])
        raise NotAllowed(
            f"“{made.name}”的对外副本里{told}，没有导出。",
            todo="请改掉里面的号码，或不勾选它，再导出一次；给上级的可以不选“对外”。",
        )


def _apart(name: str, taken: set[str]) -> str:
    """A name that no other file has, whatever its case: FAT32 does not tell them apart."""
    stem, dot, ending = name.rpartition(".")
    found, number = name, 2
    while found.casefold() in taken:
        found, number = f"{stem}({number}){dot}{ending}", number + 1
    taken.add(found.casefold())
    return found


def _handed(
    bench: Workbench, made: Sequence[Made], loads: Sequence[Load], drive: Drive, purpose: Purpose
) -> Handed:
    lines = tuple(
        Line(load.name, one.what, one.pages, one.rows, load.size, one.public, load.sha256, one.item)
        for one, load in zip(made, loads, strict=True)
    )
    office = offices.office(bench).name
    internal = INTERNAL if any(not one.public for one in lines) else ""
    folder = short(f"{bench.today:%Y%m%d}_{office}_{clean(purpose.title)}")[: 70 - len(internal)] + internal
    return Handed(
        handovers.next_number(bench), bench.year, HandoverKind.STICK, clean(purpose.title), clean(purpose.receiver),
        clean(purpose.person), bench.today, bench.clerk, drive.place, folder, "", lines,
        handovers.log_number(bench),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Extra:
    """The list and the paper, and the handover with the checksum of the list."""

    handed: Handed
    loads: tuple[Load, Load]


def _list_and_paper(bench: Workbench, handed: Handed, into: Path) -> _Extra:
    from fupin_desktop.documents.drawing.tables_workbook import tables_bytes

    rows = [
        (place, one.name, one.what, one.pages, one.rows, one.size, "是" if one.public else "内部", one.sha256)
        for place, one in enumerate(handed.lines, 1)
    ]
    files.write_bytes(into / LIST, tables_bytes(handed.title, [("清单", _HEADINGS, rows)], bench.clock()))
    listed = carrying.load_of(into / LIST, LIST)
    handed = replace(handed, list_sha256=listed.sha256)
    computed.paper(bench, "handover", (bench, handed)).write(into / PAPER)
    return _Extra(handed, (listed, carrying.load_of(into / PAPER, PAPER)))
