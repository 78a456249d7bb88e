"""Reading typed cells of a register into stored values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from fupin_desktop.domain.reading.texts import village_name
from fupin_desktop.domain.text import clean
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.registers.columns import VILLAGE, Column, Register, layout
from fupin_desktop.services.values import Context, Place, typed
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import Household, Office, Person, Village
from fupin_desktop.storage.fields import Kind

_DUPLICATE = "register.duplicate_id"


def is_must(problem: Problem) -> bool:
    """Whether a problem keeps a cell from being taken."""
    return problem.severity is Severity.MUST


class Reader:
    """Reads typed texts of one register."""

    def __init__(self, bench: Workbench, register: Register) -> None:
        self._bench = bench
        self._register = register
        self._columns = layout(register)
        self._context = Context(Place.TYPED, bench.today)
        self._villages: dict[str, str] | None = None

    def read(self, name: str, text: str, key: str) -> tuple[Column | None, Any, list[Problem]]:
        """Column, stored value and problems of a typed cell; the column is None where nothing is to be stored."""
        column = self._columns.get(name)
        if column is None or not column.info.editable:
            label = column.info.label if column else name
            return None, None, [self._problem(name, key, f"“{label}”由程序填写，不能修改。")]
        if column.info.key == VILLAGE:
            value, found = self._village(clean(text))
        else:
            value, found = typed(column.field, text, self._context)
        if value is None and not column.attribute.nullable:
            value = _default(column)
        return column, value, [replace(one, field=name, subjects=(key,) if key else ()) for one in found]

    def missing(self, values: Mapping[str, str]) -> list[Problem]:
        """Required columns of a new record that were not given."""
        required = [name for name, column in self._columns.items() if column.info.required and column.info.editable]
        return [
            self._problem(name, "", f"{self._columns[name].info.label}不能空着。")
            for name in required
            if name not in values
        ]

    def _problem(self, name: str, key: str, sentence: str) -> Problem:
        return Problem("register.cell", Severity.MUST, sentence, field=name, subjects=(key,) if key else ())

    def _village(self, text: str) -> tuple[str | None, tuple[Problem, ...]]:
        """Key of a village by name, its beginning or pinyin initials."""
        known = self._known_villages()
        field = replace(self._columns[VILLAGE].field, kind=Kind.REFERENCE, required=True)
        return typed(field, village_name(text, frozenset(known)), replace(self._context, names=known))

    def _known_villages(self) -> dict[str, str]:
        """Keys by name; where two towns have a village of one name, the office's own town goes first."""
        if self._villages is None:
            with self._bench.read() as session:
                own = session.scalars(select(Office.town_key)).first()
                rows = session.execute(select(Village.name, Village.key, Village.town_key).order_by(Village.position))
                found = sorted(rows, key=lambda row: row[2] == own)
            self._villages = {name: key for name, key, _town in found}
        return self._villages

    def duplicates(self, typed: Mapping[str, Mapping[Column, Any]]) -> list[Problem]:
        """A warning for each typed ID number that another record has already, or that was typed twice."""
        numbers: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key, values in typed.items():
            for column, value in values.items():
                if column.field.kind is Kind.ID_NUMBER and value:
                    numbers[value].append((key, column.info.key))
        owners = self._owners(list(numbers), set(typed)) if numbers else {}
        return [
            self._duplicate(number, key, name, owners.get(number, ""))
            for number, cells in numbers.items()
            for key, name in cells
            if number in owners or len(cells) > 1
        ]

    def _owners(self, numbers: list[str], edited: set[str]) -> dict[str, str]:
        """Names of other records by ID number."""
        household = self._register is Register.HOUSEHOLDS
        entity: Any = Household if household else Person
        number, name = (entity.head_id_number, entity.head_name) if household else (entity.id_number, entity.name)
        with self._bench.read() as session:
            return {
                owned: owner
                for part in chunks(numbers)
                for key, owned, owner in session.execute(select(entity.key, number, name).where(number.in_(part)))
                if key not in edited
            }

    @staticmethod
    def _duplicate(number: str, key: str, name: str, owner: str) -> Problem:
        other = f"已登记在“{owner}”名下" if owner else "在这次填写中出现了不止一次"
        sentence = f"证件号码 {number[:6]}…{number[-4:]} {other}，请核对。"
        return Problem(_DUPLICATE, Severity.WARNING, sentence, field=name, subjects=(key,) if key else ())


def _default(column: Column) -> Any:
    """The value of an emptied cell that cannot be “not given”: an earlier award of 0 yuan, the first instalment."""
    default = column.attribute.property.columns[0].default
    return default.arg if default is not None else None
