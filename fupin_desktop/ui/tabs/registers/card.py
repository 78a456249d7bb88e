"""The pane of the current record: what belongs to it, its columns, what is doubtful, and what was changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QShowEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from fupin_desktop.domain.masking import mask_leaks
from fupin_desktop.override import override
from fupin_desktop.services import registers
from fupin_desktop.services.history import of_card
from fupin_desktop.services.history_line import HistoryLine
from fupin_desktop.services.registers import ColumnInfo, Register, Row, cards, reasons
from fupin_desktop.services.registers.columns import of_parents, plain
from fupin_desktop.services.registers.reasons import Asking
from fupin_desktop.ui import theme
from fupin_desktop.ui.models.register_cells import mask
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.registers.card_facts import Fact, FactGrid, say_lines
from fupin_desktop.ui.tabs.registers.card_parts import PARTS
from fupin_desktop.ui.tabs.registers.files import FilesPart
from fupin_desktop.ui.tabs.registers.subtable import SubTable
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.card import Card, clear
from fupin_desktop.ui.widgets.fitted_text import CopiedText
from fupin_desktop.ui.widgets.labels import label, link, rule, say
from fupin_desktop.ui.widgets.scroll import ScrollColumn
from fupin_desktop.ui.widgets.tips import as_tip

_CHANGES = 12
_OF_PERSONS = ("households", "persons")
_LABEL_WIDTH = "户主证件号码"
_PLACED_BY = ("village", "group_name")


class CardPane(Card):
    """Follows the current row of the register; each register has a card of its own, made when it is first needed.

    Signals:
        hide_asked: The pane is to be collapsed.
    """

    hide_asked = Signal()

    def __init__(self, shell: Shell, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(f"{register.title}资料", " ", margin=14, one_line=True, parent=parent)
        self._shell, self._register = shell, register
        self._key, self._masked, self._read = "", False, False
        self._cards: dict[Register, RecordCard] = {}
        self.setMinimumWidth(280)
        self.head.addWidget(link("收起", self.hide_asked.emit))
        self.nobody = label("", "muted", wrap=True)
        self.nobody.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.nobody)
        self.body.addWidget(self._stack)
        self.show_record(register, "")

    def made(self, register: Register) -> bool:
        """Whether the card of a register was made already."""
        return register in self._cards

    def card_of(self, register: Register) -> RecordCard:
        """The card of a register."""
        if register not in self._cards:
            made = self._cards[register] = RecordCard(self._shell, register)
            made.set_masked(self._masked)
            self._stack.addWidget(made)
        return self._cards[register]

    @property
    def tables(self) -> dict[Register, SubTable]:
        """The tables of what belongs to the record shown, by register."""
        return self.card_of(self._register).tables

    def show_record(self, register: Register, key: str) -> None:
        """Show a record, read anew; an empty key shows nothing. Collapsed, it is read when it comes back."""
        self._register, self._key = register, key
        bench = self._shell.bench
        self._read = bool(key) and not self.isHidden()
        if self._read:
            self._shell.read(lambda: cards.card(bench, register, key), self._show)
        else:
            self._show(None)

    def _show(self, found: cards.Card | None) -> None:
        if found is None:
            self.set_title(f"{self._register.title}资料", " ")
            say(self.nobody, f"在左边选中一行，这里显示{self._register.title}的资料。")
            self._stack.setCurrentWidget(self.nobody)
            return
        card = self.card_of(found.register)
        title, place = card.show_card(found)
        self.set_title(title, place)
        self.title_label.setToolTip(as_tip(title))
        self._stack.setCurrentWidget(card)

    def restyle(self) -> None:
        """Take sizes and colours of the theme in force."""
        for card in self._cards.values():
            for table in card.tables.values():
                table.table.restyle()

    def set_masked(self, masked: bool) -> None:
        """Hide or show the middle of numbers."""
        self._masked = masked
        for card in self._cards.values():
            card.set_masked(masked)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Uncollapsed: read what was not read while hidden."""
        super().showEvent(event)
        if not self._read and self._key:
            self.show_record(self._register, self._key)


