"""The indicators of a project's performance, each scored by rule (绩效指标, 清远 二12)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import select

from fupin_desktop.domain.project_words import Direction
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.indicators import contradiction, read
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import PROJECT, Carried, Parent, Reference, Search, Shown, own
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.storage.entities import Indicator, Performance
from fupin_desktop.storage.unit import Unit

CLAUSE = "清远 二12"
_MILLI = Decimal(1000)
PERFORMANCE = Parent("performance", Performance, "performance_key", "份绩效", Search(("goal",)), above=PROJECT)


def score_milli(weight: int | None, target: str, actual: str, direction: str | None, unit: str = "") -> int | None:
    """The score of an indicator in thousandths of a point; None before it has an actual value.

    Numbers earn the share of the target that was reached, at most all points, or all or none where reaching is enough;
    words earn all points where they say the same, else none. What the target itself says (≤5) goes before the
    direction. ‰ is reckoned into %, 公斤 into 吨, where the target has one and the actual value the other; what is
    written without a unit is in that of the indicator.
    """
    if weight is None or not actual:
        return None
    wanted, got = read(target), read(actual)
    reached = got.measured_as(wanted, unit)
    if wanted.number is None or reached is None:
        return weight * 1000 if actual.strip() == target.strip() else 0
    share = _share(wanted.number, reached, at_most=(wanted.direction or direction) == Direction.AT_MOST)
    if direction == Direction.REACHED:
        share = Decimal(int(share))
    return int((weight * share * _MILLI).quantize(Decimal(1), ROUND_HALF_UP))


def _share(wanted: Decimal, reached: Decimal, *, at_most: bool) -> Decimal:
    """The share of the points, from 0 to 1."""
    over, under = (wanted, reached) if at_most else (reached, wanted)
    if under <= 0:
        return Decimal(1 if over >= under else 0)
    return max(Decimal(0), min(Decimal(1), over / under))


def _score(unit: Unit, touched: Touched) -> None:
    """The scores of the indicators concerned."""
    unit.session.flush()
    keys = [*touched.written.get(Indicator, {}), *touched.added]
    columns = (Indicator.key, Indicator.weight, Indicator.target, Indicator.actual, Indicator.direction, Indicator.unit)
    rows = unit.session.execute(select(*columns).where(Indicator.key.in_(keys))).all()
    unit.update_many(Indicator, [(row[0], score_milli(*row[1:])) for row in rows], ("score_milli",))


def _checks(checked: Checked) -> Iterable[Finding]:
    """Target and direction say the same; what was not reached is explained."""
    for key, values in checked.records.items():
        if fault := contradiction(values["target"] or "", values["direction"]):
            yield Finding(key, "direction", fault, Severity.MUST, CLAUSE)
        weight = values["weight"]
        target, actual, unit = (values[name] or "" for name in ("target", "actual", "unit"))
        score = score_milli(weight, target, actual, values["direction"], unit)
        if score is not None and weight and score < weight * 1000 and not values["deviation"]:
            yield Finding(key, "deviation", "没有达到目标，请写明偏差原因与改进措施。", clause=CLAUSE)


REGISTER = Register(
    name="indicators",
    title="绩效指标",
    unit="项",
    keyword="绩效指标",
    tab="ledgers",
    searched=False,
    entity=Indicator,
    parent=PERFORMANCE,
    columns=(
        Shown("project", "name", "project"),
        Shown("village", "name", "village"),
        Reference(
            *("performance_key", Performance), name="goal", source="performance", key="performance", label="绩效目标"
        ),
        *own("category", "subcategory", "name", "target", "unit", "direction", "weight", "middle", "middle_on"),
        *own("actual", "proof", "score_milli", "deviation"),
    ),
    search=Search(("name",)),
    identity=(Identity(("performance_key", "name")),),
    derive=_score,
    carried=Carried(("category", "subcategory", "name", "target", "unit", "direction", "weight")),
    checks=(_checks,),
    layout=Layout(
        first=("name", "target", "unit", "actual", "score", "weight", "category", "subcategory"),
        groups=(
            Group(
                "指标",
                ("performance", "category", "subcategory", "name", "target", "unit", "direction", "weight"),
            ),
            Group("完成", ("middle", "middle_on", "actual", "deviation")),
        ),
        sums=(("weight", "分值"), ("score", "得分")),
        empty=("还没有指标", "逐项新增。"),
    ),
)
