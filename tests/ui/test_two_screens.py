"""A large screen at 100 % beside a laptop's at 125 %: the window and its dialogs on either, and coming back.

In a process of its own: the screens are those that the offscreen platform is started with.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LARGE = {"name": "large", "x": 0, "y": 0, "width": 1920, "height": 1080, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
LAPTOP = {**LARGE, "name": "laptop", "x": 1920, "width": 1366, "height": 768, "logicalDpi": 120}
DIALOGS = ("settings", "backups", "about", "own_forms")
_PROGRAM = """
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[4])
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from fupin_desktop.ahead import local_time
from fupin_desktop.app import make_application, open_window
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.ui import preferences
from fupin_desktop.ui.ask import Asker
from fupin_desktop.ui.preferences import Preferences

def facts(widget):
    rect, room = widget.geometry(), widget.screen().availableGeometry()
    return {"screen": widget.screen().name(), "ratio": widget.grab().devicePixelRatio(), "inside": room.contains(rect),
            "place": [rect.x(), rect.y()], "size": [rect.width(), rect.height()]}

def come_up(dialog):
    meant = dialog.size()
    dialog.show()
    for _ in range(3):
        app.processEvents()
    buttons = [one for one in dialog.findChildren(QPushButton) if one.isVisible()]
    seen = all(one.visibleRegion().boundingRect().size() == one.size() for one in buttons)
    dialogs.append({**facts(dialog), "as_meant": dialog.size() == meant, "buttons": len(buttons), "seen": seen})
    dialog.reject()
    return 0

dialogs, told = [], []
QDialog.exec = come_up
app = make_application(Preferences())
bench = open_workbench(Path(sys.argv[1]), clock=local_time)
for place in json.loads(sys.argv[2]):
    window = open_window(bench, Asker(), preferences.load())
    for _ in (1, 2) if place else ():  # first it comes over in another size, then it gets its own
        window.setGeometry(*place)
        app.processEvents()
    dialogs.clear()
    for name in json.loads(sys.argv[3]):
        window.menus.actions[name].trigger()
        window.shell.tasks.wait()
    told.append({**facts(window), "dialogs": list(dialogs)})
    window.close()
    window.deleteLater()
    app.processEvents()
bench.close()
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The window opened on the large screen, on the laptop's, and once more where it was left."""
    folder = tmp_path_factory.mktemp("two_screens")
    shutil.copytree(sample_folder, folder / "office")
    (folder / "screens.json").write_text(json.dumps({"screens": [LARGE, LAPTOP]}), encoding="utf-8")
    environment = {
        **os.environ, "PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen:configfile=screens.json",
        **dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA"), str(folder / "profile")),
    }  # fmt: skip
    places = [[40, 60, 1400, 900], [1960, 40, 1000, 560], None]
    words = [str(folder / "office"), json.dumps(places), json.dumps(DIALOGS), str(ROOT)]
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *words], capture_output=True, encoding="utf-8", env=environment, cwd=folder,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_the_window_is_drawn_as_fine_as_the_screen_it_is_on(told: list[dict[str, Any]]) -> None:
    assert [(one["screen"], one["ratio"]) for one in told[:2]] == [("large", 1.0), ("laptop", 1.25)]


def test_a_window_left_on_the_other_screen_comes_back_there_in_its_size(told: list[dict[str, Any]]) -> None:
    left, again = told[1], told[2]
    assert (again["screen"], again["size"]) == ("laptop", left["size"]) == ("laptop", [1000, 560])
    assert again["inside"]


@pytest.mark.parametrize("number", range(len(DIALOGS)))
@pytest.mark.parametrize("place", range(3))
def test_dialogs_come_up_whole_on_the_screen_of_their_window(told: list[dict[str, Any]], place: int, number: int) -> None:
    window = told[place]
    assert len(window["dialogs"]) == len(DIALOGS)
    dialog = window["dialogs"][number]
    assert dialog["screen"] == window["screen"]
    assert dialog["inside"], dialog
    assert dialog["as_meant"], dialog
    assert dialog["buttons"] > 0
    assert dialog["seen"], dialog
