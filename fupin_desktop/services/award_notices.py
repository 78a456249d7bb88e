"""Notices of award lists by their calculation, as the awards tab asks for them; see ``publicity`` for all kinds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.awards import stored_runs
from fupin_desktop.services.awards.notice import AwardNotice
from fupin_desktop.services.documents.computed import Computed
from fupin_desktop.services.existing import existing
from fupin_desktop.services.notices import files, posting, reading
from fupin_desktop.services.notices.model import NoticeDraft, NoticeLine, NoticeSettings
from fupin_desktop.services.notices.posting import SHORT, default_settings, posted_paper, withdraw
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage import entities

__all__ = [
    "SHORT", "NoticeDraft", "NoticeLine", "NoticeSettings", "all", "default_settings", "load", "paper", "posted_paper",
    "prepare", "publish", "withdraw", "write_pdf",
]  # fmt: skip
KIND = "awards"


def prepare(bench: Workbench, run_key: str, settings: NoticeSettings) -> NoticeDraft:
    """Settle the notice of a stored calculation; nothing is kept.

    Raises:
        NotAllowed: It is no longer there or not the latest one of its scheme, or the period has no days.
    """
    with bench.read() as session:
        scheme_key = _latest_scheme(session, run_key)
    return posting.prepare(bench, KIND, scheme_key, settings)


def publish(bench: Workbench, run_key: str, settings: NoticeSettings) -> Change:
    """Post the notice of a calculation: its text is frozen and the scheme becomes 已公示. First key: the notice's.

    Raises:
        NotAllowed: A must is broken or a principle lacks its reason; a newer calculation or a notice of it is there.
    """
    with bench.read() as session:
        scheme_key = _latest_scheme(session, run_key)
    return posting.publish(bench, KIND, scheme_key, settings)


def _latest_scheme(session: Session, run_key: str) -> str:
    """The scheme of a run that is the latest of its scheme."""
    run = existing(session, entities.AwardRun, run_key)
    if stored_runs.runs_of(session, run.scheme_key)[0].key != run_key:
        raise NotAllowed("这不是最近一次测算。", todo="请用最近一次测算生成公示。")
    return run.scheme_key


def all(bench: Workbench, year: int) -> tuple[NoticeLine, ...]:  # noqa: A001 - read as award_notices.all
    """The notices of awards of a year and their corrections, the latest first."""
    return reading.lines(bench, year, KIND, "correction")


def load(bench: Workbench, key: str) -> Any:
    """The notice as it was posted.

    Raises:
        NotAllowed: It is no longer there.
    """
    return reading.load(bench, key)


def paper(bench: Workbench, notice: AwardNotice) -> Computed:
    """The paper of a notice as it would be posted."""
    return posting.draft_paper(bench, KIND, notice)


def write_pdf(bench: Workbench, key: str, path: Path) -> None:
    """Write a posted notice as PDF, the same page each time; looked through as every public file.

    Raises:
        Situation: It is no longer there, a number of a person would go public, or the file cannot be written.
    """
    files.write_pdf(bench, posted_paper(bench, key), path)
