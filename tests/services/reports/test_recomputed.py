"""Four quarters reckoned again: by LibreOffice from the exported workbooks, and by hand from what was registered."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.utils import coordinate_to_tuple
from sqlalchemy import select

from fupin_desktop import paths
from fupin_desktop.documents.drawing.workbook import workbook_bytes
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.domain.project_words import ProjectScope, Quarter
from fupin_desktop.services import villages
from fupin_desktop.services.documents import forms
from fupin_desktop.services.reports import reading
from fupin_desktop.services.reports.assembling import NO_PROJECT, TOWN, plain, table
from fupin_desktop.storage.entities import Project, ProjectFund, Village
from tests.services.register_office import Clock
from tests.services.reports.report_office import QUARTER, answer, make_office

SOFFICE = shutil.which("soffice")
UTF8_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1"
FORMS = {"quarterly_poor_village": ProjectScope.POOR_VILLAGE, "quarterly_scattered": ProjectScope.SCATTERED}
PLANNED = {"plan_total": 20_000_004 + 5_000_000 + 3_496, "plan_fiscal": 20_000_004, "plan_assisting": 5_000_000, "plan_own": 3_496}
"""分 of each project of the office."""
ANSWERS = {
    "麻竹笋基地": (1_234_567, 3_333_333, 1, 7_000_049), "清远鸡养殖场": (5_000_050, None, 2_999_999, 49), "茶叶车间": (None, 44, 55, 66),
    "砂糖桔园": (999_999, 1, None, 12_345_678),
}  # fmt: skip
"""分 invested in each quarter by project; None where nothing was answered."""
OF_PROJECTS = {"quarterly_poor_village": list(ANSWERS)[:3], "quarterly_scattered": list(ANSWERS)[3:]}
OF_QUARTER = {"received": "received_fen", "sales": "sales_fen", "net": "net_fen", "shared": "shared_fen", "collective": "collective_fen"}


def by_hand(form: str, quarter: int) -> dict[str, Decimal]:
    """Totals of a table in 万元, from what was registered; households and persons of the pool where nothing was told."""
    whole: dict[str, int] = defaultdict(int)
    people = {"households": 0, "persons": 0, "large": 0}
    for name in OF_PROJECTS[form]:
        for column, fen in PLANNED.items():
            whole[column] += fen
        answered = ANSWERS[name][:quarter]
        told = answered[-1] is not None
        for column, here, pool in (("households", 27, 30), ("persons", 96, 110), ("large", 3, 3)):
            people[column] += here if told else pool
        if told:
            whole["done"] += sum(fen or 0 for fen in answered)
            for column, stored in OF_QUARTER.items():
                whole[column] += int(QUARTER[stored]) + quarter
    wan = {column: (Decimal(fen) / 1_000_000).quantize(Decimal("0.01"), ROUND_HALF_UP) for column, fen in whole.items()}
    return wan | {column: Decimal(number) for column, number in people.items()}


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, int], Path]:
    """Both tables of the four quarters."""
    folder = tmp_path_factory.mktemp("quarters")
    bench = make_office(folder / "office", Clock())
    for quarter in range(1, 5):
        for name, invested in ANSWERS.items():
            if (fen := invested[quarter - 1]) is not None:
                told = {column: int(QUARTER[column]) + quarter for column in OF_QUARTER.values()}
                answer(bench, str(quarter), name, invested_fen=fen, **told)
    made = {}
    for form, scope in FORMS.items():
        for quarter in range(1, 5):
            with bench.read() as session:
                places = reading.places(session, scope)
                projects = reading.projects(session, scope, 2026, Quarter(str(quarter)), Decimal(10))
            data = {"year": 2026, "quarter": f"第{quarter}季度", "office": "扶贫办", "rows": table(projects, places, None)}
            made[form, quarter] = folder / f"{form}_{quarter}.xlsx"
            made[form, quarter].write_bytes(workbook_bytes(fill(forms.built_in(form).form, data, date(2026, 10, 3))))
    bench.close()
    return made


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not there")
def test_an_office_program_reckons_the_same_sums_in_all_four_quarters(
    workbooks: dict[tuple[str, int], Path], tmp_path: Path
) -> None:
    for path in workbooks.values():
        (tmp_path / path.name).write_bytes(without_results(path.read_bytes()))
    command = [str(SOFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", UTF8_CSV]
    names = [path.name for path in workbooks.values()]
    subprocess.run([*command, *names], check=True, capture_output=True, timeout=180, cwd=tmp_path)
    for (form, quarter), path in workbooks.items():
        with (tmp_path / path.name).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))
        stored = openpyxl.load_workbook(path, data_only=True).active
        live = {cell.coordinate for row in openpyxl.load_workbook(path).active for cell in row if cell.data_type == "f"}
        reckoned = {at: Decimal(lines[coordinate_to_tuple(at)[0] - 1][coordinate_to_tuple(at)[1] - 1] or 0) for at in live}
        for at, value in reckoned.items():
            assert abs(value - Decimal(str(stored[at].value or 0))) <= Decimal("0.005"), (path.name, at)
        bottom = max(coordinate_to_tuple(at)[0] for at in live)
        totals = sorted((coordinate_to_tuple(at)[1], value) for at, value in reckoned.items() if coordinate_to_tuple(at)[0] == bottom)
        wanted = by_hand(form, quarter)
        assert [value for _, value in totals] == [wanted[column] for column in columns_of(form) if column in wanted], path.name


def columns_of(form: str) -> list[str]:
    """The columns that have a total, in their order; one in which nothing stands has none."""
    text = (paths.forms() / form / "form.toml").read_text(encoding="utf-8")
    return re.findall(r'total = "(\w+)"', text)


def without_results(content: bytes) -> bytes:
    """A workbook with the stored results of its formulas taken out, so that only who reckons them can show any."""
    stripped, made = re.compile(rb"(<f>[^<]*</f>)<v>[^<]*</v>"), BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, stripped.sub(rb"\1", old.read(name)))
    return made.getvalue()


def test_a_county_has_the_rows_of_all_its_towns_in_one_table(tmp_path: Path) -> None:
    """Villages and projects that came with packages of other towns stand under their town, with its subtotal."""
    bench = make_office(tmp_path, Clock())
    answer(bench, "1", *ANSWERS)
    for name, poor in (("上洞村", True), ("茅塘村", False)):
        villages.add(bench, villages.VillageForm(name, town="大湾镇", poor_village=poor, position=9))
    with bench.write("tests.town", "另一个镇") as unit:
        key = unit.session.scalars(select(Village.key).where(Village.name == "上洞村")).one()
        facts = {"industry": "种植", "scope": "poor_village", "state": "building", "linkages": "务工"}
        project = Project(village_key=key, year=2026, code="2026-101", name="砂糖桔基地", **facts)
        unit.session.add(project)
        unit.session.flush()
        unit.session.add(ProjectFund(project_key=project.key, name="省", level="省", amount_fen=10_000_001))
    with bench.read() as session:
        found = {scope: (reading.projects(session, scope, 2026, Quarter.FIRST, Decimal(10)), reading.places(session, scope))
                 for scope in FORMS.values()}  # fmt: skip
    bench.close()
    rows = table(*found[ProjectScope.POOR_VILLAGE], None)
    towns = {row["project"]: row.get("plan_total") for row in rows if row["level"] == TOWN}
    of_one = Decimal(sum(PLANNED[name] for name in ("plan_fiscal", "plan_assisting", "plan_own"))) / 100
    assert towns == {"石牯塘镇小计": of_one * 3, "大湾镇小计": Decimal("100000.01")}
    assert {row["village"] for row in plain(rows)} == {"石下村", "鲤鱼村", "长江村", "上洞村"}
    scattered = table(*found[ProjectScope.SCATTERED], None)
    assert {row["project"] for row in scattered if row["level"] != TOWN} == {"砂糖桔园", NO_PROJECT}
