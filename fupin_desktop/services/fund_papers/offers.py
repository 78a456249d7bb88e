"""What a plan or a sheet can take over: awards of stored calculations, projects, the uses of a plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.project_words import ProjectState
from fupin_desktop.domain.vocabulary import HouseholdSize, NoticeState
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.results import HouseholdAward
from fupin_desktop.services import documents
from fupin_desktop.services.awards import stored_runs
from fupin_desktop.services.documents import records, registry
from fupin_desktop.services.documents.model import Outcome
from fupin_desktop.services.existing import existing
from fupin_desktop.services.fund_papers import claims, money, papers, pool
from fupin_desktop.services.fund_papers.papers import ZERO, Row, text
from fupin_desktop.services.notices.reading import told
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import earlier_facts
from fupin_desktop.storage.entities import Application, AwardRun, AwardScheme, Entity, Household, Notice, Village

PLAN_USES = "plan"
_MOST_KINDS = 6
_LONGEST = 60
_SCHEME, _EVIDENCE = "资金安排方案", "奖补测算表"
"""What every scheme's name ends with, and what awards rest on: few words, for the columns are narrow."""
_LIST_EVIDENCE = "发放明细表"
LISTED_FROM = 12
"""Households that the table of a sheet holds on its page; where there are more, they stand on the payment list."""
_MIXED = "多项种养"
_AWARD_ITEM = "产业奖补"
_PROJECT_FIELDS = {
    "project": "project", "project_place": "place", "operator": "operator", "operator_leader": "operator_leader",
    "operator_phone": "operator_phone", "starts_on": "starts_on", "ends_on": "ends_on", "performance": "goal",
    "linkages": "linkages",
}  # fmt: skip
"""Fields of a plan, and those of the performance targets that fill them where they are empty."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be taken over.

    Attributes:
        key: Handed to :func:`take`.
        title: What it is.
        sentence: How much it comes to, and what still stands against it.
        rows: The rows it adds, by column.
        texts: What it fills besides, where nothing is typed yet.
        runs: Every stored calculation of its scheme: rows taken over from any of them are replaced.
        withdrawn: What notices of the scheme that were withdrawn had filled in, by field: replaced as well.
    """

    key: str
    title: str
    sentence: str
    rows: tuple[Row, ...]
    texts: Mapping[str, Any] = field(default_factory=dict)
    runs: frozenset[str] = frozenset()
    withdrawn: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def amount(self) -> Decimal:
        """Yuan of the rows together."""
        return papers.amount_of(self.rows)


def offers(bench: Workbench, key: str) -> list[Offer]:
    """What a plan or a sheet can take over now, awards first.

    Raises:
        NotAllowed: It is no longer there.
    """
    with bench.read() as session:
        application = existing(session, Application, key)
        if papers.money_of(application.form_id).sheet:
            return list(_for_sheet(bench, session, application))
        found = (_awards(bench, session, application), _pooled(session, application), _projects(session, application))
        return [offer for part in found for offer in part]


def take(bench: Workbench, key: str, offer_key: str) -> Outcome:
    """Take an offer over: its rows in the place of those taken from it before, behind what is typed.

    Raises:
        NotAllowed: The offer is no longer there, or the document may not be edited.
    """
    offer = next((one for one in offers(bench, key) if one.key == offer_key), None)
    if offer is None:
        raise NotAllowed("这一项已经不能取用了。", todo="请刷新后再选。")
    with bench.read() as session:
        application = existing(session, Application, key)
        typed = records.typed_of(session, key)
        name = papers.money_of(application.form_id).rows
    kept = [row for row in typed.get(name) or () if row and not _of_offer(row, offer)]
    given = {path: value for path, value in offer.texts.items() if value and path in typed}
    texts = {path: value for path, value in given.items() if _open(offer, typed, path)}
    return documents.set_values(bench, key, {**texts, name: [*kept, *map(dict, offer.rows)]})


