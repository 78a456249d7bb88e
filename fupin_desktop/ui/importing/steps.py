"""The pages' common base, and the line of steps above them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fupin_desktop.override import override
from fupin_desktop.ui import theme
from fupin_desktop.ui.importing.state import State
from fupin_desktop.ui.widgets.marks import paint_mark

STEPS = ("选择文件", "工作表和表头", "各列的含义", "预览", "完成")
_DOT = 20


class Page(QWidget):
    """One page of the wizard.

    Attributes:
        state: What is known so far.

    Signals:
        ready_changed: Whether one may go on may have changed.
        finished: The page is done with; the next one is due.
    """

    ready_changed = Signal()
    finished = Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self.state = state

    def enter(self) -> None:
        """Show what is known now."""

    def first(self) -> QWidget | None:
        """What takes the keyboard when the page is shown; None leaves it to the button that goes on."""
        return None

    def ready(self) -> bool:
        """Whether one may go on."""
        return True

    def next_text(self) -> str:
        """The word on the button that goes on."""
        return "下一步"

    def go_on(self) -> None:
        """Do what the page's button says; the page is finished when that is done."""
        self.finished.emit()


class StepLine(QWidget):
    """Numbered dots with words: done, now, to come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_step(self, step: int) -> None:
        """Mark a step as the present one."""
        self._now = step
        self.setAccessibleName(f"第 {step + 1} 步，共 {len(STEPS)} 步：{STEPS[step]}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Room for the dots."""
        return QSize(600, _DOT + 14)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the steps in equal distances."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self.width() / len(STEPS)
        for step, text in enumerate(STEPS):
            self._paint_step(painter, step, text, step * room, room)
        painter.end()

    def _paint_step(self, painter: QPainter, step: int, text: str, left: float, room: float) -> None:
        done, now = step < self._now, step == self._now
        dot = QRectF(left, (self.height() - _DOT) / 2, _DOT, _DOT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent" if now else "accent_soft" if done else "groove"))
        painter.drawEllipse(dot)
        if done:
            paint_mark(painter, "tick", dot.adjusted(5, 5, -5, -5), theme.colour("accent"))
        else:
            painter.setPen(theme.colour("on_accent" if now else "muted"))
            painter.setFont(theme.font("note", bold=now))
            painter.drawText(dot, Qt.AlignmentFlag.AlignCenter, f"{step + 1}")
        font = theme.font(bold=now)
        painter.setFont(font)
        painter.setPen(theme.colour("text" if now else "muted"))
        words = QRectF(dot.right() + 7, 0, room - _DOT - 12, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        end = words.left() + QFontMetrics(font).horizontalAdvance(text) + 8
        if step + 1 < len(STEPS) and end < left + room - 8:
            painter.setPen(theme.colour("border"))
            painter.drawLine(int(end), self.height() // 2, int(left + room - 8), self.height() // 2)
