"""The sample office: something in every state, money that adds up, and lists as untidy as real ones."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from fupin_desktop import errors
from fupin_desktop.domain import identity
from fupin_desktop.domain.money import to_fen
from fupin_desktop.domain.vocabulary import EntryKind, FilingState, FundKind, Participation, TargetKind
from fupin_desktop.policy.rules import all_kinds
from fupin_desktop.policy.scheme import WhenShort
from fupin_desktop.services import (
    award_notices,
    awards,
    documents,
    fund_papers,
    funds,
    home,
    offices,
    payments,
    registers,
    schemes,
    villages,
)
from fupin_desktop.services.funds import FundBalance, LedgerFilter, imports
from fupin_desktop.services.funds.model import DONATED
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.notices import filings, objections, rounds
from fupin_desktop.services.notices.rounds import RoundState
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.publicity.gates import Step
from fupin_desktop.services.samples import making
from fupin_desktop.storage import entities
from fupin_desktop.storage.store import DATA_FILE
from tests.conftest import SAMPLE_DAY

NOW = SAMPLE_DAY


def test_an_existing_data_file_is_left_alone(tmp_path):
    (tmp_path / DATA_FILE).write_bytes(b"kept")
    with pytest.raises(errors.NotAllowed):
        making.make_sample(tmp_path, now=NOW)
    assert (tmp_path / DATA_FILE).read_bytes() == b"kept"


def test_cancelling_leaves_no_data_file_behind(tmp_path):
    def stop(done: int, _total: int, _text: str) -> None:
        if done == 2:
            raise errors.Cancelled

    with pytest.raises(errors.Cancelled):
        making.make_sample(tmp_path, now=NOW, progress=stop)
    assert not list(tmp_path.glob(f"{DATA_FILE}*"))


@pytest.fixture(scope="module")
def office(sample_folder, tmp_path_factory):
    """The sample office, opened again as the window would."""
    folder = tmp_path_factory.mktemp("sample") / "office"
    shutil.copytree(sample_folder, folder)
    bench = open_workbench(folder, clock=lambda: NOW)
    yield bench
    bench.close()


def test_the_office_is_set_up_whole(office):
    place = offices.office(office)
    assert (place.county, place.town, place.name, place.clerk) == ("吴川市", "塘㙍镇", "塘㙍镇扶贫办", "李文静")
    assert office.year == 2026
    assert place.objection_village
    assert place.objection_discipline


def test_every_village_has_its_households_and_unit(office):
    listed = villages.all(office)
    assert sum(village.households for village in listed) == 612
    assert all(village.assisting_unit and village.main_product and len(village.code) == 12 for village in listed)


def test_the_registers_show_what_was_put_in(office):
    query = registers.Query(registers.HOUSEHOLDS, office.year, "lyb", village="低岭村")
    assert registers.count(office, query) == 1
    row = registers.window(office, query, 0, 1)[0]
    assert "李亚保" in row.cells
    assert "大户" in row.cells
    assert registers.count(office, registers.Query(registers.PERSONS, office.year)) > 1800


def test_the_sums_of_the_year_are_kept(office):
    with office.read() as session:
        table = entities.Participation
        without = select(func.count()).where(table.item_count == 0, table.kind != Participation.NONE.value)
        assert session.scalar(without) == 0
        assert session.scalar(select(func.sum(table.area_total_milli))) > 2_000_000


def test_money_of_every_kind_is_in_the_ledger(office):
    with office.read() as session:
        sources = session.scalars(select(entities.FundSource)).all()
    set_up = {FundKind.INCENTIVE_FUND, FundKind.INDUSTRY_FUND}  # funds that not every office has
    assert {source.kind for source in sources} == {kind.value for kind in FundKind if kind not in set_up}
    assert [source.original_plan != "" for source in sources].count(True) == 1


def test_schemes_draw_on_money_that_is_there(office):
    left = {(source.kind.value, source.name): to_fen(source.received) for source in funds.balances(office, office.year)}
    for line in schemes.all(office, office.year):
        for source in schemes.load(office, line.key).sources:
            left[source.kind.value, source.name] -= to_fen(source.amount)
    assert min(left.values()) >= 0


def test_every_village_has_a_scheme_in_some_state(office):
    lines = schemes.all(office, office.year)
    assert Counter(line.state.value for line in lines) == {"decided": 3, "published": 4, "filed": 3, "draft": 2}
    assert {line.place for line in lines} == {village.name for village in villages.all(office)}


def test_the_schemes_show_every_kind_of_rule(office):
    found = [schemes.load(office, line.key) for line in schemes.all(office, office.year)]
    assert {type(item.rule) for scheme in found for item in scheme.items} == set(all_kinds())
    assert {scheme.when_short for scheme in found} == set(WhenShort)
    assert {scheme.other_subsidy for scheme in found} >= {"count", "deduct", "exclude"}
    assert any(item.factors for scheme in found for item in scheme.items)
    assert any(item.variants for scheme in found for item in scheme.items)


def test_every_scheme_has_a_calculation_that_adds_up(office):
    for line in schemes.all(office, office.year):
        result = awards.latest_run(office, line.key).result
        assert result.totals.award == sum((award.award for award in result.awards), Decimal(0))
        assert result.totals.awarded > 10
        if line.state.value in ("published", "filed"):
            assert not [problem for problem in result.problems if problem.blocks]
            assert result.totals.left >= 0


def test_the_calculations_meet_every_end_of_the_money(office):
    results = {
        line.place: awards.latest_run(office, line.key).result for line in schemes.all(office, office.year)
    }
    assert results["长塘村"].totals.scale is not None
    assert results["长塘村"].totals.left == 0
    assert any("资金" in award.reason for award in results["那罗村"].awards if award.award == 0)
    assert results["东埇村"].totals.left < 0
    assert "award.pool_short" in {problem.code for problem in results["东埇村"].problems}
    assert "scheme.original_plan" in {problem.code for problem in results["大岸村"].problems}
    assert set(results["三浪村"].pool_rates) == {"花生"}


def test_notices_are_running_and_ended(office):
    lines = award_notices.all(office, office.year)
    running = [line for line in lines if line.days_left >= 0]
    assert {line.place for line in running} == {"那罗村", "长塘村"}
    assert {(line.place, line.state.value) for line in running} == {("那罗村", "posted"), ("长塘村", "objected")}
    assert {line.state.value for line in lines if line.days_left < 0} == {"ended"}
    assert min(line.days_left for line in running) == 2


def test_there_is_a_round_in_every_state(office):
    found = rounds.rounds(office, office.year)
    assert {one.state for one in found} == set(RoundState)
    steps = {one.next.step for one in found if one.kind == "awards" and one.notice_key and one.next}
    assert steps >= {Step.ENDED, Step.FILED}
    assert {line.state for line in filings.register(office, office.year)} == {FilingState.FILED, FilingState.HANDED_IN}
    assert {line.settled for line in objections.register(office, office.year)} == {True, False}


def test_made_on_any_day_it_comes_to_the_same_awards_and_money(office, tmp_path):
    told: list[tuple[int, int, str]] = []
    leap_day = datetime(2028, 2, 29, 9, 30)  # noqa: DTZ001
    making.make_sample(tmp_path / "again", now=leap_day, clerk="陈小明", progress=lambda *words: told.append(words))
    assert [done for done, _total, _text in told] == [0, 1, 2, 3, 4]
    other = open_workbench(tmp_path / "again", clock=lambda: leap_day)
    try:
        assert other.heading.startswith("吴川市")
        assert amounts(other) == amounts(office)
        assert balances(other) == balances(office)
        assert len(fund_papers.plan_lines(other, other.year)) == len(fund_papers.plan_lines(office, office.year)) == 11
        assert offices.office(other).clerk == "陈小明"
    finally:
        other.close()


def amounts(bench) -> list[tuple[str, str, Decimal]]:
    return [
        (line.place, award.applicant.code, award.award)
        for line in schemes.all(bench, bench.year)
        for award in awards.latest_run(bench, line.key).result.awards
    ]


def test_applications_have_come_all_ways(office):
    lines = documents.lines(office, office.year)
    states = Counter((line.form_id.partition("_")[0], line.state.value) for line in lines)
    assert states[("town", "approved")] == 1
    assert {state for form, state in states if form == "village"} == {
        "draft", "submitted", "returned", "approved", "withdrawn",
    }  # fmt: skip
    assert len({line.place for line in lines if line.form_id == "village_application"}) == 12
    assert max(line.version for line in lines) == 2
    assert [line.place for line in lines if line.blocking and line.form_id == "village_application"] == ["低岭村", "大岸村"]
    reasons = documents.audit_reasons(office, office.year)
    told = [(one.place, one.clause) for one in reasons]
    assert {one for one in told if one[0].endswith("季度")} == {("第一季度", "清远 三(三)"), ("第二季度", "清远 三(三)")}
    pooled = {place.split()[0] for place, clause in told if clause == "清远 二21"}
    assert pooled == {"塘㙍镇", "低岭村", "长塘村", "那罗村", "上郭村"}
    assert [one for one in told if not one[0].endswith("季度") and one[1] != "清远 二21"] == [
        ("塘㙍镇 2018年村级光伏电站入股", "吴川 三(一)4"), ("石埠村", "清远 二10"),
    ]  # fmt: skip
    approved = next(line for line in lines if line.place == "李亚保")
    assert documents.open_document(office, approved.key).data["award"] == Decimal("4000.00")


def test_the_quarters_that_are_over_were_reported(office):
    lines = documents.lines(office, office.year, tab="reports")
    assert Counter(line.state.value for line in lines) == {"approved": 4, "draft": 2}
    document = documents.open_document(office, next(line.key for line in lines if line.place == "第二季度"))
    rows = document.data["rows"]
    assert [row["village"] for row in rows if row["project"] == "无项目"] == ["樟山村", "东埇村"]
    assert any(str(row.get("compared", "")).startswith("已到位+") for row in rows)


def balances(bench) -> list[FundBalance]:
    """What became of the money, whenever it was."""
    return [replace(one, key="", received_on=None, assigned_on=None) for one in funds.balances(bench, bench.year)]


def test_the_money_of_every_source_can_be_followed(office):
    for one in funds.balances(office, office.year):
        assert 0 <= one.paid <= one.allocated <= one.received
        assert one.available >= 0
        assert not one.assigned or one.received <= one.assigned
    entries = funds.entries(office, LedgerFilter(office.year))
    assert [entry.dated for entry in entries] == sorted(entry.dated for entry in entries)
    assert {entry.kind for entry in entries} == set(EntryKind)
    assert {entry.target.kind for entry in entries if entry.target} >= {
        TargetKind.VILLAGE, TargetKind.PLAN, TargetKind.SCHEME,
    }  # fmt: skip
    assert {problem.code for problem in funds.check(office, office.year)} == {"fund.original_plan"}


def test_every_donation_has_its_donors_to_the_fen_and_can_go_public(office):
    given = [one for one in funds.balances(office, office.year) if one.kind in DONATED]
    list_of = registers.registry.of("donors")
    counts = registers.counts_of_parents(office, registers.Query(list_of, office.year))
    assert {one.name: counts[one.key] for one in given} == {
        "2025年“6·30”捐款结转": 128, "帮扶单位干部职工捐款": 12, "2026年“6·30”捐款": 96,
    }  # fmt: skip
    for one in given:
        assert registers.beside(office, list_of, one.key).good
        rows = registers.window(office, registers.Query(list_of, office.year, parent=one.key), 0, 200)
        assert not any(row.problems for row in rows)


def test_arrivals_come_in_parts_and_mistakes_are_countered(office):
    entries = funds.entries(office, LedgerFilter(office.year))
    arrivals = Counter(entry.source for entry in entries if entry.kind is EntryKind.RECEIVED)
    assert max(arrivals.values()) == 2
    countered = {entry.key: entry for entry in entries if entry.countered}
    backs = [entry for entry in entries if entry.counters_key]
    assert all(entry.note and entry.counters_key in countered for entry in backs)
    assert {entry.kind for entry in backs} == {EntryKind.ALLOCATED, EntryKind.PAID}
    assert any(0 < entry.left < entry.amount for entry in countered.values())


def test_plans_and_sheets_have_come_all_ways(office):
    plans, sheets = fund_papers.plan_lines(office, office.year), fund_papers.sheet_lines(office, office.year)
    assert {line.state.value for line in plans} == {"approved", "submitted", "returned", "draft"}
    assert {line.word for line in plans if line.state.value == "approved"} == {"未拨付", "部分拨付", "已拨付"}
    assert {line.state.value for line in sheets} == {"approved", "submitted", "draft"}
    assert {line.word for line in sheets} == {"未拨付", "部分拨付", "已拨付"}
    assert all(line.planned == line.approved for line in plans if line.state.value == "approved")
    assert min(line.left - line.on_way for line in plans) >= 0
    assert len({line.number for line in (*plans, *sheets)}) == len(plans) + len(sheets)
    lines = documents.lines(office, office.year, tab="funds")
    waiting = {line.waiting_for for line in lines if line.waiting_for}
    assert any("财政所" in box for box in waiting)
    versions = {line.version: line for line in lines if line.place == "低岭村 优质水稻产业扶贫基地"
                and line.form_id == "village_fund_plan"}
    assert [line.state.value for _, line in sorted(versions.items())] == ["replaced", "approved"]


def test_awards_are_paid_household_by_household_as_calculated(office):
    line = next(line for line in fund_papers.sheet_lines(office, office.year) if line.place.startswith("黎屋村"))
    items = documents.open_document(office, line.key).data["items"]
    scheme = next(one for one in schemes.all(office, office.year) if one.place == "黎屋村")
    awarded = [one.award for one in awards.latest_run(office, scheme.key).result.awards if one.award]
    (row,) = items
    assert (row["payee"], row["amount"]) == (f"详见发放明细表 {len(awarded)} 户", sum(awarded))
    paid = [one for one in payments.batches(office, office.year) if one.place == "黎屋村"]
    assert line.paid == sum(one.paid for one in paid) == sum(awarded)


def test_a_returned_plan_was_mended_and_signed_again(office):
    lines = fund_papers.plan_lines(office, office.year)
    plan = next(line for line in lines if line.place == "长塘村 莲藕分拣冷藏点")
    opened = documents.open_document(office, plan.key)
    assert any(step.agrees is False and "冷库" in step.text for step in opened.past)
    assert len(opened.data["uses"]) == 2
    assert plan.state.value == "approved"


def test_the_first_page_tells_what_waits_for_money(office):
    due = home.overview(office, NOW.date()).due
    money = [(item.badge, item.text, item.target.filter) for item in due if item.target.tab == "funds"]
    assert Counter(badge for badge, _, _ in money) == {
        "退回": 1, "待审批": 3, "待提交": 1, "草稿": 2, "待拨付": 3, "余额不多": 1, "须说明": 1,
    }  # fmt: skip
    assert ("待审批", "那罗村 红心番薯育苗基地使用计划呈批表等待“镇财政所”意见", "village_fund_plan:submitted") in money


SAMPLES = making.sample_files().parent
WRONG = {
    "import.id_wrong", "import.id_ruined", "import.id_twice", "import.negative", "import.not_a_number",
    "import.not_a_choice", "import.account_luhn", "import.phone_doubtful",
}  # fmt: skip


def test_the_untidy_register_is_read_with_each_mistake_told(office):
    preview = prepare(office, SAMPLES / "奖补登记表(待整理).xlsx")
    assert preview.village == "那罗村"
    assert not preview.missing
    assert {finding.code for finding in preview.findings} >= WRONG
    assert len(preview.good) > 30
    assert 5 <= len(preview.bad_rows) <= 12
    assert not preview.comparison.changed


def test_what_is_only_untidy_is_read_as_it_is_meant(office):
    preview = prepare(office, SAMPLES / "奖补登记表(待整理).xlsx")
    good = preview.good
    assert all(record.head_name == record.head_name.strip() and "　" not in record.head_name for record in good)
    assert all(identity.check(record.head_id_number).fault is None for record in good)
    assert any(len(record.farm) > 1 for record in good)
    assert any("䶮" in record.head_name for record in good)


def test_the_person_list_of_the_national_system_is_read(office):
    preview = prepare(office, SAMPLES / "人口名单(系统导出).xls")
    assert not preview.missing
    assert len(preview.good) == 20
    assert not preview.bad_rows


def test_the_bookkeeper_s_ledger_is_read_with_each_mistake_told(office):
    found = imports.read_ledger(office, SAMPLES / "资金台账(待导入).xlsx")
    assert {(problem.code, problem.must) for problem in found.problems} == {
        ("import.date", True), ("import.rule", True), ("import.target", False),
    }  # fmt: skip
    assert (len(found.rows), len(found.good), found.known) == (12, 11, 0)
    assert {source.form.kind for source in found.sources} == {FundKind.OTHER, FundKind.STAFF_DONATION}
    assert found.total(EntryKind.PAID) == Decimal("30300.50")
