"""A pasted block that reaches below the last row: cells written and records added as one undoable change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.registers import writing
from fupin_desktop.services.registers.columns import Column
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.registers.edits import CellEdit, Outcome, Purpose, commit
from fupin_desktop.services.registers.typed import Reader, is_must
from fupin_desktop.services.values import Place
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.unit import Unit

NEW = "+"
Texts = Mapping[str, str]


def put_block(
    bench: Workbench,
    register: Register,
    edits: Sequence[CellEdit],
    added: Sequence[Texts],
    title: str,
    parent: str = "",
) -> Outcome:
    """Write cells of a register and add records below, all or nothing.

    Args:
        bench: The workbench.
        register: The register.
        edits: Cells of rows that are there.
        added: Texts by column key of each new record.
        title: For the undo menu.
        parent: Key of what the new records belong to, where no column names it.

    Returns:
        The outcome; problems of new rows have ``+0``, ``+1`` ... as their subject.
    """
    reader = Reader(bench, register, Place.PASTED)
    typed, problems = _read(reader, _cells(edits))
    fresh, more = _read(reader, {f"{NEW}{place}": texts for place, texts in enumerate(added)})
    problems += more
    for place, texts in enumerate(added):
        problems += [replace(found, subjects=(f"{NEW}{place}",)) for found in reader.missing(texts, parent)]
    if not any(is_must(problem) for problem in problems):
        problems += reader.duplicates({**typed, **fresh}, parent)

    def act(unit: Unit) -> Sequence[str]:
        if typed:
            writing.write(unit, register, typed, bench)
        return [*typed, *writing.insert_typed(unit, register, list(fresh.values()), bench, parent)]

    return commit(bench, register, Purpose("registers.paste", title), problems, act)


def _cells(edits: Sequence[CellEdit]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for edit in edits:
        found[edit.key][edit.column] = edit.text
    return found


def _read(reader: Reader, rows: Mapping[str, Texts]) -> tuple[dict[str, dict[Column, Any]], list[Problem]]:
    typed: dict[str, dict[Column, Any]] = {}
    problems: list[Problem] = []
    for key, texts in rows.items():
        typed[key] = {}
        for name, text in texts.items():
            column, value, found = reader.read(name, text, key)
            problems += found
            if column is not None:
                typed[key][column] = value
    return typed, problems
