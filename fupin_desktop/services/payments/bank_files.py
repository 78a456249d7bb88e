"""The list of a batch as the bank or the treasury takes it: xlsx or csv, by a layout."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from fupin_desktop.domain.payments import BatchState
from fupin_desktop.domain.text import in_gbk
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import files
from fupin_desktop.services.layout_figures import figures_of
from fupin_desktop.services.list_layouts.presets import Figure
from fupin_desktop.services.payments import reading
from fupin_desktop.services.payments.bank_layouts import Layout, Value
from fupin_desktop.services.payments.model import ZERO, Batch, RowLine
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.bulk import chunks

_WIDTHS = {
    Value.INDEX: 6, Value.ID_NUMBER: 22, Value.ACCOUNT: 24, Value.BANK_NAME: 28, Value.AMOUNT: 14, Value.TITLE: 30,
    Value.STANDARD: 16, Value.NOTE: 20, Value.PHONE: 14,
}  # fmt: skip
_WIDTH = 12
_FIGURES: Mapping[Value | None, Figure] = {Value.MEMBERS: Figure.MEMBERS, Value.CLASS: Figure.CLASS}
_TOLD = 3
Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Written:
    """What a file holds.

    Attributes:
        rows: Households.
        amount: Σ yuan.
        told: What was written, and what to look at.
    """

    rows: int
    amount: Decimal
    told: str


def write_bank_file(bench: Workbench, key: str, layout: Layout, path: Path) -> Written:
    """Write the list of a batch by a layout; money to come back stands on no bank list.

    Args:
        bench: The workbench.
        key: A batch that is checked.
        layout: The layout.
        path: The file, with the ending of the layout.

    Raises:
        NotAllowed: The batch is not checked yet, or nobody is paid by it.
        Situation: The file cannot be written; an old one stays.
    """
    batch = reading.load(bench, key)
    if batch.line.state is BatchState.DRAFT:
        raise NotAllowed("这一批还没有审核，账户还可能变动，不能出银行清单。", todo="请先审核这一批。")
    if not batch.listed:
        raise NotAllowed("这一批没有要发放的户。", todo="只有应追回的，不用出银行清单。")
    of_households = _of_households(bench, batch, layout)
    rows = [
        [
            of_households[column.value].get(row.household_key)
            if column.value in of_households
            else _cell(column.value, column.text, batch, row, place)
            for column in layout.columns
        ]
        for place, row in enumerate(batch.listed, 1)
    ]
    if layout.format == "csv":
        files.write_bytes(path, _csv(layout, rows))
    else:
        _xlsx(bench, batch, layout, rows, path)
    amount = sum((row.amount for row in batch.listed), ZERO)
    return Written(len(rows), amount, "".join(_told(batch, layout, amount)))


def _of_households(bench: Workbench, batch: Batch, layout: Layout) -> Mapping[Value | None, Mapping[str, Cell]]:
    """What the register tells of the households of the batch in its year, by value that the layout wants."""
    wanted = {column.value: _FIGURES[column.value] for column in layout.columns if column.value in _FIGURES}
    keys = [row.household_key for row in batch.listed]
    found: dict[Value | None, dict[str, Cell]] = {value: {} for value in wanted}
    with bench.read() as session:
        for part in chunks(keys) if wanted else ():
            figures = figures_of(session, batch.line.year, wanted.values(), part)
            for value, figure in wanted.items():
                found[value] |= figures[figure]
    return found


def _told(batch: Batch, layout: Layout, amount: Decimal) -> Iterator[str]:
    yield f"已写出 {len(batch.listed)} 户 {amount:,.2f} 元。"
    odd = [row.head_name for row in batch.listed if not in_gbk(f"{row.account_name}{row.head_name}")]
    if odd and layout.format == "csv" and layout.encoding == "gbk":
        names = "、".join(odd[:_TOLD]) + ("等" if len(odd) > _TOLD else "")
        yield f"{names}的名字有生僻字，老的银行系统可能显示成方框，请先和银行核对。"


def _cell(value: Value | None, text: str, batch: Batch, row: RowLine, place: int) -> Cell:
    """What a column holds of a household."""
    line = batch.line
    match value:
        case None:
            return text
        case Value.INDEX:
            return place
        case Value.TITLE:
            return line.title
        case Value.BATCH:
            return f"第{line.number}批"
        case Value.YEAR:
            return line.year
        case Value.HEAD:
            return row.head_name
        case Value.GROUP:
            return row.group_name
        case _:
            found: Cell = getattr(row, value.value)
            return found


def _csv(layout: Layout, rows: list[list[Cell]]) -> bytes:
    """Lines as banks read them: amounts with two decimals and no thousands separators."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([column.heading for column in layout.columns])
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    encoding = "gb18030" if layout.encoding == "gbk" else layout.encoding
    return target.getvalue().encode(encoding)


def _plain(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}" if cell.as_tuple().exponent == -3 else f"{cell:.2f}"
    return "" if cell is None else str(cell)


def _xlsx(bench: Workbench, batch: Batch, layout: Layout, rows: list[list[Cell]], path: Path) -> None:
    from fupin_desktop.documents.drawing.table_workbook import CellKind, TableColumn, write_table

    kinds = {Value.AMOUNT: CellKind.MONEY, Value.QUANTITY: CellKind.QUANTITY, Value.INDEX: CellKind.INTEGER,
             Value.YEAR: CellKind.INTEGER, Value.MEMBERS: CellKind.INTEGER}  # fmt: skip
    columns = [
        TableColumn(
            one.heading, kinds.get(one.value, CellKind.TEXT) if one.value else CellKind.TEXT,
            _WIDTHS.get(one.value, _WIDTH) if one.value else _WIDTH,
        )
        for one in layout.columns
    ]  # fmt: skip
    write_table(path, f"第{batch.line.number}批", columns, rows, made=bench.clock())
