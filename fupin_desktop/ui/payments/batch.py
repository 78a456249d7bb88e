"""One payment batch: what stands in its way, its households, and the one obvious button of its next step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QWidget

from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.payments import BatchState, PaymentRowState
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services import payments
from fupin_desktop.services.document_types.payment_list import PaymentSubject
from fupin_desktop.services.document_types.payment_summary import SummarySubject
from fupin_desktop.services.documents import computed
from fupin_desktop.services.payments import Batch, RowLine
from fupin_desktop.services.publicity import gates
from fupin_desktop.ui.dialogs.funds.entry import FundDialog
from fupin_desktop.ui.paper_actions import PaperActions
from fupin_desktop.ui.payments import steps
from fupin_desktop.ui.payments.bank_file import BankFileDialog
from fupin_desktop.ui.payments.paper_button import paper_button
from fupin_desktop.ui.payments.rows import PaymentRows
from fupin_desktop.ui.payments.table import chosen_rows, show_rows, table_of_rows
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.badge import Badge
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, link, say
from fupin_desktop.ui.widgets.panes import panes
from fupin_desktop.ui.widgets.problem_list import ProblemList
from fupin_desktop.ui.widgets.row_finder import RowFinder
from fupin_desktop.ui.widgets.selection_sums import sums_label
from fupin_desktop.ui.widgets.tips import as_tip

TONES = {
    BatchState.DRAFT: "plain", BatchState.CHECKED: "info", BatchState.SENT: "principle", BatchState.PAID: "good",
    BatchState.PARTLY: "must",
}  # fmt: skip
_WIDTHS = (5, 13, 9, 12, 17, 10, 12, 25, 16, 11, 12, 13, 18)
_NAME, _HOLDER, _NAME_WIDEST = 2, 5, 32
_FOUND_BY = (_NAME, 1, _HOLDER, 6)
"""Columns that a household is found by: its head, village and group, account name, the account's last digits."""
_NEXT = {
    BatchState.DRAFT: "审核…", BatchState.CHECKED: "送财政、银行…", BatchState.SENT: "登记发放…",
    BatchState.PARTLY: "更正重发",
}  # fmt: skip


