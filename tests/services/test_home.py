from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from fupin_desktop.domain.vocabulary import FundKind, TargetKind
from fupin_desktop.policy.scheme import Decision
from fupin_desktop.services import award_notices, awards, funds, history, home, offices, registers, schemes
from fupin_desktop.services.funds import FundForm, FundTarget
from fupin_desktop.services.notices import objections
from fupin_desktop.services.notices.objections import ObjectionForm
from fupin_desktop.services.registers import HOUSEHOLDS, Query
from tests.services.award_office import REGISTER, conclude, file_scheme, make_bench, put_register, scheme
from tests.services.register_office import to_qingyuan

D = Decimal
TODAY = date(2026, 3, 2)


@pytest.fixture
def bench(tmp_path):
    made = make_bench(tmp_path / "data")
    yield made
    made.close()


def texts(bench, today=TODAY):
    return [f"{item.badge}|{item.text}" for item in home.overview(bench, today).due]


def test_an_empty_office_has_figures_and_the_next_report(bench):
    to_qingyuan(bench)
    page = home.overview(bench, TODAY)
    assert {figure.key: figure.value for figure in page.figures} == {
        "households": "0", "participating": "0", "large": "0", "area": "0.000", "awards": "¥0.00"
    }
    assert (page.funds, page.fund_total) == ((), 0)
    assert (page.due[0].badge, page.due[0].due) == ("第一步", None)
    assert [item.due for item in page.due[1:]] == [date(2026, 4, 2)]


def test_figures_count_households_once_and_lead_to_their_rows(bench):
    put_register(bench, REGISTER)
    figures = {figure.key: figure for figure in home.overview(bench, TODAY).figures}
    assert (figures["households"].value, figures["participating"].value, figures["large"].value) == ("4", "3", "1")
    assert figures["area"].value == "25.499"
    for name in ("participating", "large"):
        rows = registers.count(bench, Query(HOUSEHOLDS, 2026, filters=HOUSEHOLDS.conditions(figures[name].target.filter)))
        assert figures[name].value == str(rows)


def test_the_year_s_awards_are_those_of_the_latest_runs(bench):
    put_register(bench, REGISTER)
    key = schemes.save(bench, None, scheme()).keys[0]
    awards.recalculate(bench, key)
    awards.recalculate(bench, key)
    figures = {figure.key: figure for figure in home.overview(bench, TODAY).figures}
    assert figures["awards"].value == "¥6,959.76"


def test_money_by_kind_as_the_ledger_has_it_today(bench):
    for name, amount in (("甲", "90000.00"), ("乙", "10000.00")):
        funds.add(bench, FundForm(FundKind.DONATION_630, name, D(amount), received_on=date(2026, 1, 5)))
    funds.add(bench, FundForm(FundKind.SUPERIOR, "丙", D("500.00")))
    first, _, third = funds.balances(bench, 2026)
    funds.receive(bench, third.key, D("300.00"), date(2026, 2, 1))
    funds.allocate(bench, first.key, FundTarget(TargetKind.TOWN, "", "塘㙍镇"), D("6959.76"), date(2026, 2, 2))
    superior, donated = home.overview(bench, TODAY).funds
    assert (donated.label, donated.amount, donated.used) == (FundKind.DONATION_630.label, D("100000.00"), D("6959.76"))
    assert donated.left == D("93040.24")
    assert donated.target[:3] == ("funds", "ledger", "")
    assert (superior.amount, superior.used, superior.target[:3]) == (D("300.00"), 0, ("funds", "ledger", third.key))
    page = home.overview(bench, TODAY)
    assert page.fund_total == D("100300.00")
    earlier = home.overview(bench, date(2026, 2, 1))
    assert earlier.funds[1].used == 0
    assert home.overview(bench, date(2026, 1, 4)).fund_total == 0


def test_a_scheme_that_names_more_than_there_is_is_told(bench):
    funds.add(bench, FundForm(FundKind.DONATION_630, "捐款", D("100.00"), received_on=date(2026, 1, 5)))
    (fund,) = funds.balances(bench, 2026)
    schemes.save(bench, None, replace(scheme(), sources=(replace(funds.as_source(fund), amount=D("100.00")),)))
    assert not [one for one in home.overview(bench, TODAY).due if one.badge == "须更正"]
    schemes.save(bench, None, replace(scheme(), sources=(replace(funds.as_source(fund), amount=D("0.01")),)))
    (told,) = [one for one in home.overview(bench, TODAY).due if one.badge == "须更正"]
    assert told.text == "“捐款”共 100.00 元，各方案列支 100.01 元，超出来源金额。"
    assert told.target [:3] == ("funds", "ledger", fund.key)


