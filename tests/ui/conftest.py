"""One application for all window tests, offscreen, and an asker that answers instead of the clerk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from fupin_desktop.app import open_window
from fupin_desktop.services import offices
from fupin_desktop.services.attachments import FOLDER
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.ui import theme, translate
from fupin_desktop.ui.ask import Asker
from fupin_desktop.ui.main_window import MainWindow
from fupin_desktop.ui.preferences import Preferences
from fupin_desktop.ui.shell import Shell
from tests.conftest import SAMPLE_DAY

HERE = Path(__file__).parent


LOOKS = {"look", "tidy_theme"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests that change the look before all others of the window: a change restyles every shared window there is."""
    places = [place for place, item in enumerate(items) if item.path.is_relative_to(HERE)]
    ours = sorted((items[place] for place in places), key=lambda item: LOOKS.isdisjoint(getattr(item, "fixturenames", ())))
    for place, item in zip(places, ours, strict=True):
        items[place] = item


PROFILE = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA", "LOCALAPPDATA")


@pytest.fixture(scope="session", autouse=True)
def settings_between_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nor do windows that are shared by the tests of a module, which remember their place when they are closed after them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in PROFILE:
            patch.setenv(name, str(tmp_path_factory.mktemp("shared") / "profile"))
        yield


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests never touch the settings file of the user who runs them."""
    for name in PROFILE:
        monkeypatch.setenv(name, str(tmp_path / "profile"))


@pytest.fixture(autouse=True)
def reading_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ``Shell.read`` is given runs beside long operations, so it must leave writing to ``Shell.do``."""
    read = Shell.read

    def watched(shell, work, done=None):
        def checked():
            before, found = shell.bench.revision, work()
            assert shell.tasks.busy or shell.bench.revision == before, "written while reading"
            return found

        return read(shell, checked, done)

    monkeypatch.setattr(Shell, "read", watched)


@pytest.fixture(autouse=True)
def no_window_left(qapp: QApplication) -> Iterator[None]:
    """What a test showed goes with it: a change of theme restyles every widget there is, hidden ones too."""
    before = QApplication.topLevelWidgets()
    yield
    for widget in QApplication.topLevelWidgets():
        if widget.parent() is None and widget not in before:
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The application as the program sets it up."""
    translate.install(qapp)
    theme.apply(qapp, theme.Theme())
    yield qapp
    qapp.clipboard().clear()  # what is still on it when Python ends brings the offscreen platform down


class Answers(Asker):
    """Answers in the order prepared; keeps what was asked and told.

    ``answers`` holds what the next questions return; ``dialogs`` holds callables that drive the next dialogs;
    ``setups`` holds callables that set up the printer as the print dialog would, and say whether the clerk agrees.
    """

    def __init__(self, *answers):
        super().__init__()
        self.answers = list(answers)
        self.asked = []
        self.told = []
        self.dialogs = []
        self.setups = []
        self.installed = ["办公室打印机"]

    def _next(self, what, text):
        self.asked.append((what, text))
        assert self.answers, f"nobody prepared an answer to {what}: {text}"
        return self.answers.pop(0)

    def open_file(self, parent, title, kind):
        return self._next("open", title)

    def save_file(self, parent, title, name, kind):
        return self._next("save", name)

    def folder(self, parent, title, start=""):
        return self._next("folder", title)

    def question(self, parent, title, text, **words):
        return self._next("question", text)

    def either(self, parent, title, text, **words):
        return self._next("either", text)

    def choose(self, parent, title, text, options, at=0):
        return self._next("choose", text)

    def text(self, parent, title, text, value="", *, long=False):
        return self._next("text", text)

    def password(self, parent, title, text):
        return self._next("password", text)

    def message(self, parent, title, text):
        self.told.append(text)

    def written(self, parent, title, text, path):
        """True opens the file, ``folder`` its folder; told where nobody prepared an answer."""
        if not self.answers:
            self.told.append(text)
            return None
        answer = self._next("written", text)
        return path.parent if answer == "folder" else path if answer else None

    def situation(self, parent, situation):
        self.told.append(situation)

    def problems(self, parent, title, problems, todo=""):
        self.told.append(tuple(problems))

    def printers(self):
        return self.installed

    def set_up_print(self, parent, printer, pages):
        self.asked.append(("print", pages))
        assert self.setups, "nobody sets up the printer"
        return self.setups.pop(0)(printer)

    def run(self, dialog: QDialog) -> bool:
        self.asked.append(("dialog", dialog.windowTitle()))
        assert self.dialogs, f"nobody drives the dialog {dialog.windowTitle()}"
        self.dialogs.pop(0)(dialog)
        self.let_go(dialog)
        return dialog.result() == QDialog.DialogCode.Accepted


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def tidy_theme(app: QApplication) -> Iterator[QApplication]:
    """For tests that switch the theme: the usual one comes back. Each change restyles every widget of the shared windows."""
    yield app
    if theme.current() != theme.Theme():
        theme.apply(app, theme.Theme())


def moment() -> datetime:
    """The tests' clock."""
    return datetime(2026, 12, 24, 10, 32, 5)  # noqa: DTZ001 - local time, as the program's clock gives it


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    """A workbench on a fresh office of 塘㙍镇, without a household."""
    made = open_workbench(tmp_path / "office", clock=moment)
    offices.setup(made, offices.OfficeForm(name="塘㙍镇扶贫办", county="吴川市", town="塘㙍镇", clerk="李文静", year=2026))
    yield made
    made.close()


