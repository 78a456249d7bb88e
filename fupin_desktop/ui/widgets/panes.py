"""Pieces between which the room is moved with the mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget


def panes(
    *pieces: QWidget, below: bool = False, shares: Sequence[int] = (), sizes: Sequence[int] = (),
    handle: int | None = None,
) -> QSplitter:
    """Pieces between which the room is moved with the mouse; none of them can be closed.

    Args:
        pieces: From left to right, or from above.
        below: Whether they stand below each other.
        shares: What each takes of further room.
        sizes: Pixels of each at first.
        handle: Pixels between them; None leaves those of the style.
    """  # fmt: skip
    made = QSplitter(Qt.Orientation.Vertical if below else Qt.Orientation.Horizontal)
    made.setChildrenCollapsible(False)
    if handle is not None:
        made.setHandleWidth(handle)
    for piece in pieces:
        made.addWidget(piece)
    for place, share in enumerate(shares):
        made.setStretchFactor(place, share)
    if sizes:
        made.setSizes(list(sizes))
    return made