def test_a_void_source_is_not_shown(bench):
    funds.add(bench, FundForm(FundKind.OTHER, "甲", D("1.00"), received_on=date(2026, 1, 5)))
    funds.void(bench, funds.balances(bench, 2026)[0].key, "重复登记")
    assert home.overview(bench, TODAY).funds == ()


@pytest.mark.parametrize(
    ("today", "quarter"),
    [(date(2026, 1, 5), "四"), (date(2026, 2, 1), "一"), (date(2026, 6, 1), "二"), (date(2026, 9, 1), "三"), (date(2026, 12, 1), "四")],
)
def test_a_report_is_of_the_quarter_before(bench, today, quarter):
    to_qingyuan(bench)
    assert any(f"第{quarter}季度" in text for text in texts(bench, today))


def test_an_office_of_wuchuan_owes_no_report_of_qingyuan(bench):
    assert offices.policy_of(bench) == "吴川"
    assert not any("季度" in text for text in texts(bench, date(2026, 12, 1)))


@pytest.mark.parametrize(
    ("due", "badge", "urgency"),
    [(1, "已过 1 天", "late"), (2, "今天到期", "late"), (3, "还有 1 天", "late"), (4, "还有 2 天", "late"), (5, "还有 3 天", "soon")],
)
def test_badges(due, badge, urgency):
    assert home.badge_for(TODAY, date(2026, 3, due)) == (badge, urgency)


def test_schemes_tell_what_they_still_lack(bench):
    put_register(bench, REGISTER)
    draft = schemes.save(bench, None, scheme(decision=Decision())).keys[0]
    assert any(text.startswith("草稿|") and "还缺议定手续" in text for text in texts(bench))
    schemes.save(bench, draft, scheme())
    assert any(text.startswith("待测算|") for text in texts(bench))
    run = awards.recalculate(bench, draft).keys[0]
    assert any(text.startswith("待公示|") for text in texts(bench))
    award_notices.publish(bench, run, award_notices.default_settings(bench))
    assert not any("待公示" in text or "待测算" in text for text in texts(bench))


def test_notices_are_due_until_they_are_filed(bench):
    put_register(bench, REGISTER)
    key = schemes.save(bench, None, scheme()).keys[0]
    award_notices.publish(bench, awards.recalculate(bench, key).keys[0], award_notices.default_settings(bench))
    assert any(text.startswith("还有 9 天|") and "3月11日期满" in text for text in texts(bench))
    bench.clock.now = datetime(2026, 3, 12, 8, 0)  # noqa: DTZ001
    after = date(2026, 3, 12)
    assert any(text.startswith("待结果|") for text in texts(bench, after))
    notice = award_notices.all(bench, 2026)[0].key
    said = ObjectionForm(after, content="面积多报了", received_by="李文静")
    objections.add(bench, notice, said)
    assert any(text.startswith("有异议|") and "1 件异议没有办结" in text for text in texts(bench, after))
    history.undo(bench)
    conclude(bench, notice)
    assert any(text.startswith("待备案|") for text in texts(bench, after))
    history.undo(bench)
    file_scheme(bench, key)
    assert not any(text.startswith("待") and "公示" in text for text in texts(bench, after))


def test_missing_data_lead_to_their_rows(bench):
    put_register(bench, [("李亚保", "base", "3", ""), ("陈华", "base", "3", "100")])
    for duty in ("指导员", "农业保险"):  # of 清远, which an office of 吴川 is not told
        assert not [text for text in texts(bench) if duty in text]
    to_qingyuan(bench)
    assert [(one.text, one.target.filter) for one in home.overview(bench, TODAY).due if one.badge == "应保尽保"] == [
        ("2 户有种养产业，还没有农业保险", "uninsured"), ("1 村农业保险没有覆盖全部有产业的户", "missing:insurance"),
    ]  # fmt: skip
    found = {item.target.filter: item.text for item in home.overview(bench, TODAY).due if item.badge == "缺资料"}
    assert found["missing:account"].startswith("2 户")
    assert found["missing:cost"].startswith("1 户")
    assert found["missing:guide"].startswith("2 户")
    assert "missing:id" not in found
    assert set(found) <= set(HOUSEHOLDS.filters)
