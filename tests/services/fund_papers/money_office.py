"""An office with money and documents of money, for the tests of fund papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.policy.rules import RateRule, Tier, TiersRule
from fupin_desktop.policy.scheme import AwardScheme, Decision, SchemeItem
from fupin_desktop.services import award_notices, awards, documents, funds, schemes
from fupin_desktop.services.funds import FundBalance
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import FundEntry
from tests.services.award_office import file_scheme
from tests.services.documents import office
from tests.services.documents.office import boxes, codes, fill, village_key

__all__ = [
    "APPROVAL", "TOWN_PLAN", "VILLAGE_PLAN", "amount", "approve", "at", "award_run", "boxes", "codes", "entries", "fill",
    "make", "opened", "plan", "received", "sheet", "source", "source_key", "town_key", "village_key",
]  # fmt: skip
TOWN_PLAN, VILLAGE_PLAN, APPROVAL = "town_fund_plan", "village_fund_plan", "town_fund_approval"
D = Decimal


def make(folder: Path) -> Workbench:
    """Two participating households in 低岭村, none in 那罗村; 2026-03-02."""
    bench, _ = office.make(folder)
    return bench


def at(bench: Workbench, month: int, day: int) -> date:
    """Turn the clock to a day of 2026."""
    bench.clock.now = datetime(2026, month, day, 9, 0)  # type: ignore[attr-defined]  # noqa: DTZ001
    return bench.today


def source(
    bench: Workbench, name: str = "省级专项", assigned: str = "500000", kind: FundKind = FundKind.SUPERIOR, **more: Any
) -> str:
    """A source whose money arrived today, all of it; ``came`` says how much arrived instead."""
    came = more.pop("came", assigned)
    key = funds.add(bench, funds.FundForm(kind, name, D(assigned), **more)).keys[0]
    if D(came):
        funds.receive(bench, key, D(came), bench.today)
    return key


def source_key(bench: Workbench, name: str) -> str:
    return received(bench, name).key


def received(bench: Workbench, name: str) -> FundBalance:
    (found,) = [one for one in funds.balances(bench, 2026) if one.name == name]
    return found


def town_key(bench: Workbench) -> str:
    return documents.places(bench, TOWN_PLAN)[0].key


def rows(given: Sequence[Sequence[Any]], columns: Sequence[str]) -> list[dict[str, Any]]:
    return [{name: str(value) for name, value in zip(columns, row, strict=False) if value != ""} for row in given]


def plan(
    bench: Workbench,
    project: str = "水稻基地",
    sources: Sequence[Sequence[str]] = (("省级专项", "300000"),),
    uses: Sequence[Sequence[str]] = (("种苗", "300000"),),
    *,
    form_id: str = VILLAGE_PLAN,
    village: str = "低岭村",
    **values: Any,
) -> str:
    """A use plan: sources of (name, amount), uses of (item, amount, quantity, price, place)."""
    place = town_key(bench) if form_id == TOWN_PLAN else village_key(bench, village)
    key = documents.create(bench, form_id, place).keys[0]
    fill(bench, key, {
        "project": project, "performance": "带动贫困户30户，户均增收3000元。",
        "sources": rows(sources, ("source", "amount", "document_no")),
        "uses": rows(uses, ("item", "amount", "quantity", "price", "place")), **values,
    })  # fmt: skip
    return key


def sheet(
    bench: Workbench, plan_key: str, items: Sequence[Sequence[str]] = (("种苗款", "100000", "水稻合作社"),), **values: Any
) -> str:
    """An approval sheet of a plan: items of (item, amount, payee, account), accepted today."""
    key = documents.create(bench, APPROVAL, plan_key).keys[0]
    fill(bench, key, {
        "accepted_on": bench.today.isoformat(), "acceptance": "合格",
        "items": rows(items, ("item", "amount", "payee", "account", "evidence")), **values,
    })  # fmt: skip
    return key


def approve(bench: Workbench, key: str) -> str:
    """From draft to approved, all boxes agreeing today."""
    office.approve(bench, key)
    return key


def opened(bench: Workbench, key: str) -> Mapping[str, Any]:
    return documents.open_document(bench, key).data


def amount(bench: Workbench, key: str, field: str) -> str:
    """An amount of a document as printed."""
    return f"{opened(bench, key)[field]:,.2f}"


def entries(bench: Workbench) -> list[tuple[str, str]]:
    """Kind and amount of all entries of the ledger in the order they were written."""
    with bench.read() as session:
        found = session.query(FundEntry).order_by(FundEntry.at, FundEntry.key).all()
        return [(one.kind, f"{D(one.amount_fen) / 100:.2f}") for one in found]


def scheme(**changes: Any) -> AwardScheme:
    tiers = (Tier(D(0), D(240), "小农户"), Tier(None, D(320), "大户"))
    made: dict[str, Any] = {
        "name": "低岭村2026年度产业奖补资金安排方案",
        "place": "低岭村",
        "year": 2026,
        "items": (
            SchemeItem("水稻", "亩", TiersRule(tiers=tiers), products=("水稻",)),
            SchemeItem("其他", "亩", RateRule(rate=D(150)), other=True),
        ),
        "decision": Decision("低岭村村民委员会", "吴川市财政局", date(2026, 3, 1), "联席会议", "低岭村委〔2026〕3号"),
        "main_products": ("水稻",),
    }
    return AwardScheme(**{**made, **changes})


def award_run(bench: Workbench, *, posted: bool = True, ended: bool = True, filed: bool = True, **changes: Any) -> str:
    """A stored calculation of 4,480.00 yuan (大户 4,000.00, 小农户 480.00), as far on its way as asked."""
    key = schemes.save(bench, None, scheme(**changes)).keys[0]
    run = awards.recalculate(bench, key).keys[0]
    if posted:
        settings = award_notices.default_settings(bench)
        award_notices.publish(bench, run, settings)
        clock, posted_at = bench.clock, bench.clock()
        clock.now += timedelta(days=settings.days)  # type: ignore[attr-defined]
        if filed:
            file_scheme(bench, key)
        if not ended:  # a scheme that an earlier version let be filed too early
            clock.now = posted_at  # type: ignore[attr-defined]
    return run
