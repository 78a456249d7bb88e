"""The written cases of ``tests/cases/documents/own_forms.toml``, and whom a form is for."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from fupin_desktop.documents.definition.fitness import (
    kind_of_place,
    misfits,
    misfits_alone,
    misfits_of_id,
    placed_fields,
    remarks,
)
from fupin_desktop.documents.definition.loader import parse_form
from fupin_desktop.errors import BadDefinition
from tests.documents import papers

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "documents" / "own_forms.toml").read_text("utf-8")
)["case"]
PAGE = papers.ENTRY_PAGE
SMALL = PAGE + """
[fields]
village = { label = "村", type = "text", bind = "village.name" }
area = { label = "面积", type = "area", bind = "area.total", clause = "吴川 三(二)1" }
leader = { label = "负责人", type = "text", required = true, max_length = 30 }
depth = { label = "井深", type = "quantity", unit = "米" }
own = { label = "自筹", type = "money" }
note = { label = "说明", type = "long" }
total = { label = "合计", type = "money", sum_of = ["costs.amount"] }
opinion_village = { label = "村意见", type = "opinion" }
opinion_town = { label = "镇意见", type = "opinion" }
[fields.costs]
label = "费用"
type = "list"
[fields.costs.fields]
name = { label = "项目", type = "text", required = true }
amount = { label = "金额", type = "money" }
origin = { label = "取自", type = "text", printed = false }
[[parts]]
type = "text"
style = "cell"
text = "{village} {depth}"
[[parts]]
type = "table"
columns = [40, 130]
rows = [
  { height = 11, style = "cell", cells = [{ field = "leader" }, { field = "area" }] },
  { height = 11, style = "cell", cells = [{ field = "own" }, { field = "note" }] },
  { role = "each", each = "costs", height = 11, style = "cell", cells = [{ field = "name" }, { field = "amount" }] },
  { height = 11, style = "cell", cells = [{ text = "合计" }, { field = "total" }] },
  { height = 11, style = "cell", cells = [{ field = "opinion_village" }, { field = "opinion_town" }] },
]
"""


def changed(case: dict[str, Any]) -> str:
    text = SMALL
    for old, new in zip(case.get("old", ()), case.get("new", ()), strict=True):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_what_keeps_an_own_form_from_being_used(case: dict[str, Any]) -> None:
    own, base = parse_form(changed(case), "small"), parse_form(SMALL, "small")
    found = list(misfits_alone(own) if case.get("alone") else misfits(own, base))
    assert [one.key for one in found] == case.get("found", [])
    assert case.get("told", "") in (found[0].rule if found else "")
    if not case.get("alone"):
        assert [one.key for one in remarks(own, base)] == case.get("remarks", [])


@pytest.mark.parametrize(
    ("form_id", "sound"),
    [("road", True), ("road_2026", True), ("r" * 60, True), ("r" * 61, False), ("", False), ("2026_road", False),
     ("Road", False), ("road-report", False), ("路况", False), ("road report", False), ("..", False), ("road１", False)],
)  # fmt: skip
def test_an_id_is_a_folder_s_name_on_every_system(form_id: str, sound: bool) -> None:
    assert (list(misfits_of_id(form_id)) == []) is sound


FIELDS = SMALL.partition("[fields]\n")
_HEAD, _LABEL = FIELDS[0], 'opinion_town = { label = "镇意见", type = "opinion" }\n'


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ("", "village"),
        ('a = { label = "甲", type = "text", bind = "village.name" }\n', "village"),
        ('a = { label = "甲", type = "text", bind = "town.name" }\n', "town"),
        ('a = { label = "甲", type = "text", bind = "town.name" }\nb = { label = "乙", type = "text", default = "village.name" }\n',
         "village"),
        ('a = { label = "甲", type = "text", bind = "household.head" }\nb = { label = "乙", type = "text", bind = "village.name" }\n',
         "household"),
        ('a = { label = "甲", type = "money", bind = "award.amount" }\n', "household"),
        ('project = { label = "项目", type = "text" }\n', "project"),
        ('project = { label = "项目", type = "text" }\na = { label = "甲", type = "text", bind = "town.name" }\n', "project"),
        ('a = { label = "甲", type = "text", bind = "office.name" }\n', "village"),
    ],
)  # fmt: skip
def test_whom_a_form_is_for_follows_from_the_names_it_uses(fields: str, place: str) -> None:
    table = '[[parts]]\ntype = "table"\ncolumns = [170]\nrows = [{ height = 9, style = "cell", cells = [{ field = "opinion_town" }] }]\n'
    form = parse_form(f"{_HEAD}[fields]\n{fields}{_LABEL}{table}", "small")
    assert kind_of_place(form) == place
    said = parse_form(f'{_HEAD.replace("workbook", chr(112) + "laces = " + chr(34) + "town" + chr(34) + chr(10) + "workbook", 1)}'
                      f"[fields]\n{fields}{_LABEL}{table}", "small")  # fmt: skip
    assert kind_of_place(said) == "town", "what it says itself goes before"


def test_every_way_of_placing_a_field_counts() -> None:
    assert placed_fields(parse_form(SMALL, "small")) == {
        "village", "depth", "leader", "area", "own", "note", "costs", "total", "opinion_village", "opinion_town",
    }  # fmt: skip
    within = SMALL.replace('role = "each", each = "costs"', 'within = "costs"').replace("{ field = \"leader\" }", '{ text = "" }')
    assert "costs" in placed_fields(parse_form(within, "small"))
    assert "leader" not in placed_fields(parse_form(within, "small"))
    signed = SMALL + '[[parts]]\ntype = "signature"\nstyle = "cell"\nlines = [{ text = "{leader}" }]\n'
    assert "leader" in placed_fields(parse_form(signed.replace('{ field = "leader" }', '{ text = "" }'), "small"))


# ---- mistakes that the loader tells, besides those of test_form_loader ----
MISTAKES = {
    "unknown field of a condition": ('rows = [\n  { height = 11, style = "cell", cells = [{ field = "leader" }',
                                     'rows = [\n  { when = "nobody", height = 11, style = "cell", cells = [{ field = "leader" }',
                                     "parts[2].rows[1].when", "nobody"),
    "a list as a text": ('text = "{village} {depth}"', 'text = "{costs}"', "parts[1].text", "是列表"),
    "no list for a row of one": ('role = "each", each = "costs"', 'role = "each"', "parts[2].rows[3].each", "必须写明"),
    "a list inside a heading": ('role = "each", each = "costs"', 'role = "heading", within = "costs"',
                                "parts[2].rows[3].within", "下级列表"),
    "a column kept off paper on paper": ('{ field = "name" }', '{ field = "origin" }', "parts[2].rows[3].cells[1].field",
                                         "printed = false"),
    "last rows together of no list": ('{ height = 11, style = "cell", cells = [{ text = "合计" }',
                                      '{ together = 3, height = 11, style = "cell", cells = [{ text = "合计" }',
                                      "parts[2].rows[4].together", "最后几条"),
    "a cell down out of the table": ('{ field = "opinion_village" }', '{ field = "opinion_village", rows = 2 }',
                                     "parts[2].rows", "表格以外"),
    "cells over what is taken": ('cells = [{ field = "leader" }, { field = "area" }]',
                                 'cells = [{ field = "leader" }, { field = "area", rows = 2 }]', "parts[2].rows[2].cells", "超出"),
    "unit out of a field that is not there": ('unit = "米"', 'unit_from = "measure"', "fields.depth.unit_from", "measure"),
    "levels out of a text": ('label = "费用"\ntype = "list"', 'label = "费用"\ntype = "list"\nlevels = "name"',
                             "fields.costs.levels", "一栏个数"),
    "a sum of a sum": ('own = { label = "自筹", type = "money" }', 'own = { label = "自筹", type = "money", sum_of = ["total"] }',
                       "fields.own.sum_of", "不能相加"),
    "an unprinted field outside a list": ('label = "自筹", type = "money"', 'label = "自筹", type = "money", printed = false',
                                          "fields.own.printed", "可以不印"),
    "choices out of a binding for a number": ('label = "自筹", type = "money"',
                                              'label = "自筹", type = "money", choices_from = "plan.source_names"',
                                              "fields.own.choices_from", "一行文字"),
    "the foot of a box names what it has not": ('{ field = "opinion_village" }',
                                                '{ field = "opinion_village", foot = ["{leader}"] }',
                                                "parts[2].rows[5].cells[1].foot", "leader"),
    "paper it does not know": ('orientation = "portrait"', 'orientation = "upright"', "paper.orientation", "upright"),
    "places nobody has": ('title = "小表"', 'title = "小表"\nplaces = "county"', "places", "county"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_place(mistake: str) -> None:
    old, new, key, rule = MISTAKES[mistake]
    assert SMALL.count(old) == 1
    with pytest.raises(BadDefinition) as caught:
        parse_form(SMALL.replace(old, new), "small")
    assert caught.value.key == key
    assert rule in caught.value.rule
