"""The registers of the sample year (projects, entities ...): rows of texts, added by the office's own operation.

A file is called like its register. ``days`` says how many days before the end of the story its rows were typed; a text
like ``-30d`` is the day so many days before the end, ``低岭村#3`` the
third household of a village, ``低岭村@3.1`` the first person of it, ``{year}`` the year at work. Rows under ``before``
are of the year before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import villages
from fupin_desktop.services.registers import registry
from fupin_desktop.services.registers.blocks import put_block
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.samples.papers import Event
from fupin_desktop.services.samples.town import read
from fupin_desktop.services.workbench import Workbench

FOLDER = "registers"
_DAYS = re.compile(r"([-+]\d+)d")
_HOUSEHOLD = re.compile(r"(\w+)#(\d+)")
_PERSON = re.compile(r"(\w+)@(\d+)\.(\d+)")


def register_events(bench: Workbench, files: Path, today: date) -> list[Event]:
    """When the rows of each register were typed; of one day those before that others name.

    Args:
        bench: The sample office with its villages and households.
        files: Folder of the sample files.
        today: The end of the story.
    """
    folder = files / FOLDER
    found = [name for name in registry.names() if (folder / f"{name}.toml").is_file()]
    specs = [(registry.of(name), read(folder, name)) for name in found]
    year = bench.year
    earlier = [
        Event(spec["days"] + 1, partial(_type, bench, register, spec["before"], today, year - 1))
        for register, spec in specs if "before" in spec
    ]  # fmt: skip
    now = [Event(spec["days"], partial(_type, bench, one, spec["row"], today, year)) for one, spec in specs]
    return [*earlier, *now]


def _type(bench: Workbench, register: Register, rows: list[Mapping[str, Any]], today: date, of: int) -> None:
    """Add the rows of a register of a year in one operation.

    Raises:
        NotAllowed: A row is refused; a fault of the sample.
    """
    codes = {village.name: village.code for village in villages.all(bench)}
    texts = [
        {key: filled_in(str(value).replace("{year}", str(of)), codes, today) for key, value in row.items()}
        for row in rows
    ]
    now, bench.year = bench.year, of
    try:
        outcome = put_block(bench, register, [], texts, f"登记{register.title} {len(texts)} {register.unit}")
    finally:
        bench.year = now
    if outcome.refused:
        told = "；".join(f"{problem.subjects} {problem.field}: {problem.sentence}" for problem in outcome.problems)
        raise NotAllowed(f"示例台账“{register.title}”没有登记：{told}")


def filled_in(text: str, codes: Mapping[str, str], today: date) -> str:
    """A text with its day, household or person written out."""
    if days := _DAYS.fullmatch(text):
        return f"{today + timedelta(days=int(days[1])):%Y-%m-%d}"
    if household := _HOUSEHOLD.fullmatch(text):
        return f"{codes[household[1]]}{int(household[2]):04d}"
    if person := _PERSON.fullmatch(text):
        return f"{codes[person[1]]}{int(person[2]):04d}{int(person[3]):02d}"
    return text
