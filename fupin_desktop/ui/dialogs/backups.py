"""备份与恢复: every backup, what is in it, what going back would take away, and the second place they are copied to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QWidget,
)

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.errors import DataLocked, WrongPassword
from fupin_desktop.services import backups, protection
from fupin_desktop.services.backups import Backup, Inside, Made, Operation
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui.restoring import BACKUP_FILES
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tasks import Report
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, link, say
from fupin_desktop.ui.widgets.tips import as_tip

_SHOWN = 30


class BackupsDialog(QDialog):
    """A list of backups beside what the chosen one holds.

    Signals:
        went_back: Another state of the data is in place; everything shown is to be read again.
        backed_up: A backup was written.
    """

    went_back = Signal()
    backed_up = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("备份与恢复")
        self.resize(900, 560)
        self._shell = shell
        self._looked: Inside | None = None
        self._list: list[Backup] = []
        self.list = QListWidget()
        self.list.setAccessibleName("备份")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setMinimumWidth(270)
        self.list.setProperty("boxed", "true")
        self.inside = QTextBrowser()
        self.inside.setAccessibleName("备份里的内容")
        self.inside.setProperty("boxed", "true")
        self.inside.setPlaceholderText("选中一份备份，这里显示里面有什么、恢复会撤掉哪些操作。")
        self.place = label("", "muted", wrap=True)
        self.missed = label("", tone="must")
        self.without = link("不用第二处", self.no_place)
        self.restore = button("恢复到这一份…", self.go_back, "danger")
        self.restore.setEnabled(False)
        self._build()
        self.list.currentRowChanged.connect(self._look)
        self.fill()

    def _build(self) -> None:
        middle = hbox(self.list, (self.inside, 1))
        place = hbox(
            label("第二处备份", "strong"), (self.place, 1), self.missed,
            link("选择文件夹…", self.choose_place, tip="每次备份以后，再抄一份到另一个磁盘或U盘"), self.without,
        )  # fmt: skip
        buttons = hbox(
            button("立即备份", self.back_up), button("别处的备份文件…", self.from_file, tip="例如U盘里的备份"),
            STRETCH, self.restore, button("关闭", self.reject),
        )  # fmt: skip
        vbox(
            label("恢复以前会先把现在的数据备份好，恢复错了可以再恢复回来。", "muted", wrap=True), (middle, 1), place,
            buttons, on=self, margins=(16, 14, 16, 12), spacing=10,
        )  # fmt: skip

    # ---- the list ----
    def fill(self) -> None:
        """Read the list of backups and the second place again."""
        self._list = self._shell.read(lambda: backups.all_backups(self._shell.bench)) or []
        self._show_list()
        second = self._shell.read(lambda: backups.second_place(self._shell.bench))
        self.without.setVisible(second is not None)
        say(self.place, str(second) if second else "没有选择。备份只在数据文件夹里，磁盘坏了会一起丢失。")
        if second is not None:
            self._shell.read_aside(lambda: backups.newest_in(second), lambda newest: self._show_copied(second, newest))

    def _show_copied(self, second: Path, newest: datetime | None) -> None:
        """Tell how far the copies at the second place go, if it is still the one."""
        if self.place.text() != str(second):
            return
        if newest is None:
            say(self.missed, "那里没有备份，或没有接上")
        elif self._list and newest.date() < max(one.at for one in self._list).date():
            say(self.missed, f"最近只抄到 {newest:%Y-%m-%d}")

    def _show_list(self) -> None:
        self.list.clear()
        for backup in self._list:
            item = QListWidgetItem(backups.said(backup))
            item.setToolTip(as_tip(str(backup.path)))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        if not self._list:
            self.inside.setPlainText("还没有备份。点“立即备份”做第一份。")

    def from_file(self) -> None:
        """Take a backup file from anywhere into the list and look into it."""
        path = self._shell.ask.open_file(self, "选择备份文件", BACKUP_FILES)
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        """Put a backup file from anywhere on top of the list and look into it."""
        found = self._shell.read(lambda: backups.backup_from(path))
        if found is not None:
            self._list = [found, *(one for one in self._list if one.path != path)]
            self._show_list()

    # ---- a look inside ----
    def _look(self, row: int) -> None:
        self._looked = None
        self.restore.setEnabled(False)
        if not 0 <= row < len(self._list):
            return
        self._look_into(self._list[row])

    def _look_into(self, backup: Backup, secret: str = "") -> None:
        self.inside.setPlainText("正在查看…")

        def work(_report: Report) -> Inside:
            key = protection.key_of_backup(backup.path, secret) if secret else None
            return backups.look(self._shell.bench, backup, key)

        self._shell.run(
            "正在查看备份", work, self._show_inside, failed=lambda trouble: self._look_failed(backup, trouble),
            cancellable=False,
        )

    def _look_failed(self, backup: Backup, trouble: BaseException) -> None:
        if isinstance(trouble, DataLocked | WrongPassword):
            self._unlock(backup, trouble)
            return
        self.inside.setPlainText("这份备份打不开，不能恢复。请换一份。")
        self._shell.tasks.tell(trouble)

    def _unlock(self, backup: Backup, trouble: DataLocked | WrongPassword) -> None:
        """Ask for the password of the time when the backup was made."""
        self.inside.setPlainText("这份备份有别的密码。输入当时的密码才能查看。")
        text = f"{trouble.happened}\n请输入做这份备份时的密码或恢复码："
        secret = self._shell.ask.password(self, "备份的密码", text)
        if secret:
            self._look_into(backup, secret)

    def _show_inside(self, inside: Inside) -> None:
        if self._list[self.list.currentRow()] != inside.backup:
            return
        self._looked = inside
        self.restore.setEnabled(True)
        self.inside.setPlainText("\n".join(_lines(inside)))

    # ---- acts ----
    def go_back(self) -> None:
        """恢复到这一份."""
        inside = self._looked
        if inside is None:
            return
        lost = f"会撤掉以后的 {inside.lost_count:,} 项操作。" if inside.lost_count else "以后没有别的操作，数据不会少。"
        when = f"{inside.backup.at:%Y-%m-%d %H:%M}"
        text = f"把全部数据恢复到 {when}？\n{lost}\n现在的数据会先做一份备份，可以再恢复回来。"
        if self._shell.ask.question(self, "恢复备份", text, yes="恢复", danger=True):
            self._shell.run(
                "正在恢复", lambda _report: backups.go_back(self._shell.bench, inside.backup, inside.key),
                self._gone_back, cancellable=False, alone=True,
            )

    def _gone_back(self, change: Change) -> None:
        self.went_back.emit()
        self.fill()
        self._shell.ask.message(self, "恢复备份", f"{change.message}。")

    def back_up(self) -> None:
        """立即备份."""
        self._shell.run(
            "正在备份", lambda _report: backups.back_up(self._shell.bench), self._backed_up, cancellable=False
        )

    def _backed_up(self, made: Made) -> None:
        self.backed_up.emit()
        self._shell.said.emit(made.told)
        say(self.missed, "刚才没有抄成" if made.missed is not None else "")
        self.fill()
        if made.missed is not None:
            self._shell.tasks.tell(made.missed)

    def choose_place(self) -> None:
        """Choose the second place, and copy the latest backup there at once."""
        folder = self._shell.ask.folder(self, "第二处备份的文件夹")
        if folder is None:
            return
        bench = self._shell.bench
        self._shell.do(lambda: backups.choose_second_place(bench, folder), lambda _place: self.back_up())

    def no_place(self) -> None:
        """Use no second place."""
        bench = self._shell.bench
        say(self.missed, "")
        self._shell.do(lambda: backups.choose_second_place(bench, None), lambda _none: self.fill())


def _lines(inside: Inside) -> list[str]:
    """What a backup holds, in words."""
    lines = [f"备份于 {say_date(inside.backup.at)} {inside.backup.at:%H:%M:%S}", ""]
    lines += [f"恢复会撤掉的操作：{inside.lost_count:,} 项"]
    lines += _operations(inside.lost, inside.lost_count)
    lines += ["", "里面有（括号里是现在的）："]
    lines += [f"　{noun}　{then:,}　({now:,})" for noun, then, now in inside.counts]
    lines += ["", "备份里最后的操作："]
    return lines + (_operations(inside.last, len(inside.last)) or ["　(没有)"])


def _operations(operations: Sequence[Operation], count: int) -> list[str]:
    lines = [f"　{one.at:%Y-%m-%d %H:%M}　{one.title}　{one.who}".rstrip() for one in operations[:_SHOWN]]
    return lines + ([f"　……等共 {count:,} 项"] if count > _SHOWN else [])
