"""What the dialogs of many documents share: which of them, and whether they leave the office."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QDialog, QRadioButton, QWidget

from fupin_desktop.ui.widgets.boxes import STRETCH, Part, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label

AIR = 4
"""Pixels more between what belongs together and what follows."""


class ManyDocumentsDialog(QDialog):
    """Asks how many documents are meant; a subclass asks the rest.

    Attributes:
        only_chosen, listed: The chosen documents, or all that are listed.
        copy: 对外副本.
        go: Goes on.
    """

    def __init__(self, title: str, go: str, word: str, chosen: int, listed: int, parent: QWidget | None) -> None:
        """Make what all such dialogs ask.

        Args:
            title: Of the window.
            go: What the button says that goes on.
            word: What such a document is called.
            chosen: Number of chosen documents.
            listed: Number of listed documents.
            parent: The window.
        """
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        self.only_chosen = QRadioButton(f"选中的 {chosen:,} 份{word} (Ctrl、Shift 可以多选)")
        self.listed = QRadioButton(f"列出的全部 {listed:,} 份")
        self.only_chosen.setEnabled(chosen > 0)
        (self.only_chosen if chosen > 1 else self.listed).setChecked(True)
        self.copy = QCheckBox("对外副本：隐去证件号、电话、账号")
        self.go = button(go, self.accept, "primary")
        self._groups = [self._grouped(self.only_chosen, self.listed)]

    @property
    def all_listed(self) -> bool:
        """Whether all listed documents are meant."""
        return self.listed.isChecked()

    def _grouped(self, *choices: QRadioButton) -> QButtonGroup:
        """Choices of which one holds."""
        group = QButtonGroup(self)
        for choice in choices:
            group.addButton(choice)
        return group

    def _lay_out(self, *parts: Part, note: str) -> None:
        """Put which documents above, then the parts, a note and the buttons."""
        told, row = label(note, "note", wrap=True), hbox(STRETCH, button("取消", self.reject), self.go)
        column = self.only_chosen, self.listed, AIR, *parts, told, row
        vbox(*column, on=self, margins=(20, 18, 20, 14), spacing=9)
