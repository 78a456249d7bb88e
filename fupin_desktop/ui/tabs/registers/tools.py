"""The row of buttons above a register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QToolButton, QWidget

from fupin_desktop.override import override
from fupin_desktop.ui.tabs.registers.actions import RegisterActions, sheet_title
from fupin_desktop.ui.tabs.registers.card import CardPane
from fupin_desktop.ui.tabs.registers.columns import ColumnKeeper
from fupin_desktop.ui.tabs.registers.state import State
from fupin_desktop.ui.tabs.registers.table import RegisterTable
from fupin_desktop.ui.widgets.segments import Segments
from fupin_desktop.ui.widgets.tips import as_tip
from fupin_desktop.ui.widgets.toolbar import ToolRow

_SPACING = 8


class Tools(ToolRow):
    """Import, add, the registers; at the right what concerns the screen, and the exports.

    Attributes:
        mask_button: 遮蔽.
        card_button: Shows or hides the pane of the current record.
    """

    def __init__(
        self, state: State, actions: RegisterActions, table: RegisterTable, columns: ColumnKeeper, card: CardPane,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(margins=(0, 2, 0, 2), parent=parent)
        self._state, self._actions, self._table = state, actions, table
        self._owned, self._fixed = bool(state.owner.key), bool(state.owner.fixed)
        self._grouped = bool(state.registers[0].section)
        word = "导入名单…" if self._owned else "导入…" if self._grouped else "导入名册…"
        self.import_button = self.add(word, actions.import_register, primary=True)
        self.add_button = self.add("", actions.add, tip="Ctrl++")
        for one in (self.import_button, self.add_button):
            one.setVisible(not self._fixed)
        if len(state.registers) > 1 and not self._grouped:
            self.add_widget(_switch(state))
        self._add_toggles(card)
        self.sums_button = self.add("合计…", actions.show_sums, right=True, tip="按镇、村合计现在列出的行")
        self.print_button = self.add("打印…", actions.print_rows, right=True, tip="Ctrl+P")
        self._add_menus(columns)
        self._spare: list[QAbstractButton] = [self.print_button]
        if self._owned:
            self.mask_button.hide()
            self.sums_button.hide()
        else:
            self.add_widget(self.card_button, right=True)
            self._spare += [self.mask_button, self.sums_button]
        state.register_changed.connect(self._name)
        self._name()

    def _add_toggles(self, card: CardPane) -> None:
        self.mask_button = _toggle("遮蔽", "隐藏证件号码、电话和银行卡号的中间几位，只影响屏幕")
        self.card_button = _toggle("资料", "显示或收起右侧的资料")
        self.card_button.setChecked(True)
        self.mask_button.toggled.connect(self._state.set_masked)
        self.card_button.toggled.connect(card.setVisible)
        card.hide_asked.connect(self._table.setFocus)
        card.hide_asked.connect(lambda: self.card_button.setChecked(False))
        self.add_widget(self.mask_button, right=True)

    def _add_menus(self, columns: ColumnKeeper) -> None:
        table, actions = self._table, self._actions
        change = (
            ("粘贴\tCtrl+V", table.paste_asked.emit), ("向下填充\tCtrl+D", table.fill_asked.emit),
            ("查找和替换…\tCtrl+H", actions.replace), ("删除所选的行…\tCtrl+-", actions.remove_chosen),
        )
        self.add_menu("更多", (
            ("复制\tCtrl+C", table.copy_asked.emit), *(() if self._fixed else change),
            ("打印…\tCtrl+P", actions.print_rows), ("遮蔽号码 / 不再遮蔽", self.mask_button.toggle),
            *(() if self._owned else (("按村合计…", actions.show_sums),)), ("选择列…", columns.choose),
        ))
        self.add_menu("导出", (
            ("当前列表…", actions.export), ("空白登记表…", actions.write_blank), *self._whole_exports(),
            *(() if self._owned else (("按国家、省系统或导入时的表头…", actions.export_laid),)),
        ))
        self.act_button = self.add_menu("办理", (), right=False)
        self.paper_button = self.add_menu("报表", ())
        for opener, entries in ((self.act_button, actions.acts), (self.paper_button, actions.papers)):
            opener.menu().aboutToShow.connect(partial(self._list, opener, entries))

    def _whole_exports(self) -> list[tuple[str, Callable[[], None]]]:
        """Where the registers stand in a directory only the one in front is written; their titles would be too many."""
        if self._grouped:
            return [("整本台账(改好可再导入)…", self._actions.export_front)]
        return [
            (f"{sheet_title(one)}(改好可再导入)…", partial(self._actions.export_whole, one))
            for one in self._actions.whole_exports()
        ]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for all buttons, those go that 更多 has too."""
        super().resizeEvent(event)
        spare = self._spare
        needed = self.minimumSizeHint().width()
        needed += sum(one.sizeHint().width() + _SPACING for one in spare if one.isHidden())
        for one in spare:
            one.setVisible(needed <= event.size().width())

    def _name(self) -> None:
        """Say what is added; where records come in by themselves, nothing is."""
        register = self._state.register
        self.add_button.setText(f"新增{register.title}…")
        self.add_button.setVisible(not register.computed_by and not self._state.owner.fixed)
        self.import_button.setEnabled(not register.computed_by)
        self.act_button.setVisible(bool(register.acts) and not self._state.owner.key)
        self.paper_button.setVisible(bool(register.papers or register.board) and not self._state.owner.key)

    @staticmethod
    def _list(opener: QPushButton, entries: Callable[[], Sequence[tuple[str, Callable[[], None]]]]) -> None:
        """Fill a button's menu with what there is for the register in front."""
        menu = opener.menu()
        menu.clear()
        for title, show in entries():
            menu.addAction(title).triggered.connect(lambda _checked=False, run=show: run())


def _switch(state: State) -> Segments:
    """Switches between the registers of a tab."""
    registers = {one.name: one for one in state.registers}
    made = Segments([(one.name, one.title) for one in state.registers])
    made.chosen.connect(lambda name: state.show(registers[name]))
    state.register_changed.connect(lambda: made.show_key(state.register.name))
    made.show_key(state.register.name)
    return made


def _toggle(text: str, tip: str) -> QToolButton:
    made = QToolButton()
    made.setText(text)
    made.setToolTip(as_tip(tip))
    made.setCheckable(True)
    made.setProperty("role", "toggle")
    return made
