"""The row of buttons above the ledger."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from fupin_desktop.override import override
from fupin_desktop.ui.tabs.funds.ledger_actions import LedgerActions
from fupin_desktop.ui.tabs.funds.ledger_papers import LedgerPapers
from fupin_desktop.ui.tabs.funds.state import LedgerState
from fupin_desktop.ui.widgets.day_field import DayField
from fupin_desktop.ui.widgets.labels import label
from fupin_desktop.ui.widgets.toolbar import ToolRow

_ROOMY = 46  # lines of text beside each other


class LedgerTools(ToolRow):
    """登记, the moves, import and papers, and the day whose balances are shown."""

    def __init__(
        self, state: LedgerState, actions: LedgerActions, papers: LedgerPapers, parent: QWidget | None = None
    ) -> None:
        super().__init__(margins=(0, 0, 0, 0), parent=parent)
        self._state = state
        self.register = self.add("登记资金…", actions.add_source, primary=True, tip="登记一笔新的资金来源")
        self.receive = self.add("到账…", actions.receive, tip="登记资金到账")
        self.allocate = self.add_menu("安排", (
            ("安排资金…", actions.allocate), ("按奖补方案安排…", actions.allocate_scheme),
        ), right=False)
        self.allocate.setToolTip("把到账的资金安排给镇、村、使用计划或奖补方案")
        self.pay = self.add("拨付…", actions.pay, tip="登记已安排资金的拨付")
        self.counter = self.add("冲销…", actions.counter, tip="登记错的一笔用冲销更正，原来的记录不改")
        self.bring = self.add("导入台账…", papers.bring, tip="从 Excel / WPS 表格导入已有的资金台账")
        self.more = self.add_menu("更多", (
            ("冲销…", actions.counter), ("导入台账…", papers.bring), ("打印资金台账…", papers.ledger.print),
            ("复制", actions.copied),
        ), right=False)
        self.day = DayField(state.year, "今天", short=True)
        self.day.setAccessibleName("截至日期")
        self.day.setToolTip("余额和记录截至哪一天；空着就是今天")
        self.until = label("截至")
        self.add_widget(self.until, right=True)
        self.add_widget(self.day, right=True)
        self.export = self.add_menu("导出", (
            ("资金台账 xlsx…", papers.ledger.save_xlsx), ("资金台账 PDF…", papers.ledger.save_pdf),
            ("资金结存表 xlsx…", papers.balances.save_xlsx), ("资金结存表 PDF…", papers.balances.save_pdf),
            ("台账明细 (可以再导入) xlsx…", papers.plain_list), ("空白台账 xlsx…", papers.template),
        ))
        self.print = self.add_menu("打印", (
            ("预览资金台账…", papers.ledger.preview), ("打印资金台账…", papers.ledger.print),
            ("预览资金结存表…", papers.balances.preview), ("打印资金结存表…", papers.balances.print),
        ))
        self.copy = self.add("复制", actions.copied, right=True, tip="复制选中的行；没有选几行的，复制列出的全部")
        self.day.day_changed.connect(lambda: state.choose_day(self.day.day))
        state.read_in.connect(self._follow_year)
        for told in (state.read_in, state.entries_shown, state.line_chosen):
            told.connect(self._enable)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, some buttons become entries of a menu."""
        super().resizeEvent(event)
        narrow = event.size().width() < _ROOMY * self.fontMetrics().height()
        self.more.setVisible(narrow)
        for piece in (self.counter, self.bring, self.copy, self.until, self.print):
            piece.setVisible(not narrow)

    def _follow_year(self) -> None:
        """A day without a year is of the year now at work."""
        self.day.year = self._state.year

    def _enable(self) -> None:
        """Only what can be done can be clicked."""
        line, sources = self._state.line, self._state.standing
        for piece, can in (
            (self.receive, bool(sources)), (self.allocate, bool(sources)),
            (self.pay, any(one.unpaid > 0 for one in sources)),
            (self.counter, line is not None and line.left > 0), (self.copy, bool(self._state.lines)),
        ):
            piece.setEnabled(can)
