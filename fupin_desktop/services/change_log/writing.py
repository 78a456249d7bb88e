"""The list of changes as a workbook: a row for each changed field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from fupin_desktop.documents.drawing.table_workbook import CellKind, TableColumn, Value, write_table
from fupin_desktop.services.change_log.details import details
from fupin_desktop.services.change_log.listing import rows
from fupin_desktop.services.workbench import Progress, Workbench

TITLE = "改动记录"
MOST_ROWS = 1_000_000
_PAGE = 200
_OF_ONE = 2000
_HEADINGS = (
    *(("序号", 9), ("时间", 20), ("操作人", 12), ("操作", 40), ("情况", 36)),
    *(("资料", 16), ("记录", 24), ("动作", 8), ("项目", 18), ("改动前", 30), ("改动后", 30)),
)


def write_changes(bench: Workbench, numbers: Sequence[int], path: Path, progress: Progress | None = None) -> int:
    """Write operations with what they changed; of an operation on very many records the first of them.

    Args:
        bench: The workbench.
        numbers: Of the operations, as :func:`services.change_log.find` gives them.
        path: The xlsx file.
        progress: Told of the operations; raises to stop.

    Returns:
        The rows written.

    Raises:
        Situation: The file cannot be written there; an old one stays.
    """
    columns = [TableColumn(text, CellKind.TEXT, width) for text, width in _HEADINGS]
    return write_table(path, TITLE, columns, _limited(_rows(bench, numbers, progress)), made=bench.clock())


def _limited(found: Iterator[list[Value]]) -> Iterator[list[Value]]:
    for _place, row in zip(range(MOST_ROWS), found, strict=False):
        yield row


def _rows(bench: Workbench, numbers: Sequence[int], progress: Progress | None) -> Iterator[list[Value]]:
    for start in range(0, len(numbers), _PAGE):
        if progress is not None:
            progress(start, len(numbers), f"正在写{TITLE}")
        for one in rows(bench, numbers[start : start + _PAGE]):
            head: list[Value] = [str(one.number), f"{one.at:%Y-%m-%d %H:%M:%S}", one.who, one.title, one.state]
            told = details(bench, one.key, _OF_ONE)
            for part in told:
                yield [*head, part.table, part.record, part.action, part.label, part.before, part.after]
            if not told:
                yield [*head, "", "", "", "", "", ""]