class BatchPane(QWidget):
    """A batch and what can be done with it.

    Signals:
        changed: The batch, or another one, was written; the key to be shown then, empty where it was removed.
    """

    changed = Signal(str)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self.batch: Batch | None = None
        self.title, self.badge, self.figures = label("", "title", wrap=True), Badge(""), label("", "muted", wrap=True)
        self.gate = label("", tone="must", wrap=True)
        self.table, self.problems = table_of_rows("发放名单"), ProblemList(words=shell.clause_words)
        self.next = button("", self.go_on, "primary")
        self.back = button("退回一步", self.step_back, tip="退回到上一步，可以再改")
        self.mend = button("改正账户…", self.mend_account, tip="选定一户，改正台账里的账户名、账号、开户行 (双击也行)")
        self.leave = button("留到下一批", self.leave_out, tip="把选定的户从这一批移出，下一批再发")
        self.returned = button("登记退回…", self.give_back, tip="在名单上选定银行退回的户")
        self.recovered = button("登记追回…", self.recover, tip="在名单上选定已经退款的户")
        self.drop = button("删除", self.remove, "danger")
        self.list_papers = PaperActions(shell, self._list, "payments", key=lambda: self.key)
        self.sum_papers = PaperActions(shell, self._summary, "payments", key=lambda: self.key)
        self.bank = button("银行清单…", self.bank_file)
        self.changes = link("改动记录…", self.show_changes)
        self.finder = RowFinder(self.table, _FOUND_BY, "查找：户主、村组、账号尾号")
        self._build()
        self.table.doubleClicked.connect(lambda _index: self.mend_account())
        self.problems.reason_asked.connect(self.give_reason)
        self.problems.clause_asked.connect(shell.clause_wanted)
        self.problems.subjects_asked.connect(self.show_subjects)

    def _build(self) -> None:
        head = hbox((self.title, 1), (self.badge, 0, Qt.AlignmentFlag.AlignTop))
        acts = hbox(
            self.mend, self.leave, self.returned, self.recovered, (sums_label(self.table), 1), self.drop, self.back,
            self.next,
        )  # fmt: skip
        papers = hbox(
            paper_button("发放明细表", self.list_papers), paper_button("发放汇总表", self.sum_papers),
            self.bank, self.changes, STRETCH, self.finder,
        )  # fmt: skip
        self.split = panes(self.table, self.problems, below=True, shares=(3, 1))
        vbox(head, self.figures, self.gate, papers, (self.split, 1), acts, on=self, margins=0, spacing=8)

    def show_changes(self) -> None:
        """Every operation on the batch and its rows."""
        from fupin_desktop.services.change_log import Wanted
        from fupin_desktop.ui.dialogs.changes import show_changes

        if self.batch is not None:
            rows = tuple(row.key for row in self.batch.rows)
            show_changes(self._shell, Wanted(key=self.key, more=rows), self.batch.line.name)

    @property
    def key(self) -> str:
        """The batch shown; empty for none."""
        return self.batch.line.key if self.batch is not None else ""

    def show_batch(self, key: str) -> None:
        """Show a batch as it is now."""
        found = self._shell.read(lambda: payments.load(self._shell.bench, key))
        again = self.batch is not None and self.batch.line.key == key
        kept, top = [row.household_key for row in self.chosen()], self.table.verticalScrollBar().value()
        self.batch = found
        if found is None:
            return
        line = found.line
        say(self.title, line.name)
        self.badge.set_text(line.state.label, TONES[line.state])
        say(self.figures, _figures(found))
        hindered = self._hindered(found)
        say(self.gate, hindered)
        self.gate.setVisible(bool(hindered))
        show_rows(self.table, PaymentRows(found.rows, found.problems, self.table), _widths(found.rows))
        if again:
            self._choose_again(kept, top)
        self.problems.set_problems(found.problems, "账户没有发现问题")
        self.problems.setVisible(line.state in (BatchState.DRAFT, BatchState.CHECKED))
        self._offer(found)

    def _hindered(self, found: Batch) -> str:
        """What stands in the way of the next step."""
        if found.gate:
            return f"还不能发放：{found.gate}({self._shell.clause_words(gates.CLAUSE)})。"
        if found.line.state is not BatchState.CHECKED or not found.line.amount:
            return ""
        if not found.papers and found.earlier_paper:
            told = f"批准的“{found.earlier_paper}”取用的是更正以前的测算"
            return f"还不能送出：{told}；请在“资金审批”打开它，点“更正…”重新取用，批准以后再送。"
        if not found.papers:
            return "还不能送出：这笔资金还没有列入批准的审批表(附件4)，或村级使用计划还没有批准。"
        if found.paper is not None and found.paper.gate:
            return f"还不能送出：{found.paper.gate}。"
        most = max(one.left for one in found.papers)
        if most < found.line.amount:
            wanted = format_money(found.line.amount)
            told = f"批准的文件里还可以拨付 {format_money(most)} 元，这一批 {wanted} 元"
            return f"还不能送出：{told}；审批表还在办的，请等批准。"
        return ""

    def _offer(self, found: Batch) -> None:
        """The buttons of the state it is in."""
        state = found.line.state
        waiting = any(row.state is PaymentRowState.RETURNED and not row.paid_again for row in found.rows)
        self.next.setText(_NEXT.get(state, ""))
        self.next.setVisible(state in _NEXT and (state is not BatchState.PARTLY or waiting))
        self.back.setVisible(state in (BatchState.CHECKED, BatchState.SENT))
        self.drop.setVisible(state is BatchState.DRAFT)
        self.mend.setVisible(state is BatchState.DRAFT)
        self.leave.setVisible(state is BatchState.DRAFT)
        done = state in (BatchState.PAID, BatchState.PARTLY)
        self.returned.setVisible(done and any(row.state is PaymentRowState.PAID for row in found.rows))
        self.recovered.setVisible(done and any(row.state is PaymentRowState.RECOVER for row in found.rows))
        self.bank.setEnabled(state is not BatchState.DRAFT)
        self.bank.setToolTip(as_tip("" if state is not BatchState.DRAFT else "审核以后才能写出银行清单"))

    # ---- steps ----
    def go_on(self) -> None:
        """The next step."""
        found = self.batch
        if found is None or not self._shell.may_change():
            return
        dialogs: dict[BatchState, Callable[[Shell, Batch], FundDialog]] = {
            BatchState.DRAFT: steps.CheckDialog, BatchState.CHECKED: steps.SendDialog, BatchState.SENT: steps.PayDialog,
        }  # fmt: skip
        make = dialogs.get(found.line.state)
        if make is not None:
            if self._shell.ask.run(make(self._shell, found)):
                self.changed.emit(self.key)
                (self.table if self.next.isHidden() else self.next).setFocus()
        else:
            bench, key = self._shell.bench, self.key
            self._shell.do(lambda: payments.again(bench, key), lambda change: self.changed.emit(change.keys[0]))

    def step_back(self) -> None:
        """退回一步."""
        bench, key = self._shell.bench, self.key
        self._shell.do(lambda: payments.step_back(bench, key), lambda _change: self.changed.emit(key))

    def remove(self) -> None:
        """删除 a draft."""
        asked = "删除这个批次？名单和公示都不受影响，可以重新编制。"
        bench, key = self._shell.bench, self.key
        if self._shell.ask.question(self, "删除发放批次", asked, yes="删除", danger=True):
            self._shell.do(lambda: payments.remove(bench, key), lambda _change: self.changed.emit(""))

    def _choose_again(self, kept: Sequence[str], top: int) -> None:
        """Choose the households that were chosen before the batch was read anew, and stay at that place of it."""
        rows = self.batch.rows if self.batch is not None else ()
        model, select = self.table.selectionModel(), QItemSelectionModel.SelectionFlag
        for place in (place for place, row in enumerate(rows) if row.household_key in kept):
            index = self.table.model().index(place, _NAME)
            model.setCurrentIndex(index, select.Select | select.Rows)
        self.table.verticalScrollBar().setValue(top)

    def choose(self, household_key: str) -> None:
        """Choose a household of the batch, if it is one of it."""
        rows = self.batch.rows if self.batch is not None else ()
        place = next((place for place, row in enumerate(rows) if row.household_key == household_key), None)
        if place is not None:
            self.table.setCurrentIndex(self.table.model().index(place, _NAME))
            self.table.setFocus()

    def chosen(self) -> list[RowLine]:
        """The households chosen."""
        rows = self.batch.rows if self.batch is not None else ()
        return [rows[place] for place in chosen_rows(self.table)]

    def _chosen_in(self, *states: PaymentRowState) -> list[RowLine]:
        """The households chosen that are in a state; where none is, it is said what to do."""
        found = [row for row in self.chosen() if row.state in states]
        if not found:
            words = "、".join(f"“{state.label}”" for state in states)
            self._shell.ask.message(self, "发放", f"请先在名单上选定{words}的户，再点这个按钮。按住 Ctrl 可以选几户。")
        return found

    def mend_account(self) -> None:
        """改正账户 of the household chosen."""
        rows, found = self.chosen(), self.batch
        if found is None or found.line.state is not BatchState.DRAFT or not self._shell.may_change():
            return
        if len(rows) != 1:
            self._shell.ask.message(self, "发放", "请先在名单上选定一户，再点“改正账户…”。")
        elif self._shell.ask.run(steps.AccountDialog(self._shell, found, rows[0])):
            place = chosen_rows(self.table)[0]
            self.changed.emit(self.key)
            self.table.selectRow(place)

    def leave_out(self) -> None:
        """留到下一批."""
        rows = self._chosen_in(PaymentRowState.PENDING, PaymentRowState.RECOVER)
        bench, key, keys = self._shell.bench, self.key, [row.key for row in rows]
        if rows:
            self._shell.do(lambda: payments.leave_out(bench, key, keys), lambda _change: self.changed.emit(key))

    def give_back(self) -> None:
        """登记退回."""
        if not self._shell.may_change():
            return
        rows, found = self._chosen_in(PaymentRowState.PAID), self.batch
        if rows and found is not None and self._shell.ask.run(steps.BackDialog(self._shell, found, rows)):
            self.changed.emit(self.key)

    def recover(self) -> None:
        """登记追回."""
        if not self._shell.may_change():
            return
        rows, found = self._chosen_in(PaymentRowState.RECOVER), self.batch
        if rows and found is not None and self._shell.ask.run(steps.RecoverDialog(self._shell, found, rows)):
            self.changed.emit(self.key)

    def give_reason(self, problem: Problem) -> None:
        """Why an unusual account is right."""
        text = self._shell.ask.text(self, "账户原因", problem.sentence, problem.reason, long=True)
        if text is None:
            return
        bench, key = self._shell.bench, self.key
        for row in problem.subjects:
            give = partial(payments.give_reason, bench, key, row, text)
            self._shell.do(give, lambda _change: self.changed.emit(key))

    def show_subjects(self, problem: Problem) -> None:
        """Choose the households of a finding."""
        rows = self.batch.rows if self.batch is not None else ()
        for place, row in enumerate(rows):
            if row.key in problem.subjects:
                self.table.selectRow(place)
                self.table.scrollTo(self.table.model().index(place, 0))

    # ---- papers ----
    def _list(self) -> computed.Computed | None:
        if self.batch is None:
            return None
        return computed.paper(self._shell.bench, "payment_list", PaymentSubject(self._shell.bench, self.key))

    def _summary(self) -> computed.Computed | None:
        if self.batch is None:
            return None
        return computed.paper(self._shell.bench, "payment_summary", SummarySubject(self._shell.bench, (self.key,)))

    def bank_file(self) -> None:
        """银行清单."""
        if self.batch is not None:
            self._shell.ask.run(BankFileDialog(self._shell, self.key, self.batch.line.name))


