"""What the sample year marked in rows that were there already: villages, persons, survey answers, photographs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import villages
from fupin_desktop.services.registers import CellEdit, Filter, Query, all_keys, registry, set_cells, window
from fupin_desktop.services.registers.attaching import attach
from fupin_desktop.services.samples.papers import Event
from fupin_desktop.services.samples.registers import filled_in
from fupin_desktop.services.workbench import Workbench

PHOTOS = "photos"
_ANSWERS, _MOST = "survey_answers", 99


def mark_events(bench: Workbench, files: Path, spec: Mapping[str, Any], today: date) -> list[Event]:
    """When the rows were marked.

    Args:
        bench: The sample office with its registers.
        files: Folder of the sample files.
        spec: The marks.
        today: The end of the story.
    """
    return [Event(spec["days"], partial(_mark, bench, files, spec, today))]


def _mark(bench: Workbench, files: Path, spec: Mapping[str, Any], today: date) -> None:
    """Type all marks, one operation a register, and attach the photographs.

    Raises:
        NotAllowed: A mark is refused; a fault of the sample.
    """
    codes = {village.name: village.code for village in villages.all(bench)}
    edits: dict[str, list[CellEdit]] = defaultdict(list)
    for mark in spec["mark"]:
        values = tuple(filled_in(text, codes, today) for text in mark["values"])
        query = Query(registry.of(mark["register"]), bench.year, filters=(Filter(mark["by"], values),))
        for key in all_keys(bench, query):
            edits[mark["register"]] += [CellEdit(key, column, text) for column, text in mark["texts"].items()]
    for answers in spec["answers"]:
        edits[_ANSWERS] += _answered(bench, answers)
    for name, cells in edits.items():
        outcome = set_cells(bench, registry.of(name), cells, f"填写{registry.of(name).title}")
        if outcome.refused:
            raise NotAllowed(f"示例“{name}”没有填写：{outcome.problems[0].sentence}")
    for photo in spec["photo"]:
        register = registry.of(photo["register"])
        (key,) = all_keys(bench, Query(register, bench.year, text=photo["find"]))
        for column, file in photo["files"].items():
            attach(bench, register, key, column, [files / PHOTOS / file])


def _answered(bench: Workbench, answers: Mapping[str, Any]) -> Iterator[CellEdit]:
    """The answers of a village's survey by the numbers of their questions."""
    register = registry.of(_ANSWERS)
    place = next(at for at, spec in enumerate(register.columns) if getattr(spec, "name", "") == "code")
    for row in window(bench, Query(register, bench.year, village=answers["village"]), 0, _MOST):
        if text := answers["by_code"].get(row.cells[place]):
            yield CellEdit(row.key, "answer", text)
