"""The case files of the registers: sound rows, and rows just over each boundary with what is told of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "cases" / "registers" / "checks"
SEVERITIES = ("must", "principle", "warning")
Texts = dict[str, str]


@dataclass(frozen=True)
class Told:
    """What is told of a row: how severe, at which column, the sentence and its clause; a field's own words stay open."""

    severity: str
    column: str
    sentence: str
    clause: str


@dataclass(frozen=True)
class Case:
    """A row, what stands before it, and what is told of it; with columns edited it is a row that is there, changed.

    ``county`` are values, in TOML, that a county's own file puts over parameters.
    """

    register: str
    title: str
    row: Texts
    before: tuple[tuple[str, Texts], ...] = ()
    found: tuple[Told, ...] = ()
    ways: tuple[str, ...] = ("typed", "imported")
    edited: tuple[str, ...] = ()
    county: tuple[tuple[str, str], ...] = ()

    @property
    def refused(self) -> bool:
        return any(told.severity == "must" for told in self.found)


@dataclass(frozen=True)
class CaseFile:
    """The cases of a register, with its sound row and the registers whose sound rows stand first."""

    register: str
    row: Texts
    needs: tuple[str, ...] = ()
    cases: tuple[Case, ...] = field(default=())


@cache
def _text(register: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{register}.toml").read_text(encoding="utf-8"))


@cache
def case_file(register: str) -> CaseFile:
    text = _text(register)
    cases = [_case(register, text["row"], place, one) for place, one in enumerate(text.get("case", ()), 1)]
    return CaseFile(register, text["row"], tuple(text.get("needs", ())), tuple(cases))


def _case(register: str, row: Texts, place: int, text: dict[str, Any]) -> Case:
    found = [Told(severity, one["at"], one[severity], one.get("clause", ""))
             for one in text.get("found", ()) for severity in SEVERITIES if severity in one]  # fmt: skip
    before = [(one["of"], changed(one["of"], one)) for one in text.get("before", ())]
    ways = tuple(text.get("ways", Case.ways))
    edits = text.get("edit", {})
    whole = {key: value for key, value in {**row, **text.get("change", {}), **edits}.items() if value}
    return Case(register, f"{register}-{place}", whole, tuple(before), tuple(found), ways, tuple(edits), tuple(text.get("county", {}).items()))


def changed(register: str, texts: Texts) -> Texts:
    """The sound row of a register with some texts changed; an empty text leaves the column out."""
    whole = {**_text(register)["row"], **{key: text for key, text in texts.items() if key != "of"}}
    return {key: text for key, text in whole.items() if text}


def all_cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.toml")):
        yield from case_file(path.stem).cases


def in_order() -> list[str]:
    """Every register with cases, those first that others need."""
    found: dict[str, None] = {}

    def take(register: str) -> None:
        for one in case_file(register).needs:
            take(one)
        found.setdefault(register)

    for path in sorted(FOLDER.glob("*.toml")):
        take(path.stem)
    return list(found)


def county_file(case: Case) -> str:
    """The parameter file of the county that a case is of."""
    values = (f"""
[{key}]
[[{key}.values]]
from = 2020-01-01
value = {value}
clause = "本县实施细则 三"
gist = "从严"
""" for key, value in case.county)  # fmt: skip
    return "".join(('[document]\ntitle = "本县产业扶贫实施细则"\n', *values))
