"""Dossiers of a project, a source, a household: what stands in them, what is missing, whatever their names are."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import attachments, dossiers, registers
from fupin_desktop.services.dossiers import Dossier, Kind
from fupin_desktop.services.dossiers.parts import Part, Rows, shown
from fupin_desktop.services.dossiers.writing import file_name
from fupin_desktop.services.notices.model import PublicNotice
from fupin_desktop.services.registers import HOUSEHOLDS, CellEdit, Query, registry
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import (
    FundDonor,
    FundSource,
    Notice,
    Objection,
    Performance,
    Project,
    ProjectFund,
    ProjectStep,
    Village,
)
from tests.services.documents import office as documents_office
from tests.services.documents.office import TARGETS
from tests.services.payments import pay_office as office
from tests.services.payments.conftest import bench, filed_office, run
from tests.services.register_office import find

__all__ = ["bench", "filed_office", "run"]


def titles(dossier: Dossier) -> list[str]:
    return [part.title for part in dossier.parts]


def rows(dossier: Dossier, title: str) -> list[tuple[Any, ...]]:
    return [row for table in dossier.tables if table.title == title for row in table.rows]


@pytest.fixture
def pooled(bench: Workbench) -> str:
    """A project of the pool with its money, goal and steps."""
    with bench.write("tests.project", "项目") as unit:
        village = unit.session.query(Village).order_by(Village.position, Village.name).first()
        assert village is not None
        project = Project(
            village_key=village.key, code="P1", year=2026, name="优质稻基地项目", industry="种植", nature="新建",
            scope="poor_village", place="上垌", task="平整土地", unit="亩", operator="合作社", leader="陈观保", linkages="务工",
            state="pooled", supervisor="镇政府", meeting="村民代表会",
        )  # fmt: skip
        unit.session.add(project)
        unit.session.flush()
        key = project.key
        for record in (
            ProjectFund(project_key=key, name="省级专项", level="省级财政", amount_fen=100),
            Performance(project_key=key, year=2026, goal="建成基地"),
            Performance(project_key=key, year=2025, goal="先修水渠"),
            ProjectStep(project_key=key, state="pooled", dated=date(2026, 3, 1)),
        ):
            unit.session.add(record)
            unit.session.flush()
    return key


def post(bench: Workbench, about: str, kind: str = "project", **more: Any) -> str:
    first, last = date(2026, 3, 2), date(2026, 3, 11)
    said = PublicNotice(kind, "项目公示", "低岭村", 2026, "低岭村民委员会", first, first, last, 10, facts={"project": "优质稻基地"})
    with bench.write("tests.notice", "公示") as unit:
        notice = Notice(
            object_kind="project", object_key=about, kind=kind, year=2026, title="项目公示", place="低岭村", state="posted",
            posted_on=first, first_day=first, last_day=last, body=said.packed, **more,
        )  # fmt: skip
        unit.session.add(notice)
        unit.session.flush()
        return notice.key


# ---- projects ----
def test_a_project_stands_with_what_belongs_to_it_of_every_year(bench: Workbench, pooled: str, tmp_path: Path) -> None:
    dossier = dossiers.make(bench, Kind.PROJECT, pooled)
    assert dossier.title == "优质稻基地项目档案", "the word is not told twice"
    assert titles(dossier)[0] == "项目情况"
    told = [table.title for table in dossier.tables]
    assert any("2026年度" in title and "绩效" in title for title in told)
    assert any("2025年度" in title and "绩效" in title for title in told)
    assert {"没有入库公示", "没有项目公示"} <= set(dossier.missing), "it is in the pool"
    assert "没有竣工公告" not in dossier.missing, "it is not built yet"
    made = dossiers.write(bench, dossier, tmp_path / "项目.pdf")
    assert made.pages == len(PdfReader(made.pdf).pages)


def test_its_notices_and_objections_are_bound(
    bench: Workbench, pooled: str, tmp_path: Path
) -> None:
    notice = post(bench, pooled)
    with bench.write("tests.objection", "异议") as unit:
        unit.session.add(Objection(notice_key=notice, received_on=date(2026, 3, 5), content="面积", received_by="李文静",
                                   name="陈阿婆", phone="13800138000"))  # fmt: skip
    dossier = dossiers.make(bench, Kind.PROJECT, pooled)
    assert "没有项目公示" not in dossier.missing
    assert {"没有入库公示", "“项目公示”没有张贴照片"} <= set(dossier.missing)
    assert [row[0] for row in rows(dossier, "公示登记")] == ["项目公示"]
    assert [row[4] for row in rows(dossier, "异议登记")] == ["面积"]
    assert "陈阿婆" not in str(dossier.tables), "who objected is not told"
    made = dossiers.write(bench, dossier, tmp_path / "项目.pdf")
    assert made.missing == tuple(dossier.missing), "every paper could be made"
    assert "优质稻基地" in "".join(page.extract_text() for page in PdfReader(made.pdf).pages)


def test_the_list_with_which_a_project_entered_the_pool_is_bound_with_what_was_objected_to_it(bench: Workbench, pooled: str) -> None:
    first, last = date(2026, 2, 2), date(2026, 2, 11)
    for number, named in ((1, pooled), (2, "another")):
        facts = {"rows": [{"key": named, "name": "优质稻基地"}]}
        said = PublicNotice("pool", f"入库公示{number}", "塘㙍镇", 2026, "塘㙍镇扶贫办", first, first, last, 10, facts=facts)
        about = {"object_kind": "pool", "object_key": f"2026:{number}", "year": 2026, "place": "塘㙍镇", "state": "posted"}
        days = {"posted_on": first, "first_day": first, "last_day": last}
        with bench.write("tests.notice", "公示") as unit:
            notice = Notice(kind="pool", title=said.title, body=said.packed, **about, **days)
            result = Notice(kind="result", title=f"入库公示{number}结果", body={}, **about, posted_on=date(2026, 2, 12))
            unit.session.add_all([notice, result])
            unit.session.flush()
            for row, content in ((pooled, "面积"), ("another", "别的项目"), ("", "全文")):
                unit.session.add(Objection(notice_key=notice.key, received_on=date(2026, 2, 5), content=content,
                                           received_by="李文静", row_key=row))  # fmt: skip
    dossier = dossiers.make(bench, Kind.PROJECT, pooled)
    assert [row[0] for row in rows(dossier, "公示登记")] == ["入库公示1", "入库公示1结果"]
    assert sorted(row[4] for row in rows(dossier, "异议登记")) == ["全文", "面积"]
    assert {"没有项目公示", "“入库公示1”没有张贴照片"} <= set(dossier.missing)
    assert "没有入库公示" not in dossier.missing


def test_a_withdrawn_notice_is_none_and_what_was_taken_out_had_come_as_far(bench: Workbench, pooled: str) -> None:
    key = post(bench, pooled)
    with bench.write("tests.project", "出库") as unit:
        unit.session.add(ProjectStep(project_key=pooled, state="announced", dated=date(2026, 9, 1)))
        unit.update_many(Project, [{"key": pooled, "state": "removed"}])
        unit.update_many(Notice, [{"key": key, "state": "withdrawn"}])
    assert {"没有入库公示", "没有项目公示", "没有竣工公告"} <= set(dossiers.make(bench, Kind.PROJECT, pooled).missing)


def test_the_targets_of_a_project_are_a_dossier_of_their_own(bench: Workbench) -> None:
    key = documents_office.begin(bench, TARGETS, "水稻基地")
    assert ("水稻基地(绩效目标)", key) in [(one.name, one.key) for one in dossiers.choices(bench, Kind.PROJECT)]
    dossier = dossiers.make(bench, Kind.PROJECT, key)
    assert (dossier.title, titles(dossier)[0]) == ("水稻基地项目档案", "项目绩效目标表")
    assert "没有列入这个项目的资金使用计划、审批表" in dossier.missing


# ---- money ----
def test_a_source_without_a_document_says_so_and_its_donors_are_the_office_s_own_list(bench: Workbench, run: str) -> None:
    with bench.write("tests.source", "资金") as unit:
        source = unit.session.query(FundSource).first()
        assert source is not None
        key = source.key
        unit.update_many(FundSource, [{"key": key, "document_no": ""}])
        unit.session.add(FundDonor(source_key=key, name="某公司", amount_fen=100))
    dossier = dossiers.make(bench, Kind.SOURCE, key)
    assert "没有登记下达文号" in dossier.missing
    assert "捐赠名单(存档)" in titles(dossier)


def test_a_source_tells_the_papers_and_payments_it_was_spent_on(bench: Workbench, run: str, tmp_path: Path) -> None:
    office.plan(bench, run)
    office.paid(bench, run)
    (source,) = dossiers.choices(bench, Kind.SOURCE)
    dossier = dossiers.make(bench, Kind.SOURCE, source.key)
    assert titles(dossier)[0] == "资金台账"
    assert sum(title.startswith("呈批表") for title in titles(dossier)) == 1
    assert sum(title.startswith("发放明细表") for title in titles(dossier)) == 1
    assert [row[5] for row in rows(dossier, "资金台账") if row[3] in ("安排", "拨付")] != []
    assert dossiers.write(bench, dossier, tmp_path / "x.pdf").missing == tuple(dossier.missing)


# ---- a period ----
@pytest.mark.parametrize(("since", "until"), [(None, None), (date(2026, 1, 1), None), (None, date(2026, 1, 1))])
def test_a_period_has_both_its_days(bench: Workbench, since: date | None, until: date | None) -> None:
    with pytest.raises(NotAllowed, match="开始和结束日期"):
        dossiers.make(bench, Kind.PERIOD, since=since, until=until)
    assert dossiers.choices(bench, Kind.PERIOD) == []


def test_a_period_of_one_day_holds_that_day_alone(bench: Workbench, run: str) -> None:
    changes = rows(dossiers.period(bench, date(2020, 1, 1), bench.today), "修改记录")
    days = sorted({row[0][:10] for row in changes})
    assert len(days) > 1
    for day in (days[0], days[-1]):
        on = date.fromisoformat(day)
        alone = rows(dossiers.period(bench, on, on), "修改记录")
        assert alone == [row for row in changes if row[0][:10] == day]
    before = date.fromisoformat(days[0]) - timedelta(days=1)
    assert rows(dossiers.period(bench, before, before), "修改记录") == []


# ---- what can be chosen ----
def test_each_kind_offers_what_the_office_has(bench: Workbench, run: str, pooled: str) -> None:
    offered = {kind: [one.name for one in dossiers.choices(bench, kind)] for kind in Kind}
    assert offered[Kind.VILLAGE][0] == "低岭村"
    assert offered[Kind.PROJECT][0] == "优质稻基地项目"
    assert len(offered[Kind.SCHEME]) == len(offered[Kind.SOURCE]) == 1
    assert [one.name for one in dossiers.choices(bench, Kind.HOUSEHOLD, "陈康")] == ["低岭村 二组 陈康"]
    assert [one.name for one in dossiers.choices(bench, Kind.HOUSEHOLD, "lyb")] == [
        one.name for one in dossiers.choices(bench, Kind.HOUSEHOLD, "李亚保")
    ]


# ---- whatever the names are ----
def test_a_photo_with_any_name_and_a_household_nobody_can_print_do_not_stop_a_dossier(
    bench: Workbench, tmp_path: Path
) -> None:
    key = find(bench, office.SMALL).key
    registers.set_cells(bench, HOUSEHOLDS, [CellEdit(key, "head_name", "陈\U0003134a")])
    dossier = dossiers.make(bench, Kind.HOUSEHOLD, key)
    picture = tmp_path / "现场👍.jpg"
    Image.new("RGB", (40, 30), "#88aa66").save(picture)
    kept = attachments.store(bench.data_folder, picture)
    bad = tmp_path / "坏🙈.jpg"
    bad.write_bytes(b"no picture")
    dossier.parts.append(Part("照片", files=(kept.stored, attachments.store(bench.data_folder, bad).stored)))
    made = dossiers.write(bench, dossier, tmp_path / "档案.pdf")
    assert any("U+3134A" in told for told in made.missing), "the paper that names the household is told as missing"
    assert any("坏🙈.jpg" in told for told in made.missing)
    text = "".join(page.extract_text() for page in PdfReader(made.pdf).pages).replace("\n", "")
    assert "陈□户档案" in text
    assert "现场□.jpg" in text
    assert "坏□.jpg" in text


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("低岭村2026年度档案", "低岭村2026年度档案(内部资料)"),
        ("A/B:C*?\"<>|项目档案", "ABC项目档案(内部资料)"),
        ("长" * 300, "长" * 114 + "(内部资料)"),
        ("", "_(内部资料)"),
    ],
)
def test_files_are_proposed_under_names_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(Dossier(title)) == name


def test_cells_are_told_as_people_read_them() -> None:
    from decimal import Decimal

    assert [shown(cell) for cell in ("文", 1234, Decimal("1234.5"), None)] == ["文", "1234", "1,234.50", ""]


def test_a_table_without_rows_has_no_page_but_stands_in_the_workbook(bench: Workbench) -> None:
    dossier = Dossier("空")
    dossier.add_rows(bench, Rows("甲", ("列",), ()))
    dossier.add_rows(bench, Rows("乙", ("列",), (("一",),)), page=False)
    dossier.add(None, "没有丙")
    dossier.add(None)
    dossier.extend([], "没有丁")
    assert (dossier.parts, [table.title for table in dossier.tables], dossier.missing) == ([], ["甲", "乙"], ["没有丙", "没有丁"])


def test_what_is_gone_since_it_was_chosen_is_told(bench: Workbench) -> None:
    key = find(bench, office.SMALL).key
    assert registers.window(bench, Query(registry.of("households"), bench.year, text=office.SMALL), 0, 1)
    dossiers.make(bench, Kind.HOUSEHOLD, key)
    registers.remove(bench, HOUSEHOLDS, [key])
    with pytest.raises(NotAllowed, match="已经不在了"):
        dossiers.make(bench, Kind.HOUSEHOLD, key)
