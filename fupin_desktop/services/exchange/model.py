"""What can be handed out, what was made of it, and where it goes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fupin_desktop.domain.exchange import said_size
from fupin_desktop.services.workbench import Progress

FAT_LARGEST = 4 * 1024**3 - 1
"""Bytes of the largest file that FAT32 keeps."""
_FAT = frozenset({"fat", "fat16", "fat32", "vfat", "msdos"})


@dataclass(frozen=True, slots=True)
class Drive:
    """A stick or folder that files can be written to.

    Attributes:
        root: Its folder.
        name: Name of the stick as the system shows it; empty for a plain folder.
        free: Bytes free.
        system: Its file system, e.g. ``FAT32``; empty where it is not known.
        read_only: Whether it is write-protected.
    """

    root: Path
    name: str = ""
    free: int = 0
    system: str = ""
    read_only: bool = False

    @property
    def is_fat(self) -> bool:
        """Whether no file may reach 4 GB."""
        return self.system.lower() in _FAT

    @property
    def place(self) -> str:
        """As the register keeps it."""
        return f"{self.name} ({self.root})" if self.name else str(self.root)

    @property
    def done_word(self) -> str:
        """What is said once everything is written and read back; a plain folder may lie on a stick or not."""
        return "可以安全拔出U盘。" if self.name else "如果是写在U盘上，现在可以安全拔出U盘。"

    @property
    def shown(self) -> str:
        """As lists name it: ``KINGSTON (E:)，可用 12.3 GB``."""
        where = str(self.root).rstrip("\\/") or str(self.root)
        protected = "，写保护" if self.read_only else ""
        return f"{f'{self.name} ({where})' if self.name else where}，可用 {said_size(self.free)}{protected}"


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made for a handover.

    Attributes:
        path: Where it lies now.
        name: Where it goes below the folder of the handover, with ``/``.
        what: What it is, e.g. 申报表.
        pages: Pages of a paper; None for a workbook.
        rows: Rows of a list; None where it is none.
        public: Whether it may be shown to anybody.
        item: Key of the item that it is of; set once the item has made it.
    """

    path: Path
    name: str
    what: str
    pages: int | None = None
    rows: int | None = None
    public: bool = False
    item: str = ""


Records = Mapping[str, Collection[str]]
"""Keys of records by table; none means every record of the table."""
Make = Callable[["Making"], Iterator[Made]]


@dataclass(frozen=True, slots=True)
class Making:
    """How the files of items are made.

    Attributes:
        folder: Where to; a folder of the item's own.
        outside: Whether numbers of persons are masked, because others will see it.
        workbooks: Whether papers are written as workbooks too.
        progress: Told of what is being made; may raise ``Cancelled``.
    """

    folder: Path
    outside: bool
    workbooks: bool
    progress: Progress


@dataclass(frozen=True, slots=True)
class Item:
    """Something that can be handed out.

    Attributes:
        key: By which it is chosen again.
        group: What it is listed under.
        title: Its name.
        make: Makes its files.
        on: Day it is of, for choosing a period; None where it is of no day.
        note: State in a few words, e.g. 草稿.
        doubt: What the receiver will ask about, one sentence; empty where nothing.
        check: Looks closely for what the receiver would refuse, sentences, and tells how far it is; None where
            ``doubt`` tells all.
        only_inside: Whether it always holds full numbers, so that it is not handed to outsiders.
        rests: Finds the records it is made of; None where it is of so many that no change could be told.
    """

    key: str
    group: str
    title: str
    make: Make
    on: date | None = None
    note: str = ""
    doubt: str = ""
    only_inside: bool = False
    check: Callable[[Progress], Sequence[str]] | None = None
    rests: Callable[[], Records] | None = None


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a handover is for.

    Attributes:
        title: 事项.
        receiver: 接收单位.
        person: 接收人; may be empty.
        outside: Whether numbers of persons are masked.
        workbooks: Whether papers are written as workbooks too.
    """

    title: str
    receiver: str
    person: str = ""
    outside: bool = False
    workbooks: bool = False