def _open(offer: Offer, typed: Mapping[str, Any], path: str) -> bool:
    """Whether a field is empty, or still says what a notice said that was withdrawn."""
    return not typed.get(path) or typed[path] in offer.withdrawn.get(path, ())


def _of_offer(row: Row, offer: Offer) -> bool:
    """Whether a row was taken over from an offer before."""
    claim = text(row, claims.COLUMN)
    if offer.key == PLAN_USES:
        return any(text(row, "item") == text(one, "item") and claim == text(one, claims.COLUMN) for one in offer.rows)
    return claim == offer.key or claim.startswith(f"{offer.key}/") or claims.run_of(claim) in offer.runs


def _awards(bench: Workbench, session: Session, application: Application) -> Iterator[Offer]:
    """One offer for each scheme of the place and year with a stored calculation; for the town those of its villages."""
    for run, scheme in _runs(session, application):
        found = bench.cached(("fund_papers.award", run.key), lambda run=run: _awarded(session, run.key))  # type: ignore[misc]
        if not found:
            continue
        rows = tuple(_use_rows(run.key, scheme.name, found))
        gate = claims.gate(session, run.key, bench.today)
        sentence = f"{len(found)} 户 {format_money(papers.amount_of(rows))} 元"
        notice = claims.posted_notice(session, run.key)
        words = told(session, notice, bench.today) if notice is not None else {}
        texts = {"project": scheme.name[:_LONGEST], **words}
        shown, runs = f"{sentence}；{gate}" if gate else sentence, _runs_of(session, scheme.key)
        withdrawn = _withdrawn(session, runs, bench.today)
        yield Offer(claims.award_claim(run.key), scheme.name, shown, rows, texts, runs, withdrawn)


def _runs_of(session: Session, scheme_key: str) -> frozenset[str]:
    """Every stored calculation of a scheme."""
    return frozenset(session.scalars(select(AwardRun.key).where(AwardRun.scheme_key == scheme_key)))


def _withdrawn(session: Session, runs: frozenset[str], today: date) -> dict[str, frozenset[str]]:
    """What the withdrawn notices of some calculations say, by field."""
    where = (Notice.run_key.in_(runs), Notice.state == NoticeState.WITHDRAWN.value)
    said = [told(session, notice, today) for notice in session.scalars(select(Notice).where(*where))]
    return {path: frozenset(words[path] for words in said) for path in (said[0] if said else ())}


def _runs(session: Session, application: Application) -> list[tuple[AwardRun, AwardScheme]]:
    """The calculation of each scheme: the one that was posted, else the latest."""
    statement = (
        select(AwardRun, AwardScheme)
        .join(AwardScheme, AwardScheme.key == AwardRun.scheme_key)
        .where(AwardRun.year == application.year)
        .order_by(AwardScheme.place, AwardScheme.batch, AwardScheme.key, AwardRun.at, AwardRun.key)
    )
    if session.get(Village, application.place_key) is not None:
        statement = statement.where(AwardScheme.village_key == application.place_key)
    chosen: dict[str, tuple[AwardRun, AwardScheme]] = {}
    posted: set[str] = set()
    for run, scheme in session.execute(statement):
        is_posted = claims.posted_notice(session, run.key) is not None
        if is_posted or scheme.key not in posted:
            chosen[scheme.key] = (run, scheme)
        if is_posted:
            posted.add(scheme.key)
    return list(chosen.values())


def _awarded(session: Session, run_key: str) -> list[HouseholdAward]:
    """The households of a calculation that get something."""
    return [one for one in stored_runs.load_run(session, run_key, working=False).result.awards if one.award > 0]


