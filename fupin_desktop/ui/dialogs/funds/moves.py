"""到账, 安排, 拨付, 冲销: money moves in the ledger; what will be left is said before it is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from fupin_desktop.domain.vocabulary import EntryKind, TargetKind
from fupin_desktop.override import override
from fupin_desktop.services import funds
from fupin_desktop.services.funds import EntryLine, FundBalance, FundTarget, SourceShare, TargetBalance
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui import fonts
from fupin_desktop.ui.dialogs.funds.entry import FundDialog, SourceBox, wanted, yuan
from fupin_desktop.ui.dialogs.funds.targets import TargetList
from fupin_desktop.ui.models.fund_entries import words
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.labels import label
from fupin_desktop.ui.widgets.money_field import ZERO
from fupin_desktop.ui.widgets.tips import as_tip


class ReceiveDialog(FundDialog):
    """到账: money of a source arrives."""

    def __init__(self, shell: Shell, sources: Sequence[FundBalance], key: str = "") -> None:
        super().__init__(shell, "登记到账", "登记到账")
        self.source = SourceBox(sources, "outstanding", "未到账", key)
        self.add_field("资金来源", self.source)
        self.amount = self.add_money("到账金额(元)")
        self.day = self.add_day("到账日期", shell.today)
        self.number, self.note = self.add_line("凭证号"), self.add_line("备注")
        self.source.currentIndexChanged.connect(lambda _place: self._offer())
        self._offer()

    def _offer(self) -> None:
        """What has not arrived yet is what arrives, as a rule."""
        one = self.source.source
        rest = one.assigned - one.received if one else ZERO
        self.amount.put(rest if rest > 0 else None)
        self.changed()

    @override
    def outlook(self) -> str:
        """What there is then."""
        one, amount = self.source.source, self.amount.value or ZERO
        if one is None:
            return "还没有登记资金，请先“登记资金”。"
        rest = one.assigned - one.received - amount
        self.warn(one.assigned > 0 and rest < 0)
        told = f"到账后可安排 {yuan(one.available + amount)}，账面余额 {yuan(one.in_hand + amount)}。"
        if one.assigned <= 0:
            return told
        if rest < 0:
            return f"{told}比下达的多 {yuan(-rest)}。"
        return told + (f"下达的还有 {yuan(rest)}未到账。" if rest else "下达的全部到账。")

    @override
    def missing(self) -> str:
        """Source, amount and day."""
        return "请选资金来源。" if self.source.source is None else wanted(self.amount, self.day, "到账金额")

    @override
    def operation(self) -> Callable[[], Change]:
        """What writes it."""
        one, amount, day = self.source.source, self.amount.value, self.day.day
        assert one is not None
        assert amount is not None
        assert day is not None
        return partial(funds.receive, self._shell.bench, one.key, amount, day, self.number.text(), self.note.text())


class AllocateDialog(FundDialog):
    """安排: money of a source goes to a town, a village, a plan or a scheme."""

    def __init__(
        self, shell: Shell, sources: Sequence[FundBalance], targets: Sequence[TargetBalance], key: str = "",
    ) -> None:
        super().__init__(shell, "安排资金", "安排")
        self.source = SourceBox(sources, "available", "可安排", key)
        self.targets = TargetList([one.target for one in targets])
        self.add_field("资金来源", self.source)
        self.add_field("安排给", self.targets)
        self.amount = self.add_money("安排金额(元)")
        self.day = self.add_day("安排日期", shell.today)
        self.note = self.add_line("备注")
        self.reason = self.add_line("原因说明", "原则上不这样安排的，确需安排要写明")
        village, bound = map(shell.clause_words, ("吴川 三(一)5", "吴川 三(二)2"))
        told = f"没有参与产业的农户的村，原则上不安排资金 ({village})；有原定用途的资金，原则上用于原方案 ({bound})"
        self.reason.setToolTip(as_tip(told))
        self.source.currentIndexChanged.connect(lambda _place: self.changed())
        self.targets.chosen.connect(self.changed)
        self.changed()

    @override
    def changed(self) -> None:
        """The reason is asked where one may be needed."""
        self.form.setRowVisible(self.reason, self._may_need_reason)
        super().changed()

    @property
    def _may_need_reason(self) -> bool:
        """Of villages, which may not take part, and of money bound to another plan."""
        one, target = self.source.source, self.targets.target
        if target is None:
            return False
        bound = one is not None and funds.breaks_plan(one.original_plan, target)
        return bound or target.kind is TargetKind.VILLAGE

    @override
    def outlook(self) -> str:
        """What can still be allocated then."""
        one = self.source.source
        if one is None:
            return "还没有登记资金，请先“登记资金”。"
        rest = one.available - (self.amount.value or ZERO)
        self.warn(rest < 0)
        if rest < 0:
            return f"可安排 {yuan(one.available)}，超出 {yuan(-rest)}。"
        bound = f"这笔资金已有原定用途：{one.original_plan}。" if one.original_plan else ""
        return f"安排后可安排余额 {yuan(rest)}。{bound}"

    @override
    def missing(self) -> str:
        """Source, target, amount and day."""
        if self.source.source is None:
            return "请选资金来源。"
        return "请选安排给谁。" if self.targets.target is None else wanted(self.amount, self.day, "安排金额")

    @override
    def operation(self) -> Callable[[], Change]:
        """What writes it."""
        one, target = self.source.source, self.targets.target
        amount, day = self.amount.value, self.day.day
        assert one is not None
        assert target is not None
        assert amount is not None
        assert day is not None
        reason = self.reason.text() if self._may_need_reason else ""
        return partial(funds.allocate, self._shell.bench, one.key, target, amount, day, self.note.text(), reason)


class PayDialog(FundDialog):
    """拨付: what is allocated is paid out."""

    def __init__(
        self, shell: Shell, sources: Sequence[FundBalance], targets: Sequence[TargetBalance], key: str = "",
        target: FundTarget | None = None,
    ) -> None:
        super().__init__(shell, "拨付资金", "登记拨付")
        due = {share.source_key for one in targets for share in one.by_source if share.left > 0}
        self._targets, self._due = targets, list[tuple[FundTarget, SourceShare]]()
        self.source = SourceBox([one for one in sources if one.key in due], "unpaid", "未拨付", key)
        self.target = QComboBox()
        self.target.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.add_field("资金来源", self.source)
        self.add_field("拨给", self.target)
        self.amount = self.add_money("拨付金额(元)")
        self.day = self.add_day("拨付日期", shell.today)
        self.payee, self.number = self.add_line("收款单位(户)"), self.add_line("凭证号")
        self.note = self.add_line("备注")
        self.source.currentIndexChanged.connect(lambda _place: self._offer_targets())
        self.target.currentIndexChanged.connect(lambda _place: self._offer_amount())
        self._offer_targets()
        marks = [found.mark for found, _share in self._due]
        if target is not None and target.mark in marks:
            self.target.setCurrentIndex(marks.index(target.mark))

    def _offer_targets(self) -> None:
        """Whom something is allocated to and not yet paid."""
        one = self.source.source
        self._due = [
            (balance.target, share) for balance in self._targets for share in balance.by_source
            if one is not None and share.source_key == one.key and share.left > 0
        ]
        self.target.clear()
        for target, share in self._due:
            fonts.ensure(target.name)
            self.target.addItem(f"未拨付 {yuan(share.left)}　{target.kind.label} {target.name}")
            self.target.setItemData(self.target.count() - 1, as_tip(target.name), Qt.ItemDataRole.ToolTipRole)
        self._offer_amount()

    def _offer_amount(self) -> None:
        found = self.chosen
        self.amount.put(found[1].left if found else None)
        self.changed()

    @property
    def chosen(self) -> tuple[FundTarget, SourceShare] | None:
        """The target, and what the source gives it."""
        place = self.target.currentIndex()
        return self._due[place] if 0 <= place < len(self._due) else None

    @override
    def outlook(self) -> str:
        """What is still to be paid then."""
        one, found = self.source.source, self.chosen
        if one is None or found is None:
            return "没有已安排、还没有拨付的资金，请先“安排”。"
        amount = self.amount.value or ZERO
        rest = found[1].left - amount
        self.warn(rest < 0)
        if rest < 0:
            return f"“{found[0].name}”未拨付 {yuan(found[1].left)}，超出 {yuan(-rest)}。"
        return f"拨付后“{found[0].name}”未拨付 {yuan(rest)}，这笔资金账面余额 {yuan(one.in_hand - amount)}。"

    @override
    def missing(self) -> str:
        """Target, amount and day."""
        return "请选拨给谁。" if self.chosen is None else wanted(self.amount, self.day, "拨付金额")

    @override
    def operation(self) -> Callable[[], Change]:
        """What writes it."""
        one, found, amount, day = self.source.source, self.chosen, self.amount.value, self.day.day
        assert one is not None
        assert found is not None
        assert amount is not None
        assert day is not None
        return partial(
            funds.pay, self._shell.bench, one.key, found[0], amount, day, payee=self.payee.text(),
            paper_no=self.number.text(), note=self.note.text(),
        )


class CounterDialog(FundDialog):
    """冲销: an entry is taken back, wholly or in part; it stays in the ledger with its counter-entry."""

    def __init__(self, shell: Shell, line: EntryLine, source: FundBalance | None) -> None:
        super().__init__(shell, "冲销", "冲销")
        self._line, self._source = line, source
        told = f"{line.dated:%Y-%m-%d}　{line.source}　{words(line)}"
        shown = label(told, wrap=True)
        shown.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.form.addRow("冲销哪一笔", shown)
        self.form.addRow("金额", label(f"{yuan(line.amount)}，还可以冲销 {yuan(line.left)}"))
        self.amount = self.add_money("冲销金额(元)")
        self.day = self.add_day("冲销日期", max(shell.today, line.dated))
        self.reason = self.add_line("原因", "必须写明，记入台账")
        self.amount.put(line.left)
        self.changed()

    @override
    def outlook(self) -> str:
        """What there is then."""
        amount = self.amount.value or ZERO
        rest = self._line.left - amount
        self.warn(rest < 0)
        if rest < 0:
            return f"这一笔还可以冲销 {yuan(self._line.left)}，超出 {yuan(-rest)}。"
        told = f"冲销后这一笔还有 {yuan(rest)}"
        one, kind = self._source, self._line.kind
        if one is None or kind is EntryKind.ASSIGNED:
            return f"{told}。"
        if kind is EntryKind.PAID:
            return f"{told}，账面余额 {yuan(one.in_hand + amount)}。"
        sign = 1 if kind is EntryKind.ALLOCATED else -1
        return f"{told}，可安排余额 {yuan(one.available + sign * amount)}。"

    @override
    def missing(self) -> str:
        """Amount, day and reason."""
        short = wanted(self.amount, self.day, "冲销金额")
        return short or ("" if self.reason.text().strip() else "请写明冲销的原因。")

    @override
    def operation(self) -> Callable[[], Change]:
        """What writes it."""
        amount, day = self.amount.value, self.day.day
        assert amount is not None
        assert day is not None
        return partial(funds.counter, self._shell.bench, self._line.key, day, self.reason.text(), amount)
