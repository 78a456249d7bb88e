"""A dialog that shows rows: what a number rests on, what happened, what is listed for the auditor."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from fupin_desktop.domain import file_names
from fupin_desktop.override import override
from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label
from fupin_desktop.ui.widgets.plain_table import only_look
from fupin_desktop.ui.widgets.selection_sums import sums_label
from fupin_desktop.ui.widgets.tips import as_tip

if TYPE_CHECKING:
    from fupin_desktop.services.printing import Paper

_WIDEST, _LEAST, _STEP = 320, 90, 8
_WIDTH, _MOST, _HEIGHT = 640, 1240, 480
_SUM = "合计"
NOTHING = "没有记录。"
_NUMERIC = re.compile(r"[-+]?¥? ?[\d,]+(\.\d+)? ?%?")


class TableDialog(QDialog):
    """Rows under headings, to read and to copy.

    Args:
        title: What they are.
        headings: Of the columns.
        rows: Texts.
        link: Words and act of a button that leads on; closes the dialog.
        shell: The window as its tabs see it; without it nothing is written to files.
        nothing: Said where there are no rows.
    """

    def __init__(
        self, title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], parent: QWidget | None = None, *,
        link: tuple[str, Callable[[], object]] | None = None, shell: Shell | None = None, nothing: str = NOTHING,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._title, self._shell = title, shell
        self._headings, self._rows = tuple(headings), [tuple(row) for row in rows]
        self.table = QTableWidget(len(self._rows), len(self._headings))
        only_look(self.table, title, rows=False)
        self._fill()
        self.table.viewport().installEventFilter(self)
        self.link = button(link[0] if link else "", lambda: self._follow(link[1]) if link else None)
        self.link.setVisible(link is not None)
        copy = button("复制", self.copy, tip="复制成表格，可以贴到 Excel / WPS")
        self.export = button("导出 xlsx…", self.save_xlsx, tip="写成 Excel / WPS 表格")
        self.pdf = button("PDF…", self.save_pdf, tip="写成 PDF")
        self.print = button("打印…", self.print_rows)
        for piece in (self.export, self.pdf, self.print):
            piece.setVisible(shell is not None)
        row = hbox(
            copy, self.export, self.pdf, self.print, self.link, (sums_label(self.table), 1),
            button("关闭", self.reject),
        )  # fmt: skip
        wanted = sum(self._usual) + 60
        self.resize(max(_WIDTH, min(wanted, _MOST)), _HEIGHT)
        told = None if self._rows else label(nothing, "muted", wrap=True)
        parts = label(title, "title", wrap=True), told, (self.table, 1), row
        vbox(*parts, on=self, margins=(16, 14, 16, 12), spacing=10)

    def _fill(self) -> None:
        table = self.table
        table.setHorizontalHeaderLabels(list(self._headings))
        right = {column for column in range(len(self._headings)) if self._all_numbers(column)}
        strong = theme.font(bold=True)
        for place, texts in enumerate(self._rows):
            fonts.ensure("".join(texts))
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(as_tip(text))
                if column in right or _NUMERIC.fullmatch(text):
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                if texts[0] == _SUM:
                    item.setFont(strong)
                table.setItem(place, column, item)
        table.resizeColumnsToContents()
        self._usual = [min(table.columnWidth(column) + 8, _WIDEST) for column in range(len(self._headings))]
        for column, width in enumerate(self._usual):
            table.setColumnWidth(column, width)
        words = [column for column in range(len(self._headings)) if column not in right]
        if self._headings:
            wide = max(words, default=len(self._headings) - 1)
            table.horizontalHeader().setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)

    def _fit_columns(self) -> None:
        """Give the columns their widths; where there is too little room the widest words make way for the numbers."""
        widths = list(self._usual)
        words = [column for column in range(len(widths)) if not self._has_numbers(column)]
        room = self.table.viewport().width()
        while words and sum(widths) > room and max(widths[column] for column in words) > _LEAST:
            widths[max(words, key=widths.__getitem__)] -= _STEP
        for column, width in enumerate(widths):
            self.table.setColumnWidth(column, width)

    def _has_numbers(self, column: int) -> bool:
        return any(_NUMERIC.fullmatch(texts[column]) for texts in self._rows if column < len(texts))

    def _all_numbers(self, column: int) -> bool:
        """Whether nothing but numbers stand there: the head and what is empty stand on their side too."""
        said = [texts[column] for texts in self._rows if column < len(texts) and texts[column]]
        return bool(said) and all(map(_NUMERIC.fullmatch, said))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another width of the rows leaves the columns other room; the dialog's own comes before it."""
        if event.type() == QEvent.Type.Resize and watched is self.table.viewport():
            self._fit_columns()
        return super().eventFilter(watched, event)

    def copy(self) -> None:
        """The rows with their headings as a spreadsheet's block."""
        lines = (self._headings, *self._rows)
        block = ("\t".join(" ".join(text.split()) for text in line) for line in lines)
        QApplication.clipboard().setText("\n".join(block))

    def save_xlsx(self) -> None:
        """The rows with their headings as a workbook."""
        from fupin_desktop.services import exports
        from fupin_desktop.ui.ask import XLSX
        from fupin_desktop.ui.papers import save_paper

        shell = self._shell
        if shell is not None:
            name = file_names.clean(self._title, ".xlsx")
            save_paper(
                shell, "导出 xlsx", name, XLSX,
                lambda path: exports.write_rows(shell.bench, self._title, self._headings, self._rows, path),
            )

    def save_pdf(self) -> None:
        """The rows with their headings as pages."""
        from fupin_desktop.services import printing
        from fupin_desktop.ui.ask import PDF
        from fupin_desktop.ui.papers import save_paper

        if self._shell is not None:
            paper, name = self._paper(self._shell), file_names.clean(self._title, ".pdf")
            save_paper(self._shell, "导出 PDF", name, PDF, lambda path: printing.write_pdf(paper, path))

    def print_rows(self) -> None:
        """打印."""
        from fupin_desktop.ui.printing.front import print_paper

        if self._shell is not None:
            print_paper(self._shell, self._paper(self._shell))

    def _paper(self, shell: Shell) -> Paper:
        from fupin_desktop.services import exports, printing

        bench, title, headings, rows = shell.bench, self._title, self._headings, self._rows
        return printing.form_paper("lists", "", title, lambda: exports.rows_paper(bench, title, headings, rows))

    def _follow(self, act: Callable[[], object]) -> None:
        self.accept()
        act()


def show_table(
    shell: Shell, title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], *,
    link: tuple[str, Callable[[], object]] | None = None, nothing: str = NOTHING,
) -> None:
    """Show rows until the clerk closes them; see ``TableDialog``."""
    shell.ask.run(TableDialog(title, headings, rows, shell.window, link=link, shell=shell, nothing=nothing))
