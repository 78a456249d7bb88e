"""Wrong passwords of encrypted data: noted beside the data file, which is still closed, and logged at the next opening.

The notes tell moments alone. Whoever can write the folder can remove them, as they could remove the data; once taken
into the log they are part of its chain.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from fupin_desktop.paths import begin_private
from fupin_desktop.services.workbench import Workbench

FILE = "fupin.attempts"
OPERATION = "protection.failed"
UNKNOWN = "不明"
"""Who tried, for the log."""
_MOST = 1 << 16
_NAMED = 5
_OWN = timedelta(minutes=2)
_OWN_TRIES = 2


class Attempt(NamedTuple):
    """A wrong password, or recovery code: moment, and which of them."""

    at: datetime
    recovery: bool


def note(folder: Path, at: datetime, *, recovery: bool) -> None:
    """Note a wrong password; where nothing can be written, as on a write-protected medium, nothing is."""
    path = folder / FILE
    try:
        begin_private(path)
        if path.stat().st_size < _MOST:
            with path.open("a", encoding="utf-8") as file:
                file.write(json.dumps([at.isoformat(" ", "seconds"), recovery]) + "\n")
    except OSError:
        return


def noted(folder: Path) -> list[Attempt]:
    """The wrong passwords since the last opening; lines that cannot be understood are left out."""
    try:
        lines = (folder / FILE).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [found for line in lines if (found := _read(line)) is not None]


def _read(line: str) -> Attempt | None:
    try:
        at, recovery = json.loads(line)
        return Attempt(datetime.fromisoformat(at), bool(recovery))
    except (ValueError, TypeError):
        return None


def take(bench: Workbench) -> list[Attempt]:
    """Log what was noted before this opening, as one operation of nobody's; the notes go once that is written.

    Raises:
        Situation: It could not be written; the notes stay.
    """
    found = noted(bench.data_folder)
    if not found or bench.read_only:
        return found
    with bench.store.write(OPERATION, title(found), UNKNOWN, bench.clock(), undoable=False) as unit:
        unit.note()
    (bench.data_folder / FILE).unlink(missing_ok=True)
    return found


def title(found: Sequence[Attempt]) -> str:
    """How the log tells them: how many, and when."""
    moments = [f"{one.at:%Y-%m-%d %H:%M:%S}" for one in found]
    if len(moments) > _NAMED:
        moments = [moments[0], "…", *moments[1 - _NAMED :]]
    what = "恢复码" if all(one.recovery for one in found) else "密码"
    return f"打开数据时 {len(found)} 次{what}不对：{'、'.join(moments)}"


def warning(found: Sequence[Attempt], now: datetime) -> str:
    """What is told of them after the opening; empty where they are one's own slips of just now."""
    if len(found) <= _OWN_TRIES and all(now - one.at < _OWN for one in found):
        return ""
    last = max(one.at for one in found)
    return (
        f"上次成功打开以后，有 {len(found)} 次密码不对，最近一次 {last:%Y-%m-%d %H:%M}；已记进改动记录。"
        "密码不对时数据没有打开。不是自己输错的，请查一查谁用过这台电脑，必要时修改密码。"
    )


def log_wrong(bench: Workbench, what: str) -> None:
    """Log a wrong password that was typed while the data were open.

    Args:
        bench: The office.
        what: What was to be done with it.
    """
    if not bench.read_only:
        with bench.store.write(OPERATION, f"{what}：密码不对", bench.clerk, bench.clock(), undoable=False) as unit:
            unit.note()
