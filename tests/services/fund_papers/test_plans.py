"""Use plans: what the ledger lets through, what approval posts, corrections, numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from fupin_desktop.domain.vocabulary import ApplicationState, FundKind, TargetKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import documents, fund_papers, funds, history
from fupin_desktop.services.documents import Opinion
from fupin_desktop.services.funds import LedgerFilter
from fupin_desktop.services.workbench import Workbench
from tests import strict_county
from tests.services.fund_papers import money_office as office
from tests.services.fund_papers.money_office import D


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = office.make(tmp_path)
    office.source(made, document_no="粤财农〔2026〕1号")
    yield made
    made.close()


def state(bench: Workbench, key: str) -> ApplicationState:
    return documents.open_document(bench, key).line.state


def last_box(bench: Workbench, key: str) -> str:
    """Pass all boxes but the last one; its name."""
    documents.submit(bench, key)
    *first, last = office.boxes(bench, key)
    for box in first:
        documents.give_opinion(bench, key, box, Opinion(agrees=True, name="张三"))
    return last


def test_a_plan_is_listed_by_its_village_and_project(bench: Workbench) -> None:
    key = office.plan(bench)
    line = documents.open_document(bench, key).line
    assert (line.place, line.number) == ("低岭村 水稻基地", "村计〔2026〕1号")
    office.fill(bench, key, {"project": "养鸡", "number": " 村计〔2026〕9号 "})
    (line,) = documents.lines(bench, 2026, tab="funds")
    assert (line.place, line.number) == ("低岭村 养鸡", "村计〔2026〕9号")
    assert office.opened(bench, key)["reporter"] == "低岭村委会"
    office.fill(bench, key, {"project": "低岭村养鸡场"})
    assert documents.open_document(bench, key).line.place == "低岭村养鸡场"


def test_numbers_go_on_by_form_and_year(bench: Workbench) -> None:
    first, second = office.plan(bench), office.plan(bench)
    town = office.plan(bench, form_id=office.TOWN_PLAN)
    assert [office.opened(bench, key)["number"] for key in (first, second, town)] == [
        "村计〔2026〕1号", "村计〔2026〕2号", "镇计〔2026〕1号",
    ]  # fmt: skip
    office.fill(bench, second, {"number": "村计〔2026〕12号"})
    assert office.opened(bench, office.plan(bench))["number"] == "村计〔2026〕13号"
    village = office.village_key(bench)
    later = documents.create(bench, office.VILLAGE_PLAN, village, year=2027).keys[0]
    assert office.opened(bench, later)["number"] == "村计〔2027〕1号"


def test_a_number_stands_for_one_document(bench: Workbench) -> None:
    office.plan(bench)
    second = office.plan(bench, number="村计[2026] 1号")
    assert "编号与“低岭村 水稻基地”的重复" in office.codes(bench, second)["fund.number"]
    with pytest.raises(NotAllowed, match="编号"):
        documents.submit(bench, second)
    office.fill(bench, second, {"number": "村计（２０２６）01号"})
    assert "fund.number" in office.codes(bench, second)
    office.fill(bench, second, {"number": "村计〔2026〕1号之一"})
    assert "fund.number" not in office.codes(bench, second)


def test_a_correction_keeps_its_number(bench: Workbench) -> None:
    key = office.approve(bench, office.plan(bench))
    new = documents.correct(bench, key).keys[0]
    assert "fund.number" not in office.codes(bench, new)
    assert documents.open_document(bench, new).line.number == "村计〔2026〕1号"


@pytest.mark.parametrize(("wanted", "short"), [("500000.01", True), ("500000.00", False)])
def test_no_more_is_planned_than_is_there(bench: Workbench, wanted: str, short: bool) -> None:
    key = office.plan(bench, sources=[("省级专项", wanted)], uses=[("种苗", wanted)])
    assert ("fund.available" in office.codes(bench, key)) is short


def test_money_counts_from_the_day_it_arrives(bench: Workbench) -> None:
    office.source(bench, "捐款", "0", FundKind.DONATION_630, came="0")
    office.at(bench, 3, 10)
    key = office.plan(bench, sources=[("捐款", "0.01")], uses=[("种苗", "0.01")])
    assert "可安排 0.00 元" in office.codes(bench, key)["fund.available"]
    funds.receive(bench, office.source_key(bench, "捐款"), D("0.01"), date(2026, 3, 10))
    assert "fund.available" not in office.codes(bench, key)
    office.fill(bench, key, {"reported_on": "2026-3-9"})
    assert "到 2026-03-09 可安排 0.00 元" in office.codes(bench, key)["fund.available"]


def test_later_allocations_count_too(bench: Workbench) -> None:
    target = funds.FundTarget(TargetKind.VILLAGE, office.village_key(bench), "低岭村")
    office.at(bench, 3, 20)
    funds.allocate(bench, office.source_key(bench, "省级专项"), target, D("200000.01"), date(2026, 3, 20))
    key = office.plan(bench, reported_on="2026-3-10")
    assert "可安排 299,999.99 元" in office.codes(bench, key)["fund.available"]


def test_sources_are_those_of_the_ledger(bench: Workbench) -> None:
    key = office.plan(bench, sources=[("没有这笔", "300000")])
    assert "台账里没有这笔资金" in office.codes(bench, key)["fund.sources"]
    office.source(bench, document_no="粤财农〔2026〕2号", assigned="100")
    office.fill(bench, key, {"sources[0].source": "省级专项"})
    assert "2 笔同名资金" in office.codes(bench, key)["fund.sources"]
    office.fill(bench, key, {"sources[0].document_no": "粤财农〔2026〕1号"})
    assert "fund.sources" not in office.codes(bench, key)
    office.approve(bench, key)
    assert [one.allocated for one in funds.balances(bench, 2026)] == [D("300000.00"), D("0.00")]


def test_the_ledger_s_number_stands_beside_its_source(bench: Workbench) -> None:
    key = office.plan(bench)
    assert office.opened(bench, key)["sources"][0]["document_no"] == "粤财农〔2026〕1号"
    office.source(bench, "捐款", "0", FundKind.DONATION_630, came="1")
    office.fill(bench, key, {"sources[1].source": "捐款", "sources[1].amount": "1"})
    assert office.opened(bench, key)["sources"][1] == {"source": "捐款", "amount": D("1.00")}
    office.fill(bench, key, {"sources[0].source": "捐款"})
    assert "document_no" not in office.opened(bench, key)["sources"][0]
    office.fill(bench, key, {"sources[0].source": "省级专项"})
    assert office.opened(bench, key)["sources"][0]["document_no"] == "粤财农〔2026〕1号"
    office.fill(bench, key, {"sources[0].document_no": "粤财农〔2026〕9号"})
    assert "台账里没有这笔资金" in office.codes(bench, key)["fund.sources"]


def test_sources_and_uses_agree_to_the_fen(bench: Workbench) -> None:
    key = office.plan(bench, uses=[("种苗", "300000.01")])
    assert "使用计划比来源多 0.01 元" in office.codes(bench, key)["fund.balance"]
    office.fill(bench, key, {"sources[0].amount": "300000.01"})
    assert office.codes(bench, key) == {}
    assert office.amount(bench, key, "total") == office.amount(bench, key, "sources_total") == "300,000.01"


def test_quantity_times_price_is_the_amount(bench: Workbench) -> None:
    key = office.plan(bench, uses=[("种苗", "300000", "3.333", "90009.01")])
    assert "数量乘单价是 300,000.03 元" in office.codes(bench, key)["fund.price"]
    office.fill(bench, key, {"uses[0].price": "90009.00"})
    assert "fund.price" not in office.codes(bench, key)


def test_a_village_that_takes_no_part_needs_a_reason(bench: Workbench) -> None:
    key = office.plan(bench, village="那罗村")
    assert set(office.codes(bench, key)) == {"fund.idle_villages"}
    with pytest.raises(NotAllowed, match="没有说明原因"):
        documents.submit(bench, key)
    documents.give_reason(bench, key, "fund.idle_villages", "全村下半年参与养鸡。")
    assert "全村下半年参与养鸡。" in office.opened(bench, key)["reasons"]
    office.approve(bench, key)
    (line,) = [one for one in funds.entries(bench, funds.LedgerFilter(2026)) if one.kind == "allocated"]
    assert "全村下半年参与养鸡。" in line.note


def test_a_town_plan_names_villages_that_take_no_part(bench: Workbench) -> None:
    uses = [("鸡苗", "1000", "", "", "那罗村一组"), ("种苗", "299000", "", "", "低岭村")]
    key = office.plan(bench, form_id=office.TOWN_PLAN, uses=uses)
    assert "那罗村一组没有参与户" in office.codes(bench, key)["fund.idle_villages"]
    office.fill(bench, key, {"uses[0].place": "低岭村"})
    assert "fund.idle_villages" not in office.codes(bench, key)


def test_the_range_of_a_town_of_the_first_batch(bench: Workbench) -> None:
    key = office.plan(bench, form_id=office.TOWN_PLAN)
    assert "fund.range" not in office.codes(bench, key)
    place = documents.places(bench, "town_application")[0].key
    application = documents.create(bench, "town_application", place).keys[0]
    office.fill(bench, application, {"batch": "首批"})
    assert "100–300 万元，计划使用 300,000.00 元" in office.codes(bench, key)["fund.range"]
    office.fill(bench, application, {"batch": "第三批"})
    assert "fund.range" not in office.codes(bench, key)


def test_plans_of_the_town_count_together(bench: Workbench) -> None:
    office.source(bench, "专项二", "999999.99")
    place = documents.places(bench, "town_application")[0].key
    application = documents.create(bench, "town_application", place).keys[0]
    first = office.plan(bench, form_id=office.TOWN_PLAN, sources=[("专项二", "699999.99")], uses=[("仓库", "699999.99")])
    documents.submit(bench, first)
    office.fill(bench, application, {"batch": "第二批"})
    key = office.plan(bench, form_id=office.TOWN_PLAN)
    assert "连同本年度其他计划 699,999.99 元" in office.codes(bench, key)["fund.range"]
    office.fill(bench, key, {"sources[0].amount": "300000.01", "uses[0].amount": "300000.01"})
    assert "fund.range" not in office.codes(bench, key)


def test_money_of_an_original_plan_keeps_to_it(bench: Workbench) -> None:
    office.source(bench, "人均2万", "300000", FundKind.PER_HEAD_20000, original_plan="村级光伏电站")
    key = office.plan(bench, sources=[("人均2万", "300000")])
    assert "已有原定用途(村级光伏电站)" in office.codes(bench, key)["fund.original_plan"]
    office.fill(bench, key, {"project": "村级光伏电站扩建"})
    assert office.codes(bench, key) == {}
    office.approve(bench, key)
    assert office.received(bench, "人均2万").allocated == D("300000.00")


def test_a_written_reason_lets_a_plan_draw_on_money_of_another_and_stays_in_the_ledger(bench: Workbench) -> None:
    office.source(bench, "人均2万", "300000", FundKind.PER_HEAD_20000, original_plan="村级光伏电站")
    key = office.plan(bench, sources=[("人均2万", "300000")])
    with pytest.raises(NotAllowed):
        documents.submit(bench, key)
    documents.give_reason(bench, key, "fund.original_plan", "光伏已停，村民代表会议同意")
    office.approve(bench, key)
    assert office.received(bench, "人均2万").allocated == D("300000.00")
    (entry,) = [one for one in funds.entries(bench, LedgerFilter(2026)) if one.target]
    assert "原因：光伏已停，村民代表会议同意" in entry.note
    assert "光伏已停，村民代表会议同意" in str(documents.open_document(bench, key).data["reasons"])
    assert [one.reason for one in documents.audit_reasons(bench, 2026)] == ["光伏已停，村民代表会议同意"]


def test_a_strict_county_takes_no_reason_for_it(bench: Workbench) -> None:
    strict_county.govern(bench)
    office.source(bench, "人均2万", "300000", FundKind.PER_HEAD_20000, original_plan="村级光伏电站")
    key = office.plan(bench, sources=[("人均2万", "300000")])
    with pytest.raises(NotAllowed, match="不能用说明代替"):
        documents.give_reason(bench, key, "fund.original_plan", "光伏已停")
    with pytest.raises(NotAllowed):
        documents.submit(bench, key)


def test_approval_allocates_in_the_same_transaction(bench: Workbench) -> None:
    office.source(bench, "捐款", "0", FundKind.DONATION_630, came="0.03")
    key = office.plan(bench, sources=[("省级专项", "300000"), ("捐款", "0.03")], uses=[("种苗", "300000.03")])
    before = office.entries(bench)
    last = last_box(bench, key)
    assert office.entries(bench) == before
    office.at(bench, 3, 9)
    change = documents.give_opinion(bench, key, last, Opinion(agrees=True, name="李四", dated=date(2026, 3, 5)))
    assert {"applications", "funds"} <= change.nouns
    assert office.entries(bench)[len(before):] == [("allocated", "300000.00"), ("allocated", "0.03")]
    lines = [one for one in funds.entries(bench, funds.LedgerFilter(2026)) if one.kind == "allocated"]
    assert {(one.dated, one.paper_key, one.paper_no) for one in lines} == {(date(2026, 3, 5), key, "村计〔2026〕1号")}
    assert {(one.target.kind, one.target.key, one.target.name) for one in lines if one.target} == {
        ("plan", key, "低岭村 水稻基地")
    }


def test_two_plans_race_for_the_same_money(bench: Workbench) -> None:
    first = office.plan(bench)
    second = office.plan(bench, "养鸡", sources=[("省级专项", "200000.01")], uses=[("鸡苗", "200000.01")])
    last = last_box(bench, second)
    office.approve(bench, first)
    before = office.entries(bench)
    with pytest.raises(NotAllowed, match="可安排 200,000.00 元，本计划要用 200,000.01 元，还差 0.01 元"):
        documents.give_opinion(bench, second, last, Opinion(agrees=True, name="李四"))
    assert office.entries(bench) == before
    opened = documents.open_document(bench, second)
    assert (opened.line.state, opened.line.waiting_for) == (ApplicationState.SUBMITTED, "镇（街）政府意见")
    assert fund_papers.plan_lines(bench, 2026)[1].approved == D("0.00")
    documents.withdraw(bench, second)
    office.fill(bench, second, {"sources[0].amount": "200000", "uses[0].amount": "200000"})
    office.approve(bench, second)
    assert office.received(bench, "省级专项").available == D("0.00")


def test_an_opinion_of_a_day_before_the_money_is_refused(bench: Workbench) -> None:
    key = office.plan(bench, reported_on="2026-3-1")
    assert "到 2026-03-01 可安排 0.00 元" in office.codes(bench, key)["fund.available"]


def test_a_correction_posts_counter_entries(bench: Workbench) -> None:
    key = office.approve(bench, office.plan(bench))
    before = office.entries(bench)
    office.at(bench, 4, 1)
    new = documents.correct(bench, key).keys[0]
    office.fill(bench, new, {"project": "水稻种植基地", "sources[0].amount": "500000", "uses[0].amount": "500000"})
    assert office.codes(bench, new) == {}
    assert office.entries(bench) == before
    office.approve(bench, new)
    assert office.entries(bench)[len(before):] == [("allocated", "-300000.00"), ("allocated", "500000.00")]
    assert state(bench, key) is ApplicationState.REPLACED
    (line,) = fund_papers.plan_lines(bench, 2026)
    assert (line.key, line.root, line.place, line.approved) == (new, key, "低岭村 水稻种植基地", D("500000.00"))
    counters = [one for one in funds.entries(bench, funds.LedgerFilter(2026)) if one.counters_key]
    assert [(one.note, one.dated) for one in counters] == [("村计〔2026〕1号更正为第 2 版", date(2026, 4, 1))]


@pytest.mark.parametrize(("less", "held"), [("99999.99", True), ("100000.00", False)])
def test_a_correction_leaves_what_is_paid(bench: Workbench, less: str, held: bool) -> None:
    key = office.approve(bench, office.plan(bench))
    fund_papers.pay_plan(bench, key, bench.today, D("100000"), "合作社")
    new = documents.correct(bench, key).keys[0]
    office.fill(bench, new, {"sources[0].amount": less, "uses[0].amount": less})
    assert ("fund.paid" in office.codes(bench, new)) is held


def test_a_correction_does_not_drop_a_source_that_paid(bench: Workbench) -> None:
    office.source(bench, "专项二", "300000")
    key = office.approve(bench, office.plan(bench))
    fund_papers.pay_plan(bench, key, bench.today, D("0.01"), "合作社")
    new = documents.correct(bench, key).keys[0]
    office.fill(bench, new, {"sources[0].source": "专项二"})
    assert "“省级专项”按原计划已拨付 0.01 元" in office.codes(bench, new)["fund.paid"]
    (paid,) = fund_papers.payments(bench, key).lines
    funds.counter(bench, paid.key, bench.today, "付错")
    office.approve(bench, new)
    assert office.received(bench, "省级专项").allocated == D("0.00")
    assert office.received(bench, "专项二").allocated == D("300000.00")


def test_undo_cannot_remove_entries(bench: Workbench) -> None:
    key = office.approve(bench, office.plan(bench))
    fund_papers.pay_plan(bench, key, bench.today, D("100"), "合作社")
    before = office.entries(bench)
    while history.undo(bench):
        pass
    assert office.entries(bench) == before
    assert state(bench, key) is ApplicationState.APPROVED


def test_an_approved_plan_prints_the_same_bytes_ever_after(bench: Workbench) -> None:
    key = office.approve(bench, office.plan(bench))
    before = documents.pdf_bytes(bench, key), documents.xlsx_bytes(bench, key)
    office.at(bench, 6, 1)
    fund_papers.pay_plan(bench, key, bench.today, D("100"), "合作社")
    office.approve(bench, office.sheet(bench, key))
    new = documents.correct(bench, key).keys[0]
    office.approve(bench, new)
    assert (documents.pdf_bytes(bench, key), documents.xlsx_bytes(bench, key)) == before


def test_totals_open_their_rows(bench: Workbench) -> None:
    key = office.plan(bench, uses=[("种苗", "100000.01"), ("农机", "199999.99")])
    behind = documents.rows_behind(bench, key, "total")
    assert behind.rows == (("种苗", "100,000.01"), ("农机", "199,999.99"), ("计划总额", "300,000.00"))
    assert behind.target.tab == "funds"
    assert documents.rows_behind(bench, key, "sources_total").rows[0] == ("省级专项", "300,000.00")
    office.approve(bench, key)
    assert documents.rows_behind(bench, key, "total").rows == behind.rows


def test_next_year_begins_with_a_number_of_its_own(bench: Workbench) -> None:
    rows = [{"item": "种苗", "amount": "300000", "from_run": "award:run"}]
    key = office.plan(bench, uses=(), notice_place="村公示栏")
    office.fill(bench, key, {"uses": rows})
    village = office.village_key(bench)
    new = documents.copy_last_year(bench, office.VILLAGE_PLAN, village, year=2027).keys[0]
    data = office.opened(bench, new)
    assert (data["number"], data["project"], data["notice_place"]) == ("村计〔2027〕1号", "水稻基地", None)
    assert data["uses"] == [{"item": "种苗", "amount": D("300000.00")}]


def test_a_village_that_is_gone_is_told(bench: Workbench) -> None:
    with pytest.raises(NotAllowed, match="已被删除"):
        documents.create(bench, office.VILLAGE_PLAN, "nobody")
