"""What the kinds of notice write alike: the office's names, phones and board, and names that tell people apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from fupin_desktop.domain import masking
from fupin_desktop.services import offices
from fupin_desktop.services.notices.kinds import Asked
from fupin_desktop.services.notices.model import PublicNotice

_NOT_WRITTEN = ("key", "tail")


class Named(NamedTuple):
    """A person in a public list.

    Attributes:
        key: Key of the record.
        name: Name.
        number: Identity number; empty where none is known.
    """

    key: str
    name: str
    number: str


def notice_of(
    asked: Asked, kind: str, title: str, place: str, publisher: str, facts: Mapping[str, Any], *, year: int
) -> PublicNotice:
    """A notice with the names, phones and board of the office.

    Args:
        asked: What is asked for.
        kind: Its kind.
        title: Its title.
        place: Village or town.
        publisher: Unit that signs, unless the settings name another.
        facts: Values of the fields of its form.
        year: 年度.
    """
    bench, settings, span = asked.bench, asked.settings, asked.period
    basis, office = offices.governing_paper(bench), offices.office(bench)
    contacts = offices.contacts(bench, place, publisher)
    return PublicNotice(
        kind=kind,
        title=title,
        place=place,
        year=year,
        publisher=settings.publisher or publisher or office.name,
        posted_on=settings.posted_on,
        first=span.first,
        last=span.last,
        days=span.days,
        working_days=span.working,
        contacts=contacts if place != office.town else tuple(one for one in contacts if one.unit != place),
        board=settings.board or f"{place}公示栏",
        basis=(basis,) if basis else (),
        facts={"note": settings.note, **facts},
        number=settings.number,
    )


def shown_names(people: Iterable[Named], *, mask: bool) -> dict[str, tuple[str, str]]:
    """Name and shortest ID tail of each person of a public list, by key.

    Args:
        people: The persons.
        mask: Whether names are published as 张*三.

    Raises:
        SamePerson: Two of one name cannot be told apart.
    """
    known = list(people)
    tails = masking.shortest_tails(known)
    return {one.key: (masking.mask_name(one.name) if mask else one.name, tails[one.key]) for one in known}


def with_tail(name: str, tail: str) -> str:
    """A name as printed, with its ID tail where it needs one."""
    return f"{name}（{tail}）" if tail else name


def words_of(value: Any) -> Iterator[str]:
    """Every text in some values, lists and mappings looked into; keys of records are left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            if name not in _NOT_WRITTEN:
                yield from words_of(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from words_of(part)
