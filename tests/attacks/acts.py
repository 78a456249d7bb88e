"""Single acts that are attacked at every one of their steps: what is done, and from which office they start."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from fupin_desktop.services import moving, protection
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.workbench import Workbench, backups_in, restore_backup
from tests.attacks import deeds, office
from tests.attacks.judging import DATA, PASSWORDS

STORED = Path(__file__).parents[1] / "cases" / "data_files"
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
    _opened(folder, lambda bench: moving.copy_data(bench, out / "moved", lambda _done, _total, _text: None))


def _unprotect(folder: Path, _out: Path) -> None:
    _opened(folder, lambda bench: protection.unprotect(bench, PASSWORDS[0], lambda _done, _total, _text: None))


def _protect(folder: Path, _out: Path) -> None:
    _opened(folder, lambda bench: protection.protect(bench, PASSWORDS[0], lambda _done, _total, _text: None))


def acts(*, encrypted: bool) -> list[Act]:
    """The acts that an office of this form can be attacked at."""
    common = [
        *(Act(name, _deed(name)) for name in ("edit", "take_in", "attach", "backup", "document_papers")),
        Act("submit a use plan", _deed("plan"), _begin_plan),
        Act("go back to a backup", _deed("go_back"), _back_up_and_edit),
        Act("restore over a damaged file", _restore, _damage),
        Act("move to another folder", _move, _back_up_and_edit),
    ]
    if encrypted:
        return [*common, Act("change the password", _deed("password")), Act("decrypt", _unprotect, _back_up_and_edit)]
    stored = sorted(path.stem for path in STORED.glob("v*.sqlite"))
    upgrades = [Act(f"upgrade from {name[1:]}", _upgrade, _older(name)) for name in stored[:-1]]
    return [*common, Act("encrypt", _protect, _back_up_and_edit), *upgrades]
