"""The ledger's files, its printing, and the import of a ledger kept elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fupin_desktop.errors import PasswordWanted
from fupin_desktop.services.document_types.fund_balances import BalancesSubject
from fupin_desktop.services.document_types.fund_ledger import LedgerSubject
from fupin_desktop.services.documents import computed
from fupin_desktop.services.documents.computed import Computed
from fupin_desktop.ui.ask import SHEETS, XLSX
from fupin_desktop.ui.paper_actions import PaperActions
from fupin_desktop.ui.papers import save_paper
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.funds.state import LedgerState

if TYPE_CHECKING:
    from fupin_desktop.services.funds.imports import LedgerImport


class LedgerPapers:
    """Writes and prints what the ledger shows.

    Attributes:
        ledger: 资金台账: the entries shown.
        balances: 资金结存表: the sources as they stood on the day shown.
    """

    def __init__(self, shell: Shell, state: LedgerState) -> None:
        self._shell, self._state = shell, state
        self.ledger = PaperActions(shell, self._ledger, "funds", title=lambda: f"{state.year}年度资金台账")
        self.balances = PaperActions(shell, self._balances, "funds", title=lambda: f"{state.year}年度资金结存表")

    def _ledger(self) -> Computed:
        state, bench = self._state, self._shell.bench
        return computed.paper(bench, "fund_ledger", LedgerSubject(bench, state.shown, state.lines, state.day))

    def _balances(self) -> Computed:
        bench = self._shell.bench
        return computed.paper(bench, "fund_balances", BalancesSubject(bench, bench.year, self._state.day))

    # ---- import ----
    def bring(self) -> None:
        """导入台账: a file is read, its rows and problems are shown, all or only the good ones are taken."""
        if not self._shell.may_change():
            return
        path = self._shell.ask.open_file(self._shell.window, "导入资金台账", SHEETS)
        if path is not None:
            self._read(path)

    def _read(self, path: Path, password: str = "") -> None:
        """Read a file, with the password that opens it; where it wants one, that is asked for."""
        from fupin_desktop.services.funds import imports

        bench = self._shell.bench

        def failed(trouble: BaseException) -> None:
            if not isinstance(trouble, PasswordWanted):
                self._shell.tasks.tell(trouble)
                return
            told = f"{'密码不对。' if password else ''}“{path.name}”设了打开密码，请输入："
            typed = self._shell.ask.password(self._shell.window, "打开密码", told)
            if typed:
                self._read(path, typed)

        self._shell.run(
            f"正在读取 {path.name}", lambda _report: imports.read_ledger(bench, path, password=password), self._read_in,
            failed=failed,
        )  # fmt: skip

    def _read_in(self, found: LedgerImport) -> None:
        from fupin_desktop.ui.dialogs.funds.importing import FundImportDialog

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
