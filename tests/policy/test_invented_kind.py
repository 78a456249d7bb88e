"""A kind of award rule is one file: an invented one goes through scheme file, calculation, words, what-if and checks."""

from decimal import Decimal

import pytest

from fupin_desktop.domain.vocabulary import Participation
from fupin_desktop.errors import BadDefinition
from fupin_desktop.policy.applicants import Applicant, FarmEntry
from fupin_desktop.policy.awards.calculator import calculate
from fupin_desktop.policy.awards.solve import solve_rate
from fupin_desktop.policy.awards.telling import tell
from fupin_desktop.policy.checks import check_scheme
from fupin_desktop.policy.scheme.file import read_scheme, scheme_from_dict, scheme_to_dict
from tests.policy import invented_kind
from tests.policy.award_cases import TenMu

D = Decimal
FILE = """
name = "方案"
place = "低岭村"
year = 2026
pool = "2000"
[[item]]
name = "就业"
unit = "人"
other = true
kind = "按人口定额"
each = "100.50"
"""


@pytest.fixture
def kind(monkeypatch):
    return invented_kind.add_to(monkeypatch)


@pytest.fixture
def read(kind, tmp_path):
    path = tmp_path / "scheme.toml"

    def from_text(text: str = FILE):
        path.write_text(text, encoding="utf-8")
        return read_scheme(path)

    return from_text


def household(members: int) -> Applicant:
    one = D(1)
    entry = FarmEntry("务工", "", "人", one, one, None, None, D(9000), None, D(0), None, 0)
    return Applicant("a", "1", "李亚保", "低岭村", "", None, members, Participation.BASE, None, D(0), None, (entry,))


def test_the_scheme_file_reads_and_writes_it(read, kind):
    scheme = read()
    assert scheme.items[0].rule == kind(D("100.50"))
    assert scheme_from_dict(scheme_to_dict(scheme), "x") == scheme


def test_its_keys_are_checked_like_those_of_any_kind(read):
    with pytest.raises(BadDefinition, match=r"item\[1\]\.each"):
        read(FILE.replace('"100.50"', '"很多"'))
    with pytest.raises(BadDefinition, match="不用这个键"):
        read(FILE + 'rate = "1"\n')


def test_it_is_calculated_and_told(read):
    award = calculate(read(), [household(3)], TenMu()).awards[0]
    assert award.award == D("301.50")
    assert award.items[0].standard == "100.50 元/人"
    told = [tell(step) for step in award.steps]
    assert "就业 3 人 × 100.50 元 = 301.50 元" in told


def test_a_standard_is_searched_for_it(read):
    assert solve_rate(read(), [household(3)], TenMu(), "就业").scheme.items[0].rule.rates() == (D("666.66"),)


def test_its_numbers_can_be_turned(read):
    rule = read().items[0].rule
    (knob,) = rule.knobs("人")
    assert knob.put(rule, D(7)).rates() == (D(7),)


def test_the_checks_ask_it_whether_it_gives_nothing(read):
    found = {problem.code for problem in check_scheme(read(FILE.replace("100.50", "0")), TenMu())}
    assert "scheme.off_list" in found
