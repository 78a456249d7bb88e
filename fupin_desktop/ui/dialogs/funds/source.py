"""登记资金, 修改资金: one source with its paper, its amount and what it is bound to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QComboBox

from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.override import override
from fupin_desktop.services import funds
from fupin_desktop.services.funds import FundBalance, FundForm
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui import fonts
from fupin_desktop.ui.dialogs.funds.entry import FundDialog, yuan
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.money_field import ZERO
from fupin_desktop.ui.widgets.tips import as_tip


class SourceDialog(FundDialog):
    """One source.

    Args:
        found: The source to change; None registers a new one.
    """

    def __init__(self, shell: Shell, found: FundBalance | None = None) -> None:
        super().__init__(shell, "修改资金" if found else "登记资金", "保存" if found else "登记")
        self._found = found
        self.kind = QComboBox()
        for kind in FundKind:
            self.kind.addItem(kind.label, kind.value)
        self.add_field("资金类别", self.kind)
        self.name = self.add_line("资金名称", "如：2026 年中央财政衔接推进乡村振兴补助资金")
        self.number = self.add_line("文号", "如：湛财农〔2026〕12 号")
        self.amount = self.add_money("下达金额(元)")
        self.ordered = self.add_day("下达日期", found.assigned_on if found else None, optional=True)
        self.ordered.setPlaceholderText("文件上的日期；不填就按到账日期")
        self.came = self.add_day("到账日期", found.received_on if found else None, optional=True)
        self.came.setPlaceholderText("一次到齐的才填；没有到或分次到的以后登记")
        self.plan = self.add_line("原定用途", "已有原定方案的才填写，原则上用于原方案")
        clause = shell.clause_words("吴川 三(二)2")
        self.plan.setToolTip(as_tip(f"“人均2万”等已投入原定方案的资金，按原方案使用 ({clause})"))
        self.donors = self.add_line("捐赠人")
        self.note = self.add_line("备注")
        self.reason = self.add_line("更正原因", "改动金额、日期的必须写明，记入台账；原定用途与已有安排不符的也要写明")
        self.form.setRowVisible(self.reason, False)
        self.plan.textChanged.connect(lambda _text: self.changed())
        if found is not None:
            self._fill(found)
        self.changed()

    def _fill(self, found: FundBalance) -> None:
        self.kind.setCurrentIndex(self.kind.findData(found.kind.value))
        lines = (self.name, self.number, self.plan, self.donors, self.note)
        texts = (found.name, found.document_no, found.original_plan, found.donors, found.note)
        for line, text in zip(lines, texts, strict=True):
            fonts.ensure(text)
            line.setText(text)
        self.amount.put(found.assigned)

    @property
    def _other_money(self) -> bool:
        """Whether amount or arrival are others than in the ledger."""
        found = self._found
        if found is None:
            return False
        other_day = self._ordered_on is not None
        return other_day or (self.amount.value or ZERO) != found.assigned or self.came.day != found.received_on

    @property
    def _ordered_on(self) -> date | None:
        """The day of the paper, where it is another than in the ledger."""
        before = self._found.assigned_on if self._found else None
        return self.ordered.day if self.ordered.day != before else None

    @override
    def changed(self) -> None:
        """The reason is asked where money changes, or what it is bound to."""
        found = self._found
        other_plan = found is not None and self.plan.text().strip() not in ("", found.original_plan)
        self.form.setRowVisible(self.reason, self._other_money or other_plan)
        super().changed()

    @override
    def outlook(self) -> str:
        """What can be allocated then."""
        amount, came, found = self.amount.value or ZERO, self.came.day, self._found
        self.warn(False)
        if found is None:
            if came is not None and amount:
                return f"登记后可安排 {yuan(amount)}。"
            return "还没有到账的资金不能安排；到账后用“到账”登记。" if amount else ""
        if self._other_money:
            told = "用冲销更正，原来的记录留在台账里"
            other = f"：下达 {format_money(found.assigned)} 改为 {yuan(amount)}" if amount != found.assigned else ""
            return f"{told}{other}。"
        return ""

    @override
    def missing(self) -> str:
        """Name and readable amounts."""
        fault = self.amount.fault or self.ordered.fault or self.came.fault
        if fault:
            return f"{fault}。"
        if not self.name.text().strip():
            return "请填写资金名称。"
        return "" if self.amount.value is not None else "请填写下达金额；没有下达文件的填 0。"

    @property
    def filled(self) -> FundForm:
        """What stands in the fields."""
        return FundForm(
            FundKind(self.kind.currentData()), self.name.text(), self.amount.value or ZERO, self.number.text(),
            self.came.day, self.plan.text(), self.donors.text(), self.note.text(), assigned_on=self._ordered_on,
        )

    @override
    def operation(self) -> Callable[[], Change]:
        """What writes it."""
        bench, filled, found = self._shell.bench, self.filled, self._found
        if found is None:
            return partial(funds.add, bench, filled)
        return partial(funds.update, bench, found.key, filled, self.reason.text())
