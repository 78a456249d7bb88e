"""Keys of fields that lists of money need: columns kept off paper, choices out of bindings, sums of a list's column."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from fupin_desktop.documents.definition.fitness import misfits
from fupin_desktop.documents.definition.form import FormDefinition
from fupin_desktop.documents.definition.loader import load_form, parse_form
from fupin_desktop.documents.drawing.workbook import workbook_bytes
from fupin_desktop.documents.filling.data import coerce, template, to_plain
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.documents.workbook_forms import toml_text
from fupin_desktop.errors import BadDefinition
from tests.documents.papers import ENTRY_PAGE, MADE, definition

SMALL = ENTRY_PAGE + """\
[fields]
own = { label = "自筹", type = "money" }
total = { label = "总额", type = "money", sum_of = ["own", "costs.cost"] }
[fields.costs]
label = "支出"
type = "list"
[fields.costs.fields]
source = { label = "来源", type = "text", choices = ["自筹"], choices_from = "plan.source_names" }
cost = { label = "金额", type = "money" }
origin = { label = "取自", type = "text", printed = false }
[[parts]]
type = "table"
columns = [85, 85]
[[parts.rows]]
height = 10
style = "cell"
cells = [{ field = "own" }, { field = "total" }]
[[parts.rows]]
role = "each"
each = "costs"
height = 10
min_rows = 3
style = "cell"
cells = [{ field = "source" }, { field = "cost" }]
"""
COSTS = [{"source": "帮扶资金", "cost": "12.50", "origin": "甲"}, {"source": "捐款", "cost": "7.25"}, {"source": "捐款"}]

MISTAKES = {
    "a field of the form not printed": ('label = "自筹", type = "money"', 'label = "自筹", type = "money", printed = false', "own.printed"),
    "needed but not printed": ("printed = false", "printed = false, required = true", "origin.printed"),
    "not printed but placed": ('{ field = "cost" }', '{ field = "origin" }', "field"),
    "not printed but in a text": ('{ field = "cost" }', '{ text = "{cost} {origin}" }', "text"),
    "choices of a number": ('"金额", type = "money"', '"金额", type = "money", choices_from = "plan.names"', "cost.choices_from"),
    "choices from no name": ("plan.source_names", "资金台账", "source.choices_from"),
    "sum of no list": ('"costs.cost"', '"losses.cost"', "total.sum_of"),
    "sum of no column": ('"costs.cost"', '"costs.price"', "total.sum_of"),
    "sum of texts": ('"costs.cost"', '"costs.source"', "total.sum_of"),
    "sum of a list": ('"costs.cost"', '"costs"', "total.sum_of"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_place(mistake: str, tmp_path: Path) -> None:
    old, new, key = MISTAKES[mistake]
    assert SMALL.count(old) == 1
    with pytest.raises(BadDefinition) as caught:
        definition(tmp_path, SMALL.replace(old, new))
    assert caught.value.key.endswith(key)
    assert caught.value.rule


def small(folder: Path) -> FormDefinition:
    return definition(folder, SMALL)


def test_a_list_s_column_is_added_to_the_fields_beside_it(tmp_path: Path) -> None:
    form = small(tmp_path)
    data, faults = coerce(form, {"own": "100", "costs": COSTS})
    assert (data["total"], faults) == (Decimal("119.75"), [])
    assert coerce(form, {"costs": COSTS})[0]["total"] == Decimal("19.75")
    assert coerce(form, {"costs": [{"source": "捐款"}]})[0]["total"] is None
    assert coerce(form, {"own": "1"})[0]["total"] == Decimal("1.00")
    assert [fault.path for fault in coerce(form, {"own": "1", "total": "2"})[1]] == ["total"]


def test_the_workbook_adds_the_column_as_one_range_with_its_empty_rows(tmp_path: Path) -> None:
    form = small(tmp_path)
    data, _ = coerce(form, {"own": "100", "costs": COSTS[:2]})
    page = load_workbook(BytesIO(workbook_bytes(fill(form, data, MADE)))).active
    assert page is not None
    assert [cell.value for row in page.iter_rows() for cell in row if cell.data_type == "f"] == ["=SUM(A1,B2:B4)"]


def test_a_column_that_is_not_printed_stays_in_the_data_only(tmp_path: Path) -> None:
    form = small(tmp_path)
    data, faults = coerce(form, {"costs": COSTS})
    assert faults == []
    assert to_plain(form, data)["costs"][0]["origin"] == "甲"
    filled = fill(form, data, MADE)
    assert "甲" not in [run.text for page in filled.pages for run in page.texts]
    assert "origin" not in {area.column for page in filled.pages for area in page.areas}
    assert "origin" in template(form)["costs"][0]


def test_choices_are_offered_out_of_a_binding(tmp_path: Path) -> None:
    form = small(tmp_path)
    assert form.choices_from == {"plan.source_names"}
    offered = form.offering({"plan.source_names": ["帮扶资金", "捐款", "帮扶资金", ""]})
    field = offered.field_at("costs[0].source")
    assert field is not None
    assert field.choices == ("自筹", "帮扶资金", "捐款")
    assert coerce(offered, {"costs": [{"source": "别的来源"}]})[1] == [], "another text may be typed"
    assert form.fields["costs"].fields["source"].choices == ("自筹",)
    assert form.offering({}).fields["costs"].fields["source"].choices == ("自筹",)
    plain = load_form("performance_target")
    assert plain.offering({"plan.source_names": ["捐款"]}) is plain


def test_the_keys_are_written_into_a_form_file() -> None:
    base = load_form("town_fund_plan")
    text = "\n".join(toml_text.field_lines(base.fields))
    head = 'id = "town_fund_plan"\ntitle = "表"\nentry = true\n[paper]\nsize = "A4"\norientation = "portrait"\n'
    head += "top = 20\nright = 20\nbottom = 20\nleft = 20\n[styles.cell]\n"
    part = '\n[[parts]]\ntype = "text"\ntext = "表"\nstyle = "cell"\n'
    assert parse_form(head + text + part, "town_fund_plan").fields == base.fields


def test_an_own_form_keeps_the_columns_that_are_not_printed(tmp_path: Path) -> None:
    form = small(tmp_path)
    line = 'origin = { label = "取自", type = "text", printed = false }\n'
    own = definition(tmp_path, SMALL.replace(line, ""))
    assert [found.key for found in misfits(own, form)] == ["fields.costs.fields.origin"]
    assert not list(misfits(form, form))
