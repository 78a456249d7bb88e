"""Copy, cut, paste, fill down and clear in a register table, each one undoable change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from fupin_desktop.domain.masking import MASKS
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services import registers
from fupin_desktop.services.registers import CellEdit, Outcome
from fupin_desktop.services.registers.blocks import NEW, put_block
from fupin_desktop.services.registers.columns import names_parent
from fupin_desktop.ui.models.register_cells import NUMBERS
from fupin_desktop.ui.models.register_clipboard import spread, to_html, to_lines
from fupin_desktop.ui.models.register_model import RegisterModel
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.registers.state import State
from fupin_desktop.ui.tabs.registers.table import Band, RegisterTable

if TYPE_CHECKING:
    from fupin_desktop.services.imports.flat.pasted import Arranged

MANY = 2000
VILLAGE = "village"
CHANGED_AT_ONCE = 5000
STILL_THERE = "复制的内容还在剪贴板里：在原来的表里改好再复制一次，或者换一格粘贴。"
APART = "选中的几块列数或位置不同，不能一起复制。表格和剪贴板都没有变动。请选同样几列，或一块一块地复制。"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a block goes: keys of the rows that are there, and how many are wanted below them."""

    keys: Sequence[str]
    columns: list[int]
    below: int


class Clipboard:
    """Serves one table; its model may change.

    Args:
        table: The table.
        state: Knows whose records are looked at.
    """

    def __init__(self, shell: Shell, table: RegisterTable, state: State) -> None:
        self._shell, self._table, self._state = shell, table, state
        for asked, act in (
            (table.copy_asked, self.copy), (table.cut_asked, self.cut), (table.paste_asked, self.paste),
            (table.fill_asked, self.fill_down), (table.clear_asked, self.clear),
        ):
            asked.connect(act)

    @property
    def _model(self) -> RegisterModel:
        model = self._table.model()
        assert isinstance(model, RegisterModel)
        return model

    # ---- out ----
    def copy(self) -> bool:
        """Put the chosen cells on the clipboard, a very large choice in the background; False where that cannot be."""
        bands, model = self._table.chosen_bands(), self._model
        if not bands:
            return False
        if any(band.columns != bands[0].columns for band in bands):
            self._shell.ask.message(self._shell.window, "没有复制", APART)
            return False
        ranges, columns = [(band.first, band.last) for band in bands], list(bands[0].columns)
        left = [model.info(column).kind not in NUMBERS for column in columns]
        total = sum(last - first + 1 for first, last in ranges)
        if total <= MANY:
            written = self._shell.read(lambda: _written(self._block(model, ranges, columns), left))
            if written is None:
                return False
            self._put(*written, total, len(columns))
        else:
            self._shell.run(
                "正在复制", lambda report: _written(self._block(model, ranges, columns, report), left),
                lambda written: self._put(*written, total, len(columns)),
            )
        return True

    @staticmethod
    def _block(
        model: RegisterModel, ranges: Sequence[tuple[int, int]], columns: Sequence[int], report: object = None,
    ) -> list[list[str]]:
        block: list[list[str]] = []
        total = sum(last - first + 1 for first, last in ranges)
        for first, last in ranges:
            for start in range(first, last + 1, MANY):
                if callable(report):
                    report(len(block), total, "正在读取")
                rows = model.rows_between(start, min(start + MANY - 1, last))
                block += [[model.copied(row, column) for column in columns] for row in rows]
        return block

    def _put(self, lines: str, html: str, rows: int, columns: int) -> None:
        data = QMimeData()
        data.setText(lines)
        data.setHtml(html)
        QGuiApplication.clipboard().setMimeData(data)
        self._shell.said.emit(f"已复制 {rows:,} 行 × {columns} 列，可以粘贴到 Excel 或 WPS")

    def cut(self) -> None:
        """Copy, then clear; not what is masked, for its middle would be lost."""
        kinds = {self._model.info(column).kind for column in self._table.chosen_columns()}
        if self._model.masked and kinds & MASKS.keys():
            text = "现在遮蔽着号码，剪切会丢失中间几位。表格没有变动。请先关掉“遮蔽”再剪切。"
            self._shell.ask.message(self._shell.window, "没有剪切", text)
            return
        if self.copy():
            self.clear()

    # ---- in ----
    def clear(self) -> None:
        """Empty the chosen cells."""
        if self._too_many():
            return
        edits = self._everywhere("")
        free = {key for band in self._free_bands() for key in self._editable(band.columns).values()}
        if free:
            self._model.edits.drop([cell for cell in self._model.edits.new if cell[1] in free])
        self._model.edits.put(edits, f"清除 {len(edits)} 格")

    def fill_down(self) -> None:
        """Give the chosen cells of a column the text of the first; one alone takes that of the cell above it."""
        bands, model = self._table.chosen_bands(), self._model
        if not bands or self._too_many():
            return
        sources = {column: model.row_at(row) for column, row in _filled_from(bands).items()}
        edits = [
            CellEdit(record, key, model.value(source, key))
            for band in bands
            for columns in [self._editable(band.columns).items()]
            for record in self._keys(band.first, band.last)
            for column, key in columns
            if (source := sources[column]) is not None and record != source.key
        ]
        model.edits.put(edits, f"向下填充 {len(edits)} 格")

    def _too_many(self) -> bool:
        """Whether more rows are chosen than are changed at once; it is told."""
        chosen = sum(last - first + 1 for first, last in self._table.chosen_rows())
        if chosen > CHANGED_AT_ONCE:
            text = f"选中了 {chosen:,} 行。一次最多改 {CHANGED_AT_ONCE:,} 行，请先筛选或分几次选择。表格没有变动。"
            self._shell.ask.message(self._shell.window, "选中的行太多", text)
        return chosen > CHANGED_AT_ONCE

    def _everywhere(self, text: str) -> list[CellEdit]:
        """One text in all chosen cells."""
        return [
            CellEdit(record, key, text)
            for band in self._table.chosen_bands()
            for columns in [self._editable(band.columns).values()]
            for record in self._keys(band.first, band.last)
            for key in columns
        ]

    def _keys(self, first: int, last: int) -> Sequence[str]:
        """Keys of the rows from one place to another; none, told, where they cannot be read."""
        return self._shell.read(lambda: self._model.keys_between(first, last)) or ()

    def _free_bands(self) -> list[Band]:
        """The chosen cells of the free row."""
        free = self._model.free_row
        return [band for band in self._table.chosen_bands() if band.first <= free <= band.last]

    def _editable(self, columns: Iterable[int]) -> dict[int, str]:
        """Keys, by their places, of the columns among some that are typed into."""
        infos = {column: self._model.info(column) for column in columns}
        return {column: info.key for column, info in infos.items() if info.editable}

    def paste(self) -> None:
        """Lay the clipboard's block over the cells from the first chosen one on.

        Among one owner's records and in ledgers a block with a heading becomes new records, as does one without in the
        free row.
        """
        block = registers.split_block(QGuiApplication.clipboard().text())
        bands = self._table.chosen_bands()
        if not block or not bands or self._state.fixed:
            return
        row, column = bands[0].first, bands[0].columns[0]
        if self._takes_lists and (found := self._arranged(block, row)) is not None:
            self._append(found)
            return
        apart = len(bands) > 1 or bands[0].columns[-1] - column >= len(bands[0].columns)
        if apart and len(block) == len(block[0]) == 1:
            if not self._too_many():
                edits = self._everywhere(block[0][0])
                self._model.edits.put(edits, f"粘贴 {len(edits)} 格", STILL_THERE)
            return
        block = registers.within(block, self._model.total - row)
        laid = spread(block, 1 if apart else bands[0].last - row + 1, 1 if apart else len(bands[0].columns))
        place = self._place(row, column, len(laid), len(laid[0]))
        if place is None:
            return
        edits = self._edits(place, laid)
        if place.below:
            self._paste_and_add(place, laid, edits)
        else:
            self._model.edits.put(edits, f"粘贴 {len(edits)} 格", STILL_THERE)
            self._select(row, column, len(laid), len(laid[0]))

    @property
    def _takes_lists(self) -> bool:
        """Whether a list with a heading is new records: whose they are is known, or stands in one of its columns."""
        register = self._state.register
        ledger = bool(register.section) and (register.parent is None or names_parent(register))
        return bool(self._state.owner.key) or ledger

    def _place(self, row: int, column: int, high: int, wide: int) -> _Place | None:
        """Where a block goes; None, told, where it does not fit."""
        model = self._model
        room = model.columnCount() - column
        if wide > room:
            text = f"粘贴的内容有 {wide} 列，从这一格向右只有 {room} 列。\n\n表格没有变动。请从更靠左的格子粘贴。"
            self._shell.ask.message(self._shell.window, "放不下", text)
            return None
        below = max(0, row + high - model.total)
        keys = self._shell.read(lambda: model.keys_between(row, row + high - below - 1))
        if keys is None:
            return None
        return _Place(keys, list(range(column, column + wide)), below)

    def _edits(self, place: _Place, laid: Sequence[Sequence[str]]) -> list[CellEdit]:
        """The cells to write; locked cells are passed over, and it is told."""
        infos = [self._model.info(column) for column in place.columns]
        locked = [info.label for info in infos if not info.editable]
        if locked:
            self._shell.said.emit(f"{'、'.join(locked)}由程序填写，粘贴时跳过")
        return [
            CellEdit(record, info.key, cell)
            for record, line in zip(place.keys, laid, strict=False)
            for info, cell in zip(infos, line, strict=True)
            if info.editable
        ]

    def _select(self, row: int, column: int, high: int, wide: int) -> None:
        """Choose what was pasted, as spreadsheets do."""
        self._table.choose_block(row, column, row + high - 1, column + wide - 1)

    # ---- below the last row ----
    def _paste_and_add(self, place: _Place, laid: Sequence[Sequence[str]], edits: list[CellEdit]) -> None:
        """Write the cells, and add the rows below; what a record belongs to must be typed in one of its columns."""
        shell, model = self._shell, self._model
        register = model.query.register
        owner = self._state.owner.key
        if register.parent is not None and not owner and not names_parent(register):
            text = f"粘贴的内容比表多 {place.below} 行。\n\n表格没有变动。{register.title}请在右侧的资料里新增。"
            shell.ask.message(shell.window, "放不下", text)
            return
        village = (model.query.village or self._village_above()) if model.has(VILLAGE) else ""
        where = f"(没有写村名的放在{village})" if village else ""
        many = f"{place.below} {register.unit}"
        text = f"粘贴的内容比表多 {place.below} 行，要在末尾新增 {many}{where}吗？可以整体撤销。"
        if not shell.ask.question(shell.window, f"新增{register.title}", text, yes=f"新增 {many}"):
            return
        added = [self._new_row(place, line, village) for line in laid[len(laid) - place.below :]]
        title = f"粘贴 {len(edits)} 格，新增 {many}"
        shell.do(lambda: put_block(shell.bench, register, edits, added, title, owner), self._added)

    def _arranged(self, block: Sequence[Sequence[str]], row: int) -> Arranged | None:
        """The new records that a block of several columns holds; None where it is to be laid over cells."""
        from fupin_desktop.services.imports.flat.pasted import by_content, by_heading

        if max(map(len, block)) == 1:
            return None
        register = self._state.register
        return by_heading(register, block) or (by_content(register, block) if row == self._model.free_row else None)

    def _append(self, found: Arranged) -> None:
        """Add the records of a block below the last row."""
        shell, register, owner = self._shell, self._state.register, self._state.owner.key
        many = f"{len(found.rows):,} {register.unit}"
        left_out = f"没有用到的列：{'、'.join(found.left_out)}。" if found.left_out else ""
        village = self._model.query.village if self._model.has(VILLAGE) else ""
        where = f"没有写村名的放在{village}。" if village else ""
        text = f"要在末尾新增 {many}吗？{where}{left_out}可以整体撤销。"
        if found.rows and shell.ask.question(shell.window, f"新增{register.title}", text, yes=f"新增 {many}"):
            title = f"粘贴，新增 {many}"
            rows = [({VILLAGE: village} if village else {}) | row for row in found.rows]
            shell.do(lambda: put_block(shell.bench, register, [], rows, title, owner), self._added)

    def _village_above(self) -> str:
        row = self._model.row_at(self._model.total - 1)
        return self._model.value(row, VILLAGE) if row else ""

    def _new_row(self, place: _Place, line: Sequence[str], village: str) -> dict[str, str]:
        infos = [self._model.info(column) for column in place.columns]
        texts = {info.key: cell for info, cell in zip(infos, line, strict=True) if info.editable and cell}
        if village:
            texts.setdefault(VILLAGE, village)
        return texts

    def _added(self, outcome: Outcome) -> None:
        if outcome.refused:
            told = [replace(one, sentence=f"{_where(one)}{one.sentence}") for one in outcome.problems]
            todo = "表格没有变动。请在原来的表里改好，再复制粘贴一次。"
            self._shell.ask.problems(self._shell.window, "没有粘贴", told, todo)


def _filled_from(bands: Iterable[Band]) -> dict[int, int]:
    """The row from which each column is filled down."""
    first, cells = dict[int, int](), Counter[int]()
    for band in bands:
        for column in band.columns:
            first.setdefault(column, band.first)
            cells[column] += band.last - band.first + 1
    return {column: row if cells[column] > 1 else row - 1 for column, row in first.items()}


def _where(problem: Problem) -> str:
    """Which of the new rows a problem is told of, as the clerk counts them."""
    new = next((subject for subject in problem.subjects if subject.startswith(NEW)), "")
    return f"新增的第 {int(new.removeprefix(NEW)) + 1} 行：" if new else ""


def _written(block: list[list[str]], texts: Sequence[bool]) -> tuple[str, str]:
    """Cells as the lines and the HTML that spreadsheets paste."""
    return to_lines(block), to_html(block, texts)
