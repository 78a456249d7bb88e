"""The papers of documents: preview, one file, many files."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from fupin_desktop.services import documents
from fupin_desktop.services.documents.model import PaperKind
from fupin_desktop.ui.ask import PDF, XLSX
from fupin_desktop.ui.papers import open_file, save_paper
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.documents.state import DocumentsState
from fupin_desktop.ui.tasks import Report

OUTSIDE = "(对外)"


class DocumentPapers:
    """Shows and writes them."""

    def __init__(self, shell: Shell, state: DocumentsState) -> None:
        self._shell, self._state = shell, state

    def preview(self) -> None:
        """预览 of the document shown."""
        from fupin_desktop.ui.paper.preview import PreviewDialog

        bench, key = self._shell.bench, self._state.key
        filled = self._shell.read(lambda: documents.filled(bench, key)) if key else None
        if filled is not None:
            actions = (("保存 PDF…", partial(self.save, "pdf")), ("导出 xlsx…", partial(self.save, "xlsx")))
            self._shell.ask.run(PreviewDialog(filled, actions, self._shell.window, printing=self.print_one))

    def print_one(self, *, copy: bool = False) -> None:
        """打印 of the document shown."""
        from fupin_desktop.ui.printing.front import print_paper

        bench, key = self._shell.bench, self._state.key
        paper = self._shell.read(lambda: documents.printable(bench, key, copy=copy)) if key else None
        if paper is not None:
            print_paper(self._shell, paper)

    def print_many(self) -> None:
        """Print the chosen documents, or all that are listed."""
        from fupin_desktop.ui.dialogs.print_documents import PrintDocumentsDialog
        from fupin_desktop.ui.printing.front import print_many

        bench, state = self._shell.bench, self._state
        chosen, listed = state.chosen, [line.key for line in state.lines]
        if not listed:
            self._shell.ask.message(self._shell.window, "批量打印", f"没有可以打印的{state.word}。")
            return
        dialog = PrintDocumentsDialog(state.word, len(chosen), len(listed), self._shell.window)
        if self._shell.ask.run(dialog):
            keys, copy = listed if dialog.all_listed else chosen, dialog.copy.isChecked()
            print_many(
                self._shell, lambda: (documents.printable(bench, key, copy=copy) for key in keys), len(keys),
                together=dialog.together.isChecked(),
            )

    def save(self, kind: PaperKind, *, copy: bool = False) -> None:
        """Write the document shown."""
        bench, key = self._shell.bench, self._state.key
        name = self._shell.read(lambda: documents.paper_name(bench, key)) if key else None
        if name is None:
            return
        write = documents.write_pdf if kind == "pdf" else documents.write_xlsx
        title = f"{'对外' if copy else ''}{'PDF' if kind == 'pdf' else 'xlsx'}"
        save_paper(
            self._shell, title, f"{name}{OUTSIDE if copy else ''}.{kind}", PDF if kind == "pdf" else XLSX,
            lambda path: write(bench, key, path, copy=copy),
        )

    def export(self) -> None:
        """Write the chosen documents, or all that are listed, into a folder."""
        from fupin_desktop.ui.dialogs.export_documents import ExportDialog

        state = self._state
        chosen, listed = state.chosen, [line.key for line in state.lines]
        if not listed:
            self._shell.ask.message(self._shell.window, "批量导出", f"没有可以导出的{state.word}。")
            return
        dialog = ExportDialog(state.word, len(chosen), len(listed), self._shell.window)
        if not self._shell.ask.run(dialog):
            return
        folder = self._shell.ask.folder(self._shell.window, "导出到哪个文件夹")
        if folder is not None:
            keys = listed if dialog.all_listed else chosen
            self._write_many(keys, folder, dialog.kinds, copy=dialog.copy.isChecked())

    def _write_many(self, keys: list[str], folder: Path, kinds: tuple[PaperKind, ...], *, copy: bool) -> None:
        bench = self._shell.bench

        def work(report: Report) -> list[Path]:
            return documents.write_many(bench, keys, folder, kinds, report, copy=copy)

        self._shell.run("正在导出", work, lambda written: self._written(folder, written))

    def _written(self, folder: Path, written: list[Path]) -> None:
        self._shell.said.emit(f"已写出 {len(written)} 个文件")
        text = f"已在“{folder}”写出 {len(written)} 个文件。"
        if self._shell.ask.question(self._shell.window, "已导出", text, yes="打开文件夹", no="不用"):
            open_file(folder, self._shell)
