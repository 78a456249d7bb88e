"""验收、发放、卷宗 of the round in front, beside its publicity: what is done, and the button of what comes next."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.payments import BatchState
from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.services import acceptance, payments
from fupin_desktop.services.dossiers import Kind
from fupin_desktop.services.notices.rounds import Round
from fupin_desktop.services.overview import Target
from fupin_desktop.services.payments import BatchLine
from fupin_desktop.ui.payments.opening import open_acceptance, open_dossier, open_payments
from fupin_desktop.ui.payments.steps import NewBatchDialog
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.publicity.state import PublicityState
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.card import clear
from fupin_desktop.ui.widgets.labels import button, label, link, restyle, rule, say

_DONE = frozenset({BatchState.PAID, BatchState.PARTLY})
_LISTS = frozenset({PublicKind.PROCEEDS, PublicKind.SUBSIDY, PublicKind.COMMENDATION})
"""What is paid by the amounts of its own notice, without filing."""
_IN_POOL = frozenset({PublicKind.POOL, PublicKind.PROJECT})
_PROJECTS = Target("ledgers", register="projects")
_KINDS = {PublicKind.SCHEME: Kind.SCHEME, PublicKind.PROJECT: Kind.PROJECT}


class PayingSteps(QWidget):
    """Below the steps of publicity.

    Attributes:
        pay: The button to the payments; primary once everything before it is done.
    """

    def __init__(self, shell: Shell, state: PublicityState) -> None:
        super().__init__()
        self._shell, self._state = shell, state
        self._rows = vbox(spacing=5)
        self.pay = button("发放…", self.open_payments)
        self.accept = link("验收…", self.open_acceptance)
        self.file = link("审计卷宗…", self.open_dossier)
        self.pool = link("到项目库登记下一步…", lambda: shell.wanted.emit(_PROJECTS))
        foot = hbox(self.accept, self.file, self.pool, STRETCH, spacing=12)
        self._title = label("", "title")
        vbox(rule(), self._title, self._rows, self.pay, foot, on=self, margins=0, spacing=6)
        state.shown.connect(self.show_round)
        self.show_round()

    def show_round(self) -> None:
        """What is done for the round in front."""
        clear(self._rows)
        one = self._state.current
        is_award = one is not None and one.subject.kind is PublicKind.SCHEME and one.kind == "awards"
        is_paid_here = is_award or (one is not None and one.subject.kind in _LISTS)
        is_filed = one is not None and one.subject.kind in _KINDS
        is_pool = one is not None and one.subject.kind is PublicKind.POOL
        self.setVisible(is_filed or is_paid_here or is_pool)
        say(self._title, "验收和发放" if is_filed else "入库" if is_pool else "发放")
        self.pool.setVisible(one is not None and one.subject.kind in _IN_POOL)
        if one is not None and is_pool:
            self._tell_entry(one)
        self.pay.setVisible(is_paid_here)
        self.accept.setVisible(is_award)
        self.file.setVisible(is_filed)
        if one is None or not is_paid_here:
            return
        self._tell_paid(one)
        if is_award:
            self._measured(one)

    def _tell_entry(self, one: Round) -> None:
        """Whether the projects of the list can enter the pool."""
        told = "可以登记入库了。" if one.next is None else "公示期满、没有异议、出具结果以后登记入库。"
        self._rows.addWidget(label(told, "note", tone="" if one.next is None else "principle", wrap=True))

    def _tell_paid(self, one: Round) -> None:
        """The batches of the list that is published, or when there can be some."""
        bench, key = self._shell.bench, one.subject.key
        lines = self._shell.read(lambda: payments.batches(bench, object_key=key)) or []
        for line in lines:
            self._rows.addWidget(self._batch(line))
        ready = one.next is None
        if not lines:
            last = "出具结果" if one.subject.kind in _LISTS else "备案"
            told = "可以编制发放明细了。" if ready else f"公示期满、没有异议、{last}以后才能发放。"
            self._rows.addWidget(label(told, "note", tone="" if ready else "principle", wrap=True))
        self.pay.setText("编制发放明细…" if not lines else "发放…")
        over = bool(lines) and all(line.state in _DONE for line in lines)
        self.pay.setProperty("role", "primary" if ready and not over else "")
        restyle(self.pay)

    def _batch(self, line: BatchLine) -> QWidget:
        told = f"第{line.number}批 {line.state.label}　{line.households} 户 {format_money(line.amount)} 元"
        return link(told, partial(open_payments, self._shell, "", line.key))

    def _measured(self, one: Round) -> None:
        bench = self._shell.bench
        found = self._shell.read(lambda: acceptance.batches(bench, bench.year)) or []
        mine = [line for line in found if line.place == one.place]
        for line in mine:
            told = f"验收 {line.measured}/{line.rows} 项　{line.state.label}"
            self._rows.addWidget(link(told, partial(open_acceptance, self._shell, line.key)))

    # ---- what the buttons do ----
    def open_payments(self) -> None:
        """发放 of the list in front; where nothing of it is made yet, its first batch is made at once."""
        one, bench = self._state.current, self._shell.bench
        key = one.subject.key if one is not None else ""
        found = self._shell.read(lambda: payments.payables(bench, bench.year)) or []
        payable = next((each for each in found if each.object_key == key and not each.gate), None)
        if payable is None or payments.batches(bench, object_key=key):
            open_payments(self._shell, key)
            return
        if not self._shell.may_change():
            return
        dialog = NewBatchDialog(self._shell, payable)
        if self._shell.ask.run(dialog):
            open_payments(self._shell, "", dialog.made)

    def open_acceptance(self) -> None:
        """验收."""
        open_acceptance(self._shell)

    def open_dossier(self) -> None:
        """审计卷宗 of what is in front."""
        one = self._state.current
        if one is not None:
            open_dossier(self._shell, _KINDS[one.subject.kind], one.subject.key)
