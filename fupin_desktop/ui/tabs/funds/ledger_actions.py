"""What the buttons of the ledger do; every change goes through ``services.funds`` and comes back as a ``Change``."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.vocabulary import EntryKind
from fupin_desktop.services import funds
from fupin_desktop.services.funds import EntryLine, FundBalance, LedgerFilter, Opening
from fupin_desktop.services.funds.model import OPENING
from fupin_desktop.services.overview import Target
from fupin_desktop.services.registers import registry
from fupin_desktop.ui.models.fund_entries import AVAILABLE, IN_HAND, SOURCE, words
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.funds.state import LedgerState

if TYPE_CHECKING:
    from fupin_desktop.services.overview import RowsBehind

MenuEntry = tuple[str, Callable[[], None]]
_RUNNING = {
    AVAILABLE: ("可安排余额", {EntryKind.RECEIVED: 1, EntryKind.ALLOCATED: -1}),
    IN_HAND: ("账面余额", {EntryKind.RECEIVED: 1, EntryKind.PAID: -1}),
}
_HEADINGS = ("日期", "摘要", "凭证号", "金额(元)")


class LedgerActions:
    """Carries them out."""

    def __init__(self, shell: Shell, state: LedgerState) -> None:
        self._shell, self._state = shell, state

    def _now(self) -> list[FundBalance]:
        """The sources as they are now, whatever day is shown."""
        if self._state.day is None:
            return self._state.standing
        bench = self._shell.bench
        return self._shell.read(lambda: funds.balances(bench, bench.year)) or []

    # ---- sources ----
    def add_source(self) -> None:
        """登记资金."""
        from fupin_desktop.ui.dialogs.funds.source import SourceDialog

        if self._shell.may_change():
            self._shell.ask.run(SourceDialog(self._shell))

    def edit_source(self) -> None:
        """修改 of the chosen source."""
        from fupin_desktop.ui.dialogs.funds.source import SourceDialog

        key = self._state.source_key
        found = next((one for one in self._now() if one.key == key), None)
        if found is not None:
            self._shell.ask.run(SourceDialog(self._shell, found))

    def void_source(self) -> None:
        """作废 of the chosen source, with the reason."""
        found = self._state.source
        if found is None or not self._shell.may_change():
            return
        asked = f"作废“{found.name}”：它的下达、到账全部冲销，不再计入；记录留在台账里，不能撤销。\n作废的原因："
        text = self._shell.ask.text(self._shell.window, "作废资金", asked, long=True)
        if text is not None:
            bench, key = self._shell.bench, found.key
            self._shell.do(lambda: funds.void(bench, key, text))

    def show_donors(self) -> None:
        """捐赠名单 of the chosen source."""
        from fupin_desktop.ui.tabs.registers.child import open_child

        if self._state.source_key:
            open_child(self._shell, registry.of("donors"), self._state.source_key)

    # ---- moves ----
    def receive(self) -> None:
        """到账."""
        from fupin_desktop.ui.dialogs.funds.moves import ReceiveDialog

        if self._shell.may_change():
            self._shell.ask.run(ReceiveDialog(self._shell, self._now(), self._state.source_key))

    def allocate(self) -> None:
        """安排."""
        from fupin_desktop.ui.dialogs.funds.moves import AllocateDialog

        if not self._shell.may_change():
            return
        dialog = AllocateDialog(self._shell, self._now(), self._state.targets, self._state.source_key)
        self._shell.ask.run(dialog)

    def allocate_scheme(self) -> None:
        """按奖补方案安排: what a scheme names of each source."""
        from fupin_desktop.services import schemes

        bench, ask = self._shell.bench, self._shell.ask
        lines = self._shell.read(lambda: schemes.all(bench, bench.year)) or ()
        if not lines:
            ask.message(self._shell.window, "按奖补方案安排", "本年度还没有奖补方案。")
            return
        text = "按方案“资金来源”一栏，把每笔资金安排给方案；已安排过的只补差额。哪个方案："
        place = ask.choose(self._shell.window, "按奖补方案安排", text, [line.called for line in lines])
        if place is not None:
            key = lines[place].key
            self._shell.do(lambda: funds.allocate_scheme(bench, key, bench.today))

    def pay(self) -> None:
        """拨付."""
        from fupin_desktop.ui.dialogs.funds.moves import PayDialog

        if not self._shell.may_change():
            return
        line = self._state.line
        key = self._state.source_key or (line.source_key if line else "")
        target = line.target if line is not None and line.kind is EntryKind.ALLOCATED else None
        self._shell.ask.run(PayDialog(self._shell, self._now(), self._state.targets, key, target))

    def counter(self) -> None:
        """冲销 of the chosen entry."""
        from fupin_desktop.ui.dialogs.funds.moves import CounterDialog

        line = self._state.line
        if line is None or not self._shell.may_change():
            return
        if line.left <= 0:
            self._shell.ask.message(self._shell.window, "冲销", "这一笔已经全部冲销，或本身就是冲销。")
            return
        found = next((one for one in self._now() if one.key == line.source_key), None)
        self._shell.ask.run(CounterDialog(self._shell, line, found))

    # ---- what figures rest on ----
    def show_behind(self, key: str, name: str) -> None:
        """The rows of a figure of a source; an empty key means all sources."""
        bench, day = self._shell.bench, self._state.day
        self._show_rows(lambda: funds.behind(bench, key, name, day))

    def _show_rows(self, read: Callable[[], RowsBehind]) -> None:
        from fupin_desktop.ui.dialogs.table import show_table

        rows = self._shell.read(read)
        if rows is not None:
            show_table(self._shell, rows.title, rows.headings, rows.rows)

    def open_cell(self, shown: EntryLine | Opening, column: str) -> None:
        """A balance opens what it is the sum of, a source is chosen, anything else opens the entry."""
        if column == SOURCE:
            self._state.choose_source(shown.source_key)
        elif isinstance(shown, Opening):
            self._open_opening(shown, column)
        elif column in _RUNNING:
            self._show_running(shown, column)
        else:
            self.show_entry(shown)

    def _open_opening(self, one: Opening, column: str) -> None:
        """What is carried over opens the entries before the year that it is the sum of."""
        name = IN_HAND if column == IN_HAND else AVAILABLE
        self._show_rows(lambda: funds.behind(self._shell.bench, one.source_key, name, one.dated, one.year))

    def _show_running(self, line: EntryLine, column: str) -> None:
        """The entries of its source up to this one, as far as they move the balance."""
        from fupin_desktop.ui.dialogs.table import show_table

        bench, (word, signs) = self._shell.bench, _RUNNING[column]
        which = LedgerFilter(bench.year, line.source_key, until=line.dated)
        read = self._shell.read(lambda: (funds.entries(bench, which), funds.openings(bench, which)))
        if read is None:
            return
        found, carried = read
        upto = [one.key for one in found].index(line.key) + 1
        rows = [
            (f"{one.dated:%Y-%m-%d}", OPENING, "", format_money(getattr(one, column))) for one in carried
        ] + [
            (f"{one.dated:%Y-%m-%d}", words(one), one.paper_no, format_money(signs[one.kind] * one.amount))
            for one in found[:upto] if one.kind in signs
        ]
        total = line.available_after if column == AVAILABLE else line.in_hand_after
        rows.append(("合计", f"{len(rows) - len(carried)} 笔", "", format_money(total)))
        title = f"{line.source_shown}：这一笔以后的{word}"
        show_table(self._shell, title, _HEADINGS, rows)

    def show_entry(self, line: EntryLine) -> None:
        """All of an entry, with the way to the document that caused it."""
        from fupin_desktop.ui.dialogs.table import show_table

        target = f"{line.target.kind.label} {line.target.name}" if line.target else ""
        rows = [
            ("日期", f"{line.dated:%Y-%m-%d}"), ("事项", words(line)), ("金额", f"{format_money(line.amount)} 元"),
            ("资金来源", line.source_shown), ("资金类别", line.source_kind.label), ("文号", line.document_no),
            ("对象", target),
            ("收款单位(户)", line.payee), ("凭证号", line.paper_no), ("备注", line.note),
            ("已冲销", f"{format_money(line.countered)} 元" if line.countered else ""),
            ("登记", f"{line.at:%Y-%m-%d %H:%M:%S} {line.who}"),
        ]
        go = partial(self._shell.wanted.emit, Target("funds", "", line.paper_key))
        shown = [(caption, text) for caption, text in rows if text]
        link = ("打开呈批、审批表", go) if line.paper_key else None
        show_table(self._shell, "台账记录", ("栏目", "内容"), shown, link=link)

    def show_changes(self) -> None:
        """Every operation on the chosen source and its entries."""
        from fupin_desktop.services.change_log import Wanted
        from fupin_desktop.ui.dialogs.changes import show_changes

        found = self._state.source
        if found is not None:
            show_changes(self._shell, Wanted(key=found.key), found.name)

    # ---- menus ----
    def source_entries(self) -> list[MenuEntry]:
        """What can be done with the chosen source."""
        found = self._state.source
        if found is None or found.voided:
            listed = [("捐赠名单…", self.show_donors)] if found and self._state.donors.get(found.key) else []
            return [("登记资金…", self.add_source), *listed]
        return [
            ("到账…", self.receive), ("安排…", self.allocate), ("拨付…", self.pay), ("捐赠名单…", self.show_donors),
            ("修改…", self.edit_source), ("作废…", self.void_source), ("改动记录…", self.show_changes),
        ]

    def entry_entries(self) -> list[MenuEntry]:
        """What can be done with the chosen entry."""
        line = self._state.line
        if line is None:
            return []
        entries: list[MenuEntry] = [("详情…", partial(self.show_entry, line))]
        if line.left > 0:
            entries.append(("冲销…", self.counter))
        if line.kind is EntryKind.ALLOCATED and line.left > 0:
            entries.append(("拨付…", self.pay))
        return [*entries, ("复制", self._state.copy_wanted.emit)]

    def copied(self) -> None:
        """复制."""
        self._state.copy_wanted.emit()
        self._shell.said.emit("已复制，可以贴到 Excel / WPS。")
