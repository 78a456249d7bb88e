"""Lists of counties that lack a column which every record needs: a value for all rows, or to be filled in afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import history, registers
from fupin_desktop.services.imports.answers import NOTHING, Answers
from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.given import givable, said
from fupin_desktop.services.imports.importers import importer_of
from fupin_desktop.services.imports.preview import Preview, prepare
from fupin_desktop.services.registers import Query, registry
from fupin_desktop.services.workbench import Workbench
from tests.services.register_office import Clock, add_household, make_office
from tests.services.sheets.doors import write

TRAININGS = (("培训题目", "培训日期", "行政村", "参加人数"), ("水稻栽培", "2026-03-05", "低岭村", "40"), ("水产养殖", "2026-04-02", "那罗村", "35"))
LACKING = {
    "trainings": (TRAININGS, {"own.level": "镇", "own.kind": "实用技术"}, {"own.forms"}),
    "guides": ((("姓名", "电话"), ("梁志强", "13800138000"), ("黎少芬", "13800138001")), {}, {"own.origin"}),
    "leaders": ((("姓名", "行政村"), ("梁志强", "低岭村"), ("黎少芬", "那罗村")), {}, {"own.recognised_on"}),
    "experts": ((("姓名", "单位"), ("梁志强", "农业局"), ("黎少芬", "水产站")), {"own.kind": "特聘农技员"}, set()),
    "sales": (
        (("产品", "金额(元)", "采购单位"), ("番薯", "1200", "机关食堂"), ("大米", "3000", "学校食堂")),
        {"own.dated": "2026-02-03", "own.way": "消费扶贫"}, set(),
    ),
    "entity_loans": (
        (("经营主体", "贷款银行", "贷款金额(元)", "放款日", "到期日", "年利率(%)"),
         ("兴旺合作社", "农商行", "100000", "2026-01-05", "2027-01-05", "4.35"),
         ("兴旺合作社", "农商行", "50000", "2026-02-05", "2027-02-05", "4.35")), {}, set(),
    ),
}  # fmt: skip


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = make_office(tmp_path / "数据", Clock())
    values = {"name": "兴旺合作社", "village": "低岭村", "kind": "农民合作社", "leader": "陈社长"}
    assert registers.add(made, registry.of("entities"), values).change
    for name in ("吴一", "吴二"):
        link = {"entity": "兴旺合作社", "way": "入股分红", "starts_on": "2026-01-01", "ends_on": "2028-12-31"}
        assert registers.add(made, registry.of("linkages"), link, add_household(made, name, household_class="脱贫户")).change
    yield made
    made.close()


def read(bench: Workbench, path: Path, name: str, rows: Sequence[Sequence[str]], answers: Answers = NOTHING) -> Preview:
    return prepare(bench, write(path / "名单.xlsx", rows), importer=importer_of(registry.of(name)), answers=answers)


def shown(bench: Workbench, name: str) -> list[dict[str, str]]:
    register = registry.of(name)
    keys = [info.key for info in registers.columns(register)]
    rows = registers.window(bench, Query(register, bench.year), 0, 9)
    return [dict(zip(keys, row.cells, strict=True)) for row in rows]


@pytest.mark.parametrize("name", LACKING)
def test_a_list_without_a_needed_column_comes_in_with_one_value_for_all_or_is_completed_later(
    bench: Workbench, tmp_path: Path, name: str
) -> None:
    rows, given, later = LACKING[name]
    preview = read(bench, tmp_path, name, rows)
    assert given.keys() | later == {*givable(preview.mapping)}
    if given:
        with pytest.raises(NotAllowed, match="整张名单都一样的，请填一次"):
            preview.require_mapping()
    preview = read(bench, tmp_path, name, rows, Answers(given=given))
    preview.require_mapping()
    assert [one.sentence for one in preview.findings if one.must] == []
    apply(bench, preview)
    found = shown(bench, name)
    assert len(found) == 2
    for key, text in given.items():
        column = preview.mapping.kind.fields[key].name
        assert {row[column] for row in found} == {text}
    again = read(bench, tmp_path, name, rows, Answers(given=given))
    assert again.comparison is not None
    assert (len(again.comparison.added), again.comparison.unchanged) == (0, 2), "the same list once more changes nothing"
    history.undo(bench)
    assert shown(bench, name) == []


def test_what_is_completed_later_is_marked_until_it_is(bench: Workbench, tmp_path: Path) -> None:
    apply(bench, read(bench, tmp_path, "leaders", LACKING["leaders"][0]))
    row = registers.window(bench, Query(registry.of("leaders"), bench.year), 0, 1)[0]
    assert row.problems["recognised_on"] == "认定日期不能空着。"


def test_a_value_that_cannot_be_read_is_none(bench: Workbench, tmp_path: Path) -> None:
    preview = read(bench, tmp_path, "trainings", TRAININGS, Answers(given={"own.level": "宇宙", "own.kind": "实用技术"}))
    assert preview.missing == ["级别"]
    assert said(preview.mapping, preview.answers.given, preview.today) == ["培训类别“实用技术”"]


def test_a_column_of_the_list_goes_before_what_was_given(bench: Workbench, tmp_path: Path) -> None:
    rows = [(*row, last) for row, last in zip(TRAININGS, ("级别", "市", "镇"), strict=True)]
    answers = Answers(given={"own.level": "村", "own.kind": "实用技术"})
    apply(bench, read(bench, tmp_path, "trainings", rows, answers))
    assert sorted(row["level"] for row in shown(bench, "trainings")) == sorted(["市", "镇"])


def test_rows_that_say_nothing_of_their_own_are_no_records(bench: Workbench, tmp_path: Path) -> None:
    rows = [*TRAININGS, ("", "", "低岭村", "")]
    preview = read(bench, tmp_path, "trainings", rows, Answers(given={"own.level": "镇", "own.kind": "实用技术"}))
    assert len(preview.parsed.records) == 2


def test_names_and_amounts_are_never_offered_for_all_rows(bench: Workbench, tmp_path: Path) -> None:
    preview = read(bench, tmp_path, "sales", (("日期", "采购单位"), ("2026-02-03", "机关食堂")))
    assert givable(preview.mapping) == ["own.way"]
    assert preview.missing == ["产品", "对接形式", "金额"]
