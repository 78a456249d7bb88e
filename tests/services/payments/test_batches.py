"""Payment batches: what is paid to whom, once, within what is approved, and what the ledger says of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D
from pathlib import Path

import pytest

from fupin_desktop.domain.payments import BatchState, PaymentKind, PaymentRowState
from fupin_desktop.domain.vocabulary import OperatorRole
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import award_notices, awards, funds, history, operators, payments, registers, schemes
from fupin_desktop.services.payment_sources.awards import _paid_beside
from fupin_desktop.services.payments import money, sources
from fupin_desktop.services.registers import FARM_ITEMS
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import AwardRun, PaymentBatch
from tests.services.award_office import file_scheme, unfile_scheme
from tests.services.payments import pay_office as office
from tests.services.payments.pay_office import LARGE, SMALL
from tests.services.register_office import find


def in_ledger(bench: Workbench) -> D:
    """Yuan that the ledger paid."""
    lines = funds.entries(bench, funds.LedgerFilter(2026))
    return sum((line.amount for line in lines if line.kind == "paid"), D("0.00"))


def test_a_batch_goes_its_way_and_the_ledger_pays_it(bench: Workbench, run: str) -> None:
    office.plan(bench, run)
    made = office.batch(bench, run)
    assert made.line.name == "低岭村2026年度产业奖补资金 第1批"
    assert [(row.head_name, row.item, str(row.quantity), row.unit, row.amount) for row in made.rows] == [
        (LARGE, "水稻", "12.500", "亩", D("4000.00")), (SMALL, "水稻", "2.000", "亩", D("480.00")),
    ]  # fmt: skip
    assert (made.line.state, made.line.amount, made.line.households) == (BatchState.DRAFT, D("4480.00"), 2)
    assert made.paper is not None
    key = made.line.key
    assert payments.check(bench, key, "王所长").message == "低岭村2026年度产业奖补资金 第1批：已审核，账户不再变动。"
    payments.send(bench, key, to="镇财政所")
    payments.pay(bench, key, paper_no="凭证 3-20")
    done = payments.load(bench, key)
    assert (done.line.state, done.checked_by, done.sent_to, done.paper_no) == (
        BatchState.PAID, "王所长", "镇财政所", "凭证 3-20",
    )  # fmt: skip
    assert set(office.states(done).values()) == {PaymentRowState.PAID}
    assert done.agreement == payments.Agreement(D("4480.00"), D("4480.00"), D("4480.00"))
    assert in_ledger(bench) == D("4480.00")


def test_each_step_tells_what_was_done_and_is_not_undone_by_mistake(bench: Workbench, run: str) -> None:
    office.plan(bench, run)
    made = payments.create(bench, run)
    key = made.keys[0]
    name = payments.load(bench, key).line.name
    assert made.message == "已编制第 1 批：2 户 4,480.00 元。"
    assert payments.check(bench, key).message == f"{name}：已审核，账户不再变动。"
    assert payments.step_back(bench, key).message == f"{name}：已退回到“编制”。"
    payments.check(bench, key, " 王主任 ")
    assert payments.load(bench, key).checked_by == "王主任"
    assert payments.send(bench, key).message == f"{name}：已送财政所、银行。"
    assert payments.step_back(bench, key).message == f"{name}：已退回到“已审核”。"
    assert payments.send(bench, key, to="镇财政所").message == f"{name}：已送镇财政所。"
    assert payments.pay(bench, key).message == f"{name}：已登记发放 2 户 4,480.00 元。"
    row = payments.load(bench, key).rows[1].key
    assert payments.give_back(bench, key, {row: "户名不符"}).message == f"{name}：已登记退回 1 户，可以更正后重发。"
    with pytest.raises(NotAllowed):  # all that is offered is the making of the batch, which has gone on since
        history.undo(bench)
    assert payments.load(bench, key).line.state is BatchState.PARTLY


def test_nobody_is_paid_twice(bench: Workbench, run: str) -> None:
    office.batch(bench, run)
    with pytest.raises(NotAllowed, match="都已列入发放批次"):
        payments.create(bench, run)
    (can,) = payments.payables(bench, 2026)
    assert (can.fen, can.left_fen, can.households, can.gate) == (448_000, 0, 2, "")


def test_a_person_registered_twice_is_refused_in_a_batch_and_across(bench: Workbench, run: str) -> None:
    key = office.batch(bench, run).line.key
    number = payments.load(bench, key).rows[0].id_number
    office.bank(bench, SMALL, head_id_number=number)
    with pytest.raises(NotAllowed, match=f"{SMALL}与第 1 行{LARGE}的身份证号相同"):
        payments.check(bench, key)
    payments.leave_out(bench, key, [payments.load(bench, key).rows[1].key])
    payments.check(bench, key)
    second = office.batch(bench, run)
    assert [row.head_name for row in second.rows] == [SMALL]
    assert [problem.code for problem in second.problems if problem.blocks] == ["payment.person_twice"]
    with pytest.raises(NotAllowed, match="已在别的批次以另一户发放"):
        payments.check(bench, second.line.key)


@pytest.mark.parametrize(
    ("cells", "code", "reason"),
    [
        ({"bank_account": ""}, "payment.account_missing", False),
        ({"bank_account": "6222021234567890128"}, "payment.account_shared", True),
        ({"account_name": "陈小康"}, "payment.account_holder", True),
    ],
)
def test_accounts_that_block(bench: Workbench, run: str, cells: dict[str, str], code: str, *, reason: bool) -> None:
    key = office.batch(bench, run).line.key
    office.bank(bench, SMALL, **cells)
    found = payments.load(bench, key)
    row = next(row for row in found.rows if row.head_name == SMALL)
    assert code in [problem.code for problem in found.problems if problem.blocks]
    with pytest.raises(NotAllowed, match="还不能审核"):
        payments.check(bench, key)
    if reason:
        for one in found.rows:
            payments.give_reason(bench, key, one.key, "同一家庭，户主书面委托。")
        payments.check(bench, key)
        kept = payments.load(bench, key).rows
        assert {one.account_reason for one in kept} == {"同一家庭，户主书面委托。"}
    else:
        payments.leave_out(bench, key, [row.key])
        payments.check(bench, key)


def test_what_only_looks_odd_is_told(bench: Workbench, run: str) -> None:
    key = office.batch(bench, run).line.key
    office.bank(bench, SMALL, bank_account="6222021234567890129", bank_name="")
    codes = [problem.code for problem in payments.load(bench, key).problems]
    assert codes == ["payment.account_luhn", "payment.bank_missing"]
    payments.check(bench, key)


def test_a_draft_shows_the_account_of_now_and_a_checked_batch_keeps_it(bench: Workbench, run: str) -> None:
    key = office.batch(bench, run).line.key
    office.bank(bench, SMALL, bank_account="80020000087654321")
    assert payments.load(bench, key).rows[1].account == "80020000087654321"
    payments.check(bench, key)
    office.bank(bench, SMALL, bank_account="80020000011111111")
    assert payments.load(bench, key).rows[1].account == "80020000087654321"
    payments.step_back(bench, key)
    assert payments.load(bench, key).rows[1].account == "80020000011111111"


@pytest.mark.parametrize("step", ["posted", "ended", "filed"])
def test_no_batch_before_publicity_its_end_and_filing(tmp_path: Path, step: str) -> None:
    bench = office.make(tmp_path)
    run = office.award_run(bench, posted=step != "posted", ended=step != "ended", filed=step == "ended")
    with pytest.raises(NotAllowed, match="还不能编制发放明细"):
        payments.create(bench, run)
    assert payments.payables(bench, 2026)[0].gate
    bench.close()


def test_no_money_without_an_approved_paper_that_has_it(bench: Workbench, run: str) -> None:
    key = office.batch(bench, run).line.key
    payments.check(bench, key)
    with pytest.raises(NotAllowed, match="还没有批准的资金使用审批表"):
        payments.send(bench, key)
    office.plan(bench, run)
    payments.send(bench, key)
    assert payments.load(bench, key).line.state is BatchState.SENT


def test_a_step_out_of_turn_is_refused(bench: Workbench, run: str) -> None:
    office.plan(bench, run)
    key = office.batch(bench, run).line.key
    for act in (payments.send, payments.pay, payments.step_back):
        with pytest.raises(NotAllowed, match="编制"):
            act(bench, key)
    payments.check(bench, key)
    with pytest.raises(NotAllowed, match="不能再改"):
        payments.remove(bench, key)
    with pytest.raises(NotAllowed, match="早于审核日期"):
        payments.send(bench, key, on=bench.today.replace(day=1))
    assert payments.load(bench, key).line.state is BatchState.CHECKED


def test_what_came_back_is_countered_corrected_and_paid_again(bench: Workbench, run: str) -> None:
    office.plan(bench, run)
    key = office.batch(bench, run).line.key
    payments.check(bench, key)
    payments.send(bench, key)
    small = payments.load(bench, key).rows[1]
    payments.pay(bench, key, returned={small.key: "账号户名不符"})
    back = payments.load(bench, key)
    assert (back.line.state, back.line.returned, back.line.paid) == (BatchState.PARTLY, D("480.00"), D("4000.00"))
    assert back.agreement == payments.Agreement(D("4000.00"), D("4480.00"), D("4000.00"))
    office.days(bench, 2)
    office.bank(bench, SMALL, bank_account="80020000099999999")
    again = payments.again(bench, key).keys[0]
    new = payments.load(bench, again)
    assert (new.line.name, new.rows[0].account, new.rows[0].note) == (
        "低岭村2026年度产业奖补资金 第2批(退回重发)", "80020000099999999", "退回重发：账号户名不符",
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="没有等着重发"):
        payments.again(bench, key)
    payments.check(bench, again)
    payments.send(bench, again)
    payments.pay(bench, again)
    assert in_ledger(bench) == D("4480.00")
    assert payments.load(bench, again).agreement.ledger == D("480.00")
    assert [batch.paid for batch in payments.batches(bench, 2026)] == [D("480.00"), D("4000.00")]
    assert [row.amount for _, row in payments.received(bench, small.household_key)] == [D("480.00"), D("480.00")]


def test_what_came_back_is_not_paid_again_to_the_same_account_without_a_reason(bench: Workbench, run: str) -> None:
    office.plan(bench, run)
    done = office.paid(bench, run)
    payments.give_back(bench, done.line.key, {row.key: "账号有误" for row in done.rows})
    key = payments.again(bench, done.line.key).keys[0]
    large, small = payments.load(bench, key).rows
    with pytest.raises(NotAllowed, match=r"李亚保的款因“账号有误”退回，账户和退回时一样.*陈康"):
        payments.check(bench, key)
    with pytest.raises(NotAllowed, match="账户没有改动"):
        payments.set_account(bench, key, large.key, account_name="", account="6.22E+17", bank_name="吴川农商银行")
    changed = payments.set_account(bench, key, large.key, account_name="", account="80020000099999999", bank_name="吴川农商银行")
    assert (changed.title, payments.load(bench, key).rows[0].account) == ("改正账户", "80020000099999999")
    same = payments.set_account(bench, key, large.key, account_name="", account="80020000099999999", bank_name="吴川农商银行")
    assert (same.message, same.nouns) == ("账户没有改动。", frozenset())
    payments.give_reason(bench, key, small.key, "账户已解除挂失")
    payments.check(bench, key)
    with pytest.raises(NotAllowed, match="不能再改"):
        payments.set_account(bench, key, small.key, account_name="", account="1", bank_name="")


def test_a_draft_that_pays_again_can_be_removed(bench: Workbench, run: str) -> None:
    office.plan(bench, run)
    done = office.paid(bench, run)
    payments.give_back(bench, done.line.key, {done.rows[0].key: "账户已销户"})
    again = payments.again(bench, done.line.key).keys[0]
    payments.remove(bench, again)
    assert not payments.load(bench, done.line.key).rows[0].paid_again
    assert payments.again(bench, done.line.key).keys


def test_a_return_needs_its_reason_and_comes_once(bench: Workbench, run: str) -> None:
    office.plan(bench, run)
    done = office.paid(bench, run)
    key, row = done.line.key, done.rows[0].key
    with pytest.raises(NotAllowed, match="退回的原因"):
        payments.give_back(bench, key, {row: " "})
    payments.give_back(bench, key, {row: "户名不符"})
    with pytest.raises(NotAllowed, match="已退回，不能登记退回"):
        payments.give_back(bench, key, {row: "户名不符"})


def test_an_advance_and_the_balance_are_the_award(bench: Workbench, run: str) -> None:
    office.plan(bench, run)
    key = payments.create(bench, run, share=D("0.4")).keys[0]
    advance = payments.load(bench, key)
    assert [row.amount for row in advance.rows] == [D("1600.00"), D("192.00")]
    payments.check(bench, key)
    payments.send(bench, key)
    payments.pay(bench, key)
    rest = office.paid(bench, run)
    assert [(row.award, row.before, row.amount) for row in rest.rows] == [
        (D("4000.00"), D("1600.00"), D("2400.00")), (D("480.00"), D("192.00"), D("288.00")),
    ]  # fmt: skip
    assert in_ledger(bench) == D("4480.00")


def corrected(bench: Workbench, run: str, accepted: str) -> str:
    """Another calculation of the scheme, in which 李亚保 has another quantity, published to its end and filed."""
    with bench.read() as session:
        found = session.get(AwardRun, run)
        assert found is not None
        scheme = found.scheme_key
    (notice,) = [one for one in award_notices.all(bench, 2026) if one.run_key == run]
    unfile_scheme(bench, scheme)
    award_notices.withdraw(bench, notice.key)
    item = find(bench, LARGE, FARM_ITEMS).key
    registers.set_cells(bench, FARM_ITEMS, [registers.CellEdit(item, "accepted", accepted)])
    new = awards.recalculate(bench, scheme).keys[0]
    award_notices.publish(bench, new, award_notices.default_settings(bench))
    office.days(bench, 10)
    file_scheme(bench, scheme)
    return new


def test_too_much_paid_is_told_as_money_to_come_back_and_is_never_nothing(bench: Workbench, run: str) -> None:
    office.plan(bench, run)
    key = office.batch(bench, run).line.key
    with_small = payments.load(bench, key).rows[1].key
    payments.leave_out(bench, key, [with_small])
    payments.check(bench, key)
    payments.send(bench, key)
    payments.pay(bench, key)
    new = corrected(bench, run, "10")
    made = office.batch(bench, new)
    assert [(row.head_name, row.amount, row.state) for row in made.rows] == [
        (SMALL, D("480.00"), PaymentRowState.PENDING), (LARGE, D("-800.00"), PaymentRowState.RECOVER),
    ]  # fmt: skip
    assert (made.line.amount, made.line.recover, made.line.households) == (D("480.00"), D("800.00"), 1)
    office.plan(bench, new, "3680")
    payments.check(bench, made.line.key)
    payments.send(bench, made.line.key)
    payments.pay(bench, made.line.key)
    payments.recover(bench, made.line.key, [made.rows[1].key])
    done = payments.load(bench, made.line.key)
    assert office.states(done)[LARGE] is PaymentRowState.RECOVERED
    assert done.line.recover == 0
    assert in_ledger(bench) == D("3680.00")


def test_a_batch_of_a_replaced_calculation_is_paid_no_more(bench: Workbench, run: str) -> None:
    office.plan(bench, run)
    key = office.batch(bench, run).line.key
    payments.check(bench, key)
    corrected(bench, run, "10")
    assert "还没有公示" in payments.load(bench, key).gate
    with pytest.raises(NotAllowed, match="还没有公示"):
        payments.send(bench, key)


def test_making_a_batch_is_undone_in_one_step(bench: Workbench, run: str) -> None:
    office.batch(bench, run)
    history.undo(bench)
    assert payments.batches(bench) == []


def test_who_made_a_batch_does_not_check_it_where_the_office_wants_it_so(bench: Workbench, run: str) -> None:
    office.plan(bench, run)
    key = office.batch(bench, run).line.key
    manager = operators.OperatorForm("王管理", OperatorRole.MANAGER, password="1234")
    reviewer = operators.OperatorForm(bench.clerk, OperatorRole.REVIEWER)
    for form in (manager, reviewer):
        operators.save(bench, "", form)
    operators.set_rules(bench, operators.Rules(on=True, separate=True))
    operators.sign_in(bench, bench.clerk, "")
    with pytest.raises(NotAllowed, match="自己录入的"):
        payments.check(bench, key)
    operators.sign_in(bench, "王管理", "1234")
    payments.check(bench, key)


def test_a_scheme_and_its_correction_are_not_both_paid(bench: Workbench, run: str) -> None:
    (line,) = schemes.all(bench, 2026)
    other = schemes.correct(bench, line.key).keys[0]
    corrected = awards.recalculate(bench, other).keys[0]
    office.batch(bench, run)
    with pytest.raises(NotAllowed, match="已经编制了发放批次，另拟一份会重复发放"):
        schemes.correct(bench, line.key)
    gates = {one.source_key: one.gate for one in payments.payables(bench, 2026)}
    assert gates[run] == ""
    with bench.read() as session:
        assert _paid_beside(session, corrected) == f"“{line.name}”已经编制了发放批次，方案和它的更正不能都发"
        assert _paid_beside(session, run) == ""


def test_a_correction_is_one_whatever_its_batch_is_called(bench: Workbench, run: str) -> None:
    (line,) = schemes.all(bench, 2026)
    first = schemes.correct(bench, line.key).keys[0]
    again = schemes.correct(bench, first).keys[0]
    for key, batch in ((first, "秋季"), (again, "冬季")):
        schemes.save(bench, key, replace(schemes.load(bench, key), batch=batch))
    calculated = awards.recalculate(bench, again).keys[0]
    office.batch(bench, run)
    with bench.read() as session:
        assert _paid_beside(session, calculated) == f"“{line.name}”已经编制了发放批次，方案和它的更正不能都发"


def test_a_further_batch_of_a_place_is_paid_beside_the_first(bench: Workbench, run: str) -> None:
    (line,) = schemes.all(bench, 2026)
    other = schemes.copy_to_year(bench, line.key, 2026, batch="第二批更正").keys[0]
    calculated = awards.recalculate(bench, other).keys[0]
    office.batch(bench, run)
    with bench.read() as session:
        assert _paid_beside(session, calculated) == ""


def test_a_document_of_the_list_before_its_correction_is_named(bench: Workbench, run: str) -> None:
    (line,) = schemes.all(bench, 2026)
    office.plan(bench, run)
    again = awards.recalculate(bench, line.key).keys[0]
    with bench.read() as session:
        found = [
            money.of_earlier_list(session, PaymentBatch(kind=kind, object_key=line.key, source_key=source))
            for kind, source in (("awards", again), ("awards", run), ("proceeds", again))
        ]
    assert (bool(found[0]), found[1:]) == (True, ["", ""])
    assert office.batch(bench, run).earlier_paper == ""


def test_the_amounts_of_a_list_are_those_of_its_dues(bench: Workbench, run: str) -> None:
    with bench.read() as session:
        source = sources.of(PaymentKind.AWARDS)
        dues = source.dues(bench, session, run)
        assert source.amounts(bench, session, run) == [(due.household_key, due.fen) for due in dues]
        assert len(dues) > 1


def test_what_is_left_follows_every_write(bench: Workbench, run: str) -> None:
    (before,) = payments.payables(bench, 2026)
    made = office.batch(bench, run)
    (listed,) = payments.payables(bench, 2026)
    payments.leave_out(bench, made.line.key, [made.rows[0].key])
    (less,) = payments.payables(bench, 2026)
    assert [one.left_fen for one in (before, listed, less)] == [448_000, 0, 400_000]
