"""Files of the office: written beside their place and renamed, several of them all together or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from fupin_desktop.documents.atomic import told_as_situation, write_atomically
from fupin_desktop.errors import NotWritable
from fupin_desktop.paths import drop, rename
from fupin_desktop.services.side_process import ProcessLost, SideProcess, processors

FORMS = "forms"
_OLD = ".old"


@dataclass(frozen=True, slots=True)
class MadeBeside:
    """A file that takes so long that a process of its own makes it while the others are made here.

    Attributes:
        make: A function of a module that returns the file's bytes.
        arguments: What it is called with; fit for ``pickle``.
    """

    make: Callable[..., bytes]
    arguments: tuple[object, ...]

    def write(self, path: Path) -> None:
        """Make the file and write it.

        Raises:
            Situation: It cannot be made or written.
        """
        write_bytes(path, self.make(*self.arguments))


Content = bytes | Callable[[BinaryIO], object] | MadeBeside
"""A file's bytes, or what makes them when the file is written: then only one paper is in memory at a time."""


def own_forms(data_folder: Path) -> Path | None:
    """The office's own folder of forms in its data folder, where it has one."""
    folder = data_folder / FORMS
    return folder if folder.is_dir() else None


def write_bytes(path: Path, content: Content) -> None:
    """Write one file beside its place and rename it.

    Raises:
        Situation: It cannot be written there; an old file stays.
    """
    if isinstance(content, MadeBeside):
        content.write(path)
    else:
        write_atomically(path, (lambda stream: stream.write(content)) if isinstance(content, bytes) else content)


def write_together(folder: Path, files: Mapping[str, Content]) -> None:
    """Write files into a folder, all of them or none.

    They are written whole into a fresh folder inside, then renamed; where one cannot take its place (another program
    holds the old file open), those already placed are put back.

    Raises:
        Situation: One cannot be made or written there; the folder is as it was.
    """
    for name in files:
        if (folder / name).is_dir():
            raise NotWritable(f"“{folder}”里的“{name}”是文件夹，不能写成文件。")
    fresh = not folder.exists()
    stage = folder / f".{secrets.token_hex(4)}.tmp"
    with told_as_situation(folder / next(iter(files))):
        stage.mkdir(parents=True)
    try:
        _write_all(stage, files)
        _place(folder, stage, list(files))
    finally:
        for name in files:
            drop(stage / name)
        with suppress(OSError):
            stage.rmdir()
            if fresh:
                folder.rmdir()


def _write_all(stage: Path, files: Mapping[str, Content]) -> None:
    """Write every file; those that processes of their own make are begun first and waited for last."""
    slow = {name: content for name, content in files.items() if isinstance(content, MadeBeside) and processors() > 1}
    beside = {name: SideProcess(content.write, stage / name) for name, content in slow.items()}
    try:
        for name, content in files.items():
            if name not in beside:
                write_bytes(stage / name, content)
        for name, process in beside.items():
            with suppress(ProcessLost):
                process.wait()
                continue
            write_bytes(stage / name, files[name])
    finally:
        for process in beside.values():
            process.stop()


def _place(folder: Path, stage: Path, names: list[str]) -> None:
    """Rename the staged files into the folder, keeping the old ones until all are placed."""
    placed: list[str] = []
    try:
        for name in names:
            with told_as_situation(folder / name):
                if (folder / name).exists():
                    rename(folder / name, stage / f"{name}{_OLD}")
                placed.append(name)
                rename(stage / name, folder / name)
    except BaseException:
        for name in placed:
            _put_back(folder, stage, name)
        raise
    for name in placed:
        drop(stage / f"{name}{_OLD}")


def _put_back(folder: Path, stage: Path, name: str) -> None:
    """Undo one placed file: the old one returns, a new one goes."""
    with suppress(OSError):
        if (stage / f"{name}{_OLD}").exists():
            rename(stage / f"{name}{_OLD}", folder / name)
        elif not (stage / name).exists():
            (folder / name).unlink(missing_ok=True)
