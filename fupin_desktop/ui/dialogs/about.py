"""Version, what it is, the licences of all that is inside."""

from __future__ import annotations

import re

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QComboBox, QDialog, QTextBrowser, QWidget

from fupin_desktop import __version__
from fupin_desktop.paths import resources
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label

ABOUT = "产业扶贫台账、奖补测算、公示的桌面软件。数据只存在本机，不连接互联网。"

_CALLED = {"THIRD_PARTY": "用到的软件和字体"}

_HEADS = re.compile(r"^#+ ", re.MULTILINE)
"""Heads of a list, which are not to be larger than the program's name above it."""


class AboutDialog(QDialog):
    """Name, version, licences to read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("关于")
        self.resize(680, 500)
        layout = vbox(
            label("产业扶贫工作台", "heading"), label(f"版本 {__version__} (Qt {qVersion()})", "muted"),
            label(ABOUT, wrap=True), on=self, margins=(20, 18, 20, 14), spacing=10,
        )  # fmt: skip
        self.names, self.text = QComboBox(), QTextBrowser()
        self.names.setAccessibleName("开放源代码许可")
        self.text.setAccessibleName("许可文字")
        self.text.setProperty("boxed", "true")
        self.text.setOpenLinks(False)
        self._files = sorted((resources() / "licenses").iterdir(), key=lambda file: (file.suffix != ".md", file.name))
        self.names.addItems([_CALLED.get(file.stem, file.stem) for file in self._files])
        self.names.currentIndexChanged.connect(self._show)
        row = hbox(label("开放源代码许可"), (self.names, 1))
        layout.addLayout(row)
        layout.addWidget(self.text, 1)
        closing = hbox(STRETCH, button("关闭", self.accept))
        layout.addLayout(closing)
        self._show(0)

    def _show(self, place: int) -> None:
        if not self._files:
            return
        file = self._files[place]
        words = file.read_text(encoding="utf-8", errors="replace")
        if file.suffix == ".md":
            self.text.setMarkdown(_HEADS.sub("#### ", words))
        else:
            self.text.setPlainText(words)
