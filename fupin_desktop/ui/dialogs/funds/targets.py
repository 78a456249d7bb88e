"""The list of what money can go to: town, villages, plans, schemes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from fupin_desktop.domain.vocabulary import TargetKind
from fupin_desktop.override import override
from fupin_desktop.services.finding import find_text
from fupin_desktop.services.funds import FundTarget
from fupin_desktop.ui import fonts
from fupin_desktop.ui.widgets.boxes import vbox
from fupin_desktop.ui.widgets.search_field import search_field
from fupin_desktop.ui.widgets.segments import Segments

_ROWS = 5


class TargetList(QWidget):
    """Switch between kinds, search by words or pinyin initials, choose.

    Signals:
        chosen: Another target, or none.
    """

    chosen = Signal()

    def __init__(self, targets: Sequence[FundTarget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._targets = tuple(targets)
        there = {target.kind for target in targets}
        kinds = [kind for kind in TargetKind if kind in there]
        self.kinds = Segments([("", "全部"), *((kind.value, kind.label) for kind in kinds)])
        self.kinds.show_key(TargetKind.VILLAGE.value if TargetKind.VILLAGE in there else "")
        self.finder, self.list = search_field("查找对象"), QListWidget()
        self.list.setProperty("boxed", "true")
        self.list.setAccessibleName("安排给")
        self.list.setFixedHeight(_ROWS * (self.list.fontMetrics().height() + 12) + 4)
        vbox(self.kinds, self.finder, self.list, on=self, margins=0, spacing=6)
        self.kinds.chosen.connect(lambda _key: self._fill())
        self.finder.textChanged.connect(fonts.ensure)
        self.finder.textChanged.connect(lambda _text: self._fill())
        self.list.currentRowChanged.connect(lambda _row: self.chosen.emit())
        self._fill()

    @property
    def target(self) -> FundTarget | None:
        """The one chosen."""
        item = self.list.currentItem()
        return self._targets[int(item.data(Qt.ItemDataRole.UserRole))] if item is not None else None

    def choose(self, target: FundTarget) -> None:
        """Choose one, whatever the list is narrowed to."""
        self.kinds.show_key("")
        self.finder.clear()
        self._fill()
        for row in range(self.list.count()):
            if self._targets[int(self.list.item(row).data(Qt.ItemDataRole.UserRole))].mark == target.mark:
                self.list.setCurrentRow(row)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Rows made before the style sheet was there have to be measured again."""
        super().showEvent(event)
        self.list.doItemsLayout()

    def _fill(self) -> None:
        kept, asked = self.target, self.finder.text().split()
        self.list.clear()
        for place, target in enumerate(self._targets):
            if self.kinds.key not in ("", target.kind.value):
                continue
            if not all(find_text(word, (target.name,)) for word in asked):
                continue
            fonts.ensure(target.name)
            text = target.name if self.kinds.key else f"{target.kind.label}　{target.name}"
            item = QListWidgetItem(text, self.list)
            item.setData(Qt.ItemDataRole.UserRole, place)
            if target == kept:
                self.list.setCurrentItem(item)
        self.chosen.emit()
