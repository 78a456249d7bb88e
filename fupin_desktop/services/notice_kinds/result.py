"""公示结果说明: what came of a period, from the register of objections alone (吴川 三(二)4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.vocabulary import ObjectionResult, ObjectionWay, PublicKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.existing import existing
from fupin_desktop.services.notices.kinds import Asked, NoticeKind, Offer, Settled
from fupin_desktop.services.notices.reading import told
from fupin_desktop.services.notices.writing import notice_of, words_of
from fupin_desktop.services.publicity import gates
from fupin_desktop.services.publicity.gates import Standing, Step, Subject
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Notice, Objection


def _nothing_offered(_bench: Workbench, _session: Session, _year: int) -> Sequence[Offer]:
    """A result is made from the notice it is about."""
    return ()


def _settle(asked: Asked) -> Settled:
    """The result of a notice, which ``asked.key`` names.

    Raises:
        NotAllowed: The period is not over, an objection is open, or there is a result already.
    """
    with asked.bench.read() as session:
        notice = existing(session, Notice, asked.key)
        if notice.object_kind is None:
            raise NotAllowed("这份公示没有记下是哪一事项，不能出具结果。", todo="请撤回后重新公示。")
        subject = Subject(PublicKind(notice.object_kind), notice.object_key or "")
        kind = notice.kind if not notice.corrects_key else ""
        now = gates.standing(session, subject, min(asked.settings.posted_on, asked.bench.today), kind)
        _refuse_too_early(now)
        facts = _facts(now, told(session, now.notices[0], asked.settings.posted_on))
        title = _title(now)
    publisher = str(notice.body.get("publisher") or "").removeprefix("'")
    written = notice_of(asked, "result", title, notice.place or "", publisher, facts, year=notice.year)
    words = (title, written.publisher, *words_of(facts))
    return Settled(written, subject, concerns_key=now.notices[-1].key, public_words=words)


def _refuse_too_early(now: Standing) -> None:
    for line in now.steps:
        if line.step is Step.RESULT:
            if line.done:
                raise NotAllowed("公示结果已经出具过了。", todo="需要重出的，请先撤回原来的结果。")
            if now.outdated:
                told = "原来的公示结果没有写后来登记的异议，还张贴着。"
                raise NotAllowed(told, todo="请先撤回原来的公示结果，再重新出具。")
            return
        if not line.done:
            raise NotAllowed(f"不能出具公示结果：{line.told}({line.clause})", todo="请办完这一步再出具。")


def _title(now: Standing) -> str:
    name = now.notices[0].title.removeprefix("关于").removesuffix("的公示")
    return f"关于{name}公示结果的说明"


def _facts(now: Standing, said: dict[str, str]) -> dict[str, Any]:
    first, last = now.notices[0], now.last_day
    changed = [one for one in now.notices if one.corrects_key]
    return {
        "about": first.title,
        "about_period": said["notice_period"],
        "about_board": said["notice_place"],
        "ended": say_date(last) if last else "",
        "objections": len(now.objections),
        "received": _received(now.objections, last),
        "conclusion": _conclusion(now.objections, changed),
        "rows": [_row(one) for one in now.objections],
    }


def _received(objections: Sequence[Objection], last: date | None) -> str:
    """What came in within the period and after it, counted by way."""
    late = [one for one in objections if last is not None and one.received_on is not None and one.received_on > last]
    within = [one for one in objections if one not in late]
    told = f"公示期内共收到异议{_by_way(within)}" if within else "公示期内没有收到单位或个人的异议"
    after = f"期满以后收到异议{_by_way(late)}" if late else ""
    return "，".join(part for part in (told, after, "均已调查核实并答复" if objections else "") if part)


def _by_way(objections: Sequence[Objection]) -> str:
    ways = Counter(ObjectionWay(one.way) for one in objections)
    told = "、".join(f"{way.label}{count}件" for way, count in ways.items())
    return f"{len(objections)}件（{told}）"


def _conclusion(objections: Sequence[Objection], changed: Sequence[Notice]) -> str:
    if not objections:
        return "公示无异议，按公示内容执行"
    results = Counter(ObjectionResult(one.result) for one in objections if one.result)
    told = "、".join(f"{result.label}{results[result]}件" for result in ObjectionResult if results[result])
    if not changed:
        return f"异议{len(objections)}件，已办结（{told}），公示内容不变，按公示内容执行"
    days = "、".join(say_date(one.posted_on or date.min) for one in changed)
    return f"异议{len(objections)}件，已办结（{told}），公示内容已于{days}更正并重新公示期满，按更正后的内容执行"


def _row(one: Objection) -> dict[str, Any]:
    return {
        "received_on": one.received_on,
        "way": ObjectionWay(one.way).label,
        "about": one.row_name,
        "content": one.content,
        "result": ObjectionResult(one.result).label if one.result else "",
        "handling": one.handling,
    }


KIND = NoticeKind(
    name="result",
    title="公示结果",
    about=PublicKind.SCHEME,
    offered=_nothing_offered,
    settle=_settle,
    order=90,
    period=False,
)
