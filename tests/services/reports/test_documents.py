"""The quarterly tables as documents: filled from the registers, checked, handed in, corrected, due."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from fupin_desktop.domain.vocabulary import ApplicationState, Severity
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import documents, home, registers, years
from fupin_desktop.services.documents.model import Opinion
from fupin_desktop.services.documents.past import history
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.overview import Target
from fupin_desktop.services.registers import registry
from fupin_desktop.services.reports import due, receipts
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Project
from tests.services.register_office import Clock, add_household, add_item
from tests.services.reports.report_office import answer, make_office

POOR, SCATTERED = "quarterly_poor_village", "quarterly_scattered"
ALL = ("麻竹笋基地", "清远鸡养殖场", "茶叶车间", "砂糖桔园")


@pytest.fixture(scope="module")
def data_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_office(tmp_path_factory.mktemp("reports"), at(date(2026, 2, 1)))
    answer(made, "1", *ALL)
    made.close()
    return made.store.path


@pytest.fixture
def bench(data_file: Path, tmp_path: Path) -> Iterator[Workbench]:
    shutil.copy(data_file, tmp_path)
    made = open_workbench(tmp_path, clock=at(date(2026, 4, 1)))
    yield made
    made.close()


def at(day: date) -> Clock:
    clock = Clock()
    clock.now = datetime(day.year, day.month, day.day, 9)  # noqa: DTZ001 - local time, as the clock hands it in
    return clock


def begin(bench: Workbench, form: str = POOR, quarter: str = "q1") -> str:
    return documents.create(bench, form, quarter).keys[0]


def problems(bench: Workbench, key: str) -> dict[str, str]:
    return {one.code: one.sentence for one in documents.open_document(bench, key).problems if one.code.startswith("report.")}


def hand_in(bench: Workbench, key: str) -> None:
    documents.set_values(bench, key, {"sent_by": "U盘"})
    for one in documents.open_document(bench, key).problems:
        if one.severity is Severity.PRINCIPLE:
            documents.give_reason(bench, key, one.code, "上年项目已结项，新项目正在选址")
    documents.submit(bench, key)
    for box, name in (("opinion_reviewer", "李审核"), ("opinion_leader", "王镇长")):
        documents.give_opinion(bench, key, box, Opinion(True, "同意。", name, bench.today))


def rows(bench: Workbench, key: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = documents.open_document(bench, key).data["rows"]
    return found


def test_the_table_is_filled_from_the_pool_and_the_quarter(bench: Workbench) -> None:
    key = begin(bench)
    document = documents.open_document(bench, key)
    assert (document.line.place, document.data["quarter"]) == ("第一季度", "第一季度")
    assert document.data["due_on"] == date(2026, 4, 2)
    assert [row["project"] for row in rows(bench, key)] == [
        "麻竹笋基地", "清远鸡养殖场", "石下村小计", "无项目", "茶叶车间", "石牯塘镇小计"
    ]
    first = rows(bench, key)[0]
    assert (first["plan_fiscal"], first["plan_assisting"], first["plan_own"]) == (Decimal("200000.04"), Decimal(50000), Decimal("34.96"))
    assert (first["operator"], first["operator_kind"], first["running"], first["progress"]) == ("绿源种植专业合作社", "农民合作社", "在建", "60")
    assert (first["households"], first["per_household"], first["done"]) == (27, Decimal("277.80"), Decimal(50000))
    assert [row["project"] for row in rows(bench, begin(bench, SCATTERED))] == ["砂糖桔园", "石牯塘镇小计"]


def test_a_village_without_a_project_takes_a_written_reason(bench: Workbench) -> None:
    key = begin(bench)
    assert problems(bench, key) == {
        "report.without_project": "鲤鱼村没有列入的项目(谋划、申报、审核中又没有登记进展的不列)，按“无项目”列出。",
    }
    documents.set_values(bench, key, {"sent_by": "U盘"})
    with pytest.raises(NotAllowed):
        documents.submit(bench, key)
    documents.give_reason(bench, key, "report.without_project", "正在选址")
    assert "正在选址" in documents.open_document(bench, key).data["reasons"]
    documents.submit(bench, key)


def test_missing_answers_are_listed_and_a_quarter_that_runs_is_refused(bench: Workbench) -> None:
    answer(bench, "2", "麻竹笋基地", progress=None, households=None)
    key = begin(bench, quarter="q2")
    found = problems(bench, key)
    assert found["report.unanswered"] == "2 个项目没有登记本季进展：石下村“清远鸡养殖场”、长江村“茶叶车间”。"
    assert found["report.incomplete"] == "石下村“麻竹笋基地”没有填工程进度。"
    assert found["report.ended"] == "这个季度还没有结束，到季末以后再报送。"


def test_a_late_table_takes_a_reason(bench: Workbench) -> None:
    bench.clock.later(days=2)
    assert problems(bench, begin(bench))["report.late"] == "应在 2026年4月2日以前报送，已经过期。"


def test_handed_in_it_is_frozen_and_the_next_one_is_compared_with_it(bench: Workbench) -> None:
    first = begin(bench)
    hand_in(bench, first)
    line = documents.open_document(bench, first).line
    assert (line.state, line.progress and line.progress.word) == (ApplicationState.APPROVED, "已报送")
    answer(bench, "2", *ALL[:3], invested_fen=1_000_000, running="producing", progress=10000)
    assert rows(bench, first)[0]["done"] == Decimal(50000)
    bench.clock.later(days=91)
    second = begin(bench, quarter="q2")
    told = rows(bench, second)[0]
    assert told["done"] == Decimal(60000)
    assert str(told["compared"]).startswith("完成投资+1.00；运作情况在建→已投产；进度60→100")
    changed = documents.changed_paths(bench, second)
    assert {"rows[0].done", "rows[0].running"} <= changed
    assert "rows[0].plan_total" not in changed


def test_less_than_was_reported_is_refused(bench: Workbench) -> None:
    hand_in(bench, begin(bench))
    answer(bench, "2", "麻竹笋基地", invested_fen=-100)
    bench.clock.later(days=91)
    found = problems(bench, begin(bench, quarter="q2"))
    assert found["report.falling"] == "石下村“麻竹笋基地”的累计完成投资比上次报送的少，请核对季度进展。"


def test_a_correction_is_a_new_version_beside_the_old(bench: Workbench) -> None:
    first = begin(bench)
    hand_in(bench, first)
    answer(bench, "2", *ALL)
    second = documents.correct(bench, first).keys[0]
    hand_in(bench, second)
    assert documents.open_document(bench, first).line.state is ApplicationState.REPLACED
    assert documents.pdf_bytes(bench, first).startswith(b"%PDF")


def test_projects_closed_before_the_quarter_are_left_out(bench: Workbench) -> None:
    from sqlalchemy import select

    from fupin_desktop.storage.entities import Project, ProjectStep

    with bench.write("tests.close", "结项") as unit:
        project = unit.session.scalars(select(Project).where(Project.name == "茶叶车间")).one()
        project.state = "closed"
        unit.session.add(ProjectStep(project_key=project.key, state="closed", dated=date(2026, 3, 20)))
    assert "茶叶车间" in [row["project"] for row in rows(bench, begin(bench))]
    second = begin(bench, quarter="q2")
    assert [row["project"] for row in rows(bench, second)][-2:] == ["无项目", "石牯塘镇小计"]


# ---- what is due ----
def told(bench: Workbench, today: date) -> list[tuple[str, str, Target]]:
    return [(item.badge, item.text, item.target) for item in home.overview(bench, today).due if "情况表" in item.text]


def test_the_tables_are_due_until_both_are_handed_in(bench: Workbench) -> None:
    text = "第一季度两张发展情况表（4月2日前报县，4月5日前报市）"
    assert told(bench, date(2026, 4, 1)) == [("还有 1 天", text, Target("reports", "begin:2026"))]
    first = begin(bench)
    assert told(bench, date(2026, 4, 9)) == [("已过 7 天", text, Target("reports", "", first))]
    hand_in(bench, first)
    left = "第一季度分散贫困人口发展情况表（4月2日前报县，4月5日前报市）"
    assert told(bench, date(2026, 4, 3)) == [("已过 1 天", left, Target("reports", "begin:2026"))]
    other = begin(bench, SCATTERED)
    assert told(bench, date(2026, 4, 3)) == [("已过 1 天", left, Target("reports", "", other))]
    hand_in(bench, other)
    assert told(bench, date(2026, 4, 3))[0][1].startswith("第二季度")


def test_a_year_that_is_closed_tells_the_tables_that_were_not_handed_in(bench: Workbench) -> None:
    assert not [item for item in years.open_work(bench) if item.badge == "未报送"]  # it made none yet
    hand_in(bench, begin(bench))
    draft = begin(bench, SCATTERED, "q2")
    for quarter in (due.Quarter.THIRD, due.Quarter.FOURTH):
        due.mark_done(bench, due.name_of(2026, quarter), is_done=True)
    assert [(item.text, item.target) for item in years.open_work(bench) if item.badge == "未报送"] == [
        ("第一季度分散贫困人口发展情况表还没有报送", Target("reports")),
        ("第二季度两张发展情况表还没有报送", Target("reports", "", draft)),
    ]


def test_a_duty_can_be_marked_as_done_and_the_day_moved(bench: Workbench) -> None:
    due.set_earlier_days(bench, 0)
    assert told(bench, date(2026, 4, 1))[0][1] == "第一季度两张发展情况表（4月5日前）"
    name = due.name_of(2026, due.Quarter.FIRST)
    due.mark_done(bench, name, is_done=True)
    assert told(bench, date(2026, 4, 1))[0][1].startswith("第二季度")
    due.mark_done(bench, name, is_done=False)
    assert told(bench, date(2026, 4, 1))[0][1].startswith("第一季度")
    with pytest.raises(NotAllowed):
        due.set_earlier_days(bench, 21)


def test_the_first_survey_is_told_a_month_before_its_day(bench: Workbench) -> None:
    assert len(told(bench, date(2026, 8, 1))) == 1
    assert told(bench, date(2026, 9, 1))[1][:2] == ("还有 14 天", "摸底调查和两张发展情况表汇总（9月15日前）")
    due.mark_done(bench, f"2026-{due.SURVEY}", is_done=True)
    assert len(told(bench, date(2026, 9, 1))) == 1


def test_an_office_that_never_reported_is_not_told_of_days_that_are_over(bench: Workbench) -> None:
    assert told(bench, date(2026, 4, 9))[0][1].startswith("第二季度")


# ---- what villages fill ----
def test_each_village_with_projects_gets_a_sheet_that_reads_back(bench: Workbench, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    from fupin_desktop.domain.project_words import Quarter
    from fupin_desktop.services.imports.apply import apply
    from fupin_desktop.services.imports.importers import importer_of
    from fupin_desktop.services.imports.preview import prepare
    from fupin_desktop.services.registers import registry
    from fupin_desktop.services.reports import collecting

    answer(bench, "2", "麻竹笋基地", invested_fen=1_234_500)
    paths = collecting.write_sheets(bench, 2026, Quarter.SECOND, tmp_path / "采集")
    assert [path.name.partition("2026")[0] for path in paths] == ["石下村", "长江村", "永乐村"]
    book = load_workbook(paths[0])
    sheet = book.active
    heading = next(row for row in sheet.iter_rows() if any(cell.value == "年度" for cell in row))
    at = {cell.value: cell.column for cell in heading}
    rows = {sheet.cell(row, at["项目名称"]).value: row for row in range(heading[0].row + 1, sheet.max_row + 1)}
    assert sheet.cell(rows["麻竹笋基地"], at["本季完成投资(元)"]).value == 12345
    for name, value in (("运作情况", "在建"), ("工程进度(%)", "80%"), ("本季完成投资(元)", "7000"), ("带动贫困户(户)", "9")):
        sheet.cell(rows["清远鸡养殖场"], at[name]).value = value
    book.save(paths[0])
    preview = prepare(bench, paths[0], importer=importer_of(registry.of("project_quarters")))
    assert (preview.missing, preview.findings) == ([], [])
    apply(bench, preview)
    found = {row["project"]: row for row in rows_of(bench, "q2")}
    assert (found["清远鸡养殖场"]["done"], found["清远鸡养殖场"]["progress"], found["清远鸡养殖场"]["households"]) == (Decimal(57000), "80", 9)
    assert found["麻竹笋基地"]["done"] == Decimal("62345.00")


def test_without_a_project_there_is_no_sheet(tmp_path: Path) -> None:
    from fupin_desktop.domain.project_words import Quarter
    from fupin_desktop.services.reports import collecting
    from tests.services.register_office import make_office as make_plain

    bench = make_plain(tmp_path / "plain")
    with pytest.raises(NotAllowed):
        collecting.write_sheets(bench, 2026, Quarter.FIRST, tmp_path / "采集")
    assert not (tmp_path / "采集").exists()
    bench.close()


def rows_of(bench: Workbench, quarter: str) -> list[dict[str, object]]:
    return rows(bench, begin(bench, quarter=quarter))


def test_a_report_that_went_out_gets_its_receipt(bench: Workbench) -> None:
    key = begin(bench)
    answers = {"received_on": "2026-04-01", "receiver": "县扶贫办 张三", "number": "收文 12 号"}
    with pytest.raises(NotAllowed, match="还没有报送"):
        receipts.register(bench, key, answers)
    hand_in(bench, key)
    for day, told in (("2026-04-02", "今天以后"), ("昨天", "不是日期")):
        with pytest.raises(NotAllowed, match=told):
            receipts.register(bench, key, {**answers, "received_on": day})
    change = receipts.register(bench, key, {**answers, "received_on": "4.1"})
    assert "applications" in change.nouns
    (line,) = [one for one in documents.lines(bench, 2026, tab="reports") if one.key == key]
    assert line.progress is not None
    assert line.progress.word == "上级已收到"
    newest = history(bench, key)[0]
    assert (newest.label, newest.after) == ("登记回执", "2026-04-01 县扶贫办 张三收到，收文 12 号")


def test_only_poor_households_are_told_of_where_nothing_was_answered(bench: Workbench) -> None:
    for name, kind, members, area in (("吴一", "脱贫户", "4", "10"), ("吴二", "监测户", "2", "9.999"), ("吴三", "一般户", "5", "50")):
        household = add_household(bench, name, "石下村", household_class=kind, members=members)
        add_item(bench, household, area=area)
        for way in ("务工", "土地租金"):
            texts = {"household": name, "entity": "绿源种植专业合作社", "project": "麻竹笋基地", "way": way, "starts_on": "2026-01-01", "ends_on": "2026-12-31"}
            outcome = registers.add(bench, registry.of("linkages"), texts)
            assert outcome.change, outcome.problems
    found = {row["project"]: row for row in rows(bench, begin(bench, POOR, "q2"))}
    told = [found["麻竹笋基地"].get(column) for column in ("households", "persons", "large")]
    assert told == [2, 6, 1]


def test_persons_of_all_are_not_told_as_those_of_the_poor(bench: Workbench) -> None:
    with bench.write("tests.projects", "登记项目") as unit:
        for name, every in (("麻竹笋基地", 40), ("清远鸡养殖场", 30), ("茶叶车间", None)):
            unit.session.query(Project).filter_by(name=name).one().households = every
    found = {row["project"]: row for row in rows(bench, begin(bench, POOR, "q2"))}
    told = {name: tuple(found[name].get(column) for column in ("households", "persons", "large")) for name in ALL[:3]}
    assert told == {"麻竹笋基地": (30, None, None), "清远鸡养殖场": (30, 110, 3), "茶叶车间": (30, 110, 3)}


def test_the_way_of_sending_is_that_of_the_table_handed_in_last(bench: Workbench) -> None:
    first = begin(bench)
    assert documents.open_document(bench, first).data.get("sent_by") is None
    hand_in(bench, first)
    bench.clock = at(date(2026, 7, 1))
    assert documents.open_document(bench, begin(bench, quarter="q2")).data["sent_by"] == "U盘"
