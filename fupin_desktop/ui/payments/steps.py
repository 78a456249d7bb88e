"""The small dialogs of a payment batch's steps: making, checking, sending, paying, what came back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QComboBox

from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.reading.numbers import read_percent
from fupin_desktop.override import override
from fupin_desktop.services import payments
from fupin_desktop.services.payments import Batch, Payable, RowLine
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui import fonts
from fupin_desktop.ui.dialogs.funds.entry import FundDialog, yuan
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.labels import label
from fupin_desktop.ui.widgets.open_choice import open_choice

_ALL = "全部付清"
_REASONS = ["账号户名不符", "账号有误", "账户已销户", "账户状态异常(挂失、冻结、长期不动)", "身份证号不符"]


class NewBatchDialog(FundDialog):
    """编制一批: of a list all that is left, or a share in advance.

    Attributes:
        made: Key of the batch that was made; empty before.
    """

    def __init__(self, shell: Shell, payable: Payable) -> None:
        super().__init__(shell, "编制发放批次", "编制")
        self._payable, self.made = payable, ""
        self.form.addRow("发放事项", label(payable.title, wrap=True))
        left = Decimal(payable.left_fen) / 100
        self.form.addRow("还没有列入批次", label(yuan(left), "strong"))
        self.share = open_choice()
        self.share.addItems([_ALL, "40%", "50%", "90%"])
        self.share.setCurrentIndex(0)
        self.share.currentTextChanged.connect(lambda _text: self.changed())
        self.add_field("发到应发金额的", self.share)
        self.changed()

    @property
    def _part(self) -> Decimal | None:
        """The share as a part of 1; None for all.

        Raises:
            ValueError: It is no share.
        """
        text = self.share.currentText().strip()
        if text in ("", _ALL):
            return None
        read = read_percent(text, "预付比例")
        if read.value is None or read.issue is not None:
            raise ValueError(text)
        part = Decimal(read.value) / 100
        return None if part == 1 else part

    @override
    def outlook(self) -> str:
        """What the share means."""
        self.warn(False)
        try:
            part = self._part
        except ValueError:
            return ""
        if part is None:
            return "每户一次付清。"
        return f"每户先付到应发金额的 {(part * 100).normalize():f}%，余款在下一批付清。"

    @override
    def missing(self) -> str:
        """A share that is one."""
        try:
            part = self._part
        except ValueError:
            return "请填写预付比例，例如 40%。"
        return "预付比例应大于 0、小于 100%。" if part is not None and not 0 < part < 1 else ""

    @override
    def operation(self) -> Callable[[], Change]:
        """What makes it."""
        one = self._payable
        return partial(payments.create, self._shell.bench, one.source_key, kind=one.kind, share=self._part)

    @override
    def written(self, change: Change) -> None:
        """Keep its key."""
        self.made = change.keys[0]
        super().written(change)


class CheckDialog(FundDialog):
    """审核: who checked it."""

    def __init__(self, shell: Shell, batch: Batch) -> None:
        super().__init__(shell, "审核发放批次", "审核通过")
        self._key = batch.line.key
        self.form.addRow("批次", label(batch.line.name, wrap=True))
        self.form.addRow("金额", label(f"{batch.line.households} 户 {yuan(batch.line.amount)}", "strong"))
        self.by = self.add_line("审核人", shell.bench.clerk)

    @override
    def operation(self) -> Callable[[], Change]:
        """What writes it."""
        return partial(payments.check, self._shell.bench, self._key, self.by.text())


class SendDialog(FundDialog):
    """送财政、银行: when and where to, under which approved document."""

    def __init__(self, shell: Shell, batch: Batch) -> None:
        super().__init__(shell, "送财政、银行", "登记送出")
        self._batch = batch
        self.form.addRow("批次", label(batch.line.name, wrap=True))
        self.form.addRow("金额", label(f"{batch.line.households} 户 {yuan(batch.line.amount)}", "strong"))
        self.paper = QComboBox()
        self.paper.setPlaceholderText("请选定从哪一份拨付")
        for one in sorted(batch.papers, key=lambda one: bool(one.gate) or one.left < batch.line.amount):
            text = f"{one.name}　可拨 {format_money(one.left)}"
            fonts.ensure(text)
            self.paper.addItem(text, one.key)
        self.paper.setCurrentIndex(self.paper.findData(batch.paper.key if batch.paper else ""))
        self.paper.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.paper.setMinimumContentsLength(32)
        self.add_field("拨付依据", self.paper)
        self.day = self.add_day("送出日期", shell.today)
        self.to = self.add_line("送往", "财政所、银行")

    @override
    def missing(self) -> str:
        """A day, and the document where there are several."""
        if self.day.fault or not self.day.day:
            return f"{self.day.fault}。" if self.day.fault else "请填写送出日期。"
        chosen = self.paper.currentIndex() >= 0 or not self._batch.papers
        return "" if chosen else "有几份批准的文件，请选定从哪一份拨付。"

    @override
    def operation(self) -> Callable[[], Change]:
        """What chooses the document, where there is a choice, and sends it."""
        bench, key, batch = self._shell.bench, self._batch.line.key, self._batch
        paper, day, to = self.paper.currentData(), self.day.day, self.to.text()

        def work() -> Change:
            if paper and (batch.paper is None or batch.paper.key != paper):
                payments.choose_paper(bench, key, paper)
            return payments.send(bench, key, day, to)

        return work


class PayDialog(FundDialog):
    """登记发放: day and number of the voucher; the ledger pays the whole list."""

    def __init__(self, shell: Shell, batch: Batch) -> None:
        super().__init__(shell, "登记发放", "登记发放")
        self._batch = batch
        self.form.addRow("批次", label(batch.line.name, wrap=True))
        self.form.addRow("发放", label(f"{batch.line.households} 户 {yuan(batch.line.amount)}", "strong"))
        self.day = self.add_day("发放日期", shell.today)
        self.number = self.add_line("凭证号", "银行回单或记账凭证的号，可以不填")
        told = "登记后资金台账同时记拨付。银行退回的，登记发放以后在名单上选定，再点“登记退回…”。"
        self.form.addRow("", label(told, "note", wrap=True))

    @override
    def missing(self) -> str:
        """A day."""
        return f"{self.day.fault}。" if self.day.fault else ("" if self.day.day else "请填写发放日期。")

    @override
    def operation(self) -> Callable[[], Change]:
        """What writes it."""
        return partial(payments.pay, self._shell.bench, self._batch.line.key, self.day.day, self.number.text())


class BackDialog(FundDialog):
    """登记退回: why, for the households chosen."""

    def __init__(self, shell: Shell, batch: Batch, rows: Sequence[RowLine]) -> None:
        super().__init__(shell, "登记退回", "登记退回")
        self._batch, self._rows = batch, tuple(rows)
        names = "、".join(row.head_name for row in rows[:5]) + ("等" if len(rows) > 5 else "")
        total = sum((row.amount for row in rows), Decimal(0))
        self.form.addRow("退回", label(f"{names} {len(rows)} 户 {yuan(total)}", "strong", wrap=True))
        self.day = self.add_day("退回日期", shell.today)
        self.reason = open_choice()
        self.reason.addItems(_REASONS)
        self.reason.setCurrentText("")
        self.add_field("退回原因", self.reason)
        self.reason.setFocus()

    @override
    def missing(self) -> str:
        """A day and a reason."""
        if self.day.fault or not self.day.day:
            return f"{self.day.fault}。" if self.day.fault else "请填写退回日期。"
        return "" if self.reason.currentText().strip() else "请填写退回原因。"

    @override
    def operation(self) -> Callable[[], Change]:
        """What writes it."""
        why = {row.key: self.reason.currentText() for row in self._rows}
        return partial(payments.give_back, self._shell.bench, self._batch.line.key, why, self.day.day)


class AccountDialog(FundDialog):
    """改正账户 of one household or entity of a draft; it is written into its register."""

    def __init__(self, shell: Shell, batch: Batch, row: RowLine) -> None:
        super().__init__(shell, "改正账户", "保存")
        self._batch, self._row = batch, row
        self.form.addRow("户主", label(f"{row.village}{row.group_name}　{row.head_name}", "strong", wrap=True))
        if row.note:
            self.form.addRow("说明", label(row.note, "must", wrap=True))
        self.holder, self.account = self.add_line("账户名", "不填的按户主姓名"), self.add_line("账号")
        self.bank = self.add_line("开户行")
        for field, text in ((self.holder, row.account_name), (self.account, row.account), (self.bank, row.bank_name)):
            field.setText(text)
        told = "改的是台账里的账户，以后的批次也用它；审核以前，这一批随台账变动。"
        self.form.addRow("", label(told, "note", wrap=True))
        self.account.setFocus()
        self.account.selectAll()

    @override
    def operation(self) -> Callable[[], Change]:
        """What writes it."""
        texts = {"account_name": self.holder.text(), "account": self.account.text(), "bank_name": self.bank.text()}
        return partial(payments.set_account, self._shell.bench, self._batch.line.key, self._row.key, **texts)


class RecoverDialog(FundDialog):
    """登记追回: the day, for the households chosen."""

    def __init__(self, shell: Shell, batch: Batch, rows: Sequence[RowLine]) -> None:
        super().__init__(shell, "登记追回", "登记追回")
        self._batch, self._rows = batch, tuple(rows)
        total = sum((-row.amount for row in rows), Decimal(0))
        self.form.addRow("追回", label(f"{len(rows)} 户 {yuan(total)}", "strong"))
        self.day = self.add_day("追回日期", shell.today)

    @override
    def missing(self) -> str:
        """A day."""
        return f"{self.day.fault}。" if self.day.fault else ("" if self.day.day else "请填写追回日期。")

    @override
    def operation(self) -> Callable[[], Change]:
        """What writes it."""
        keys = [row.key for row in self._rows]
        return partial(payments.recover, self._shell.bench, self._batch.line.key, keys, self.day.day)