def _use_rows(run_key: str, scheme: str, found: Sequence[HouseholdAward]) -> Iterator[dict[str, Any]]:
    """One row for each village and group of products; each household stands in one row alone, with all of its award."""
    groups: dict[tuple[str, str], list[HouseholdAward]] = defaultdict(list)
    kinds = _kinds(found)
    for one in found:
        groups[one.applicant.village, kinds[one.applicant.key]].append(one)
    for (village, kind), members in groups.items():
        sizes = Counter(one.size for one in members)
        row: dict[str, Any] = {
            "item": f"{kind}{_AWARD_ITEM}",
            "place": village or None,
            "amount": sum((one.award for one in members), ZERO),
            "households_large": sizes[HouseholdSize.LARGE],
            "households_small": sizes[HouseholdSize.SMALL],
            "note": scheme.removeprefix(village).removesuffix(_SCHEME)[:_LONGEST],
            claims.COLUMN: claims.award_claim(run_key),
        }
        yield row | _measured(members)


def _kinds(found: Sequence[HouseholdAward]) -> dict[str, str]:
    """The products a household is awarded for, by its key; rare groups of them together."""
    named = {one.applicant.key: _joined(_products(one)) for one in found}
    common = [name for name, _ in Counter(named.values()).most_common(_MOST_KINDS)]
    return {key: name if name in common else _MIXED for key, name in named.items()}


def _joined(products: Sequence[str]) -> str:
    name = "、".join(products)
    return name if len(name) + len(_AWARD_ITEM) <= _LONGEST else _MIXED


def _products(one: HouseholdAward) -> list[str]:
    return [item.item for item in one.items if item.amount > 0] or ["产业"]


def _measured(members: Sequence[HouseholdAward]) -> dict[str, Any]:
    """Quantity and unit of a group that is awarded for one product alone."""
    items = [item for one in members for item in one.items if item.amount > 0]
    names = {(item.item, item.unit) for item in items}
    if len(names) != 1:
        return {}
    return {"quantity": sum((item.quantity for item in items), Decimal(0)), "unit": items[0].unit}


def _pooled(session: Session, application: Application) -> Iterator[Offer]:
    """One offer for each project of the pool that has money, those that are in it first (清远 二21)."""
    for project in pool.candidates(session, application):
        row = pool.row_of(session, project)
        if row["amount"] <= 0:
            continue
        state = ProjectState(project.state)
        sentence = f"项目库：{state.label}；{format_money(row['amount'])} 元"
        texts = pool.texts_of(session, project, application.year)
        yield Offer(row[claims.COLUMN], f"项目库 {project.code} {project.name}", sentence, (row,), texts)


def _projects(session: Session, application: Application) -> Iterator[Offer]:
    """One offer for each project of the year with funds, by its newest performance targets."""
    projects = [one.form_id for one in registry.filled_in() if one.typed_name]
    where = (Application.form_id.in_(projects), Application.year == application.year)
    first = select(Application.key).where(*where, Application.previous_key.is_(None)).order_by(Application.key)
    for root in session.scalars(first).all():
        latest = claims.latest_project(session, root)
        amount = claims.project_funds(session, latest.key) if latest is not None else ZERO
        if latest is None or amount <= 0:
            continue
        typed = records.typed_of(session, latest.key)
        row = {"item": latest.place, "place": typed.get("place"), "amount": amount}
        texts = {name: typed.get(source) for name, source in _PROJECT_FIELDS.items()}
        claim = f"{claims.PROJECT}{root}"
        sentence = f"项目资金 {format_money(amount)} 元"
        yield Offer(claim, f"项目 {latest.place}", sentence, ({**row, claims.COLUMN: claim},), texts)


def _for_sheet(bench: Workbench, session: Session, application: Application) -> Iterator[Offer]:
    """The households of the calculations that the plan took over, as far as no other sheet has them; its other uses."""
    plan = money.plan_money(session, application.place_key, application.key).plan
    if plan is None:
        return
    uses = papers.lists_of(session, [plan])[plan.key]
    every = papers.all_papers(session)
    elsewhere = claims.claimed(session, every, papers.root_of(session, application.key), sheets=True)
    runs = dict.fromkeys(run for row in uses if (run := claims.run_of(text(row, claims.COLUMN))))
    for run in runs:
        yield from _households(bench, session, run, elsewhere)
    typed = records.typed_of(session, plan.key)
    others = [row for row in uses if not claims.run_of(text(row, claims.COLUMN))]
    payee = _payee(session, text(typed, "operator"))
    rows = tuple([_item_row(row, payee) for row in others])
    if rows:
        yield Offer(PLAN_USES, "计划里的支出项目", f"{len(rows)} 项 {format_money(papers.amount_of(rows))} 元", rows)


