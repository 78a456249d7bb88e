"""What the buttons of the tab do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fupin_desktop.services import round_papers
from fupin_desktop.services.attachments import Attached
from fupin_desktop.services.documents import computed
from fupin_desktop.services.documents.computed import Computed
from fupin_desktop.services.notices import files as notice_files
from fupin_desktop.services.notices import filings, objections, posting
from fupin_desktop.services.notices.rounds import Round
from fupin_desktop.services.round_papers import RoundPaper
from fupin_desktop.ui.ask import PDF, XLSX
from fupin_desktop.ui.dialogs.attached import show_attached
from fupin_desktop.ui.papers import save_paper, when_clear
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.publicity.paper_pane import PaperPane
from fupin_desktop.ui.tabs.publicity.state import PublicityState

_WHY = "撤回以后可以改正、重新公示；张贴过的内容仍然存档。请写明撤回的原因："


class PublicityActions:
    """Each step of a round, and its papers."""

    def __init__(self, shell: Shell, state: PublicityState, pane: PaperPane) -> None:
        self._shell, self._state, self._pane = shell, state, pane

    def carry_out(self, key: str) -> None:
        """Do what a button stands for with the round in front."""
        current = self._state.current
        steps: dict[str, Callable[[Round], None]] = {
            "post": self._post, "boards": self._boards, "object": self._object, "settle": self._settle,
            "correct": self._correct, "result": self._result, "file": self._file, "receive": self._receive,
            "give_back": self._give_back, "withdraw": self._withdraw,
        }  # fmt: skip
        papers: dict[str, Callable[[], None]] = {
            "print": self.print_paper, "print_all": self.print_all, "pdf": self.save_pdf, "poster": self.save_poster,
            "xlsx": self.save_list, "stick": self.hand_out,
        }  # fmt: skip
        if key in papers:
            papers[key]()
        elif current is not None and self._shell.may_change():
            steps[key](current)

    # ---- steps ----
    def _notice(self, kind: str, key: str) -> None:
        from fupin_desktop.ui.dialogs.publicity.notice import NoticeDialog

        self._shell.ask.run(NoticeDialog(self._shell, kind, key))

    def _post(self, one: Round) -> None:
        self._notice(one.kind, one.subject.key)

    def _correct(self, one: Round) -> None:
        self._notice("correction", one.notice_keys[0])

    def _result(self, one: Round) -> None:
        self._notice("result", one.notice_key)

    def _boards(self, one: Round) -> None:
        from fupin_desktop.ui.dialogs.publicity.boards import BoardsDialog

        self._shell.ask.run(BoardsDialog(self._shell, one.notice_key, self._state.boards))

    def _object(self, one: Round) -> None:
        from fupin_desktop.ui.dialogs.publicity.objection import ObjectionDialog

        bench, key = self._shell.bench, one.notice_key
        rows = self._shell.read(lambda: objections.rows_of(bench, key))
        if rows is not None:
            self._shell.ask.run(ObjectionDialog(self._shell, key, rows))

    def _settle(self, _one: Round) -> None:
        waiting = [line for line in self._state.objections if not line.settled]
        if waiting:
            self.open_objection(waiting[-1].key)

    def open_objection(self, key: str) -> None:
        """办理异议."""
        from fupin_desktop.ui.dialogs.publicity.objection import ObjectionDialog

        bench = self._shell.bench
        line = self._shell.read(lambda: objections.load(bench, key))
        rows = self._shell.read(lambda: objections.rows_of(bench, line.notice_key)) if line is not None else None
        if line is not None and rows is not None:
            self._shell.ask.run(ObjectionDialog(self._shell, line.notice_key, rows, line))

    def _file(self, one: Round) -> None:
        from fupin_desktop.ui.dialogs.publicity.filing import FilingDialog

        bench = self._shell.bench
        start = self._shell.read(lambda: filings.proposed(bench, one.subject))
        if start is not None:
            self._shell.ask.run(FilingDialog(self._shell, one.subject, start))

    def _receive(self, one: Round) -> None:
        from fupin_desktop.ui.dialogs.publicity.filing import ReceiptDialog

        self._shell.ask.run(ReceiptDialog(self._shell, one.filing_key))

    def _give_back(self, one: Round) -> None:
        from fupin_desktop.ui.dialogs.publicity.filing import ReceiptDialog

        self._shell.ask.run(ReceiptDialog(self._shell, one.filing_key, back=True))

    def _withdraw(self, one: Round) -> None:
        bench, ask = self._shell.bench, self._shell.ask
        concluded = bool(one.result_key) and one.concluded == one.notice_key
        key, word = (one.result_key, "公示结果") if concluded else (one.notice_key, "公示")
        why = ask.text(self._shell.window, f"撤回{word}", _WHY, long=True)
        if why:
            self._shell.do(lambda: posting.withdraw(bench, key, why))
        elif why is not None:
            self._shell.said.emit("没有写原因，没有撤回。")

    # ---- papers ----
    def open_photo(self, photo: Attached) -> None:
        """Show a photograph large, after seeing that it is as it was attached."""
        show_attached(self._shell, photo)

    @property
    def _chosen(self) -> RoundPaper | None:
        if self._pane.chosen is None:
            self._shell.said.emit("还没有张贴，没有可以给出的文件。")
        return self._pane.chosen

    def print_paper(self) -> None:
        """打印 of the paper shown."""
        from fupin_desktop.ui.printing.front import print_paper

        one = self._chosen
        if one is not None:
            self._when_clear([one], lambda: print_paper(self._shell, one.printable))

    def print_all(self) -> None:
        """打印全部: every paper of the round, one job each."""
        from fupin_desktop.ui.printing.front import print_many

        found = list(self._state.papers)
        if not found:
            self._shell.said.emit("还没有张贴，没有可以打印的文件。")
        else:
            shell = self._shell
            self._when_clear(
                found, lambda: print_many(shell, lambda: [one.printable for one in found], len(found), together=False)
            )

    def hand_out(self) -> None:
        """全部文件到U盘: the round in front, ticked already."""
        from fupin_desktop.ui.exchange.hand_out import HandOutDialog

        current = self._state.current
        if current is None or not current.notice_key:
            self._shell.said.emit("还没有张贴，没有可以导出的文件。")
        else:
            self._shell.ask.run(HandOutDialog(self._shell, frozenset({f"round:{current.key}"})))

    def _when_clear(self, found: list[RoundPaper], go: Callable[[], object]) -> None:
        """Go on where nothing of what goes public gives anybody away."""
        public = [one.paper for one in found if one.public]
        when_clear(self._shell, public, go) if public else go()

    def save_pdf(self) -> None:
        """PDF of the paper shown."""
        one, bench = self._chosen, self._shell.bench
        if one is not None and one.public:
            self._save(one, "PDF", PDF, lambda path: notice_files.write_pdf(bench, one.paper, path))
        elif one is not None:
            self._save(one, "PDF", PDF, one.paper.write)

    def save_poster(self) -> None:
        """A3 张贴."""
        one, bench = self._chosen, self._shell.bench
        if one is not None:
            write = notice_files.write_poster
            self._save(one, "A3 张贴", PDF, lambda path: write(bench, one.paper, path), " A3")

    def save_list(self) -> None:
        """名单 xlsx."""
        one, bench = self._chosen, self._shell.bench
        if one is not None:
            write = notice_files.write_list
            self._save(one, "名单 xlsx", XLSX, lambda path: write(bench, one.paper, path), " 名单")

    def _save(self, one: RoundPaper, title: str, kind: str, write: Callable[[Path], None], more: str = "") -> None:
        ending = ".xlsx" if kind == XLSX else ".pdf"
        save_paper(self._shell, title, f"{one.title}{more}{ending}", kind, write)

    # ---- registers of the year ----
    def save_filings(self, *, print_it: bool = False) -> None:
        """备案登记簿."""
        bench = self._shell.bench
        self._register(round_papers.filings_paper(bench, bench.year), "filings", print_it)

    def save_objections(self, *, print_it: bool = False) -> None:
        """异议登记簿."""
        bench = self._shell.bench
        self._register(round_papers.objections_paper(bench, bench.year), "objections", print_it)

    def _register(self, paper: Computed, noun: str, print_it: bool) -> None:
        from fupin_desktop.ui.printing.front import print_paper

        if self._shell.read(paper.filled) is None:
            return
        if print_it:
            print_paper(self._shell, computed.printable(noun, "", paper))
        else:
            save_paper(self._shell, paper.name, f"{paper.name}.xlsx", XLSX, paper.write)

    def show_calendar(self) -> None:
        """公示日历."""
        from fupin_desktop.ui.dialogs.publicity.calendar import CalendarDialog

        dialog = CalendarDialog(self._shell, self._state.rounds)
        self._shell.ask.run(dialog)
        found = next((one for one in self._state.rounds if one.key == dialog.chosen), None)
        if found is not None:
            self._state.show_round(found)
