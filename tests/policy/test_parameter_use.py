"""Each policy parameter with what reads it: a code module, a form, a list of a register's field."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import fupin_desktop
from fupin_desktop.documents.definition.loader import load_form
from fupin_desktop.paths import resources
from fupin_desktop.policy.parameters import load_parameters
from fupin_desktop.services.registers import registry
from fupin_desktop.storage.fields import of

ROOT = Path(fupin_desktop.__file__).parent
COMPOSED = re.compile(r'f"(\w+_)\{')
"""Beginnings of keys that are put together from parts, as performance_weight_ of a group."""


@cache
def sources():
    paths = [*ROOT.rglob("*.py"), *(ROOT.parent / "forms").rglob("*.toml")]
    return {path.relative_to(ROOT.parent).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def uses():
    """Names of the files that name each parameter."""
    found = {parameter.key: [] for parameter in load_parameters(resources() / "policy").all()}
    for name, text in sources().items():
        words = set(re.findall(r'"(\w+)"', text))
        begun = tuple(COMPOSED.findall(text))
        for key in found:
            if key in words or (begun and key.startswith(begun) and "parameter" in text):
                found[key].append(name)
    return found


def test_each_parameter_is_read_by_something():
    unread = {key for key, files in uses().items() if not files}
    assert unread == set(), "read by nothing: have something use it"


def test_the_lists_of_the_registers_are_all_there():
    listed = {field.listed for register in registry.all() for field in of(register.entity).values() if field.listed}
    known = {parameter.key for parameter in load_parameters(resources() / "policy").all()}
    assert listed - known == {"villages"}
    assert {"industry_kinds", "linkage_kinds", "sales_channels", "risk_measures", "brand_kinds"} <= listed


@pytest.mark.parametrize(
    ("field", "parameter"),
    [("industry_kind", "industry_kinds"), ("linkages", "linkage_kinds"), ("batch", "town_batches"), ("level", "fund_levels")],
)
def test_the_forms_choose_from_the_lists_of_the_registers(field, parameter):
    words = tuple(load_parameters(resources() / "policy").value(parameter, date(2026, 1, 1)).value)
    forms = [load_form(path.parent.name) for path in (ROOT.parent / "forms").glob("*/form.toml")]
    tops = [top for form in forms for top in form.fields.values()]
    fields = [one for top in tops for one in (top, *top.fields.values()) if one.name == field and one.choices]
    assert {one.choices for one in fields} == {words}
