"""Objections, results, filings and a notice of a scheme in the sample year, made by the office's own operations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from fupin_desktop.domain.vocabulary import ObjectionResult, ObjectionWay, PublicKind
from fupin_desktop.services.notices import filings, kinds, objections, posting, reading
from fupin_desktop.services.notices.objections import ObjectionForm
from fupin_desktop.services.publicity.gates import Subject
from fupin_desktop.services.samples.papers import Event
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import AwardScheme

_Row = Mapping[str, Any]
_TEXTS = ("name", "content", "investigation", "investigator", "handling")


def publicity_events(bench: Workbench, spec: _Row, today: date) -> list[Event]:
    """What came of the notices that the villages posted.

    Args:
        bench: The sample office with its notices.
        spec: The content of ``publicity.toml``.
        today: The end of the story.
    """
    said = spec["objection"]
    return [
        *(Event(row["days"], partial(_post, bench, row)) for row in spec["notice"]),
        *(Event(row["days"], partial(_object, bench, row, today)) for row in said),
        *(Event(row["answered"], partial(_answer, bench, row, today)) for row in said if "answered" in row),
        *(Event(row["days"], partial(_conclude, bench, row)) for row in spec["result"]),
        *(Event(row["days"], partial(_file, bench, row)) for row in spec["filing"]),
    ]


def _post(bench: Workbench, row: _Row) -> None:
    with bench.read() as session:
        key = session.scalars(select(AwardScheme.key).where(AwardScheme.place == row["village"])).one()
    settings = posting.default_settings(bench, kinds.of(row["kind"]))
    posting.publish(bench, row["kind"], key, settings)


def _notice(bench: Workbench, row: _Row) -> str:
    """The notice of awards of a village."""
    return next(one.key for one in reading.lines(bench, bench.year, "awards") if one.place == row["village"])


def _form(row: _Row, today: date, *, answered: bool, clerk: str) -> ObjectionForm:
    texts = {name: row.get(name, "") for name in (_TEXTS if answered else _TEXTS[:2])}
    return ObjectionForm(
        received_on=today - timedelta(days=row["days"]),
        way=ObjectionWay(row["way"]),
        named=row.get("named", False),
        received_by=clerk,
        result=ObjectionResult(row["result"]) if answered else None,
        answered_on=today - timedelta(days=row["answered"]) if answered else None,
        **texts,
    )


def _object(bench: Workbench, row: _Row, today: date) -> None:
    objections.add(bench, _notice(bench, row), _form(row, today, answered=False, clerk=bench.clerk))


def _answer(bench: Workbench, row: _Row, today: date) -> None:
    (line,) = objections.register(bench, bench.year, (_notice(bench, row),))
    objections.change(bench, line.key, _form(row, today, answered=True, clerk=bench.clerk))


def _conclude(bench: Workbench, row: _Row) -> None:
    posting.publish(bench, "result", _notice(bench, row), posting.default_settings(bench, kinds.of("result")))


def _file(bench: Workbench, row: _Row) -> None:
    line = next(one for one in reading.lines(bench, bench.year, "awards") if one.key == _notice(bench, row))
    subject = Subject(PublicKind.SCHEME, line.scheme_key)
    filings.hand_in(bench, subject, filings.proposed(bench, subject))
