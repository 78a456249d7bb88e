"""An office with one village, for the tests of award work."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from fupin_desktop.domain.area import to_milli
from fupin_desktop.domain.money import to_fen
from fupin_desktop.domain.vocabulary import FundKind, PublicKind
from fupin_desktop.policy.rules import RateRule, Tier, TiersRule
from fupin_desktop.policy.scheme import AwardScheme, Decision, SchemeItem, Source
from fupin_desktop.services import offices
from fupin_desktop.services.notices import filings, kinds, posting
from fupin_desktop.services.offices import OfficeForm
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.publicity import gates
from fupin_desktop.services.publicity.gates import Subject
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import entities, summaries

NOW = datetime(2026, 3, 2, 9, 30)  # noqa: DTZ001
VILLAGE = "低岭村"


class Clock:
    """A clock that the test turns."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def make_bench(folder: Path) -> Workbench:
    bench = open_workbench(folder, clock=Clock(), clerk="李文静")
    form = OfficeForm(
        name="塘㙍镇扶贫办", county="吴川市", town="塘㙍镇", clerk="李文静", year=2026,
        objection_village="0759-5550001", objection_town="0759-5550002", objection_county="0759-5550003",
        board_place="低岭村村委会公示栏",
    )
    offices.setup(bench, form)
    return bench


def identity_number(serial: int) -> str:
    from fupin_desktop.domain.identity import check_digit

    first = f"4408831970{1 + serial % 12:02}{1 + serial % 28:02}{serial % 1000:03}"
    return first + check_digit(first)


def put_register(bench: Workbench, rows: list[tuple[str, str, str, str]], village: str = VILLAGE) -> list[str]:
    """Households of (name, participation code, 亩 of 水稻, cost); returns their keys."""
    with bench.write("test.register", "登记") as unit:
        town = unit.session.query(entities.Town).first()
        place = entities.Village(town_key=town.key, name=village)
        unit.session.add(place)
        unit.session.flush()
        keys = [_household(unit, place.key, number, row, village) for number, row in enumerate(rows, 1)]
        summaries.refresh(unit, keys, 2026)
    return keys


def _household(unit, village_key, number, row, village):
    name, kind, quantity, cost = row
    household = entities.Household(
        village_key=village_key, code=f"{village[:1]}{number:03}", head_name=name, head_id_number=identity_number(number),
        group_name="一组", household_class="out_of_poverty", members=3,
    )
    unit.session.add(household)
    unit.session.flush()
    unit.session.add(entities.Participation(household_key=household.key, year=2026, kind=kind or None))
    if quantity:
        unit.session.add(entities.FarmItem(
            household_key=household.key, year=2026, product="水稻", unit="亩",
            declared_milli=to_milli(Decimal(quantity)), cost_fen=to_fen(Decimal(cost)) if cost else None,
        ))
    unit.session.flush()
    return household.key


REGISTER = [
    ("李亚保", "base", "12.5", "4600"),
    ("陈华", "base", "9.999", "3600"),
    ("陈华", "scattered", "3", "560"),
    ("杨亚九", "none", "", ""),
]


def scheme(**changes: object) -> AwardScheme:
    tiers = (Tier(Decimal(0), Decimal(240), "小农户"), Tier(None, Decimal(320), "大户"))
    made = {
        "name": "低岭村2026年度产业奖补资金安排方案",
        "place": VILLAGE,
        "year": 2026,
        "items": (
            SchemeItem("水稻", "亩", TiersRule(tiers=tiers), products=("水稻",), minimum=Decimal("0.5")),
            SchemeItem("其他", "亩", RateRule(rate=Decimal(150)), other=True),
        ),
        "decision": Decision("低岭村村民委员会", "吴川市财政局", date(2026, 3, 1), "联席会议", "低岭村委〔2026〕3号"),
        "sources": (Source(FundKind.DONATION_630, Decimal("98000.00"), "2025年“6·30”捐款"),),
        "main_products": ("水稻",),
    }
    return AwardScheme(**{**made, **changes})


def conclude(bench: Workbench, notice_key: str) -> str:
    """The result of a notice whose period is over; returns its key."""
    settings = posting.default_settings(bench, kinds.of("result"))
    return posting.publish(bench, "result", notice_key, settings).keys[0]


def unfile_scheme(bench: Workbench, scheme_key: str) -> None:
    """The town office returns a filing: the scheme is published only."""
    with bench.read() as session:
        filing = gates.filing_of(session, Subject(PublicKind.SCHEME, scheme_key))
    assert filing is not None
    filings.give_back(bench, filing.key, "王主任", bench.today, "材料不全")


def file_scheme(bench: Workbench, scheme_key: str) -> str:
    """Result and filing of a scheme whose notice is over, received by the town office; returns the filing's key."""
    subject = Subject(PublicKind.SCHEME, scheme_key)
    with bench.read() as session:
        notice_key = gates.standing(session, subject, bench.today).notices[-1].key
    conclude(bench, notice_key)
    filing = filings.hand_in(bench, subject, filings.proposed(bench, subject)).keys[0]
    filings.receive(bench, filing, "王主任", bench.today)
    return filing
