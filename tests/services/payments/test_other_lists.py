"""Proceeds and rewards are paid as they were published, after the result, within approved money."""

from __future__ import annotations

from decimal import Decimal as D

import pytest
from sqlalchemy import select

from fupin_desktop.domain.payments import BatchState, PaymentKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import payments, registers
from fupin_desktop.services.notice_kinds.subsidy import _rows as notice_rows
from fupin_desktop.services.notices import kinds, posting
from fupin_desktop.services.registers import registry
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


def test_subsidies_of_entities_are_paid_into_their_accounts_and_kept_with_the_subsidies(bench: Workbench) -> None:
    subsidies = registry.of("interest_subsidies")
    add, year = registers.add, registers.Query
    entity = {"name": "稻香合作社", "kind": "农民合作社", "leader": "吴强", "village": "低岭村"}
    assert add(bench, registry.of("entities"), entity).change
    link = {"household": office.SMALL, "entity": "稻香合作社", "way": "务工", "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
    assert add(bench, registry.of("linkages"), link).change
    assert add(bench, registry.of("base_rates"), {"since": "2025-01-01", "term": "一年以内(含一年)", "rate": "3%"}).change
    loan = {"bank": "农商行", "amount": "50000", "lent_on": "2026-01-01", "due_on": "2027-01-01", "rate": "4.80%"}
    assert add(bench, registry.of("entity_loans"), {**loan, "entity": "稻香合作社", "contract_no": "E1"}).change
    assert add(bench, registry.of("microcredits"), {**loan, "head_name": office.SMALL, "contract_no": "X1", "purpose": "种植"}).change
    for column, number in (("loan", "X1"), ("entity_loan", "E1")):
        texts = {column: number, "from_on": "2026-01-01", "to_on": "2026-02-01", "state": "审核"}
        assert add(bench, subsidies, texts).change
    kind = kinds.of("subsidy")
    with bench.read() as session:
        (offer,) = kind.offered(bench, session, 2026)
        rows = notice_rows(session, registers.all_keys(bench, year(subsidies, 2026)), False)
    assert [(row["village"], row["borrower"].startswith(("稻香", office.SMALL))) for row in rows] == [("低岭村", True)] * 2
    posting.publish(bench, "subsidy", offer.key, posting.default_settings(bench, kind))
    concluded(bench, "subsidy", offer.key)
    made = payments.create(bench, offer.key, kind=PaymentKind.SUBSIDY).keys[0]
    assert {row.head_name: row.item for row in payments.load(bench, made).rows} == {
        office.SMALL: "小额信贷贴息", "稻香合作社": "主体贷款贴息",
    }  # fmt: skip
    with pytest.raises(NotAllowed, match="稻香合作社没有登记账号"):
        payments.check(bench, made)
    (key,) = registers.all_keys(bench, year(registry.of("entities"), 2026))
    account = {"bank_name": "农商行", "account_name": "稻香合作社", "bank_account": "80020000098765432", "credit_code": "91350100M000100Y43"}
    edits = [registers.CellEdit(key, column, text) for column, text in account.items()]
    assert registers.set_cells(bench, registry.of("entities"), edits).change
    whole = sum(row.amount for row in payments.load(bench, made).rows)
    money_office.approve(bench, money_office.plan(bench, "贴息发放", (("省级专项", str(whole)),), (("贴息发放", str(whole)),)))
    for step in (payments.check, payments.send, payments.pay):
        step(bench, made)
    (row,) = [row for row in payments.load(bench, made).rows if row.head_name == "稻香合作社"]
    assert (row.account, row.id_number, row.amount) == ("80020000098765432", "91350100M000100Y43", D("206.67"))

    def shown() -> list[str]:
        found = registers.window(bench, year(subsidies, 2026), 0, 9)
        keys = [info.key for info in registers.columns(subsidies)]
        return sorted(f"{one.cells[keys.index('state')]} {one.cells[keys.index('paid')]}" for one in found)

    assert shown() == ["已拨付 206.67", "已拨付 206.67"]
    payments.give_back(bench, made, {row.key: "户名不符"})
    assert shown() == ["公示 ", "已拨付 206.67"]
