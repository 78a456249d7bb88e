"""How tests of publicity begin: a list of awards that hangs, the day, and what it is about."""

from __future__ import annotations

from datetime import datetime

from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.services import award_notices, awards, schemes
from fupin_desktop.services.publicity.gates import Subject
from fupin_desktop.services.workbench import Workbench
from tests.services.award_office import scheme


def at(bench: Workbench, day: int, month: int = 3) -> None:
    bench.clock.now = datetime(2026, month, day, 9, 0)  # type: ignore[attr-defined]  # noqa: DTZ001


def post(bench: Workbench) -> tuple[str, str]:
    """A posted notice of awards; returns the scheme and the notice."""
    key = schemes.save(bench, None, scheme()).keys[0]
    run = awards.recalculate(bench, key).keys[0]
    return key, award_notices.publish(bench, run, award_notices.default_settings(bench)).keys[0]


def subject(key: str) -> Subject:
    return Subject(PublicKind.SCHEME, key)
