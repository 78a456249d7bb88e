"""呈批审批: use plans and approval sheets with their money beside the checks, and what the ledger does for them."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.override import override
from fupin_desktop.services import documents, fund_papers
from fupin_desktop.services.documents import OpenDocument, registry
from fupin_desktop.services.documents.type import Money
from fupin_desktop.services.fund_papers import Payments
from fupin_desktop.services.overview import Target
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.documents.actions import DocumentActions
from fupin_desktop.ui.tabs.documents.tab import DocumentTab
from fupin_desktop.ui.tabs.funds.money_panel import MoneyLine, MoneyPanel
from fupin_desktop.ui.tabs.funds.plan_rows import PAID, Rows, paid_rows, plan_rows
from fupin_desktop.ui.widgets.money_field import ZERO
from fupin_desktop.ui.widgets.toolbar import ToolRow

_DRAFT_OR_NEW = ("打开那一份接着填", "另填一份")
_OF_SHEET = (("approved", "批准", False), ("paid", "已拨付", False), ("amount", "本次", False), ("left", "余额", True))


def money_of(document: OpenDocument) -> Money:
    """What a document is to the ledger."""
    found = registry.of(document.line.form_id).money
    assert found is not None
    return found


class FundPaperActions(DocumentActions):
    """What documents of money can do besides."""

    @override
    def show_list(self) -> None:
        """The documents of the year with their money."""
        from fupin_desktop.ui.dialogs.table import show_table

        bench, year, shell = self._shell.bench, self._state.wanted.year, self._shell
        plans = shell.read(lambda: fund_papers.plan_lines(bench, year)) or ()
        sheets = shell.read(lambda: fund_papers.sheet_lines(bench, year)) or ()
        rows = [
            (one.number, registry.of(one.form_id).word, one.place, one.state.label, *map(format_money, (
                one.planned, one.approved, one.paid, one.left))) for one in plans
        ]
        rows += [
            (one.number, registry.of(one.form_id).word, one.place, one.state.label, *map(format_money, (
                one.amount, one.amount if one.state is ApplicationState.APPROVED else ZERO, one.paid, one.left)))
            for one in sheets
        ]
        headings = ("编号", "表种", "名称", "状态", "计划、申请(元)", "批准(元)", "已拨付(元)", "未拨付(元)")
        show_table(shell, f"{year} 年度{self._state.word} ({len(rows):,} 份)", headings, rows)

    def take(self) -> None:
        """取用奖补/项目: rows of uses or items from awards and projects."""
        from fupin_desktop.ui.dialogs.funds.take import TakeDialog

        document, shell = self._state.document, self._shell
        if document is None or not self._state.may_leave() or not shell.may_change():
            return
        bench, key = shell.bench, document.key
        found = shell.read(lambda: fund_papers.offers(bench, key))
        if found is None:
            return
        if not found:
            text = "没有可以取用的：还没有保存过奖补测算，也没有填好资金的项目绩效目标表。"
            shell.ask.message(shell.window, "取用奖补、项目", text)
            return
        shell.ask.run(TakeDialog(shell, key, found))

    def claim(self) -> None:
        """申请拨付: an approval sheet that rests on the plan shown."""
        document = self._state.document
        sheets = [one for one in self._state.types if one.money is not None and one.money.sheet]
        if document is None or not sheets or not self._state.may_leave():
            return
        bench, root, year = self._shell.bench, document.versions[0].key, self._state.wanted.year
        lines = self._shell.read(lambda: fund_papers.sheet_lines(bench, year)) or ()
        draft = next((one for one in lines if one.plan_root == root and one.state is ApplicationState.DRAFT), None)
        if draft is not None:
            told = f"这份计划已有一份还没有提交的审批表({draft.number})。"
            choice = self._shell.ask.choose(self._shell.window, "申请拨付", told, _DRAFT_OR_NEW)
            if choice == 0:
                self._show_begun(draft.key)
            if not choice:
                return
        begin = partial(documents.create, bench, sheets[0].form_id, root, year=year)
        self._shell.do(begin, lambda change: self._show_begun(change.keys[0]))

    def pay(self) -> None:
        """登记拨付 of the document shown."""
        from fupin_desktop.ui.dialogs.funds.payment import PaymentDialog

        document, bench = self._state.document, self._shell.bench
        if document is None or not self._shell.may_change():
            return
        found = self._shell.read(lambda: fund_papers.payments(bench, document.key))
        if found is not None:
            self._shell.ask.run(PaymentDialog(self._shell, found, plan=not money_of(document).sheet))


class FundPapersTab(DocumentTab):
    """The use plans and approval sheets of a year.

    Attributes:
        tools: Buttons of the row above.
        money: 批准, 已拨付, 本次, 余额.
    """

    key_of_tab: ClassVar[str] = "funds"
    word: ClassVar[str] = "呈批审批表"
    manual_anchor: ClassVar[str] = "money.html"
    actions_class: ClassVar[type[DocumentActions]] = FundPaperActions

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.tools, self.money = ToolRow(margins=(0, 0, 0, 0)), MoneyPanel()
        actions = self.document_actions
        assert isinstance(actions, FundPaperActions)
        self.take = self.tools.add("取用奖补/项目…", actions.take, tip="把奖补测算或项目的金额取到使用计划、支出明细里")
        self.claim = self.tools.add("申请拨付…", actions.claim, tip="按这份批准的计划新建资金使用审批表")
        self.pay = self.tools.add("登记拨付…", actions.pay, tip="批准以后登记实际拨付的金额，可以分次")
        self.side.put_first(self.money)
        self.money.asked.connect(self._show_rows)
        self.money.ledger_asked.connect(self._to_ledger)
        self._payments: Payments | None = None
        self.state.shown.connect(self._show_funds)
        self._show_funds()

    # ---- the money of the document shown ----
    def _show_funds(self) -> None:
        """Its money, and what can be done with it."""
        document = self.document
        money = money_of(document) if document is not None and document.stage == "final" else None
        self.take.setEnabled(document is not None and document.editable)
        self.claim.setEnabled(money is not None and not money.sheet)
        self.pay.setEnabled(money is not None and not money.paid_by_sheets)
        self._payments = None
        if document is None:
            self.money.show_lines((), ledger=False)
        else:
            bench, key = self.shell.bench, document.key
            self.shell.read(lambda: fund_papers.payments(bench, key), self._show_money)

    def _show_money(self, found: Payments) -> None:
        document = self.document
        if document is not None and document.key == found.key:
            self._payments = found
            self.money.show_lines(self._lines(document, found), ledger=document.stage == "final" or bool(found.lines))

    @staticmethod
    def _lines(document: OpenDocument, found: Payments) -> list[MoneyLine]:
        if money_of(document).sheet:
            told = document.data
            lines = [MoneyLine(key, word, told.get(key) or ZERO, strong) for key, word, strong in _OF_SHEET]
            return [*lines, MoneyLine(PAID, "本次已拨付", found.paid)] if found.lines else lines
        planned = document.data.get("total")
        lines = [MoneyLine("total", "计划总额", planned)] if planned is not None else []
        if not found.amount and not found.lines:
            return lines
        return [
            *lines, MoneyLine("allocated", "批准安排", found.amount), MoneyLine(PAID, "已拨付", found.paid),
            MoneyLine("reserved", "审批表已申请", found.reserved), MoneyLine("left", "余额", found.left, strong=True),
        ]

    def _show_rows(self, key: str) -> None:
        """The rows behind one of the amounts."""
        document, found, bench = self.document, self._payments, self.shell.bench
        if document is None or found is None:
            return
        if key == PAID:
            self._open_rows(paid_rows(found))
        elif money_of(document).sheet or key == "total":
            self.document_actions.show_source(key)
        else:
            root, year = document.versions[0].key, self.state.wanted.year
            self._open_rows(self.shell.read(lambda: plan_rows(bench, found, root, year, key)))

    def _open_rows(self, rows: Rows | None) -> None:
        from fupin_desktop.ui.dialogs.table import show_table

        if rows is not None:
            show_table(self.shell, *rows)

    def _to_ledger(self) -> None:
        """The ledger, narrowed to the plan of the document shown."""
        if self.document is not None:
            root = self.document.versions[0].key
            self.shell.wanted.emit(Target("funds", "ledger:plan", self._plan_root(root)))

    def _plan_root(self, root: str) -> str:
        """The first version of the plan that the document is, or rests on."""
        bench, year = self.shell.bench, self.state.wanted.year
        sheets = self.shell.read(lambda: fund_papers.sheet_lines(bench, year)) or []
        return next((one.plan_root for one in sheets if one.root == root), root)
