"""The lists of donors of the sample year, kept by the office's own operation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from fupin_desktop.services.funds import donors
from fupin_desktop.services.funds.donors import DonorForm
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
    forms = [_form(one, today) for one in row["donors"]]
    donors.set_donors(bench, source_key(bench, row["source"]), forms)


def _form(row: Mapping[str, Any], today: date) -> DonorForm:
    day = today - timedelta(days=row["days"])
    return DonorForm(row["name"], row["amount"], day.isoformat(), row.get("anonymous", False), row.get("note", ""))
