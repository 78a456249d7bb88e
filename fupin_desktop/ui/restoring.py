"""A data file that is damaged or gone at the start: which backup takes its place, and what came of it."""

from __future__ import annotations

from pathlib import Path

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import backups
from fupin_desktop.services.workbench import Workbench, backups_in
from fupin_desktop.ui.ask import Asker

BACKUP_FILES = "备份文件 (*.zip *.sqlite)"
TITLE = "用备份恢复"
ELSEWHERE = "别处的备份文件…(第二处备份、U盘)"


def choose_backup(folder: Path, happened: str, asker: Asker) -> Path | None:
    """A backup of the folder, or one from anywhere else, e.g. from the second place; None where the clerk gives up.

    Args:
        folder: The data folder.
        happened: Why the data file cannot be opened, or the backup chosen before could not be taken.
        asker: The seam for dialogs.
    """
    kept = backups_in(folder)
    text = f"{happened}\n可以用备份恢复，原来的文件改名留在“备份”文件夹里。恢复到哪一份："
    options = [*map(backups.said, kept), ELSEWHERE]
    while (picked := asker.choose(None, TITLE, text, options)) is not None:
        if picked < len(kept):
            return kept[picked].path
        path = asker.open_file(None, "选择备份文件", BACKUP_FILES)
        if path is None:
            continue
        try:
            return backups.backup_from(path).path
        except NotAllowed as fault:
            asker.situation(None, fault)
    return None


def say_restored(bench: Workbench, path: Path, asker: Asker) -> None:
    """Say which backup is open now, and bring the attached files that lie beside one from elsewhere."""
    backup = backups.backup_from(path)
    files = backups.brought_back(bench, backup)
    what = f"已恢复到 {backup.at:%Y-%m-%d %H:%M} 的备份{files}。"
    text = f"{what}\n那以后的操作不在里面，请看首页的“最近操作”，从那里接着做。"
    asker.message(None, TITLE, text)
