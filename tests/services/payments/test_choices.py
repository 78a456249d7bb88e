"""What can be chosen on a batch's way, and how each refusal is told; nothing of what is refused is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal as D
from typing import Any

import pytest

from fupin_desktop.domain.payments import BatchState
from fupin_desktop.domain.vocabulary import EntryKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import funds, history, payments
from fupin_desktop.services.payments import Batch
from fupin_desktop.services.workbench import Workbench
from tests.services.payments import pay_office as office
from tests.services.payments.pay_office import LARGE, SMALL

Act = Callable[[Workbench, Batch], Any]


def test_a_batch_is_made_for_some_villages_and_a_share_of_all(bench: Workbench, run: str) -> None:
    with pytest.raises(NotAllowed, match="没有要发的户"):
        payments.create(bench, run, villages=("那罗村",))
    for share in ("0", "1", "1.2", "-0.4", "0.00001"):
        with pytest.raises(NotAllowed, match="预付比例应大于 0、小于 100%"):
            payments.create(bench, run, share=D(share))
    assert payments.batches(bench) == []
    made = payments.load(bench, payments.create(bench, run, villages=("低岭村", "那罗村")).keys[0])
    assert [row.head_name for row in made.rows] == [LARGE, SMALL]


def drafts(bench: Workbench, run: str) -> Batch:
    return office.batch(bench, run)


def sent(bench: Workbench, run: str) -> Batch:
    office.plan(bench, run)
    key = office.batch(bench, run).line.key
    payments.check(bench, key)
    payments.send(bench, key)
    return payments.load(bench, key)


def paid(bench: Workbench, run: str) -> Batch:
    office.plan(bench, run)
    return office.paid(bench, run)


REFUSED: list[tuple[Callable[[Workbench, str], Batch], Act, str]] = [
    (drafts, lambda bench, one: payments.load(bench, "没有"), "这个发放批次已经不在了"),
    (drafts, lambda bench, one: payments.remove(bench, "没有"), "这个发放批次已经不在了"),
    (drafts, lambda bench, one: payments.create(bench, "没有"), "这份名单已经不在了"),
    (drafts, lambda bench, one: payments.leave_out(bench, one.line.key, [row.key for row in one.rows]), "全部留到下一批，这一批就没有户了"),
    (drafts, lambda bench, one: payments.give_reason(bench, one.line.key, "没有", "x"), "这一户已经不在这一批里"),
    (drafts, lambda bench, one: payments.choose_paper(bench, one.line.key, "没有"), "这份审批表没有列入这笔资金，或还没有批准"),
    (drafts, lambda bench, one: payments.again(bench, one.line.key), "这一批没有等着重发的退回款"),
    (drafts, lambda bench, one: payments.give_back(bench, one.line.key, {one.rows[0].key: "x"}), "这一批现在是“编制”，不能这样办"),
    (drafts, lambda bench, one: payments.recover(bench, one.line.key, [one.rows[0].key]), "这一批现在是“编制”，不能这样办"),
    (sent, lambda bench, one: payments.choose_paper(bench, one.line.key, one.paper.key), "这一批已经送出，不能改拨付依据"),
    (sent, lambda bench, one: payments.give_reason(bench, one.line.key, one.rows[0].key, "x"), "这一批已送财政/银行，不能再改"),
    (sent, lambda bench, one: payments.leave_out(bench, one.line.key, [one.rows[0].key]), "这一批已送财政/银行，不能再改"),
    (sent, lambda bench, one: payments.check(bench, one.line.key), "这一批现在是“已送财政/银行”，不能这样办"),
    (sent, lambda bench, one: payments.pay(bench, one.line.key, on=bench.today + timedelta(1)), "发放日期 .*晚于今天"),
    (sent, lambda bench, one: payments.pay(bench, one.line.key, on=bench.today - timedelta(1)), "发放日期 .*早于送出日期"),
    (sent, lambda bench, one: payments.pay(bench, one.line.key, returned={"没有": "x"}), "没有选定退回的户，或有的户不在这一批里"),
    (sent, lambda bench, one: payments.pay(bench, one.line.key, returned={one.rows[0].key: "　"}), f"请填写{LARGE}退回的原因"),
    (paid, lambda bench, one: payments.give_back(bench, one.line.key, {}), "没有选定退回的户"),
    (paid, lambda bench, one: payments.give_back(bench, one.line.key, {one.rows[0].key: "x"}, on=bench.today - timedelta(1)), "退回日期 .*早于发放日期"),
    (paid, lambda bench, one: payments.recover(bench, one.line.key, []), "选定的户里有的没有待追回的款"),
    (paid, lambda bench, one: payments.recover(bench, one.line.key, [one.rows[0].key]), "选定的户里有的没有待追回的款"),
    (paid, lambda bench, one: payments.step_back(bench, one.line.key), "这一批已发放，不能退回"),
    (paid, lambda bench, one: payments.remove(bench, one.line.key), "这一批已发放，不能再改"),
]  # fmt: skip


@pytest.mark.parametrize("state", [drafts, sent, paid], ids=lambda one: one.__name__)
def test_what_cannot_be_done_is_told_and_leaves_everything_as_it_was(
    bench: Workbench, run: str, state: Callable[[Workbench, str], Batch]
) -> None:
    made = state(bench, run)
    before = (payments.load(bench, made.line.key), funds.entries(bench, funds.LedgerFilter(2026)))
    tried = [(act, told) for begun, act, told in REFUSED if begun is state]
    for act, told in tried:
        with pytest.raises(NotAllowed, match=told):
            act(bench, made)
        assert (payments.load(bench, made.line.key), funds.entries(bench, funds.LedgerFilter(2026))) == before, told
    assert len(tried) >= 5


def test_of_two_papers_one_is_chosen_and_the_money_comes_from_it(bench: Workbench, run: str) -> None:
    first = office.plan(bench, run)
    made = office.batch(bench, run)
    assert made.paper is not None
    assert [one.key for one in made.papers] == [made.paper.key] == [first]
    assert payments.choose_paper(bench, made.line.key, first).message == "已选定拨付依据。"
    history.undo(bench)
    history.redo(bench)
    payments.check(bench, made.line.key)
    payments.send(bench, made.line.key, to=" 镇财政所　")
    assert payments.load(bench, made.line.key).sent_to == "镇财政所"
    payments.step_back(bench, made.line.key)
    back = payments.load(bench, made.line.key)
    assert (back.line.state, back.sent_on, back.sent_to) == (BatchState.CHECKED, None, "")
    payments.step_back(bench, made.line.key)
    back = payments.load(bench, made.line.key)
    assert (back.line.state, back.checked_on, back.checked_by) == (BatchState.DRAFT, None, "")


def test_what_the_ledger_took_back_itself_is_not_taken_back_twice(bench: Workbench, run: str) -> None:
    done = paid(bench, run)
    (entry,) = [one for one in funds.entries(bench, funds.LedgerFilter(2026)) if one.kind is EntryKind.PAID]
    funds.counter(bench, entry.key, bench.today, "财政退库")
    with pytest.raises(NotAllowed, match=r"台账里这些批次只有 0\.00 元可以冲销，不够 4,000\.00 元"):
        payments.give_back(bench, done.line.key, {done.rows[0].key: "户名不符"})
    after = payments.load(bench, done.line.key)
    assert (after.line.state, after.agreement.ledger) == (BatchState.PAID, 0)


def test_a_household_left_out_of_a_batch_that_pays_again_waits_again(bench: Workbench, run: str) -> None:
    done = paid(bench, run)
    payments.give_back(bench, done.line.key, {row.key: "户名不符" for row in done.rows})
    again = payments.load(bench, payments.again(bench, done.line.key).keys[0])
    payments.leave_out(bench, again.line.key, [again.rows[0].key])
    assert [row.paid_again for row in payments.load(bench, done.line.key).rows] == [False, True]
    third = payments.load(bench, payments.again(bench, done.line.key, [done.rows[0].key]).keys[0])
    assert [(row.head_name, row.position) for row in third.rows] == [(LARGE, 1)]
    assert [one.name for one in payments.batches(bench)] == [
        "低岭村2026年度产业奖补资金 第3批(退回重发)", "低岭村2026年度产业奖补资金 第2批(退回重发)",
        "低岭村2026年度产业奖补资金 第1批",
    ]  # fmt: skip
