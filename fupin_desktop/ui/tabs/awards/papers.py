"""Papers of the awards tab: sheet, working, scheme."""

from __future__ import annotations

from collections.abc import Callable

from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.policy.results import AwardResult
from fupin_desktop.services import award_print, printing
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.ui.ask import PDF, XLSX
from fupin_desktop.ui.papers import Write, save_paper
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.awards.state import AwardsState
from fupin_desktop.ui.tasks import Report


class AwardPapers:
    """Writes the papers of the calculation shown."""

    def __init__(self, shell: Shell, state: AwardsState) -> None:
        self._shell, self._state = shell, state

    def sheet_xlsx(self) -> None:
        """测算表 as workbook."""
        bench = self._shell.bench
        self._save("导出测算表", "奖补测算表.xlsx", XLSX,
                   lambda printed: lambda path: award_print.write_xlsx(award_print.sheet(bench, printed()), path))

    def sheet_pdf(self) -> None:
        """测算表 as PDF."""
        bench = self._shell.bench
        self._save("测算表 PDF", "奖补测算表.pdf", PDF,
                   lambda printed: lambda path: award_print.write_pdf(award_print.sheet(bench, printed()), path))

    def preview_sheet(self) -> None:
        """打印预览 of the 测算表; settled in the background."""
        bench, result, numbers = self._shell.bench, self._state.result, dict(self._state.numbers)
        if result is None or not result.awards:
            return

        def settle(_report: Report) -> FilledForm:
            return award_print.sheet(bench, award_print.printed(bench, result, numbers))

        self._shell.run("正在排版", settle, self._preview)

    def _preview(self, filled: FilledForm) -> None:
        from fupin_desktop.ui.paper.preview import PreviewDialog

        actions = (("保存 PDF…", self.sheet_pdf), ("导出 xlsx…", self.sheet_xlsx))
        self._shell.ask.run(PreviewDialog(filled, actions, self._shell.window, printing=self.print_sheet))

    # ---- printing ----
    def print_sheet(self) -> None:
        """Print the 测算表."""
        self._print("奖补测算表", award_print.sheet)

    def print_working(self) -> None:
        """Print the 逐户计算说明."""
        self._print("逐户计算说明", award_print.working)

    def print_scheme(self) -> None:
        """Print the 方案文本."""
        from fupin_desktop.ui.printing.front import print_paper

        bench, scheme = self._shell.bench, self._state.scheme
        if scheme is not None:
            key, name = self._state.key, scheme.name
            paper = printing.form_paper("awards", key, name, lambda: award_print.scheme(bench, scheme))
            print_paper(self._shell, paper)

    def _print(self, name: str, settle: Callable[[Workbench, award_print.Printed], FilledForm]) -> None:
        from fupin_desktop.ui.printing.front import print_paper

        bench, result, numbers = self._shell.bench, self._state.result, dict(self._state.numbers)
        if result is None or not result.awards:
            self._shell.said.emit("还没有可以打印的测算。")
            return

        def make() -> FilledForm:
            return settle(bench, award_print.printed(bench, result, numbers))

        print_paper(self._shell, printing.form_paper("awards", self._state.key, f"{_head(result)}{name}", make))

    # ---- files ----

    def working_pdf(self) -> None:
        """逐户计算说明 as PDF."""
        bench = self._shell.bench
        self._save("逐户计算说明 PDF", "逐户计算说明.pdf", PDF,
                   lambda printed: lambda path: award_print.write_pdf(award_print.working(bench, printed()), path))

    def scheme_pdf(self) -> None:
        """方案文本 as PDF."""
        bench, scheme = self._shell.bench, self._state.scheme
        if scheme is not None:
            save_paper(self._shell, "方案文本 PDF", f"{scheme.name}.pdf", PDF,
                       lambda path: award_print.write_pdf(award_print.scheme(bench, scheme), path))

    def _save(
        self, title: str, name: str, kind: str, writer: Callable[[Callable[[], award_print.Printed]], Write],
    ) -> None:
        bench, result, numbers = self._shell.bench, self._state.result, dict(self._state.numbers)
        if result is None or not result.awards:
            return
        write = writer(lambda: award_print.printed(bench, result, numbers))
        save_paper(self._shell, title, _head(result) + name, kind, write)


def _head(result: AwardResult) -> str:
    """How the names of a calculation's papers begin."""
    return f"{result.scheme.place}{result.scheme.year}年度{result.scheme.batch}"
