"""The page on what is easily mistaken: every line of working it shows is the program's own."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from fupin_desktop import paths
from fupin_desktop.domain.vocabulary import Participation
from fupin_desktop.policy.applicants import Applicant, FarmEntry
from fupin_desktop.policy.awards.calculator import calculate
from fupin_desktop.policy.awards.telling import tell
from fupin_desktop.policy.parameters import load_parameters
from fupin_desktop.policy.scheme.file import read_scheme
from fupin_desktop.services.awards.result_json import result_json
from tests.services.manual_pages import page
from tests.services.test_manual import text_of

PAGE = page("reckoning.html")


def entry(product, unit="", declared=None, cost="90000", group="种植", **more):
    given = {
        "accepted": None, "planned": None, "area": None, "income": None, "other_subsidy": Decimal(0), "base_kind": None,
        "instalment_year": 1, **more,
    }  # fmt: skip
    quantity = None if declared is None else Decimal(declared)
    return FarmEntry(product, group, unit, quantity, cost=Decimal(cost), **given)


CASES = [
    [entry("水稻", "亩", "1", "33.35")],
    [entry("水稻", "亩", "3", "659.60")],
    [entry("山羊", "头", "20")],
    [entry("山羊", "头", "20"), entry("花生", "", "2")],
    [entry("水稻", "公斤", "2")],
    [entry("香蕉", "", None, "1000")],
    [entry("香蕉", "", None, "1000", area=Decimal(2))],
    [entry("沉香", "亩", "6"), entry("沉香", "亩", "6", instalment_year=4)],
    [entry("沉香", "亩", "8", group="林业"), entry("花生", "亩", "12")],
    [entry("生猪", "头", "20")],
    [entry("生猪", "头", "20")],
    [entry("生猪", "头", "5")],
    [entry("水稻", "亩", "2"), entry("番薯", "亩", "2")],
]


def worked(tmp_path, number):
    path = tmp_path / "方案.toml"
    path.write_text(text_of(PAGE.examples[number]), encoding="utf-8")
    house = Applicant(
        "1", "DL001", "李亚保", "低岭村", "一组", None, 4, Participation.BASE, None, Decimal(0), None, tuple(CASES[number])
    )
    return calculate(read_scheme(path), [house], load_parameters(paths.resources() / "policy"))


def test_every_example_is_a_case():
    assert len(PAGE.examples) == len(CASES) == sum(name.startswith("case_") for name in PAGE.tables)


@pytest.mark.parametrize("number", range(len(CASES)))
def test_the_working_shown_is_the_working_done(tmp_path, number):
    lines = [[f"{step.number}", tell(step)] for step in worked(tmp_path, number).awards[0].steps]
    rows = iter(lines)
    for shown in PAGE.tables[f"case_{number + 1}"][1:]:
        assert any(row == shown for row in rows), (shown, lines)


def test_the_step_has_the_number_of_the_manual_in_the_file(tmp_path):
    result = worked(tmp_path, 0)
    numbers = [step.number for step in result.awards[0].steps]
    assert numbers == sorted(numbers)
    assert {0, 1, 4, 6, 7, 9, 10} == set(numbers)
    written = json.loads(result_json(result))
    assert [step["step"] for step in written["households"][0]["steps"]] == numbers
