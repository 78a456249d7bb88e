"""The lists of donors of the sample year, kept by the office's own operation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from fupin_desktop.services.registers import registry
from fupin_desktop.services.registers.blocks import put_block
from fupin_desktop.services.samples.money import source_key
from fupin_desktop.services.samples.papers import Event
from fupin_desktop.services.workbench import Workbench


def donor_events(bench: Workbench, spec: Mapping[str, Any], today: date) -> list[Event]:
    """When the list of each donation was entered.

    Args:
        bench: The sample office with its sources.
        spec: The content of ``donors.toml``.
        today: The end of the story.
    """
    return [Event(row["kept"], partial(_keep, bench, row, today)) for row in spec["list"]]


def _keep(bench: Workbench, row: Mapping[str, Any], today: date) -> None:
    rows = [_texts(one, today) for one in row["donors"]]
    title = f"捐赠名单，新增 {len(rows)} 人"
    outcome = put_block(bench, registry.of("donors"), [], rows, title, source_key(bench, row["source"]))
    assert outcome.change is not None, outcome.problems


def _texts(row: Mapping[str, Any], today: date) -> dict[str, str]:
    day = today - timedelta(days=row["days"])
    anonymous = "是" if row.get("anonymous") else "否"
    return {
        "name": row["name"], "amount": row["amount"], "given_on": day.isoformat(), "anonymous": anonymous,
        "note": row.get("note", ""),
    }  # fmt: skip
