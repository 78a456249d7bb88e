"""The menu 办理 of the tab 台账: what is asked, done, refused, and shown afterwards."""

from PySide6.QtWidgets import QLabel, QPushButton

from fupin_desktop.services import registers
from fupin_desktop.services.registers import CellEdit, Query, registry
from fupin_desktop.ui.dialogs.act import ActDialog
from tests.ui.register_driving import go, settle

ACTS = {
    "project_quarters": ["续上季…"],
    "interest_subsidies": ["生成本期贴息…"],
    "supervisions": ["转入检查整改…"],
    "performances": ["从台账取实际值…"],
}


def menu_of(tab, name):
    tab.directory.choose(registry.of(name))
    settle(tab)
    menu = tab.tools.act_button.menu()
    menu.aboutToShow.emit()
    return menu


def test_every_act_is_offered_at_its_register_alone(desk):
    tab = desk.show_tab("ledgers")
    for register in registry.grouped("ledgers"):
        menu = menu_of(tab, register.name)
        assert [action.text() for action in menu.actions()] == ACTS.get(register.name, [])
        assert tab.tools.act_button.isVisibleTo(tab.tools) is (register.name in ACTS)


def test_an_act_asks_does_and_is_undone(desk, sample, answers):
    tab = desk.show_tab("ledgers")
    query = Query(registry.of("interest_subsidies"), sample.year)
    before = registers.count(sample, query)

    def drive(dialog):
        assert isinstance(dialog, ActDialog)
        dialog.fields["from_on"].setText("")
        dialog.go_button.click()
        assert dialog.isVisible() or not dialog.result()
        dialog.fields["from_on"].setText("2026-10-01")
        dialog.fields["to_on"].setText("2026-11-01")
        dialog.go_button.click()

    answers.dialogs = [drive]
    menu_of(tab, "interest_subsidies").actions()[0].trigger()
    settle(tab)
    assert registers.count(sample, query) > before
    assert tab.state.front.model.rowCount() == registers.count(sample, query)


def test_an_act_about_a_record_is_refused_without_one_and_stays_open(desk, answers):
    tab = desk.show_tab("ledgers")
    menu = menu_of(tab, "supervisions")
    go(tab, 0, "content")
    told = []

    def drive(dialog):
        dialog.fields["measure"].setText("限期补齐")
        dialog.fields["responsible"].setText("吴强")
        dialog.fields["due_on"].setText("昨天")
        dialog.go_button.click()
        told.append(dialog.result())
        dialog.fields["due_on"].setText("2027-01-31")
        dialog.go_button.click()
        told.append(dialog.result())

    answers.dialogs = [drive]
    menu.actions()[0].trigger()
    settle(tab)
    assert told == [0, 1]
    assert answers.told


def test_a_departure_is_explained_on_the_card(desk, sample, answers):
    tab = desk.show_tab("ledgers")
    register = registry.of("projects")
    tab.directory.choose(register)
    settle(tab)
    key = tab.state.front.model.row_at(0).key
    registers.set_cells(sample, register, [CellEdit(key, "linkages", "务工")])
    tab.reload()
    settle(tab)
    go(tab, 0, "name")
    settle(tab)
    links = [one for one in tab.card.findChildren(QPushButton) if one.text() == "写明原因…"]
    answers.answers = ["本村只有这一家主体"]
    links[0].click()
    settle(tab)
    assert "linkages" not in tab.state.front.model.row_at(0).problems
    assert any("原因：本村只有这一家主体" in one.text() for one in tab.card.findChildren(QLabel))
    told = []
    answers.dialogs = [
        lambda dialog: told.extend(dialog.table.item(at, 5).text() for at in range(dialog.table.rowCount()))
    ]
    desk.show_tab("applications").document_actions.show_reasons()
    assert "本村只有这一家主体" in told
