"""The quarterly tables of the sample year: the quarters that are over were handed in in time, the last is filled in."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from fupin_desktop.domain.project_words import Quarter
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services import documents
from fupin_desktop.services.documents.model import Opinion
from fupin_desktop.services.reports import due, quarters
from fupin_desktop.services.samples.papers import Event
from fupin_desktop.services.workbench import Workbench

_DAYS = 10
"""Days before the end of the story, after the quarters were registered."""
_HANDED_IN = 2
_REASONS = {
    "report.without_project": "上年项目已经结项，今年的项目正在选址，列入下年项目库。",
    "report.unanswered": "村里的台账还在核对，下季度一并补报。",
    "report.over_plan": "物价上涨，超出部分由经营主体自筹。",
}
_OTHER = "情况属实，已核对。"
_SIGNED = (("opinion_reviewer", "数据已与台账核对。", "陈审核"), ("opinion_leader", "同意报送。", "林镇长"))


def report_events(bench: Workbench, today: date) -> list[Event]:
    """The tables of the quarters that are over; the last of them is still a draft.

    Args:
        bench: The sample office with its projects and their quarters.
        today: The end of the story.
    """
    over = [one for one in Quarter if due.quarters_end(bench.year, one) < today - timedelta(days=_DAYS)]
    sent = over[:-1] if len(over) <= _HANDED_IN else over[:_HANDED_IN]
    rest = over[len(sent) : len(sent) + 1]
    return [
        Event(_DAYS, partial(_table, bench, form_id, quarter, sent=quarter in sent))
        for quarter in (*sent, *rest)
        for form_id in due.FORMS
    ]


def _table(bench: Workbench, form_id: str, quarter: Quarter, *, sent: bool) -> None:
    """Fill a table in, and hand it in."""
    key = documents.create(bench, form_id, quarters.key_of(quarter)).keys[0]
    day = due.quarters_end(bench.year, quarter) + timedelta(days=1)
    documents.set_values(bench, key, {"sent_by": "U盘", "reported_on": day.isoformat()})
    if not sent:
        return
    for one in documents.open_document(bench, key).problems:
        if one.severity is Severity.PRINCIPLE:
            documents.give_reason(bench, key, one.code, _REASONS.get(one.code, _OTHER))
    documents.submit(bench, key)
    for box, text, name in _SIGNED:
        documents.give_opinion(bench, key, box, Opinion(True, text, name, day))
