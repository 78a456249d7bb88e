"""Single acts that are attacked at every one of their steps: what is done, and from which office they start."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from fupin_desktop.services import moving, protection
from fupin_desktop.services.exchange import package
from fupin_desktop.services.exchange.model import Drive, Purpose
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.workbench import Workbench, backups_in, restore_backup
from tests.attacks import deeds, office
from tests.attacks.judging import DATA, PASSWORDS

STORED = Path(__file__).parents[1] / "cases" / "data_files"
PACKAGE = "移交包.fupin"
LATER = office.NOW + timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Act:
    """One act.

    Attributes:
        name: As the figures call it.
        do: Does it in a folder, with another one for what it writes elsewhere.
        prepare: Makes the folder ready, from the office that every attack begins with.
        either: Whether the office may be plain as well as encrypted.
    """

    name: str
    do: Callable[[Path, Path], object]
    prepare: Callable[[Path], object] = lambda _folder: None
    either: bool = True


def _opened(folder: Path, what: Callable[[Workbench], object]) -> None:
    bench = office.opened(folder, LATER, step=0)
    what(bench)
    bench.close()


def _deed(name: str) -> Callable[[Path, Path], object]:
    def do(folder: Path, out: Path) -> None:
        _opened(folder, lambda bench: deeds.Clerk(bench, out, random.Random(5)).do(name))

    return do


def _back_up_and_edit(folder: Path) -> None:
    """A backup to go back to, and something since that going back takes away."""

    def work(bench: Workbench) -> None:
        bench.back_up()
        deeds.Clerk(bench, folder.parent / "out", random.Random(3)).do("edit")

    _opened(folder, work)


def _begin_plan(folder: Path) -> None:
    """A filled draft; two operations, so that it is nothing to be attacked as one."""
    _deed("plan")(folder, folder.parent / "out")


def _damage(folder: Path) -> None:
    _back_up_and_edit(folder)
    data = bytearray((folder / DATA).read_bytes())
    data[4096 * 3 : 4096 * 200] = bytes(4096 * 197)
    (folder / DATA).write_bytes(data)


def _restore(folder: Path, _out: Path) -> None:
    """As the program does at a start where the file is damaged."""
    office.unlock(folder)
    restore_backup(folder, backups_in(folder)[0].path, LATER)


def _older(name: str) -> Callable[[Path], object]:
    def prepare(folder: Path) -> None:
        shutil.copy(STORED / f"{name}.sqlite", folder / DATA)
        (folder / "fupin.keys").unlink(missing_ok=True)

    return prepare


def _upgrade(folder: Path, _out: Path) -> None:
    open_workbench(folder, clock=office.Clock(LATER, 0)).close()


def _move(folder: Path, out: Path) -> None:
    shutil.rmtree(out / "moved", ignore_errors=True)
    _opened(folder, lambda bench: moving.copy_data(bench, out / "moved", _quiet))


def _unprotect(folder: Path, _out: Path) -> None:
    _opened(folder, lambda bench: protection.unprotect(bench, PASSWORDS[0], _quiet))


def _protect(folder: Path, _out: Path) -> None:
    _opened(folder, lambda bench: protection.protect(bench, PASSWORDS[0], _quiet))


def _quiet(_done: int, _total: int, _text: str) -> None:
    """Nobody watches."""


def _backed_up_with_scans(folder: Path) -> None:
    """A backup and attached files, which change their form with the data."""
    _back_up_and_edit(folder)
    for _ in range(2):
        _deed("attach")(folder, folder.parent / "out")


def _pack(folder: Path, out: Path) -> None:
    """A package of everything, carried to a stick."""
    purpose = Purpose("移交包", "新电脑")
    _opened(folder, lambda bench: package.make(bench, Drive(out), purpose, {}, _quiet))


def _packed(folder: Path) -> None:
    """A package beside the office, to be opened elsewhere; made of a copy, so that it holds what the office does."""
    _deed("attach")(folder, folder.parent / "out")
    stick = folder.parent / "stick"
    shutil.rmtree(stick, ignore_errors=True)
    _pack(office.fresh(folder, stick / "copy"), stick)
    (made,) = stick.glob("*/*.fupin")
    made.replace(folder / PACKAGE)
    shutil.rmtree(stick)


def _unpack(folder: Path, out: Path) -> None:
    """As the program does at the first start on another computer."""
    if package.look(folder / PACKAGE).encrypted:
        package.unlock(folder / PACKAGE, out / "opened", PASSWORDS[0])
    package.open_into(folder / PACKAGE, out / "opened", _quiet)


def acts(*, encrypted: bool) -> list[Act]:
    """The acts that an office of this form can be attacked at."""
    common = [
        *(Act(name, _deed(name)) for name in ("edit", "take_in", "attach", "backup", "document_papers")),
        Act("submit a use plan", _deed("plan"), _begin_plan),
        Act("go back to a backup", _deed("go_back"), _back_up_and_edit),
        Act("restore over a damaged file", _restore, _damage),
        Act("move to another folder", _move, _back_up_and_edit),
        Act("make a package", _pack, _backed_up_with_scans),
        Act("open a package elsewhere", _unpack, _packed),
    ]
    if encrypted:
        return [*common, Act("change the password", _deed("password")), Act("decrypt", _unprotect, _backed_up_with_scans)]
    stored = sorted(path.stem for path in STORED.glob("v*.sqlite"))
    upgrades = [Act(f"upgrade from {name[1:]}", _upgrade, _older(name)) for name in stored[:-1]]
    return [*common, Act("encrypt", _protect, _backed_up_with_scans), *upgrades]
