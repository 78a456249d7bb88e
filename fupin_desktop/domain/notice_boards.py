"""Where a notice hangs, as an office writes it in one line: which boards that names, and of what kind each is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from fupin_desktop.domain.vocabulary import BoardKind

_MARKS = re.compile(r"[、;；,，\n]+")
_JOINED = re.compile(r"以及|及|和|与|暨|并")
_BOARD = re.compile(r"栏|牌|网|公众号|村委|居委|政府|街道办|办事处|广场|基地|实施地|大厅|门口|文化室|祠堂")
"""What makes words the name of a place: 仁和村 and 和平村公示栏 are one each."""
_BOTH = re.compile(r"(?:^(?:村镇|镇村)|(?:村镇|镇村)两级)((?:公示|公告|信息公开|公开|宣传)[栏牌])$")
"""老镇村公示栏 is that of one village."""
_ONLINE, _SITE, _TOWN = ("网", "公众号"), ("基地", "实施地", "项目"), ("镇", "街道")


def boards_of(text: str) -> tuple[str, ...]:
    """The boards that a text names: parted by marks, or by 及, 和 and the like between two that are each a place."""
    parts = (part.strip() for part in _MARKS.split(text))
    return tuple(board for part in parts if part for board in _parted(part))


def _parted(part: str) -> Iterator[str]:
    """One board, or those that a joining word parts; 镇村公示栏 is that of the town and that of the village."""
    both = _BOTH.search(part)
    if both is not None:
        yield from (f"镇{both[1]}", f"村{both[1]}")
        return
    for joint in _JOINED.finditer(part):
        first, rest = part[: joint.start()].strip(), part[joint.end() :].strip()
        if _BOARD.search(first) and _BOARD.search(rest):
            yield first
            yield from _parted(rest)
            return
    yield part


def board_kind(place: str, villages: Collection[str]) -> BoardKind:
    """Of what kind a board is.

    Args:
        place: Where it is.
        villages: Names of the villages as they are registered; some are called 社区.
    """
    if any(name in place for name in villages) or "村" in place:
        return BoardKind.VILLAGE
    if any(word in place for word in _ONLINE):
        return BoardKind.ONLINE
    if any(word in place for word in _SITE):
        return BoardKind.SITE
    return BoardKind.TOWN if any(word in place for word in _TOWN) else BoardKind.OTHER
