"""How PySide6 is loaded for a start: what only its error messages want waits, and comes when it is wanted."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import shiboken6

ROOT = Path(__file__).resolve().parent.parent.parent
_CODE = """
import builtins, pickle, sys
sys.path[:0] = sys.argv[1:]  # the Python of the Windows program heeds no PYTHONPATH
usual = builtins.__import__, None if sys.platform == "win32" else sys.getdlopenflags()
from fupin_desktop.ui import qt_enums, qt_loading
quickly, make = [], qt_enums._made
qt_enums._made = lambda *words: quickly.append(words[1]) or make(*words)
qt_loading.load()
assert "feature" not in builtins.__import__.__name__, builtins.__import__
assert usual[1] is None or sys.getdlopenflags() == usual[1]
assert not [one for one in sys.meta_path if "qt_loading" in str(one)]
support = {name: module for name, module in sys.modules.items() if name.startswith("shibokensupport.signature.")}
waiting = {name for name, module in support.items() if "__getattr__" in vars(module)}
print(sorted(name.rpartition(".")[2] for name in waiting), "argparse" in sys.modules, "inspect" in sys.modules)
from PySide6.QtCore import QObject, Qt
assert {"Language", "Key", "CheckState"} <= set(quickly), quickly
thing, key = QObject(), Qt.Key.Key_F1
thing.setProperty("key", key)
assert thing.property("key") is key is pickle.loads(pickle.dumps(key)) is Qt.Key(0x01000030)
from PySide6.QtWidgets import QLabel
try:
    QLabel(1, 2, 3)
except TypeError as wrong:
    print(str(wrong).splitlines()[0], "text: str" in str(wrong))
print("__getattr__" in vars(support["shibokensupport.signature.errorhandler"]))
print(support["shibokensupport.signature.parser"].__name__)
"""


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory):
    """shiboken6 as the program is installed."""
    sys.path.insert(0, str(ROOT / "installer"))
    try:
        import qt_support
    finally:
        sys.path.pop(0)
    place, here = tmp_path_factory.mktemp("laid out"), Path(shiboken6.__file__).parent
    shutil.copytree(here, place / here.name, ignore=shutil.ignore_patterns(qt_support.FOLDER))
    made = qt_support.lay_out(place, sys.executable)
    assert list(made.rglob("loader.*.pyc"))
    return place


def run(packages: Path | None) -> list[str]:
    environment, places = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}, [str(packages)] if packages else []
    done = subprocess.run(
        [sys.executable, "-c", _CODE, *places], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_what_only_messages_about_wrong_calls_want_waits_for_the_first_one(laid_out):
    waiting, told, left, name = run(laid_out)
    assert waiting == "['enum_sig', 'errorhandler', 'layout', 'parser', 'pyi_generator', 'tool'] False False"
    assert told == "'PySide6.QtWidgets.QLabel.__init__' called with wrong argument types: True"
    assert left == "False"
    assert name == "shibokensupport.signature.parser"


def test_a_pyside_that_keeps_its_modules_in_itself_loads_as_ever(laid_out, tmp_path):
    shutil.copytree(laid_out / "shiboken6", tmp_path / "shiboken6", ignore=shutil.ignore_patterns("files.dir"))
    assert run(tmp_path)[:2] == [
        "[] True True", "'PySide6.QtWidgets.QLabel.__init__' called with wrong argument types: True"
    ]  # fmt: skip
