"""Layouts told as a list: what stands beside or below each other, with its margins and gaps."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import Qt  # no start makes it, see ``traits``


class _Stretch(Enum):
    """The type of ``STRETCH``."""

    ALL = "all"


STRETCH: Final = _Stretch.ALL
"""The room that is left."""

Piece = QWidget | QLayout
Part: TypeAlias = "Piece | tuple[Piece, int] | tuple[Piece, int, Qt.AlignmentFlag] | int | Literal[_Stretch.ALL] | None"
"""A widget or layout, one with its share of the room and its alignment, a gap in pixels, ``STRETCH``, or nothing."""

Margins = int | tuple[int, int, int, int]
_Box = TypeVar("_Box", bound=QBoxLayout)


def hbox(
    *parts: Part, on: QWidget | None = None, margins: Margins | None = None, spacing: int | None = None
) -> QHBoxLayout:
    """Parts beside each other.

    Args:
        parts: From left to right.
        on: The widget that is laid out; None for a layout that goes into another one.
        margins: Pixels left, top, right and below, or all around; None leaves those of the style.
        spacing: Pixels between parts; None leaves that of the style.
    """
    return _filled(QHBoxLayout() if on is None else QHBoxLayout(on), parts, margins, spacing)


def vbox(
    *parts: Part, on: QWidget | None = None, margins: Margins | None = None, spacing: int | None = None
) -> QVBoxLayout:
    """Parts below each other; the arguments are those of :func:`hbox`."""
    return _filled(QVBoxLayout() if on is None else QVBoxLayout(on), parts, margins, spacing)


def _filled(box: _Box, parts: tuple[Part, ...], margins: Margins | None, spacing: int | None) -> _Box:
    if margins is not None:
        box.setContentsMargins(*((margins,) * 4 if isinstance(margins, int) else margins))
    if spacing is not None:
        box.setSpacing(spacing)
    add(box, parts)
    return box


def add(box: QBoxLayout, parts: Iterable[Part]) -> None:
    """Put parts after those that a layout has."""
    for part in parts:
        if part is STRETCH:
            box.addStretch(1)
        elif isinstance(part, int):
            box.addSpacing(part)
        elif isinstance(part, tuple):
            _add(box, *part)
        elif part is not None:
            _add(box, part)


def _add(box: QBoxLayout, piece: Piece, share: int = 0, alignment: Qt.AlignmentFlag | None = None) -> None:
    if isinstance(piece, QLayout):
        box.addLayout(piece, share)
    elif alignment is None:
        box.addWidget(piece, share)
    else:
        box.addWidget(piece, share, alignment)
