"""How the amount of an item, or of a variant, is found: a kind, and the fields of that kind."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fupin_desktop.domain.vocabulary import Word
from fupin_desktop.policy.scheme import DEFAULT_MEASURE, AmountKind, Progression, ShareBase, TierMeasure
from fupin_desktop.ui.dialogs.scheme_fields import ChoiceField, Field, FlagField, form, number
from fupin_desktop.ui.dialogs.scheme_grid import Grid
from fupin_desktop.ui.models.scheme_draft import Path, SchemeDraft
from fupin_desktop.ui.models.scheme_rows import GridColumn
from fupin_desktop.ui.quiet import quiet
from fupin_desktop.ui.widgets.labels import label

_INCLUDED = "刚好等于起点时算达到"
HELP = {
    AmountKind.RATE: "奖补 = 数量 × 单价。",
    AmountKind.TIERS: "按面积(或数量)落在哪一档取单价；“大户起点”随方案或政策的大户标准。",
    AmountKind.STEPS: "达到哪一档就给那一档的定额，不再乘数量。",
    AmountKind.LUMP: "数量达到标准就给一笔定额。",
    AmountKind.SHARE: "奖补 = 核定成本(或收入) × 比例；比例可以写 0.3 或 30%。",
    AmountKind.INSTALMENTS: "按登记的补助年次取单价：第 1 行是第 1 年。",
    AmountKind.POOL: "单价 = 总额 ÷ 全部参与户的总量，舍去到分。",
}


class RuleEditor(QWidget):
    """The rule at a path: an item, or one of its variants."""

    def __init__(self, draft: SchemeDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.path: Path = ()
        self.kind, self.pages, self.help = QComboBox(), QStackedWidget(), label("", "note", wrap=True)
        self._fields: list[tuple[Field | Grid, str]] = []
        for kind in AmountKind:
            self.kind.addItem(kind.label, kind.value)
            self.pages.addWidget(_PAGES[kind](self))
        self.kind.activated.connect(self._picked)
        row = QHBoxLayout()
        row.addWidget(label("计算方式", "muted"))
        row.addWidget(self.kind)
        row.addWidget(self.help, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.pages, 1)
        draft.changed.connect(self.fill)
        draft.restructured.connect(self.fill)

    def bind(self, path: Path) -> None:
        """Show the rule at a path; an empty path shows none."""
        self.path = path
        self.setEnabled(bool(path))
        for field, key in self._fields:
            field.bind((*path, key) if path else ())
        self.fill()

    def fill(self) -> None:
        """Show the fields of the kind chosen."""
        value = self._draft.get((*self.path, "kind")) if self.path else None
        kind = next((kind for kind in AmountKind if kind.value == value), AmountKind.RATE)
        place = list(AmountKind).index(kind)
        with quiet(self.kind):
            self.kind.setCurrentIndex(place)
        self.pages.setCurrentIndex(place)
        self.help.setText(HELP[kind])

    def show_fault(self, key: str) -> None:
        """Mark the field or cell whose key the check named."""
        for field, _key in self._fields:
            field.show_fault(key)

    def _picked(self, place: int) -> None:
        if self.path:
            self._draft.set_kind(self.path, list(AmountKind)[place])

    # ---- the pages ----
    def number(self, key: str, hint: str = "") -> QWidget:
        """A number field of the rule."""
        made = number(self._draft, hint=hint)
        self._fields.append((made, key))
        return made

    def flag(self, key: str, text: str) -> QWidget:
        """A tick of the rule."""
        made = FlagField(self._draft, text)
        self._fields.append((made, key))
        return made

    def choice(
        self, key: str, words: type[Progression] | type[TierMeasure] | type[ShareBase], default: Word | None = None,
    ) -> QWidget:
        """A closed list of the rule; the default is what the reader of schemes takes, mostly the first."""
        choices = tuple(words)
        made = ChoiceField(self._draft, (), choices, default or choices[0])
        made.setMaximumWidth(170)
        self._fields.append((made, key))
        return made

    def grid(self, key: str, columns: tuple[GridColumn, ...], fresh: dict[str, str], title: str) -> QWidget:
        """Rows of the rule."""
        made = Grid(self._draft, columns, fresh, title=title, add="加一档", rows=3)
        self._fields.append((made, key))
        return made


def _beside(left: QWidget, right: list[tuple[str, QWidget]], flag: QWidget | None = None) -> QWidget:
    page = QWidget()
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 4, 0, 0)
    row.setSpacing(18)
    side = QVBoxLayout()
    side.addLayout(form(right))
    if flag is not None:
        side.addWidget(flag)
    side.addStretch(1)
    row.addWidget(left, 3)
    row.addLayout(side, 2)
    return page


def _alone(rows: list[tuple[str, QWidget]], flag: QWidget | None = None) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 4, 0, 0)
    column.addLayout(form(rows))
    if flag is not None:
        column.addWidget(flag)
    column.addStretch(1)
    return page


def _rate(editor: RuleEditor) -> QWidget:
    return _alone([("单价(元/单位)", editor.number("rate"))])


def _tiers(editor: RuleEditor) -> QWidget:
    columns = (
        GridColumn("from", "起点", "start", 12, help="第一档写 0；大户一档写“大户起点”"),
        GridColumn("rate", "单价(元)", "number", 12), GridColumn("label", "名称", "text", 12),
    )
    grid = editor.grid("tiers", columns, {"from": "", "rate": "", "label": ""}, "各档，从小到大")
    right = [("累进", editor.choice("progression", Progression)), ("按什么分档", editor.choice("measure", TierMeasure))]
    return _beside(grid, right, editor.flag("boundary_included", _INCLUDED))


def _steps(editor: RuleEditor) -> QWidget:
    columns = (GridColumn("from", "起点", "number", 12), GridColumn("amount", "定额(元)", "number", 12))
    grid = editor.grid("steps", columns, {"from": "", "amount": ""}, "各档，从小到大")
    right = [("按什么分档", editor.choice("measure", TierMeasure, DEFAULT_MEASURE[AmountKind.STEPS]))]
    return _beside(grid, right, editor.flag("boundary_included", _INCLUDED))


def _lump(editor: RuleEditor) -> QWidget:
    rows = [("达到数量", editor.number("threshold")), ("定额(元)", editor.number("amount"))]
    return _alone(rows, editor.flag("boundary_included", _INCLUDED))


def _share(editor: RuleEditor) -> QWidget:
    return _alone([
        ("比例", editor.number("share", "0.3 或 30%")), ("按什么", editor.choice("share_of", ShareBase)),
        ("每单位最多(元)", editor.number("limit_per_unit", "空：不限")),
    ])


def _instalments(editor: RuleEditor) -> QWidget:
    columns = (GridColumn("rate", "单价(元/单位)", "number", 14),)
    return _beside(editor.grid("by_year", columns, {"rate": ""}, "第 1 年起，一年一行"), [])


def _pool(editor: RuleEditor) -> QWidget:
    return _alone([("本项总额(元)", editor.number("pool"))])


_PAGES: dict[AmountKind, Callable[[RuleEditor], QWidget]] = {
    AmountKind.RATE: _rate, AmountKind.TIERS: _tiers, AmountKind.STEPS: _steps, AmountKind.LUMP: _lump,
    AmountKind.SHARE: _share, AmountKind.INSTALMENTS: _instalments, AmountKind.POOL: _pool,
}
