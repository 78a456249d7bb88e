"""Receipts (回执) of reports that were handed in: when the county had them, and who took them (清远 三(三))."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.history_line import HistoryLine
from fupin_desktop.services.registers.act import Act, Asked, day, nothing, today
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage import changes
from fupin_desktop.storage.entities import Application, Setting

SETTING = "reports.receipts"
_MANY = 1000
_OUT = (ApplicationState.APPROVED.value, ApplicationState.REPLACED.value)


def receipts(session: Session) -> Mapping[str, Mapping[str, str]]:
    """The receipts by key of the report."""
    kept = session.get(Setting, SETTING)
    found: Mapping[str, Any] = kept.value if kept is not None and kept.value else {}
    return found


def told(receipt: Mapping[str, str]) -> str:
    """A receipt in words."""
    number = f"，{receipt['number']}" if receipt.get("number") else ""
    return f"{receipt['received_on']} {receipt['receiver']}收到{number}"


def past(session: Session, application: Application) -> Iterator[HistoryLine]:
    """The receipt of a report in its history."""
    if receipt := receipts(session).get(application.key):
        at = datetime.fromisoformat(receipt["at"])
        yield HistoryLine(at, receipt["who"], "回执", "登记回执", "", told(receipt), _number(session, at))


def _number(session: Session, at: datetime) -> int:
    """Number of the operation that kept a receipt: the first change of the receipts at its moment or after it."""
    found = changes.of_records(session.connection(), Setting.__tablename__, [SETTING], _MANY).get(SETTING, ())
    return min((one.operation.number for one in found if one.operation.at >= at), default=0)


def register(bench: Workbench, key: str, answers: Mapping[str, str]) -> Change:
    """Keep the receipt of a report that was handed in; one kept earlier is replaced.

    Raises:
        NotAllowed: It was not handed in, or the day is none or lies ahead.
    """
    with bench.read() as session:
        application = session.get(Application, key) if key else None
        kept = dict(receipts(session))
    if application is None or application.state not in _OUT:
        raise NotAllowed("这份报表还没有报送。", todo="报送以后再登记回执。")
    received_on = day(bench, answers["received_on"], "收件日期")
    if received_on > bench.today:
        raise NotAllowed("收件日期在今天以后。", todo="请核对后再登记。")
    moment = bench.clock().isoformat()
    kept[key] = {**answers, "received_on": f"{received_on:%Y-%m-%d}", "at": moment, "who": bench.clerk}
    change = bench.set_settings({SETTING: kept}, f"登记{application.place}报表的回执", "reports.receipt")
    return change._replace(nouns=change.nouns | {"applications"})


ACT = Act(
    "登记回执…",
    "登记上级收到这份报表的日期和收件人，记在修改记录里。",
    register,
    (
        Asked("received_on", "收件日期", today, "date"),
        Asked("receiver", "收件单位、收件人", nothing),
        Asked("number", "回执号或结果", nothing, needed=False),
    ),
    chosen=True,
)
