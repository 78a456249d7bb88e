"""Steps 0 to 8 of the award calculation for one household, and its rounding before the money is shared out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from fupin_desktop.domain.vocabulary import HouseholdSize, Participation
from fupin_desktop.policy.applicants import Applicant, FarmEntry
from fupin_desktop.policy.awards.ceilings import Ceilings
from fupin_desktop.policy.awards.items import CompiledItem, Counted, ItemIndex
from fupin_desktop.policy.exact import FEN, ZERO, Exact, Rounding, exact_text, over, shown, times, total
from fupin_desktop.policy.results import ItemAmount
from fupin_desktop.policy.rules.lines import House, Part
from fupin_desktop.policy.scheme import AwardScheme, RoundingMode, RoundingUnit, SubsidyTreatment
from fupin_desktop.policy.working import Step, Value

PARTICIPANTS_ONLY = "吴川 三(二)3"
LARGE_HOUSEHOLDS = "吴川 三(二)4"

JOINS = {
    Participation.BASE: Step(0, "", "participation.base", (), None, "", PARTICIPANTS_ONLY),
    Participation.SCATTERED: Step(0, "", "participation.scattered", (), None, "", PARTICIPANTS_ONLY),
}
EXCEPTED = "未参与，按书面理由奖补"
STAYS_OUT = (Step(0, "", "participation.none", (), ZERO, "元", PARTICIPANTS_ONLY), "未参与，不奖补", "")
NOT_SAID = (
    Step(0, "", "participation.missing", (), ZERO, "元", PARTICIPANTS_ONLY),
    "没有登记是否参与，暂不奖补",
    "household.participation",
)
FAULTY = (Step(0, "", "applicant.faulty", (), ZERO, "元", ""), "登记数有负数，暂不奖补", "household.faulty")


class Assessed(NamedTuple):
    """A household after steps 0 to 8; the money of step 9 is not looked at yet.

    Attributes:
        applicant: The household.
        area: Planted area that decided its size, 亩.
        size: Large or small.
        size_label: Label shown.
        cost: Σ of its entries' given costs, yuan; None where none is given.
        items: Amounts by scheme item.
        computed: After step 6, to 分.
        exact: After step 8, exact.
        capped: After step 8, to 分.
        rounded: What it gets where the money suffices (step 10).
        cost_ceiling: Ceiling of step 7; None where nothing was counted.
        reason: Reasons so far, joined.
        steps: The working, steps 0 to 8.
        final: Step 10 where the money suffices; None for a household outside the calculation.
        marks: What the checks are to tell.
        weights: Its part of each pool whose rate must be found first.
        pooled: Yuan of ``exact`` that come from each pool.
    """

    applicant: Applicant
    area: Decimal
    size: HouseholdSize
    size_label: str
    cost: Decimal | None
    items: tuple[ItemAmount, ...]
    computed: Decimal
    exact: Exact
    capped: Decimal
    rounded: Decimal
    cost_ceiling: Decimal | None
    reason: str
    steps: tuple[Step, ...]
    final: Step | None
    marks: tuple[str, ...]
    weights: tuple[tuple[str, Exact], ...]
    pooled: tuple[tuple[str, Exact], ...] = ()


def smallest(entry: FarmEntry) -> Decimal | None:
    """Step 1: the smallest of declared, accepted and planned, where given."""
    quantity, accepted, planned = entry.declared, entry.accepted, entry.planned
    if accepted is not None and (quantity is None or accepted < quantity):
        quantity = accepted
    if planned is not None and (quantity is None or planned < quantity):
        quantity = planned
    return quantity


MU = "亩"
NOT_ACCEPTED: tuple[str, Value] = ("accepted", None)
NOT_PLANNED: tuple[str, Value] = ("planned", None)


def _faulty_entry(entry: FarmEntry) -> bool:
    """Whether a quantity, area or amount is below 0; a plain loop, since it is asked of every entry."""
    quantities = (entry.declared, entry.accepted, entry.planned, entry.area)
    for value in (*quantities, entry.cost, entry.income, entry.other_subsidy):
        if value is not None and value < ZERO:
            return True
    return False


def _in_mu(entry: FarmEntry, items: tuple[CompiledItem, ...]) -> bool:
    """Whether the quantity of ``entry`` is an area; a unit left empty is that of its items."""
    if entry.unit:
        return entry.unit == MU
    return bool(items) and items[0].unit == MU


class Assessor:
    """Steps 0 to 8 for the households of one scheme."""

    def __init__(
        self, scheme: AwardScheme, large_from: Decimal, large_clause: str, reason_to_pay_others: str = ""
    ) -> None:
        self.scheme = scheme
        self.reason_to_pay_others = reason_to_pay_others
        self.large_from = large_from
        self.large_clause = large_clause
        self.large_pair = ("large_from", large_from)
        self.items = [
            CompiledItem(item, number, large_from, scheme.cost_ratio) for number, item in enumerate(scheme.items, 1)
        ]
        self.index = ItemIndex(self.items)
        self.excludes = scheme.other_subsidy is SubsidyTreatment.EXCLUDE
        self.ceilings = Ceilings(scheme)
        self.rounding = Rounding(scheme.rounding_unit, scheme.rounding_mode)
        self.fen = Rounding(RoundingUnit.FEN, scheme.rounding_mode)
        self.rounds_down = scheme.rounding_mode is RoundingMode.DOWN

    def assess(self, applicant: Applicant, pool_rates: Mapping[str, Decimal] | None = None) -> Assessed:
        """Work out one household up to step 8.

        Args:
            applicant: The household.
            pool_rates: Rates found for POOL rules; None while they are being looked for.
        """
        applicant, marks = self._classed(applicant)
        joined = applicant.participation
        if applicant.earlier < 0 or applicant.members < 0 or (applicant.area is not None and applicant.area < 0):
            return self._outside(applicant, *FAULTY)
        if joined is None:
            return self._outside(applicant, *NOT_SAID)
        if joined is Participation.NONE and not self.reason_to_pay_others:
            return self._outside(applicant, *STAYS_OUT)
        house = House(applicant, pool_rates)
        house.marks += marks
        if self.index.stacked:
            house.applicant = applicant._replace(entries=tuple([FarmEntry(*entry) for entry in applicant.entries]))
            house.costed, house.several = set(), True
        if joined is Participation.NONE:
            return self._excepted(house)
        house.steps.append(JOINS[joined])
        return self._inside(house)

    def _classed(self, applicant: Applicant) -> tuple[Applicant, list[str]]:
        """The household with the class that its own ones count as where it has none, and what the checks are to tell.

        A scheme without own classes takes no notice of them.
        """
        known = self.scheme.classes
        if not applicant.own_classes:
            return applicant, []
        if not known:
            return applicant._replace(own_classes=()), []
        own = [known[word] for word in applicant.own_classes if word in known]
        unknown = [] if len(own) == len(applicant.own_classes) else ["household.own_class"]
        counts_as = applicant.household_class or next(iter(own), None)
        return applicant._replace(household_class=counts_as), unknown

    def _excepted(self, house: House) -> Assessed:
        """A household that does not take part and is paid for a written reason (吴川 三(二)3)."""
        given = (("reason", self.reason_to_pay_others),)
        house.steps.append(Step(0, "", "participation.excepted", given, None, "", PARTICIPANTS_ONLY))
        found = self._inside(house)
        return found._replace(reason=f"{EXCEPTED}；{found.reason}" if found.reason else EXCEPTED)

    def _inside(self, house: House) -> Assessed:
        """Steps 1 to 8 of a household that can be paid."""
        lines = self._quantities(house)
        self._tell_size(house)
        counted = []
        for item in sorted(lines, key=_by_number) if len(lines) > 1 else lines:
            one = item.count(house, lines[item])
            if one is not None:
                counted.append(one)
        return self._finish(house, counted)

    def _outside(self, applicant: Applicant, step: Step, reason: str, mark: str) -> Assessed:
        area = applicant.area if applicant.area is not None else self._area(applicant)
        size = HouseholdSize.LARGE if area >= self.large_from else HouseholdSize.SMALL
        marks = (mark,) if mark else ()
        cost = _cost(applicant)
        nothing = FEN - FEN
        return Assessed(
            applicant, area, size, size.label, cost, (), nothing, ZERO, nothing, nothing, None, reason, (step,), None,
            marks, (),
        )  # fmt: skip

    def _area(self, applicant: Applicant) -> Decimal:
        area = ZERO
        for entry in applicant.entries:
            if entry.area is not None:
                area += entry.area
            elif _in_mu(entry, self.index.find(entry)):
                area += smallest(entry) or ZERO
        return area

    def _quantities(self, house: House) -> dict[CompiledItem, list[Part]]:
        """Step 1 of every entry; the entries that count, by scheme item."""
        lines: dict[CompiledItem, list[Part]] = {}
        area = ZERO
        for entry in house.applicant.entries:
            quantity = smallest(entry)
            if _faulty_entry(entry):
                self._leave_out(house, entry, "entry.faulty", "登记数有负数，不计", "household.faulty")
                continue
            items = self.index.find(entry)
            if quantity is None and items and items[0].unit == MU and _in_mu(entry, items):
                quantity = entry.area
            if entry.area is not None:
                area += entry.area
            elif quantity is not None and _in_mu(entry, items):
                area += quantity
            for item in items:
                self._count_entry(house, entry, quantity, item, lines)
            if not items:
                self._leave_out(house, entry, "entry.unlisted", "方案没有列入", "award.off_list")
        house.area = area if house.applicant.area is None else house.applicant.area
        if house.area >= self.large_from:
            house.size = HouseholdSize.LARGE
        if not house.applicant.entries:
            house.notes.append("没有登记种养项目")
        return lines

    def _count_entry(
        self,
        house: House,
        entry: FarmEntry,
        quantity: Decimal | None,
        item: CompiledItem,
        lines: dict[CompiledItem, list[Part]],
    ) -> None:
        if entry.unit and entry.unit != item.unit:
            self._not_counted(house, entry, item, "entry.unit", ("given_unit", entry.unit), item.unit_pair)
            house.notes.append(f"{entry.product}单位应为{item.unit}，不计")
            house.marks.append("household.unit")
        elif self.excludes and entry.other_subsidy > 0:
            self._not_counted(house, entry, item, "entry.excluded", ("other_subsidy", entry.other_subsidy))
            house.note(entry.product, "已享受其他补助，不再奖补")
        elif quantity is None:
            self._not_counted(house, entry, item, "quantity.missing")
            house.note(entry.product, "没有登记数量")
        else:
            self._tell_quantity(house, entry, quantity, item)
            if quantity:
                lines.setdefault(item, []).append((entry, quantity))
            else:
                house.note(entry.product, "计奖数量为 0")

    @staticmethod
    def _not_counted(
        house: House, entry: FarmEntry, item: CompiledItem, rule: str, *pairs: tuple[str, Value]
    ) -> None:
        inputs = (("product", entry.product), *pairs)
        house.steps.append(Step(1, item.name, rule, inputs, ZERO, item.unit, item.clause))

    @staticmethod
    def _tell_quantity(house: House, entry: FarmEntry, quantity: Decimal, item: CompiledItem) -> None:
        if entry.declared is None and entry.accepted is None and entry.planned is None:
            given: tuple[tuple[str, Value], ...] = (("product", entry.product), ("area", quantity))
            house.steps.append(Step(1, item.name, "quantity.area", given, quantity, item.unit, item.clause))
            return
        inputs = (
            ("product", entry.product),
            ("declared", entry.declared),
            NOT_ACCEPTED if entry.accepted is None else ("accepted", entry.accepted),
            NOT_PLANNED if entry.planned is None else ("planned", entry.planned),
            item.unit_pair,
        )
        house.steps.append(Step(1, item.name, "quantity.smallest", inputs, quantity, item.unit, item.clause))

    @staticmethod
    def _leave_out(house: House, entry: FarmEntry, rule: str, reason: str, mark: str) -> None:
        inputs = (("product", entry.product), ("group", entry.product_group))
        house.steps.append(Step(1, "", rule, inputs, ZERO, "元", "吴川 三(三)3" if rule == "entry.unlisted" else ""))
        house.notes.append(f"{entry.product or '未写产品的项目'}{reason}")
        house.marks.append(mark)

    def _tell_size(self, house: House) -> None:
        code = "size.large" if house.size is HouseholdSize.LARGE else "size.small"
        inputs = (("area", house.area), self.large_pair)
        house.steps.append(Step(1, "", code, inputs, house.area, "亩", self.large_clause))

    def _finish(self, house: House, counted: list[Counted]) -> Assessed:
        self.ceilings.group_caps(house, counted)
        computed = self.ceilings.add_up(house, counted)
        amount, cost_ceiling, limit = self.ceilings.cut(house, counted, computed)
        shown_computed = self.fen.by_mode(computed)
        rounded, final = self._round(house, amount, limit)
        capped = shown_computed if amount is computed else self.fen.by_mode(amount)
        if limit is not None and capped > limit:
            capped = self.fen.down(amount)
        if amount and not rounded:
            house.notes.append(f"不足 1 {self.rounding.unit_label}")
        elif rounded < capped or (rounded < shown_computed and amount == computed):
            house.notes.append(f"取整到{self.rounding.unit_label}")
        if not rounded and not house.notes:
            house.notes.append("按方案计算为 0")
        return Assessed(
            house.applicant,
            house.area,
            house.size,
            house.label or house.size.label,
            _cost(house.applicant),
            tuple([_item_amount(one) for one in counted]),
            shown_computed,
            amount,
            capped,
            rounded,
            cost_ceiling,
            "；".join(dict.fromkeys(house.notes)),
            tuple(house.steps),
            final,
            tuple(house.marks),
            tuple(house.weights),
            _pooled(counted, amount) if house.weights else (),
        )

    def _round(self, house: House, amount: Exact, limit: Exact | None) -> tuple[Decimal, Step]:
        """Step 10: rounded as the scheme says, but never up across a ceiling."""
        rounded = self.rounding.by_mode(amount)
        code = "rounding.down" if self.rounds_down else "rounding.half_up"
        if rounded == amount:
            code = "rounding.exact"
        elif limit is not None and rounded > limit:
            rounded, code = self.rounding.down(amount), "rounding.below_ceiling"
        inputs: tuple[tuple[str, Value], ...] = (("amount", shown(amount)), ("to", self.rounding.unit_label))
        exact = exact_text(amount)
        if exact is not None:
            inputs = (*inputs, ("exact", exact))
        return rounded, Step(10, "", code, inputs, rounded, "元", "方案 取整")


def _pooled(counted: list[Counted], amount: Exact) -> tuple[tuple[str, Exact], ...]:
    """What of a household's amount comes from each pool; ceilings cut all parts alike."""
    whole = total(one.amount for one in counted)
    if not whole:
        return ()
    found = []
    for one in counted:
        for key, part in one.pools:
            own = part if one.amount == one.before else over(times(part, one.amount), one.before)
            if own:
                found.append((key, own if amount == whole else over(times(own, amount), whole)))
    return tuple(found)


def tie_of(one: Assessed) -> tuple[str, str, str, str, str]:
    """What decides among equals: what the register says, so that a data file and a workbook give the same awards."""
    applicant = one.applicant
    return (applicant.code, applicant.village, applicant.group, applicant.name, applicant.key)


def _by_number(item: CompiledItem) -> int:
    return item.number


def _cost(applicant: Applicant) -> Decimal | None:
    entries = applicant.entries
    if len(entries) == 1:
        return entries[0].cost
    given = [entry.cost for entry in entries if entry.cost is not None]
    return sum(given, ZERO) if given else None


def _item_amount(one: Counted) -> ItemAmount:
    parts = one.parts
    products = (parts[0][0].product,) if len(parts) == 1 else tuple(sorted({entry.product for entry, _ in parts}))
    return ItemAmount(one.item.name, products, one.item.unit, shown(one.quantity), one.standard, shown(one.amount))


