"""一方案一档: the auditor's file of one award scheme, from the decision to the paid list (吴川 三(二)4)."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import acceptance, awards, schemes
from fupin_desktop.services.awards.stored_runs import StoredRun
from fupin_desktop.services.awards.subject import subject
from fupin_desktop.services.document_types.acceptance_list import AcceptanceSubject
from fupin_desktop.services.document_types.award_scheme import paper_of
from fupin_desktop.services.documents import computed
from fupin_desktop.services.dossiers import common
from fupin_desktop.services.dossiers.parts import Dossier, Part, Rows
from fupin_desktop.services.funds import LedgerFilter
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import AwardRun, AwardScheme, Filing, Notice

_WANTED = {"scheme": "没有方案公示(测算以前)", "awards": "没有奖补名单公示", "result": "没有公示结果说明"}


def collect(bench: Workbench, key: str) -> Dossier:
    """Everything of a scheme in the order in which it happened.

    Raises:
        NotAllowed: The scheme is gone.
    """
    scheme = schemes.load(bench, key)
    run = awards.posted_run(bench, key) or awards.latest_run(bench, key)
    dossier = Dossier(f"{scheme.name}卷宗")
    with bench.read() as session:
        row = session.get(AwardScheme, key)
        if row is None:
            raise NotAllowed("这份方案已经不在了。")
        _decided(bench, dossier, key)
        _accepted(bench, dossier, row)
        _calculated(bench, dossier, run)
        _published(bench, session, dossier, key)
        _money(bench, session, dossier, key)
        _reasons(session, dossier, key, run)
        dossier.add_rows(bench, common.changes_of(session, [key]))
    return dossier


def _decided(bench: Workbench, dossier: Dossier, key: str) -> None:
    scheme = schemes.load(bench, key)
    paper = computed.paper(bench, "award_scheme", paper_of(bench, scheme, key))
    dossier.add(Part("奖补资金安排方案", common.day(scheme.decision.decided_on), 0, paper.filled))
    if not schemes.decision_complete(scheme.decision):
        dossier.missing.append("方案的议定情况不全：议定双方、日期、会议、文件")


def _accepted(bench: Workbench, dossier: Dossier, row: AwardScheme) -> None:
    """The acceptances of the village and year."""
    found = [one for one in acceptance.batches(bench, row.year) if row.village_key in (None, one.village_key)]
    loaded = [acceptance.load(bench, one.key) for one in reversed(found)]
    parts = []
    for one in loaded:
        paper = computed.paper(bench, "acceptance_list", AcceptanceSubject(bench, one.line.key))
        files = tuple(file.stored for file in (*one.files, *(file for line in one.rows for file in line.files)))
        parts.append(Part(f"验收表 {one.line.place}", common.day(one.line.dated), 0, paper.filled, files))
        if not files:
            dossier.missing.append(f"{one.line.name}没有验收照片")
    dossier.extend(parts, "没有验收表(台账里的验收数量不是按验收名单写入的)")
    rows = tuple(
        (one.line.place, line.group_name, line.head_name, line.product, line.unit, line.declared, line.measured,
         line.spot_measured, line.note)
        for one in loaded
        for line in one.rows
    )  # fmt: skip
    dossier.tables.append(
        Rows("验收", ("村", "村民小组", "户主", "项目", "单位", "申报", "实测", "抽查", "备注"), rows)
    )


def _calculated(bench: Workbench, dossier: Dossier, run: StoredRun | None) -> None:
    if run is None:
        dossier.missing.append("还没有测算")
        return
    about = subject(bench, run.result, run.numbers, run)
    totals = run.result.totals
    dossier.about = f"奖补 {totals.awarded} 户，合计 {format_money(totals.award)} 元。"
    dossier.add(Part("奖补资金测算(分配)表", common.day(run.at), 0, computed.paper(bench, "award_sheet", about).filled))
    dossier.add(Part("逐户计算说明", common.day(run.at), 0, computed.paper(bench, "award_working", about).filled))
    rows = tuple(
        (one.applicant.village, one.applicant.group, one.applicant.name, one.size_label, one.area, one.cost,
         one.computed, one.capped, one.award, one.reason)
        for one in run.result.awards
    )  # fmt: skip
    headings = ("村", "村民小组", "户主", "规模", "面积(亩)", "核定成本", "应奖补", "封顶后", "实奖补(元)", "说明")
    dossier.tables.append(Rows("奖补测算", headings, rows))


def _published(bench: Workbench, session: Session, dossier: Dossier, key: str) -> None:
    """Notices, objections, result, filing."""
    mine = (Notice.object_kind == PublicKind.SCHEME.value, Notice.object_key == key)
    found = common.notices_of(session, *mine)
    kinds = {one.kind for one in found}
    if found:
        dossier.add(Part("公示"))
    common.notice_parts(bench, session, dossier, found)
    for kind, told in _WANTED.items():
        if kind not in kinds:
            dossier.missing.append(told)
    dossier.add_rows(bench, common.objection_rows(session, *mine))
    filed = common.filing_rows(session, Filing.object_kind == PublicKind.SCHEME.value, Filing.object_key == key)
    dossier.add_rows(bench, filed)
    if not filed.rows:
        dossier.missing.append("没有报镇(街)扶贫办备案")


def _money(bench: Workbench, session: Session, dossier: Dossier, key: str) -> None:
    """Plans, sheets, batches, the ledger."""
    runs = frozenset(session.scalars(select(AwardRun.key).where(AwardRun.scheme_key == key)))
    found = common.money_papers(session, runs) if runs else []
    if found:
        dossier.add(Part("资金使用计划和审批"))
    dossier.extend(common.document_parts(bench, found), "没有列入这笔奖补的资金使用计划、审批表")
    batches = common.batches_of(bench, key)
    if batches:
        dossier.add(Part("发放"))
    dossier.extend(common.batch_parts(bench, batches), "没有发放明细表")
    dossier.tables.append(common.payment_rows(batches))
    targets = dict.fromkeys([key, *(one.place_key if one.sheet else one.root for one in found)])
    dossier.add_rows(bench, common.ledger_rows(bench, *(LedgerFilter(0, target_key=target) for target in targets)))


def _reasons(session: Session, dossier: Dossier, key: str, run: StoredRun | None) -> None:
    rows = list(_scheme_reasons(run))
    runs = frozenset(session.scalars(select(AwardRun.key).where(AwardRun.scheme_key == key)))
    from fupin_desktop.storage.entities import ApplicationReason

    keys = [one.key for one in common.money_papers(session, runs)] if runs else []
    rows += common.reason_rows(session, ApplicationReason.application_key.in_(keys))
    dossier.tables.append(common.reasons(rows))


def _scheme_reasons(run: StoredRun | None) -> Iterator[tuple[str, ...]]:
    if run is not None:
        told = {problem.code: problem for problem in run.result.problems}
        for code, reason in run.result.scheme.reasons.items():
            rule = told[code].sentence if code in told else code
            yield common.day(run.at), run.result.scheme.name, rule, reason, run.who
