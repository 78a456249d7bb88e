"""Puts the parts together: which data folder, first start, the window, what is kept running beside it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from fupin_desktop.ahead import Ahead, begin, local_time
from fupin_desktop.errors import DataFileBusy, DataFileDamaged, DataLocked, FileMissing, Situation
from fupin_desktop.paths import default_data_folder, resources, sample_folder
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.workbench import Workbench, backups_in, restore_backup
from fupin_desktop.ui import fonts, preferences, theme, translate
from fupin_desktop.ui.ask import Asker
from fupin_desktop.ui.crash import CrashKeeper
from fupin_desktop.ui.data_folder import DATA_FILE
from fupin_desktop.ui.main_window import PROGRAM_NAME, MainWindow
from fupin_desktop.ui.power import LogOff
from fupin_desktop.ui.preferences import Preferences
from fupin_desktop.ui.widgets.traits import set_trait

if TYPE_CHECKING:
    from fupin_desktop.ui.shots import Failed

OK, FAILED = 0, 1
AFTER_START_MS = 250
UNSEEN_MS = 3000
"""After so long a window that is not drawn at all, since it was opened minimized, counts as one that is."""


def make_application(chosen: Preferences) -> QApplication:
    """The Qt application with Chinese, fonts and theme; the one already there, if any."""
    found = QApplication.instance()
    # The style is named to the application it is made with: setStyle() hands back a QStyle, whose type takes its time.
    words = [*sys.argv[:1], f"-style={theme.STYLE}", *fonts.engine_words()]
    app = found if isinstance(found, QApplication) else QApplication(words)
    app.setApplicationName("fupin-desktop")
    app.setDesktopFileName("fupin-desktop")  # Linux desktops know its icon and its windows by it
    app.setWindowIcon(QIcon(str(resources() / "icons" / "window.png")))
    # The window is light: so is its title bar, also where the system's colours are dark.
    set_trait(app.styleHints(), "colorScheme", "Light")
    translate.install(app)
    theme.apply(app, theme.with_contrast_of_system(chosen.theme))
    return app


def run(*, data: Path | None = None, sample: bool = False, ahead: Ahead | None = None) -> int:
    """Open the window and stay until it is closed.

    Args:
        data: Data folder; None takes the one this PC remembers, or asks at the first start.
        sample: Open the sample office, made where it is missing.
        ahead: The data folder that is being opened already, where the caller began.

    Returns:
        The exit status: 0, or 1 where the data could not be opened (the clerk has been told).
    """
    chosen = preferences.load()
    ahead = ahead or begin(chosen.data_folder, data, sample=sample)
    app = make_application(chosen)
    asker = Asker(chosen.last_folder)
    try:
        bench = _open(data, sample, chosen, asker, ahead)
    except Situation as situation:
        asker.situation(None, situation)
        return FAILED
    if bench is None:
        return OK
    if not _signed_in(bench, asker):
        bench.close()
        return OK
    keeper = CrashKeeper(bench.data_folder, bench.clock)
    before = keeper.left_over()
    window = open_window(bench, asker, chosen)
    if not chosen.geometry:
        window.showMaximized()
    app.setQuitOnLastWindowClosed(False)  # the main window alone decides, whatever else is open
    window.closed.connect(app.quit)
    keep_typed_at_log_off(app, window)
    keeper.install(lambda report: _show_crash(window, report))
    _once_drawn(window, lambda: _after_start(window, before))
    try:
        status = app.exec()
    finally:
        window.shell.tasks.end()
        bench.close()
        keeper.close()
    following = window.next_folder
    _delete(window)
    return status if following is None else run(data=following)


def _delete(window: MainWindow) -> None:
    """Delete the window at once: what a timer of it still reads would open the closed data file anew.

    Nor is it left to the end of the process, where a window that was never closed stops Qt after Python's own parts.
    """
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)


def _signed_in(bench: Workbench, asker: Asker) -> bool:
    """Whether somebody may go on: an operator who signed in, or anybody where operators are off."""
    if not bench.signs_in:
        return True
    from fupin_desktop.ui.dialogs.operators import SignInDialog

    return asker.run(SignInDialog(bench))


def open_window(bench: Workbench, asker: Asker | None = None, chosen: Preferences | None = None) -> MainWindow:
    """The main window on an open workbench, shown and filled."""
    window = MainWindow(bench, asker, chosen)
    window.restore_place()
    window.current_tab.load_if_stale()  # what is there before the window is shown is laid out once
    window.show()
    window.current_tab.setFocus()
    gc.enable()
    return window


def keep_typed_at_log_off(app: QApplication, window: MainWindow) -> None:
    """Save what is half typed when the user logs off or the PC is shut down, and let it wait for long work."""
    LogOff(window, window.shell.tasks, window.manners.save_typed).watch(app)


def save_shots(
    data: Path, folder: Path, clock: Callable[[], datetime] = local_time, failed: Failed | None = None,
    names: Collection[str] | None = None, size: tuple[int, int] | None = None,
) -> list[Path]:
    """Save a picture of every tab and dialog on a data folder.

    Args:
        data: The data folder.
        folder: Where to.
        clock: Gives the moment.
        failed: Told what could not be pictured, see ``shots.save_all``.
        names: Those wanted alone; None for all.
        size: Size of the main window; None for the usual one.

    Raises:
        Situation: The data cannot be opened, the pictures cannot be written.
    """
    from fupin_desktop.ui import shots

    make_application(Preferences())
    bench = open_workbench(data, clock=clock)
    try:
        window = open_window(bench)
        try:
            size = size or (shots.WIDTH, shots.HEIGHT)
            return shots.save_all(window, folder, failed, names=names, size=size)
        finally:
            window.close()
    finally:
        bench.close()


def _open(
    data: Path | None, sample: bool, chosen: Preferences, asker: Asker, ahead: Ahead | None = None
) -> Workbench | None:
    """The workbench to work on; None where another window has it already, or the clerk gave up."""
    if ahead is not None:
        return _or_restored(ahead.folder, asker, ahead.result)
    if sample:
        folder = data or sample_folder()
        _make_sample(folder, None)
    else:
        folder = data or Path(chosen.data_folder)
        if data is None and not chosen.data_folder:
            return _first_start(default_data_folder(), chosen, asker)
        if not (folder / DATA_FILE).is_file():
            if backups_in(folder):
                return _or_restored(folder, asker, lambda: open_workbench(folder, clock=local_time))
            return _without_data(folder, chosen, asker)
    return _workbench(folder, asker)


def _or_restored(folder: Path, asker: Asker, opened: Callable[[], Workbench]) -> Workbench | None:
    """The folder as opened; where its file is damaged or gone, one of its backups if the clerk wants that."""
    try:
        return _workbench(folder, asker, opened)
    except DataFileDamaged as fault:
        happened = fault.happened
    from fupin_desktop.ui.restoring import choose_backup, say_restored

    while (path := choose_backup(folder, happened, asker)) is not None:
        if not _unlocked_for(folder, path, asker):
            return None
        try:
            restore_backup(folder, path, local_time())
        except (DataFileDamaged, DataLocked, FileMissing) as fault:
            happened = fault.happened
            continue
        bench = _workbench(folder, asker)
        if bench is not None:
            say_restored(bench, path, asker)
        return bench
    return None


def _workbench(folder: Path, asker: Asker, opened: Callable[[], Workbench] | None = None) -> Workbench | None:
    """Open a folder, or take it as opened ahead; where another window has it, bring that one forward."""
    try:
        return opened() if opened else open_workbench(folder, clock=local_time)
    except DataLocked:
        return _unlocked(folder, asker)
    except DataFileBusy:
        from fupin_desktop.ui.single import raise_first

        if raise_first(folder):
            return None
        return open_workbench(folder, clock=local_time)  # the other one may have closed meanwhile


def _unlocked_for(folder: Path, backup: Path, asker: Asker) -> bool:
    """Whether a backup can be restored: it is plain, or its password was typed."""
    from fupin_desktop.services import protection
    from fupin_desktop.ui.dialogs.password import UnlockDialog

    def unlock(secret: str, by_code: bool) -> None:
        protection.unlock(folder, secret, recovery=by_code, at=local_time())

    return not protection.awaits_password(folder, backup) or asker.run(UnlockDialog(folder, unlock, PROGRAM_NAME))


def _unlocked(folder: Path, asker: Asker) -> Workbench | None:
    """Ask for the password and open the folder; None where the clerk has none."""
    from fupin_desktop.services import protection
    from fupin_desktop.ui.dialogs.password import NewPasswordDialog, UnlockDialog

    def unlock(secret: str, by_code: bool) -> None:
        protection.unlock(folder, secret, recovery=by_code, at=local_time())

    dialog = UnlockDialog(folder, unlock, PROGRAM_NAME)
    if not asker.run(dialog):
        return None
    bench = open_workbench(folder, clock=local_time)
    if dialog.recovered:
        text = "恢复码已打开数据。请设一个新密码；恢复码仍然有效，请放回保险柜。"
        chosen = NewPasswordDialog("设置新密码", text)
        if asker.run(chosen):
            protection.set_after_recovery(bench, chosen.new.text())
    return bench


def _without_data(folder: Path, chosen: Preferences, asker: Asker) -> Workbench | None:
    """The folder named holds no data: a pulled stick, a moved folder, or a new office."""
    text = f"“{folder}”里没有台账数据。如果数据在U盘或别的文件夹里，请先接好或找到它。"
    picked = asker.choose(None, PROGRAM_NAME, text, ["选择数据所在的文件夹", "在新的地方开始"])
    if picked is None:
        return None
    if picked == 1:
        return _first_start(folder, chosen, asker)
    found = asker.folder(None, "选择数据所在的文件夹", str(folder))
    if found is None:
        return None
    if not (found / DATA_FILE).is_file():
        raise FileMissing(f"“{found}”里没有台账数据。")
    return _remembered(found, chosen, asker)


def _first_start(proposed: Path, chosen: Preferences, asker: Asker) -> Workbench | None:
    """The wizard, then the office it describes."""
    from fupin_desktop.services import offices, protection
    from fupin_desktop.ui.dialogs.wizard import FirstStart

    wizard = FirstStart(asker, proposed)
    while (taken := asker.run(wizard)) and wizard.from_package:
        bench = _from_package(proposed, chosen, asker)
        if bench is not None:
            return bench
        wizard = wizard.again()
    if not taken:
        return None
    setup = wizard.setup()
    if setup.sample:
        _make_sample(setup.folder, setup.form.clerk)
    bench = _remembered(setup.folder, chosen, asker)
    if bench is not None and not setup.has_data and not setup.sample:
        offices.setup(bench, setup.form)
        if setup.password:
            protection.propose(bench)
    return bench


def _from_package(proposed: Path, chosen: Preferences, asker: Asker) -> Workbench | None:
    """The office that a package (移交包) brings to this PC; None where the clerk gave up or it could not be opened."""
    from fupin_desktop.ui.exchange.first_package import open_first

    folder = open_first(proposed, chosen, asker)
    return _remembered(folder, chosen, asker) if folder is not None else None


def _remembered(folder: Path, chosen: Preferences, asker: Asker) -> Workbench | None:
    """Open a folder and remember it for the next start."""
    bench = _workbench(folder, asker)
    if bench is not None:
        chosen.data_folder = str(folder)
        preferences.save(chosen)
    return bench


def _make_sample(folder: Path, clerk: str | None) -> None:
    """Make the sample office where the folder has no data yet."""
    if not (folder / DATA_FILE).is_file():
        from fupin_desktop.services.samples import make_sample

        make_sample(folder, now=local_time(), clerk=clerk)


def _once_drawn(window: MainWindow, act: Callable[[], object]) -> None:
    """Do what need not delay the first page; a slow PC draws it later than any pause that would be chosen."""
    soon = QTimer(window, singleShot=True, interval=UNSEEN_MS)
    soon.timeout.connect(act)
    soon.start()
    window.drawn.connect(lambda: soon.start(AFTER_START_MS))


def _after_start(window: MainWindow, crashed_before: str) -> None:
    """What need not delay the window: later starts, the daily backup, the report of a start that died."""
    from fupin_desktop import warming
    from fupin_desktop.services import data_safety, protection
    from fupin_desktop.ui.single import FirstWindow

    bench = window.shell.bench
    warming.begin(window.shell)
    FirstWindow(bench.data_folder, window).called.connect(window.come_forward)
    if bench.read_only:
        window.shell.read(bench.require_writable)  # which says so
    doubt = window.shell.read(lambda: data_safety.clock_doubt(bench))
    if doubt:
        text = f"{doubt}\n数据没有问题，但是新做的文件和公示会带着错的日期。请校准电脑的日期和时间。"
        window.shell.ask.message(window, PROGRAM_NAME, text)
    backups = window.actions_of_window.backups
    window.actions_of_window.locking.tell_failed()
    if bench.store.unchecked:
        window.shell.read_aside(lambda: data_safety.check_pages(bench), lambda _sound: backups.daily())
    else:
        backups.daily()
    window.actions_of_window.locking.watch()
    if protection.take_proposal(bench):
        window.actions_of_window.open_protection(begin=True)
    if crashed_before:
        from fupin_desktop.ui.dialogs.crash import CrashDialog

        window.shell.ask.run(CrashDialog(crashed_before, before=True, parent=window))


def _show_crash(window: MainWindow, report: str) -> None:
    """Tell a bug while the window lives."""
    from fupin_desktop.ui.dialogs.crash import CrashDialog

    window.shell.ask.run(CrashDialog(report, parent=window))
