"""What is known of a sheet before the spreadsheet library is let near it."""

from __future__ import annotations

from dataclasses import dataclass, field

from fupin_desktop.domain.reading.raw import UNCALCULATED
from fupin_desktop.errors import UnreadableFile

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
FREE_AREA = 2_000_000
SPARSE = 4
FAR_TODO = "请用 Excel 或 WPS 打开，按 Ctrl+End 找到远处的内容，删除那些行列(或把登记表复制到新工作簿)后再导入。"
MOST_UNCALCULATED = 1_000_000
"""Places kept of such formulas; one is enough to send the clerk back, the others only tell where."""


@dataclass(slots=True)
class SheetFacts:
    """Bounds and error cells of one sheet.

    Attributes:
        rows: Last row with content, counted from 1.
        columns: Last column with content, or an upper bound of it, counted from 1.
        cells: Cells with content.
        errors: Error cells, ``(row, column)`` from 0 to their text; formulas never calculated as ``UNCALCULATED``.
        merges: Merged ranges, ``(first row, first column, last row, last column)`` from 0; None where the library
            tells them itself.
        hidden_rows: Rows that are hidden or filtered out, from 0.
        hidden_columns: Ranges of columns that are hidden, first and last from 0.
        odd: Whether something is written in a way that the library cannot be trusted with.
        texts: Cells that refer to a shared text.
    """

    rows: int = 0
    columns: int = 0
    cells: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] | None = None
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    odd: bool = False
    texts: int = 0

    def uncalculated(self, row: int, column: int) -> None:
        """Note a formula without a value, at a place counted from 0; it takes room as content does."""
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
        self.cells += 1
        if len(self.errors) < MOST_UNCALCULATED:
            self.errors[row, column] = UNCALCULATED

    @property
    def area(self) -> int:
        """Places in the rectangle that the library would fill, with content or not."""
        return self.rows * self.columns

    @property
    def sparse(self) -> bool:
        """Whether the rectangle is large and nearly empty, which would only cost memory."""
        return self.area > FREE_AREA and self.area > SPARSE * self.cells


FactsBySheet = dict[str | int, SheetFacts]
"""Facts by sheet name, or by its number where the scan does not read names."""


def column_letters(column: int) -> str:
    """Letters of a column counted from 0: 0 is A, 27 is AB."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: bytes) -> int:
    """Number of a column counted from 1, of its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def far_cell(sheet: str, facts: SheetFacts) -> str:
    """The sentence on a sheet whose content lies far apart."""
    return (
        f"工作表“{sheet}”在第 {facts.rows} 行或第 {column_letters(max(facts.columns, 1) - 1)} 列附近还有零星内容，"
        f"中间几乎全是空格子(范围 {facts.rows} 行 × {facts.columns} 列)"
    )


def too_sparse(name: str, sheet: str, facts: SheetFacts) -> UnreadableFile:
    """The situation of a sheet whose content lies far apart."""
    return UnreadableFile(f"“{name}”：{far_cell(sheet, facts)}，没有读取。", todo=FAR_TODO)
