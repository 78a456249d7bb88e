from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from fupin_desktop import paths
from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.policy import scheme as words
from fupin_desktop.policy.awards.calculator import calculate
from fupin_desktop.policy.checks import CHECKS
from fupin_desktop.policy.parameters import load_parameters
from fupin_desktop.policy.rules import Progression, TierMeasure, all_kinds
from fupin_desktop.policy.scheme.file import read_scheme
from fupin_desktop.policy.strictness import ORIGINAL_PLAN, PARTICIPANTS, is_must
from fupin_desktop.services.awards.register import read_award_register
from fupin_desktop.services.imports import headings as kinds
from fupin_desktop.services.imports.headings import CANONICAL
from tests.services.manual_pages import MANUAL, page, pages

HEAD = 'name = "例"\nplace = "低岭村"\nyear = 2026\n'
ITEM = '\n[[item]]\nname = "占位"\nunit = "亩"\nproducts = ["占位"]\nkind = "rate"\nrate = "1"\n'
QT_TAGS = {
    "html", "head", "meta", "title", "link", "body", "p", "a", "h1", "h2", "h3", "ul", "ol", "li", "b", "table", "tr", "th",
    "td", "pre", "code", "img",
}


def text_of(example):
    """A whole scheme of an example: parts get the head (and an item) that the page tells of."""
    if example.part in {"whole", "example"}:
        return example.text
    needs_item = "[[item]]" not in example.text
    return HEAD + example.text + (ITEM if needs_item else "")


def examples():
    return [
        pytest.param(name, example, id=f"{name}-{number}")
        for name in pages()
        for number, example in enumerate(page(name).examples, 1)
    ]


@pytest.mark.parametrize("name", pages())
def test_pages_are_sound_and_their_links_lead_somewhere(name):
    found = page(name)
    assert found.tags <= QT_TAGS
    for link in found.links:
        target, _, anchor = link.partition("#")
        target = target or name
        assert (MANUAL / target).is_file(), link
        assert not anchor or anchor in page(target).anchors, link


def test_every_picture_is_there_is_told_and_all_are_small():
    """``dev.py manual`` remakes them; the program for Windows may not grow by more."""
    named = [picture for name in pages() for picture in page(name).pictures]
    kept = {f"images/{path.name}" for path in (MANUAL / "images").iterdir()}
    assert {file for file, _ in named} == kept
    assert all(caption for _, caption in named)
    assert sum((MANUAL / file).stat().st_size for file in kept) <= 620_000


def test_the_example_of_a_strict_county_is_taken(tmp_path):
    written = (MANUAL / "calculation.html").read_text(encoding="utf-8")
    path = tmp_path / "policy.toml"
    path.write_text(written.partition('<pre class="policy">')[2].partition("</pre>")[0], encoding="utf-8")
    parameters = load_parameters(paths.resources() / "policy", path)
    for key in (ORIGINAL_PLAN, PARTICIPANTS):
        assert is_must(parameters, key, date(2026, 1, 1))
        assert not is_must(parameters, key, date(2025, 12, 31))


def test_every_page_is_in_the_table_of_contents():
    assert set(pages()) - {"index.html"} <= {link.partition("#")[0] for link in page("index.html").links}


@pytest.mark.parametrize(("name", "example"), examples())
def test_every_scheme_example_of_the_manual_loads(tmp_path, name, example):
    path = tmp_path / "方案.toml"
    path.write_text(text_of(example), encoding="utf-8")
    scheme = read_scheme(path)
    assert scheme.items
    assert scheme.place == "低岭村"


def test_there_is_an_example_of_each_kind_of_rule(tmp_path):
    kinds = set()
    for number, example in enumerate(page("scheme.html").examples):
        path = tmp_path / f"{number}.toml"
        path.write_text(text_of(example), encoding="utf-8")
        for item in read_scheme(path).items:
            kinds |= {type(item.rule), *(type(variant.rule) for variant in item.variants)}
    assert kinds == set(all_kinds())


@pytest.mark.parametrize(
    "kind",
    [all_kinds(), words.SubsidyTreatment, words.CostScope, words.WhenShort, words.RoundingUnit,
     words.RoundingMode, Progression, TierMeasure, FundKind],
)
def test_every_code_and_label_stands_in_the_scheme_page(kind):
    text = page("scheme.html").text
    for word in kind:
        assert word.value in text
        assert word.label in text


def test_every_check_stands_in_the_calculation_page():
    rows = page("calculation.html").tables["checks"][1:]
    assert [(row[0], row[1], row[3]) for row in rows] == [
        (check.code, check.severity.label, check.clause) for check in CHECKS
    ]


def sample(name):
    return paths.resources() / "samples" / "award" / name


def test_the_example_page_shows_the_sample_scheme():
    assert page("example.html").examples[0].text.strip() == sample("scheme.toml").read_text(encoding="utf-8").strip()


@pytest.fixture(scope="module")
def worked():
    """The worked example computed from the sample pair."""
    parameters = load_parameters(paths.resources() / "policy")
    register = read_award_register(sample("register.xlsx"), today=date(2026, 3, 2), village="")
    assert not register.findings
    return read_scheme(sample("scheme.toml")), register.applicants, parameters


def test_the_sample_register_says_what_the_page_says(worked):
    _, applicants, _ = worked
    rows = iter(page("example.html").tables["register"][1:])
    for applicant in applicants:
        for number, entry in enumerate(applicant.entries or (None,)):
            row = next(rows)
            assert row[:3] == [applicant.code, applicant.name, applicant.key]
            if number == 0:
                kind = applicant.household_class.label
                assert row[3:8] == [
                    applicant.village, applicant.group, kind, str(applicant.members), applicant.participation.label
                ]
            if entry is not None:
                assert row[8:11] == [entry.product, entry.product_group, entry.unit]
                assert [Decimal(text or 0) for text in row[11:]] == [
                    entry.declared, entry.accepted, entry.cost, entry.other_subsidy
                ]
    assert next(rows, None) is None


def test_the_worked_example_comes_out_as_computed_by_hand(worked):
    scheme, applicants, parameters = worked
    result = calculate(scheme, applicants, parameters)
    expected = page("example.html").tables["expected"][1:]
    assert [
        [award.applicant.code, award.size.label, str(award.computed), str(award.capped), str(award.award)]
        for award in result.awards
    ] == [[row[0], row[1], *row[3:6]] for row in expected]
    for award, row in zip(result.awards, expected, strict=True):
        assert award.reason == row[6]
    assert result.totals.award == Decimal("20052.76")
    assert result.totals.left == Decimal("1947.24")
    assert (result.totals.households, result.totals.participating, result.totals.large) == (10, 9, 3)
    assert not [problem for problem in result.problems if problem.blocks]


def test_the_worked_example_with_too_little_money(worked):
    scheme, applicants, parameters = worked
    sources = tuple(
        replace(source, amount=Decimal(amount)) for source, amount in zip(scheme.sources, (8000, 7000), strict=True)
    )
    result = calculate(replace(scheme, sources=sources), applicants, parameters)
    expected = page("example.html").tables["scaled"][1:]
    assert [[award.applicant.code, str(award.award)] for award in result.awards] == [
        [row[0], row[5]] for row in expected
    ]
    assert result.totals.award == Decimal("15000.00")
    assert result.totals.left == 0


def test_every_column_of_the_register_page_is_known_to_the_importer():
    told = [
        heading
        for table in list(page("register.html").tables.values())[:2]
        for row in table[1:]
        for heading in row[0].split("、")
    ]
    keys = kinds.ENTRIES.vocabulary.assign(tuple(told))
    assert keys == CANONICAL
