"""An office without a village begins: by the first page, in 村资料, and on the way of a record."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QScrollArea

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services import history, registers, villages
from fupin_desktop.services.registers import HOUSEHOLDS, Query, registry
from fupin_desktop.ui.dialogs.record import RecordDialog
from fupin_desktop.ui.dialogs.village import VillageDialog
from fupin_desktop.ui.dialogs.villages import VillagesDialog
from fupin_desktop.ui.tab_order import reading_order


def named(name):
    def fill(dialog):
        assert isinstance(dialog, VillageDialog)
        dialog.fields["name"].setText(name)
        dialog.save_button.click()

    return fill


def first_step(window):
    return [one for one in window.tab("home").findChildren(QPushButton) if one.text() == "登记村"]


def shown(dialog):
    return [dialog.table.item(place, 0).text() for place in range(dialog.table.rowCount())]


def test_a_new_office_registers_its_villages_from_the_first_page(window, bench, answers):
    for one in villages.all(bench):
        villages.remove(bench, one.key)
    window.shell.tasks.wait()
    (begin,) = first_step(window)

    def work(dialog):
        assert isinstance(dialog, VillagesDialog)
        assert not dialog.change.isEnabled()
        assert dialog.focusWidget() is dialog.add
        for name in ("石灰村", "古楼村"):
            dialog.add.click()
            assert dialog.table.item(dialog.table.currentRow(), 0).text() == name
        assert shown(dialog) == ["石灰村", "古楼村"]
        dialog.change.click()
        assert shown(dialog) == ["石灰村", "古楼岗村"]
        dialog.drop.click()
        assert shown(dialog) == ["石灰村"]

    answers.dialogs = [work, named("石灰村"), named("古楼村"), named("古楼岗村")]
    answers.answers = [True]
    begin.click()
    assert [one.name for one in villages.all(bench)] == ["石灰村"]
    window.show_tab("home")
    window.shell.tasks.wait()
    assert first_step(window) == []
    history.undo(bench)
    assert [one.name for one in villages.all(bench)] == ["石灰村", "古楼岗村"]


def test_a_village_with_households_is_not_removed(shell, answers):
    dialog = VillagesDialog(shell)
    before = shown(dialog)
    answers.answers = [True]
    dialog.drop.click()
    assert "还有" in answers.told[0].happened
    assert shown(dialog) == before


def test_a_village_is_registered_on_the_way_of_a_household(window, bench, answers):
    tab = window.show_tab("households")
    window.shell.tasks.wait()
    tab.take_keyboard()
    assert window.focusWidget() is tab.tools.add_button  # no rows yet
    dialog = RecordDialog(window.shell, HOUSEHOLDS, "", window)
    answers.dialogs = [named("石灰村")]
    dialog.show()
    order = reading_order(dialog)
    assert order[order.index(dialog.fields["village"]) + 1] is dialog.new_village
    dialog.new_village.click()
    dialog.put("head_name", "邓水养")
    dialog.save_button.click()
    assert dialog.added
    (row,) = registers.rows(bench, HOUSEHOLDS, bench.year, [dialog.added])
    assert "石灰村" in row.cells
    assert registers.count(bench, Query(HOUSEHOLDS, bench.year)) == 1


def test_all_that_is_said_of_a_field_comes_into_sight_with_it(shell, qtbot):
    dialog = RecordDialog(shell, registry.of("entity_loans"))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog._mark([Problem("x", Severity.MUST, "很长的一句话。" * 20, field="rate")])
    note, field = dialog._notes["rate"], dialog.fields["rate"]

    def seen():
        return note.visibleRegion().boundingRect().height() == note.height() and not field.visibleRegion().isEmpty()

    qtbot.waitUntil(seen)
    assert dialog.focusWidget() is field


def test_the_first_field_that_is_wrong_comes_into_sight(shell, qtbot):
    dialog = RecordDialog(shell, registry.of("projects"))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.fields["code"].placeholderText() == "不填时按“年度-镇-序号”编"
    bar, name = dialog.findChild(QScrollArea).verticalScrollBar(), dialog.fields["name"]
    for _ in range(2):
        bar.setValue(bar.maximum())
        assert name.visibleRegion().isEmpty()
        dialog.save_button.click()
        qtbot.waitUntil(lambda: not name.visibleRegion().isEmpty())
        assert dialog.focusWidget() is name
