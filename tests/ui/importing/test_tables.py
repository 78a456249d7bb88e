"""Tables of the import wizard: cells as in the file, faults in their places, one after the other."""

import pytest
from PySide6.QtCore import Qt

from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.ui import theme
from fupin_desktop.ui.importing.models import (
    FindingsModel,
    HeadModel,
    ListModel,
    SheetModel,
    cell_text,
    data_rows,
    doubtful_rows,
)
from fupin_desktop.ui.importing.preview_page import _few, views
from fupin_desktop.ui.importing.steps import STEPS, StepLine
from tests.services.imports.making import HEAD, book, household
from tests.ui.cases import cases_of

ROLE = Qt.ItemDataRole


@pytest.mark.parametrize("case", cases_of("sheet_cells"))
def test_a_cell_is_shown_as_in_the_file(case):
    assert cell_text(case["cell"]) == case["text"]


@pytest.fixture(scope="module")
def preview(module_shell, tmp_path_factory):
    """A list with a title above its heading: a good household, one with a fault, one with a doubt, one with both."""
    rows = [
        household(0), household(1, accepted="三亩"), household(2, accepted=3.55555),
        household(3, accepted=1.23456, kind="加入"),
    ]
    path = book(tmp_path_factory.mktemp("lists") / "名册.xlsx", [("塘㙍镇登记表",), HEAD, *rows])
    return prepare(module_shell.bench, path)


def at(preview, heading):
    return preview.mapping.headings.index(heading)


def test_the_first_rows_show_title_heading_and_data_apart(app, preview, qtmodeltester):
    heading = range(preview.mapping.heading_row, preview.mapping.first_row)
    model = HeadModel(preview.raw, 4, heading)
    qtmodeltester.check(model)
    assert (model.rowCount(), model.columnCount()) == (4, len(HEAD))
    assert model.headerData(0, Qt.Orientation.Horizontal) == "A"
    assert model.headerData(2, Qt.Orientation.Vertical) == "3"
    assert model.headerData(0, Qt.Orientation.Horizontal, ROLE.ToolTipRole) is None
    grounds = [model.index(row, 0).data(ROLE.BackgroundRole) for row in range(3)]
    assert grounds == [None, theme.colour("accent_soft"), None]
    inks = [model.index(row, 0).data(ROLE.ForegroundRole) for row in range(3)]
    assert inks == [theme.colour("muted"), None, None]


def test_rows_that_are_left_out_keep_their_numbers(app, preview):
    model = SheetModel(preview.raw, [2, 4], len(HEAD))
    assert [model.headerData(place, Qt.Orientation.Vertical) for place in range(2)] == ["3", "5"]
    assert [model.sheet_row(place) for place in range(2)] == [2, 4]
    assert [model.place_of(row) for row in (2, 3, 4)] == [0, None, 1]
    name = at(preview, "户主姓名")
    assert model.index(1, name).data() == cell_text(preview.raw.cell(4, name))


def test_faults_are_red_doubts_amber_and_both_say_what_to_do(app, preview):
    rows, column = data_rows(preview), at(preview, "验收数量")
    model = FindingsModel(preview, rows)
    assert rows == [2, 3, 4, 5]
    wrong = model.index(1, column)
    assert wrong.data(ROLE.BackgroundRole) == theme.colour("must_soft")
    assert wrong.data(ROLE.ToolTipRole).endswith("。")
    assert model.index(0, column).data(ROLE.BackgroundRole) is None
    assert model.index(0, column).data(ROLE.ToolTipRole) is None
    assert (doubtful_rows(preview), preview.bad_rows) == ([4], {3, 5})
    grounds = [model.index(row, column).data(ROLE.BackgroundRole) for row in (2, 3)]
    assert grounds == [theme.colour("principle_soft")] * 2
    assert model.index(3, at(preview, "参与情况")).data(ROLE.BackgroundRole) == theme.colour("must_soft")


def test_one_goes_from_fault_to_fault_and_round_again(app, preview):
    model, seen = FindingsModel(preview, data_rows(preview)), []
    at_row, at_column = -1, -1
    places = {(one.row, max(one.column, 0)) for one in preview.findings}
    for _ in range(len(places) + 1):
        place, at_column = model.next_fault(at_row, at_column)
        at_row = model.sheet_row(place)
        seen.append((at_row, at_column))
    assert seen[:-1] == sorted(places)
    assert seen[-1] == seen[0]