class RecordCard(ScrollColumn):
    """One record of a register.

    Attributes:
        tables: The records that belong to it, by register.
    """

    def __init__(self, shell: Shell, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(spacing=10, parent=parent)
        self._shell, self.register = shell, register
        self._masked = False
        self._found: cards.Card | None = None
        # What belongs to the year at work is what is worked on, and stands first.
        self.tables = {
            child: SubTable(shell, child, _own_columns(child), partial(self.add, child))
            for child in sorted(register.children, key=lambda child: not child.year)
        }
        self.parts = [make(shell) for make in PARTS.get(register.name, ())]
        self.files = FilesPart(shell, register, self)
        self.files.setHidden(not self.files.columns)
        self._doubts, self._links, self._changes = vbox(), vbox(spacing=2), vbox(spacing=3)
        self._facts, self._kept = FactGrid(), QGridLayout()
        self.all_changes = link("全部…", self.show_changes)
        self.personal = link("导出全部个人资料…", self.save_personal)
        if register.name not in _OF_PERSONS:  # not setVisible(True): without a parent yet, it would be a window
            self.personal.hide()
        self._kept.setHorizontalSpacing(10)
        self._kept.setVerticalSpacing(3)
        self._kept.setColumnStretch(1, 1)
        self._build()

    def _build(self) -> None:
        self.column.addLayout(self._doubts)
        self.column.addLayout(self._links)
        leading = [part for part in self.parts if part.leads]
        others = [part for part in self.parts if not part.leads]
        of_year = [table for child, table in self.tables.items() if child.year]
        lasting = [table for child, table in self.tables.items() if not child.year]
        for widget in (*leading, *of_year, *others, *lasting):
            self.column.addWidget(widget)
            self.column.addWidget(rule())
        self.column.addWidget(label("资料", "strong"))
        self.column.addLayout(self._facts)
        self.column.addLayout(self._kept)
        if self.files.columns:
            self.column.addWidget(rule())
            self.column.addWidget(self.files)
        self.column.addWidget(rule())
        head = hbox(label("修改记录", "strong"), STRETCH, self.all_changes)
        self.column.addLayout(head)
        self.column.addLayout(self._changes)
        self.column.addWidget(self.personal)
        self.column.addStretch(1)

    def show_card(self, found: cards.Card) -> tuple[str, str]:
        """Show a record; its name and place."""
        self._found = found
        infos = registers.columns(self.register)
        cells = dict(zip([info.key for info in infos], found.row.cells, strict=True))
        for child, table in self.tables.items():
            rows = found.children[child]
            table.show_rows(f"{child.title} {len(rows)} {child.measure or child.unit}", rows)
        for part in self.parts:
            part.show_record(found.row.key)
        self._fill_doubts(found.row)
        self._fill_links(found.links)
        self._fill_facts(cells)
        self.files.show_record(found.row.key)
        bench = self._shell.bench
        self._shell.read(lambda: of_card(bench, found, _CHANGES), self._fill_changes)
        place = " ".join(cells[key] for key in _PLACED_BY if cells.get(key))
        return cells.get(self._name_key(cells), "") or self.register.title, place

    def _name_key(self, cells: dict[str, str]) -> str:
        """Key of the column by which a record is called: what is of a household or else of a business, by either."""
        first = self.register.layout.first
        either = (key for key in first[:2] if cells.get(key) and key not in _PLACED_BY)
        return next(either, first[0] if first else plain(self.register.search.names[0]))

    def set_masked(self, masked: bool) -> None:
        """Hide or show the middle of numbers."""
        self._masked = masked
        for table in self.tables.values():
            table.model.set_masked(masked)
        if self._found is not None:
            self.show_card(self._found)

    def _fill_doubts(self, row: Row) -> None:
        """What the checks say of the record; what departs from a rule in principle asks for its reason."""
        clear(self._doubts)
        bench, register = self._shell.bench, self.register
        asking = self._shell.read(lambda: reasons.asked(bench, register, row.key)) or ()
        principles = {one.sentence for one in asking}
        for sentence in dict.fromkeys(row.problems.values()):
            if sentence not in principles:
                self._doubts.addWidget(label(sentence, "note", tone="principle", wrap=True))
        for one in asking:
            told = f"{one.sentence} 原因：{one.reason}" if one.reason else one.sentence
            self._doubts.addWidget(label(told, "note", tone="" if one.reason else "principle", wrap=True))
            word = "改原因…" if one.reason else "写明原因…"
            self._doubts.addWidget(link(word, partial(self.explain, row.key, one)), 0, Qt.AlignmentFlag.AlignRight)

    def explain(self, key: str, asking: Asking) -> None:
        """Ask for the reason for a departure and keep it."""
        shell, register = self._shell, self.register
        text = shell.ask.text(shell.window, "写明原因", asking.sentence, asking.reason, long=True)
        if text is not None:
            shell.do(lambda: reasons.explain(shell.bench, register, key, asking, text))

    def _fill_facts(self, cells: dict[str, str]) -> None:
        """Every column that is filled in, those of the groups first."""
        infos = {info.key: info for info in registers.columns(self.register)}
        grouped = [key for group in self.register.layout.groups for key in group.columns]
        told = {self._name_key(cells), *_PLACED_BY}
        told |= {info.key for info in self.files.columns}
        keys = [key for key in dict.fromkeys((*grouped, *infos)) if key in infos and key not in told and cells[key]]
        width = QFontMetrics(theme.font("note")).horizontalAdvance(_LABEL_WIDTH)
        self._facts.show_facts([self._fact(infos[key], cells[key]) for key in keys], width)
        self._fill_kept(width)

    def _fact(self, info: ColumnInfo, cell: str) -> Fact:
        """A value; that of another record leads to it."""
        text = mask(info, cell) if self._masked else cell
        unit = "" if info.kind == "percent" else info.unit
        target = self._found.shown.get(info.key) if self._found is not None else None
        follow = None if target is None else partial(self._shell.wanted.emit, target)
        return Fact(info.label, f"{text} {unit}".rstrip(), follow)

    def _fill_kept(self, width: int) -> None:
        """What imported lists said in columns of their own."""
        clear(self._kept)
        kept = self._found.kept if self._found is not None else {}
        if kept:
            self._kept.addWidget(label("名单里的其他列", "strong"), 0, 0, 1, 2)
        for line, (heading, text) in enumerate(kept.items(), start=1):
            name = label(heading, "note", wrap=True)
            name.setFixedWidth(width)
            self._kept.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
            shown = mask_leaks(text) if self._masked else text
            self._kept.addWidget(CopiedText(shown, "muted"), line, 1)

    def _fill_links(self, links: Sequence[cards.LinkCount]) -> None:
        """Records of other registers that are about this one."""
        clear(self._links)
        for one in links:
            made = link(one.text, partial(self._shell.wanted.emit, one.target))
            made.setEnabled(bool(one.count))
            self._links.addWidget(made)

    def _fill_changes(self, lines: Sequence[HistoryLine]) -> None:
        told = [_change_line(line, hide=self._masked) for line in lines]
        say_lines(self._changes, told or [("没有修改过。", "")])

    def show_changes(self) -> None:
        """Every operation that changed the record or what belongs to it."""
        from fupin_desktop.services import change_log
        from fupin_desktop.ui.dialogs.changes import show_changes

        if self._found is not None:
            key = self._found.row.key
            parts = [row.key for rows in self._found.children.values() for row in rows]
            bench = self._shell.bench
            wanted = self._shell.read(lambda: change_log.of_record(bench, key, parts))
            show_changes(self._shell, wanted, self._name)

    @property
    def _name(self) -> str:
        """What the record shown is called."""
        assert self._found is not None
        infos = registers.columns(self.register)
        cells = dict(zip([info.key for info in infos], self._found.row.cells, strict=True))
        return cells.get(self._name_key(cells), "")

    def save_personal(self) -> None:
        """Everything about the household or person as workbook and PDF."""
        from fupin_desktop.domain import file_names
        from fupin_desktop.services import personal
        from fupin_desktop.ui.ask import XLSX
        from fupin_desktop.ui.papers import save_paper

        if self._found is not None:
            bench, table, key, name = self._shell.bench, self.register.name, self._found.row.key, self._name

            def write(path: Path) -> None:
                personal.write_everything(bench, table, key, name, path)

            save_paper(self._shell, "导出全部个人资料", file_names.clean(f"{name} 个人资料", ".xlsx"), XLSX, write)

    # ---- adding ----
    def add(self, child: Register) -> None:
        """Ask for a new record that belongs to the one shown."""
        from fupin_desktop.ui.dialogs.record import RecordDialog

        if self._found is not None and self._shell.may_change():
            self._shell.ask.run(RecordDialog(self._shell, child, self._found.row.key, self._shell.window))


def _own_columns(register: Register) -> list[str]:
    """The columns of a record where it stands below what it belongs to: its own, those needed most first."""
    above = of_parents(register)
    infos = registers.columns(register)
    own = [info.key for info in infos if info.editable and info.key not in above and info.kind != "files"]
    if register.computed_by:
        own += [info.key for info in infos if not info.editable]
    first = [key for key in register.layout.first if key in own]
    return [*first, *(key for key in own if key not in first)]


def _change_line(line: HistoryLine, *, hide: bool) -> tuple[str, str]:
    """“11-09 10:32 李文静 面积: 3.200 → 3.000” and its tip; ``hide`` stars the middle of numbers of persons."""
    before, after = (mask_leaks(text) if hide else text for text in (line.before, line.after))
    what = f"{line.label}：{before or '空'} → {after or '空'}" if before or after else line.label
    return f"{line.at:%m-%d %H:%M} {line.who}  {what}", f"{line.at:%Y-%m-%d %H:%M:%S} {line.title}"
