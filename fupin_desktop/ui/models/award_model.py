"""The award table's model: rows come straight from the calculation, the model keeps only their order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from fupin_desktop.domain.vocabulary import HouseholdSize
from fupin_desktop.override import override
from fupin_desktop.policy.results import AwardResult, HouseholdAward
from fupin_desktop.services.finding import find_text
from fupin_desktop.services.household_card import HouseholdCard, household_card
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, Row
from fupin_desktop.ui import fonts
from fupin_desktop.ui.models import award_cells
from fupin_desktop.ui.models.award_cells import COLUMNS, NUMBER
from fupin_desktop.ui.models.register_cells import MARK, CellModel, Index, Role
from fupin_desktop.ui.models.register_edits import CellEdits, Refused
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.tips import as_tip

_MOST_VALUES = 24


class Shown(Enum):
    """Which households the table shows by what they get."""

    ALL = "全部结果"
    AWARDED = "有奖补"
    NOTHING = "奖补为 0"
    REDUCED = "有说明"


@dataclass(frozen=True, slots=True)
class AwardFilter:
    """What the table is narrowed to.

    Attributes:
        text: Name, pinyin initials, group, product; empty for all.
        size: Large or small; None for both.
        shown: By what they get.
        keys: Only these households; None for all.
        picked: Column key and the text its cells must show, for each column narrowed by its heading.
    """

    text: str = ""
    size: HouseholdSize | None = None
    shown: Shown = Shown.ALL
    keys: frozenset[str] | None = None
    picked: tuple[tuple[str, str], ...] = ()

    @property
    def narrow(self) -> bool:
        """Whether it leaves anything out."""
        return self != AwardFilter()


class AwardModel(CellModel):
    """Households of a calculation in the order and choice the clerk asked for.

    A new calculation of the same households keeps both, so that the row being edited stays where it is.

    Attributes:
        filter: What it is narrowed to.
        sorted_by: Column key and whether descending; None for the printed order.
    """

    def __init__(self, shell: Shell, parent: QObject | None = None) -> None:
        self._items_edited = CellEdits(shell, FARM_ITEMS)
        self._households_edited = CellEdits(shell, HOUSEHOLDS)
        super().__init__(self._households_edited, COLUMNS, [info.key for info in COLUMNS], parent)
        self._items_edited.setParent(self)
        self._households_edited.setParent(self)
        self._items_edited.refused_changed.connect(self.repaint)
        self._shell = shell
        self._awards: tuple[HouseholdAward, ...] = ()
        self._order: list[int] = []
        self._rows: dict[int, Row] = {}
        self._item_keys: dict[str, str] = {}
        self._several = False
        self._fixed = False
        self.filter = AwardFilter()
        self.sorted_by: tuple[str, bool] | None = None

    # ---- what is shown ----
    def set_result(self, result: AwardResult | None, *, fixed: bool = False) -> None:
        """Show a calculation; a fixed one stands as it was posted, and nothing can be typed into it."""
        self._fixed = fixed
        awards = result.awards if result else ()
        same = len(awards) == len(self._awards) and all(
            new.applicant.key == old.applicant.key for new, old in zip(awards, self._awards, strict=True)
        )
        self._rows.clear()
        if same:
            self._awards = awards
            self.repaint()
            return
        self.beginResetModel()
        self._awards = awards
        self._item_keys.clear()
        self._several = len({award.applicant.village for award in awards}) > 1
        self._find_fonts()
        self._arrange()
        self.endResetModel()

    def _find_fonts(self) -> None:
        chars: set[str] = set()
        for award in self._awards:
            chars.update(award.applicant.name, award.applicant.group)
        fonts.ensure("".join(chars))

    def set_filter(self, wanted: AwardFilter) -> None:
        """Narrow the table."""
        self.filter = wanted
        self._again()

    def sort_by(self, key: str) -> None:
        """Sort by a column; a second time the other way round, a third time back to the printed order."""
        if key == NUMBER:
            self.sorted_by = None
        elif self.sorted_by and self.sorted_by[0] == key:
            self.sorted_by = (key, True) if not self.sorted_by[1] else None
        else:
            self.sorted_by = (key, False)
        self._again()

    def _again(self) -> None:
        self.beginResetModel()
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        wanted = self.filter
        self._order = [place for place, award in enumerate(self._awards) if _fits(award, wanted)]
        if self.sorted_by is not None:
            key, down = self.sorted_by
            value = award_cells.sort_value(key)
            self._order.sort(key=lambda place: value(self._awards[place]), reverse=down)

    # ---- rows ----
    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many households are shown."""
        return 0 if parent.isValid() else len(self._order)

    def award_at(self, row: int) -> HouseholdAward | None:
        """The award in a row."""
        return self._awards[self._order[row]] if 0 <= row < len(self._order) else None

    def place_of(self, key: str) -> int | None:
        """The row of a household; None where it is not shown."""
        for row, place in enumerate(self._order):
            if self._awards[place].applicant.key == key:
                return row
        return None

    @override
    def row_at(self, place: int) -> Row | None:
        """The texts of a row, made when they are first seen."""
        if not 0 <= place < len(self._order):
            return None
        position = self._order[place]
        found = self._rows.get(position)
        if found is None:
            award = self._awards[position]
            texts = award_cells.cells(award, position + 1, self._several)
            found = self._rows[position] = Row(award.applicant.key, texts)
        return found

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """A tooltip shows a text that may be cut off."""
        found = super().data(index, role)
        if role == Role.ToolTipRole and not found and index.isValid():
            return as_tip(self.text(index.row(), index.column())) or None
        return found

    # ---- typing ----
    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only facts of the register can be typed into."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        plain = super().flags(index) & ~Qt.ItemFlag.ItemIsEditable
        award = self.award_at(index.row())
        info = self.info(index.column())
        typed = award is not None and not self._fixed and info.editable and award_cells.editable(award, info.key)
        return plain | Qt.ItemFlag.ItemIsEditable if typed else plain

    @override
    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Write a fact to the register; the change comes back as a new calculation."""
        award = self.award_at(index.row()) if index.isValid() and role == Role.EditRole else None
        if award is None or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        text, key = str(value), self.info(index.column()).key
        if text == self.typed(index.row(), index.column()) and not self.unwritten(index):
            return True
        household = award.applicant.key
        if key == award_cells.KIND:
            self._households_edited.type(household, key, text)
        else:
            bench = self._shell.bench
            self._shell.read(
                lambda: household_card(bench, household), lambda card: self._type_item(card, household, key, text),
            )
        return True

    def _type_item(self, card: HouseholdCard | None, household: str, key: str, text: str) -> None:
        """Write a fact of the only entry of a household."""
        if card is not None and len(card.items) == 1:
            self._item_keys[household] = card.items[0].key
            self._items_edited.type(card.items[0].key, _COLUMN_OF_ITEM[key], text)

    @override
    def seen(self, row: int, column: int) -> tuple[str, str]:
        """What a cell shows, and its mark; a refused text stays until it is mended."""
        refused = self._refused_at(row, column)
        if refused is not None:
            return refused.text, "must"
        found = self.row_at(row)
        return found.cells[column] if found else "", ""

    @override
    def typed(self, row: int, column: int) -> str:
        """What an editor starts with."""
        refused = self._refused_at(row, column)
        found = self.row_at(row)
        return refused.text if refused else self.plain(found, column) if found else ""

    @override
    def _mark(self, row: int, column: int, role: int) -> str:
        refused = self._refused_at(row, column)
        return "" if refused is None else "must" if role == MARK else refused.sentence

    @override
    def unwritten(self, index: Index) -> bool:
        """Whether a fact could not be written for the moment."""
        refused = self._refused_at(index.row(), index.column())
        return refused is not None and refused.unwritten

    def _refused_at(self, row: int, column: int) -> Refused | None:
        if not self._households_edited.cells and not self._items_edited.cells:
            return None
        award, key = self.award_at(row), self.info(column).key
        if award is None:
            return None
        household = award.applicant.key
        if key == award_cells.KIND:
            return self._households_edited.refused(household, key)
        item = self._item_keys.get(household, "")
        return self._items_edited.refused(item, _COLUMN_OF_ITEM[key]) if key in _COLUMN_OF_ITEM else None

    def give_up(self) -> None:
        """Forget refused texts."""
        self._households_edited.drop()
        self._items_edited.drop()

    @property
    def refused_cells(self) -> int:
        """How many typed texts wait to be mended."""
        return len(self._households_edited.cells) + len(self._items_edited.cells)

    def values(self, key: str) -> list[tuple[str, int]]:
        """The different texts of a column with how many households have each, the most frequent first."""
        return Counter(award_cells.text_of(award, key) for award in self._awards).most_common(_MOST_VALUES)


_COLUMN_OF_ITEM = {award_cells.AREA: "accepted", award_cells.COST: "cost"}


def _fits(award: HouseholdAward, wanted: AwardFilter) -> bool:
    if wanted.keys is not None and award.applicant.key not in wanted.keys:
        return False
    if wanted.size is not None and (wanted.size is HouseholdSize.LARGE) != award_cells.is_large(award):
        return False
    if not _shown(award, wanted.shown):
        return False
    if any(award_cells.text_of(award, key) != text for key, text in wanted.picked):
        return False
    one = award.applicant
    texts = (one.name, one.village, one.group, one.code, award_cells.products(award), award.reason)
    return not wanted.text or find_text(wanted.text, texts)


def _shown(award: HouseholdAward, shown: Shown) -> bool:
    match shown:
        case Shown.AWARDED:
            return award.award > 0
        case Shown.NOTHING:
            return award.award == 0
        case Shown.REDUCED:
            return bool(award.reason)
        case Shown.ALL:
            return True
