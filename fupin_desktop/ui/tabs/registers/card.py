"""The pane of the chosen household: facts, items, persons, awards of the year, and what was changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fupin_desktop.domain.money import format_money
from fupin_desktop.services import registers
from fupin_desktop.services.history import HistoryLine, of_card
from fupin_desktop.services.household_card import CardAward, HouseholdCard, household_card
from fupin_desktop.services.overview import Target
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, PERSONS, Register, Row
from fupin_desktop.ui import theme
from fupin_desktop.ui.models.register_cells import mask
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.registers.subtable import SubTable
from fupin_desktop.ui.widgets.card import Card, clear
from fupin_desktop.ui.widgets.labels import label, link, rule, say, selectable
from fupin_desktop.ui.widgets.scroll import ScrollColumn

_FACTS = (
    "code", "head_id_number", "household_class", "members", "kind", "area_total", "cost_total", "phone", "bank_name",
    "account_name", "bank_account", "guide", "recognised_by", "cause", "cultivated", "water", "orchard", "forest",
    "cooperative", "production_income", "earlier", "priority", "note",
)
_ITEMS = ("product", "accepted", "unit", "cost", "area", "declared", "planned", "base_kind", "income", "other_subsidy",
          "product_group", "cost_evidence", "instalment_year", "note")
_PERSONS = ("name", "relation", "id_number", "sex", "health", "labour", "working", "education", "phone")
_CHANGES = 12


class CardPane(Card):
    """Follows the current row of the register.

    Signals:
        hide_asked: The pane is to be collapsed.
    """

    hide_asked = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("农户资料", " ", margin=14, parent=parent)
        self._shell = shell
        self._key = ""
        self._masked = False
        self._card: HouseholdCard | None = None
        self.setMinimumWidth(280)
        self.head.addWidget(link("收起", self.hide_asked.emit))
        self.items = SubTable(shell, FARM_ITEMS, _ITEMS, self._add_item)
        self.persons = SubTable(shell, PERSONS, _PERSONS, self._add_person)
        self.column = ScrollColumn(spacing=10)
        self.body.addWidget(self.column)
        self._facts, self._awards, self._changes = QGridLayout(), QVBoxLayout(), QVBoxLayout()
        self._awards.setSpacing(3)
        self._changes.setSpacing(3)
        self._facts.setHorizontalSpacing(10)
        self._facts.setVerticalSpacing(3)
        self._facts.setColumnStretch(1, 1)
        self._build()
        self.show_household("")

    def _build(self) -> None:
        self._sections = QWidget()
        page = QVBoxLayout(self._sections)
        page.setContentsMargins(0, 0, 6, 0)
        page.setSpacing(8)
        for widget in (self.items, self.persons):
            page.addWidget(widget)
            page.addWidget(rule())
        for title, layout in (("本年奖补", self._awards), ("资料", self._facts), ("修改记录", self._changes)):
            if layout is not self._awards:
                page.addWidget(rule())
            page.addWidget(label(title, "strong"))
            page.addLayout(layout)
        self.nobody = label("在左边选中一户，这里显示它的资料。", "muted", wrap=True)
        self.column.column.addWidget(self.nobody)
        self.column.column.addWidget(self._sections)
        self.column.column.addStretch(1)

    # ---- what is shown ----
    def show_household(self, key: str) -> None:
        """Show a household, read anew; an empty key shows nobody. Collapsed, it is read when it comes back."""
        self._key = key
        bench = self._shell.bench
        if not key or self.isHidden():
            self._show(None)
        else:
            self._shell.read(lambda: household_card(bench, key), self._show)

    def _show(self, card: HouseholdCard | None) -> None:
        self._card = card
        self._sections.setVisible(card is not None)
        self.nobody.setVisible(card is None)
        if card is None:
            self.set_title("农户资料", " ")
            return
        self._fill(card)
        bench = self._shell.bench
        self._shell.read(lambda: of_card(bench, card.card, _CHANGES), self._fill_changes)

    def restyle(self) -> None:
        """Take sizes and colours of the theme in force."""
        for part in (self.items, self.persons):
            part.table.restyle()

    def set_masked(self, masked: bool) -> None:
        """Hide or show the middle of numbers."""
        self._masked = masked
        self.items.model.set_masked(masked)
        self.persons.model.set_masked(masked)
        if self._card is not None:
            self._fill(self._card)

    def showEvent(self, event: object) -> None:
        """Uncollapsed: read what was not read while hidden."""
        super().showEvent(event)  # type: ignore[arg-type]
        if self._card is None and self._key:
            self.show_household(self._key)

    def _fill(self, card: HouseholdCard) -> None:
        cells = _cells(HOUSEHOLDS, card.household)
        place = " ".join(part for part in (cells["village"], cells["group_name"]) if part)
        self.set_title(cells["head_name"], place)
        self._fill_facts(cells)
        self.items.show_rows(f"种养项目 {len(card.items)} 项", card.items)
        self.persons.show_rows(f"家庭成员 {len(card.persons)} 人", card.persons)
        self._fill_awards(card.awards)

    def _fill_facts(self, cells: dict[str, str]) -> None:
        clear(self._facts)
        infos = {info.key: info for info in registers.columns(HOUSEHOLDS)}
        given = [infos[key] for key in _FACTS if key in infos and cells[key]]
        for line, info in enumerate(given):
            text = mask(info, cells[info.key]) if self._masked else cells[info.key]
            unit = f" {info.unit}" if info.unit else ""
            name = label(info.label, "note", wrap=True)
            name.setFixedWidth(QFontMetrics(theme.font("note")).horizontalAdvance("户主证件号码"))
            self._facts.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(selectable(label(f"{text}{unit}", wrap=True)), line, 1)

    def _fill_awards(self, awards: Sequence[CardAward]) -> None:
        clear(self._awards)
        for award in awards:
            self._awards.addWidget(label(award.name, wrap=True))
            row = QHBoxLayout()
            row.addWidget(label(f"{format_money(award.award)} 元", "strong", tone="good"))
            row.addStretch(1)
            row.addWidget(link("打开方案", partial(self._open_scheme, award.scheme)))
            self._awards.addLayout(row)
            if award.reason:
                self._awards.addWidget(label(award.reason, "note", wrap=True))
        if not awards:
            self._awards.addWidget(label("还没有保存的测算。", "note"))

    def _fill_changes(self, lines: Sequence[HistoryLine]) -> None:
        clear(self._changes)
        for line in lines:
            self._changes.addWidget(_change_line(line))
        if not lines:
            self._changes.addWidget(label("没有修改过。", "note"))

    def _open_scheme(self, key: str) -> None:
        self._shell.wanted.emit(Target("awards", key=key))

    # ---- adding ----
    def _add_item(self) -> None:
        from fupin_desktop.ui.dialogs.household import RecordDialog

        self._shell.ask.run(RecordDialog(self._shell, FARM_ITEMS, self._key, self._shell.window))

    def _add_person(self) -> None:
        from fupin_desktop.ui.dialogs.household import RecordDialog

        self._shell.ask.run(RecordDialog(self._shell, PERSONS, self._key, self._shell.window))


def _cells(register: Register, row: Row) -> dict[str, str]:
    return dict(zip([info.key for info in registers.columns(register)], row.cells, strict=True))


def _change_line(line: HistoryLine) -> QLabel:
    """“11-09 10:32 李文静 面积: 3.200 → 3.000”."""
    what = f"{line.label}：{line.before or '空'} → {line.after or '空'}" if line.before or line.after else line.label
    made = label(wrap=True, role="note")
    say(made, f"{line.at:%m-%d %H:%M} {line.who}  {what}")
    made.setToolTip(f"{line.at:%Y-%m-%d %H:%M:%S} {line.title}")
    return made
