"""登记拨付 of an approved document: how much was approved and paid, how much is paid now, what is left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from fupin_desktop.override import override
from fupin_desktop.services import fund_papers
from fupin_desktop.services.fund_papers import Payments
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui.dialogs.funds.entry import FundDialog, wanted, yuan
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.labels import label
from fupin_desktop.ui.widgets.money_field import ZERO


class PaymentDialog(FundDialog):
    """Pays it wholly or in part, from the sources of its plan in the order of the plan's table.

    Args:
        found: What is approved and paid.
        plan: Whether it is a plan, so that who gets the money is typed.
    """

    def __init__(self, shell: Shell, found: Payments, *, plan: bool) -> None:
        super().__init__(shell, "登记拨付", "登记拨付")
        self._found, self._plan = found, plan
        self.form.addRow("拨付哪一份", label(found.name, wrap=True))
        told = f"{yuan(found.amount)}，已拨付 {yuan(found.paid)}"
        if found.reserved:
            told = f"{told}，审批表已申请 {yuan(found.reserved)}"
        self.form.addRow("批准", label(told, wrap=True))
        self.amount = self.add_money("本次拨付(元)")
        self.day = self.add_day("拨付日期", shell.today)
        self.payee = self.add_line("收款单位(户)")
        self.form.setRowVisible(self.payee, plan)
        self.number, self.note = self.add_line("凭证号"), self.add_line("备注")
        self.amount.put(found.left if found.left > 0 else None)
        self.save.setEnabled(not found.gate)
        self.changed()

    @override
    def outlook(self) -> str:
        """What is still to be paid then."""
        if self._found.gate:
            self.warn(True)
            return f"{self._found.gate}。"
        rest = self._found.left - (self.amount.value or ZERO)
        self.warn(rest < 0)
        if rest < 0:
            return f"还可以拨付 {yuan(self._found.left)}，超出 {yuan(-rest)}。"
        return f"拨付后还有 {yuan(rest)}未拨付。" if rest else "拨付后全部拨完。"

    @override
    def missing(self) -> str:
        """Amount and day; a plan's payee too."""
        short = wanted(self.amount, self.day, "拨付金额")
        return short or ("请填写收款单位(户)。" if self._plan and not self.payee.text().strip() else "")

    @override
    def operation(self) -> Callable[[], Change]:
        """What writes it."""
        bench, key = self._shell.bench, self._found.key
        amount, day = self.amount.value, self.day.day
        assert amount is not None
        assert day is not None
        if self._plan:
            return partial(
                fund_papers.pay_plan, bench, key, day, amount, self.payee.text(), self.number.text(), self.note.text(),
            )
        return partial(fund_papers.pay, bench, key, day, amount, self.number.text(), self.note.text())
