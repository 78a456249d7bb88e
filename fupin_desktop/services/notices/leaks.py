"""What must not go public, looked for in the bytes of finished files: full numbers of anybody in the data file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Table, select

from fupin_desktop.documents.drawing.file_texts import FoundText, texts_of
from fupin_desktop.domain.masking import find_leaks
from fupin_desktop.domain.text import clean
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import offices
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Base, Office, Town, Village
from fupin_desktop.storage.fields import Kind, of
from fupin_desktop.storage.unit import table_of

_PUBLIC = (Office, Town)
"""Entities of public bodies, whose phones and addresses are no secret."""
_NUMBERS = frozenset({Kind.ID_NUMBER, Kind.PHONE, Kind.ACCOUNT})
_LEAST = {Kind.ID_NUMBER: 15, Kind.PHONE: 7, Kind.ACCOUNT: 8}
_JOINED_FROM = 15
_RUN = re.compile(r"\d[\d -]{5,}[\dXx]", re.ASCII)
_TOGETHER = re.compile(r"[\d-]{7,}[Xx]?")
_NOT_DIGIT = re.compile(r"[^0-9Xx]")
_STREET = re.compile(r"\w{2,12}?(?:路|街|巷|弄|村|里|大道)\d+号(?!文)")
_ADDRESS_LEAST = 6
_TOLD = 3


@dataclass(frozen=True, slots=True)
class Known:
    """What the data file knows of persons.

    Attributes:
        numbers: Digits of every ID number, phone and account.
        addresses: Street addresses.
        long: Lengths of the numbers that are looked for across lines: short ones would be met by chance.
    """

    numbers: frozenset[str]
    addresses: tuple[str, ...]
    long: frozenset[int]


def _people(numbers: Iterable[str], addresses: Iterable[str] = ()) -> Known:
    found = frozenset(numbers)
    return Known(found, tuple(addresses), frozenset(n for n in map(len, found) if n >= _JOINED_FROM))


def known(bench: Workbench) -> Known:
    """Numbers and addresses of everybody in the data file, read again after a write."""
    return bench.cached("notices.leaks", lambda: _read(bench))


def _read(bench: Workbench) -> Known:
    numbers: set[str] = set()
    addresses: set[str] = set()
    with bench.read() as session:
        for entity, table in _entities():
            for name, field in of(entity).items():
                column = table.c[name]
                if field.kind in _NUMBERS and not (entity is Village and name == "phone"):
                    texts = session.scalars(select(column).where(column != "").distinct())
                    least = _LEAST[Kind(field.kind)]
                    numbers.update(digits for text in texts if len(digits := _digits(text)) >= least)
                elif "address" in name:
                    found = session.scalars(select(column).where(column != "").distinct())
                    addresses.update(text for one in found if len(text := clean(one)) >= _ADDRESS_LEAST)
    return _people(numbers, addresses)


def _entities() -> Iterator[tuple[type[Base], Table]]:
    for mapper in Base.registry.mappers:
        if mapper.class_ not in _PUBLIC:
            yield mapper.class_, table_of(mapper.class_)


def _digits(text: str) -> str:
    return _NOT_DIGIT.sub("", clean(text)).upper()


def leaks_in(bench: Workbench, data: bytes, allowed: Iterable[str] = ()) -> list[tuple[str, str]]:
    """What a finished file gives away: place in the file, and what kind of thing; never the number itself.

    Args:
        bench: The workbench.
        data: The file.
        allowed: Phones of public bodies that the paper prints.
    """
    return _given_away(data, known(bench), {_digits(phone) for phone in allowed} | _office_numbers(bench))


def _given_away(data: bytes, people: Known, public: set[str]) -> list[tuple[str, str]]:
    found: dict[tuple[str, str], None] = {}
    for text in texts_of(data):
        for what in _in_text(text, people, public):
            found.setdefault((text.place, what))
    return list(found)


def _office_numbers(bench: Workbench) -> set[str]:
    office = offices.office(bench)
    phones = (office.objection_village, office.objection_town, office.objection_county, office.objection_discipline)
    return {_digits(phone) for phone in phones if phone}


def _in_text(found: FoundText, people: Known, public: set[str]) -> Iterator[str]:
    text = clean(found.text.replace("\r", "\n").replace("\n", " \n "))
    if any(_digits(number) not in public for number in find_leaks(found.text)):
        yield "完整的证件号码、手机号或账号"
    lines = "\n".join(map(clean, found.text.splitlines()))
    together = {_digits(part) for part in (*_RUN.findall(lines), *_TOGETHER.findall(lines))}
    if (together & people.numbers) - public or _across_lines(found.text, people):
        yield "台账里某人的号码"
    if any(address in text for address in people.addresses) or _STREET.search(text):
        yield "门牌地址"


def _across_lines(text: str, people: Known) -> bool:
    """Whether an ID number or account stands there broken over lines; short numbers would be met by chance."""
    digits = re.sub(r"\s+", "", text)
    for run in re.findall(rf"\d{{{_JOINED_FROM},}}[Xx]?", digits, re.ASCII):
        upper = run.upper()
        for length in people.long:
            if any(upper[at : at + length] in people.numbers for at in range(len(upper) - length + 1)):
                return True
    return False


def refuse_leaks(bench: Workbench, data: bytes, allowed: Iterable[str] = ()) -> None:
    """Refuse to give a public file out that tells more than it may.

    Raises:
        NotAllowed: Says where in the file, and what kind of thing; the number itself is not repeated.
    """
    _refuse(leaks_in(bench, data, allowed))


def refuse_numbers(data: bytes, numbers: Iterable[str], allowed: Iterable[str] = ()) -> None:
    """The same for a file made without a data file.

    Args:
        data: The file.
        numbers: Numbers of the persons it is about.
        allowed: Phones of public bodies that it prints.

    Raises:
        NotAllowed: As :func:`refuse_leaks`.
    """
    people = _people(digits for one in numbers if (digits := _digits(one)))
    _refuse(_given_away(data, people, {digits for phone in allowed if (digits := _digits(phone))}))


def _refuse(found: list[tuple[str, str]]) -> None:
    if found:
        told = "；".join(f"{place}有{what}" for place, what in found[:_TOLD])
        more = f"等 {len(found)} 处" if len(found) > _TOLD else ""
        raise NotAllowed(
            f"要公开的文件里{told}{more}，没有给出文件。", todo="请改正方案、名单或说明里的文字，再出一次。"
        )
