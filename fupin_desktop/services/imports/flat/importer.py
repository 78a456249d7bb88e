"""The import of lists into any register, by its description."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from fupin_desktop.domain.reading.texts import LOST
from fupin_desktop.override import override
from fupin_desktop.services.imports.answers import Answers
from fupin_desktop.services.imports.columns import Columns
from fupin_desktop.services.imports.comparison import Comparison, ResultTable
from fupin_desktop.services.imports.converters import warning
from fupin_desktop.services.imports.flat.comparing import Comparer, shown
from fupin_desktop.services.imports.flat.lists import ABOVE, OWN, family_of
from fupin_desktop.services.imports.flat.records import FlatRecord
from fupin_desktop.services.imports.importer import Importer
from fupin_desktop.services.imports.mapping import Mapping
from fupin_desktop.services.imports.parsed import Parsed, parsed
from fupin_desktop.services.registers import writing
from fupin_desktop.services.registers.columns import Column, layout
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.workbench import Progress, Workbench
from fupin_desktop.storage.entities import Village
from fupin_desktop.storage.fields import Kind
from fupin_desktop.storage.unit import Unit, table_of

_SHOWN = 5
_PART = 5_000


class FlatImporter(Importer):
    """Imports lists in which a row is a record of one register.

    Args:
        register: The register.
        owner: Key of what all rows belong to, where a list of its records alone is imported; empty where each row says
            to what it belongs.
    """

    def __init__(self, register: Register, owner: str = "") -> None:
        self.register, self._register, self._owner = register, register, owner
        self.family, self.unit, self.title = family_of(register), register.unit, register.title
        self.accepted = f"{register.title}的名单或台账"

    @override
    def takes_village(self, mapping: Mapping) -> bool:
        """Where records must belong to a village, one can be given for all rows."""
        parent = self._register.parent
        if self._owner or parent is None or parent.entity is not Village:
            return False
        if {f"{OWN}.{name}" for name in self._register.place_in} & {*mapping.columns}:
            return False
        return not table_of(self._register.entity).columns[parent.column].nullable

    @override
    def read(self, columns: Columns, village: str, villages: frozenset[str], answers: Answers) -> Parsed[FlatRecord]:
        """A record for every row that says something of it."""
        known = [key for key in columns.values if columns.values[key]]
        for key in columns.mapping.kind.names & columns.values.keys():
            _tell_lost(columns, key)
        fields = columns.mapping.kind.fields
        own = [key for key in known if key in columns.mapping.columns and fields[key].group not in ("place", ABOVE)]
        records = []
        for place, row in enumerate(columns.rows):
            if any(columns.values[key][place] is not None for key in own):
                records.append(FlatRecord(row, {key: columns.values[key][place] for key in known}))
        return parsed(records, columns.findings, len(columns.rows))

    @override
    def compare(
        self, bench: Workbench, session: Session, records: Sequence[FlatRecord], mapping: Mapping, village: str,
        answers: Answers,
    ) -> Comparison:
        """Set the rows against the records of the register."""
        return Comparer(bench, session, self._register, self._owner, answers).compare(records, village)

    @override
    def tables(self, found: Comparison) -> list[ResultTable]:
        """Added, changed and missing records."""
        title, first = self._register.title, self._first()
        return [
            ResultTable(
                f"新增的{title}", len(found.added), tuple(one.info.heading for one in first),
                lambda: [[shown(column, one) for column in first] for one in found.added],
            ),
            ResultTable(
                f"有变化的{title}", len(found.changed), (title, "变化(原来 → 导入后)"),
                lambda: [(one.name, line) for one in found.changed for line in one.lines],
            ),
            ResultTable(
                f"文件里没有的{title}", len(found.missing), (title,), lambda: [(one,) for one in found.missing]
            ),
        ]  # fmt: skip

    def _first(self) -> list[Column]:
        """The columns by which new records are shown."""
        columns = layout(self._register)
        named = [columns[key] for key in self._register.layout.first if key in columns]
        return [one for one in named or columns.values() if one.info.editable][:_SHOWN]

    @override
    def write(
        self, unit: Unit, bench: Workbench, mapping: Mapping, found: Comparison, progress: Progress | None
    ) -> dict[int, str]:
        """Write new and changed records, with everything that follows from them; keys of the new ones by row.

        Raises:
            NotAllowed: What records belong to keeps them as they are.
        """
        total, register = len(found.added) + len(found.changed), self._register
        changed = [one.key for one in found.changed]
        added: dict[int, str] = {}
        writing.guard(unit, register, changed, bench)
        for start in range(0, len(found.added), _PART):
            if progress is not None:
                progress(start, total, f"写入 {start}/{total} {self.unit}")
            part = found.added[start : start + _PART]
            keys = writing.insert_many(unit, register, [(_stored(one), one.parent) for one in part], bench)
            writing.guard(unit, register, keys, bench)
            added.update(zip([one.row for one in part], keys, strict=True))
        if found.changed:
            writing.update(unit, register, {one.key: one.values for one in found.changed}, bench)
            writing.guard(unit, register, changed, bench)
        if progress is not None:
            progress(total, total, f"写入 {total}/{total} {self.unit}")
        return added


def _tell_lost(columns: Columns, key: str) -> None:
    """Tell names of records in which a rare character was lost; those of persons are told as they are read."""
    field = columns.mapping.kind.fields[key].field
    lost = {text for text in set(columns.values[key]) if text and LOST.search(text)} if field.kind is Kind.TEXT else ()
    for row, text in zip(columns.rows, columns.values[key], strict=True) if lost else ():
        if text in lost:
            columns.find(row, key, warning("name_lost_character", f"{field.label}“{text}”里多半丢了生僻字"))


def _stored(record: FlatRecord) -> dict[str, Any]:
    """The values of a new record; what is not given takes its default."""
    return {name: value for name, value in record.values.items() if value is not None}


@cache
def flat_importer(register: Register) -> FlatImporter:
    """The importer of lists whose rows say themselves to what they belong."""
    return FlatImporter(register)
