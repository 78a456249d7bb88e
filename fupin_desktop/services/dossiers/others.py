"""一户一档, 一村一档, 一项目一档, the file of a fund source, and the audit package of a period."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.payments import BatchState
from fupin_desktop.domain.vocabulary import ApplicationState, PublicKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import documents, funds, offices, payments, villages
from fupin_desktop.services.document_types.fund_ledger import LedgerSubject
from fupin_desktop.services.documents import computed
from fupin_desktop.services.documents.rolls import RollSubject
from fupin_desktop.services.dossiers import common, project_notices, records
from fupin_desktop.services.dossiers.parts import Cell, Dossier, Part, Rows, rows_page
from fupin_desktop.services.fund_papers import claims, papers
from fupin_desktop.services.funds import LedgerFilter
from fupin_desktop.services.notices.batches import naming
from fupin_desktop.services.registers import HOUSEHOLDS, registry
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import (
    Application,
    ApplicationReason,
    AwardResult,
    AwardRun,
    AwardScheme,
    Filing,
    FundDonor,
    FundEntry,
    Household,
    Notice,
    Objection,
    PaymentBatch,
)

_GONE = "已经不在了，请刷新后再选。"


def household(bench: Workbench, key: str) -> Dossier:
    """一户一档: facts, members, items by year, awards, payments, applications, what is about it, changes.

    Raises:
        NotAllowed: The household is gone.
    """
    with bench.read() as session:
        one = session.get(Household, key)
        if one is None:
            raise NotAllowed(f"这一户{_GONE}")
        dossier = Dossier(f"{one.head_name}户档案")
        records.card_part(bench, dossier, HOUSEHOLDS, key, "农户情况")
        records.belonging(bench, session, dossier, HOUSEHOLDS, key)
        dossier.add_rows(bench, _awards(session, key))
        got = payments.received(bench, key)
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (line.name, row.item, row.amount, row.state.label, common.day(line.paid_on), row.return_reason)
            for line, row in got
        )
        dossier.add_rows(bench, Rows("领取补助", ("批次", "项目", "金额(元)", "情况", "发放日期", "退回原因"), rows))
        _applications(bench, session, dossier, key)
        if not one.bank_account:
            dossier.missing.append("没有登记银行账号")
        if not one.guide and offices.concerns(bench, "清远 二16"):
            dossier.missing.append("没有产业发展指导员")
        dossier.add_rows(bench, common.changes_of(session, [key]))
    return dossier


def _awards(session: Session, key: str) -> Rows:
    """The awards of a household in every stored calculation, the last one of each scheme marked by its day."""
    query = (
        select(
            AwardScheme.name, AwardRun.year, AwardRun.at, AwardResult.computed_fen, AwardResult.award_fen,
            AwardResult.reason,
        )
        .join(AwardRun, AwardRun.key == AwardResult.run_key)
        .join(AwardScheme, AwardScheme.key == AwardRun.scheme_key)
        .where(AwardResult.household_key == key)
    )
    rows = tuple(
        (year, name, common.day(at), from_fen(computed_fen), from_fen(award), reason)
        for name, year, at, computed_fen, award, reason in session.execute(query.order_by(AwardRun.at, AwardRun.key))
    )
    return Rows("奖补测算", ("年度", "方案", "测算日期", "应奖补(元)", "实奖补(元)", "说明"), rows)


def _applications(bench: Workbench, session: Session, dossier: Dossier, place: str) -> None:
    """The documents for a household or village as they were approved; drafts are left out."""
    states = (ApplicationState.APPROVED.value, ApplicationState.SUBMITTED.value)
    query = select(Application).where(Application.place_key == place, Application.state.in_(states))
    found = session.scalars(query.order_by(Application.year, Application.key)).all()
    if not found:
        dossier.missing.append("没有提交过的申报表")
    for one in found:
        word = documents.registry.of(one.form_id).title or documents.registry.of(one.form_id).word
        note = f"{one.year}年度{'' if one.state == ApplicationState.APPROVED else '(办理中)'}"
        dossier.add(Part(f"{word} {one.place}", note, 0, lambda key=one.key: documents.filled(bench, key)))  # type: ignore[misc]


def village(bench: Workbench, key: str) -> Dossier:
    """一村一档: facts, documents, registers of the year, notices, filings, batches.

    Raises:
        NotAllowed: The village is gone.
    """
    one = next((one for one in villages.all(bench) if one.key == key), None)
    if one is None:
        raise NotAllowed(f"这个村{_GONE}")
    dossier = Dossier(f"{one.name}{bench.year}年度档案")
    with bench.read() as session:
        _applications(bench, session, dossier, key)
        records.of_village(bench, dossier, one.name)
        schemes = select(AwardScheme.key).where(AwardScheme.village_key == key)
        mine = (Notice.object_kind == PublicKind.SCHEME.value, Notice.object_key.in_(schemes))
        common.notice_parts(bench, session, dossier, common.notices_of(session, *mine))
        dossier.add_rows(bench, common.objection_rows(session, *mine))
        dossier.add_rows(bench, common.filing_rows(session, Filing.object_key.in_(schemes)))
        batches = [batch for scheme in session.scalars(schemes) for batch in common.batches_of(bench, scheme)]
        dossier.extend(common.batch_parts(bench, batches), "没有发放明细表")
        dossier.tables.append(common.payment_rows(batches))
    return dossier


def project(bench: Workbench, key: str) -> Dossier:
    """一项目一档: the register's card with what belongs to it, notices, documents of money, the ledger.

    The notices are those about it, and of the lists with which it entered the pool.

    Args:
        bench: The workbench.
        key: A project of the pool, or any version of the performance targets of one.

    Raises:
        NotAllowed: It is gone.
    """
    with bench.read() as session:
        document = session.get(Application, key)
        name = document.place if document is not None else ""
        dossier = Dossier(_project_title(name))
        if document is None:
            row = records.card_part(bench, dossier, registry.of("projects"), key, "项目情况")
            if row is None:
                raise NotAllowed(f"这个项目{_GONE}")
            named = session.get(registry.of("projects").entity, key)
            dossier.title = _project_title(str(getattr(named, "name", "")))
            records.belonging(bench, session, dossier, registry.of("projects"), key)
        else:
            root = papers.root_of(session, key)
            dossier.add(Part("项目绩效目标表", f"{document.year}年度", 0, lambda: documents.filled(bench, key)))
            found = common.money_papers(session, claim=f"{claims.PROJECT}{root}")
            dossier.extend(common.document_parts(bench, found), "没有列入这个项目的资金使用计划、审批表")
            targets = dict.fromkeys(one.place_key if one.sheet else one.root for one in found)
            dossier.add_rows(bench, common.ledger_rows(bench, *(LedgerFilter(0, target_key=one) for one in targets)))
        lists = Notice.object_key.in_(naming(session, PublicKind.POOL.value, key))
        listed = and_(Notice.object_kind == PublicKind.POOL.value, lists)
        notices = common.notices_of(session, or_(Notice.object_key == key, listed))
        common.notice_parts(bench, session, dossier, notices)
        dossier.missing += project_notices.missing(session, key, notices)
        about = and_(listed, Objection.row_key.in_(("", key)))
        dossier.add_rows(bench, common.objection_rows(session, or_(Notice.object_key == key, about)))
        dossier.add_rows(bench, common.changes_of(session, [key]))
    return dossier


def _project_title(name: str) -> str:
    return f"{name.removesuffix('项目')}项目档案"


def source(bench: Workbench, key: str) -> Dossier:
    """The file of a fund source: ledger with balances, donors, what was planned, approved and paid of it.

    Raises:
        NotAllowed: The source is gone.
    """
    with bench.read() as session:
        found = next((one for one in funds.balances(bench, bench.year, include_voided=True) if one.key == key), None)
        if found is None:
            raise NotAllowed(f"这笔资金{_GONE}")
        dossier = Dossier(f"{found.name}资金卷宗")
        figures = (("下达", found.assigned), ("到账", found.received), ("安排", found.allocated), ("拨付", found.paid))
        dossier.about = "，".join(f"{word} {format_money(amount)} 元" for word, amount in figures) + "。"
        which = LedgerFilter(found.year, source_key=key)
        ledger = computed.paper(bench, "fund_ledger", LedgerSubject(bench, which))
        dossier.add(Part("资金台账", found.document_no, 0, ledger.filled))
        dossier.tables.append(common.ledger_rows(bench, which))
        if session.scalars(select(FundDonor.key).where(FundDonor.source_key == key)).first():
            subject = RollSubject(bench, key, public=False)
            dossier.add(Part("捐赠名单(存档)", "", 0, computed.paper(bench, "donors", subject).filled))
        if not found.document_no:
            dossier.missing.append("没有登记下达文号")
        _source_papers(bench, session, dossier, key)
        dossier.add_rows(bench, common.changes_of(session, [key]))
    return dossier


def _source_papers(bench: Workbench, session: Session, dossier: Dossier, key: str) -> None:
    """Plans that the source is allocated to, their sheets, and the batches paid under them."""
    keys = set(session.scalars(select(FundEntry.target_key).where(FundEntry.source_key == key)))
    every = [one for one in papers.all_papers(session) if one.live]
    found = [one for one in every if (one.place_key if one.sheet else one.root) in keys]
    if found:
        dossier.add(Part("资金使用计划和审批"))
    dossier.extend(common.document_parts(bench, found), "没有依据这笔资金的使用计划、审批表")
    named = select(PaymentBatch.key).where(PaymentBatch.paper_key.in_([one.key for one in found]))
    batches = [payments.load(bench, one) for one in session.scalars(named.order_by(PaymentBatch.key))]
    if batches:
        dossier.add(Part("发放"))
    dossier.extend(common.batch_parts(bench, batches))
    dossier.tables.append(common.payment_rows(batches))


def period(bench: Workbench, since: date, until: date) -> Dossier:
    """审计包: ledger, reasons, notices with photos, objections, filings, payments and changes of a period.

    Raises:
        NotAllowed: It ends before it begins.
    """
    if until < since:
        raise NotAllowed("结束日期早于开始日期。", todo="请核对日期。")
    dossier = Dossier(f"审计包({since:%Y-%m-%d}至{until:%Y-%m-%d})", f"{say_date(since)}至{say_date(until)}。")
    with bench.read() as session:
        dossier.add_rows(bench, common.ledger_rows(bench, LedgerFilter(0, since=since, until=until)))
        span = (datetime.combine(since, time.min), datetime.combine(until, time.max))
        given = common.reasons(common.reason_rows(session, ApplicationReason.at.between(*span)))
        dossier.add_rows(bench, given)
        dossier.add_rows(bench, _run_reasons(session, *span))
        posted = Notice.posted_on.between(since, until)
        found = common.notices_of(session, posted)
        if found:
            dossier.add(Part("公示"))
        common.notice_parts(bench, session, dossier, found)
        about = or_(posted, Objection.received_on.between(since, until))
        dossier.add_rows(bench, common.objection_rows(session, about))
        dossier.add_rows(bench, common.filing_rows(session, Filing.filed_on.between(since, until)))
        _paid(bench, session, dossier, since, until)
        dossier.add_rows(bench, common.change_rows(session, since, until), page=False)
        _operations(bench, dossier)
    return dossier


def _run_reasons(session: Session, since: datetime, until: datetime) -> Rows:
    """Reasons that stand in the schemes of calculations of a period."""
    query = select(AwardRun).where(AwardRun.at.between(since, until)).order_by(AwardRun.at, AwardRun.key)
    rows = []
    for run in session.scalars(query):
        told = dict(run.scheme.get("reasons") or {}) if isinstance(run.scheme, dict) else {}
        name, on = str(run.scheme.get("name", "")), common.day(run.at)
        rows += [(on, name, code, str(why), run.who) for code, why in told.items()]
    return Rows("奖补方案里的理由", ("日期", "方案", "规定", "理由", "经办人"), tuple(rows))


def _paid(bench: Workbench, session: Session, dossier: Dossier, since: date, until: date) -> None:
    paid = select(PaymentBatch.key).where(PaymentBatch.paid_on.between(since, until)).order_by(PaymentBatch.key)
    batches = [payments.load(bench, key) for key in session.scalars(paid)]
    if batches:
        dossier.add(Part("发放"))
    dossier.extend(common.batch_parts(bench, batches))
    dossier.tables.append(common.payment_rows(batches))
    for batch in batches:
        if batch.agreement.listed != batch.agreement.ledger:
            dossier.missing.append(f"{batch.line.name}的名单与资金台账不一致")
        if batch.line.state is BatchState.PARTLY and any(
            row.returned_on and not row.paid_again and not row.comes_back for row in batch.rows
        ):
            dossier.missing.append(f"{batch.line.name}有退回的款还没有重发")


def _operations(bench: Workbench, dossier: Dossier) -> None:
    """The change log on paper, as long as it can be read there."""
    (changes,) = [table for table in dossier.tables if table.title == "修改记录"]
    if changes.rows:
        shown = Rows(changes.title, changes.headings, changes.rows[-common.MOST_ON_PAPER :])
        note = f"{len(changes.rows)} 条" + ("，纸上列最后的" if len(shown.rows) < len(changes.rows) else "")
        dossier.add(Part("修改记录", note, 0, lambda: rows_page(bench, shown)))


