"""Columns of other systems that the office reckons from several registers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.services import layout_exports, registers
from fupin_desktop.services.exchange import receivers
from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.importers import importer_of
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.layout_figures import _FINDERS
from fupin_desktop.services.list_layouts.presets import Figure
from fupin_desktop.services.registers import HOUSEHOLDS, PERSONS, Register, registry
from fupin_desktop.services.workbench import Workbench
from tests.services.exchange.test_carrying import quiet
from tests.services.imports.making import book
from tests.services.list_layouts.test_layouts import headings_of, rows_of
from tests.services.register_office import GOOD_ID, Clock, add_household, make_office
from tests.services.registers.ledger_office import add

PROJECTS = registry.of("projects")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = make_office(tmp_path / "数据", Clock())
    yield made
    made.close()


def put(bench: Workbench, register: str, **texts: str) -> None:
    outcome = add(bench, register, **texts)
    assert outcome.change is not None, outcome.problems


def written(bench: Workbench, register: Register, name: str, path: Path) -> list[dict[str, str]]:
    chosen = layout_exports.named(bench, register, name)
    assert chosen is not None
    layout_exports.write_layout(bench, register, chosen, path)
    head, *rows = rows_of(path)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_every_figure_is_found() -> None:
    assert set(_FINDERS) == {*Figure}


def test_the_national_household_table_takes_what_other_registers_tell(bench: Workbench, tmp_path: Path) -> None:
    head = add_household(bench, "吴一", members="4", household_class="脱贫户", head_id_number=GOOD_ID, production_income="1")
    add_household(bench, "吴二", members="3", production_income="7000")
    assert registers.add(bench, PERSONS, {"name": "吴一", "code": "9001", "id_number": GOOD_ID, "relation": "户主"}, head).change
    put(bench, "household_incomes", wages="12000", business="8000", property="500", transfers="1500.50", costs="2000")
    put(bench, "entities", kind="龙头企业")
    put(bench, "linkages", household="吴一")
    put(bench, "linkages", household="吴一", way="土地租金")
    put(bench, "leaders", entity="水稻合作社")
    first, second = written(bench, HOUSEHOLDS, "全国扶贫开发信息系统户信息", tmp_path / "户.xlsx")
    wanted = {
        "户主编号": "9001", "工资性收入": "12000", "生产经营性收入": "8000", "财产性收入": "500", "转移性收入": "1500.5",
        "生产经营性支出": "2000", "年收入": "22000.5", "纯收入": "20000.5", "人均纯收入": "5000.13", "是否有龙头企业带动": "是",
        "是否有创业致富带头人带动": "是",
    }  # fmt: skip
    assert {heading: first[heading] for heading in wanted} == wanted
    assert {heading: second[heading] for heading in wanted} == {**dict.fromkeys(wanted, ""), "生产经营性收入": "7000"}


def test_what_the_office_knows_goes_before_what_a_list_said(bench: Workbench, tmp_path: Path) -> None:
    add_household(bench, "吴一", code="H1", members="2", household_class="脱贫户", head_id_number=GOOD_ID)
    head = ("县", "村", "户编号", "户主编号", "户主姓名", "户主证件号码", "主要致贫原因", "工资性收入", "生产经营性支出")
    path = book(tmp_path / "来.xlsx", [head, ("吴川市", "低岭村", "H1", "777", "吴一", GOOD_ID, "缺技术", 900, 300)])
    apply(bench, prepare(bench, path))
    put(bench, "household_incomes", wages="1000", business="", property="", transfers="", costs="")
    for name in ("全国扶贫开发信息系统户信息", "和“来.xlsx”一样"):
        (row,) = written(bench, HOUSEHOLDS, name, tmp_path / "回.xlsx")
        assert [row[one] for one in ("户主编号", "工资性收入", "生产经营性支出")] == ["777", "1000", "300"], name


def test_a_list_of_the_pool_is_written_as_counties_hand_it_out_and_comes_in_again(bench: Workbench, tmp_path: Path) -> None:
    add_household(bench, "吴一", members="4", household_class="脱贫户")
    add_household(bench, "吴二", members="3", household_class="一般户")
    put(bench, "projects", villages="低岭村、那罗村", subsidy_rule="每亩800元")
    put(bench, "project_funds")
    put(bench, "project_funds", name="自筹", level="自筹", amount="50000.50")
    put(bench, "entities")
    for name in ("吴一", "吴二"):
        put(bench, "linkages", household=name, project="水稻基地")
    (row,) = written(bench, PROJECTS, "扶贫项目库清单", tmp_path / "库.xlsx")
    assert tuple(row) == headings_of("project_list")
    assert {heading: text for heading, text in row.items() if text} == {
        "监管单位*": "镇扶贫办", "项目类别*": "种植", "项目名称*": "水稻基地", "建设地点*": "大垌片", "建设内容*": "建设水稻基地",
        "投资估算(元)*": "150000.5", "政府补助资金(万)": "10", "投资(补助)标准": "每亩800元", "资金性质": "省、自筹",
        "计划建设时间": "2026-03至2026-12", "受益村名*": "低岭村、那罗村", "受益村数": "2", "其中贫困村": "0",
        "受益贫困户": "1", "受益贫困人口": "4", "完成状态*": "谋划",
    }  # fmt: skip
    back = prepare(bench, tmp_path / "库.xlsx", importer=importer_of(PROJECTS))
    assert back.mapping.layout == "扶贫项目库清单"
    assert back.comparison is not None
    assert (back.comparison.added, back.comparison.changed) == ([], [])
    chosen = layout_exports.named(bench, PROJECTS, "扶贫项目库清单")
    assert chosen is not None
    assert receivers.of_layout(bench, PROJECTS, chosen, quiet) == []


def test_a_project_without_money_is_told_before_it_is_handed_out(bench: Workbench) -> None:
    put(bench, "projects")
    chosen = layout_exports.named(bench, PROJECTS, "扶贫项目库清单")
    assert chosen is not None
    assert "“投资估算(元)*”不能空：水稻基地。" in receivers.of_layout(bench, PROJECTS, chosen, quiet)
