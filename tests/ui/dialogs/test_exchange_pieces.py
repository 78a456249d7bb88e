"""导出到U盘: the tree of what can be handed out, where it goes; what travels with a package."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from fupin_desktop.services.exchange.earlier import Earlier
from fupin_desktop.services.exchange.model import Drive, Item
from fupin_desktop.ui.exchange import drives
from fupin_desktop.ui.exchange.choosing import ChoosingTree
from fupin_desktop.ui.exchange.package import TRAVELS, take_over, travelling
from fupin_desktop.ui.exchange.places import FOLDER, PlaceBox
from fupin_desktop.ui.exchange.successor import SuccessorDialog
from fupin_desktop.ui.preferences import Preferences
from tests.ui.cases import cases_of
from tests.ui.scheme_typing import type_text

CHECKED, PARTLY, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.PartiallyChecked, Qt.CheckState.Unchecked


def item(key, group="公示", title="低岭村水稻奖补公示", on=None, **other):
    return Item(key, group, title, lambda *_words: (), on, **other)


@pytest.fixture
def tree(app, qtbot):
    made = ChoosingTree(2026)
    qtbot.addWidget(made)
    made.told = []
    made.changed.connect(lambda: made.told.append(len(made.chosen())))
    made.show()
    return made


def groups(tree):
    return [tree.tree.topLevelItem(place) for place in range(tree.tree.topLevelItemCount())]


def tick(row, state=CHECKED):
    """As a click on its box does."""
    row.setCheckState(0, state)


@pytest.mark.parametrize("case", cases_of("period_of_tree"))
def test_search_and_period_leave_out_what_is_not_wanted(tree, case):
    tree.fill([item("1", on=case.get("on"))])
    tree.search.setText(case.get("search", ""))
    tree.of_period.setChecked("since" in case)
    for field, name in ((tree.since, "since"), (tree.until, "until")):
        type_text(field, case.get(name, ""))
    (group,) = groups(tree)
    assert (not group.child(0).isHidden(), not group.isHidden()) == (case["listed"], case["listed"])
    assert group.text(1) == ("1 项" if case["listed"] else "0 项")


def test_a_group_ticks_what_is_listed_of_it_and_shows_whether_some_or_all_are(tree):
    tree.fill([item("1"), item("2", title="那罗村桑蚕奖补公示"), item("3", "台账", "农户台账")], frozenset({"3"}))
    notices, registers = groups(tree)
    assert (notices.checkState(0), registers.checkState(0)) == (UNCHECKED, CHECKED)
    tree.search.setText("那罗")
    tick(notices)
    assert [one.key for one in tree.chosen()] == ["2", "3"]
    assert notices.checkState(0) == PARTLY
    tree.search.setText("")
    tick(notices.child(0))
    assert notices.checkState(0) == CHECKED
    tick(notices, UNCHECKED)
    assert [one.key for one in tree.chosen()] == ["3"]
    assert tree.told[-1] == 1


def test_what_is_ticked_stays_ticked_while_it_is_not_listed(tree):
    tree.fill([item("1"), item("2", title="那罗村桑蚕奖补公示")])
    tree.tick_listed()
    tree.search.setText("那罗")
    assert [one.key for one in tree.chosen()] == ["1", "2"]
    tree.search.setText("没有这样的")
    tree.untick()
    assert tree.chosen() == []
    tree.tick_listed()
    assert tree.chosen() == []


def test_everything_listed_is_ticked_with_one_click(tree):
    tree.fill([item("1"), item("2", title="那罗村桑蚕奖补公示")])
    tree.search.setText("水稻")
    tree.tick_listed()
    assert [one.key for one in tree.chosen()] == ["1"]


def test_a_doubt_is_seen_at_its_state(tree):
    tree.fill([item("1", note="草稿", doubt="还是草稿，对方会退回", on=date(2026, 3, 1)), item("2")])
    doubtful, plain = groups(tree)[0].child(0), groups(tree)[0].child(1)
    assert (doubtful.text(1), doubtful.text(2), doubtful.toolTip(0)) == ("草稿", "2026-03-01", "还是草稿，对方会退回")
    assert doubtful.foreground(1) != plain.foreground(1)
    assert (plain.text(2), plain.toolTip(0)) == ("", "低岭村水稻奖补公示")


def test_large_groups_are_closed_until_something_in_them_is_ticked_or_sought(tree):
    many = [item(f"{place}", title=f"第{place}份") for place in range(13)]
    tree.fill(many)
    (group,) = groups(tree)
    assert not group.isExpanded()
    tree.search.setText("第7份")
    assert group.isExpanded()
    tree.search.setText("")
    tree.fill(many, frozenset({"7"}))
    assert groups(tree)[0].isExpanded()
    tree.fill(many[:12])
    assert groups(tree)[0].isExpanded()


def test_what_went_before_is_told_and_what_is_new_or_changed_is_ticked_at_once(tree):
    def went(number, *, changed=False):
        return Earlier(number, date(2026, 5, number), "吴川市扶贫办", received=False, changed=changed)

    tree.fill([item("1"), item("2"), item("3")], frozenset({"1"}), {"1": went(1), "2": went(2, changed=True)})
    (group,) = groups(tree)
    same, changed, new = (group.child(place) for place in range(3))
    assert [row.text(3) for row in (same, changed, new)] == ["2026-05-01", "2026-05-02 有改动", ""]
    assert "交给吴川市扶贫办（交接 2 号，还没有回执）；交出以后有改动" in changed.toolTip(3)
    assert changed.foreground(3) != same.foreground(3)
    assert tree.unchanged == 1
    tree.tick_new()
    assert [one.key for one in tree.chosen()] == ["2", "3"]
    assert tree.unchanged == 0


# ---- where to ----
STICKS = [Drive(Path("/media/a"), "KINGSTON", 8 << 30), Drive(Path("/media/b"), "县办", 4 << 30)]


@pytest.fixture
def box(desk, qtbot):
    found = list(STICKS)
    made = PlaceBox(desk, lambda: found)
    made.found = found
    qtbot.addWidget(made)
    made.look()
    qtbot.waitUntil(lambda: made.list.count() > 0)
    return made


def pick(box, place):
    """As the clerk picks an entry of the list."""
    box.list.setCurrentIndex(place)
    box.list.activated.emit(place)


def test_the_first_stick_is_in_front_and_given_up_the_chosen_one_stays(box, desk):
    assert box.drive == STICKS[0]
    pick(box, 1)
    desk.ask.answers.append(None)
    pick(box, 2)
    assert box.drive == STICKS[1]
    assert desk.ask.asked == [("folder", "写到哪个文件夹")]


def test_a_folder_that_was_chosen_is_still_there_after_another_look(box, desk, tmp_path, qtbot):
    desk.ask.answers.append(tmp_path)
    pick(box, 2)
    assert (box.drive.root, box.drive.name) == (tmp_path, "")
    box.found.clear()
    with qtbot.waitSignal(box.changed):
        box.again.click()
    assert box.drive.root == tmp_path
    assert [box.list.itemText(place) for place in range(box.list.count())][1:] == [FOLDER]


def test_without_any_stick_it_is_said_what_to_do(desk, qtbot):
    box = PlaceBox(desk, lambda: ())
    qtbot.addWidget(box)
    with qtbot.waitSignal(box.changed):
        box.look()
    assert box.drive is None
    assert box.list.currentText() == "没有找到U盘：请插上U盘后点“刷新”，或选别的文件夹"


def test_a_folder_that_was_written_to_is_offered_the_next_time_behind_the_sticks(desk, tmp_path, qtbot, monkeypatch):
    monkeypatch.setattr(desk.preferences, "handed_to", str(tmp_path))

    def opened(*sticks):
        made = PlaceBox(desk, lambda: sticks)
        qtbot.addWidget(made)
        with qtbot.waitSignal(made.changed):
            made.look()
        return made

    assert opened().drive.root == tmp_path
    both = opened(*STICKS)
    assert (both.drive, both.list.count()) == (STICKS[0], 4)
    pick(both, 1)
    both.remember()
    assert opened(*STICKS).drive == STICKS[1]
    assert opened(STICKS[0]).drive == STICKS[0]
    assert opened().drive is None


def test_a_folder_is_told_with_the_room_of_its_disk(tmp_path):
    found = drives.drive_of(tmp_path)
    assert (found.root, found.name, found.read_only) == (tmp_path, "", False)
    assert found.free > 0


# ---- what travels ----
def test_choices_of_the_screen_travel_and_what_belongs_to_a_pc_does_not():
    chosen = Preferences("/office", "large", True, "/last", "geometry", '{"a": 1}', True, 30, "recent", "sizes")
    brought = travelling(chosen)
    assert set(brought) == set(TRAVELS)
    there = Preferences("/here", geometry="mine")
    take_over(there, brought)
    assert travelling(there) == brought
    assert (there.data_folder, there.geometry, there.last_folder, there.recent) == ("/here", "mine", "", "")


@pytest.mark.parametrize("brought", [
    {"contrast": 1}, {"lock_after": True}, {"lock_after": "5"}, {"text_size": None}, {"fine_print": "yes"}, [], "x", None,
])  # fmt: skip
def test_a_choice_of_another_kind_is_left_out(brought):
    there = Preferences()
    take_over(there, brought)
    assert there == Preferences()


# ---- 新经办人 ----
def test_the_new_clerk_must_be_named_and_another_one(desk, qtbot):
    dialog = SuccessorDialog(desk)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: bool(dialog.count.text()))
    before = desk.bench.revision
    for name, told, ready in (
        ("", "请填写新经办人。", False), ("  ", "请填写新经办人。", False), (" 李文静 ", "现在的经办人就是李文静。", False),
        ("𡶶小芳", "先打印清单，点清签字，再接手。", True),
    ):  # fmt: skip
        dialog.successor.setText(name)
        assert (dialog.told.text(), dialog.go.isEnabled(), dialog.print.isEnabled()) == (told, ready, ready)
    desk.ask.answers.append(False)
    dialog.go.click()
    assert desk.ask.asked == [("question", "清单双方都点清签字了？以后的文件和修改记录都写𡶶小芳。")]
    assert (desk.bench.revision, desk.bench.clerk) == (before, "李文静")
