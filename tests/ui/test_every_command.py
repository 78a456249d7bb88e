"""Every entry of every menu does something the clerk sees, also in an office with nothing in it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog

from fupin_desktop.ui.ask import Asker
from tests.ui.conftest import Answers
from tests.ui.shared import shared_window

OF_THE_FOCUS = {"cut", "copy", "paste", "selectAll"}
"""They act on the field that has the keyboard."""
ENDS = {"quit"}


class Refuses(Answers):
    """Gives up whatever is asked; every dialog is shown, looked at and left by Escape."""

    def _next(self, what, text):
        self.asked.append((what, text))

    question = lambda self, parent, title, text, **words: bool(self._next("question", text))  # noqa: E731

    def written(self, parent, title, text, path):
        self.told.append(text)

    def set_up_print(self, parent, printer, pages):
        self.asked.append(("print", pages))
        return False

    def run(self, dialog: QDialog) -> bool:
        self.asked.append(("dialog", dialog.windowTitle()))
        dialog.show()
        QApplication.processEvents()
        dialog.reject()
        if dialog.isVisible():
            dialog.close()
        return False


def refusing(window):
    asker = Refuses()
    window.shell.ask = window.shell.tasks._asker = asker
    return asker


@pytest.fixture(scope="module")
def empty(app, tmp_path_factory):
    with shared_window(tmp_path_factory.mktemp("empty") / "office", lambda _bench: None) as window:
        yield window


@pytest.fixture
def opened(monkeypatch):
    """What was handed to the system to be shown."""
    found = []
    monkeypatch.setattr(QDesktopServices, "openUrl", found.append)
    return found


def seen(window, asker):
    """What the clerk sees of the window: texts, the tab in front, the keyboard, what was asked and told."""
    tops = {one.windowTitle() for one in QApplication.topLevelWidgets() if one.isVisible()}
    return (
        window.status.currentMessage(), window.current_tab, QApplication.focusWidget(), len(asker.asked), len(asker.told), tops,
    )


def tried(window, key, opened):
    """Trigger an entry from the first page; whether anything was to be seen of it."""
    asker = refusing(window)
    window.activateWindow()
    window.show_tab("home")
    window.current_tab.setFocus()
    window.status.clearMessage()
    QApplication.processEvents()
    before = seen(window, asker)
    window.menus.actions[key].trigger()
    for _ in range(3):
        window.shell.tasks.wait()
        QApplication.processEvents()
    after = seen(window, asker)
    window.actions_of_window.help.close_manual()
    window.actions_of_window.help.manual = None  # it stands alone, and goes with the test
    return after != before or bool(opened), asker


def keys():
    from fupin_desktop.ui.tabs.registry import TABS

    return [command.key for tab in TABS for command in tab.commands]


def test_every_entry_is_tried(empty):
    assert set(keys()) < set(empty.menus.actions)
    assert isinstance(empty.shell.ask, Asker)


def silent(window, opened):
    """Entries of which nothing is seen; what they ask is a sentence."""
    found = []
    for key in window.menus.actions:
        if key not in OF_THE_FOCUS | ENDS:
            opened.clear()
            done, asker = tried(window, key, opened)
            if not done:
                found.append(key)
            assert all("。" in text or "，" in text or "？" in text or ":" in text for kind, text in asker.asked
                       if kind in ("question", "text")), asker.asked
    return found


def test_in_an_office_with_nothing_in_it_every_entry_does_something_that_is_seen(empty, opened):
    assert silent(empty, opened) == []
