"""Texts that were typed and refused: they stay in their cells, with the sentence, until they are mended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from fupin_desktop.documents.definition.form import PATH


class Refusal(NamedTuple):
    """What was typed, and what is wrong with it."""

    text: str
    sentence: str


class Refusals:
    """The refused texts of one document, by path."""

    def __init__(self) -> None:
        self._sent: dict[str, str] = {}
        self._kept: dict[str, Refusal] = {}

    def send(self, path: str, text: str) -> None:
        """A text goes out to be written; what was refused there before is done with."""
        self._sent[path] = text
        self._kept.pop(path, None)

    def refuse(self, faults: Mapping[str, str]) -> None:
        """Texts that came back."""
        for path, sentence in faults.items():
            self._kept[path] = Refusal(self._sent.get(path, ""), sentence)

    def keep(self, path: str, text: str, sentence: str) -> None:
        """A text that was refused before it went out."""
        self._kept[path] = Refusal(text, sentence)

    def drop(self, path: str) -> bool:
        """Give a refused text up; whether there was one."""
        return self._kept.pop(path, None) is not None

    def renumber(self, field: str, goes_to: Callable[[int], int | None]) -> None:
        """The rows of a list have moved, and their refused texts with them.

        Args:
            field: The list.
            goes_to: New place of the row at a place; None where it is gone.
        """
        kept: dict[str, Refusal] = {}
        for path, refusal in self._kept.items():
            found = PATH.fullmatch(path)
            if found is None or found[1] != field or found[2] is None:
                kept[path] = refusal
            elif (place := goes_to(int(found[2]))) is not None:
                kept[f"{field}[{place}].{found[3]}"] = refusal
        self._kept = kept

    def get(self, path: str) -> Refusal | None:
        """What was refused at a path; None for nothing."""
        return self._kept.get(path)

    def all(self) -> dict[str, Refusal]:
        """Everything that was refused and is not mended."""
        return dict(self._kept)

    def clear(self) -> None:
        """Another document."""
        self._sent.clear()
        self._kept.clear()
