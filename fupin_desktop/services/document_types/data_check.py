"""The report of a check of the data (数据体检) on one page, for the file."""

from __future__ import annotations

from dataclasses import dataclass

from fupin_desktop.services import offices
from fupin_desktop.services.data_check.model import Part, Report
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.workbench import Workbench

_LISTED = 60


@dataclass(frozen=True, slots=True)
class CheckSubject:
    """A check of an office's data."""

    bench: Workbench
    report: Report


def _query(subject: CheckSubject) -> Bound:
    report = subject.report
    data = {
        "office": offices.office(subject.bench).name,
        "made_at": f"{report.at:%Y-%m-%d %H:%M}",
        "maker": report.who,
        "verdict": report.verdict,
        "log": f"第 {report.log_number:,} 号　校验码 {report.code}" if report.code else "还没有操作",
        "rows": [{"title": one.title, "looked": one.looked, "result": _result(one)} for one in report.parts],
        "findings": [one._asdict() for one in report.findings[:_LISTED]],
    }
    return Bound(data, report.at.date())


def _result(part: Part) -> str:
    if not part.sound:
        return f"{len(part.findings):,} 处问题"
    return "、".join(("正常", *part.notes)) if part.notes else "正常"


def _named(subject: CheckSubject) -> str:
    return f"数据体检报告 {subject.report.at:%Y-%m-%d}"


TYPE = DocumentType("data_check", "体检报告", "数据体检报告", order=91, query=_query, named=_named)
