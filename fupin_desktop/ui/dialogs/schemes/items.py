"""项目和标准: the rule grid of a scheme, and below it the whole rule of the chosen item."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QTabWidget, QWidget

from fupin_desktop.domain.vocabulary import HouseholdSize
from fupin_desktop.policy.rules import RateRule, find
from fupin_desktop.ui.dialogs.schemes.fields import FlagField
from fupin_desktop.ui.dialogs.schemes.grid import Grid
from fupin_desktop.ui.dialogs.schemes.rule import RuleEditor
from fupin_desktop.ui.models.scheme_draft import SchemeDraft
from fupin_desktop.ui.models.scheme_rows import GridColumn
from fupin_desktop.ui.widgets.boxes import vbox
from fupin_desktop.ui.widgets.labels import label

_FRESH_ITEM = {"name": "", "unit": "亩", "kind": RateRule.value, **RateRule.seed}
_FRESH_FACTOR = {"factor": "1"}
_FRESH_VARIANT = {"kind": RateRule.value, **RateRule.seed}


def standard(table: dict[str, Any]) -> str:
    """The standard of an item or variant in a few words; read-only in the grid."""
    kind = find(table.get("kind"))
    return kind.in_grid(table) if kind else ""


ITEM_COLUMNS = (
    GridColumn("name", "项目名称", "text", 12),
    GridColumn("unit", "单位", "text", 5),
    GridColumn("products", "产品", "words", 10, help="名册里的产品名；用、隔开，先于产业类别"),
    GridColumn("product_groups", "产业类别", "words", 8, help="名册里的产业类别；用、隔开"),
    GridColumn("other", "其他", "flag", 5, help="没有列入其他项目的都归这一项(能帮即帮)；每个单位一项"),
    GridColumn("additional", "叠加", "flag", 5, help="前面的项目已有的产品，这一项也奖；单位不同的不用勾"),
    GridColumn("minimum", "起补", "number", 6, help="空：不限"),
    GridColumn("quantity_cap", "数量封顶", "number", 6, help="每户最多计多少；空：不限"),
    GridColumn("kind", "计算方式", "rule", 15),
    GridColumn("", "标准(在下面改)", "told", 12, tell=standard),
    GridColumn("money_cap", "金额封顶", "number", 6, help="每户每项最多，元；空：不限"),
    GridColumn("cap_group", "封顶组", "text", 6, help="同组合计封顶；组的金额在“封顶和取整”里填"),
    GridColumn("cost_ratio", "成本比例", "number", 6, help="空：用方案的比例"),
)
CONDITION = (
    GridColumn("classes", "户类别", "words", 12, help="脱贫户、监测户……；空：都适用"),
    GridColumn("villages", "村", "words", 10),
    GridColumn("product_groups", "产业类别", "words", 10),
    GridColumn("products", "产品", "words", 10),
    GridColumn("size", "规模", "choice", 8, tuple(HouseholdSize), optional=True),
)
FACTOR_COLUMNS = (GridColumn("factor", "系数", "number", 7), *CONDITION, GridColumn("label", "说明", "text", 10))
VARIANT_COLUMNS = (
    GridColumn("label", "名称", "text", 10), *CONDITION,
    GridColumn("kind", "计算方式", "rule", 14),
    GridColumn("", "标准(在下面改)", "told", 14, tell=standard),
)


class ItemsPage(QWidget):
    """Assembles the rule grid and the detail of its current row."""

    def __init__(self, draft: SchemeDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items = Grid(draft, ITEM_COLUMNS, _FRESH_ITEM, title="奖补项目，按印出的先后", add="加一项", rows=4)
        self.rule, self.variant_rule = RuleEditor(draft), RuleEditor(draft)
        self.included = FlagField(draft, "刚好等于起补规模时算达到")
        self.factors = Grid(draft, FACTOR_COLUMNS, _FRESH_FACTOR, title="系数：条件都符合的，各系数相乘", add="加一条")
        self.variants = Grid(draft, VARIANT_COLUMNS, _FRESH_VARIANT, add="加一条", rows=2,
                             title="分类标准：先符合的一条代替本项标准")
        self.whose = label("", "title")
        self._lay_out()
        self._draft = draft
        self.items.bind(("item",))
        self.items.moved.connect(self._follow)
        self.variants.moved.connect(self._follow_variant)
        draft.changed.connect(self._tell)
        self._at = -2
        self.items.go_to(0)
        self._follow()

    def _lay_out(self) -> None:
        """Put the parts in their places, the outer ones first: each move into another one styles all within anew."""
        split = QSplitter(Qt.Orientation.Vertical)
        vbox(split, on=self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.items)
        lower, self.tabs = QWidget(), QTabWidget()
        split.addWidget(lower)
        split.setStretchFactor(1, 1)
        _stack(lower, self.whose, self.tabs, margin=0)
        for title, *things in (
            ("标准", self.rule, self.included), ("系数", self.factors), ("分类标准", self.variants, self.variant_rule),
        ):
            page = QWidget()
            self.tabs.addTab(page, title)
            _stack(page, *things)

    def _follow(self) -> None:
        """The detail is that of the current item."""
        row = self.items.row
        path: tuple[str | int, ...] = ("item", row) if 0 <= row < len(self._draft.rows(("item",))) else ()
        if self.rule.path != path or row != self._at:
            self._at = row
            self.rule.bind(path)
            self.included.bind((*path, "minimum_included") if path else ())
            self.factors.bind((*path, "factor") if path else ())
            self.variants.bind((*path, "variant") if path else ())
        self.tabs.setEnabled(bool(path))
        self._follow_variant()
        self._tell()

    def _follow_variant(self) -> None:
        row, path = self.variants.row, self.variants.model.path
        known = bool(path) and 0 <= row < len(self._draft.rows(path))
        bound: tuple[str | int, ...] = (*path, row) if known else ()
        if self.variant_rule.path != bound or not known:
            self.variant_rule.bind(bound)
        self.variant_rule.setVisible(known)

    def _tell(self) -> None:
        name = self._draft.get((*self.rule.path, "name")) if self.rule.path else ""
        self.whose.setText(f"“{name or '未命名'}”的标准" if self.rule.path else "请先加一项")

    def show_fault(self, key: str) -> None:
        """Mark what the check named, and bring it to the front."""
        for part in (self.items, self.rule, self.factors, self.variants, self.variant_rule):
            part.show_fault(key)

    def go_to(self, key: str) -> None:
        """Bring the item a key belongs to into sight, e.g. ``item[2].tiers[1].rate``."""
        number = key.partition("[")[2].partition("]")[0]
        if key.startswith("item[") and number.isdecimal():
            self.items.go_to(int(number) - 1)
            rest = key.partition("].")[2]
            self.tabs.setCurrentIndex(1 if rest.startswith("factor") else 2 if rest.startswith("variant") else 0)


def _stack(page: QWidget, *things: QWidget, margin: int = 10) -> None:
    vbox(*things, on=page, margins=margin)
