"""The window on the office of the application tests, and hands for the tab of documents."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from fupin_desktop.services import documents
from fupin_desktop.ui.tabs.documents import words


def settle(window):
    """Let everything that is on its way arrive."""
    for _ in range(4):
        window.shell.tasks.wait()
        QApplication.processEvents()


def open_tab(window):
    """The tab 村镇申报, shown and read."""
    window.show_tab("applications")
    tab = window.tab("applications")
    tab.reload()
    settle(window)
    return tab


def choose(tab, key):
    """Make an application current."""
    tab.show_key(key)
    settle(tab.window())
    assert tab.key == key
    assert tab.document.key == key


def pick(tab, key):
    """Click a document in the list."""
    tab.records.view.setCurrentIndex(tab.records.model.index_of(key))


def names(tab):
    return [line.place for line in tab.records.model.rows]


def badges(tab):
    return {line.place: words.badge(line)[0] for line in tab.records.model.rows}


def findings(tab):
    return [row.problem.code.removeprefix("application.") for row in tab.side.checks.rows]


def value(tab, name):
    return documents.open_document(tab.shell.bench, tab.key).data.get(name)


def agree(dialog, name="张三", text=""):
    """Sign a box in its dialog."""
    dialog.agree.setChecked(True)
    dialog.text.setPlainText(text)
    dialog.name.setText(name)
    assert dialog.save.isEnabled()
    dialog.save.click()


def sign_all(tab, answers):
    """Submit and let every box agree."""
    answers.answers.append(True)
    tab.side.flow.buttons["submit"].click()
    while tab.document.stage == "sent":
        answers.dialogs.append(agree)
        tab.side.flow.buttons["opinion"].click()
        QApplication.processEvents()