def test_among_some_rows_only_their_faults_are_gone_to(app, preview):
    last = max(preview.bad_rows)
    model = FindingsModel(preview, [last])
    assert model.next_fault(-1, -1)[0] == 0
    assert FindingsModel(preview, [2]).next_fault(-1, -1) is None


def test_only_columns_that_are_read_are_mended_and_only_by_another_text(app, preview):
    mended = []
    model = FindingsModel(preview, data_rows(preview))
    model.mended.connect(mended.append)
    column = at(preview, "验收数量")
    assert model.flags(model.index(1, column)) & Qt.ItemFlag.ItemIsEditable
    assert not model.flags(model.index(-1, -1)) & Qt.ItemFlag.ItemIsEditable
    assert not model.setData(model.index(1, column), "三亩")
    assert not model.setData(model.index(1, column), "3", ROLE.DisplayRole)
    assert model.setData(model.index(1, column), "3")
    model.put_block({(0, 0): "新", (2, 0): "旧"})
    assert mended == [{(3, column): "3"}, {(2, 0): "新", (4, 0): "旧"}]


def test_a_column_without_a_heading_is_named_by_its_letter_and_one_left_out_is_grey(app, module_shell, tmp_path):
    head = [*HEAD, None, "放哪儿"]
    path = book(tmp_path / "怪.xlsx", [head, *([*household(place), "x", f"{place}号仓"] for place in range(2))])
    found = prepare(module_shell.bench, path)
    model = FindingsModel(found, data_rows(found))
    assert [model.headerData(place, Qt.Orientation.Horizontal) for place in (1, len(HEAD), len(HEAD) + 1)] == [
        "户主姓名", "J", "放哪儿",
    ]
    assert model.index(0, len(HEAD)).data(ROLE.ForegroundRole) == theme.colour("muted")
    assert model.index(0, 1).data(ROLE.ForegroundRole) is None
    assert not model.flags(model.index(0, len(HEAD) + 1)) & Qt.ItemFlag.ItemIsEditable


def test_the_ways_of_looking_count_what_they_show(app, preview):
    shown = {view.word: (view.count, view.make().rowCount()) for view in views(preview)}
    assert shown["全部行"] == (4, 4)
    assert shown["有错的行"] == (2, 2)
    assert shown["有提醒的行"] == (1, 1)
    assert all(count for count, _rows in shown.values())


def test_a_plain_list_numbers_its_lines_and_never_reads_html(app, qtmodeltester):
    model = ListModel(("村", "户"), [("低岭村", "<b>3</b>"), ("那罗村", "5")])
    qtmodeltester.check(model)
    assert (model.rowCount(model.index(0, 0)), model.columnCount(model.index(0, 0))) == (0, 0)
    assert [model.headerData(0, way) for way in (Qt.Orientation.Horizontal, Qt.Orientation.Vertical)] == ["村", "1"]
    cell = model.index(0, 1)
    assert cell.data() == "<b>3</b>" != cell.data(ROLE.ToolTipRole)
    assert cell.data(ROLE.EditRole) is None


@pytest.mark.parametrize(("count", "told"), [
    (1, "列1"), (8, "列1、列2、列3、列4、列5、列6、列7、列8"), (9, "列1、列2、列3、列4、列5、列6、列7、列8等 9 列"),
    (120, "列1、列2、列3、列4、列5、列6、列7、列8等 120 列"),
])  # fmt: skip
def test_of_many_columns_some_are_named(count, told):
    assert _few([f"列{place}" for place in range(1, count + 1)]) == told


def test_the_steps_are_read_aloud_and_the_present_one_is_marked(app, qtbot):
    line = StepLine()
    qtbot.addWidget(line)
    line.resize(800, line.sizeHint().height())
    for step, word in enumerate(STEPS):
        line.show_step(step)
        assert line.accessibleName() == f"第 {step + 1} 步，共 5 步：{word}"
        seen = line.grab().toImage()
        middle = line.height() // 2

        def edge(place, seen=seen, middle=middle):
            return seen.pixelColor(round(place * 160) + 3, middle)

        assert edge(step) == theme.colour("accent")
        if step:
            assert edge(step - 1) == theme.colour("accent_soft")
        if step + 1 < len(STEPS):
            assert edge(step + 1) == theme.colour("groove")
