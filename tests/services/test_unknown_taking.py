"""Households of which nobody said whether they take part: every number that leaves them out tells how many they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from fupin_desktop.services import data_check, documents, home, registers
from fupin_desktop.services.reports import reading
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Entity, Linkage, Project, Village
from tests.services.register_office import Clock, add_household, add_item, make_office


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = make_office(tmp_path / "数据", Clock())
    add_item(made, add_household(made, "吴一", kind="参与", household_class="脱贫户"), area="12")
    add_household(made, "吴二", kind="不参与", household_class="脱贫户")
    add_household(made, "吴三", household_class="脱贫户")
    yield made
    made.close()


def test_the_first_page_tells_them_beside_the_number_and_as_work(bench: Workbench) -> None:
    page = home.overview(bench, bench.today)
    figure = next(one for one in page.figures if one.key == "participating")
    assert (figure.value, figure.label) == ("1", "参与产业（1户未填）")
    told = [one for one in page.due if "没有填写参与情况" in one.text]
    assert [one.text for one in told] == ["1 户没有填写参与情况，参与户数、面积和奖补都没有计入"]
    assert told[0].target.filter == "missing:participation"


def test_where_all_is_known_nothing_is_told(bench: Workbench) -> None:
    keys = registers.all_keys(bench, registers.Query(registers.HOUSEHOLDS, bench.year))
    registers.set_cells(bench, registers.HOUSEHOLDS, [registers.CellEdit(key, "kind", "参与") for key in keys], "补填")
    page = home.overview(bench, bench.today)
    assert next(one for one in page.figures if one.key == "participating").label == "参与产业"
    assert not any("参与情况" in one.text for one in page.due)
    assert not any("参与情况" in note for part in data_check.check(bench).parts for note in part.notes)


def test_the_check_of_the_data_notes_them(bench: Workbench) -> None:
    report = data_check.check(bench)
    assert report.sound
    notes = [note for part in report.parts for note in part.notes if "参与情况" in note]
    assert notes == ["2026 年度有 1 户没有填写参与情况：参与户数、参与面积和奖补都没有计入，请在“农户台账”里补填。"]


def test_the_rows_behind_the_declared_area_tell_them(bench: Workbench) -> None:
    with bench.read() as session:
        village = session.scalars(select(Village.key).where(Village.name == "低岭村")).one()
    key = documents.create(bench, "village_application", village).keys[0]
    rows = documents.rows_behind(bench, key, "area_large")
    assert rows.title.endswith("(另有 1 户没有填写参与情况，没有计入)")


def test_a_quarterly_table_tells_whose_size_nobody_knows(bench: Workbench) -> None:
    with bench.write("tests.links", "联结") as unit:
        village = unit.session.scalars(select(Village.key).where(Village.name == "低岭村")).one()
        project = Project(village_key=village, year=2026, code="1", name="水稻基地", industry="种植", scope="poor_village")
        entity = Entity(name="合作社", kind="农民合作社", village_key=village)
        unit.session.add_all([project, entity])
        unit.session.flush()
        for one in registers.window(bench, registers.Query(registers.HOUSEHOLDS, 2026), 0, 9):
            unit.session.add(Linkage(project_key=project.key, entity_key=entity.key, household_key=one.key, year=2026, way="务工"))
        found = project.key
    with bench.read() as session:
        assert reading.unknown(session, 2026) == {found: 1}
        assert reading.unknown(session, 2025) == {}
