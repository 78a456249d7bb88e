"""新年度 and 关闭年度: what goes over and what does not; what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from fupin_desktop.services.overview import DueItem, Target
from fupin_desktop.services.years import NewYear
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, link, rule
from fupin_desktop.ui.widgets.marks import good_line
from fupin_desktop.ui.widgets.scroll import ScrollColumn

_LIST_HEIGHT, _LINE = 240, 28
_BADGE = "还有 365 天"
_NEXT = "补助年次顺延一年，例如第 1 年改为第 2 年。"
_LASTING = ("农户和家庭成员不分年度，直接沿用", "户类别、人口、账户：新年度里改动的，以前年度不变")


class NewYearDialog(QDialog):
    """Tells what the next year begins with, and what belongs to the present one alone."""

    def __init__(self, told: NewYear, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("新年度")
        self.setMinimumWidth(560)
        column = _column(self)
        column.addWidget(label(f"{told.of} 年度 → {told.into} 年度", "title"))
        taken = [*_LASTING, *(told.taken or ("没有要带入的：新年度里都有了。",)), *((_NEXT,) if told.taken else ())]
        parts = (("带入新年度", taken), ("不带入，留在原年度", told.left))
        body = ScrollColumn()
        body.fill([make for caption, lines in parts for make in (
            partial(label, caption, "strong"), *(partial(label, f"· {line}", wrap=True) for line in lines),
        )])  # fmt: skip
        body.setMinimumHeight(_LIST_HEIGHT)
        column.addWidget(body, 1)
        note = f"原年度一个字也不改。可以一次撤销；以后在“切换年度”里回到 {told.of} 年度。"
        column.addWidget(label(note, "note", wrap=True))
        self.go = button(f"建立 {told.into} 年度", self.accept, "primary")
        column.addLayout(_foot(self, self.go))


class CloseYearDialog(QDialog):
    """Lists what is still open; each line leads to its place, and closes the dialog.

    Signals:
        wanted: A ``Target`` to show.
    """

    wanted = Signal(object)

    def __init__(self, year: int, items: Sequence[DueItem], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("关闭年度")
        self.setMinimumWidth(600)
        column = _column(self)
        column.addWidget(label(f"关闭 {year} 年度", "title"))
        told = f"还有 {len(items)} 项没有办完，会随关闭记录留存：" if items else "没有未办完的事。"
        column.addWidget(label(told) if items else good_line(told))
        if items:
            self.list = ScrollColumn(spacing=0)
            self.list.setMinimumHeight(min(_LIST_HEIGHT, 2 * _LINE * len(items)))
            self.list.fill([make for item in items for make in (partial(self._row, item), rule)])
            column.addWidget(self.list, 1)
        note = (
            "关闭以后，这一年度的台账、奖补、文件、资金只能查看、打印和导出。"
            "确需更正的，用“文件 → 重新打开年度…”写明原因。"
        )
        column.addWidget(label(note, "note", wrap=True))
        self.go = button("关闭年度", self.accept, "danger" if items else "primary")
        column.addLayout(_foot(self, self.go))

    def _row(self, item: DueItem) -> QWidget:
        row, top = QWidget(), Qt.AlignmentFlag.AlignTop
        badge = label(item.badge, "strong")
        badge.setFixedWidth(badge.fontMetrics().horizontalAdvance(_BADGE) + 4)
        go = link(item.action, partial(self._lead, item.target))
        go.setAccessibleName(f"{item.action}：{item.text}")
        hbox((badge, 0, top), (label(item.text, wrap=True), 1), (go, 0, top), on=row, margins=(0, 6, 2, 6))
        return row

    def _lead(self, target: Target) -> None:
        self.reject()
        self.wanted.emit(target)


def _column(dialog: QDialog) -> QVBoxLayout:
    return vbox(on=dialog, margins=(20, 18, 20, 14), spacing=8)


def _foot(dialog: QDialog, go: QWidget) -> QHBoxLayout:
    return hbox(STRETCH, button("取消", dialog.reject), go)
