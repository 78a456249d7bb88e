"""Numbers (编号) of documents of money: 村计〔2026〕3号, 镇计〔2026〕1号, 镇批〔2026〕2号."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.text import clean
from fupin_desktop.services.documents import registry
from fupin_desktop.services.fund_papers.papers import all_papers, money_of, root_of
from fupin_desktop.storage.entities import Application

_BRACKETS = str.maketrans("[【(（］】)）]", "〔〔〔〔〕〕〕〕〕")
_BLANKS = re.compile(r"\s+")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


def plain(number: str) -> str:
    """A number as it is compared: whatever its brackets, blanks and zeros before a figure."""
    return _ZEROS.sub("", _BLANKS.sub("", clean(number)).translate(_BRACKETS))


def next_number(session: Session, form_id: str, year: int) -> str:
    """The number after the highest one of the form and year."""
    head = f"{money_of(form_id).prefix}〔{year}〕"
    serial = re.compile(rf"{re.escape(head)}(\d+)号")
    of_year = (Application.form_id.in_([one.form_id for one in registry.of_money()]), Application.year == year)
    given = session.scalars(select(Application.number).where(*of_year))
    used = [int(found[1]) for number in given if (found := serial.fullmatch(plain(number)))]
    return f"{head}{max(used, default=0) + 1}号"


def same_number(session: Session, key: str, year: int, number: str) -> str:
    """Who else has a number in a year: its name as listed; empty where nobody has.

    Args:
        session: A session.
        key: The document that asks; its own versions have it too.
        year: 年度.
        number: The number.
    """
    if not plain(number):
        return ""
    root = root_of(session, key)
    others = (one for one in all_papers(session) if one.root != root and one.year == year)
    return next((f"“{one.place}”" for one in others if plain(one.number) == plain(number)), "")
