"""The papers of documents: preview, one file, many files."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fupin_desktop.ui.ask import PDF, XLSX
from fupin_desktop.ui.papers import open_file, save_paper
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.documents.adapter import Export, PaperKind
from fupin_desktop.ui.tasks import Report

if TYPE_CHECKING:
    from fupin_desktop.ui.tabs.documents.tab import DocumentTab

OUTSIDE = "(对外)"


class DocumentPapers:
    """Shows and writes them."""

    def __init__(self, shell: Shell, tab: DocumentTab) -> None:
        self._shell, self._tab = shell, tab

    def preview(self) -> None:
        """预览 of the document shown."""
        from fupin_desktop.ui.paper.preview import PreviewDialog

        key = self._tab.key
        filled = self._shell.read(lambda: self._tab.adapter.filled(key)) if key else None
        if filled is not None:
            actions = (("保存 PDF…", partial(self.save, "pdf")), ("导出 xlsx…", partial(self.save, "xlsx")))
            self._shell.ask.run(PreviewDialog(filled, actions, self._shell.window, printing=self.print_one))

    def print_one(self, *, copy: bool = False) -> None:
        """打印 of the document shown."""
        from fupin_desktop.ui.printing.front import print_paper

        key = self._tab.key
        paper = self._shell.read(lambda: self._tab.adapter.printable(key, copy=copy)) if key else None
        if paper is not None:
            print_paper(self._shell, paper)

    def print_many(self) -> None:
        """Print the chosen documents, or all that are listed."""
        from fupin_desktop.ui.dialogs.print_documents import PrintDocumentsDialog
        from fupin_desktop.ui.printing.front import print_many

        records, adapter = self._tab.records, self._tab.adapter
        chosen, listed = records.chosen, [line.key for line in records.model.lines]
        if not listed:
            self._shell.ask.message(self._shell.window, "批量打印", f"没有可以打印的{adapter.word}。")
            return
        dialog = PrintDocumentsDialog(adapter.word, len(chosen), len(listed), self._shell.window)
        if self._shell.ask.run(dialog):
            keys, copy = listed if dialog.all_listed else chosen, dialog.copy.isChecked()
            print_many(
                self._shell, lambda: (adapter.printable(key, copy=copy) for key in keys), len(keys),
                together=dialog.together.isChecked(),
            )

    def save(self, kind: PaperKind, *, copy: bool = False) -> None:
        """Write the document shown."""
        key, adapter = self._tab.key, self._tab.adapter
        name = self._shell.read(lambda: adapter.paper_name(key)) if key else None
        if name is None:
            return
        title = f"{'对外' if copy else ''}{'PDF' if kind == 'pdf' else 'xlsx'}"
        save_paper(
            self._shell, title, f"{name}{OUTSIDE if copy else ''}.{kind}", PDF if kind == "pdf" else XLSX,
            lambda path: adapter.write(key, path, kind, copy=copy),
        )

    def export(self) -> None:
        """Write the chosen documents, or all that are listed, into a folder."""
        from fupin_desktop.ui.dialogs.export_documents import ExportDialog

        records = self._tab.records
        chosen, listed = records.chosen, [line.key for line in records.model.lines]
        if not listed:
            self._shell.ask.message(self._shell.window, "批量导出", f"没有可以导出的{self._tab.adapter.word}。")
            return
        dialog = ExportDialog(self._tab.adapter.word, len(chosen), len(listed), self._shell.window)
        if not self._shell.ask.run(dialog):
            return
        folder = self._shell.ask.folder(self._shell.window, "导出到哪个文件夹")
        if folder is not None:
            self._write_many(listed if dialog.all_listed else chosen, folder, dialog.export)

    def _write_many(self, keys: list[str], folder: Path, export: Export) -> None:
        adapter = self._tab.adapter

        def work(report: Report) -> list[Path]:
            return adapter.write_many(keys, folder, export, report)

        self._shell.run("正在导出", work, lambda written: self._written(folder, written))

    def _written(self, folder: Path, written: list[Path]) -> None:
        self._shell.said.emit(f"已写出 {len(written)} 个文件")
        text = f"已在“{folder}”写出 {len(written)} 个文件。"
        if self._shell.ask.question(self._shell.window, "已导出", text, yes="打开文件夹", no="不用"):
            open_file(folder)
