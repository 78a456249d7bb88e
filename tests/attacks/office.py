"""A small office on which everything can happen, plain or encrypted: made once, copied for each attack."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.errors import WrongPassword
from fupin_desktop.services import awards, funds, protection, registers, schemes
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.registers import registry
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import encryption
from tests.attacks.judging import DATA, PASSWORDS
from tests.services.fund_papers import money_office

NOW = datetime(2026, 3, 2, 14, 0)  # noqa: DTZ001 - local time, as the clock hands it in


class Clock:
    """A clock that the attack turns.

    Args:
        now: The moment it begins with.
        step: Seconds by which each look at it is later.
    """

    def __init__(self, now: datetime = NOW, step: int = 1) -> None:
        self.now, self._step = now, timedelta(seconds=step)

    def __call__(self) -> datetime:
        self.now += self._step
        return self.now


def make(folder: Path, *, encrypted: bool = False) -> None:
    """Make the office in a folder and close it."""
    bench = money_office.make(folder)
    for number in range(3):
        source = money_office.source(bench, f"省级专项{number}", "50000")
        assert source
    for serial in range(12):
        registers.add(bench, registers.HOUSEHOLDS, {
            "head_name": f"张{serial}", "village": ("低岭村", "那罗村")[serial % 2], "kind": "参与", "household_class": "一般户",
        })
    registers.add(bench, registry.of("brands"), {"name": "塘㙍大米"})
    key = schemes.save(bench, None, money_office.scheme()).keys[0]
    awards.recalculate(bench, key)
    if encrypted:
        protection.protect(bench, PASSWORDS[0], lambda _done, _total, _text: None)
    bench.close()


def new_source(bench: Workbench, name: str) -> str:
    """A source of money whose money has not come yet."""
    return funds.add(bench, funds.FundForm(FundKind.SUPERIOR, name, Decimal(1000))).keys[0]


def fresh(base: Path, folder: Path) -> Path:
    """A copy of an office in the place of whatever is in a folder."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base, folder)
    unlock(folder)
    return folder


def opened(folder: Path, now: datetime = NOW, *, step: int = 1, unlocked: bool = False) -> Workbench:
    """The office opened, with its password where it has one and nobody has typed it yet."""
    if not unlocked:
        unlock(folder)
    return open_workbench(folder, clock=Clock(now, step), clerk="李文静")


def unlock(folder: Path) -> None:
    """Type the password as the clerk would; after a killed change of it either the old or the new one."""
    encryption.lock(folder)
    if not encryption.is_encrypted(folder / DATA):
        return
    for password in PASSWORDS:
        with suppress(WrongPassword):
            protection.unlock(folder, password)
            return


def key_of(folder: Path) -> bytes | None:
    """The data key with which the judge opens the file; None for a plain one."""
    return encryption.key_of(folder) if encryption.is_encrypted(folder / DATA) else None
