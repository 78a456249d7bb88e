"""Parts that several dossiers share: notices with photos, objections, documents of money, batches, reasons, changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import ApplicationState, NoticeState, ObjectionResult, ObjectionWay
from fupin_desktop.services import documents, funds, payments
from fupin_desktop.services.document_types.payment_list import PaymentSubject
from fupin_desktop.services.document_types.payment_summary import SummarySubject
from fupin_desktop.services.documents import computed
from fupin_desktop.services.dossiers.parts import Dossier, Part, Rows
from fupin_desktop.services.fund_papers import claims, papers
from fupin_desktop.services.notices import posting
from fupin_desktop.services.payments import Batch
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import (
    Application,
    ApplicationReason,
    ChangeEntry,
    ChangeSet,
    Filing,
    Notice,
    NoticePosting,
    Objection,
)

MOST_ON_PAPER = 300
"""Changes that are printed; the workbook has all of them."""
MOST_CHANGES = 20_000
"""Changes that are listed; a whole import is one of them."""


def day(on: date | datetime | None) -> str:
    """A day as lists show it."""
    return f"{on:%Y-%m-%d}" if on is not None else ""


# ---- notices ----
def notices_of(session: Session, *where: ColumnElement[bool]) -> list[Notice]:
    """Notices that were posted, the oldest first."""
    posted = Notice.posted_on.is_not(None)
    return list(session.scalars(select(Notice).where(posted, *where).order_by(Notice.posted_on, Notice.key)))


def notice_parts(bench: Workbench, session: Session, dossier: Dossier, found: Sequence[Notice]) -> None:
    """Each notice as it was posted, with the photos of its boards."""
    for notice in found:
        boards = session.scalars(
            select(NoticePosting).where(NoticePosting.notice_key == notice.key).order_by(NoticePosting.position)
        ).all()
        photos = tuple(photo for board in boards for photo in board.photos or ())
        withdrawn = "，已撤回" if notice.state == NoticeState.WITHDRAWN else ""
        note = f"{day(notice.posted_on)}{withdrawn}"
        key = notice.key
        dossier.parts.append(
            Part(notice.title, note, 1, lambda key=key: posting.posted_paper(bench, key).filled(), photos)  # type: ignore[misc]
        )
        if not photos and not withdrawn and notice.kind != "result":
            dossier.missing.append(f"“{notice.title}”没有张贴照片")
    dossier.tables.append(_notice_rows(session, found))


def _notice_rows(session: Session, found: Sequence[Notice]) -> Rows:
    rows = []
    for one in found:
        boards = session.scalars(select(NoticePosting.place).where(NoticePosting.notice_key == one.key)).all()
        rows.append(
            (one.title, one.place or "", day(one.posted_on), day(one.first_day), day(one.last_day), "、".join(boards),
             NoticeState(one.state).label, one.withdrawn_why or "")
        )  # fmt: skip
    headings = ("公示", "村(镇)", "张贴日期", "开始", "结束", "张贴地点", "状态", "撤回原因")
    return Rows("公示登记", headings, tuple(rows))


def objection_rows(session: Session, *where: ColumnElement[bool]) -> Rows:
    """Objections with what was found and answered; who objected is not told."""
    query = select(Objection, Notice.title).join(Notice, Notice.key == Objection.notice_key).where(*where)
    rows = [
        (
            day(one.received_on), title, one.row_name, ObjectionWay(one.way).label, one.content, one.received_by,
            one.investigation, one.investigator, ObjectionResult(one.result).label if one.result else "未办结",
            one.handling, day(one.answered_on),
        )
        for one, title in session.execute(query.order_by(Objection.received_on, Objection.key))
    ]  # fmt: skip
    headings = (
        "收到日期", "公示", "针对", "方式", "反映内容", "受理人", "调查情况", "调查人", "结论", "处理结果", "答复日期",
    )  # fmt: skip
    return Rows("异议登记", headings, tuple(rows))


def filing_rows(session: Session, *where: ColumnElement[bool]) -> Rows:
    """Filings with the town office."""
    from fupin_desktop.domain.vocabulary import FilingState

    rows = [
        (one.number, one.title, one.unit, day(one.filed_on), one.receiver, day(one.received_on),
         FilingState(one.state).label, one.opinion)
        for one in session.scalars(select(Filing).where(*where).order_by(Filing.filed_on, Filing.key))
    ]  # fmt: skip
    headings = ("备案号", "备案事项", "报送单位", "报送日期", "接收人", "接收日期", "状态", "意见")
    return Rows("备案登记", headings, tuple(rows))


# ---- money ----
def money_papers(session: Session, runs: Collection[str] = (), claim: str = "") -> list[papers.Paper]:
    """Plans and sheets whose rows were taken over from some calculations or one project, the live versions alone."""
    every = [one for one in papers.all_papers(session) if one.live]
    rows = papers.lists_of(session, every)

    def meant(row: papers.Row) -> bool:
        named = papers.text(row, claims.COLUMN)
        return claims.run_of(named) in runs if runs else bool(claim) and named == claim

    named = [one for one in every if any(meant(row) for row in rows[one.key])]
    plans = {one.root for one in named if not one.sheet}
    return [one for one in every if one in named or (one.sheet and one.place_key in plans)]


def document_parts(bench: Workbench, found: Iterable[papers.Paper]) -> Iterator[Part]:
    """Documents of money as they were approved."""
    for one in found:
        state = "" if one.state is ApplicationState.APPROVED else f"({one.state.label})"
        title = f"{documents.registry.of(one.form_id).word} {one.place}{state}"
        yield Part(title, one.number, 1, lambda key=one.key: documents.filled(bench, key))  # type: ignore[misc]


def batch_parts(bench: Workbench, found: Sequence[Batch]) -> Iterator[Part]:
    """Payment lists and their summary."""
    for batch in found:
        paper = computed.paper(bench, "payment_list", PaymentSubject(bench, batch.line.key))
        note = day(batch.line.paid_on) or batch.line.state.label
        yield Part(f"发放明细表 {batch.line.name}", note, 1, paper.filled)
    if found:
        keys = tuple(batch.line.key for batch in found)
        paper = computed.paper(bench, "payment_summary", SummarySubject(bench, keys))
        yield Part("发放汇总表", f"{len(found)} 批", 1, paper.filled)


def payment_rows(found: Sequence[Batch]) -> Rows:
    """Every household of some batches; whole numbers stay on the payment list alone."""
    rows = tuple(
        (
            batch.line.name, row.village, row.group_name, row.head_name, row.item, row.award, row.before, row.amount,
            row.state.label, day(row.returned_on), row.return_reason, row.account_reason,
        )
        for batch in found
        for row in batch.rows
    )  # fmt: skip
    headings = (
        "批次", "村", "村民小组", "户主", "项目", "应发(元)", "前批已发(元)", "本次(元)", "情况",
        "退回、追回日期", "退回原因", "账户说明",
    )  # fmt: skip
    return Rows("发放明细", headings, rows)


def ledger_rows(bench: Workbench, *filters: funds.LedgerFilter) -> Rows:
    """Entries of the ledger."""
    found = {line.key: line for which in filters for line in funds.entries(bench, which)}
    rows = [
        (day(one.dated), one.source_shown, one.document_no, one.kind.label, one.target.name if one.target else "",
         one.amount, one.payee, one.paper_no, one.note)
        for one in sorted(found.values(), key=lambda one: (one.dated, one.at, one.key))
    ]  # fmt: skip
    headings = ("日期", "资金来源", "文号", "事项", "对象", "金额(元)", "收款单位(户)", "凭证号", "备注")
    return Rows("资金台账", headings, tuple(rows))


def batches_of(bench: Workbench, object_key: str = "") -> list[Batch]:
    """The batches of an object, the oldest first."""
    lines = payments.batches(bench, object_key=object_key)
    return [payments.load(bench, line.key) for line in reversed(lines)]


# ---- reasons and changes ----
def reason_rows(session: Session, *where: ColumnElement[bool]) -> Iterator[tuple[str, ...]]:
    """Written reasons of documents: day, what, the rule, the reason, who."""
    query = select(ApplicationReason, Application.place).join(
        Application, Application.key == ApplicationReason.application_key
    )
    for one, place in session.execute(query.where(*where).order_by(ApplicationReason.at, ApplicationReason.key)):
        yield day(one.at), place, f"{one.sentence}({one.clause})" if one.clause else one.sentence, one.reason, one.who


def reasons(rows: Iterable[tuple[str, ...]]) -> Rows:
    """The table of reasons."""
    return Rows("原则上事项的理由", ("日期", "事项", "规定", "理由", "经办人"), tuple(rows))


def change_rows(session: Session, since: date, until: date) -> Rows:
    """Operations of a period from the change log, the oldest first."""
    span = (ChangeSet.at >= datetime.combine(since, time.min), ChangeSet.at <= datetime.combine(until, time.max))
    query = select(ChangeSet).where(*span).order_by(ChangeSet.number).limit(MOST_CHANGES)
    return _changes(session.scalars(query).all())


def changes_of(session: Session, keys: Collection[str]) -> Rows:
    """Operations that touched some records."""
    found: dict[str, ChangeSet] = {}
    for key in keys:
        touched = (ChangeEntry.first_key <= key, ChangeEntry.last_key >= key)
        query = select(ChangeEntry.set_key, ChangeEntry.body).where(*touched).limit(MOST_CHANGES)
        sets = {set_key for set_key, body in session.execute(query) if f'"{key}"' in body}
        for one in session.scalars(select(ChangeSet).where(ChangeSet.key.in_(sets))):
            found[one.key] = one
    return _changes(sorted(found.values(), key=lambda one: one.number))


def _changes(found: Sequence[ChangeSet]) -> Rows:
    words = {"do": "", "undo": "撤销", "redo": "重做"}
    rows = tuple((f"{one.at:%Y-%m-%d %H:%M}", one.who, f"{words.get(one.kind, '')}{one.title}") for one in found)
    return Rows("修改记录", ("时间", "经办人", "事项"), rows)


