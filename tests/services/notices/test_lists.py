"""Lists that are published: who stands in them, in which order, under which name, and what they add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fupin_desktop.domain.project_words import ProjectState
from fupin_desktop.domain.register_words import CommendationKind, CommendationState, OfficeLevel, SubsidyState
from fupin_desktop.domain.vocabulary import EntryKind, FundKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.notices import batches, kinds, posting
from fupin_desktop.services.notices.model import NoticeDraft
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import (
    Base,
    Commendation,
    Entity,
    EntityLoan,
    FundEntry,
    FundSource,
    Household,
    Indicator,
    InterestSubsidy,
    Microcredit,
    Notice,
    Performance,
    Proceeds,
    ProceedsShare,
    Project,
    ProjectFund,
    ProjectQuarter,
    ProjectStep,
    Town,
    Village,
)
from fupin_desktop.storage.search_keys import sort_key
from tests.services.award_office import NOW, identity_number, make_bench

D = Decimal
DAY = date(2026, 3, 1)
PEOPLE = [  # village, group, name
    ("低岭村", "十组", "陈华"), ("低岭村", "二组", "吴小保"), ("低岭村", "二组", "陈华"), ("城东社区", "一组", "𠅤䶮亚九"),
    ("城东社区", "一组", "买买提·艾力"),
]  # fmt: skip
Put = Callable[[Base], str]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workbench, dict[str, str]]]:
    """An office with a village and a community; keys of its villages by name, of its households by number."""
    bench = make_bench(tmp_path_factory.mktemp("lists") / "data")
    keys: dict[str, str] = {}
    with bench.write("test", "试") as unit:
        town = unit.session.query(Town).one()
        for position, name in enumerate(("低岭村", "城东社区")):
            place = Village(town_key=town.key, name=name, position=2 - position)
            unit.session.add(place)
            unit.session.flush()
            keys[name] = place.key
        for number, (village, group, name) in enumerate(PEOPLE):
            one = Household(village_key=keys[village], code=f"h{number}", head_name=name, group_name=group,
                            head_id_number=identity_number(number + 1), head_sort=sort_key(name))  # fmt: skip
            unit.session.add(one)
            unit.session.flush()
            keys[f"{number}"] = one.key
    yield bench, keys
    bench.close()


@pytest.fixture
def put(office: tuple[Workbench, dict[str, str]]) -> Iterator[Put]:
    """Puts a record into the office; all of them are taken out again, the last first."""
    bench, _ = office
    added: list[tuple[type[Base], str]] = []

    def add(record: Base) -> str:
        with bench.write("test", "试") as unit:
            unit.session.add(record)
            unit.session.flush()
            key = str(record.key)  # type: ignore[attr-defined]
        added.append((type(record), key))
        return key

    yield add
    with bench.write("test", "试") as unit:
        for kind, key in reversed(added):
            unit.delete_many(kind, [key])


def prepared(bench: Workbench, kind: str, key: str, **settings: Any) -> NoticeDraft:
    return posting.prepare(bench, kind, key, replace(posting.default_settings(bench, kinds.of(kind)), **settings))


def offered(bench: Workbench, kind: str, year: int = 2026) -> list[tuple[str, str, str]]:
    with bench.read() as session:
        return [(one.name, one.place, one.lacks) for one in kinds.of(kind).offered(bench, session, year)]


def sentences(draft: NoticeDraft, *, blocking: bool = True) -> list[str]:
    return [one.sentence for one in draft.problems if one.blocks is blocking]


# ---- 收益分配 ----
def proceeds(put: Put, keys: dict[str, str], village: str, shares: dict[str, int], **more: Any) -> str:
    planned = sum(shares.values())
    values = {"income_fen": planned + 400_000, "collective_fen": 400_000, "households_fen": planned, **more}
    made = put(Proceeds(village_key=keys[village], year=2026, title="光伏收益", **values))
    for number, fen in shares.items():
        put(ProceedsShare(proceeds_key=made, household_key=keys[number], basis="劳动", amount_fen=fen))
    return made


def test_shares_stand_group_by_group_in_the_order_of_their_numbers(office: Any, put: Put) -> None:
    bench, keys = office
    key = proceeds(put, keys, "低岭村", {"0": 100_000, "1": 200_000, "2": 300_001})
    notice = prepared(bench, "proceeds", key).notice
    rows = notice.facts["rows"]
    assert [(row["group"], row["head_shown"].partition("（")[0], row["amount"]) for row in rows] == [
        ("二组", "陈华", D("3000.01")), ("二组", "吴小保", D("2000.00")), ("十组", "陈华", D("1000.00")),
    ]  # fmt: skip
    assert notice.facts["shared"] == D("6000.01")
    assert [bool(row["tail"]) for row in rows] == [True, False, True], "only those of one name need their ID tail"
    assert (notice.publisher, notice.board) == ("低岭村民委员会", "低岭村村委会公示栏")


def test_a_community_publishes_by_its_residents_committee(office: Any, put: Put) -> None:
    bench, keys = office
    key = proceeds(put, keys, "城东社区", {"3": 100_000, "4": 0})
    draft = prepared(bench, "proceeds", key, mask_names=True)
    assert draft.notice.publisher == "城东社区居民委员会"
    assert [row["head_shown"] for row in draft.notice.facts["rows"]] == ["买*提·艾*", "𠅤**九"]
    assert prepared(bench, "proceeds", key, publisher="塘㙍镇政府", board="镇公示栏").notice.publisher == "塘㙍镇政府"


@pytest.mark.parametrize(
    ("shares", "planned", "told"),
    [
        ({}, 0, ["还没有分配到户，没有可以公示的名单。"]),
        ({"0": 100_000}, 100_001, ["各户合计 1,000.00 元，和“分配到户” 1,000.01 元不一致。"]),
        ({"0": 100_000}, None, ["各户合计 1,000.00 元，和“分配到户” 0.00 元不一致。"]),
        ({"0": 0}, 0, []),
    ],
)
def test_shares_that_do_not_come_to_what_was_decided_are_not_published(
    office: Any, put: Put, shares: dict[str, int], planned: int | None, told: list[str]
) -> None:
    bench, keys = office
    key = proceeds(put, keys, "低岭村", shares, households_fen=planned)
    assert sentences(prepared(bench, "proceeds", key)) == told


@pytest.mark.parametrize("kind", ["proceeds", "project", "completion"])
def test_what_is_gone_is_told(office: Any, kind: str) -> None:
    bench, _ = office
    with pytest.raises(NotAllowed, match="已经不在"):
        prepared(bench, kind, "0" * 32)


# ---- 资金分配 ----
def source(put: Put, name: str = "省级专项", year: int = 2026, **more: Any) -> str:
    return put(FundSource(year=year, kind=FundKind.SUPERIOR.value, name=name, document_no="粤财〔2026〕1号", **more))


def entry(put: Put, of: str, fen: int, to: tuple[str, str] = ("", "低岭村"), kind: EntryKind = EntryKind.ALLOCATED) -> None:
    target, name = to
    put(FundEntry(source_key=of, kind=kind.value, amount_fen=fen, dated=DAY, target_kind="village" if target else "",
                  target_key=target or None, target_name=name, at=NOW, who="李文静"))  # fmt: skip


def test_what_was_shared_out_is_told_by_source_and_target(office: Any, put: Put) -> None:
    bench, keys = office
    first, second = source(put), source(put, "市级专项")
    entry(put, first, 10_000_000)
    entry(put, first, -2_500_000)
    entry(put, first, 99, (keys["城东社区"], "城东社区"))
    entry(put, second, 50_000)
    entry(put, second, 700, kind=EntryKind.PAID)
    facts = prepared(bench, "allocation", "2026", note="按需要").notice.facts
    assert [(row["source"], row["target"], row["amount"]) for row in facts["rows"]] == [
        ("省级专项", "低岭村", D("75000.00")), ("省级专项", "城东社区", D("0.99")), ("市级专项", "低岭村", D("500.00")),
    ]  # fmt: skip
    assert [(one["name"], one["amount"]) for one in facts["sources"]] == [
        ("省级专项", D("75000.99")), ("市级专项", D("500.00")),
    ]  # fmt: skip
    assert (facts["total"], facts["targets"]) == (D("75500.99"), 2)


def test_two_villages_of_one_name_are_two(office: Any, put: Put) -> None:
    bench, keys = office
    of = source(put)
    entry(put, of, 100, (keys["低岭村"], "新村"))
    entry(put, of, 200, (keys["城东社区"], "新村"))
    facts = prepared(bench, "allocation", "2026").notice.facts
    assert (facts["targets"], len(facts["rows"]), facts["total"]) == (2, 2, D("3.00"))


def test_what_was_taken_back_or_is_void_or_of_another_year_is_not_told(office: Any, put: Put) -> None:
    bench, _ = office
    back, void, later = source(put, "收回的"), source(put, "作废的", voided=True), source(put, "明年的", 2027)
    entry(put, back, 500)
    entry(put, back, -500)
    entry(put, void, 600)
    entry(put, later, 700)
    assert offered(bench, "allocation") == []
    draft = prepared(bench, "allocation", "2026")
    assert draft.notice.facts["rows"] == []
    assert sentences(draft) == ["资金台账里本年度还没有安排，没有可以公示的分配结果。"]
    assert "还没有写分配原则，请在“补充说明”里写明。" in sentences(draft, blocking=False)


# ---- 表彰 ----
def commendation(put: Put, keys: dict[str, str], number: int, **more: Any) -> str:
    values = {"year": 2026, "level": OfficeLevel.TOWN.value, "cause": "带动邻里", "kind": CommendationKind.LARGE.value,
              "state": CommendationState.CHECKED.value, **more}  # fmt: skip
    return put(Commendation(household_key=keys[f"{number}"], **values))


def test_only_checked_commendations_of_the_year_stand_in_a_list_village_by_village(office: Any, put: Put) -> None:
    bench, keys = office
    for number in (0, 3, 2):
        commendation(put, keys, number, award_fen=50_000 if number else None)
    commendation(put, keys, 1, state=CommendationState.PROPOSED.value)
    commendation(put, keys, 4, year=2025)
    assert offered(bench, "commendation") == [("2026年度第1批表彰(3)", "塘㙍镇", "")]
    assert offered(bench, "commendation", 2025) == [("2025年度第1批表彰(1)", "塘㙍镇", "")]
    draft = prepared(bench, "commendation", "2026:1")
    rows = draft.notice.facts["rows"]
    assert [(row["village"], row["head_shown"].partition("（")[0], row["amount"]) for row in rows] == [
        ("城东社区", "𠅤䶮亚九", D("500.00")), ("低岭村", "陈华", None), ("低岭村", "陈华", D("500.00")),
    ]  # fmt: skip
    assert draft.notice.facts["count"] == 3
    assert draft.notice.title == "关于拟表彰2026年度产业扶贫先进对象的公示"


def test_a_list_that_stands_keeps_its_rows_and_the_next_takes_the_others(office: Any, put: Put) -> None:
    bench, keys = office
    first = commendation(put, keys, 0)
    settings = posting.default_settings(bench, kinds.of("commendation"))
    posted = posting.publish(bench, "commendation", "2026:1", settings).keys[0]
    second = commendation(put, keys, 1)
    assert offered(bench, "commendation") == [("2026年度第1批表彰(1)", "塘㙍镇", ""), ("2026年度第2批表彰(1)", "塘㙍镇", "")]
    assert [row["key"] for row in prepared(bench, "commendation", "2026:1").notice.facts["rows"]] == [first]
    assert [row["key"] for row in prepared(bench, "commendation", "2026:2").notice.facts["rows"]] == [second]
    with pytest.raises(NotAllowed, match="已经公示过了"):
        posting.publish(bench, "commendation", "2026:1", settings)
    posting.withdraw(bench, posted)
    with bench.read() as session:
        assert batches.next_key(session, "commendation", 2026) == "2026:2", "a withdrawn list keeps its number"
        assert session.get_one(Commendation, first).state == CommendationState.CHECKED.value
    rows = prepared(bench, "commendation", "2026:2").notice.facts["rows"]
    assert {row["key"] for row in rows} == {first, second}


def test_the_next_list_follows_the_greatest_number_not_their_count(office: Any, put: Put) -> None:
    """Lists that came in a package from elsewhere can leave gaps."""
    bench, _ = office
    for key, year in (("2026:1", 2026), ("2026:3", 2026), ("2025:9", 2025)):
        put(Notice(object_kind="commendation", object_key=key, kind="commendation", year=year, title="表彰公示", place="塘㙍镇",
                   state="withdrawn", posted_on=DAY, first_day=DAY, last_day=DAY, body={"facts": {"rows": []}}))  # fmt: skip
    with bench.read() as session:
        assert batches.next_key(session, "commendation", 2026) == "2026:4"
        assert batches.next_key(session, "commendation", 2025) == "2025:10"
        assert batches.next_key(session, "pool", 2026) == "2026:1"


# ---- 贷款贴息 ----
def test_subsidies_of_households_and_entities_stand_in_one_list_of_their_last_day_s_year(office: Any, put: Put) -> None:
    bench, keys = office
    loan = put(Microcredit(household_key=keys["1"], bank="农信社", contract_no="1", amount_fen=5_000_000))
    entity = put(Entity(village_key=keys["低岭村"], name="低岭水稻专业合作社", kind="农民合作社", leader="陈观保"))
    large = put(EntityLoan(entity_key=entity, bank="农信社", amount_fen=100_000_000))
    common = {"state": SubsidyState.CHECKED.value, "principal_fen": 5_000_000}
    put(InterestSubsidy(loan_key=loan, from_on=date(2025, 12, 1), to_on=date(2026, 1, 1), days=31, due_fen=101, **common))
    put(InterestSubsidy(entity_loan_key=large, from_on=DAY, to_on=date(2026, 12, 31), days=305, due_fen=200, **common))
    put(InterestSubsidy(loan_key=loan, from_on=date(2025, 1, 1), to_on=date(2025, 12, 31), days=364, due_fen=9, **common))
    put(InterestSubsidy(loan_key=loan, from_on=DAY, to_on=None, days=0, due_fen=7, **common))
    put(InterestSubsidy(loan_key=loan, from_on=DAY, to_on=DAY, due_fen=8, state=SubsidyState.COMPUTED.value))
    assert offered(bench, "subsidy") == [("2026年度第1批贷款贴息(2)", "塘㙍镇", "")]
    facts = prepared(bench, "subsidy", "2026:1", mask_names=True).notice.facts
    assert [(row["village"], row["borrower"], row["term"], row["amount"]) for row in facts["rows"]] == [
        ("低岭村", "吴*保", "2025年12月1日 至 2026年1月1日", D("1.01")),
        ("低岭村", "低岭水稻专业合作社", "2026年3月1日 至 2026年12月31日", D("2.00")),
    ]  # fmt: skip
    assert (facts["count"], facts["total"]) == (2, D("3.01"))


# ---- 项目 ----
PROJECT: dict[str, Any] = {
    "year": 2026, "name": "优质稻基地", "industry": "种植", "nature": "新建", "scope": "poor_village", "place": "上垌",
    "quantity_milli": 50_500, "unit": "亩", "task": "平整土地", "starts_on": DAY, "ends_on": date(2026, 9, 30),
    "supervisor": "塘㙍镇政府", "operator": "低岭村合作社", "leader": "陈观保", "subsidy_rule": "每亩300元",
    "linkages": "务工", "meeting": "村民代表会",
}  # fmt: skip


def project(put: Put, keys: dict[str, str], state: ProjectState, **more: Any) -> str:
    values = {**PROJECT, "code": f"2026-{more.get('name', 'x')}-{state.value}", "state": state.value, **more}
    return put(Project(village_key=keys["低岭村"], **values))


def test_reviewed_projects_of_the_year_go_into_one_list(office: Any, put: Put) -> None:
    bench, keys = office
    one = project(put, keys, ProjectState.REVIEWED, name="甲", code="B")
    project(put, keys, ProjectState.PUBLISHED, name="乙", code="A", quantity_milli=None, poor_households=None)
    project(put, keys, ProjectState.DECLARED, name="丙")
    project(put, keys, ProjectState.REVIEWED, name="丁", year=2025)
    for fen in (100_001, 200_000):
        put(ProjectFund(project_key=one, name="省级专项", level="省级财政", amount_fen=fen))
    facts = prepared(bench, "pool", "2026:1").notice.facts
    assert [(row["name"], row["amount"], row["quantity"]) for row in facts["rows"]] == [
        ("乙", D("0.00"), None), ("甲", D("3000.01"), D("50.500")),
    ]  # fmt: skip
    assert (facts["projects"], facts["total"]) == (2, D("3000.01"))


ELEVEN = {
    "name": "项目名称", "operator": "实施单位", "leader": "责任人", "task": "建设内容", "subsidy_rule": "补助标准",
    "linkages": "联农带农机制",
}  # fmt: skip


@pytest.mark.parametrize("column", ELEVEN)
def test_each_of_the_contents_is_asked_for(office: Any, put: Put, column: str) -> None:
    bench, keys = office
    key = project(put, keys, ProjectState.PLANNED, **{column: ""})
    put(ProjectFund(project_key=key, name="省级专项", level="省级财政", amount_fen=1))
    put(Performance(project_key=key, year=2026, goal="建成基地"))
    assert sentences(prepared(bench, "project", key)) == [f"项目公示还缺：{ELEVEN[column]}，请在项目库里补上。"]


def test_a_project_without_money_term_scale_and_target_is_asked_for_all_four(office: Any, put: Put) -> None:
    bench, keys = office
    key = project(put, keys, ProjectState.PLANNED, quantity_milli=None, unit="", starts_on=None, ends_on=None)
    assert sentences(prepared(bench, "project", key)) == ["项目公示还缺：实施期限、资金来源、建设规模、绩效目标，请在项目库里补上。"]


def test_a_project_says_where_and_with_which_money_and_targets(office: Any, put: Put) -> None:
    bench, keys = office
    key = project(put, keys, ProjectState.BUILDING, place="低岭村上垌", poor_households=12, persons=0, ends_on=None)
    for name, level, fen in (("省级专项", "省级财政", 1_500_000), ("帮扶资金", "帮扶单位", None), ("自筹", "自筹", 100)):
        put(ProjectFund(project_key=key, name=name, level=level, amount_fen=fen))
    older = put(Performance(project_key=key, year=2025, goal="旧目标"))
    newer = put(Performance(project_key=key, year=2026, goal="建成基地。"))
    put(Indicator(performance_key=older, subcategory="数量指标", name="面积", target="10", unit="亩"))
    put(Indicator(performance_key=newer, subcategory="质量指标", name="合格率", target="≥98%", unit="%"))
    for number in range(8):
        put(Indicator(performance_key=newer, subcategory="数量指标", name=f"指标{number}", target=f"{number}", unit="亩"))
    facts = prepared(bench, "project", key).notice.facts
    assert facts["site"] == "低岭村上垌", "the village is not told twice"
    assert facts["funds"] == "省级专项（省级财政）15,000.00元；帮扶资金（帮扶单位）0.00元；自筹1.00元"
    assert (facts["total"], facts["scale"], facts["benefit"]) == (D("15001.00"), "50.5亩", "受益贫困户12户")
    assert facts["term"] == "2026年3月1日"
    assert facts["goal"] == "建成基地：合格率≥98%、" + "、".join(f"指标{number}{number}亩" for number in range(5))


def test_a_finished_project_tells_what_was_spent_and_reached(office: Any, put: Put) -> None:
    bench, keys = office
    key = project(put, keys, ProjectState.ACCEPTED)
    draft = prepared(bench, "completion", key)
    assert sentences(draft) == ["项目库里没有登记验收日期，请先登记“验收”这一步。"]
    assert "还没有填写绩效目标的完成情况，请在绩效自评里补上。" in sentences(draft, blocking=False)
    for day in (DAY, date(2026, 2, 28)):
        put(ProjectStep(project_key=key, state=ProjectState.ACCEPTED.value, dated=day))
    put(ProjectStep(project_key=key, state=ProjectState.BUILDING.value, dated=date(2026, 12, 31)))
    put(Performance(project_key=key, year=2026, goal="建成", outcome="全部完成。"))
    for year, quarter, fen in ((2025, 4, 100), (2026, 1, 250), (2026, 2, None)):
        put(ProjectQuarter(project_key=key, year=year, quarter=quarter, invested_fen=fen))
    draft = prepared(bench, "completion", key)
    facts = draft.notice.facts
    assert (facts["accepted_on"], facts["spent"], facts["outcome"]) == (DAY, D("3.50"), "全部完成")
    assert sentences(draft) == []
    early = prepared(bench, "completion", key, posted_on=date(2026, 2, 27))
    assert sentences(early) == ["2026年3月1日才验收，竣工公告不能在这以前张贴，请改张贴日期。"]


# ---- what holds of all ----
@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"days": 9}, "公示期 9 天，原则上不少于 10 天；请延长，或写明理由。"),
        ({"days": 6, "working": True}, "公示期 8 天，原则上不少于 10 天；请延长，或写明理由。"),
        ({"days": 10}, ""),
        ({"days": 7, "working": True, "posted_on": date(2026, 9, 28)}, ""),
        ({"days": 9, "reason": "上级要求"}, ""),
    ],
)
def test_the_floor_of_days_holds_in_principle_by_natural_days(
    office: Any, put: Put, settings: dict[str, Any], told: str
) -> None:
    bench, keys = office
    project(put, keys, ProjectState.REVIEWED)
    found = sentences(prepared(bench, "pool", "2026:1", **settings))
    assert found == ([told] if told else [])


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"days": 2}, "公示 2 天，一般不少于 3 天，请核对。"),
        ({"days": 3}, ""),
        ({"days": 6, "working": True}, "公示 6 个工作日，一般不少于 7 个工作日，请核对。"),
        ({"board": "微信公众号"}, "公示要张贴在固定的地方：镇(街)政府信息公开栏、村(居)委会信息公开栏、项目实施地点；“微信公众号”里没有，请核对。"),
        ({"board": "镇政府网站、低岭村公示栏"}, ""),
        ({"board": "项目实施地"}, ""),
    ],
)
def test_what_is_usual_is_told_as_a_warning(office: Any, put: Put, settings: dict[str, Any], told: str) -> None:
    bench, keys = office
    key = proceeds(put, keys, "低岭村", {"0": 100})
    found = sentences(prepared(bench, "proceeds", key, **settings), blocking=False)
    customs = [one for one in found if "一般不少于" in one or "固定的地方" in one]
    assert customs == ([told] if told else [])


@pytest.mark.parametrize("days", [0, -1])
def test_a_period_has_a_day(office: Any, put: Put, days: int) -> None:
    bench, keys = office
    key = proceeds(put, keys, "低岭村", {"0": 100})
    with pytest.raises(NotAllowed) as caught:
        prepared(bench, "proceeds", key, days=days)
    assert caught.value.todo == "请改公示天数。"


@pytest.mark.parametrize("text", ["分配原则见13822541234", "户主44088319680214123X", "账号6217 0010 2000 1234 567"])
def test_a_number_in_what_is_said_besides_keeps_a_notice_back(office: Any, put: Put, text: str) -> None:
    bench, keys = office
    key = proceeds(put, keys, "低岭村", {"0": 100})
    draft = prepared(bench, "proceeds", key, note=text)
    assert "公示文字里有完整的证件号码、手机号或账号，请检查方案和说明的文字。" in sentences(draft)
    assert draft.notice.draft, "it prints 草稿"
    with pytest.raises(NotAllowed, match="还不能公示"):
        posting.publish(bench, "proceeds", key, replace(posting.default_settings(bench, kinds.of("proceeds")), note=text))
    with pytest.raises(NotAllowed, match="完整的身份证号、手机号或账号"):
        posting.draft_paper(bench, "proceeds", draft.notice).filled()
