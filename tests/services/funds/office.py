"""An office with money, for the tests of the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from fupin_desktop.domain.vocabulary import EntryKind, FundKind, TargetKind
from fupin_desktop.policy.rules import RateRule
from fupin_desktop.policy.scheme import AwardScheme, SchemeItem, Source
from fupin_desktop.policy.scheme.file import scheme_to_dict
from fupin_desktop.services import funds, registers, villages
from fupin_desktop.services.document_types.fund_balances import BalancesSubject
from fupin_desktop.services.document_types.fund_ledger import LedgerSubject
from fupin_desktop.services.documents import computed
from fupin_desktop.services.documents.rolls import RollSubject
from fupin_desktop.services.funds import FundForm, FundTarget, LedgerFilter
from fupin_desktop.services.registers import Query, registry
from fupin_desktop.services.registers.blocks import put_block
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import entities
from tests.services.register_office import Clock, add_household, make_office

DONATION = FundForm(FundKind.DONATION_630, "2026年捐款", Decimal("50000.50"), donors="市工商联", received_on=date(2026, 2, 1))
UNIT = FundForm(FundKind.ASSISTING_UNIT, "市财政局帮扶", Decimal("30000"), document_no="吴财农〔2026〕8号")
PLAN = FundTarget(TargetKind.PLAN, "p" * 32, "低岭村 水稻基地")
OTHER_PLAN = FundTarget(TargetKind.PLAN, "q" * 32, "那罗村 番薯基地")
D = Decimal
DONORS = registry.of("donors")


def on(day: int, month: int = 2) -> date:
    return date(2026, month, day)


def money_office(folder: Path) -> Workbench:
    """Two villages, the first with a participating household; today is 2 March 2026."""
    bench = make_office(folder, Clock())
    add_household(bench, "李亚保", kind="参与")
    return bench


def village(bench: Workbench, name: str = "低岭村") -> FundTarget:
    found = next(one for one in villages.all(bench) if one.name == name)
    return FundTarget(TargetKind.VILLAGE, found.key, found.name)


def add(bench: Workbench, form: FundForm) -> str:
    """Register a source and give its key."""
    funds.add(bench, form)
    return next(one.key for one in funds.balances(bench, form.year or 2026) if one.name == form.name)


def keep_scheme(bench: Workbench, *sources: Source, awards: Iterable[str] = (), year: int = 2026, key: str = "") -> str:
    """A stored scheme with calculations of these sums, the last one the latest."""
    rule = RateRule(rate=Decimal(300))
    scheme = AwardScheme("方案", "低岭村", year, (SchemeItem("水稻", "亩", rule, other=True),), sources=sources)
    with bench.write("tests.scheme", "方案") as unit:
        body = scheme_to_dict(scheme)
        if key:
            unit.update_many(entities.AwardScheme, [{"key": key, "body": body}])
        else:
            row = {"place": "低岭村", "year": year, "name": "方案", "body": body}
            (key,) = unit.insert_many(entities.AwardScheme, [row])
        for award in awards:
            fen = int(Decimal(award) * 100)
            run = {"scheme_key": key, "year": year, "at": bench.clock(), "award_fen": fen, "scheme": body}
            unit.insert_many(entities.AwardRun, [run])
    return key


def told(bench: Workbench, key: str, day: date | None = None) -> tuple[Decimal, ...]:
    """Assigned, received, allocated and paid of a source."""
    found = next(one for one in funds.balances(bench, 2026, day, include_voided=True) if one.key == key)
    return found.assigned, found.received, found.allocated, found.paid


def entry_keys(bench: Workbench, source: str, kind: EntryKind) -> list[str]:
    which = LedgerFilter(2026, source_key=source, kind=kind)
    return [line.key for line in funds.entries(bench, which) if not line.counters_key]


def rows(bench: Workbench) -> list[entities.FundEntry]:
    with bench.read() as session:
        return list(session.scalars(select(entities.FundEntry).order_by(entities.FundEntry.key)))


def ledger_paper(bench, which, lines=None):
    """The ledger as a paper."""
    return computed.paper(bench, "fund_ledger", LedgerSubject(bench, which, lines))


def balances_paper(bench, year, on=None):
    """The balances of the sources as a paper."""
    return computed.paper(bench, "fund_balances", BalancesSubject(bench, year, on))


def give(bench, source_key, *rows):
    """Add donors to the list of a source, given as texts by column; their keys in the order of the list."""
    outcome = put_block(bench, DONORS, [], rows, f"捐赠名单，新增 {len(rows)} 人", source_key)
    assert not outcome.refused, outcome.problems
    return list(registers.all_keys(bench, Query(DONORS, bench.year, parent=source_key)))


def donors_of(bench, source_key, *columns):
    """The donors of a source in their order: the cells of these columns."""
    places = [place for name in columns for place, info in enumerate(registers.columns(DONORS)) if info.key == name]
    rows = registers.window(bench, Query(DONORS, bench.year, parent=source_key), 0, 1000)
    return [tuple(row.cells[place] for place in places) for row in rows]


def beside(bench, source_key):
    """What is told of all donors of a source together."""
    return registers.beside(bench, DONORS, source_key)


def donor_paper(bench, source_key, *, public=True):
    """The list of donors as a paper."""
    return computed.paper(bench, "donors", RollSubject(bench, source_key, public))
