"""Things that are published several at once: each list takes what no list standing names yet, numbered in its year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import NoticeState
from fupin_desktop.storage.entities import Notice


def batch_key(year: int, number: int) -> str:
    """Key of a list: 2026:2 is the second one of 2026."""
    return f"{year}:{number}"


def year_of(key: str) -> int:
    """The year of a list's key."""
    return int(key.partition(":")[0])


def listed(session: Session, kind: str, year: int) -> dict[str, frozenset[str]]:
    """Keys of the records in each list of a kind that stands, by the list's key."""
    query = select(Notice.object_key, Notice.body).where(Notice.kind == kind, Notice.year == year)
    rows = session.execute(query.where(Notice.state == NoticeState.POSTED.value).order_by(Notice.key))
    return {key: frozenset(row["key"] for row in body["facts"]["rows"]) for key, body in rows if key}


def naming(session: Session, kind: str, record: str) -> list[str]:
    """Keys of the lists of a kind that were ever posted and name a record, withdrawn ones too."""
    query = select(Notice.object_key, Notice.body).where(Notice.kind == kind, Notice.posted_on.is_not(None))
    rows = session.execute(query.order_by(Notice.posted_on, Notice.key))
    named = (key for key, body in rows if key and any(row["key"] == record for row in body["facts"]["rows"]))
    return list(dict.fromkeys(named))


def waiting(found: Iterable[str], standing: Collection[Collection[str]]) -> list[str]:
    """What no list that stands names yet."""
    named = {key for keys in standing for key in keys}
    return [key for key in found if key not in named]


def next_key(session: Session, kind: str, year: int) -> str:
    """Key of the next list of a year; withdrawn ones keep their number."""
    used = session.scalars(select(Notice.object_key).where(Notice.kind == kind, Notice.year == year))
    numbers = [int(key.partition(":")[2]) for key in used if key and ":" in key]
    return batch_key(year, max(numbers, default=0) + 1)


def shown_as(key: str, word: str, count: int) -> str:
    """A list as it is called: 2026年度第2批入库项目 (3 个)."""
    year, _, number = key.partition(":")
    return f"{year}年度第{number}批{word}({count})"


def of_batch(session: Session, kind: str, key: str, candidates: Sequence[str]) -> list[str]:
    """The records of a list: as it stands, else those that wait."""
    standing = listed(session, kind, year_of(key))
    return list(standing[key]) if key in standing else waiting(candidates, standing.values())
