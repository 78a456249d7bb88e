"""Shows a page of the manual: pictures as wide as there is room, sought words marked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import (
    QColor,
    QImage,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from fupin_desktop.override import override

_MARGIN = 24
_SPARE = 16
_WAIT_MS = 150
_FOUND, _FOUND_TEXT = "#ffe08a", "#1f2933"


class ManualReader(QTextBrowser):
    """One page; links lead on.

    Args:
        folder: Where the pages and their pictures are.
    """

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("手册正文")
        self._folder = folder
        self._words: tuple[str, ...] = ()
        self._room = 0
        self.setSearchPaths([str(folder)])
        self.setOpenExternalLinks(False)
        self.document().setDocumentMargin(_MARGIN)
        # Coming and going with the height of the pictures, it would change their width again.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._refit = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._refit.timeout.connect(self._fit_pictures)
        self.sourceChanged.connect(lambda _url: self.mark(self._words))

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A picture, as wide as there is room; everything else as it is."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return super().loadResource(kind, name)
        image = QImage(str(self._folder / QUrl(name).path()))
        self._room = self._room_now()
        if image.width() > self._room:
            image = image.scaledToWidth(self._room, Qt.TransformationMode.SmoothTransformation)
        return image

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures follow the width, a moment later."""
        super().resizeEvent(event)
        self._refit.start()

    def mark(self, words: Sequence[str]) -> int:
        """Mark every place of the words on the page; returns how many there are."""
        self._words = tuple(words)
        marked = []
        for word in self._words:
            place = self.document().find(word)
            while not place.isNull():
                marked.append(_marked(place))
                place = self.document().find(word, place)
        self.setExtraSelections(marked)
        return len(marked)

    def go_to_word(self, words: Sequence[str], after: int = 0) -> bool:
        """Bring the first place of one of the words behind a position into sight; whether there is one."""
        places = [self.document().find(word, after) for word in words]
        found = sorted((one for one in places if not one.isNull()), key=lambda one: one.selectionStart())
        if not found:
            return False
        found[0].setPosition(found[0].selectionStart())
        self.setTextCursor(found[0])
        self.ensureCursorVisible()
        return True

    def anchor_position(self, name: str) -> int:
        """Where an anchor stands in the text; 0 where there is none."""
        if not name:
            return 0
        block = self.document().begin()
        while block.isValid():
            pieces = block.begin()
            while not pieces.atEnd():
                if name in pieces.fragment().charFormat().anchorNames():
                    return int(pieces.fragment().position())
                pieces += 1
            block = block.next()
        return 0

    def _room_now(self) -> int:
        return max(self.viewport().width() - 2 * _MARGIN - _SPARE, 200)

    def _fit_pictures(self) -> None:
        """Read the page again where its pictures have another width to fill; the place stays."""
        if self._room and abs(self._room_now() - self._room) > 4 and self.source().isValid():
            bar = self.verticalScrollBar()
            share = bar.value() / max(bar.maximum(), 1)
            self.reload()
            bar.setValue(round(share * bar.maximum()))


def _marked(place: QTextCursor) -> QTextEdit.ExtraSelection:
    look = QTextCharFormat()
    look.setBackground(QColor(_FOUND))
    look.setForeground(QColor(_FOUND_TEXT))
    made = QTextEdit.ExtraSelection()
    made.cursor, made.format = place, look  # type: ignore[attr-defined]  # its stub leaves them out
    return made
