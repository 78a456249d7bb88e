"""奖补方案公示: the scheme itself, before its awards (吴川 三(二)4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.services import schemes
from fupin_desktop.services.document_types.award_scheme import SchemePaper, paper_of
from fupin_desktop.services.notices.kinds import PROJECT_DAYS, Asked, NoticeKind, Offer, Settled
from fupin_desktop.services.notices.writing import notice_of, words_of
from fupin_desktop.services.publicity.gates import Subject
from fupin_desktop.services.schemes import SchemeState
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import AwardScheme

_LACKS = "方案还缺议定手续：村(居)委会、对口帮扶单位、日期、会议、文件。"


def _offered(_bench: Workbench, session: Session, year: int) -> Sequence[Offer]:
    """Schemes that are decided and whose awards are not published; those whose scheme was published come anyhow."""
    query = select(AwardScheme.key, AwardScheme.name, AwardScheme.place, AwardScheme.state)
    open_ones = AwardScheme.state.in_((SchemeState.DRAFT.value, SchemeState.DECIDED.value))
    rows = session.execute(query.where(AwardScheme.year == year, open_ones).order_by(AwardScheme.place))
    return [Offer(key, name, place, _LACKS if state == SchemeState.DRAFT else "") for key, name, place, state in rows]


def _settle(asked: Asked) -> Settled:
    scheme = schemes.load(asked.bench, asked.key)
    paper = paper_of(asked.bench, scheme)
    facts = _facts(paper)
    title = f"关于《{paper.name}》的公示"
    notice = notice_of(asked, "scheme", title, paper.place, paper.village, facts, year=paper.year)
    words = (notice.board, notice.publisher, title, *words_of(facts))
    return Settled(notice, Subject(PublicKind.SCHEME, asked.key), public_words=words)


def _facts(paper: SchemePaper) -> dict[str, Any]:
    return {
        "scheme": paper.name,
        "village": paper.village,
        "assisting_unit": paper.assisting_unit,
        "decision_shown": paper.decision_shown,
        "rules": [
            {"name": rule.name, "unit": rule.unit, "standard": rule.standard, "limits": rule.limits}
            for rule in paper.rules
        ],
        "methods": [{"method": text.rstrip("。")} for text in paper.methods],
        "sources": [{"line": source.line, "amount": source.amount} for source in paper.sources],
        "source_total": paper.source_total,
        "reasons": [{"reason": text.rstrip("。")} for text in paper.reasons],
    }


KIND = NoticeKind(
    name="scheme",
    title="奖补方案公示",
    about=PublicKind.SCHEME,
    offered=_offered,
    settle=_settle,
    order=10,
    days=PROJECT_DAYS,
)
