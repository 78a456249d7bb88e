"""Each mistake in a form file is told with file, key and rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from fupin_desktop.documents.definition.loader import load_form
from fupin_desktop.errors import BadDefinition, FileMissing
from fupin_desktop.paths import forms
from tests.documents.papers import SMALL, definition

SHIPPED = sorted(path.parent.name for path in forms().glob("*/form.toml"))

MISTAKES = {
    "not toml": ('id = "small"', "id = ", "第2行第6列", "TOML"),
    "other id": ('id = "small"', 'id = "other"', "id", "文件夹"),
    "unknown top key": ("workbook = true", "workbok = true", "workbok", "不认识"),
    "missing key": ('title = "小表"', "", "title", "缺少"),
    "wrong type": ("workbook = true", 'workbook = "yes"', "workbook", "true 或 false"),
    "unknown paper": ('size = "A4"', 'size = "B5"', "paper.size", "A4"),
    "negative margin": ("top = 20", "top = -1", "paper.top", "不小于"),
    "margins too large": ("left = 20", "left = 160", "paper", "版心"),
    "unknown font": ('font = "song"', 'font = "arial"', "styles.cell.font", "arial"),
    "unknown style key": ("size = 10", "sise = 10", "styles.cell.sise", "不认识"),
    "base defined later": ('base = "cell"', 'base = "later"', "styles.amount.base", "later"),
    "bad colour": ("size = 10", 'colour = "red"', "styles.cell.colour", "#rrggbb"),
    "unknown field type": ('type = "money"', 'type = "float"', "fields.rows.fields.amount.type", "float"),
    "list without fields": ('label = "名称"\ntype = "text"', 'label = "名称"\ntype = "list"', "fields.name.fields", "列表"),
    "columns too wide": ("columns = [20, 100, 50]", "columns = [20, 100, 51]", "parts[1].columns", "超过版心"),
    "no columns": ("columns = [20, 100, 50]", "columns = []", "parts[1].columns", "数字"),
    "cells too many": ('{ text = "序号" },', '{ text = "序号", span = 2 },', "parts[1].rows[1].cells", "超出"),
    "cells too few": ('{ text = "序号" }, ', "", "parts[1].rows[1].cells", "没有填满"),
    "span to below the table": (
        'cells = [{ text = "合计", span = 2 }',
        'cells = [{ text = "合计", span = 2, rows = 2 }',
        "parts[1].rows[5].cells",
        "不能跨行",
    ),
    "unknown field": ('field = "text"', 'field = "txet"', "parts[1].rows[2].cells[2].field", "txet"),
    "unknown place": ('text = "{index}"', 'text = "{indx}"', "parts[1].rows[2].cells[1].text", "indx"),
    "unknown format": ('text = "{index}"', 'text = "{index:roman}"', "parts[1].rows[2].cells[1].text", "roman"),
    "yuan of a text": ('field = "text"', 'field = "text", format = "yuan"', "parts[1].rows[2].cells[2].format", "不是金额"),
    "unknown format of a field": ('field = "text"', 'field = "text", format = "wan"', "parts[1].rows[2].cells[2].format", "wan"),
    "index outside a list": ('text = "序号"', 'text = "{index}"', "parts[1].rows[1].cells[1].text", "index"),
    "stray brace": ('text = "序号"', 'text = "{序号"', "parts[1].rows[1].cells[1].text", "花括号"),
    "two contents": ('field = "text"', 'field = "text", text = "x"', "parts[1].rows[2].cells[2]", "只能有"),
    "sum of a text": (
        'total = "amount", style = "amount" }]\n[[parts.rows]]\nrole = "page_total"',
        'total = "text", style = "amount" }]\n[[parts.rows]]\nrole = "page_total"',
        "parts[1].rows[3].cells[2].total",
        "不能合计",
    ),
    "each is no list": ('each = "rows"', 'each = "name"', "parts[1].rows[2].each", "列表"),
    "unknown role": ('role = "heading"', 'role = "head"', "parts[1].rows[1].role", "head"),
    "unknown part": ('type = "table"', 'type = "picture"', "parts[1].type", "picture"),
    "bad field name": ("[fields.name]", "[fields.Name]", "fields.Name", "小写字母"),
    "field named index": ("[fields.name]", "[fields.index]", "fields.index", "index"),
    "choice without choices": ('label = "名称"\ntype = "text"', 'label = "名称"\ntype = "choice"', "fields.name.choices", "可选"),
    "choices twice": (
        'label = "名称"\ntype = "text"',
        'label = "名称"\ntype = "choice"\nchoices = ["甲", "甲"]',
        "fields.name.choices",
        "重复",
    ),
    "bad binding": ('label = "名称"', 'label = "名称"\nbind = "village"', "fields.name.bind", "BINDINGS"),
    "binding and default": (
        'label = "名称"',
        'label = "名称"\nbind = "village.name"\ndefault = "village.name"',
        "fields.name.default",
        "bind",
    ),
    "sum of texts": ('label = "名称"', 'label = "名称"\nsum_of = ["rows"]', "fields.name.sum_of", "数字"),
    "sum of what is not there": (
        'label = "金额"',
        'label = "金额"\nsum_of = ["cost"]',
        "fields.rows.fields.amount.sum_of",
        "cost",
    ),
    "length of a number": ('label = "金额"', 'label = "金额"\nmax_length = 3', "fields.rows.fields.amount.max_length", "文字"),
    "unknown mask": ('label = "名称"', 'label = "名称"\npublic = "all"', "fields.name.public", "all"),
    "opinion in a list": ('type = "money"', 'type = "opinion"', "fields.rows.fields.amount.type", "意见框"),
    "empty rows of no list": (
        'role = "heading"\nheight = 10',
        'role = "heading"\nmin_rows = 2\nheight = 10',
        "parts[1].rows[1].min_rows",
        "列表行",
    ),
    "list of a fixed row": ('role = "heading"', 'each = "rows"', "parts[1].rows[1].each", "普通行"),
    "foot with an unknown field": (
        '{ text = "序号" }',
        '{ text = "序号", foot = ["{signer}"] }',
        "parts[1].rows[1].cells[1].foot",
        "signer",
    ),
    "no parts": ("[[parts]]", "[[bits]]", "bits", "不认识"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_place(mistake: str, tmp_path: Path) -> None:
    old, new, key, rule = MISTAKES[mistake]
    assert old in SMALL
    with pytest.raises(BadDefinition) as caught:
        definition(tmp_path, SMALL.replace(old, new, 1))
    if mistake != "no parts":
        assert caught.value.key == key
        assert rule in caught.value.rule
    assert caught.value.file == "small/form.toml"


def test_the_small_form_is_right(tmp_path: Path) -> None:
    form = definition(tmp_path)
    assert form.text_width == 170
    assert form.fields["rows"].fields["amount"].type == "money"


@pytest.mark.parametrize("form_id", SHIPPED)
def test_every_shipped_form_is_right(form_id: str) -> None:
    assert load_form(form_id).id == form_id


def test_the_office_can_lay_its_own_form_over_the_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "award_sheet" / "form.toml"
    own.parent.mkdir()
    shipped = (forms() / "award_sheet" / "form.toml").read_text(encoding="utf-8")
    own.write_text(shipped.replace("产业奖补资金测算（分配）表", "奖补资金分配表"), encoding="utf-8")
    assert "奖补资金分配表" in load_form("award_sheet", tmp_path).title.source
    assert load_form("award_working", tmp_path).id == "award_working", "others still come from the program"
    own.write_text("id = 1", encoding="utf-8")
    with pytest.raises(BadDefinition):
        load_form("award_sheet", tmp_path)


def test_a_form_that_is_not_there_is_told() -> None:
    with pytest.raises(FileMissing, match="no_such_form"):
        load_form("no_such_form")


def test_a_workbook_needs_a_table(tmp_path: Path) -> None:
    head, _, _ = SMALL.partition("[[parts]]")
    text = head + '[[parts]]\ntype = "text"\nstyle = "cell"\ntext = "x"\n'
    with pytest.raises(BadDefinition) as caught:
        definition(tmp_path, text)
    assert caught.value.key == "workbook"


def test_a_signature_line_takes_nothing_but_text(tmp_path: Path) -> None:
    text = SMALL + '[[parts]]\ntype = "signature"\nstyle = "cell"\nlines = [{ text = "{name}", bold = true }]\n'
    with pytest.raises(BadDefinition) as caught:
        definition(tmp_path, text)
    assert caught.value.key == "parts[2].lines[1].bold"
