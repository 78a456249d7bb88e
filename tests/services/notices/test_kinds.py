"""What each kind of notice says, from its own records, and that it can be posted, withdrawn and posted again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fupin_desktop.domain.project_words import ProjectState
from fupin_desktop.domain.register_words import CommendationKind, CommendationState, OfficeLevel, SubsidyState
from fupin_desktop.domain.vocabulary import EntryKind, FundKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import offices
from fupin_desktop.services.notices import files, kinds, posting, rounds
from fupin_desktop.services.notices.model import PublicNotice
from fupin_desktop.services.notices.rounds import Round
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import (
    Commendation,
    FundEntry,
    FundSource,
    InterestSubsidy,
    Microcredit,
    Performance,
    Proceeds,
    ProceedsShare,
    Project,
    ProjectFund,
    ProjectStep,
    Village,
)
from tests.services.award_office import NOW, REGISTER, make_bench, put_register

D = Decimal
DAY = date(2026, 3, 1)
PROJECT = {
    "year": 2026, "name": "优质稻基地", "industry": "种植", "nature": "新建", "scope": "poor_village", "place": "上垌",
    "quantity_milli": 50000, "unit": "亩", "task": "平整土地、修渠", "starts_on": DAY, "ends_on": date(2026, 9, 30),
    "supervisor": "塘㙍镇政府", "operator": "低岭村合作社", "leader": "陈观保", "phone": "13800138000",
    "subsidy_rule": "每亩300元", "linkages": "务工", "poor_households": 12, "persons": 40, "meeting": "村民代表会",
}  # fmt: skip


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    made = make_bench(tmp_path_factory.mktemp("kinds") / "data")
    heads = put_register(made, REGISTER)
    with made.write("test", "试") as unit:
        session = unit.session
        village = session.query(Village).one()

        def put(record: Any) -> str:
            session.add(record)
            session.flush()
            return str(record.key)

        for state in (ProjectState.REVIEWED, ProjectState.PLANNED, ProjectState.ACCEPTED):
            key = put(Project(village_key=village.key, code=f"2026-{state.value}", **PROJECT, state=state.value))
            put(ProjectFund(project_key=key, name="省级专项", level="省级财政", amount_fen=1_500_000))
            put(ProjectStep(project_key=key, state=state.value, dated=DAY))
            put(Performance(project_key=key, year=2026, goal="建成优质稻基地", outcome="全部完成"))
        share = Proceeds(village_key=village.key, year=2026, title="光伏收益", income_fen=1_000_000,
                         collective_fen=400_000, households_fen=600_000)  # fmt: skip
        proceeds = put(share)
        for head in heads[1:3]:
            put(ProceedsShare(proceeds_key=proceeds, household_key=head, basis="劳动", amount_fen=300_000))
        loan = put(Microcredit(household_key=heads[0], bank="农信社", contract_no="1", amount_fen=5_000_000))
        put(InterestSubsidy(loan_key=loan, from_on=DAY, to_on=date(2026, 6, 1), days=92, principal_fen=5_000_000,
                            due_fen=55_600, state=SubsidyState.CHECKED.value))  # fmt: skip
        put(Commendation(household_key=heads[0], year=2026, level=OfficeLevel.TOWN.value, cause="带动邻里种稻",
                         kind=next(iter(CommendationKind)).value, state=CommendationState.CHECKED.value))  # fmt: skip
        source = put(FundSource(year=2026, kind=FundKind.SUPERIOR.value, name="省级专项", document_no="粤财〔2026〕1号"))
        for kind, name in ((EntryKind.ASSIGNED, ""), (EntryKind.ALLOCATED, "低岭村")):
            put(FundEntry(source_key=source, kind=kind.value, amount_fen=9_800_000, dated=DAY, target_name=name,
                          at=NOW, who="李文静"))  # fmt: skip
    yield made
    made.close()


def found(bench: Workbench, kind: str) -> Round:
    return next(one for one in rounds.rounds(bench, 2026) if one.kind == kind)


def words(bench: Workbench, notice: str) -> str:
    paper = posting.posted_paper(bench, notice)
    return "".join(run.text for page in paper.filled().pages for run in page.texts).replace(" ", "")


SAYS = {
    "pool": ("拟将1个项目", "15,000.00元", "平整土地", "50.000亩"),
    "project": ("项目名称", "低岭村上垌", "低岭村合作社", "陈观保", "2026年3月1日至2026年9月30日", "平整土地", "每亩300元",
                "省级专项（省级财政）15,000.00元", "50亩", "建成优质稻基地", "务工", "举报电话", "12317"),
    "completion": ("2026年3月1日通过验收", "全部完成", "已完成投资0.00元", "特此公告"),
    "proceeds": ("光伏收益收入10,000.00元", "村集体留存4,000.00元", "2户共6,000.00元", "身份证号码的末几位"),
    "subsidy": ("1笔扶贫贷款", "556.00元", "李亚保"),
    "commendation": ("1户", "带动邻里种稻", "李亚保"),
    "allocation": ("98,000.00元", "粤财〔2026〕1号", "低岭村", "按需要和绩效分配"),
}  # fmt: skip


@pytest.mark.parametrize("kind", SAYS)
def test_a_notice_says_what_its_records_say(bench: Workbench, kind: str, tmp_path: Path) -> None:
    one = found(bench, kind)
    settings = replace(posting.default_settings(bench, kinds.of(kind)), note="按需要和绩效分配")
    assert settings.days == (10 if kinds.of(kind).days else 7)
    notice = posting.publish(bench, kind, one.subject.key, settings).keys[0]
    text = words(bench, notice)
    for part in (*SAYS[kind], "12317", "塘㙍镇扶贫办：0759-5550002"):
        assert part in text, part
    assert "13800138000" not in text
    assert found(bench, kind).notice_key == notice
    paper = posting.posted_paper(bench, notice)
    files.write_pdf(bench, paper, tmp_path / "公示.pdf")
    if kind not in ("project", "completion"):
        files.write_list(bench, paper, tmp_path / "名单.xlsx")
        assert (tmp_path / "名单.xlsx").stat().st_size > 1000
    else:
        with pytest.raises(NotAllowed, match="没有名单"):
            files.write_list(bench, paper, tmp_path / "名单.xlsx")
    assert PublicNotice.unpacked(posting.posted_paper(bench, notice).subject.packed).title == paper.subject.title


@pytest.mark.parametrize(
    ("kind", "entity", "posted", "checked"),
    [
        ("subsidy", InterestSubsidy, SubsidyState.POSTED, SubsidyState.CHECKED),
        ("commendation", Commendation, CommendationState.POSTED, CommendationState.CHECKED),
    ],
)
def test_posting_a_batch_moves_its_rows_and_withdrawing_takes_them_back(
    bench: Workbench, kind: str, entity: Any, posted: str, checked: str
) -> None:
    def state() -> str:
        with bench.read() as session:
            return str(session.query(entity).one().state)

    one = found(bench, kind)
    if not one.notice_key:
        settings = posting.default_settings(bench, kinds.of(kind))
        posting.publish(bench, kind, one.subject.key, settings)
        one = found(bench, kind)
    assert state() == posted
    posting.withdraw(bench, one.notice_key, "名单有误")
    assert state() == checked
    again = found(bench, kind)
    assert (again.notice_key, again.subject.key) == ("", "2026:2")


def test_a_project_that_lacks_one_of_the_eleven_is_not_posted(bench: Workbench) -> None:
    one = next(item for item in rounds.rounds(bench, 2026) if item.kind == "project")
    with bench.write("test", "试") as unit:
        unit.update_many(Project, [{"key": one.subject.key, "subsidy_rule": ""}])
    settings = posting.default_settings(bench, kinds.of("project"))
    draft = posting.prepare(bench, "project", one.subject.key, settings)
    assert [problem.sentence for problem in draft.problems if problem.blocks] == ["项目公示还缺：补助标准，请在项目库里补上。"]
    with bench.write("test", "试") as unit:
        unit.update_many(Project, [{"key": one.subject.key, "subsidy_rule": "每亩300元"}])


def test_names_are_masked_where_the_notice_says_so(bench: Workbench) -> None:
    one = found(bench, "proceeds")
    settings = replace(posting.default_settings(bench, kinds.of("proceeds")), mask_names=True)
    rows = posting.prepare(bench, "proceeds", one.subject.key, settings).notice.facts["rows"]
    assert all(row["head_shown"].startswith("陈*") and row["tail"] for row in rows)


def test_proceeds_whose_shares_do_not_agree_are_not_posted(bench: Workbench) -> None:
    one = found(bench, "proceeds")
    with bench.write("test", "试") as unit:
        unit.update_many(Proceeds, [{"key": one.subject.key, "households_fen": 600_001}])
    settings = posting.default_settings(bench, kinds.of("proceeds"))
    problems = posting.prepare(bench, "proceeds", one.subject.key, settings).problems
    assert any(problem.code == "notice.sum" and problem.blocks for problem in problems)


def test_an_office_of_qingyuan_does_not_cite_wuchuan(bench: Workbench) -> None:
    form = offices.office(bench)
    offices.save(bench, replace(form, county="连州市", county_code="441882"))
    one = found(bench, "pool")
    basis = posting.prepare(bench, "pool", one.subject.key, posting.default_settings(bench)).notice.basis
    offices.save(bench, form)
    assert basis == ("《清远市关于进一步加强我市产业扶贫工作的通知》",)
