"""A line in a dialog that names one row of a long list: words or pinyin initials find it, empty stands for none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

from fupin_desktop.override import override
from fupin_desktop.services.finding import find_text
from fupin_desktop.ui import fonts
from fupin_desktop.ui.widgets.suggest_field import SuggestField

_MOST = 300
"""Rows listed at once."""
T = TypeVar("T")


class FindChoice(SuggestField, Generic[T]):
    """Rows by name; those of one name tell their place in the list.

    Args:
        parent: A widget of the dialog, which must be its window already.
        none: What stands for no row, as the first entry of the list and as the hint in the empty line.
        rows: Each row's name and itself, in the order of the list.
    """

    def __init__(self, parent: QWidget, none: str, rows: Iterable[tuple[str, T]]) -> None:
        self._none, self._rows = none, _told_apart(list(rows))
        super().__init__(parent, self._fitting, closed=True)
        self.setClearButtonEnabled(True)
        self.setPlaceholderText(f"{none} (查找：名称、拼音首字母；按 F4 列出)")

    def _fitting(self, typed: str) -> Sequence[str]:
        words = typed.split()
        found = [name for name in self._rows if all(find_text(word, (name,)) for word in words)]
        return [*(() if words else (self._none,)), *found[:_MOST]]

    def put(self, name: str, value: T) -> None:
        """Show a row, or one that the list has no more."""
        gone = f"{name} (已不在名单里)" if name in self._rows else name
        shown = next((text for text, row in self._rows.items() if row == value), gone)
        fonts.ensure(shown)
        self._rows.setdefault(shown, value)
        self.setText(shown)

    @override
    def taken(self) -> str:
        """The name marked in the list or typed; the entry for no row leaves the line empty."""
        text = super().taken().strip()
        return "" if text == self._none else text

    @property
    def fault(self) -> str:
        """Why what stands there is no row; empty where it is one, or empty."""
        text = self.taken()
        return f"“{text}”不在名单里，请从列出的里面选，或清空({self._none})" if text and self.value is None else ""

    @property
    def value(self) -> T | None:
        """The row named, or the only one found by what is typed; None for none of them."""
        text = self.taken()
        found = [text] if text in self._rows else self._fitting(text) if text else ()
        return self._rows[found[0]] if len(found) == 1 else None


def _told_apart(rows: list[tuple[str, T]]) -> dict[str, T]:
    """The rows by name, with its place in the list where several have one name."""
    times = Counter(name for name, _row in rows)
    return {f"{name} (第{at}行)" if times[name] > 1 else name: row for at, (name, row) in enumerate(rows, 1)}
