"""Base styles: a form names only what differs, and what is kept of it stands alone."""

from __future__ import annotations

import re
import tomllib

import pytest

from fupin_desktop.documents.definition import styles
from fupin_desktop.documents.definition.form import FormDefinition, TextPart
from fupin_desktop.documents.definition.loader import load_form, parse_form
from fupin_desktop.documents.definition.styles import whole
from fupin_desktop.errors import BadDefinition
from fupin_desktop.paths import forms
from tests.documents.papers import SHEET

SHIPPED = sorted(path.parent.name for path in forms().glob("*/form.toml"))
FORM = f"""\
id = "small"
title = "小表"
{{top}}
{SHEET}{{styles}}
[[parts]]
type = "text"
text = "甲"
style = "{{style}}"
"""


def style_of(name: str, own: str = "", top: str = 'styles_from = "entry"') -> object:
    form = parse_form(FORM.format(top=top, styles=own, style=name), "small")
    part = form.parts[0]
    assert isinstance(part, TextPart)
    return part.style


def told(form: FormDefinition) -> str:
    """A definition as text; its templates by what they look like alone."""
    return re.sub(r" object at 0x[0-9A-Fa-f]+", "", repr(form))


def test_a_form_takes_the_styles_it_does_not_name():
    found = style_of("small_sum")
    assert (found.font, found.size, found.pitch, found.align, found.shrink) == ("biaosong", 9, 12, "right", True)


def test_a_form_says_only_what_differs_and_what_rests_on_it_follows():
    own = "[styles.small]\nsize = 8\npitch = 11\n"
    assert (style_of("small", own).size, style_of("small", own).align) == (8, "center")
    assert (style_of("small_sum", own).size, style_of("small_sum", own).pitch) == (8, 11)
    assert style_of("small_sum").size == 9


def test_a_form_adds_styles_of_its_own():
    assert style_of("big", '[styles.big]\nbase = "title"\nsize = 30\n').font == "biaosong"


@pytest.mark.parametrize(
    ("top", "own", "key"),
    [
        ('styles_from = "none"', "", "styles_from"),
        ("", "", "styles"),
        ('styles_from = "entry"', "[styles.small]\nsise = 8\n", "styles.small.sise"),
        ('styles_from = "entry"', "[styles]\nsmall = 8\n", "styles.small"),
        ("", '[styles.line]\nbase = "title"\n', "styles.line.base"),
    ],
)
def test_a_mistake_is_told_with_its_place(top, own, key):
    with pytest.raises(BadDefinition) as caught:
        style_of("line", own, top)
    assert caught.value.key == key


def test_a_form_with_all_its_styles_needs_no_base():
    assert style_of("line", "[styles.line]\nsize = 12\n", "").size == 12


@pytest.mark.parametrize("form_id", SHIPPED)
def test_what_is_kept_of_a_form_stands_alone(form_id, monkeypatch):
    kept = whole((forms() / form_id / "form.toml").read_text(encoding="utf-8"))
    assert whole(kept) == kept
    monkeypatch.setattr(styles, "_sets", lambda: {name: {} for name in ("entry", "list", "official")})
    alone = parse_form(kept, form_id)
    monkeypatch.undo()
    assert told(alone) == told(load_form(form_id))


def test_a_text_that_is_no_form_is_kept_as_it_is():
    for text in ("styles_from = ", 'styles_from = "none"\n', "id = 1\n"):
        assert whole(text) == text


@pytest.mark.parametrize("form_id", SHIPPED)
def test_no_form_repeats_a_base_style(form_id):
    top = tomllib.loads((forms() / form_id / "form.toml").read_text(encoding="utf-8"))
    base = tomllib.loads((forms() / "styles.toml").read_text(encoding="utf-8"))[top["styles_from"]]
    repeated = [
        f"{name}.{key}"
        for name, values in top.get("styles", {}).items()
        for key, value in values.items()
        if base.get(name, {}).get(key) == value
    ]
    assert repeated == []
