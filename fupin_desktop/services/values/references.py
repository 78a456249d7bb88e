"""Reading the name of another record."""

from __future__ import annotations

from fupin_desktop.domain.reading.raw import BLANK, NOTHING, Issue, Raw, Read, plain
from fupin_desktop.domain.text import compact
from fupin_desktop.services.values.context import Context
from fupin_desktop.storage.fields import Field
from fupin_desktop.storage.search_keys import initials

_LISTED = 20


def read_reference(field: Field, raw: Raw, context: Context) -> Read:
    """Key of the record that a cell names: by its whole name, else by the beginning or pinyin initials of one name.

    Args:
        field: The field; its label is what the record is called.
        raw: The cell.
        context: ``names`` has the records that may be named.
    """
    text = compact(plain(raw))
    if text in NOTHING:
        return BLANK
    names = context.names or {}
    exact = [key for name, key in names.items() if compact(name) == text]
    if exact:
        return Read(exact[0])
    small = text.lower()
    near = [name for name in names if compact(name).startswith(text) or small in initials(name).split()]
    if len(near) == 1:
        return Read(names[near[0]])
    if near:
        return Read(None, Issue("ambiguous", f"{field.label}“{text}”不止一个", f"请写全：{_listed(near)}"))
    todo = f"可以填：{_listed(list(names))}" if names else f"还没有登记{field.label}，请先登记"
    return Read(None, Issue("not_registered", f"{field.label}“{text}”没有登记过", todo))


def _listed(names: list[str]) -> str:
    more = f"等 {len(names)} 个" if len(names) > _LISTED else ""
    return "、".join(names[:_LISTED]) + more
