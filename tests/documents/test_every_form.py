"""Every form that comes with the program: empty, with one record, and as full as a clerk might fill it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from fupin_desktop.documents.definition.fitness import placed_fields
from fupin_desktop.documents.definition.form import FormDefinition, SignaturePart, TablePart
from fupin_desktop.documents.definition.formats import NUMERIC
from fupin_desktop.documents.definition.loader import load_form
from fupin_desktop.documents.faces.fonts import chain
from fupin_desktop.documents.filled_store import pack, unpack
from fupin_desktop.documents.filling.data import public_copy
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.documents.pages import POINT, FilledForm
from fupin_desktop.domain.masking import find_leaks
from fupin_desktop.paths import forms
from tests.documents.geometry import overlapping, too_high, ugly
from tests.documents.made_up import LONG_NAME, LONG_UNIT, overfull, short

MADE = date(2026, 12, 24)
ALL = sorted(path.parent.name for path in forms().glob("*/form.toml"))
WORKBOOKS = [form_id for form_id in ALL if load_form(form_id).workbook]
SIGNED = [form_id for form_id in ALL if load_form(form_id).opinions]
MASKED = [
    form_id for form_id in ALL
    if any(one.public for field in load_form(form_id).fields.values() for one in (field, *field.fields.values()))
]  # fmt: skip
ID, PHONE, ACCOUNT = "44088319680214123X", "13822541234", "6217001020001234567"


def filled(form: FormDefinition, data: dict[str, Any]) -> FilledForm:
    return fill(form, data, MADE)


def words(form: FilledForm) -> str:
    return "".join(run.text for page in form.pages for run in page.texts)


@pytest.mark.parametrize("form_id", ALL)
def test_an_empty_one_is_clean(form_id: str) -> None:
    found = filled(load_form(form_id), {})
    assert list(ugly(found)) == []
    assert len(found.pages) <= 3
    for wrong in ("None", "nan", "{", "}", "()"):
        assert wrong not in words(found)


@pytest.mark.parametrize("form_id", ALL)
def test_an_ordinary_one_is_clean_and_shows_what_it_holds(form_id: str) -> None:
    form = load_form(form_id)
    found = filled(form, short(form))
    assert list(ugly(found)) == []
    for name in placed_fields(form):
        if form.fields[name].type == "phone":
            assert "13822540016" in words(found), name
        elif form.fields[name].type == "long":
            assert "因地制宜发展特色产业" in words(found), name


@pytest.mark.parametrize("form_id", ALL)
def test_the_fullest_one_loses_nothing_and_runs_into_nothing(form_id: str) -> None:
    form = load_form(form_id)
    found = filled(form, overfull(form))
    assert list(ugly(found)) == []
    assert unpack(pack(found)).pages == found.pages
    assert all(run.size >= 3.5 for page in found.pages for run in page.texts)


@pytest.mark.parametrize("form_id", WORKBOOKS)
@pytest.mark.parametrize("make", [lambda form: {}, short, overfull], ids=["empty", "short", "overfull"])
def test_the_cells_of_its_workbook_share_no_place(form_id: str, make: Any) -> None:
    form = load_form(form_id)
    found = filled(form, make(form))
    assert list(overlapping(found)) == []
    if form.entry:
        assert list(too_high(found)) == []


@pytest.mark.parametrize("form_id", WORKBOOKS)
def test_its_workbook_says_what_its_paper_says(form_id: str) -> None:
    """Each text of a table on paper stands in the grid, each amount as a number; page totals and numbers aside."""
    form = load_form(form_id)
    found = filled(form, short(form))
    assert found.grid is not None
    grid = "".join(str(cell.value) for cell in found.grid.cells if isinstance(cell.value, str))
    numbers = {cell.value for cell in found.grid.cells if not isinstance(cell.value, str)}
    on_paper = {run.text for page in found.pages for run in page.texts if "页" not in run.text and "—" not in run.text}
    lost = {
        text for text in on_paper
        if text.replace("\u3000", "") not in grid.replace("\u3000", "").replace("\n", "")
        and not any(_shows(text, number) for number in numbers if number is not None)
    }  # fmt: skip
    assert not lost


def _shows(text: str, number: Any) -> bool:
    plain = text.replace(",", "").replace("¥", "")
    return plain in (f"{number}", f"{number:.2f}", f"{number:.3f}", f"{number:.1f}", f"{number:g}")


@pytest.mark.parametrize("form_id", MASKED)
def test_a_copy_for_others_hides_short_numbers_of_its_fields_too(form_id: str) -> None:
    """A landline and a number of a passbook are known by their field alone, and found wherever else they stand."""
    form = load_form(form_id)
    secrets = {"id": "440883650312441", "phone": "0759-5590002", "account": "8001000123"}
    data = short(form)
    for name, field in form.fields.items():
        if field.public:
            data[name] = secrets[field.public]
        for column, inner in field.fields.items():
            if inner.public:
                data[name][0][column] = secrets[inner.public]
    shown = words(filled(form, data))
    hidden = words(filled(form, public_copy(form, data)))
    for secret in secrets.values():
        assert secret not in hidden
    assert any(secret in shown for secret in secrets.values())


@pytest.mark.parametrize("form_id", MASKED)
def test_a_copy_for_others_hides_every_number_wherever_it_was_typed(form_id: str) -> None:
    form = load_form(form_id)
    secrets = {"id": ID, "phone": PHONE, "account": ACCOUNT}

    def put(fields: Any, data: dict[str, Any]) -> dict[str, Any]:
        out = dict(data)
        for name, field in fields.items():
            if field.type == "list":
                out[name] = [put(field.fields, record) for record in data.get(name) or ()]
            elif field.public:
                out[name] = secrets[field.public]
            elif field.type in ("text", "long") and not field.choices and name in out:
                out[name] = f"见{ID}、{PHONE}、{ACCOUNT}。"
        return out

    data = put(form.fields, short(form))
    assert find_leaks(words(filled(form, data)))
    copy = filled(form, public_copy(form, data))
    assert find_leaks(words(copy)) == []
    cells = "\n".join(str(cell.value) for cell in copy.grid.cells) if copy.grid else ""
    for secret in secrets.values():
        assert secret not in words(copy)
        assert secret not in cells


@pytest.mark.parametrize("form_id", SIGNED)
def test_a_long_name_stays_in_its_box(form_id: str) -> None:
    form = load_form(form_id)
    signed = {"agrees": True, "text": "", "name": LONG_NAME, "date": MADE}
    found = filled(form, {field.name: signed for field in form.opinions})
    assert list(ugly(found)) == []
    assert words(found).count(LONG_NAME[:7]) == len(form.opinions)
    assert list(too_high(found)) == []


NOTICES = [form_id for form_id in ALL if any(isinstance(part, SignaturePart) for part in load_form(form_id).parts)]


@pytest.mark.parametrize("form_id", NOTICES)
def test_a_long_unit_signs_in_balanced_lines_over_its_date(form_id: str) -> None:
    form = load_form(form_id)
    units = ("publisher", "village", "office", "unit", "assisting_unit")
    found = filled(form, {**short(form), **{name: LONG_UNIT for name in units if name in form.fields}})
    part = next(part for part in form.parts if isinstance(part, SignaturePart))
    em = part.style.size * POINT
    page = next(page for page in found.pages if any(run.text == "2026年12月31日" for run in page.texts))
    last = next(at for at, run in enumerate(page.texts) if run.text == "2026年12月31日" and run.size == part.style.size)
    signed = page.texts[last - 1], page.texts[last - 2]
    assert signed[1].text + signed[0].text == LONG_UNIT
    middles = [run.x + chain(run.font).width(run.text) * em / 2 for run in signed]
    assert middles[0] == pytest.approx(middles[1], abs=0.01)
    assert all(run.x >= form.paper.left - 0.01 for run in signed)


@pytest.mark.parametrize("form_id", ALL)
def test_what_it_says_itself_stands_in_brackets_of_full_width(form_id: str) -> None:
    text = (forms() / form_id / "form.toml").read_text(encoding="utf-8")
    assert re.findall(r'\btext = "[^"]*\([^"]*"', text) == []


def test_the_lists_above_are_not_empty() -> None:
    assert len(ALL) > 55
    assert len(WORKBOOKS) > 30
    assert len(MASKED) >= 6
    assert len(NOTICES) >= 12
    assert {"town_fund_plan", "performance_target"} <= set(SIGNED)
    numeric = sum(field.type in NUMERIC for form_id in ALL for field in load_form(form_id).fields.values())
    tables = sum(isinstance(part, TablePart) for form_id in ALL for part in load_form(form_id).parts)
    assert min(numeric, tables) > 50
