"""What can be done with a computed paper in the window: preview, print, PDF, workbook; the same for every paper."""

from __future__ import annotations

from collections.abc import Callable

from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.services.documents import computed
from fupin_desktop.services.documents.computed import Computed
from fupin_desktop.ui.ask import PDF, XLSX
from fupin_desktop.ui.papers import save_paper
from fupin_desktop.ui.shell import Shell


class PaperActions:
    """Carries them out; pages are settled in the background.

    Args:
        shell: The window around.
        make: The paper as it is to be now; None where there is none.
        noun: Stem of the noun whose paper it is, for the list of what was printed.
        key: Key of the record it is a paper of; empty for none.
        title: Its name in the list of what was printed; empty takes that of its files.
        none_yet: What is said where there is none.
        beside: Whether to make it takes a moment, as where it is looked up in what was kept; then it is made in the
            background, where it may read alone.
    """

    def __init__(
        self, shell: Shell, make: Callable[[], Computed | None], noun: str, *,
        key: Callable[[], str] = lambda: "", title: Callable[[], str] = lambda: "", none_yet: str = "",
        beside: bool = False,
    ) -> None:
        self._shell, self._make, self._noun, self._none_yet = shell, make, noun, none_yet
        self._key, self._title, self._beside = key, title, beside

    def _with_paper(self, then: Callable[[Computed], object]) -> None:
        """Go on with the paper, where there is one."""

        def made(found: Computed | None) -> None:
            if found is not None:
                then(found)
            elif self._none_yet:
                self._shell.said.emit(self._none_yet)

        if self._beside:
            self._shell.run("正在排版", lambda _report: self._make(), made, cancellable=False)
        else:
            made(self._make())

    def preview(self) -> None:
        """The pages as they will be printed."""
        self._with_paper(
            lambda found: self._shell.run("正在排版", lambda _report: found.filled(), self._show, cancellable=False)
        )

    def _show(self, filled: FilledForm) -> None:
        from fupin_desktop.ui.paper.preview import PreviewDialog

        actions = [("保存 PDF…", self.save_pdf)]
        if filled.has_grid:
            actions.append(("导出 xlsx…", self.save_xlsx))
        self._shell.ask.run(PreviewDialog(filled, actions, self._shell.window, printing=self.print))

    def print(self) -> None:
        """Print it."""
        from fupin_desktop.ui.printing.front import print_paper

        self._with_paper(
            lambda found: print_paper(self._shell, computed.printable(self._noun, self._key(), found, self._title()))
        )

    def save_pdf(self) -> None:
        """Write it as PDF where the clerk wants it."""
        self._save("PDF", PDF, "pdf")

    def save_xlsx(self) -> None:
        """Write it as workbook where the clerk wants it."""
        self._save("xlsx", XLSX, "xlsx")

    def _save(self, word: str, kind: str, ending: str) -> None:
        self._with_paper(lambda found: save_paper(
            self._shell, f"{found.type.title} {word}", f"{found.name}.{ending}", kind, found.write
        ))
