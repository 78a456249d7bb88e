"""Types one scheme editor's contents into another, field by field, as a clerk would."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt

from fupin_desktop.domain.vocabulary import FundKind, HouseholdClass, HouseholdSize
from fupin_desktop.policy.rules import (
    InstalmentsRule,
    LumpRule,
    LumpStep,
    PoolRule,
    Progression,
    RateRule,
    ShareBase,
    ShareRule,
    StepsRule,
    Tier,
    TierMeasure,
    TiersRule,
)
from fupin_desktop.policy.scheme import (
    AwardScheme,
    Caps,
    Condition,
    CostScope,
    Factor,
    PriorityKey,
    RoundingMode,
    RoundingUnit,
    SchemeItem,
    Source,
    SubsidyTreatment,
    Variant,
    WhenShort,
)
from fupin_desktop.ui.dialogs.schemes.fields import ChoiceField, FlagField, TextField
from fupin_desktop.ui.dialogs.schemes.grid import Grid

D = Decimal
_CHECK = Qt.ItemDataRole.CheckStateRole
RULES = {
    RateRule: RateRule(rate=D("240.50")),
    TiersRule: TiersRule(tiers=(Tier(D(0), D(100), "小"), Tier(D("5.5"), D(200)), Tier(None, D(300), "大户")),
        progression=Progression.MARGINAL, measure=TierMeasure.ITEM_QUANTITY, boundary_included=False,
    ),
    StepsRule: StepsRule(steps=(LumpStep(D(1), D(500)), LumpStep(D("2.5"), D(900))),
        measure=TierMeasure.ITEM_QUANTITY, boundary_included=False,
    ),
    LumpRule: LumpRule(threshold=D(5), amount=D(3000), boundary_included=False),
    ShareRule: ShareRule(share=D("0.35"), share_of=ShareBase.INCOME, limit_per_unit=D(500),
    ),
    InstalmentsRule: InstalmentsRule(by_year=(D(300), D(200), D("99.99"))),
    PoolRule: PoolRule(pool=D(50000)),
}
WHEN = Condition(
    frozenset({"监测户", "脱贫户"}), frozenset({"低岭村"}), frozenset({"水果"}), frozenset({"火龙果"}), HouseholdSize.LARGE,
)


def full_scheme(like: AwardScheme) -> AwardScheme:
    """A scheme with every kind of rule and no key left at its default."""
    items = [
        SchemeItem(f"项目{place}", "头", rule, products=(f"产品{place}", f"别名{place}"))
        for place, rule in enumerate(RULES.values())
    ]
    items[0] = SchemeItem(
        "全", "亩", RULES[RateRule], products=("水稻",), product_groups=("粮食", "杂粮"), other=True,
        additional=True, minimum=D("0.5"), minimum_included=False, quantity_cap=D(30), money_cap=D("8000.00"), cap_group="种植",
        cost_ratio=D("0.8"), factors=(Factor(WHEN, D("1.25"), "监测户上浮"), Factor(Condition(), D("0.9"))),
        variants=tuple(Variant(WHEN, rule, f"另定{kind.value}") for kind, rule in RULES.items()),
    )
    return AwardScheme(
        name="试方案", place="低岭村", year=2026, items=tuple(items), decision=like.decision,
        sources=(Source(FundKind.DONATION_630, D("98000.00"), "捐款", "吴扶〔2026〕1号", "原定方案一"),
                 Source(FundKind.OTHER, D(1))),
        pool=D("50000.50"), batch="第二批", main_products=("水稻", "番薯"), large_from=D("8.5"),
        group_caps={"种植": D(9000), "养殖": D("5000.5")}, cost_ratio=D("0.95"), cost_scope=CostScope.NONE,
        other_subsidy=SubsidyTreatment.DEDUCT,
        caps=Caps(D(10000), D(2500), {"监测户": D(12000), "脱贫户": D(11000)}, cumulative=False,
                  per_person_by_class={"监测户": D(3000)}, batch_classes=("低保户", "脱贫户"),
                  batch=Caps(D(4000), D(800), {"低保户": D(5000)}, cumulative=False,
                             per_person_by_class={"监测户": D(900)})),
        classes={"低保户": HouseholdClass.POOR, "未消除风险": HouseholdClass.MONITORED},
        when_short=WhenShort.PRIORITY, priority=(PriorityKey.CLASS, PriorityKey.AREA, PriorityKey.LARGE_FIRST),
        class_order=("监测户", "脱贫户"), partial=False, rounding_unit=RoundingUnit.JIAO,
        rounding_mode=RoundingMode.DOWN, reasons={"award.large_not_more": "理由", "scheme.off_list": "另一条"},
    )


def type_over(source, target) -> None:
    """Make the target dialog show what the source dialog shows, through its fields only."""
    _grid(source.money.sources, target.money.sources)
    type_text(target.head.place.lineEdit(), source.head.place.currentText())
    for mine, other in zip(_parts(source), _parts(target), strict=True):
        if isinstance(mine, Grid):
            _grid(mine, other)
        else:
            _field(mine, other)
    _grid(source.items.items, target.items.items, kinds=True)
    for row in range(source.items.items.model.rowCount()):
        for dialog in (source, target):
            dialog.items.items.go_to(row)
        _item(source.items, target.items)


def _parts(dialog):
    return [part for page in (dialog.head, dialog.money, dialog.limits, dialog.classes, dialog.reasons) for part in page.parts
            if part is not dialog.money.sources]


def _item(source, target) -> None:
    _field(source.included, target.included)
    _rule(source.rule, target.rule)
    _grid(source.factors, target.factors)
    _grid(source.variants, target.variants, kinds=True)
    for row in range(source.variants.model.rowCount()):
        source.variants.go_to(row)
        target.variants.go_to(row)
        _rule(source.variant_rule, target.variant_rule)


def _rule(source, target) -> None:
    assert source.kind.currentIndex() == target.kind.currentIndex()
    for (mine, key), (other, same) in zip(_shown(source), _shown(target), strict=True):
        assert key == same
        (_grid if isinstance(mine, Grid) else _field)(mine, other)


def _shown(rule):
    """The fields of the kind chosen; each kind has its own, made when it is first looked at."""
    page = rule.pages.currentWidget()
    return [(field, key) for field, key in rule._fields if page is not None and page.isAncestorOf(field)]


def _field(mine, other) -> None:
    if isinstance(mine, TextField):
        type_text(other, mine.text())
    elif isinstance(mine, ChoiceField):
        other.setCurrentIndex(mine.currentIndex())
        other.activated.emit(mine.currentIndex())
    elif isinstance(mine, FlagField) and mine.isChecked() != other.isChecked():
        other.click()


def type_text(line, text) -> None:
    """Type a whole text into a line."""
    line.setText(text)
    line.textEdited.emit(text)


def _grid(mine: Grid, other: Grid, *, kinds: bool = False) -> None:
    while other.model.rowCount():
        other.go_to(0)
        other.remove()
    for row in range(mine.model.rowCount()):
        other.add()
        for place, column in enumerate(mine.model.columns):
            at, from_ = other.model.index(row, place), mine.model.index(row, place)
            if column.kind == "flag":
                state = mine.model.data(from_, _CHECK)
                other.model.setData(at, state, _CHECK)
            elif column.kind != "told":
                other.model.setData(at, mine.model.text(row, column))
