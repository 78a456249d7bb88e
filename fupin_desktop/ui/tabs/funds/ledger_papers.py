"""The ledger's files, its printing, and the import of a ledger kept elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.ui.ask import PDF, SHEETS, XLSX
from fupin_desktop.ui.papers import save_paper
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.funds.state import LedgerState

if TYPE_CHECKING:
    from fupin_desktop.services.funds.imports import LedgerImport


class LedgerPapers:
    """Writes and prints what the ledger shows."""

    def __init__(self, shell: Shell, state: LedgerState) -> None:
        self._shell, self._state = shell, state

    # ---- what is written ----
    def _ledger(self) -> FilledForm:
        from fupin_desktop.services.funds import tables

        return tables.ledger(self._shell.bench, self._state.shown, self._state.lines)

    def _balances(self) -> FilledForm:
        from fupin_desktop.services.funds import tables

        return tables.balances(self._shell.bench, self._shell.bench.year, self._state.day)

    def _save(self, word: str, make: Callable[[], FilledForm], kind: str) -> None:
        from fupin_desktop.services.funds import tables

        bench, pdf = self._shell.bench, kind == "pdf"
        write = tables.write_pdf if pdf else tables.write_xlsx
        day = self._state.day or self._shell.today
        name = f"{word}({bench.year}年度，截至{day:%Y-%m-%d}).{kind}"
        save_paper(
            self._shell, f"{word} {'PDF' if pdf else 'xlsx'}", name, PDF if pdf else XLSX,
            lambda path: write(make(), path),
        )

    def ledger_xlsx(self) -> None:
        """资金台账 xlsx."""
        self._save("资金台账", self._ledger, "xlsx")

    def ledger_pdf(self) -> None:
        """资金台账 PDF."""
        self._save("资金台账", self._ledger, "pdf")

    def balances_xlsx(self) -> None:
        """资金结存表 xlsx."""
        self._save("资金结存表", self._balances, "xlsx")

    def balances_pdf(self) -> None:
        """资金结存表 PDF."""
        self._save("资金结存表", self._balances, "pdf")

    # ---- paper ----
    def preview_ledger(self) -> None:
        """预览 of the entries shown."""
        actions = (("保存 PDF…", self.ledger_pdf), ("导出 xlsx…", self.ledger_xlsx))
        self._preview(self._ledger, self.print_ledger, actions)

    def preview_balances(self) -> None:
        """预览 of the balances."""
        actions = (("保存 PDF…", self.balances_pdf), ("导出 xlsx…", self.balances_xlsx))
        self._preview(self._balances, self.print_balances, actions)

    def _preview(
        self, make: Callable[[], FilledForm], printing: Callable[[], None],
        actions: Sequence[tuple[str, Callable[[], None]]],
    ) -> None:
        """The pages as they will be printed."""
        from fupin_desktop.ui.paper.preview import PreviewDialog

        shell = self._shell

        def show(filled: FilledForm) -> None:
            shell.ask.run(PreviewDialog(filled, actions, shell.window, printing=printing))

        shell.run("正在排版", lambda _report: make(), show, cancellable=False)

    def print_ledger(self) -> None:
        """打印 the entries shown."""
        self._print("资金台账", self._ledger)

    def print_balances(self) -> None:
        """打印 the balances."""
        self._print("资金结存表", self._balances)

    def _print(self, word: str, make: Callable[[], FilledForm]) -> None:
        from fupin_desktop.services import printing
        from fupin_desktop.ui.printing.front import print_paper

        title = f"{self._shell.bench.year}年度{word}"
        print_paper(self._shell, printing.form_paper("funds", "", title, make))

    # ---- import ----
    def bring(self) -> None:
        """导入台账: a file is read, its rows and problems are shown, all or only the good ones are taken."""
        path = self._shell.ask.open_file(self._shell.window, "导入资金台账", SHEETS)
        if path is None:
            return
        from fupin_desktop.services.funds import imports

        bench = self._shell.bench
        self._shell.run(f"正在读取 {path.name}", lambda _report: imports.read_ledger(bench, path), self._read_in)

    def _read_in(self, found: LedgerImport) -> None:
        from fupin_desktop.ui.dialogs.fund_import import FundImportDialog

        self._shell.ask.run(FundImportDialog(self._shell, found))

    def template(self) -> None:
        """An empty ledger to fill in."""
        from fupin_desktop.services.funds import imports

        save_paper(self._shell, "资金台账空表", "资金台账(空表).xlsx", XLSX, imports.write_template)

    def plain_list(self) -> None:
        """The entries shown as a plain list that another office can import."""
        from fupin_desktop.services.funds import imports

        bench, which, lines = self._shell.bench, self._state.shown, self._state.lines
        name = f"资金台账明细({bench.year}年度).xlsx"

        def write(path: Path) -> None:
            imports.write_list(bench, which, path, lines)

        save_paper(self._shell, "资金台账明细", name, XLSX, write)