@contextmanager
def opened(bench: Workbench, answers: Answers) -> Iterator[MainWindow]:
    """The main window on an office; nothing of it is waited for."""
    made = open_window(bench, answers)
    made.resize(1366, 768)
    yield made
    made.shell.tasks.wait()
    made.close()


@pytest.fixture
def window(app: QApplication, bench: Workbench, answers: Answers) -> Iterator[MainWindow]:
    """The main window on that office, seen."""
    with opened(bench, answers) as made:
        QApplication.processEvents()  # the first page is read after the window is drawn
        made.shell.tasks.wait()
        yield made


@pytest.fixture
def sample(sample_folder: Path, tmp_path: Path) -> Iterator[Workbench]:
    """The sample office, open."""
    folder = tmp_path / "office"
    folder.mkdir()
    shutil.copy(sample_folder / "fupin.sqlite", folder)
    if (sample_folder / FOLDER).is_dir():
        shutil.copytree(sample_folder / FOLDER, folder / FOLDER)
    made = open_workbench(folder, clock=lambda: SAMPLE_DAY)
    yield made
    made.close()


@pytest.fixture
def desk(app: QApplication, sample: Workbench, answers: Answers) -> Iterator[MainWindow]:
    """The main window on a sample office of the test's own."""
    with opened(sample, answers) as made:
        made.shell.tasks.wait()
        yield made


@pytest.fixture(scope="session")
def lasting_window(app: QApplication, sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """The window of :func:`sample_window`."""
    from tests.ui.shared import shared_sample

    with shared_sample(sample_folder, tmp_path_factory.mktemp("shared") / "office") as made:
        yield made


@pytest.fixture
def sample_window(lasting_window: MainWindow) -> MainWindow:
    """One window on the sample office for all tests that leave its data as they were.

    A test that leaves the program has Qt close every window there is; tabs of a closed one read nothing.
    """
    if not lasting_window.isVisible():
        lasting_window.show()
    return lasting_window


@pytest.fixture
def said(window: MainWindow) -> Iterator[list[str]]:
    """What the status bar of the test's window was told."""
    found: list[str] = []
    window.shell.said.connect(found.append)
    yield found
    window.shell.said.disconnect(found.append)


@pytest.fixture
def shell(app: QApplication, sample: Workbench, answers: Answers) -> Iterator[Shell]:
    """What a tab on the sample office is handed, without a window around it; a bug fails the test."""
    bugs: list[BaseException] = []
    made = Shell(sample, answers, Preferences(), bugs.append)
    yield made
    made.tasks.wait()
    assert not bugs


@pytest.fixture
def tab(shell: Shell, qtbot) -> QWidget:
    """The tab 农户台账 on the sample office, seen."""
    from tests.ui.register_driving import households_tab

    made = households_tab(shell)
    shell.changed.connect(made.changed)
    made.resize(1342, 640)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    QApplication.processEvents()
    return made


@pytest.fixture
def owner(app, qtbot, tmp_path):
    """A small form in the paper editor, shown and with the keyboard."""
    from tests.ui.paper_driving import Owner, small_form

    made = Owner(small_form(tmp_path))
    qtbot.addWidget(made.window)
    made.window.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.view.isVisible)
    made.view.setFocus()
    return made
