"""反推标准: the highest standard of one item that uses the money up without scaling anything down."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QDialog

from fupin_desktop.domain.money import format_money
from fupin_desktop.policy.numbers import large_from
from fupin_desktop.policy.results import AwardResult
from fupin_desktop.policy.scheme import AwardScheme, WhenShort
from fupin_desktop.services import awards
from fupin_desktop.services.awards import Desk
from fupin_desktop.ui import fonts
from fupin_desktop.ui.models.award_knobs import knobs
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, rule, say
from fupin_desktop.ui.widgets.meter import BarMeter, Part


class SolveDialog(QDialog):
    """Choose an item, search, see what was found, take it.

    Attributes:
        scheme: The scheme with the standard found; None until one was found.
    """

    def __init__(self, shell: Shell, desk: Desk, *, frozen: bool = False) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("反推标准")
        self.setMinimumWidth(600)
        self._shell, self._desk, self._frozen = shell, desk, frozen
        self.scheme: AwardScheme | None = None
        self.items = QComboBox()
        self.items.setAccessibleName("项目")
        for item in desk.scheme.items:
            if item.rule.rates():
                fonts.ensure(item.name)
                self.items.addItem(item.name)
        self.items.activated.connect(lambda _place: self._forget())
        self.now, self.found = label(wrap=True), label("", "title", wrap=True)
        self.sums, self.meter = label("", wrap=True), BarMeter(16)
        self.search = button("开始反推", self.solve, "primary")
        self.keep = button("采用这个标准", self.accept)
        self._build()
        self._forget()

    def _build(self) -> None:
        pool = self._desk.scheme.money
        money = "方案没有写资金总额，不能反推。" if pool is None else f"可用资金 {format_money(pool)} 元。"
        told = f"{money}其他项目的标准不变，找出这一项最高的标准，使各户奖补合计不超过可用资金、也不折减。"
        row = hbox(label("项目", "muted"), (self.items, 1), self.search)
        below = hbox(STRETCH, button("关闭", self.reject), self.keep)
        vbox(
            label(told, "note", wrap=True), row, self.now, rule(), self.found, self.meter, self.sums, STRETCH, below,
            on=self, margins=(20, 16, 20, 14), spacing=10,
        )  # fmt: skip
        self.search.setEnabled(pool is not None and self.items.count() > 0)

    def _forget(self) -> None:
        """Another item was chosen."""
        self.scheme = None
        self.keep.setEnabled(False)
        say(self.now, f"现在的标准：{self._words(self._desk.scheme)}" if self.items.count() else "没有可以反推的项目")
        say(self.found, "")
        say(self.sums, "")
        totals = self._desk.result.totals
        self.meter.set_parts(totals.pool or totals.award, (Part(totals.award, "accent_mid", "现在"),))

    def _words(self, scheme: AwardScheme) -> str:
        item = next(item for item in scheme.items if item.name == self.items.currentText())
        start, _clause = large_from(scheme, self._shell.bench.parameters)
        return item.rule.words(item.unit, start)

    def solve(self) -> None:
        """Search in the background."""
        desk, name = self._desk, self.items.currentText()
        self._shell.run("正在反推标准", lambda report: desk.solve(name, progress=report), self._show_found)

    def _show_found(self, found: tuple[AwardScheme, AwardResult]) -> None:
        self.scheme, result = found
        totals = result.totals
        compared = awards.compare(self._desk.result, result)
        say(self.found, f"反推得到：{self._words(self.scheme)}")
        self.meter.set_parts(totals.pool or totals.award, (Part(totals.award, "accent", "反推后"),))
        left = "" if totals.left is None else f"，结余 {format_money(totals.left)} 元"
        before = format_money(self._desk.result.totals.award)
        capped = "各户都已到成本或封顶，再提高标准也不会多发。" if self._at_the_top(self.scheme, result) else ""
        say(self.sums, f"实奖补合计 {before} → {format_money(totals.award)} 元{left}；"
                       f"增加 {compared.more} 户，减少 {compared.less} 户。{capped}")
        self.keep.setEnabled(not self._frozen and self.scheme != self._desk.scheme)

    def _at_the_top(self, scheme: AwardScheme, result: AwardResult) -> bool:
        """Whether one yuan more in every standard of the item would give nobody more."""
        raised = scheme
        for knob in knobs(scheme):
            if knob.item == self.items.currentText():
                raised = knob.put(raised, knob.value + 1)
        return self._desk.attempt(replace(raised, when_short=WhenShort.STOP)).totals.award == result.totals.award
