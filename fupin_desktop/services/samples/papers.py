"""The money, schemes, calculations and notices of the sample year, made by the office's own operations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fupin_desktop.domain.money import parse_money, to_fen
from fupin_desktop.services import awards, notices, schemes
from fupin_desktop.services.schemes import SchemeState
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import FundSource

_BEFORE_NOTICE = 4
_AFTER_NOTICE = 12
_DRAFT_AGE = 6


def put_funds(bench: Workbench, rows: Sequence[dict[str, Any]]) -> None:
    """Register the fund sources of ``town.toml``."""
    with bench.write("samples.funds", "填入示例资金来源", undoable=False) as unit:
        for row in rows:
            kept = {name: value for name, value in row.items() if name != "amount"}
            unit.session.add(FundSource(year=bench.year, amount_fen=to_fen(parse_money(row["amount"])), **kept))


def put_schemes(bench: Workbench, files: Path, rows: Sequence[dict[str, Any]], go_back: Callable[[int], None]) -> None:
    """Keep, calculate and publish the scheme of each village, as far as its row in ``town.toml`` says.

    Args:
        bench: The sample office with its households and funds.
        files: Folder of the sample files.
        rows: The villages.
        go_back: Sets the clock to so many days before the end of the story.
    """
    for row in rows:
        posted = row.get("posted", _DRAFT_AGE)
        go_back(posted + _BEFORE_NOTICE)
        scheme = schemes.read_file(files / "schemes" / f"{row['scheme']}.toml")
        key = schemes.save(bench, None, scheme).keys[0]
        go_back(posted + 1)
        run = awards.recalculate(bench, key).keys[0]
        if "posted" not in row:
            continue
        go_back(posted)
        notices.publish(bench, run, replace(notices.default_settings(bench), board=f"{row['name']}村务公开栏"))
        if row["state"] == SchemeState.FILED:
            go_back(posted - _AFTER_NOTICE)
            schemes.set_state(bench, key, SchemeState.FILED)
