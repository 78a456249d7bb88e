"""Proceeds and rewards are paid as they were published, after the result, within approved money."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from sqlalchemy import select

from fupin_desktop.domain.payments import BatchState, PaymentKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import payments
from fupin_desktop.services.notices import kinds, posting
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Commendation, Notice, Proceeds, ProceedsShare, Village
from tests.services.award_office import conclude
from tests.services.fund_papers import money_office
from tests.services.payments import pay_office as office
from tests.services.register_office import find


def shared(bench: Workbench) -> str:
    """Proceeds of 900.00 yuan for two households, posted today; returns their key."""
    with bench.write("tests.proceeds", "收益") as unit:
        village = unit.session.query(Village).filter_by(name="低岭村").one()
        one = Proceeds(
            village_key=village.key, year=2026, title="光伏收益", income_fen=100_000, collective_fen=10_000,
            households_fen=90_000, scheme="按劳分配",
        )  # fmt: skip
        unit.session.add(one)
        unit.session.flush()
        for name, fen in ((office.LARGE, 60_000), (office.SMALL, 30_000)):
            household = find(bench, name).key
            unit.session.add(
                ProceedsShare(proceeds_key=one.key, household_key=household, basis="劳动", amount_fen=fen, reason="帮工")
            )
        key = one.key
    posting.publish(bench, "proceeds", key, posting.default_settings(bench, kinds.of("proceeds")))
    return key


def concluded(bench: Workbench, kind: str, key: str) -> None:
    """Its period goes by, and its result is told."""
    office.days(bench, 12)
    assert key in [one.source_key for one in payments.payables(bench, 2026)]
    with bench.read() as session:
        notice = session.scalars(select(Notice.key).where(Notice.kind == kind, Notice.object_key == key)).one()
    conclude(bench, notice)


def test_proceeds_are_paid_after_their_result(bench: Workbench) -> None:
    key = shared(bench)
    with pytest.raises(NotAllowed, match="公示期到"):
        payments.create(bench, key, kind=PaymentKind.PROCEEDS)
    concluded(bench, "proceeds", key)
    made = payments.create(bench, key, kind=PaymentKind.PROCEEDS).keys[0]
    found = payments.load(bench, made)
    assert [(row.head_name, row.item, row.amount) for row in found.rows] == [
        (office.LARGE, "光伏收益", D("600.00")), (office.SMALL, "光伏收益", D("300.00")),
    ]  # fmt: skip
    payments.check(bench, made)
    with pytest.raises(NotAllowed, match="还没有批准"):
        payments.send(bench, made)
    money_office.approve(bench, money_office.plan(bench, "收益发放", (("省级专项", "900"),), (("收益发放", "900"),)))
    payments.send(bench, made)
    payments.pay(bench, made)
    done = payments.load(bench, made)
    assert (done.line.state, done.agreement) == (BatchState.PAID, payments.Agreement(D("900.00"), D("900.00"), D("900.00")))


def test_rewards_are_those_of_the_notice(bench: Workbench) -> None:
    with bench.write("tests.commend", "表彰") as unit:
        unit.session.add(
            Commendation(
                household_key=find(bench, office.SMALL).key, year=2026, level="village", kind="large", cause="种稻能手",
                award_fen=50_000, state="checked",
            )
        )  # fmt: skip
    kind = kinds.of("commendation")
    with bench.read() as session:
        (offer,) = kind.offered(bench, session, 2026)
    posting.publish(bench, "commendation", offer.key, posting.default_settings(bench, kind))
    concluded(bench, "commendation", offer.key)
    made = payments.create(bench, offer.key, kind=PaymentKind.COMMENDATION).keys[0]
    (row,) = payments.load(bench, made).rows
    assert (row.head_name, row.item, row.amount) == (office.SMALL, "表彰奖励", D("500.00"))
