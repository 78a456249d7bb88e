"""Lists of national and provincial systems: recognised, read, and given back in the same layout without a loss."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from fupin_desktop.errors import BadDefinition
from fupin_desktop.services import history, layout_exports, registers
from fupin_desktop.services.imports.answers import Answers
from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.flat.lists import family_of
from fupin_desktop.services.imports.headings import FAMILY, recognise_kind
from fupin_desktop.services.imports.importers import importer_of
from fupin_desktop.services.imports.preview import Preview, prepare
from fupin_desktop.services.list_layouts import presets as preset_files
from fupin_desktop.services.list_layouts.heads import Head, made_head
from fupin_desktop.services.list_layouts.presets import presets, recognised
from fupin_desktop.services.registers import HOUSEHOLDS, PERSONS, CellEdit, Query, Register, registry
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import KeptColumns
from tests.services.imports.making import IDS, book
from tests.services.register_office import Clock, add_household, cell, make_office

VALUES: dict[str, tuple[Any, Any]] = {
    "户编号": ("4408830001", "4408830002"), "户主编号": ("90001", "90002"), "人编号": ("P1", "P2"),
    "户主姓名": ("李甲一", "李甲二"), "户主": ("李甲一", "李甲二"), "姓名": ("李甲一", "李甲二"), "A1姓名": ("李甲一", "李甲二"),
    "户主证件号码": IDS[:2], "证件号码": IDS[:2], "身份证号码": IDS[:2],
    "与户主关系": ("户主", "户主"), "A4与户主关系": ("户主", "户主"), "家庭人口数": (3, 4), "家庭人口": (3, 4), "年度": (2026, 2026),
    "贫困户属性": ("一般贫困户", "低保贫困户"), "监测对象类别": ("边缘易致贫户", "非监测对象"), "户类型": ("一般农户", "脱贫户"),
    "脱贫属性": ("已脱贫(享受政策)", "未脱贫"), "识别监测时间": ("202103", "2022-05-06"), "消除监测时间": ("", "20230101"),
    "耕地": (3.5, "2"), "水面": ("", 0.5), "林果": (1, ""), "林地": ("", ""), "生产经营性收入": (12000, "3,500.5"),
    "是否加入农民专业合作组织": ("是", "否"), "是否危房户": ("否", "是"), "村办公电话": ("0759-5550000", ""),
    "银行卡号": ("6228480402564890018", ""), "一卡通账号": ("6228480402564890018", "6217000010029820087"),
    "村": ("低岭村", "那罗村"), "行政村": ("低岭村", "那罗村"), "发放金额": (100, 200), "联系电话": ("13800000000", ""),
    "A2性别": ("男", "女"), "性别": ("男", "女"), "人均纯收入": (5000.25, 4100), "务工时间(月)": (6, ""), "A12务工时间": (6, ""),
}  # fmt: skip
PLACES = {"省": "广东省", "市": "湛江市", "县": "吴川市", "县(市、区、旗)": "吴川市", "乡": "塘㙍镇", "乡(镇)": "塘㙍镇", "镇": "塘㙍镇", "乡镇": "塘㙍镇"}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = make_office(tmp_path / "数据", Clock())
    yield made
    made.close()


def value(heading: str, row: int) -> Any:
    if heading in VALUES:
        return VALUES[heading][row]
    return PLACES.get(heading, f"{heading}{row}" if heading not in ("证件类型", "年龄") else ("居民身份证" if heading == "证件类型" else 50))


def system_list(path: Path, headings: tuple[str, ...]) -> Path:
    return book(path, [headings, *([value(heading, row) for heading in headings] for row in (0, 1))])


def headings_of(preset: str) -> tuple[str, ...]:
    return tuple(one.heading for one in next(one for one in presets() if one.id == preset).columns)


def rows_of(path: Path) -> list[list[str]]:
    """The rows of a file as texts, each row by its first column that tells it apart."""
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    return [["" if one is None else str(one).removesuffix(".0") for one in row] for row in rows]


def register_of(kind: str) -> Register:
    return PERSONS if kind == "persons" else HOUSEHOLDS


def bad(preview: Preview) -> list[str]:
    return [one.text for one in preview.findings if one.must]


@pytest.mark.parametrize("preset", [one.id for one in presets() if FAMILY.named(one.kind)])
def test_a_list_of_a_known_system_is_recognised_read_and_given_back(bench: Workbench, tmp_path: Path, preset: str) -> None:
    one, headings = next(found for found in presets() if found.id == preset), headings_of(preset)
    if one.kind == "payments":
        known = ("行政村", "户主姓名", "身份证号码", "家庭人口数")
        apply(bench, prepare(bench, system_list(tmp_path / "户.xlsx", known)))
    path = system_list(tmp_path / "来.xlsx", headings)
    preview = prepare(bench, path)
    assert (preview.mapping.layout, preview.mapping.kind.name, bad(preview)) == (one.name, one.kind, [])
    apply(bench, preview)
    assert apply(bench, prepare(bench, path)).message.startswith("没有变化")
    register = register_of(one.kind)
    names = [layout.name for layout in layout_exports.layouts(bench, register)]
    assert one.name in names
    assert "和“来.xlsx”一样" in names
    for name in (one.name, "和“来.xlsx”一样"):
        chosen = layout_exports.named(bench, register, name)
        assert chosen is not None
        out = tmp_path / "回.xlsx"
        assert layout_exports.write_layout(bench, register, chosen, out) == 2
        found = rows_of(out)
        assert tuple(found[0]) == headings
        back = prepare(bench, out)
        assert (back.mapping.layout, bad(back)) == (one.name, [])
        assert back.comparison is not None
        assert back.comparison.changes_nothing


def test_everything_that_came_goes_back_as_it_was(bench: Workbench, tmp_path: Path) -> None:
    headings = headings_of("national_households")
    path = system_list(tmp_path / "来.xlsx", headings)
    apply(bench, prepare(bench, path))
    chosen = layout_exports.named(bench, HOUSEHOLDS, "全国扶贫开发信息系统户信息")
    assert chosen is not None
    layout_exports.write_layout(bench, HOUSEHOLDS, chosen, tmp_path / "回.xlsx")
    came, back = rows_of(path), rows_of(tmp_path / "回.xlsx")
    differing = {heading for row in (1, 2) for heading, one, other in zip(came[0], came[row], back[row], strict=True) if one != other}
    assert differing <= {"耕地", "水面", "林果", "生产经营性收入"}, "numbers are written in the register's own way"
    assert back[1][headings.index("是否危房户")] == "否"


@pytest.mark.parametrize(
    ("monitoring", "kind", "state", "expected"),
    [
        ("边缘易致贫户", "一般农户", "", "边缘户"), ("非监测对象", "脱贫户", "已脱贫(享受政策)", "脱贫户"), ("", "", "未脱贫", "贫困户"),
        ("突发严重困难户", "一般农户", "", "监测户"), ("脱贫不稳定户", "脱贫户", "已脱贫", "监测户"), ("无", "一般农户", "", "一般户"),
    ],
)  # fmt: skip
def test_the_surest_column_gives_the_class(
    bench: Workbench, tmp_path: Path, monitoring: str, kind: str, state: str, expected: str
) -> None:
    head = ("行政村", "户主姓名", "户主证件号码", "户类型", "脱贫属性", "监测对象类别")
    row = ("低岭村", "李甲一", IDS[0], kind, state, monitoring)
    preview = prepare(bench, book(tmp_path / "a.xlsx", [head, row]))
    assert bad(preview) == []
    apply(bench, preview)
    found = registers.window(bench, Query(HOUSEHOLDS, bench.year), 0, 5)
    assert [cell(one, "household_class") for one in found] == [expected]


def test_a_class_that_changed_is_written_in_our_words(bench: Workbench, tmp_path: Path) -> None:
    headings = headings_of("monitoring")
    apply(bench, prepare(bench, system_list(tmp_path / "来.xlsx", headings)))
    (row, _other) = registers.window(bench, Query(HOUSEHOLDS, bench.year, sort=(("code", False),)), 0, 5)
    registers.set_cells(bench, HOUSEHOLDS, [CellEdit(row.key, "household_class", "脱贫户")])
    chosen = layout_exports.named(bench, HOUSEHOLDS, "全国防返贫监测信息系统监测对象")
    assert chosen is not None
    layout_exports.write_layout(bench, HOUSEHOLDS, chosen, tmp_path / "回.xlsx")
    first = next(row for row in rows_of(tmp_path / "回.xlsx") if "4408830001" in row)
    assert [first[headings.index(one)] for one in ("监测对象类别", "户类型")] == ["非监测对象", "脱贫户"]


@pytest.mark.parametrize(
    ("ours", "monitoring", "kind"),
    [
        ("边缘户", "边缘易致贫户", "一般农户"), ("一般户", "非监测对象", "一般农户"), ("脱贫户", "非监测对象", "脱贫户"),
        ("监测户", "监测户", "监测户"),
    ],
)  # fmt: skip
def test_the_system_of_monitoring_gets_classes_in_its_own_words(
    bench: Workbench, tmp_path: Path, ours: str, monitoring: str, kind: str
) -> None:
    add_household(bench, "李甲一", household_class=ours)
    chosen = layout_exports.named(bench, HOUSEHOLDS, "全国防返贫监测信息系统监测对象")
    assert chosen is not None
    layout_exports.write_layout(bench, HOUSEHOLDS, chosen, tmp_path / "出.xlsx")
    head, row = rows_of(tmp_path / "出.xlsx")
    assert [row[head.index(one)] for one in ("监测对象类别", "户类型")] == [monitoring, kind]


def test_a_month_is_its_first_day_and_told(bench: Workbench, tmp_path: Path) -> None:
    preview = prepare(bench, system_list(tmp_path / "来.xlsx", headings_of("monitoring")))
    told = [one for one in preview.findings if one.code == "import.date_month"]
    assert [(one.cell[-1], one.must) for one in told] == [("2", False)]
    assert "按 2021-03-01 登记" in told[0].sentence
    assert {str(one.recognised_on) for one in preview.good} == {"2021-03-01", "2022-05-06"}


def test_what_is_kept_is_undone_with_its_import_and_goes_with_its_record(bench: Workbench, tmp_path: Path) -> None:
    def kept() -> int:
        with bench.read() as session:
            return session.scalars(select(func.count()).select_from(KeptColumns)).one()

    headings = headings_of("guangdong_persons")
    apply(bench, prepare(bench, system_list(tmp_path / "来.xlsx", headings)))
    assert kept() == 2
    history.undo(bench)
    assert kept() == 0
    history.redo(bench)
    assert kept() == 2
    keys = registers.all_keys(bench, Query(HOUSEHOLDS, bench.year))
    registers.remove(bench, HOUSEHOLDS, keys[:1])
    assert kept() == 1


def test_another_import_changes_only_the_columns_it_has(bench: Workbench, tmp_path: Path) -> None:
    head, row = ("行政村", "户主姓名", "户主证件号码", "甲列", "乙列"), ("低岭村", "李甲一", IDS[0], "一", 2)
    apply(bench, prepare(bench, book(tmp_path / "一.xlsx", [head, row])))
    preview = prepare(bench, book(tmp_path / "二.xlsx", [(*head[:3], "乙列"), (*row[:3], 3)]))
    assert preview.comparison is not None
    assert (len(preview.comparison.changed), list(preview.comparison.kept.values())) == (0, [{"乙列": 3}])
    assert "原样留存其他列 1 条" in apply(bench, preview).message
    chosen = layout_exports.named(bench, HOUSEHOLDS, "和“一.xlsx”一样")
    assert chosen is not None
    layout_exports.write_layout(bench, HOUSEHOLDS, chosen, tmp_path / "回.xlsx")
    assert rows_of(tmp_path / "回.xlsx")[1] == ["低岭村", "李甲一", IDS[0], "一", "3"]


def test_units_of_a_list_that_came_are_written_back(bench: Workbench, tmp_path: Path) -> None:
    head = ("户编号", "户主姓名", "行政村", "产品", "计量单位", "验收数量(分)", "核定成本", "地块")
    rows = [["单位：万元"], head, ("H1", "李甲一", "低岭村", "番薯", "亩", 35, 0.12, "东坡"), (None, None, None, "花生", "分", 20, 0.05, "西坡")]
    apply(bench, prepare(bench, book(tmp_path / "来.xlsx", rows)))
    chosen = layout_exports.named(bench, HOUSEHOLDS, "和“来.xlsx”一样")
    assert chosen is not None
    layout_exports.write_layout(bench, HOUSEHOLDS, chosen, tmp_path / "回.xlsx")
    assert rows_of(tmp_path / "回.xlsx") == [
        ["户编号", "户主姓名", "行政村", "产品", "计量单位", "验收数量", "核定成本(万元)", "地块"],
        ["H1", "李甲一", "低岭村", "番薯", "亩", "3.5", "0.12", "东坡"], ["H1", "李甲一", "低岭村", "花生", "分", "20", "0.05", "西坡"],
    ]  # fmt: skip
    back = prepare(bench, tmp_path / "回.xlsx")
    assert back.comparison is not None
    assert back.comparison.changes_nothing


def test_any_register_goes_back_in_the_layout_in_which_its_list_came(bench: Workbench, tmp_path: Path) -> None:
    register = registry.of("experts")
    head = ("单位", "姓名", "类别", "联系电话", "职称")
    path = book(tmp_path / "来.xlsx", [head, ("农科所", "王专家", "县专家组", "13800000000", "高级农艺师")])
    apply(bench, prepare(bench, path, importer=importer_of(register)))
    chosen = layout_exports.named(bench, register, "和“来.xlsx”一样")
    assert chosen is not None
    layout_exports.write_layout(bench, register, chosen, tmp_path / "回.xlsx")
    assert rows_of(tmp_path / "回.xlsx")[1] == ["农科所", "王专家", "县专家组", "13800000000", "高级农艺师"]


def test_presets_are_apart_and_of_their_kind() -> None:
    for one in presets():
        headings = tuple(column.heading for column in one.columns)
        assert recognised(headings) is one
        kind = FAMILY.named(one.kind)
        if kind is None:
            (kind,) = family_of(registry.of(one.kind)).kinds
            assert not kind.missing(set(kind.vocabulary.assign(headings)))
            continue
        assert not kind.missing(set(kind.vocabulary.assign(headings)))
        assert recognise_kind(headings) is kind


def test_marks_that_are_no_columns_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "lists" / "x.toml"
    path.parent.mkdir()
    path.write_text('name = "x"\nkind = "persons"\nmarks = ["乙"]\n[[column]]\nheading = "甲"\n', encoding="utf-8")
    with pytest.raises(BadDefinition, match="marks"):
        preset_files._read(path)


def test_titles_and_a_heading_of_two_rows_come_back_as_they_came(bench: Workbench, tmp_path: Path) -> None:
    merges = ("A1:I1", "A3:A4", "B3:C3", "D3:D4", "E3:G3", "H3:H4", "I3:I4")
    rows = [
        ["低岭村2026年产业奖补登记表"], ["填报单位：低岭村委会", "", "", "", "", "", "", "单位：万元"],
        ["序号", "农户", "", "行政村", "产业情况", "", "", "上年纯收入", "帮扶责任人"],
        ["", "户主姓名", "户主证件号码", "", "产品", "计量单位", "核定成本", "", ""],
        [1, "李甲一", IDS[0], "低岭村", "水稻", "亩", 0.12, "3,500.50", "陈干部"],
        [2, "李甲二", IDS[1], "低岭村", "番薯", "亩", 0.3, 4100.25, "林干部"],
    ]  # fmt: skip
    path = book(tmp_path / "来.xlsx", rows, merges=merges)
    preview = prepare(bench, path, answers=Answers(year=0))
    assert bad(preview) == []
    apply(bench, preview)
    chosen = layout_exports.named(bench, HOUSEHOLDS, "和“来.xlsx”一样")
    assert chosen is not None
    out = tmp_path / "回.xlsx"
    assert layout_exports.write_layout(bench, HOUSEHOLDS, chosen, out) == 2
    found = openpyxl.load_workbook(out).active
    assert [list(row) for row in found.iter_rows(values_only=True)] == [
        [row[at] if at < len(row) and row[at] != "" else None for at in range(9)] for row in rows
    ]
    assert {str(one) for one in found.merged_cells.ranges} == set(merges)
    assert (found.freeze_panes, found.print_title_rows) == ("A5", "$3:$4")
    back = prepare(bench, out, answers=Answers(year=0))
    assert bad(back) == []
    assert back.comparison is not None
    assert back.comparison.changes_nothing


def test_titles_of_another_year_say_the_year_at_work() -> None:
    came = [["2026年登记表", "", "", ""], ["说明", "", "", 5], ["姓名", "", "产品", "2026年收入"]]
    made = made_head(came, [(0, 0, 0, 3), (0, 1, 0, 2), (2, 2, 3, 2), (1, 0, 1, 1)], [0, 2, 3], 1)
    assert made.merges == ((0, 0, 0, 2),)
    assert Head.from_dict(made.to_dict()) == made
    assert made.of_year(2026, 2027).rows == (("2027年登记表", "", ""), ("说明", "", 5), ("姓名", "产品", "2026年收入"))
    assert made_head([["", "说明", ""]], [], [0, 2], 1).rows == (("", "说明"),)