def _payee(session: Session, operator: str) -> dict[str, Any]:
    """Whom the uses of a plan are paid to: its 实施单位, with the account where one business of that name has one."""
    statement = select(Entity.account_name, Entity.bank_account).where(Entity.name == operator)
    found = session.execute(statement).all() if operator else ()
    name, account = found[0] if len(found) == 1 else (None, None)
    return {"payee": (account and name) or operator or None, "account": account or None}


def _item_row(row: Row, payee: Mapping[str, Any]) -> dict[str, Any]:
    item = {"item": text(row, "item"), "amount": row.get("amount"), **payee}
    claim = text(row, claims.COLUMN)
    return {**item, claims.COLUMN: claim} if claim else item


def _households(
    bench: Workbench, session: Session, run_key: str, elsewhere: Mapping[str, Decimal]
) -> Iterator[Offer]:
    """The households of a calculation that no other sheet has: a row each, or one for all where they are many."""
    found = bench.cached(("fund_papers.award", run_key), lambda: _awarded(session, run_key))
    claim = claims.award_claim(run_key)
    run = session.get(AwardRun, run_key)
    runs = frozenset({run_key}) if run is None else _runs_of(session, run.scheme_key)
    mine = [one for one in found if not _on_a_sheet(elsewhere, runs, one.applicant.key)]
    if not mine:
        return
    scheme = claims.scheme_name(session, run)
    is_long = len(mine) > LISTED_FROM
    rows = (_listed_row(run_key, mine),) if is_long else _household_rows(session, bench.year, run_key, mine)
    gate = claims.gate(session, run_key, bench.today)
    sentence = f"{len(mine)} 户 {format_money(papers.amount_of(rows))} 元"
    yield Offer(claim, f"{scheme}的奖补名单", f"{sentence}；{gate}" if gate else sentence, rows, runs=runs)


def _household_rows(session: Session, year: int, run_key: str, found: Sequence[HouseholdAward]) -> tuple[Row, ...]:
    """One row for each household, with its account."""
    accounts = _accounts(session, year)
    return tuple(
        {
            "item": _AWARD_ITEM,
            "amount": one.award,
            "payee": accounts.get(one.applicant.key, ("", ""))[0] or one.applicant.name,
            "account": accounts.get(one.applicant.key, ("", ""))[1] or None,
            "evidence": _EVIDENCE,
            claims.COLUMN: claims.award_claim(run_key, one.applicant.key),
        }
        for one in found
    )


def _listed_row(run_key: str, found: Sequence[HouseholdAward]) -> Row:
    """One row for all households, which stand on the payment list (发放明细表) that goes with the sheet."""
    return {
        "item": _AWARD_ITEM,
        "amount": sum((one.award for one in found), ZERO),
        "payee": f"详见发放明细表 {len(found)} 户",
        "account": None,
        "evidence": _LIST_EVIDENCE,
        claims.COLUMN: claims.award_claim(run_key),
    }


def _on_a_sheet(elsewhere: Mapping[str, Decimal], runs: frozenset[str], household: str) -> bool:
    """Whether another sheet has the household by any calculation of the scheme."""
    return any(
        claims.award_claim(run, household) in elsewhere or claims.award_claim(run) in elsewhere for run in runs
    )


def _accounts(session: Session, year: int) -> dict[str, tuple[str, str]]:
    """账户名 and account by household, as they count in a year."""
    statement = select(Household.key, Household.account_name, Household.bank_account)
    now = {key: (name, account) for key, name, account in session.execute(statement)}
    earlier = earlier_facts.of_year(session, year)
    return now | {key: (facts.account_name, facts.bank_account) for key, facts in earlier.items()}
