"""What the buttons of a tab of documents do; every change goes through ``services`` and comes back as a ``Change``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from fupin_desktop.policy.problems import Problem
from fupin_desktop.services import documents
from fupin_desktop.services.documents import OpenDocument, registry
from fupin_desktop.services.documents.model import Opinion
from fupin_desktop.services.overview import Target
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.documents import words
from fupin_desktop.ui.tabs.documents.papers import DocumentPapers
from fupin_desktop.ui.tabs.documents.state import DocumentsState
from fupin_desktop.ui.tasks import Report

_ALL = 1000
MEND = "填写的都已保存。✖ 的请改正；! 的改正，或在右边“检查”里点“说明”写明原因，再提交。"


class DocumentActions:
    """Carries them out.

    Attributes:
        papers: Preview and files.
    """

    def __init__(self, shell: Shell, state: DocumentsState) -> None:
        self._shell, self._state = shell, state
        self.papers = DocumentPapers(shell, state)
        self._by_key: dict[str, Callable[[], None]] = {
            "undo": state.undo, "redo": state.redo, "preview": self.papers.preview,
            "print": self.papers.print_one, "print_copy": partial(self.papers.print_one, copy=True),
            "pdf": partial(self.papers.save, "pdf"), "xlsx": partial(self.papers.save, "xlsx"),
            "pdf_copy": partial(self.papers.save, "pdf", copy=True),
            "xlsx_copy": partial(self.papers.save, "xlsx", copy=True),
            "submit": self.submit, "send_back": self.send_back, "withdraw": self.withdraw, "correct": self.correct,
            "cancel": self.cancel, "enter_signed": self.enter_signed, "take_over": self.take_over,
            "leave_alone": lambda: state.leave_alone(state.newer),
        }

    def carry_out(self, action: str) -> None:
        """Do what a button stands for; what is half typed is kept first."""
        self._state.commit()
        self._by_key[action]()

    # ---- the menu 更多 ----
    def fill_menu(self, menu: QMenu) -> None:
        """What can be done with the chosen documents."""
        word = self._state.word
        _add(menu, "批量打印…", self.print_many)
        _add(menu, "批量导出…", self.export)
        _add(menu, "导出到U盘…", self.hand_out)
        _add(menu, "列出的清单…", self.show_list)
        menu.addSeparator()
        self._remove = _add(menu, f"删除草稿{word}…", self.remove)
        self._state.shown.connect(self._enable)
        menu.addSeparator()
        _add(menu, "“原则上”事项说明清单…", self.show_reasons)

    def _enable(self) -> None:
        """Only drafts are deleted."""
        document = self._state.document
        self._remove.setEnabled(document is not None and document.editable)

    def export(self) -> None:
        """批量导出 of the chosen documents, or of all that are listed."""
        self._state.commit()
        self.papers.export()

    def hand_out(self) -> None:
        """导出到U盘 of the chosen documents, ticked already; others can be ticked with them."""
        from fupin_desktop.ui.exchange.hand_out import HandOutDialog

        self._state.commit()
        ticked = frozenset(f"document:{key}" for key in self._state.chosen)
        self._shell.ask.run(HandOutDialog(self._shell, ticked))

    def print_many(self) -> None:
        """批量打印 of the chosen documents, or of all that are listed."""
        self._state.commit()
        self.papers.print_many()

    def show_list(self) -> None:
        """The documents listed, to copy into a spreadsheet."""
        from fupin_desktop.ui.dialogs.table import show_table

        state = self._state
        rows = [
            (line.title, line.place, words.version_note(line), words.badge(line)[0]) for line in state.lines
        ]
        title = f"{state.wanted.year} 年度{self._state.word} ({len(rows):,} 份)"
        show_table(self._shell, title, ("表种", "单位", "版本", "状态"), rows)

    def show_reasons(self) -> None:
        """The written reasons of the year, of all kinds of documents, for the auditor."""
        from fupin_desktop.services.registers import reasons
        from fupin_desktop.ui.dialogs.table import show_table

        bench, year = self._shell.bench, self._state.wanted.year
        found = self._shell.read(lambda: documents.audit_reasons(bench, year)) or ()
        rows = [(one.place, one.title, one.state.label, one.sentence, one.clause, one.reason, one.who,
                 f"{one.at:%Y-%m-%d}") for one in found]
        for one in self._shell.read(lambda: reasons.listed(bench, year)) or ():
            given = (one.sentence, one.clause, one.reason, one.who, f"{one.at:%Y-%m-%d}")
            rows.append((one.record, one.title, "台账", *given))
        headings = ("单位", "表名", "状态", "事项", "依据", "说明", "经办", "日期")
        show_table(self._shell, f"{year} 年度“原则上”事项说明清单", headings, rows)

    # ---- making and deleting ----
    def new(self) -> None:
        """新建."""
        self._begin(copy=False)

    def copy_last_year(self) -> None:
        """复制上年."""
        self._begin(copy=True)

    def _begin(self, *, copy: bool) -> None:
        from fupin_desktop.ui.dialogs.new_document import NewDocumentDialog

        if not self._state.may_leave() or not self._shell.may_change():
            return
        wanted = self._state.wanted
        dialog = NewDocumentDialog(
            self._shell, self._state.types, self._state.word, wanted.year, wanted.form_id, copy=copy
        )
        if not self._shell.ask.run(dialog):
            return
        if dialog.made:
            self._show_begun(dialog.made)
        else:
            self._begin_many(dialog.form_id, dialog.places, wanted.year, copy=copy)

    def _begin_many(self, form_id: str, places: list[str], year: int, *, copy: bool) -> None:
        """One for each place, with progress; those begun stay where it is stopped."""
        bench, word = self._shell.bench, self._state.word
        begin = documents.copy_last_year if copy else documents.create

        def work(report: Report) -> Change:
            for done, place in enumerate(places):
                report(done, len(places), f"正在新建{word}")
                change = begin(bench, form_id, place, year=year)
            return change

        def failed(trouble: BaseException) -> None:
            self._state.load()
            self._shell.tasks.tell(trouble)

        self._shell.run(f"正在新建{word}", work, lambda change: self._state.show_key(change.keys[0]), failed=failed)

    def _word(self, document: OpenDocument) -> str:
        return registry.of(document.line.form_id).word

    def remove(self) -> None:
        """删除草稿; can be undone."""
        document = self._state.document
        if document is None:
            return
        text = f"删除“{document.line.place}”的{self._word(document)}。可以撤销。"
        if self._shell.ask.question(self._shell.window, "删除草稿", text, yes="删除", danger=True):
            self._shell.do(lambda: documents.remove(self._shell.bench, document.key))

    def take_over(self) -> None:
        """重新带入 of what the registers have now."""
        from fupin_desktop.ui.dialogs.taking_over import TakingOverDialog

        dialog = TakingOverDialog(self._state.newer, self._shell.window)
        if self._shell.ask.run(dialog):
            self._state.take_over(dialog.chosen)

    # ---- checks ----
    def write_reason(self, problem: Problem) -> None:
        """说明 of a departure from a rule in principle."""
        self._state.commit()
        key = self._state.key
        basis = f" ({self._shell.clause_words(problem.clause)})" if problem.clause else ""
        asked = f"{problem.sentence}{basis}\n请写明原因，会印在表上并列入备查清单："
        text = self._shell.ask.text(self._shell.window, "“原则上”事项说明", asked, problem.reason, long=True)
        if text is not None:
            self._shell.do(lambda: documents.give_reason(self._shell.bench, key, problem.code, text))

    def show_source(self, field: str) -> None:
        """The rows behind a computed value."""
        from fupin_desktop.ui.dialogs.table import show_table

        key, shell = self._state.key, self._shell
        rows = shell.read(lambda: documents.rows_behind(shell.bench, key, field))
        if rows is None:
            return
        here = rows.target == Target(self._state.tab)
        link = None if here else ("打开来源", partial(shell.wanted.emit, rows.target))
        show_table(shell, rows.title, rows.headings, rows.rows, link=link)

    def show_history(self) -> None:
        """修改记录, all of it."""
        from fupin_desktop.ui.dialogs.table import show_table

        bench, key = self._shell.bench, self._state.key
        lines = self._shell.read(lambda: documents.history(bench, key, _ALL)) or ()
        rows = [(f"{line.at:%Y-%m-%d %H:%M:%S}", line.who, line.label or line.title, words.short(line.before, 60)
                 if line.before else "", words.short(line.after, 60) if line.after else "") for line in lines]
        headings = ("时间", "经办", "栏目", "原来", "改为")
        show_table(self._shell, "修改记录", headings, rows, link=("改动记录…", partial(self._show_changes, key)))

    def _show_changes(self, key: str) -> None:
        """Every operation that changed the document, to be looked at and taken back."""
        from fupin_desktop.services import change_log
        from fupin_desktop.ui.dialogs.changes import show_changes

        document, bench = self._state.document, self._shell.bench
        wanted = self._shell.read(lambda: change_log.of_record(bench, key))
        show_changes(self._shell, wanted, document.line.title if document is not None else "")

    # ---- the way ----
    def submit(self) -> None:
        """提交; must problems are told instead."""
        document = self._state.document
        if document is None or not self._state.may_leave():
            return
        blocking = [problem for problem in document.problems if problem.blocks]
        if blocking:
            self._shell.ask.problems(self._shell.window, "还不能提交", blocking, MEND)
            return
        text = f"提交“{document.line.place}”的{self._word(document)}，进入逐级签署意见。\n提交后不能再改，可以撤回。"
        if self._shell.ask.question(self._shell.window, "提交", text, yes="提交"):
            self._shell.do(lambda: documents.submit(self._shell.bench, document.key))

    def opinion_clicked(self, box: str) -> None:
        """A sign-off box on the paper was clicked."""
        document = self._state.document
        step = next((step for step in document.flow if step.box == box), None) if document else None
        if document is None or step is None:
            return
        if document.stage == "sent" and step.state == "current":
            self.give_opinion(box)
        elif document.editable:
            self._shell.said.emit("提交以后才能填写意见；打印时这一格留空，供手写签章。")
        elif step.state == "to come":
            self._shell.said.emit(f"还没有轮到“{step.label}”。")

    def give_opinion(self, box: str) -> None:
        """填写意见 of the box that is waited for."""
        from fupin_desktop.ui.dialogs.opinion import OpinionDialog

        document, shell = self._state.document, self._shell
        if document is None or not shell.may_change():
            return
        label = next(step.label for step in document.flow if step.box == box)
        last = document.flow[-1].box == box

        def keep(opinion: Opinion, taken: Callable[[], object]) -> None:
            give = partial(documents.give_opinion, shell.bench, document.key, box, opinion)
            shell.do(give, lambda _change: taken())

        names = shell.read(lambda: documents.signers(shell.bench, document.key)) or {}
        shell.ask.run(OpinionDialog(shell, label, keep, last=last, names=names.get(box, ())))

    def enter_signed(self) -> None:
        """补登已签纸质意见: all boxes that are still waited for in one go."""
        from fupin_desktop.ui.dialogs.signed_paper import SignedPaperDialog

        document, shell = self._state.document, self._shell
        if document is None or not shell.may_change():
            return
        key = document.key
        waiting = [step for step in document.flow if step.box and step.state in ("current", "to come")]
        names = shell.read(lambda: documents.signers(shell.bench, key)) or {}

        def keep(opinions: Mapping[str, Opinion], taken: Callable[[], object]) -> None:
            shell.do(lambda: documents.give_opinions(shell.bench, key, opinions), lambda _change: taken())

        shell.ask.run(SignedPaperDialog(shell, waiting, names, keep))

    def send_back(self) -> None:
        """退回 with its reason."""
        from fupin_desktop.ui.dialogs.opinion import OpinionDialog

        document, shell = self._state.document, self._shell
        if document is None or not shell.may_change():
            return

        def keep(opinion: Opinion, taken: Callable[[], object]) -> None:
            send = partial(documents.send_back, shell.bench, document.key, opinion.text, opinion.name, opinion.dated)
            shell.do(send, lambda _change: taken())

        shell.ask.run(OpinionDialog(shell, f"退回“{document.line.place}”的{self._word(document)}", keep, back=True))

    def withdraw(self) -> None:
        """撤回."""
        document = self._state.document
        if document is None:
            return
        asked = "撤回后可以修改，已签署的意见不再有效(仍留在办理记录里)，要重新提交。\n撤回的原因(可以不写)："
        text = self._shell.ask.text(self._shell.window, "撤回", asked, long=True)
        if text is not None:
            self._shell.do(lambda: documents.withdraw(self._shell.bench, document.key, text))

    def cancel(self) -> None:
        """作废 of an approved document, with its reason."""
        document = self._state.document
        if document is None:
            return
        asked = "作废以后不能恢复，批准时的存档留着，打印时带“作废”字样；安排给它的资金退回来源。\n作废的原因："
        text = self._shell.ask.text(self._shell.window, "作废", asked, long=True)
        if text is not None:
            self._shell.do(lambda: documents.cancel(self._shell.bench, document.key, text))

    def correct(self) -> None:
        """更正: a new version beside the approved one."""
        document = self._state.document
        if document is None:
            return
        text = "更正会另起一版，从头填写、提交、签署；新的一版办完以前，现在这一版仍然有效。"
        if self._shell.ask.question(self._shell.window, "更正", text, yes="开始更正"):
            begin = partial(documents.correct, self._shell.bench, document.key)
            self._shell.do(begin, lambda change: self._show_begun(change.keys[0]))

    def _show_begun(self, key: str) -> None:
        """Show what is to be filled in, the keyboard in its first field."""
        self._state.show_key(key)
        self._state.begun.emit()


def _add(menu: QMenu, text: str, run: Callable[[], None]) -> QAction:
    action = menu.addAction(text)
    action.triggered.connect(lambda _on=False: run())
    return action
