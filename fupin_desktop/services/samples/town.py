"""The households of the sample town: some written down, the rest drawn around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from fupin_desktop import paths
from fupin_desktop.domain import strict_toml
from fupin_desktop.domain.vocabulary import BaseKind, HouseholdClass, Participation
from fupin_desktop.services.samples.farming import Entry, Farming, read_products
from fupin_desktop.services.samples.people import FIRST_ORDER, Member, People

_SEED = 440883
_ABSENT_IN_1000 = 106
_LARGE_IN_1000 = 114
_SIZES = (1, 2, 3, 4, 5, 6)
_SIZE_WEIGHTS = (12, 24, 26, 22, 11, 5)
_CLASSES = (
    *[HouseholdClass.OUT_OF_POVERTY] * 34,
    *[HouseholdClass.MONITORED] * 4,
    *[HouseholdClass.EDGE] * 4,
    *[HouseholdClass.POOR] * 4,
    *[HouseholdClass.ORDINARY] * 4,
)
_CAUSES = ("因病", "缺劳力", "缺技术", "缺资金", "因残", "因学")
_BANKS = ("吴川农村商业银行塘㙍支行", "中国邮政储蓄银行塘㙍营业所", "中国农业银行塘㙍支行")


@dataclass(slots=True)
class Household:
    """A sample household with its year; areas in 亩, money in yuan."""

    village: str
    group: str
    household_class: HouseholdClass | None
    family: list[Member]
    participation: Participation | None
    entries: list[Entry]
    code: str = ""
    head_id: str = ""
    phone: str = ""
    bank_name: str = ""
    bank_account: str = ""
    guide: str = ""
    cause: str = ""
    cultivated: Decimal = Decimal(0)
    area: Decimal | None = None
    earlier: Decimal = Decimal(0)
    priority: int | None = None

    @property
    def name(self) -> str:
        """Its head."""
        return self.family[0].name


@dataclass(slots=True)
class Plan:
    """What the sample files say of one village."""

    name: str
    code: str
    households: int
    products: list[str]
    written: list[dict[str, Any]] = field(default_factory=list)
    paid_earlier: bool = False


def sample_files() -> Path:
    """The folder of the sample office's files."""
    return paths.resources() / "samples" / "office"


def read(folder: Path, name: str) -> dict[str, Any]:
    """One of the sample office's files.

    Raises:
        FileMissing: There is no such file.
        BadDefinition: It is not TOML.
    """
    return strict_toml.load(folder / f"{name}.toml", what="示例文件").plain()


