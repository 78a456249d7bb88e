"""What a clerk says on the telephone to whoever asks where the money is."""

from __future__ import annotations

from fupin_desktop.services import payments
from fupin_desktop.services.household_card import household_awards
from fupin_desktop.services.household_money import household_payments
from fupin_desktop.services.workbench import Workbench
from tests.services.payments import pay_office as office
from tests.services.register_office import find


def told(bench: Workbench, name: str = "李亚保") -> list[tuple[str, str]]:
    return [(one.told, one.tone) for one in household_payments(bench, find(bench, name).key)]


def test_the_publicity_of_an_award_is_told_with_it(bench: Workbench) -> None:
    (award,) = household_awards(bench, find(bench, "李亚保").key)
    assert f"{award.award}" == "4000.00"
    assert award.publicity.startswith("已备案")


def test_every_step_of_a_payment_is_told_until_the_money_is_there(bench: Workbench, run: str) -> None:
    assert told(bench) == []
    office.plan(bench, run)
    key = office.batch(bench, run).line.key
    day = f"{bench.today:%m-%d}"
    assert told(bench) == [("列入发放批次，还没有审核", "principle")]
    payments.check(bench, key)
    assert told(bench) == [("发放批次已审核，还没有送出", "principle")]
    payments.send(bench, key, to="塘㙍镇财政所")
    assert told(bench) == [(f"{day} 已送塘㙍镇财政所，还没有登记发放", "principle")]
    payments.pay(bench, key, paper_no="凭证1")
    tail = office.CARDS["李亚保"][-4:]
    assert told(bench) == [(f"{day} 已发到账号尾号 {tail}", "good")]
    (one,) = household_payments(bench, find(bench, "李亚保").key)
    (award,) = household_awards(bench, find(bench, "李亚保").key)
    assert (one.batch, one.object_key, f"{one.amount}") == (key, award.scheme, "4000.00")


def test_what_came_back_is_told_with_its_reason_until_it_is_paid_again(bench: Workbench, run: str) -> None:
    office.plan(bench, run)
    done = office.paid(bench, run)
    row = next(one for one in done.rows if one.head_name == "李亚保")
    payments.give_back(bench, done.line.key, {row.key: "账户已销户"})
    day = f"{bench.today:%m-%d}"
    assert told(bench) == [(f"{day} 退回：账户已销户，还没有重发", "must")]
    payments.again(bench, done.line.key)
    back, again = household_payments(bench, find(bench, "李亚保").key)
    assert (back.told, back.tone) == (f"{day} 退回：账户已销户，已列入重发", "")
    assert (again.name, again.told) == (f"{done.line.title} 第2批(退回重发)", "列入发放批次，还没有审核")
    assert told(bench, "陈康")[0][1] == "good"
