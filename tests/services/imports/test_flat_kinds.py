"""Kinds of list that once ended with another's data, at lists of registers: understood and told, or asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from fupin_desktop.domain.project_words import ProjectState
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import registers
from fupin_desktop.services.imports.answers import NEW, NOTHING, RENAMED, Answers
from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.importers import importer_of
from fupin_desktop.services.imports.preview import Preview, prepare
from fupin_desktop.services.projects.moving import Move, move
from fupin_desktop.services.registers import PERSONS, Query, registry
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Project, Village
from tests.services.imports.making import IDS
from tests.services.register_office import Clock, add_household, cell, make_office
from tests.services.sheets.doors import write

LOANS = ("户编号", "户主姓名", "户主证件号码", "行政村", "合同号", "贷款金额(元)", "放款日", "到期日", "贷款银行", "年利率(%)", "用途")
HEADS = ("主体名称", "统一社会信用代码", "行政村", "主体类型", "负责人")
CREDIT_CODE = "91440883MA4W000006"
REST = ("2026-01-05", "2027-01-05", "吴川农商行", "4.35", "种植")


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """Two households of one name in each of two villages that number from 1, with a loan and two cooperatives."""
    made = make_office(tmp_path_factory.mktemp("数据"), Clock())
    first = add_household(made, "李亚一", code="1", head_id_number=IDS[0])
    other = add_household(made, "李亚一", code="2", head_id_number=IDS[1])
    add_household(made, "李亚三", "那罗村", code="1", head_id_number=IDS[2])
    registers.add(made, PERSONS, {"name": "李小一", "relation": "之子"}, first)
    registers.add(made, PERSONS, {"name": "李小二", "relation": "之子"}, other)
    keys = ("contract_no", "amount", "lent_on", "due_on", "bank", "rate", "purpose")
    loan = dict(zip(keys, ("HT1", "20000", *REST), strict=True))
    assert registers.add(made, registry.of("microcredits"), loan, first).change
    for name, village, code in (("兴旺合作社", "低岭村", ""), ("丰收合作社", "那罗村", CREDIT_CODE)):
        values = {"name": name, "village": village, "credit_code": code, "kind": "农民合作社", "leader": "陈社长"}
        assert registers.add(made, registry.of("entities"), {key: one for key, one in values.items() if one}).change
    yield made
    made.close()


def read(bench: Workbench, path: Path, register: str, rows: Sequence[Sequence[Any]], answers: Answers = NOTHING) -> Preview:
    return prepare(bench, write(path / "名单.xlsx", rows), importer=importer_of(registry.of(register)), answers=answers)


def musts(preview: Preview) -> list[str]:
    return [f"{one.cell} {one.code.removeprefix('import.')}" for one in preview.findings if one.must]


@pytest.mark.parametrize(
    ("who", "told"),
    [
        (("", "李亚一", "", "低岭村"), ["B2 parent_unclear"]),
        (("1", "", "", ""), ["A2 parent_unclear"]),
        (("1", "李亚三", "", "低岭村"), ["A2 unknown_parent"]),
        (("2", "", IDS[0], ""), ["C2 unknown_parent"]),
        (("", "李亚三", "", "低岭村"), ["B2 unknown_parent"]),
        (("", "李亚四", "", ""), ["B2 unknown_parent"]),
        ((date(2026, 1, 2), "李亚三", "", ""), ["A2 code_is_date"]),
        (("1", "李亚一", "", "低岭村"), []),
        (("", "李亚三", "", ""), []),
        (("", "", IDS[1].lower(), ""), []),
    ],
)
def test_a_row_joins_a_household_only_where_nothing_contradicts(
    bench: Workbench, tmp_path: Path, who: tuple[Any, ...], told: list[str]
) -> None:
    assert musts(read(bench, tmp_path, "microcredits", [LOANS, (*who, "HT9", 30000, *REST)])) == told


@pytest.mark.parametrize("word", ["无", "0", 0, "-", "待补", "/", "待编"])
def test_placeholders_name_nobody(bench: Workbench, tmp_path: Path, word: Any) -> None:
    preview = read(bench, tmp_path, "microcredits", [LOANS, (word, "李亚三", "", "那罗村", "HT9", 30000, *REST)])
    assert musts(preview) == []
    preview = read(bench, tmp_path, "microcredits", [LOANS, ("", "李亚三", word, "那罗村", "HT9", 30000, *REST)])
    assert "C2 unknown_parent" not in musts(preview)


def test_a_borrower_of_another_household_stays_out(bench: Workbench, tmp_path: Path) -> None:
    rows = [("1", "李亚一", "", "低岭村", "HT8", 100, *REST, "李小一"), ("1", "李亚一", "", "低岭村", "HT9", 100, *REST, "李小二")]
    assert musts(read(bench, tmp_path, "microcredits", [(*LOANS, "借款人"), *rows])) == ["L3 reference_of_other"]


def test_a_contract_of_another_household_is_asked(bench: Workbench, tmp_path: Path) -> None:
    rows = [LOANS, ("2", "李亚一", "", "低岭村", "HT1", 30000, *REST)]
    preview = read(bench, tmp_path, "microcredits", rows)
    assert musts(preview) == ["E2 number_of_other"]
    assert "合同号在台账里已有一条，属于" in next(one.sentence for one in preview.findings if one.must)
    assert preview.comparison is not None
    assert not preview.comparison.changed
    answered = read(bench, tmp_path, "microcredits", rows, Answers(others=RENAMED))
    assert answered.comparison is not None
    assert [one.lines[0][:2] for one in answered.comparison.changed] == ["贷款"]
    other = read(bench, tmp_path, "microcredits", rows, Answers(others=NEW))
    assert musts(other) == ["E2 duplicate"], "two loans must not have one number"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("兴旺合作社", "", "那罗村"), ["A2 number_of_other"]),
        (("万家合作社", CREDIT_CODE, "那罗村"), ["B2 number_of_other"]),
        (("兴旺合作社", CREDIT_CODE, "低岭村"), ["B2 identity_differs"]),
        (("兴旺合作社", "", "低岭村"), []),
    ],
)
def test_a_name_or_number_of_another_is_asked(bench: Workbench, tmp_path: Path, row: tuple[str, ...], told: list[str]) -> None:
    assert musts(read(bench, tmp_path, "entities", [HEADS, (*row, "农民合作社", "陈社长")])) == told


def test_a_list_of_a_register_of_one_year_is_asked_of_which(bench: Workbench, tmp_path: Path) -> None:
    rows = [["2025年农户收入表"], ["户编号", "行政村", "工资性收入(元)"], ["2", "低岭村", 900]]
    preview = read(bench, tmp_path, "household_incomes", rows)
    assert musts(preview) == ["第3行 titled_year"]
    assert "标题写的是2025年，农户年收入会登记到2026年度" in preview.findings[0].sentence
    assert musts(read(bench, tmp_path, "household_incomes", rows, Answers(this_year=True))) == []
    assert musts(read(bench, tmp_path, "household_incomes", rows[1:])) == []
    assert musts(read(bench, tmp_path, "household_incomes", rows[1:], Answers(year=0))) == ["第2行 no_year"]
    assert musts(read(bench, tmp_path, "household_incomes", [[*rows[1], "年度"], [*rows[2], 2026]], Answers(year=0))) == []


def test_the_answer_is_taken(bench: Workbench, tmp_path: Path) -> None:
    rows = [HEADS, ("兴旺合作社", "", "那罗村", "农民合作社", "陈社长")]
    preview = read(bench, tmp_path, "entities", rows, Answers(rows={1: NEW}))
    assert musts(preview) == []
    assert preview.comparison is not None
    assert (len(preview.comparison.added), len(preview.comparison.changed)) == (1, 0)
    apply(bench, preview)
    found = registers.window(bench, Query(registry.of("entities"), bench.year), 0, 9)
    assert sorted(cell(one, "name", registry.of("entities")) for one in found) == ["丰收合作社", "兴旺合作社", "兴旺合作社"]


# ---- the pool of projects as counties hand it out ----
POOL = ("监管单位*", "项目类别*", "项目名称*", "建设地点*", "建设内容*", "投资估算(元)*", "投资(补助)标准", "受益村名*", "受益村数")


def test_a_list_of_the_pool_comes_in_as_ideas_whose_blanks_are_filled_in_later(bench: Workbench, tmp_path: Path) -> None:
    rows = [
        ("塘㙍镇政府", "种植", "水稻基地", "那罗村二组", "平整土地", 960000, "每亩8000元", "那罗村", 1),
        ("塘㙍镇政府", "光伏", "光伏电站", "镇政府旁", "60千瓦", 450000, "", "低岭村、那罗村", 2),
        ("塘㙍镇政府", "养殖", "鸡舍", "镇政府旁", "鸡舍两座", 1, "", "", 0),
    ]
    preview = read(bench, tmp_path, "projects", [POOL, *rows])
    assert preview.missing == []
    absent = preview.mapping.kind.absent({*preview.mapping.columns})
    assert {"建设性质", "开工日期", "利益联结方式"} <= set(absent)
    assert "实施地点" not in absent
    assert [one.sentence for one in preview.findings if one.must] == ["没有填写行政村"]
    apply(bench, preview, only_good=True)
    with bench.read() as session:
        found = session.execute(
            select(Project.key, Project.name, Village.name, Project.state, Project.year, Project.scope, Project.code)
            .join(Village, Village.key == Project.village_key).order_by(Project.code)
        ).all()  # fmt: skip
    assert [one[1:] for one in found] == [
        ("水稻基地", "那罗村", "idea", 2026, "scattered", "2026-塘㙍镇-001"),
        ("光伏电站", "低岭村", "idea", 2026, "scattered", "2026-塘㙍镇-002"),
    ]
    onward = Move(found[0][0], ProjectState.DECLARED, bench.today)
    with pytest.raises(NotAllowed, match="项目资料还没有填写建设性质、建设数量、.*登记为村申报"):
        move(bench, onward)
    assert musts(read(bench, tmp_path, "projects", [(*POOL, "建设性质"), (*rows[0], "新建"), (*rows[1], "")])) == []
    other = ("塘㙍镇政府", "种植", "茶园", "那罗村", "种茶", 1, "", "那罗村", 1)
    assert musts(read(bench, tmp_path, "projects", [(*POOL, "建设性质"), (*other, "")])) == ["J2 required"]


# ---- loans as the system of a county hands them out ----
COUNTY_LOANS = (
    "贷款人姓名", "手机", "区县", "乡镇", "身份证", "信用评级", "贷款金额", "用途", "银行", "借款日", "到期日", "还款日", "年利率", "状态",
)  # fmt: skip


def test_loans_without_contract_numbers_come_in_once(bench: Workbench, tmp_path: Path) -> None:
    household = next(row.key for row in registers.window(bench, Query(registers.HOUSEHOLDS, 2026), 0, 9) if "李亚三" in row.cells)
    assert registers.add(bench, PERSONS, {"name": "李亚三", "relation": "户主", "id_number": IDS[2]}, household).change
    row = ("李亚三", "", "吴川市", "塘㙍镇", IDS[2], "A", "30000", "种植", "吴川农商行", "2026-02-01", "2027-02-01", "", "4.35", "")
    preview = read(bench, tmp_path, "microcredits", [COUNTY_LOANS, row])
    assert (preview.missing, musts(preview)) == ([], [])
    assert preview.mapping.kind.absent({*preview.mapping.columns}) == ["合同号"]
    apply(bench, preview)
    again = read(bench, tmp_path, "microcredits", [COUNTY_LOANS, row, row]).comparison
    assert again is not None
    assert (len(again.added), len(again.changed), again.unchanged) == (1, 0, 1)  # a second one of the same day and sum
