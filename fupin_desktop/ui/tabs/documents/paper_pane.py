"""The middle pane: the paper with its buttons above."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QStackedWidget, QWidget

from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.override import override
from fupin_desktop.services.documents import Newer, OpenDocument
from fupin_desktop.ui.paper.state import PaperState
from fupin_desktop.ui.paper.view import PaperView
from fupin_desktop.ui.tabs.documents import words
from fupin_desktop.ui.widgets.boxes import hbox, vbox
from fupin_desktop.ui.widgets.empty import EmptyState
from fupin_desktop.ui.widgets.labels import label, link, restyle, say
from fupin_desktop.ui.widgets.tips import as_tip
from fupin_desktop.ui.widgets.toolbar import ToolRow

_STEPS = ("undo", "redo")
_ROOMY = 33  # lines of text beside each other
_GAP = 8  # pixels between buttons
_FEW = 3
_PAPER = ("preview", "print", "pdf", "xlsx", "copy")
ZOOMS = (50, 75, 100, 125, 150, 200, 300)


class PaperPane(QWidget):
    """Buttons, a line about the document, the paper.

    Signals:
        asked: What a button stands for: ``undo``, ``redo``, ``preview``, ``print``, ``pdf``, ``xlsx``,
            ``print_copy``, ``pdf_copy``, ``xlsx_copy``, ``take_over`` or ``leave_alone``.
    """

    asked = Signal(str)

    def __init__(self, word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = PaperView()
        self.view.setAccessibleName(f"{word}版面")
        self.tools, self.buttons = ToolRow(margins=(0, 0, 0, 8)), dict[str, QPushButton]()
        self._fill_tools()
        self.notice, self.notice_text = QFrame(), label("", wrap=True)
        self.notice.setProperty("role", "strip")
        hbox(self.notice_text, on=self.notice, margins=(12, 6, 12, 6))
        self.newer = self._newer_strip()
        self.stack, self.empty = QStackedWidget(), EmptyState("", f"从左边选一份{word}，或新建一份。")
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.empty)
        vbox(self.tools, self.notice, self.newer, (self.stack, 1), on=self, margins=0, spacing=0)
        self.view.zoom_changed.connect(self._zoomed)
        self.show_nothing()

    def _newer_strip(self) -> QFrame:
        """What is said where registers have changed, and what can be done."""
        made, self.newer_text = QFrame(), label("", wrap=True)
        made.setProperty("role", "strip")
        made.setProperty("tone", "principle")
        row = hbox((self.newer_text, 1), on=made, margins=(12, 6, 12, 6))
        for key, text in (("take_over", "重新带入…"), ("leave_alone", "不带入")):
            self.buttons[key] = link(text, partial(self.asked.emit, key))
            row.addWidget(self.buttons[key])
        made.hide()
        return made

    def tell_newer(self, newer: Sequence[Newer]) -> None:
        """Say which fields the registers would fill in otherwise now."""
        named = "、".join(f"“{one.label}”" for one in newer[:_FEW])
        more = f"等 {len(newer)} 栏" if len(newer) > _FEW else ""
        say(self.newer_text, f"名册、登记资料有变：{named}{more}和表上填的不同。")
        self.newer.setVisible(bool(newer))

    def _fill_tools(self) -> None:
        for key, text, tip in (("undo", "撤销", "撤销 (Ctrl+Z)"), ("redo", "重做", "重做 (Ctrl+Y)")):
            self.buttons[key] = self.tools.add(text, partial(self.asked.emit, key), tip=tip)
        self.zoom = self.tools.add_menu("100%", (), right=False)
        self.zoom.setToolTip("缩放 (Ctrl+滚轮)")
        menu = QMenu(self.zoom)
        menu.addAction("适合宽度").triggered.connect(lambda _on=False: self.view.set_zoom(None))
        for step in ZOOMS:
            menu.addAction(f"{step}%").triggered.connect(lambda _on=False, step=step: self.view.set_zoom(step / 100))
        self.zoom.setMenu(menu)
        for key, text, tip in (("preview", "预览", "按打印的样子看"), ("print", "打印", "打印 (Ctrl+P)"),
                               ("pdf", "PDF", "写成 PDF 文件"),
                               ("xlsx", "xlsx", "写成 Excel / WPS 表格")):
            self.buttons[key] = self.tools.add(text, partial(self.asked.emit, key), right=True, tip=tip)
        self.buttons["copy"] = self.tools.add_menu("对外", (
            ("打印对外副本 (隐去证件号、电话、账号)…", lambda: self.asked.emit("print_copy")),
            ("对外 PDF (隐去证件号、电话、账号)…", lambda: self.asked.emit("pdf_copy")),
            ("对外 xlsx (隐去证件号、电话、账号)…", lambda: self.asked.emit("xlsx_copy")),
        ))
        self.buttons["copy"].setToolTip("送出办公室的副本：证件号、电话、账号隐去中间")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Buttons come before the note where there is little room, and the paper's before those the menu has too."""
        super().resizeEvent(event)
        width = event.size().width()
        self.tools.note.setVisible(width >= self.tools.fontMetrics().height() * _ROOMY)
        every = (self.zoom, *(self.buttons[key] for key in (*_STEPS, *_PAPER)))
        needed = sum(one.sizeHint().width() + _GAP for one in every) + 2 * _GAP
        for key in _STEPS:
            self.buttons[key].setVisible(width >= needed)

    def _zoomed(self, zoom: float) -> None:
        self.zoom.setText(f"{round(zoom * 100)}%")

    # ---- showing ----
    def show_nothing(self) -> None:
        """There is no document."""
        self.view.clear()
        self.stack.setCurrentWidget(self.empty)
        self.notice.hide()
        say(self.tools.note, "")
        for key in _PAPER:
            self.buttons[key].setEnabled(False)
        self.zoom.setEnabled(False)

    def show_document(self, document: OpenDocument, filled: FilledForm, changed: frozenset[str]) -> None:
        """Show a document's paper, again after each change."""
        state = PaperState(
            data=document.data, editable=document.editable, locked=document.locked, changed=changed,
            faults=document.faults if document.editable else {},
        )
        self.stack.setCurrentWidget(self.view)
        self.view.show_form(document.form, filled, state, key=document.key)
        self._zoomed(self.view.zoom)
        self.zoom.setEnabled(True)
        for key in _PAPER:
            self.buttons[key].setEnabled(True)
        say(self.tools.note, words.hint(document))
        before = "上一版" if document.line.version > 1 else "上一次报送的表"
        marked = bool(changed) and document.editable
        self._tell(document.form_note, f"着色的栏目与{before}不同。" if marked else "")

    def _tell(self, note: str, marks: str) -> None:
        """The line above the paper: what is wrong with its form, else what the marks mean."""
        text = note or marks
        say(self.notice_text, text)
        self.notice.setVisible(bool(text))
        tone = "principle" if note else ""
        if self.notice.property("tone") != tone:
            self.notice.setProperty("tone", tone)
            restyle(self.notice)

    def enable_undo(self, undo: str | None, redo: str | None) -> None:
        """Name what the buttons would take back or do again."""
        for key, word, title in (("undo", "撤销", undo), ("redo", "重做", redo)):
            self.buttons[key].setEnabled(bool(title))
            self.buttons[key].setToolTip(as_tip(f"{word}：{title}" if title else word))