class Town:
    """Draws the households of all villages; equal files and days give equal households."""

    def __init__(self, folder: Path, today: date, first_order: int = FIRST_ORDER) -> None:
        self._random = Random(_SEED)  # noqa: S311 - invented people, not secrets
        self._names = read(folder, "names")
        self._people = People(self._random, self._names, today, first_order)
        self._farming = Farming(self._random, read_products(read(folder, "products")))

    def households(self, plans: list[Plan]) -> list[Household]:
        """Every household of the town, village by village in the order of the plans."""
        places = [(plan, at) for plan in plans for at in range(len(plan.written), plan.households)]
        absent = set(self._random.sample(range(len(places)), len(places) * _ABSENT_IN_1000 // 1000))
        present = [at for at in range(len(places)) if at not in absent]
        large = set(self._random.sample(present, len(places) * _LARGE_IN_1000 // 1000))
        drawn = [self._draw(plan, taking=at not in absent, large=at in large) for at, (plan, _) in enumerate(places)]
        made: list[Household] = []
        for plan in plans:
            village = [self._write_down(plan, row) for row in plan.written]
            village += [household for household in drawn if household.village == plan.name]
            self._number(plan, village)
            made += village
        self._name_some(made)
        return made

    def _draw(self, plan: Plan, *, taking: bool, large: bool) -> Household:
        random = self._random
        family = self._people.family(random.choices(_SIZES, _SIZE_WEIGHTS)[0])
        participation = Participation.NONE
        entries: list[Entry] = []
        if taking:
            participation = Participation.BASE if large or random.random() < 0.7 else Participation.SCATTERED
            entries = self._farming.entries(plan.products, large=large, base=self._base(participation, large=large))
        group = random.choice(self._names["villager_groups"])
        made = Household(plan.name, group, random.choice(_CLASSES), family, participation, entries)
        self._fill(made)
        self._forget_something(made)
        return made

    def _base(self, participation: Participation, *, large: bool) -> BaseKind:
        if large:
            return BaseKind.LARGE
        return BaseKind.COOPERATIVE if participation is Participation.BASE else BaseKind.SCATTERED

    def _fill(self, household: Household) -> None:
        """What every household has beside its family and entries."""
        random = self._random
        household.head_id = household.family[0].id_number
        household.phone = self._people.phone()
        household.bank_name = random.choice(_BANKS)
        household.bank_account = self._people.account()
        household.guide = random.choice(self._names["guides"])
        household.cause = random.choice(_CAUSES)
        planted = sum((entry.area or Decimal(0) for entry in household.entries if entry.unit == "亩"), Decimal(0))
        household.cultivated = (planted + Decimal(random.randint(0, 20)) / 10).quantize(Decimal("0.001"))

    def _forget_something(self, household: Household) -> None:
        """A register of this size is never complete."""
        chance = self._random.random()
        if chance < 0.008:
            household.bank_account = ""
        elif chance < 0.014:
            household.phone = ""
        elif chance < 0.024:
            household.guide = ""
        elif chance < 0.034 and household.entries:
            household.entries[0] = household.entries[0]._replace(cost=None, cost_evidence="")

    def _write_down(self, plan: Plan, row: dict[str, Any]) -> Household:
        """A household as the file tells it."""
        family = self._people.family(row["members"], row["name"])
        words = row.get("participation", Participation.BASE.label)
        participation = Participation.from_label(words)
        entries = [self._entry(part) for part in row["entries"]]
        household_class = HouseholdClass.from_label(row["class"])
        made = Household(plan.name, row["group"], household_class, family, participation, entries)  # type: ignore[arg-type]
        self._fill(made)
        made.area = Decimal(row["area"]) if "area" in row else None
        for what in row.get("missing", ()):
            self._leave_out(made, what)
        return made

    def _entry(self, part: dict[str, Any]) -> Entry:
        product = self._farming.products[part["product"]]
        accepted = Decimal(part["accepted"])
        base = BaseKind.LARGE if accepted >= 10 else BaseKind.COOPERATIVE
        made = self._farming.entry(product, accepted, base, Decimal(part.get("cost", "0")))
        return made._replace(
            declared=Decimal(part.get("declared", part["accepted"])),
            accepted=accepted,
            planned=Decimal(part["planned"]) if "planned" in part else None,
            area=accepted,
            other_subsidy=Decimal(part.get("other_subsidy", "0")),
        )

    @staticmethod
    def _leave_out(household: Household, what: str) -> None:
        if what == "cost":
            household.entries = [entry._replace(cost=None, cost_evidence="") for entry in household.entries]
        elif what == "id":
            household.head_id = household.family[0].id_number = ""
        elif what == "account":
            household.bank_account = household.bank_name = ""
        elif what == "phone":
            household.phone = ""
        elif what == "guide":
            household.guide = ""

    def _number(self, plan: Plan, village: list[Household]) -> None:
        """House numbers in the order of the villagers' groups; the written ones stay first."""
        written, order = len(plan.written), self._names["villager_groups"]
        village[written:] = sorted(village[written:], key=lambda household: order.index(household.group))
        for place, household in enumerate(village, 1):
            household.code = f"{plan.code}{place:04d}"
            if plan.paid_earlier and household.entries and self._random.random() < 0.5:
                household.earlier = Decimal(self._random.randint(3, 12) * 100)
            if self._random.random() < 0.3:
                household.priority = place

    def _name_some(self, households: list[Household]) -> None:
        """Rare characters here and there, and three heads of one name in one village."""
        free = [household for household in households if household.village != households[0].village]
        step = max(len(free) // (len(self._names["rare"]) + 1), 1)
        for place, name in enumerate(self._names["rare"], 1):
            if place * step < len(free):
                free[place * step].family[0].name = name
        for household in [household for household in free if household.entries][4:7]:
            household.family[0].name = "李华"
