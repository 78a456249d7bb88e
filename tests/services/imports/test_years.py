"""A list knows its year: rows of another year stay out, results under the title of another year are asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.services.imports.answers import Answers
from fupin_desktop.services.imports.preview import Preview, prepare
from fupin_desktop.services.workbench import Workbench
from tests.services.imports.making import book
from tests.services.register_office import GOOD_ID, OTHER_ID, make_office

HEAD = ["行政村", "户主姓名", "户主证件号码", "产品", "计量单位"]
ROWS = [["低岭村", "张三", GOOD_ID, "水稻", "亩"], ["低岭村", "李四", OTHER_ID, "水稻", "亩"]]


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    made = make_office(tmp_path_factory.mktemp("years"))
    yield made
    made.close()


def read(bench: Workbench, path: Path, more: str, *values: object, title: str = "") -> Preview:
    head = [[title]] if title else []
    rows = [[*row, value] for row, value in zip(ROWS, values, strict=True)]
    return prepare(bench, book(path / "名册.xlsx", [*head, [*HEAD, more], *rows]))


def codes(preview: Preview) -> list[str]:
    return [one.code for one in preview.findings if "year" in one.code]


def test_rows_of_another_year_stay_out(bench: Workbench, tmp_path: Path) -> None:
    preview = read(bench, tmp_path, "年度", 2026, 2025)
    assert [one.sentence for one in preview.findings if "year" in one.code] == ["这一行是2025年度的，现在的年度是2026"]
    assert [one.head_name for one in preview.good] == ["张三"]
    assert codes(read(bench, tmp_path, "数据年度", "2026", 2026)) == []


def test_results_under_the_title_of_another_year_are_asked(bench: Workbench, tmp_path: Path) -> None:
    preview = read(bench, tmp_path, "验收数量", 3, 4, title="低岭村2025年奖补登记表")
    found = [one for one in preview.findings if "year" in one.code]
    assert [(one.cell, one.must) for one in found] == [("第3行", True), ("第4行", True)]
    assert found[0].sentence == "标题写的是2025年，验收数量会登记到2026年度"
    assert preview.good == []
    answered = prepare(bench, preview.path, answers=Answers(this_year=True))
    assert [(one.sentence, one.must) for one in answered.findings if "year" in one.code] == [(found[0].sentence, False)]
    assert len(answered.good) == 2


def test_results_of_no_year_are_of_the_one_at_work_unless_it_is_asked(bench: Workbench, tmp_path: Path) -> None:
    preview = read(bench, tmp_path, "验收数量", 3, 4)
    assert codes(preview) == []
    asked = prepare(bench, preview.path, answers=Answers(year=0))
    assert [(one.cell, one.sentence) for one in asked.findings if one.must] == [
        (f"第{row}行", "名册没有写是哪一年的，验收数量会登记到2026年度") for row in (2, 3)
    ]
    assert codes(prepare(bench, preview.path, answers=Answers(year=2026))) == []
    assert prepare(bench, preview.path, answers=Answers(year=2025)).good == []


@pytest.mark.parametrize(("title", "column"), [("2026年奖补登记表", "验收数量"), ("2025年和2026年", "验收数量"), ("2025年", "申报数量")])
def test_nothing_is_told_of_a_title_that_does_not_say_another_year(
    bench: Workbench, tmp_path: Path, title: str, column: str
) -> None:
    assert codes(read(bench, tmp_path, column, 3, 4, title=title)) == []
