"""Search over all pages of the manual, quick enough for every key pressed."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from fupin_desktop.documents.prose.blocks import Code, Figure, Heading, Paragraph, text_of
from fupin_desktop.services.manual.pages import HOME, ManualPage, manual

_BEFORE, _AFTER = 14, 46


class Section(NamedTuple):
    """What stands below one heading.

    Attributes:
        page: Name of the page.
        title: Title of the page.
        anchor: Where the heading is; empty for the top of the page.
        heading: Its words.
        text: Everything below it.
    """

    page: str
    title: str
    anchor: str
    heading: str
    text: str


class Hit(NamedTuple):
    """A section in which all words stand.

    Attributes:
        section: The section.
        excerpt: The text around the first word; empty where only the heading has it.
    """

    section: Section
    excerpt: str


def words_of(sought: str) -> tuple[str, ...]:
    """The words sought, in small letters."""
    return tuple(dict.fromkeys(sought.casefold().split()))


def find(sought: str, most: int = 60) -> list[Hit]:
    """Sections in which all words stand: those with the words in the heading first, then in the manual's order.

    Args:
        sought: Words with blanks between them.
        most: So many at most.
    """
    words = words_of(sought)
    if not words:
        return []
    found = []
    for place, (section, low, head) in enumerate(_index()):
        if all(word in low for word in words):
            rank = 0 if all(word in head for word in words) else 1
            found.append((rank, place, section))
    return [Hit(section, _excerpt(section.text, words)) for _, _, section in sorted(found)[:most]]


def _excerpt(text: str, words: tuple[str, ...]) -> str:
    low = text.casefold()
    places = [low.find(word) for word in words if word in low]
    if not places:
        return ""
    start = max(min(places) - _BEFORE, 0)
    end = min(min(places) + _AFTER, len(text))
    middle = text[start:end].replace("\n", " ").strip()
    return f"{'…' if start else ''}{middle}{'…' if end < len(text) else ''}"


@cache
def _index() -> tuple[tuple[Section, str, str], ...]:
    """Every section with all of it, and with its headings, in small letters."""
    sections = [section for page in manual().pages.values() if page.name != HOME for section in sections_of(page)]
    return tuple(
        (one, f"{one.title}\n{one.heading}\n{one.text}".casefold(), f"{one.title}\n{one.heading}".casefold())
        for one in sections
    )


def sections_of(page: ManualPage) -> list[Section]:
    """A page, heading by heading."""
    found: list[Section] = []
    anchor, heading, texts = "", page.title, list[str]()
    for block in page.blocks:
        if isinstance(block, Heading):
            if texts:
                found.append(Section(page.name, page.title, anchor, heading, "\n".join(texts)))
            anchor, heading, texts = block.anchor or anchor, text_of(block.spans), []
        elif isinstance(block, Paragraph):
            texts.append(text_of(block.spans))
        elif isinstance(block, Code):
            texts.append(block.text)
        elif isinstance(block, Figure):
            texts.append(block.caption)
        else:
            texts += ["　".join(text_of(cell) for cell in row) for row in block.rows]
    if texts:
        found.append(Section(page.name, page.title, anchor, heading, "\n".join(texts)))
    return found
