"""What stands above the entries: the chosen source with its figures, each of which opens its rows."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from fupin_desktop.domain.money import format_money
from fupin_desktop.override import override
from fupin_desktop.services.funds import FundBalance
from fupin_desktop.services.funds.model import DONATED
from fupin_desktop.ui.models.fund_sources import SourceRow
from fupin_desktop.ui.widgets.boxes import hbox, vbox
from fupin_desktop.ui.widgets.figure import Figure
from fupin_desktop.ui.widgets.fitted_text import OneLine
from fupin_desktop.ui.widgets.labels import label, link, say

FIGURES = (
    ("assigned", "下达"), ("received", "到账"), ("allocated", "已安排"), ("paid", "已拨付"), ("available", "可安排"),
    ("unpaid", "已安排未拨付"), ("in_hand", "账面余额"),
)
"""Names as ``services.funds.behind`` takes them, and their words."""
_SIDE, _BETWEEN = 14, 22
_TIP = "点开查看是哪些记录"


class SourceHead(QFrame):
    """Name, what is to be known of it, figures.

    Signals:
        figure_asked: Name of a figure whose rows are wanted.
        edit_asked, void_asked: 修改, 作废.
        donors_asked: 捐赠名单.

    Attributes:
        figures: By name.
        donors: Number of donors, shown where there is a list or should be one.
    """

    figure_asked = Signal(str)
    edit_asked = Signal()
    void_asked = Signal()
    donors_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.name, self.about, self.day = label("", "title"), OneLine(), label("", "note", tone="principle")
        self.edit, self.void = link("修改…", self.edit_asked.emit), link("作废…", self.void_asked.emit)
        self.list = link("捐赠名单…", self.donors_asked.emit, tip="录入、导入、打印这笔资金的捐赠名单")
        self.edit.setToolTip("修改这笔资金的名称、文号等")
        self.void.setToolTip("登记错的资金作废，记录留在台账里")
        self.figures: dict[str, Figure] = {}
        self._grid = QGridLayout()
        head = hbox(self.name, (self.about, 1), spacing=12)
        pieces: tuple[QWidget, ...] = (self.day, self.list, self.edit, self.void)
        for piece in pieces:
            head.addWidget(piece)
        self._grid.setHorizontalSpacing(_BETWEEN)
        self._grid.setVerticalSpacing(4)
        self._beside = 0
        for name, word in FIGURES:
            made = self.figures[name] = Figure("0.00", word, leads=True, role="title", tip=_TIP)
            made.clicked.connect(partial(self.figure_asked.emit, name))
        self.donors = Figure("0", "捐赠人", leads=True, role="title", tip="点开捐赠名单")
        self.donors.clicked.connect(self.donors_asked)
        vbox(head, self._grid, on=self, margins=(_SIDE, 8, _SIDE, 8), spacing=5)
        self._arrange(len(FIGURES) + 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Figures go into a second row before any of them is cut off."""
        super().resizeEvent(event)
        widest = max(figure.sizeHint().width() for figure in self._shown) + _BETWEEN
        room = event.size().width() - 2 * _SIDE + _BETWEEN
        self._arrange(max(1, min(len(FIGURES) + 1, room // widest)))

    @property
    def _shown(self) -> tuple[Figure, ...]:
        return *self.figures.values(), self.donors

    def _arrange(self, beside: int) -> None:
        if beside == self._beside:
            return
        self._grid.setColumnStretch(self._beside, 0)
        self._beside = beside
        for place, figure in enumerate(self._shown):
            self._grid.addWidget(figure, place // beside, place % beside)
        self._grid.setColumnStretch(beside, 1)

    def show_row(self, row: SourceRow, found: FundBalance | None, day: str, donors: int = 0) -> None:
        """Show a source (None for all together) as it stood at the end of a day; an empty day is today.

        Args:
            row: As the list shows it.
            found: The source.
            day: The day.
            donors: Length of its list of donors as it is now.
        """
        say(self.name, row.name)
        say(self.about, _about(found) if found else row.under)
        say(self.day, f"截至 {day}" if day else "")
        for name, figure in self.figures.items():
            value = getattr(row, name)
            figure.set_value(format_money(value), "must" if value < 0 else "")
        given = found is not None and found.kind in DONATED
        self.donors.set_value(f"{donors:,} 人")
        self.donors.setVisible(given or donors > 0)
        self.list.setVisible(given)
        for piece in (self.edit, self.void):
            piece.setVisible(found is not None and not found.voided)


def _about(found: FundBalance) -> str:
    ordered = f"{found.assigned_on:%Y-%m-%d} 下达" if found.assigned_on else ""
    came = f"{found.received_on:%Y-%m-%d} 到账" if found.received_on else ""
    bound = f"原定用途：{found.original_plan}" if found.original_plan else ""
    donors = f"捐赠人：{found.donors}" if found.donors else ""
    void = "已作废" if found.voided else ""
    parts = (void, found.carried_word, found.kind.label, found.document_no, ordered, came, bound, donors, found.note)
    return " · ".join(part for part in parts if part)
