"""What the checking programs of known systems refuse is told before a list is handed out."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from fupin_desktop.domain.strict_toml import loads
from fupin_desktop.errors import BadDefinition
from fupin_desktop.services import registers
from fupin_desktop.services.exchange import offers, outgoing
from fupin_desktop.services.exchange.model import Item
from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.list_layouts import demands
from fupin_desktop.services.list_layouts import presets as preset_files
from fupin_desktop.services.list_layouts.demands import Demand, Form, Inspection
from fupin_desktop.services.list_layouts.presets import presets
from fupin_desktop.services.registers import HOUSEHOLDS, CellEdit, Query
from fupin_desktop.services.workbench import Workbench
from tests.services.exchange.test_carrying import quiet
from tests.services.imports.making import IDS, book
from tests.services.list_layouts.test_layouts import bench, headings_of, rows_of, system_list

__all__ = ["bench"]

LOW, HIGH = Decimal(0), Decimal(100)


@pytest.mark.parametrize(
    ("demand", "cell", "told"),
    [
        (Demand(required=True), None, "“甲”不能空"),
        (Demand(required=True), "  ", "“甲”不能空"),
        (Demand(form=Form.ID), IDS[0], ""),
        (Demand(form=Form.ID), IDS[0][:17] + "0", "“甲”应是18位、校验正确的公民身份号码"),
        (Demand(form=Form.ID), IDS[0][:15], "“甲”应是18位、校验正确的公民身份号码"),
        (Demand(form=Form.ACCOUNT), "6228480402564890018", ""),
        (Demand(form=Form.ACCOUNT), "6228 4804", "“甲”应是8至30位数字的账号"),
        (Demand(form=Form.MONTH), "202103", ""),
        (Demand(form=Form.MONTH), "202113", "“甲”应是202103这样的六位年月"),
        (Demand(form=Form.MONTH), "2021-03-01", "“甲”应是202103这样的六位年月"),
        (Demand(form=Form.YES_NO), "无", "“甲”应写“是”或“否”"),
        (Demand(words=("男", "女")), "男性", "“甲”只收“男”“女”"),
        (Demand(low=LOW, high=HIGH), Decimal("100"), ""),
        (Demand(low=LOW, high=HIGH), Decimal("100.01"), "“甲”应在 0 到 100 之间"),
        (Demand(low=LOW, high=HIGH), "约三亩", "“甲”应是数字"),
        (Demand(low=Decimal(1)), 0, "“甲”应不小于 1"),
        (Demand(asks_below=Decimal(4000)), Decimal("3999.99"), "“甲”低于 4000，系统会要求核实"),
        (Demand(asks_below=Decimal(4000)), "4,000", ""),
        (Demand(with_="乙"), 1, "“甲”大于 0，“乙”也要大于 0"),
        (Demand(with_="乙"), 0, ""),
        (Demand(form=Form.MONTH), "", ""),
    ],
)  # fmt: skip
def test_a_cell_that_would_be_sent_back_is_told_with_its_row(demand: Demand, cell: object, told: str) -> None:
    inspection = Inspection(("姓名", "甲", "乙"), [("甲", demand), ("丙", Demand(required=True))], "户")
    inspection.look(["李甲一", cell, None])  # type: ignore[list-item]
    assert inspection.sentences() == ([f"{told}：李甲一。"] if told else [])


def test_the_first_rows_are_named_and_all_are_counted() -> None:
    inspection = Inspection(("甲",), [("甲", Demand(required=True))], "人")
    for _ in range(1200):
        inspection.look([None])
    assert inspection.sentences() == ["“甲”不能空：第 1 行、第 2 行、第 3 行等 1,200 人。"]


@pytest.mark.parametrize(
    ("text", "key"),
    [("low = 5\nhigh = 4", "high"), ('form = "x"', "form"), ('required = "yes"', "required"), ("words = 3", "words")],
)
def test_a_demand_that_breaks_the_format_is_told(text: str, key: str) -> None:
    with pytest.raises(BadDefinition, match=key):
        demands.read(loads(text, "x.toml"))


def test_a_column_to_go_with_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.toml"
    path.write_text('name = "x"\nkind = "persons"\nmarks = ["甲"]\n[[column]]\nheading = "甲"\nwith = "乙"\n', encoding="utf-8")
    with pytest.raises(BadDefinition, match="with"):
        preset_files._read(path)


def test_every_known_system_has_its_demands() -> None:
    for one in presets():
        wanted = {column.heading for column in one.columns if column.demand.required}
        assert len(wanted) > 4, one.id
        assert one.kind == "projects" or any(column.demand.form is Form.ID for column in one.columns), one.id


def layout(bench: Workbench, name: str) -> Item:
    return next(one for one in offers.offers(bench) if one.key.startswith("layout:households") and name in one.key)


def test_the_rules_of_the_national_household_table_are_told_before(bench: Workbench, tmp_path: Path) -> None:
    headings = list(headings_of("national_households"))
    path = system_list(tmp_path / "来.xlsx", tuple(headings))
    rows = [row[:] for row in rows_of(path)]
    good = {"生产经营性收入": "12000", "生产经营性支出": "3000", "是否有龙头企业带动": "否", "是否有创业致富带头人带动": "是", "银行卡号": "6228480402564890018"}
    bad = {"生产经营性收入": "3500", "生产经营性支出": "", "是否有龙头企业带动": "有", "是否有创业致富带头人带动": "是", "耕地": "120", "人均纯收入": "3900"}
    for row, cells in ((rows[1], good), (rows[2], bad)):
        for heading in ("退耕还林", "林果", "牧草地", "林地", "水面"):
            row[headings.index(heading)] = "150" if cells is bad and heading == "林地" else "1"
        for heading, text in cells.items():
            row[headings.index(heading)] = text
    apply(bench, prepare(bench, book(tmp_path / "改.xlsx", rows)))
    own = outgoing.doubts([layout(bench, "全国扶贫")], quiet)
    came = outgoing.doubts([layout(bench, "改.xlsx")], quiet)
    for told in (own, came):
        for wanted in (
            "“人均纯收入”低于 4000，系统会要求核实：李甲二。", "“生产经营性收入”大于 0，“生产经营性支出”也要大于 0：李甲二。",
            "“耕地”应在 0 到 100 之间：李甲二。", "“是否有龙头企业带动”应写“是”或“否”：李甲二。",
        ):  # fmt: skip
            assert any(one.endswith(wanted) for one in told), (wanted, told)
        assert not any("李甲一" in one or "林地" in one or "台账里没有" in one for one in told), told


def test_a_month_goes_back_as_it_came_and_a_class_in_our_words_is_told(bench: Workbench, tmp_path: Path) -> None:
    apply(bench, prepare(bench, system_list(tmp_path / "来.xlsx", headings_of("monitoring"))))
    (row, _other) = registers.window(bench, Query(HOUSEHOLDS, bench.year, sort=(("code", False),)), 0, 5)
    registers.set_cells(bench, HOUSEHOLDS, [CellEdit(row.key, "household_class", "监测户")])
    item = layout(bench, "全国防返贫")
    told = outgoing.doubts([item], quiet)
    assert any("“监测对象类别”只收“脱贫不稳定户”" in one and one.endswith("：李甲一。") for one in told), told
    assert any("“识别监测时间”应是202103这样的六位年月：李甲二。" in one for one in told), told
