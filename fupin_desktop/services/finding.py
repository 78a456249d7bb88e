"""Finding and ordering Chinese names in lists held in memory, by text or pinyin."""

from __future__ import annotations

from collections.abc import Iterable

from fupin_desktop.storage.search_keys import initials, sort_key


def name_key(text: str) -> str:
    """What a Chinese name sorts by: its pinyin."""
    return sort_key(text)


def find_text(wanted: str, texts: Iterable[str]) -> bool:
    """Whether one of the texts contains what is typed, or has these pinyin initials."""
    typed = wanted.strip().lower()
    given = [text for text in texts if text]
    if any(typed in text.lower() for text in given):
        return True
    return typed.isascii() and typed.isalpha() and any(typed in initials(text) for text in given)


def begins_with(typed: str, text: str) -> bool:
    """Whether a text begins with what is typed, or its pinyin initials do."""
    small = typed.lower()
    return text.lower().startswith(small) or any(word.startswith(small) for word in initials(text).split())
