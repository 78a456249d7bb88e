"""What the window itself can do, tabs aside: undo, backup, settings, search."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from fupin_desktop.services.overview import Target
from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.base import OfficeTab
from fupin_desktop.ui.tasks import Job
from fupin_desktop.ui.widgets.search_box import Found, SearchBox
from fupin_desktop.ui.window.backup_actions import BackupActions
from fupin_desktop.ui.window.exchange_actions import ExchangeActions
from fupin_desktop.ui.window.help_actions import HelpActions
from fupin_desktop.ui.window.locking import Locking
from fupin_desktop.ui.window.menus import Menus
from fupin_desktop.ui.window.status_bar import StatusBar
from fupin_desktop.ui.window.year_actions import YearActions

if TYPE_CHECKING:
    from fupin_desktop.services.registers.finding import FoundRecord

FOUND_AT_MOST = 12
_NOTHING_PRINTED = (
    "还没有打印过文件。在申报、测算、公示、资金等页点“打印…”，打印一次，这里就记一行：时间、经办人、文件、打印机、份数。"
)
CHANGE_FOLDER = "更改数据文件夹"


class WindowActions(QObject):
    """Carries out the window's own menu entries.

    Attributes:
        help: Those of the menu 帮助.
        years: Those about years.
        exchange: Those about packages.
        backups: Those about backups.
        recent: The menu of the files chosen last; there once :meth:`fill` was called.
        locking: Covers the window while nobody is there.

    Signals:
        backed_up: A backup was written.
        reload_wanted: Everything shown is to be read again: another year, another theme.
        folder_chosen: Path of another data folder, on which the window is to open anew.

    Args:
        status: The status bar.
        front: Gives the tab in front.
        window: The main window, parent of the dialogs.
    """

    backed_up = Signal()
    reload_wanted = Signal()
    folder_chosen = Signal(object)

    def __init__(self, shell: Shell, status: StatusBar, front: Callable[[], OfficeTab], window: QWidget) -> None:
        super().__init__(window)
        self._shell, self._status, self._front, self._window = shell, status, front, window
        self.locking = Locking(shell, window)
        self.locking.left.connect(window.close)
        self.backups = BackupActions(shell, window, self.locking)
        self.backups.made.connect(self.backed_up)
        self.backups.went_back.connect(self.reload_wanted)
        self.locking.stale.connect(self.reload_wanted)
        self.help = HelpActions(shell, front, window)
        self.years = YearActions(shell, window)
        self.years.year_changed.connect(self.reload_wanted)
        self.exchange = ExchangeActions(shell, window)
        self.exchange.folder_chosen.connect(self.folder_chosen)

    def fill(self, menus: Menus, search: SearchBox) -> None:
        """Put the window's own entries into the menus, after those of the tabs; ``search`` finds households."""
        self._fill_file(menus)
        menus.add_editing(
            lambda: self._front().undo(), lambda: self._front().redo(), lambda: self._front().start_search(),
            search.begin, lambda: self._front().undo_titles(),
        )
        menus.separate("data")
        menus.add("data", "acceptance", "验收…", self.open_acceptance)
        menus.add("data", "payments", "发放…", self.open_payments)
        menus.separate("print")
        menus.add("print", "dossier", "审计卷宗…", self.open_dossier)
        menus.add("print", "print_records", "打印记录…", self.show_prints)
        self._fill_tools(menus)
        self.help.fill(menus)
        menus.hide_empty()

    def _fill_file(self, menus: Menus) -> None:
        self.backups.fill(menus)
        menus.separate("file")
        menus.add("file", "data_folder", "打开数据文件夹", self.open_data_folder)
        menus.add("file", "change_folder", f"{CHANGE_FOLDER}…", self.change_data_folder)
        menus.separate("file")
        self.exchange.fill(menus)
        menus.separate("file")
        menus.add("file", "protection", "密码与加密…", self.open_protection)
        menus.add("file", "lock", "锁定", self.lock, "Ctrl+L")
        menus.add("file", "operator", "切换操作人员…", self.switch_operator)
        menus.separate("file")
        menus.add("file", "print", "打印…", lambda: self._front().print_paper(), "Ctrl+P")
        self.recent = menus.submenu("file", "最近的文件")
        self.recent.aboutToShow.connect(lambda: self._shell.ask.recent.fill(self.recent, self.open_recent))
        menus.separate("file")
        self.years.fill(menus)
        menus.separate("file")
        menus.add("file", "quit", "退出", self._window.close, "Ctrl+Q")

    def _fill_tools(self, menus: Menus) -> None:
        menus.separate("tools")
        menus.add("tools", "own_forms", "表样…", self.open_own_forms)
        menus.separate("tools")
        menus.add("tools", "changes", "改动记录…", self.open_changes)
        menus.add("tools", "data_check", "数据体检…", self.open_data_check)
        menus.add("tools", "personal", "个人资料…", self.open_personal)
        menus.separate("tools")
        menus.add("tools", "settings", "设置…", self.open_settings)

    # ---- acceptance and payment ------------------------------------------------------------------------------------
    def open_acceptance(self) -> None:
        """验收: items measured in the field."""
        from fupin_desktop.ui.payments.opening import open_acceptance

        open_acceptance(self._shell)

    def open_payments(self) -> None:
        """发放: payment batches."""
        from fupin_desktop.ui.payments.opening import open_payments

        open_payments(self._shell)

    def open_dossier(self) -> None:
        """审计卷宗: everything about a scheme, project, source, village, household or period in one PDF."""
        from fupin_desktop.ui.payments.opening import open_dossier

        open_dossier(self._shell)

    def open_changes(self) -> None:
        """改动记录: every operation, before and after."""
        from fupin_desktop.ui.dialogs.changes import show_changes

        show_changes(self._shell)

    def open_data_check(self) -> None:
        """数据体检: whether everything is what it should be."""
        from fupin_desktop.ui.dialogs.data_check import DataCheckDialog

        self._shell.ask.run(DataCheckDialog(self._shell))

    def open_personal(self) -> None:
        """个人资料: where they lie, and whose are past the retention period."""
        from fupin_desktop.ui.dialogs.personal import PersonalDialog

        self._shell.ask.run(PersonalDialog(self._shell))

    # ---- data -----------------------------------------------------------------------------------------------------
    def open_recent(self, path: Path) -> None:
        """A file of the list: what is of a whole office is taken, anything else shown in its own program."""
        from fupin_desktop.ui.dropping import is_of_office
        from fupin_desktop.ui.papers import open_file

        if is_of_office(path):
            self.take_file(path)
        else:
            open_file(path, self._shell)

    def take_file(self, path: Path) -> None:
        """Take a file that was dropped on the window: a package or backup is opened, anything else is a register."""
        from fupin_desktop.ui.dropping import is_of_office

        if not is_of_office(path):
            self._shell.wanted.emit(Target("households"))
            self._front().take_file(path)
        elif path.suffix.lower() == ".fupin":
            self.exchange.open_package(path)
        else:
            self.backups.open(path)

    def open_protection(self, *, begin: bool = False) -> None:
        """Password, encryption, recovery code; ``begin`` asks for a password at once, as the clerk wanted one."""
        from fupin_desktop.ui.dialogs.protection import ProtectionDialog

        dialog = ProtectionDialog(self._shell, self._window)
        if begin:
            QTimer.singleShot(0, dialog, dialog.set_password)
        self._shell.ask.run(dialog)
        self.locking.begin_again()

    def lock(self) -> None:
        """Cover the window until the password is typed; without a password say where one is set."""
        if self.locking.possible:
            self.locking.lock()
        elif self._shell.ask.question(self._window, "锁定", "数据还没有设密码，不能锁定。现在设置？", yes="设置密码…"):
            self.open_protection()

    def switch_operator(self) -> None:
        """Another operator goes on; where operators are off, say where they are turned on."""
        from fupin_desktop.ui.dialogs.operators import sign_in

        if not self._shell.bench.signs_in:
            told = "没有启用操作人员。几个人用同一份数据的，可以在“工具 → 设置… → 操作人员”里启用。"
            self._shell.ask.message(self._window, "切换操作人员", told)
        elif self._front().can_close() and sign_in(self._shell):
            self.reload_wanted.emit()

    def open_data_folder(self) -> None:
        """Show the data folder in the file manager."""
        from fupin_desktop.ui.papers import open_file

        open_file(self._shell.bench.data_folder, self._shell)

    def change_data_folder(self) -> None:
        """Work with the data of another folder, or take the data there; the window opens anew on it."""
        from fupin_desktop.services import moving
        from fupin_desktop.ui import data_folder

        ask = self._shell.ask
        folder = ask.folder(self._window, "选择数据文件夹", str(self._shell.bench.data_folder.parent))
        if folder is None or folder == self._shell.bench.data_folder:
            return
        verdict = data_folder.judge(folder)
        if verdict.fault:
            ask.message(self._window, CHANGE_FOLDER, verdict.fault)
        elif verdict.has_data:
            text = f"“{folder}”里已有台账数据。关闭现在的数据，打开那里的？"
            if ask.question(self._window, CHANGE_FOLDER, text, yes="打开那里的数据"):
                self.folder_chosen.emit(folder)
        elif ask.question(self._window, CHANGE_FOLDER, _moving_text(folder, verdict.warning), yes="搬过去"):
            self._shell.run(
                "正在搬数据", lambda report: moving.copy_data(self._shell.bench, folder, report),
                self.folder_chosen.emit,
            )

    def find(self, text: str) -> list[Found]:
        """Records of every register by name, pinyin initials, ID tail or village, for the search box."""
        from fupin_desktop.services.registers import finding

        rows = self._shell.read(lambda: finding.find(self._shell.bench, text, FOUND_AT_MOST))
        return [_found(one) for one in rows or ()]

    def show_progress(self, job: Job) -> None:
        """Show the progress of an operation that lasts."""
        from fupin_desktop.ui.dialogs.progress import ProgressDialog

        ProgressDialog(job, self._shell.tasks, self._window).open()

    def tick(self) -> None:
        """Each minute and after each backup: state of the backup."""
        bench = self._shell.bench
        last = self._shell.read(bench.last_backup)
        self._status.show_backup(last.at if last else None, bench.clock())

    def show_prints(self) -> None:
        """What was printed, by whom and where."""
        from fupin_desktop.services import printing
        from fupin_desktop.ui.dialogs.table import show_table

        found = self._shell.read(lambda: printing.latest(self._shell.bench))
        if found is None:
            return
        rows = [(f"{at:%Y-%m-%d %H:%M}", who, one.title, one.printer, f"{one.copies}", one.pages or "全部",
                 printing.DRAFT if one.draft else "") for at, who, one in found]
        headings = ("时间", "经办", "文件", "打印机", "份数", "页码", "草稿")
        title = f"打印记录 (最近 {len(rows):,} 次)" if rows else "打印记录"
        show_table(self._shell, title, headings, rows, nothing=_NOTHING_PRINTED)

    # ---- office ---------------------------------------------------------------------------------------------------
    def open_settings(self) -> None:
        """Office details, text size, contrast."""
        from fupin_desktop.ui.dialogs.settings import SettingsDialog

        if self._shell.ask.run(SettingsDialog(self._shell, self._window)):
            self.apply_theme()

    def open_own_forms(self) -> None:
        """The forms: built in, and the office's own."""
        from fupin_desktop.ui.dialogs.own_forms import OwnFormsDialog

        self._shell.ask.run(OwnFormsDialog(self._shell))

    def apply_theme(self) -> None:
        """Put the chosen theme on the whole application, in high contrast where the whole system is."""
        from PySide6.QtWidgets import QApplication

        app, wanted = QApplication.instance(), theme.with_contrast_of_system(self._shell.preferences.theme)
        if not isinstance(app, QApplication):
            return
        if theme.current() == wanted:
            fonts.put_back(app)
        else:
            theme.apply(app, wanted)
            self.reload_wanted.emit()


def _moving_text(folder: Path, warning: str) -> str:
    told = f"{warning}\n" if warning else ""
    copied = f"把数据、备份、附件和本单位的表样都抄到“{folder}”，以后用那里的？"
    return f"{told}{copied}\n现在的文件夹原样留着，核对无误后可以自己删除。"


def _found(one: FoundRecord) -> Found:
    """One line of the search results: name, village, group, class, and which register it is of."""
    words, of = "  ".join(dict.fromkeys(one.words)), one.register
    return Found(f"{words}  （{of.title}）", Target(of.tab, key=one.key, register=of.name))
