"""Lists on the paper: rows added, removed and moved, blocks pasted from a spreadsheet."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from fupin_desktop.ui.paper import listing

Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def names(owner):
    return [record.get("name") for record in owner.data["members"]]


def test_insert_adds_a_row_below_and_goes_there(owner):
    owner.view.focus_field("members[0].area")
    owner.key(Key.Key_Insert)
    assert names(owner) == ["林亚九", None, "陈土生"]
    assert owner.view.focused == "members[1].name"


def test_ctrl_minus_removes_the_row(owner):
    owner.view.focus_field("members[1].role")
    owner.key(Key.Key_Minus, CTRL)
    assert names(owner) == ["林亚九"]
    assert owner.view.focused == "members[0].role"


def test_alt_arrows_move_the_row(owner):
    owner.view.focus_field("members[0].name")
    owner.key(Key.Key_Down, ALT)
    assert names(owner) == ["陈土生", "林亚九"]
    assert owner.view.focused == "members[1].name"
    owner.key(Key.Key_Up, ALT)
    assert names(owner) == ["林亚九", "陈土生"]


def test_buttons_beside_the_row_do_what_they_can(owner):
    tools = owner.view.tools
    assert not tools.isVisible()
    owner.view.focus_field("members[0].name")
    assert tools.isVisible()
    assert tools.x() > owner.place("members[0].role").x()
    enabled = {act for act, button in tools.buttons.items() if button.isEnabled()}
    assert enabled == {"add", "remove", "down"}
    tools.buttons["remove"].click()
    assert names(owner) == ["陈土生"]
    assert {act for act, button in tools.buttons.items() if button.isEnabled()} == {"add", "remove"}
    owner.view.focus_field("leader")
    assert not tools.isVisible()


def test_no_buttons_where_nothing_may_be_typed(owner):
    owner.words["editable"] = False
    owner.show()
    owner.view.focus_field("members[0].name")
    assert not owner.view.tools.isVisible()
    assert owner.view.row_acts() == frozenset()


def test_typing_in_an_empty_row_adds_a_record(owner):
    owner.click("members[3].area")  # the second empty row; the record still comes right behind the others
    owner.type("4.5")
    owner.key(Key.Key_Return)
    assert owner.lists[-1][0] == "members"
    assert owner.data["members"][2] == {"area": Decimal("4.500")}
    assert owner.view.focused == "members[2].role"


def test_a_wrong_cell_of_an_empty_row_stays_there(owner):
    owner.click("members[2].area")
    owner.type("4x")
    owner.key(Key.Key_Return)
    assert owner.lists == []
    assert owner.view.refused["members[2].area"][0] == "4x"
    assert owner.view.text_at("members[2].area") == "4x"


def test_rows_can_be_added_beyond_those_for_the_pen(owner):
    for _ in range(4):
        owner.view.add_row("members")
    assert len(owner.data["members"]) == 6
    assert owner.view.focused == "members[5].name"


def test_a_block_from_excel_fills_and_adds_rows(owner):
    QGuiApplication.clipboard().setText("4.25\t组长\r\n1,234.5\t成员\r\n2\t成员\r\n")
    owner.view.focus_field("members[1].area")
    owner.key(Key.Key_V, CTRL)
    assert len(owner.lists) == 1
    areas = [record["area"] for record in owner.data["members"]]
    assert areas == [Decimal("12.500"), Decimal("4.250"), Decimal("1234.500"), Decimal("2.000")]
    assert [record["role"] for record in owner.data["members"]] == ["组长", "组长", "成员", "成员"]
    assert names(owner) == ["林亚九", "陈土生", None, None]


def test_what_a_block_has_wrong_is_kept_in_its_cells(owner):
    QGuiApplication.clipboard().setText("吴一\t三亩\t成员\n吴二\t3\t会计\n")
    owner.view.focus_field("members[2].name")
    owner.key(Key.Key_V, CTRL)
    assert names(owner) == ["林亚九", "陈土生", "吴一", "吴二"]
    assert {path: text for path, (text, _) in owner.view.refused.items()} == {
        "members[2].area": "三亩", "members[3].role": "会计",
    }
    assert owner.data["members"][3]["area"] == Decimal("3.000")


def test_refused_texts_go_with_their_rows(owner):
    QGuiApplication.clipboard().setText("吴一\t三亩\n吴二\t四亩\n")
    owner.view.focus_field("members[1].name")
    owner.key(Key.Key_V, CTRL)

    def refused():
        return {path: text for path, (text, _) in owner.view.refused.items()}

    assert refused() == {"members[1].area": "三亩", "members[2].area": "四亩"}
    owner.view.focus_field("members[0].name")
    owner.key(Key.Key_Insert)
    assert refused() == {"members[2].area": "三亩", "members[3].area": "四亩"}
    owner.view.focus_field("members[2].name")
    owner.key(Key.Key_Down, ALT)
    assert refused() == {"members[3].area": "三亩", "members[2].area": "四亩"}
    owner.view.focus_field("members[2].name")
    owner.key(Key.Key_Minus, CTRL)
    assert refused() == {"members[2].area": "三亩"}


def test_headings_of_a_block_are_left_out(owner):
    QGuiApplication.clipboard().setText("姓名\t面积\t职务\n吴一\t3\t成员\n")
    owner.view.focus_field("members[0].name")
    owner.key(Key.Key_V, CTRL)
    assert names(owner) == ["吴一", "陈土生"]


def test_empty_lines_of_a_block_add_nothing(owner):
    QGuiApplication.clipboard().setText("吴一\t3\n\t\n吴二\t4\n")
    owner.view.focus_field("members[2].name")
    owner.key(Key.Key_V, CTRL)
    assert names(owner) == ["林亚九", "陈土生", "吴一", "吴二"]


def test_a_whole_list_is_copied_with_its_headings(owner):
    owner.view.copy_list("members")
    assert QGuiApplication.clipboard().text().splitlines() == [
        "姓名\t面积\t职务", "林亚九\t12.500\t组长", "陈土生\t3.000\t成员",
    ]


def test_columns_that_are_locked_are_left_out_of_a_block(owner):
    owner.words["locked"] = frozenset({"members.area"})
    owner.show()
    QGuiApplication.clipboard().setText("吴一\t99\t组长\n")
    owner.view.focus_field("members[1].name")
    owner.key(Key.Key_V, CTRL)
    assert owner.data["members"][1] == {"name": "吴一", "area": Decimal("3.000"), "role": "组长"}


def test_the_menu_of_a_list(owner):
    owner.view.focus_field("members[0].name")
    menu = owner.view.cell_menu()
    words = [action.text() for action in menu.actions() if action.text()]
    assert "加一行 (Insert)" in words
    assert "上移 (Alt+↑)" not in words
    assert "“成员”末尾加一行" in words
    next(action for action in menu.actions() if action.text() == "删一行 (Ctrl+-)").trigger()
    assert names(owner) == ["陈土生"]


def test_the_menu_of_a_computed_cell(owner):
    owner.view.focus_field("total")
    menu = owner.view.cell_menu()
    words = [action.text() for action in menu.actions() if action.text()]
    assert words[:2] == ["复制 (Ctrl+C)", "查看数据来源…"]
    menu.actions()[1].trigger()
    assert owner.others == [("source_wanted", "total")]


def test_rows_move_only_inside_the_list():
    rows = [{"a": 1}, {"a": 2}]
    assert listing.moved(rows, 0, -1) == rows
    assert listing.moved(rows, 1, 1) == rows
    assert listing.moved(rows, 0, 1) == [{"a": 2}, {"a": 1}]
    assert rows == [{"a": 1}, {"a": 2}]
