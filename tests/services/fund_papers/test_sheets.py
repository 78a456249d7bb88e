"""Approval sheets: what can be drawn on a plan, what is paid in parts, corrections, counter-entries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from fupin_desktop.domain.vocabulary import ApplicationState, FundKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import documents, fund_papers, funds, history
from fupin_desktop.services.documents import Opinion
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Application
from tests.services.fund_papers import money_office as office
from tests.services.fund_papers.money_office import D


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = office.make(tmp_path)
    office.source(made)
    office.source(made, "帮扶资金", "100000", FundKind.TOWN_INDUSTRY)
    yield made
    made.close()


@pytest.fixture
def plan(bench: Workbench) -> str:
    """An approved plan of the town: 200,000.00 of one source, 100,000.00 of another."""
    key = office.plan(bench, form_id=office.TOWN_PLAN, sources=[("省级专项", "200000"), ("帮扶资金", "100000")])
    return office.approve(bench, key)


def paid(bench: Workbench) -> dict[str, str]:
    return {one.name: f"{one.paid:.2f}" for one in funds.balances(bench, 2026)}


def test_a_sheet_rests_on_an_approved_plan(bench: Workbench, plan: str) -> None:
    (place,) = documents.places(bench, office.APPROVAL)
    assert (place.key, place.name, place.taken) == (plan, "镇计〔2026〕1号 塘㙍镇 水稻基地", False)
    draft = office.plan(bench, "养鸡")
    with pytest.raises(NotAllowed, match="低岭村 养鸡”还没有批准"):
        documents.create(bench, office.APPROVAL, draft)
    with pytest.raises(NotAllowed, match="已经不在了"):
        documents.create(bench, office.APPROVAL, "nothing")
    key = office.sheet(bench, plan)
    line = documents.open_document(bench, key).line
    assert (line.place, line.number) == ("塘㙍镇 水稻基地", "镇批〔2026〕1号")
    assert office.opened(bench, office.sheet(bench, plan))["number"] == "镇批〔2026〕2号"
    with bench.read() as session:
        record = session.get(Application, key)
        assert record is not None
        assert record.about_key == record.place_key == plan


def test_a_sheet_is_not_dated_before_its_plan_is_approved(bench: Workbench, plan: str) -> None:
    key = office.sheet(bench, plan)
    day = bench.today
    documents.set_values(bench, key, {"reported_on": (day - timedelta(days=1)).isoformat()})
    assert "fund.plan" in {one.code for one in documents.open_document(bench, key).problems}
    documents.set_values(bench, key, {"reported_on": day.isoformat()})
    assert "fund.plan" not in {one.code for one in documents.open_document(bench, key).problems}


def test_money_left_of_a_year_can_be_drawn_in_the_next(bench: Workbench, plan: str) -> None:
    assert [one.key for one in documents.places(bench, office.APPROVAL, year=2027)] == [plan]
    key = office.approve(bench, office.sheet(bench, plan, [("全部", "300000", "合作社")]))
    fund_papers.pay(bench, key, bench.today)
    assert documents.places(bench, office.APPROVAL, year=2027) == []
    assert len(documents.places(bench, office.APPROVAL, year=2026)) == 1


def test_the_paper_shows_approved_paid_asked_and_left(bench: Workbench, plan: str) -> None:
    first = office.approve(bench, office.sheet(bench, plan, [("种苗款", "120000.01", "合作社")]))
    fund_papers.pay(bench, first, bench.today, D("20000"), "凭证 1")
    key = office.sheet(bench, plan, [("种苗款", "50000", "合作社"), ("农机款", "0.99", "农机公司")])
    names = ("approved", "paid", "amount", "left")
    assert [office.amount(bench, key, name) for name in names] == ["300,000.00", "20,000.00", "50,000.99", "229,999.01"]
    opened = office.opened(bench, key)
    assert (opened["plan_number"], opened["paid_share"]) == ("镇计〔2026〕1号", "23.3%")
    behind = {name: documents.rows_behind(bench, key, name) for name in (*names, "plan_number", "project")}
    assert [row[-1] for row in behind["approved"].rows] == ["200,000.00", "100,000.00", "300,000.00"]
    assert behind["paid"].rows[0][4:] == ("合作社", "凭证 1", "", "20,000.00")
    assert [row[1] for row in behind["left"].rows] == ["300,000.00", "-20,000.00", "-50,000.99", "229,999.01"]
    assert behind["amount"].rows[-1] == ("本次申请", "50,000.99")
    assert behind["plan_number"].rows == (("镇计〔2026〕1号", "塘㙍镇 水稻基地", "第 1 版", "已批准"),)
    office.approve(bench, key)
    frozen = documents.rows_behind(bench, key, "paid")
    assert (frozen.title, frozen.rows, frozen.target.tab) == ("已拨付(批准时)", behind["paid"].rows, "funds")


@pytest.mark.parametrize(("asked", "over"), [("300000.01", True), ("300000.00", False)])
def test_a_sheet_never_goes_below_zero(bench: Workbench, plan: str, asked: str, over: bool) -> None:
    key = office.sheet(bench, plan, [("种苗款", asked, "合作社")])
    assert ("fund.left" in office.codes(bench, key)) is over
    assert (office.opened(bench, key)["left"] < 0) is over


def test_other_sheets_on_their_way_count(bench: Workbench, plan: str) -> None:
    other = office.sheet(bench, plan, [("种苗款", "200000.01", "合作社")])
    key = office.sheet(bench, plan, [("农机款", "100000", "农机公司")])
    assert "fund.left" not in office.codes(bench, key)
    documents.submit(bench, other)
    assert "其他审批表在办和待拨 200,000.01 元" in office.codes(bench, key)["fund.left"]
    documents.send_back(bench, other, "缺合同")
    assert "fund.left" not in office.codes(bench, key)
    office.approve(bench, other)
    assert "超出 0.01 元" in office.codes(bench, key)["fund.left"]
    fund_papers.pay(bench, other, bench.today, D("200000"))
    assert "其他审批表在办和待拨 0.01 元" in office.codes(bench, key)["fund.left"]


def test_two_sheets_race_for_the_same_money(bench: Workbench, plan: str) -> None:
    first = office.sheet(bench, plan, [("种苗款", "200000", "合作社")])
    second = office.sheet(bench, plan, [("农机款", "150000", "农机公司")])
    documents.submit(bench, second)
    with pytest.raises(NotAllowed, match="还可以申请 150,000.00 元，本次申请 200,000.00 元，超出 50,000.00 元"):
        documents.submit(bench, first)
    new = documents.correct(bench, plan).keys[0]
    smaller = {"sources": [{"source": "省级专项", "amount": "149999.99"}], "uses": [{"item": "种苗", "amount": "149999.99"}]}
    office.fill(bench, new, smaller)
    assert "请先更正审批表" in office.codes(bench, new)["fund.paid"]
    allocated = [one for one in funds.entries(bench, funds.LedgerFilter(2026)) if one.kind == "allocated"]
    funds.counter(bench, allocated[0].key, bench.today, "上级收回", D("150000.01"))
    before = office.entries(bench)
    *boxes, last = office.boxes(bench, second)
    for box in boxes:
        documents.give_opinion(bench, second, box, Opinion(agrees=True, name="张三"))
    with pytest.raises(NotAllowed, match="计划批准 149,999.99 元.*超出 0.01 元"):
        documents.give_opinion(bench, second, last, Opinion(agrees=True, name="张三"))
    assert office.entries(bench) == before
    assert documents.open_document(bench, second).line.state is ApplicationState.SUBMITTED


def test_acceptance_comes_before_the_claim(bench: Workbench, plan: str) -> None:
    office.at(bench, 4, 10)
    key = office.sheet(bench, plan, accepted_on="2026-4-11")
    assert "晚于申请日期 2026-04-10" in office.codes(bench, key)["fund.acceptance"]
    office.fill(bench, key, {"accepted_on": "2026-4-10", "acceptance": "不合格"})
    assert set(office.codes(bench, key)) == {"fund.accepted", "fund.evidence"}
    office.fill(bench, key, {"acceptance": "合格"})
    documents.submit(bench, key)
    with pytest.raises(NotAllowed, match="早于"):
        documents.give_opinion(
            bench, key, "opinion_clerk", Opinion(agrees=True, name="张三", dated=date(2026, 4, 9))
        )
    documents.give_opinion(bench, key, "opinion_clerk", Opinion(agrees=True, name="张三", dated=date(2026, 4, 10)))


def test_a_payee_is_named_and_an_account_looked_at(bench: Workbench, plan: str) -> None:
    key = office.sheet(bench, plan, [("种苗款", "100", "", "6222021234567890123", "合同")])
    assert set(office.codes(bench, key)) == {"required", "fund.account"}
    office.fill(bench, key, {"items[0].payee": "合作社", "items[0].account": "6222021234567890128"})
    assert office.codes(bench, key) == {}


def test_what_was_paid_since_is_told(bench: Workbench, plan: str) -> None:
    other = office.approve(bench, office.sheet(bench, plan))
    key = office.sheet(bench, plan, [("农机款", "1", "农机公司")])
    documents.submit(bench, key)
    assert "fund.since" not in office.codes(bench, key)
    fund_papers.pay(bench, other, bench.today, D("0.01"))
    assert "表上已拨付 0.00 元，现在是 0.01 元" in office.codes(bench, key)["fund.since"]
    assert office.amount(bench, key, "paid") == "0.00"


def test_it_is_paid_in_parts_in_the_order_of_the_sources(bench: Workbench, plan: str) -> None:
    key = office.sheet(bench, plan, [("种苗款", "150000", "合作社"), ("农机款", "100000.50", "农机公司")])
    with pytest.raises(NotAllowed, match="还没有批准"):
        fund_papers.pay(bench, key, bench.today)
    office.at(bench, 3, 9)
    office.approve(bench, key)
    assert fund_papers.payments(bench, key).word == fund_papers.UNPAID
    with pytest.raises(NotAllowed, match="早于批准日期"):
        fund_papers.pay(bench, key, date(2026, 3, 8))
    with pytest.raises(NotAllowed, match="晚于今天"):
        fund_papers.pay(bench, key, date(2026, 3, 10))
    with pytest.raises(NotAllowed, match="应大于 0"):
        fund_papers.pay(bench, key, bench.today, D("0"))
    change = fund_papers.pay(bench, key, bench.today, D("199999.99"), "凭证 1", "第一批")
    assert change.nouns == {"funds", "applications"}
    assert change.keys == (key,)
    assert change.message == "已登记拨付 199,999.99 元，还有 50,000.51 元未拨付。"
    assert paid(bench) == {"省级专项": "199999.99", "帮扶资金": "0.00"}
    with pytest.raises(NotAllowed, match="还可以拨付 50,000.51 元，不能拨付 50,000.52 元，超出 0.01 元"):
        fund_papers.pay(bench, key, bench.today, D("50000.52"))
    assert fund_papers.payments(bench, key).word == fund_papers.PARTLY
    assert fund_papers.pay(bench, key, bench.today).message == "已登记拨付 50,000.51 元，已全部拨付。"
    assert paid(bench) == {"省级专项": "200000.00", "帮扶资金": "50000.50"}
    found = fund_papers.payments(bench, key)
    assert [f"{one.source} {one.amount:.2f}" for one in found.lines] == [
        "省级专项 199999.99", "省级专项 0.01", "帮扶资金 50000.50",
    ]  # fmt: skip
    assert (found.word, found.left, found.lines[0].payee) == (fund_papers.PAID, D("0.00"), "合作社等 2 个")
    with pytest.raises(NotAllowed, match="没有可以拨付的金额了"):
        fund_papers.pay(bench, key, bench.today)


def test_the_table_of_the_plan_orders_the_sources(bench: Workbench) -> None:
    sources = [("帮扶资金", "100000"), ("省级专项", "200000")]
    plan = office.approve(bench, office.plan(bench, form_id=office.TOWN_PLAN, sources=sources))
    office.source(bench, "帮扶资金", "1", document_no="另一笔")
    key = office.approve(bench, office.sheet(bench, plan, [("种苗款", "100000.01", "合作社")]))
    fund_papers.pay(bench, key, bench.today)
    assert [f"{one.source} {one.amount:.2f}" for one in fund_papers.payments(bench, key).lines] == [
        "帮扶资金 100000.00", "省级专项 0.01",
    ]  # fmt: skip


def test_a_payment_is_countered_and_paid_again(bench: Workbench, plan: str) -> None:
    key = office.approve(bench, office.sheet(bench, plan))
    fund_papers.pay(bench, key, bench.today)
    (line,) = fund_papers.payments(bench, key).lines
    funds.counter(bench, line.key, bench.today, "退回多付", D("0.01"))
    found = fund_papers.payments(bench, key)
    assert [(one.amount, one.left) for one in found.lines] == [(D("100000.00"), D("99999.99")), (D("-0.01"), D("0.00"))]
    assert (found.word, found.left) == (fund_papers.PARTLY, D("0.01"))
    fund_papers.pay(bench, key, bench.today)
    assert fund_papers.payments(bench, key).word == fund_papers.PAID


def test_a_sheet_partly_paid_is_corrected_to_less(bench: Workbench, plan: str) -> None:
    key = office.approve(bench, office.sheet(bench, plan))
    fund_papers.pay(bench, key, bench.today, D("60000"))
    new = documents.correct(bench, key).keys[0]
    office.fill(bench, new, {"items[0].amount": "59999.99"})
    assert "已拨付 60,000.00 元，更正后只有 59,999.99 元" in office.codes(bench, new)["fund.paid"]
    assert office.amount(bench, new, "paid") == "0.00"
    (line,) = fund_papers.payments(bench, key).lines
    funds.counter(bench, line.key, bench.today, "退回", D("10000"))
    office.approve(bench, new)
    with pytest.raises(NotAllowed, match="已被更正代替"):
        fund_papers.pay(bench, key, bench.today)
    found = fund_papers.payments(bench, new)
    assert (found.amount, found.paid, found.left) == (D("59999.99"), D("50000.00"), D("9999.99"))
    fund_papers.pay(bench, new, bench.today)
    assert fund_papers.payments(bench, new).word == fund_papers.PAID
    (sheet,) = fund_papers.sheet_lines(bench, 2026)
    assert (sheet.key, sheet.root, sheet.paid, sheet.word) == (new, key, D("59999.99"), fund_papers.PAID)


def test_a_town_plan_is_paid_by_its_sheets_alone(bench: Workbench, plan: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        fund_papers.pay_plan(bench, plan, bench.today)
    assert "审批表" in refused.value.todo
    village = office.approve(bench, office.plan(bench, "养鸡", sources=[("省级专项", "300000")]))
    with pytest.raises(NotAllowed, match="不能这样拨付"):
        fund_papers.pay(bench, village, bench.today)
    sheet = office.approve(bench, office.sheet(bench, village, [("鸡苗", "100000.01", "合作社")]))
    found = fund_papers.payments(bench, village)
    assert (found.reserved, found.left) == (D("100000.01"), D("199999.99"))
    with pytest.raises(NotAllowed, match="还可以拨付 199,999.99 元"):
        fund_papers.pay_plan(bench, village, bench.today, D("200000"))
    fund_papers.pay_plan(bench, village, bench.today, None, "养鸡合作社", "凭证 2")
    with pytest.raises(NotAllowed, match=r"没有可以拨付的金额了\(其中 100,000.01 元已由审批表申请\)"):
        fund_papers.pay_plan(bench, village, bench.today)
    fund_papers.pay(bench, sheet, bench.today)
    assert [one.payee for one in fund_papers.payments(bench, village).lines] == ["养鸡合作社", "合作社"]
    assert fund_papers.payments(bench, village).word == fund_papers.PAID


def test_payments_are_never_undone(bench: Workbench, plan: str) -> None:
    key = office.approve(bench, office.sheet(bench, plan))
    pdf = documents.pdf_bytes(bench, key)
    fund_papers.pay(bench, key, bench.today)
    before = office.entries(bench)
    while history.undo(bench):
        pass
    assert office.entries(bench) == before
    assert documents.pdf_bytes(bench, key) == pdf


def test_the_history_tells_of_money(bench: Workbench, plan: str) -> None:
    key = office.sheet(bench, plan, [("种苗款", "1000.01", "合作社")])
    office.fill(bench, key, {"items[0].amount": "999.99"})
    office.approve(bench, key)
    fund_papers.pay(bench, key, bench.today, D("900"), "凭证 1")
    (paid,) = fund_papers.payments(bench, key).lines
    funds.counter(bench, paid.key, bench.today, "退回", D("0.01"))
    told = {(one.title, one.label, one.before, one.after) for one in documents.history(bench, key)}
    assert ("拨付", "省级专项", "", "900.00 元 合作社 凭证 1 2026-03-02") in told
    assert ("冲销拨付", "省级专项", "", "-0.01 元 合作社 凭证 1 2026-03-02") in told
    assert any((before, after) == ("1 条 1,000.01 元", "1 条 999.99 元") for _, _, before, after in told)
    of_plan = [(one.title, one.label) for one in documents.history(bench, plan)]
    assert {("安排", "省级专项"), ("安排", "帮扶资金")} <= set(of_plan)


def test_plans_and_sheets_at_a_glance(bench: Workbench, plan: str) -> None:
    office.plan(bench, "养鸡")
    key = office.approve(bench, office.sheet(bench, plan))
    fund_papers.pay(bench, key, bench.today, D("30000"))
    documents.submit(bench, office.sheet(bench, plan, [("农机款", "5", "农机公司")]))
    town, village = fund_papers.plan_lines(bench, 2026)
    assert (town.approved, town.paid, town.on_way, town.left, town.word) == (
        D("300000"), D("30000"), D("70005"), D("270000"), fund_papers.PARTLY,
    )  # fmt: skip
    assert (village.planned, village.approved, village.state) == (D("300000"), D("0"), ApplicationState.DRAFT)
    paid, sent = fund_papers.sheet_lines(bench, 2026)
    assert (sent.state, sent.amount) == (ApplicationState.SUBMITTED, D("5.00"))
    assert (paid.key, paid.state, paid.left) == (key, ApplicationState.APPROVED, D("70000.00"))
    assert fund_papers.plan_lines(bench, 2025) == []


def test_what_is_gone_is_told(bench: Workbench) -> None:
    with pytest.raises(NotAllowed, match="已被删除"):
        fund_papers.payments(bench, "nothing")


def test_a_sheet_given_up_leaves_its_plan_all_its_money(bench: Workbench, plan: str) -> None:
    key = office.approve(bench, office.sheet(bench, plan, [("种苗款", "300000", "水稻合作社")]))
    with pytest.raises(NotAllowed, match="1 份审批表依据这份计划"):
        documents.cancel(bench, plan, "重复")
    with pytest.raises(NotAllowed, match="没有写作废的原因"):
        documents.cancel(bench, key, " ")
    kept = documents.pdf_bytes(bench, key)
    change = documents.cancel(bench, key, "合同取消")
    assert change.message == "塘㙍镇 水稻基地的审批表已作废，批准时的存档仍可查看。"
    opened = documents.open_document(bench, key)
    assert opened.line.state is ApplicationState.CANCELLED
    assert not opened.editable
    assert (opened.flow[-1].label, opened.flow[-1].text) == ("作废", "合同取消")
    assert documents.pdf_bytes(bench, key) != kept
    assert {page.mark for page in documents.filled(bench, key).pages} == {"作废"}
    with pytest.raises(NotAllowed, match="已经作废"):
        fund_papers.pay(bench, key, bench.today)
    with pytest.raises(NotAllowed, match="已经作废"):
        documents.set_values(bench, key, {"acceptance": "合格"})
    with pytest.raises(NotAllowed, match="没有在用的批准"):
        documents.cancel(bench, key, "再来一次")
    again = office.sheet(bench, plan, [("种苗款", "300000", "水稻合作社")])
    assert not documents.open_document(bench, again).line.blocking


def test_a_plan_given_up_gives_back_to_the_fen_what_it_was_allocated(bench: Workbench, plan: str) -> None:
    before = {one.name: one.available for one in funds.balances(bench, 2026)}
    documents.cancel(bench, plan, "项目取消")
    after = {one.name: one.available for one in funds.balances(bench, 2026)}
    assert {name: after[name] - before[name] for name in after} == {"省级专项": D(200000), "帮扶资金": D(100000)}
    assert office.entries(bench)[-2:] == [("allocated", "-200000.00"), ("allocated", "-100000.00")]
    assert documents.places(bench, office.APPROVAL) == []
    assert documents.paper_name(bench, plan).endswith("已作废")
    assert history.undo(bench) is None or documents.open_document(bench, plan).line.state is ApplicationState.CANCELLED


def test_what_is_paid_or_being_corrected_is_not_given_up(bench: Workbench, plan: str) -> None:
    key = office.approve(bench, office.sheet(bench, plan, [("种苗款", "300000", "水稻合作社")]))
    fund_papers.pay(bench, key, bench.today, D("0.01"))
    with pytest.raises(NotAllowed, match="已拨付 0.01 元"):
        documents.cancel(bench, key, "取消")
    documents.correct(bench, key)
    with pytest.raises(NotAllowed, match="正在更正"):
        documents.cancel(bench, key, "取消")
    assert documents.open_document(bench, key).line.state is ApplicationState.APPROVED
