"""What the receiver would refuse, looked for before anything is written: cells that lack, numbers that are wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fupin_desktop.domain.text import in_gbk
from fupin_desktop.services import layout_exports, offices, payments, registers
from fupin_desktop.services.layout_exports import ListLayout
from fupin_desktop.services.list_layouts.demands import Inspection
from fupin_desktop.services.list_layouts.presets import recognised
from fupin_desktop.services.payments import Layout, RowLine, Value
from fupin_desktop.services.registers import Query, Register
from fupin_desktop.services.workbench import Progress, Workbench

_TOLD = 3
_AT_ONCE = 500
_MAY_LACK = frozenset({
    Value.GROUP, Value.QUANTITY, Value.UNIT, Value.STANDARD, Value.PHONE, Value.NOTE, Value.ITEM,
    Value.INDEX, Value.TITLE, Value.BATCH, Value.YEAR, Value.MEMBERS, Value.CLASS,
})  # fmt: skip
"""What a system takes empty, or what is of the whole list."""
_OF_ROW: dict[Value, str] = {Value.HEAD: "head_name"}


def of_bank_list(bench: Workbench, key: str, layout: Layout, _progress: Progress) -> list[str]:
    """What the bank or treasury would send back of a batch in a layout, sentences.

    Args:
        bench: The office.
        key: The batch.
        layout: How it is written.
    """
    batch = payments.load(bench, key)
    found = list(dict.fromkeys(one.sentence for one in batch.problems))
    for column in layout.columns:
        if column.value is not None and column.value not in _MAY_LACK:
            lacking = [row.head_name for row in batch.listed if not _cell(row, column.value)]
            found += _named(lacking, f"没有“{column.heading}”")
    if layout.format == "csv" and layout.encoding == "gbk":
        odd = [row.head_name for row in batch.listed if not in_gbk(f"{row.head_name}{row.account_name}")]
        found += _named(odd, "的名字有生僻字，老的系统可能不收")
    return found


def of_register(bench: Workbench, register: Register) -> list[str]:
    """What records of a register lack, as its named filters know, sentences."""
    found = []
    for named in register.filters.values():
        if named.lacking and offices.concerns(bench, named.duty):
            query = Query(register, bench.year, filters=named.conditions)
            if count := registers.count(bench, query):
                found.append(f"{count:,} {register.unit}{named.lacking}。")
    return found


def of_layout(bench: Workbench, register: Register, layout: ListLayout, progress: Progress) -> list[str]:
    """What the system of a layout would send back of a register, sentences: cells it refuses, columns nobody fills.

    Args:
        bench: The office.
        register: Which register.
        layout: How it is written; of a known system, or as a list of that system came.
        progress: Told of the rows looked at.

    Raises:
        Cancelled: By ``progress``.
    """
    found = _refused_cells(bench, register, layout, progress) or of_register(bench, register)
    blank = [one.heading for one in layout.columns if not one.filled]
    told = [f"“{'”“'.join(blank[:_TOLD])}”等 {len(blank)} 列台账里没有，写出来是空的。"] if blank else []
    return [*found, *told]


def _refused_cells(bench: Workbench, register: Register, layout: ListLayout, progress: Progress) -> list[str]:
    """What the checking program of a known system would say of the rows; nothing where the system is not known."""
    headings = [one.heading for one in layout.columns]
    preset = recognised(headings)
    if preset is None:
        return []
    inspection = Inspection(headings, ((one.heading, one.demand) for one in preset.columns), register.unit)
    total = registers.count(bench, Query(register, bench.year))
    for number, row in enumerate(layout_exports.layout_rows(bench, register, layout)):
        if not number % _AT_ONCE:
            progress(number, total, f"正在检查 {layout.name}")
        inspection.look(row)
    return inspection.sentences()


def _cell(row: RowLine, value: Value) -> Any:
    return getattr(row, _OF_ROW.get(value, value.value), "")


def _named(names: Sequence[str], told: str) -> Iterator[str]:
    if names:
        more = f"等 {len(names)} 户" if len(names) > _TOLD else ""
        yield f"{'、'.join(names[:_TOLD])}{more}{told}。"
