"""Every dialog of the program has its picture."""

import pkgutil
from importlib import import_module

import pytest
from PySide6.QtWidgets import QDialog

import fupin_desktop.ui
from fupin_desktop.app import open_window
from fupin_desktop.ui import shots


@pytest.fixture
def sample_window(app, sample, answers, qtbot):
    made = open_window(sample, answers)
    qtbot.waitExposed(made)
    yield made
    made.shell.tasks.wait()
    made.close()


def own_dialogs() -> set[type[QDialog]]:
    """Classes of dialogs that are shown as they are, and not only built upon."""
    for found in pkgutil.walk_packages(fupin_desktop.ui.__path__, "fupin_desktop.ui."):
        import_module(found.name)
    known, waiting = set(), [QDialog]
    while waiting:
        for one in waiting.pop().__subclasses__():
            waiting.append(one)
            if one.__module__.startswith("fupin_desktop.ui"):
                known.add(one)
    return {one for one in known if not any(other is not one and issubclass(other, one) for other in known)}


def test_every_dialog_is_pictured(sample_window, tmp_path, monkeypatch):
    seen = set()

    def look(_window, widget, path):
        seen.add(type(widget))
        assert not widget.grab().isNull()
        return path

    monkeypatch.setattr(shots, "_save", look)
    shots.save_all(sample_window, tmp_path)
    assert {one.__name__ for one in own_dialogs() - seen} == set()