def _widths(rows: Sequence[RowLine]) -> list[int]:
    """Characters of the columns: names of businesses get more room than those of persons, within reason."""
    widths = list(_WIDTHS)
    for column, names in ((_NAME, (row.head_name for row in rows)), (_HOLDER, (row.account_name for row in rows))):
        longest = max(map(len, names), default=0)
        widths[column] = min(max(widths[column], 2 * longest + 3), _NAME_WIDEST)
    return widths


def _figures(found: Batch) -> str:
    """Households, sums, and what must agree."""
    line, agreed = found.line, found.agreement
    parts = [f"{line.households} 户 {format_money(line.amount)} 元"]
    if line.share is not None:
        parts.append(f"预付到应发的 {line.share / 100:g}%")
    if line.returned:
        parts.append(f"退回 {format_money(line.returned)} 元")
    if line.recover:
        parts.append(f"待追回 {format_money(line.recover)} 元")
    if found.paper is not None:
        parts.append(f"依据“{found.paper.name}”批准 {format_money(found.paper.amount)} 元")
    if line.state in (BatchState.PAID, BatchState.PARTLY):
        same = "一致" if agreed.listed == agreed.ledger else "不一致，请核对资金台账"
        parts.append(f"资金台账 {format_money(agreed.ledger)} 元，与名单{same}")
    return "　".join(parts)
