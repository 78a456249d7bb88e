"""The paper editor keeps what it refuses and leaves alone what is locked."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.ui.paper_driving import commit

Key = Qt.Key
SHIFT, CTRL, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


# ---- refused texts ------------------------------------------------------------------------------------------------


def test_a_refused_text_stays_in_its_cell_until_it_is_mended(owner):
    commit(owner, "amount", "12x")
    assert owner.view.focused == "own_amount"
    assert owner.view.refused["amount"] == ("12x", "金额“12x”不是数字")
    assert owner.view.text_at("amount") == "12x"
    assert owner.data["amount"] == Decimal("150000.00")
    owner.show()  # the same document again: still there
    assert owner.view.text_at("amount") == "12x"
    owner.click("amount")
    assert owner.view.entry.text() == "12x"
    owner.key(Key.Key_Backspace)
    owner.type("12")
    owner.key(Key.Key_Return)
    assert owner.view.refused == {}
    assert owner.data["amount"] == Decimal("12.00")


def test_escape_gives_a_refused_text_up(owner):
    commit(owner, "amount", "12x")
    owner.view.focus_field("amount")
    owner.key(Key.Key_Escape)
    assert owner.view.refused == {}
    assert owner.view.text_at("amount") == "150,000.00"


def test_another_document_begins_without_them(owner):
    commit(owner, "amount", "12x")
    owner.show(key="b")
    assert owner.view.refused == {}
    assert owner.view.focused == ""


def test_a_fault_without_a_place_is_told_at_its_list(owner):
    owner.view.show_faults({"members": "至少写一个组长"})
    assert owner.view.refused["members[0].name"][1] == "至少写一个组长"
    assert owner.view.text_at("members[0].name") == "林亚九"


# ---- locked -------------------------------------------------------------------------------------------------------


def test_locked_cells_are_not_typed(owner):
    owner.click("village")
    assert owner.view.focused == "village"
    assert owner.view.entry is None
    owner.type("x")
    owner.key(Key.Key_F2)
    owner.key(Key.Key_Delete)
    assert owner.view.entry is None
    assert owner.typed == []


def test_double_click_asks_for_the_rows_behind(owner):
    owner.double_click("total")
    owner.double_click("village")
    owner.double_click("leader")
    assert owner.others == [("source_wanted", "total"), ("source_wanted", "village")]


def test_only_computed_cells_have_rows_behind_on_a_frozen_paper_too(owner):
    owner.words["editable"] = False
    owner.show()
    owner.double_click("leader")
    owner.double_click("total")
    assert owner.others == [("source_wanted", "total")]


def test_hiding_the_paper_writes(owner):
    owner.click("phone")
    owner.type("13822541234")
    owner.view.hide()
    assert owner.data["phone"] == "13822541234"


def test_what_the_owner_locks_is_locked(owner):
    owner.words["locked"] = frozenset({"leader", "members.area"})
    owner.show()
    for path in ("leader", "members[0].area"):
        owner.click(path)
        assert owner.view.entry is None
    owner.click("members[0].name")
    assert owner.view.entry is not None


def test_a_sign_off_box_is_asked_for(owner):
    owner.click("opinion_village")
    assert owner.others == [("opinion_wanted", "opinion_village")]
    owner.key(Key.Key_Return)
    assert len(owner.others) == 2
    assert owner.view.entry is None


def test_a_frozen_paper_is_not_typed(owner):
    owner.words["editable"] = False
    owner.show()
    owner.click("leader")
    owner.type("x")
    owner.key(Key.Key_Delete)
    owner.key(Key.Key_V, CTRL)
    assert owner.view.entry is None
    assert owner.typed == []
    assert not owner.view.go(1)


def test_the_open_entry_follows_the_paper(owner):
    owner.click("own_amount")
    owner.type("1")
    before = owner.view.entry.pos()
    owner.data = {**owner.data, "leader": "很长的名字" * 12}
    owner.show()
    assert owner.view.entry.text() == "1"
    assert owner.view.entry.y() > before.y()
    owner.view.set_zoom(2.0)
    assert owner.view.entry.geometry().contains(owner.place("own_amount"))


def test_an_entry_closes_where_nothing_may_be_typed_any_more(owner):
    owner.click("leader")
    owner.words["editable"] = False
    owner.show()
    assert owner.view.entry is None


def test_clicks_beside_cells_write_and_leave(owner):
    owner.click("phone")
    owner.type("13822541234")
    QTest.mouseClick(owner.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert owner.data["phone"] == "13822541234"
    assert owner.view.focused == ""
