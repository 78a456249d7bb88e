"""Breaking Chinese text into lines: closing marks never begin a line, opening ones never end it.

Follows the habits of GB/T 15834 (punctuation) as every Chinese text program does; words and numbers of Latin letters
stay whole, pairs like —— and …… are never parted.
"""

from __future__ import annotations

from fupin_desktop.documents.faces.fonts import Chain

_NO_START = frozenset("，。、；：？！）》〉」』】〕〗”’％℃°·…—,.;:?!)]}%/~")
_NO_END = frozenset("（《〈「『【〔〖“‘¥￥([{")
_INSIDE_WORD = frozenset(".,:/%-+_@#&=")
_EPSILON = 1e-6
_TWO = 2
_PHRASE_ENDS = ("年度", "”", "》")
_WITHIN_PHRASE = 6.0
"""So much, em, may the lines of a title differ more where it can be parted between phrases."""


def _of_word(character: str) -> bool:
    """Whether the character belongs to a Latin word or a number."""
    return character.isascii() and (character.isalnum() or character in _INSIDE_WORD)


def may_break(before: str, after: str) -> bool:
    """Whether a line may end between these two characters."""
    if before == " ":
        return after != " "
    if after in _NO_START or before in _NO_END:
        return False
    return not (_of_word(before) and _of_word(after))


def wrap(text: str, chain: Chain, width: float, first: float | None = None) -> list[str]:
    """The text as lines no wider than ``width``.

    Args:
        text: May hold line feeds, which always end a line.
        chain: Faces to measure with.
        width: Room of a line, em.
        first: Room of the first line of each paragraph, em; None for the same.

    Returns:
        At least one line; blanks at the ends of broken lines are dropped.

    Raises:
        NoGlyphError: A character has no glyph.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        room = width if first is None else first
        if chain.width(paragraph) <= room + _EPSILON:
            lines.append(paragraph)
        else:
            lines.extend(_broken(paragraph, chain, width, room))
    return lines


def balance(text: str, chain: Chain, width: float, *, phrases: bool = False) -> list[str]:
    """The text as the same number of lines that ``wrap`` makes, but of nearly equal width: for centred titles.

    Args:
        text: Without line feeds.
        chain: Faces to measure with.
        width: Room of a line, em.
        phrases: Whether a text of two lines is rather parted where a phrase ends.

    Raises:
        NoGlyphError: A character has no glyph.
    """
    lines = wrap(text, chain, width)
    if phrases and len(lines) == _TWO:
        return _in_two(text, chain, width)
    room = chain.width(text) / len(lines)
    while len(lines) > 1 and room < width:
        tried = wrap(text, chain, room)
        if len(tried) == len(lines):
            return tried
        room += 0.5
    return lines


def _in_two(text: str, chain: Chain, width: float) -> list[str]:
    """A title in two lines of nearly equal width, parted where a phrase ends if both lines stay long enough."""
    places = [at for at in range(1, len(text)) if may_break(text[at - 1], text[at])]
    parted = [(text[:at].rstrip(" "), text[at:].lstrip(" ")) for at in reversed(places)]
    fitting = [two for two in parted if max(map(chain.width, two)) <= width + _EPSILON]
    above, below = min(fitting or parted, key=lambda two: _unevenness(two[0], two[1], chain))
    return [above, below]


def _unevenness(above: str, below: str, chain: Chain) -> float:
    """How badly a title is parted, em: the difference of its lines, more where no phrase ends."""
    return abs(chain.width(above) - chain.width(below)) + (0.0 if above.endswith(_PHRASE_ENDS) else _WITHIN_PHRASE)


def _broken(text: str, chain: Chain, width: float, room: float) -> list[str]:
    """The lines of one paragraph that does not fit a single line."""
    lines = []
    start = 0
    while start < len(text):
        end = _line_end(text, start, chain, room)
        lines.append(text[start:end].rstrip(" ") if end < len(text) else text[start:end])
        while end < len(text) and text[end] == " ":
            end += 1
        start = end
        room = width
    return lines


def _line_end(text: str, start: int, chain: Chain, room: float) -> int:
    """Where the line that begins at ``start`` ends: the last place that may break, else as far as it fits."""
    advances = chain.advances
    used = 0.0
    for at in range(start, len(text)):
        character = text[at]
        used += advances[character]
        if used > room + _EPSILON and character != " ":
            # Few lines end far from a place that may break: looking backwards asks for fewer of them.
            for end in range(at, start, -1):
                if may_break(text[end - 1], text[end]):
                    return end
            return max(at, start + 1)
    return len(text)
