"""The life of a list on the paper: whatever is typed, pasted, moved and removed, every text stays with its row."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from fupin_desktop.ui.paper import row_tools
from fupin_desktop.ui.paper.refusals import Refusals
from tests.ui.paper_driving import Owner, small_form

Key, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
COLUMNS = ("name", "area", "role")
GOOD = {
    "name": {"吴一": "吴一", "𡶶亚九": "𡶶亚九", "": None},
    "area": {"4": Decimal("4.000"), "１２.5": Decimal("12.500"), "1,234.5": Decimal("1234.500"), "": None},
    "role": {"组长": "组长", "成员": "成员", "": None},
}
"""What may be typed in each column, and the value it becomes."""
BAD = {"area": ("三斤", "-1", "12..5"), "role": ("会计", "组 长官")}
PRINTED = 4
"""Rows that the form prints at least."""
FORM = small_form(Path(mkdtemp()))


def typed(column, *, bad=True):
    texts = (*GOOD[column], *(BAD.get(column, ()) if bad else ()))
    return st.sampled_from(texts)


@settings(max_examples=25, derandomize=True, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck))
class ListLife(RuleBasedStateMachine):
    """A list beside a plain one of our own: rows as dictionaries, refused texts by row and column."""

    def __init__(self):
        super().__init__()
        self.owner = Owner(FORM)
        self.owner.window.show()
        self.rows = [dict(record) for record in self.owner.data["members"]]
        self.refused = {}

    def teardown(self):
        self.owner.window.close()
        self.owner.window.deleteLater()

    @initialize()
    def shown(self):
        assert self.owner.view.columns_of("members")

    def _at(self, draw):
        """A row of the paper: one that is there, or one of those printed empty behind them."""
        return draw % max(len(self.rows), PRINTED)

    def _put(self, at, column, text):
        """What the list is to be when a text was typed in a cell."""
        if text in GOOD[column]:
            self.refused.pop((at, column), None)
            value = GOOD[column][text]
            if at < len(self.rows):
                self.rows[at][column] = value
            elif value is not None:
                self.rows.append({column: value})
        else:
            self.refused[at, column] = text

    @rule(at=st.integers(0, 9), column=st.sampled_from(COLUMNS), data=st.data())
    def type(self, at, column, data):
        at, text = self._at(at), data.draw(typed(column))
        assert self.owner.view.focus_field(f"members[{at}].{column}")
        self.owner.view.write(f"members[{at}].{column}", text)
        at = min(at, len(self.rows))
        self._put(at, column, text)
        if GOOD[column].get(text) is not None:
            assert self.owner.view.focused == f"members[{at}].{column}"

    @rule(at=st.integers(0, 9), column=st.sampled_from(COLUMNS))
    def clear(self, at, column):
        at = self._at(at)
        assert self.owner.view.focus_field(f"members[{at}].{column}")
        self.owner.key(Key.Key_Delete)
        if at < len(self.rows) or (at, column) in self.refused:
            self._put(min(at, len(self.rows)), column, "")

    @rule(at=st.integers(0, 9), act=st.sampled_from(tuple(row_tools.WORDS)))
    def act(self, at, act):
        at = self._at(at)
        assert self.owner.view.focus_field(f"members[{at}].area")
        self.owner.view.row_act(act)
        if at >= len(self.rows):
            return  # an empty row is none
        if act == row_tools.ADD:
            self.rows.insert(at + 1, {})
            self._renumber(lambda row: row + (row > at))
        elif act == row_tools.REMOVE:
            del self.rows[at]
            self._renumber(lambda row: None if row == at else row - (row > at))
        else:
            other = at - 1 if act == row_tools.UP else at + 1
            if 0 <= other < len(self.rows):
                self.rows[at], self.rows[other] = self.rows[other], self.rows[at]
                self._renumber(lambda row: {at: other, other: at}.get(row, row))

    def _renumber(self, goes_to):
        self.refused = {(new, column): text for (row, column), text in self.refused.items()
                        if (new := goes_to(row)) is not None}  # fmt: skip

    @rule(at=st.integers(0, 9), first=st.integers(0, 2), data=st.data())
    def paste(self, at, first, data):
        at, columns = self._at(at), COLUMNS[first:]
        block = data.draw(st.lists(st.tuples(*(typed(column) for column in columns)), min_size=2, max_size=3))
        if columns == ("role",):
            block[-1] = ("成员",)  # empty lines at the end of a text are no cells
        QGuiApplication.clipboard().setText("".join("\t".join(line) + "\r\n" for line in block))
        assert self.owner.view.focus_field(f"members[{at}].{columns[0]}")
        self.owner.view.paste()
        at = min(at, len(self.rows))
        for line in block:
            if at == len(self.rows):
                if not any(line):
                    continue
                self.rows.append({})
            for column, text in zip(columns, line, strict=True):
                self._put(at, column, text)
            at += 1

    @invariant()
    def every_text_is_in_its_row(self):
        found = self.owner.data["members"]
        assert [[row.get(name) for name in COLUMNS] for row in found] == [
            [row.get(name) for name in COLUMNS] for row in self.rows
        ]
        kept = {path: text for path, (text, _sentence) in self.owner.view.refused.items()}
        assert kept == {f"members[{row}].{column}": text for (row, column), text in self.refused.items()}

    @invariant()
    def the_focus_is_on_the_paper(self):
        focus = self.owner.view.focused
        assert not focus or self.owner.view._desk.find(focus) is not None


@pytest.mark.usefixtures("app")
class TestListLife(ListLife.TestCase):
    """Runs it where an application is."""


def test_what_a_block_mends_is_no_longer_refused(owner):
    for text in ("三斤", "四斤"):
        owner.view.focus_field("members[0].area")
        owner.view.write(f"members[{int(text == '四斤')}].area", text)
    assert set(owner.view.refused) == {"members[0].area", "members[1].area"}
    QGuiApplication.clipboard().setText("吴一\t3\n吴二\t五斤\n")
    owner.view.focus_field("members[0].name")
    owner.key(Key.Key_V, CTRL)
    assert {path: text for path, (text, _) in owner.view.refused.items()} == {"members[1].area": "五斤"}
    assert owner.view.text_at("members[0].area") == "3.000"


def test_rows_renumbered_elsewhere_leave_other_lists_and_fields_alone():
    kept = Refusals()
    for path in ("leader", "members[0].area", "members[2].area", "others[2].area", "members"):
        kept.send(path, path)
        kept.refuse({path: "不对"})
    kept.renumber("members", lambda row: None if row == 0 else row - 1)
    assert set(kept.all()) == {"leader", "members[1].area", "others[2].area", "members"}
    assert kept.all()["members[1].area"] == ("members[2].area", "不对")
    assert kept.drop("leader")
    assert not kept.drop("leader")
    kept.clear()
    assert kept.all() == {}
