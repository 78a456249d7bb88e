"""Pictures of the list of changes and of the check of the data."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from fupin_desktop.ui.main_window import MainWindow


def changes(window: MainWindow) -> QDialog:
    """Every operation, the newest first, with what the chosen one changed."""
    from fupin_desktop.services import change_log
    from fupin_desktop.services.change_log import Wanted
    from fupin_desktop.ui.dialogs.changes import ChangesDialog

    dialog = ChangesDialog(window.shell)
    dialog.show_found(change_log.find(window.shell.bench, Wanted()))
    return dialog


def sound(window: MainWindow) -> QDialog:
    """The check of the data, with nothing wrong."""
    from fupin_desktop.services import data_check
    from fupin_desktop.ui.dialogs.data_check import DataCheckDialog

    dialog = DataCheckDialog(window.shell)
    dialog.show_report(data_check.check(window.shell.bench))
    return dialog


def unsound(window: MainWindow) -> QDialog:
    """The check of the data, with something wrong."""
    from fupin_desktop.services.data_check import Finding, Part, Report
    from fupin_desktop.ui.dialogs.data_check import DataCheckDialog

    bench, dialog = window.shell.bench, DataCheckDialog(window.shell)
    todo = "请查清是谁、用什么改的；以盖章的纸质材料和备份为准，从“文件 → 备份与恢复…”里恢复。"
    findings = (Finding("“农户”有 1 条记录和日志不符，不是用本程序改的（陈康）。", todo),)
    log, records = "485 项操作，校验码逐项相连", "7,125 条记录，逐条和日志对照"
    parts = (Part("操作日志", log), Part("记录和日志", records, findings))
    dialog.show_report(Report(bench.clock(), bench.clerk, parts, 485, "ABCD-EFGH-JKLM-NPQR"))
    return dialog


def code(window: MainWindow) -> QDialog:
    """A code copied from a paper."""
    from fupin_desktop.ui.dialogs.data_check import CodeDialog

    dialog = CodeDialog(window.shell)
    for field, text in ((dialog.number, "123"), (dialog.code, "ABCD-EFGH-JKLM-NPQR")):
        field.setText(text)
        field.textEdited.emit(text)
    return dialog


PICTURES = {
    "dialog_changes": changes,
    "dialog_data_check": sound,
    "dialog_data_check_found": unsound,
    "dialog_paper_code": code,
}
