"""The office itself: its names, phones for objections, the year at work."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.regions import County, load_regions
from fupin_desktop.domain.text import clean
from fupin_desktop.errors import NotAllowed, Situation
from fupin_desktop.paths import resources
from fupin_desktop.services.scheme_places import village_of
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import Office, Town, Village
from fupin_desktop.storage.unit import Unit

YEARS = range(2000, 2101)
_CLAUSE = re.compile(r"(?<!参照 )(?:吴川|清远) (?=[一二三四五六七八九十]|附件)")
_FOR_THE_PEN = "_" * 20


@dataclass(frozen=True, slots=True)
class OfficeInfo:
    """The office as it is shown and edited.

    Attributes:
        name: Name printed on papers, e.g. 塘㙍镇扶贫办.
        county: County or city, e.g. 吴川市.
        county_code: Its six-digit code; may be empty.
        town: Town, e.g. 塘㙍镇.
        town_code: Its nine-digit code; may be empty.
        clerk: Clerk (经办人).
        year: Year at work; 0 takes the present one.
        objection_village: Phone for objections at the village.
        objection_town: Phone for objections at the town.
        objection_county: Phone for objections at the county office.
        objection_discipline: Phone of 纪检.
        address: Address of the office.
        board_place: Where the notice board is.
    """

    name: str = ""
    county: str = ""
    county_code: str = ""
    town: str = ""
    town_code: str = ""
    clerk: str = ""
    year: int = 0
    objection_village: str = ""
    objection_town: str = ""
    objection_county: str = ""
    objection_discipline: str = ""
    address: str = ""
    board_place: str = ""


class Contact(NamedTuple):
    """To whom to object: unit (村委会, 镇扶贫办, 市扶贫办, 镇纪委), person or empty, phone."""

    unit: str
    phone: str
    person: str = ""

    @property
    def line(self) -> str:
        """Unit, phone and person as printed; without a phone there is room for the pen."""
        person = f"（联系人：{self.person}）" if self.person else ""
        return f"{self.unit}：{self.phone or _FOR_THE_PEN}{person}"


OfficeForm = OfficeInfo
_OF_TOWN = {"county": "county", "county_code": "county_code", "town": "name", "town_code": "code"}
_OF_OFFICE = tuple(field.name for field in fields(OfficeInfo) if field.name not in _OF_TOWN)


def is_set_up(bench: Workbench) -> bool:
    """Whether the first-start wizard was finished for this data file."""
    with bench.read() as session:
        return session.scalars(select(Office.key)).first() is not None


def office(bench: Workbench) -> OfficeInfo:
    """The office; empty before it is set up."""
    with bench.read() as session:
        found = session.scalars(select(Office)).first()
        town = _town(session, found)
    if found is None:
        return OfficeInfo(clerk=bench.clerk, year=bench.year)
    of_office = {name: getattr(found, name) for name in _OF_OFFICE}
    of_town = {name: getattr(town, column) for name, column in _OF_TOWN.items()} if town else {}
    return OfficeInfo(**{**of_office, **of_town, "year": found.year or bench.year})


def policy_of(bench: Workbench) -> str:
    """Short name of the policy document in force in the office's county, e.g. 清远; empty where none is known."""
    county = county_of(bench)
    return county.policy if county is not None else ""


def county_of(bench: Workbench) -> County | None:
    """The office's county with its city and province; None where it is not among the known ones."""

    def find() -> County | None:
        place = office(bench)
        return next((county for county in load_regions(resources() / "regions") if _is(county, place)), None)

    return bench.cached("offices.county", find)


def clause_words(bench: Workbench, clause: str) -> str:
    """A clause as the office reads it: one of another county's document is only what the rule is modelled on."""
    own, county = policy_of(bench), county_of(bench)
    others = bench.parameters.foreign(county.name, county.code) if own and county is not None else ()
    return f"参照 {clause}" if own not in clause and clause.startswith(tuple(others)) else clause


def as_read(bench: Workbench, sentence: str) -> str:
    """A sentence with the clause it names as the office reads it; one that names its own document's too stays."""
    named = _CLAUSE.findall(sentence)
    if not named or f"{policy_of(bench)} " in named:
        return sentence
    return _CLAUSE.sub(lambda found: clause_words(bench, found[0]), sentence)


def say_clauses(bench: Workbench, situation: Situation) -> None:
    """Let a situation name its clauses as the office reads them, wherever it was raised."""
    situation.happened, situation.todo = (as_read(bench, text) for text in (situation.happened, situation.todo))


def concerns(bench: Workbench, clause: str) -> bool:
    """Whether a duty is the office's: its clause is of the document in force there, or of none, or that is not known.

    Args:
        bench: The workbench.
        clause: Where the duty stands; of both documents where both have it: ``吴川 三(二)7, 清远 二7``.
    """
    own = policy_of(bench)
    return not own or not clause or own in clause


def _is(county: County, place: OfficeInfo) -> bool:
    return county.code == place.county_code if place.county_code else county.name == place.county


def _town(session: Session, found: Office | None) -> Town | None:
    return session.get(Town, found.town_key) if found and found.town_key else None


def contacts(bench: Workbench, place: str, village: str) -> tuple[Contact, ...]:
    """To whom to object, from the village up; a unit without a phone is left out.

    Args:
        bench: The workbench.
        place: The village whose own phone comes first; a town has none.
        village: The village committee as it is called.
    """
    of_office = office(bench)
    with bench.read() as session:
        key = village_of(session, place)
        own = session.scalars(select(Village.phone).where(Village.key == key)).first() if key else None
    return _contacts(of_office, village or place, own or of_office.objection_village)


def governing_paper(bench: Workbench) -> str:
    """The policy paper of the office's county, in 《》; empty where the program has none for it."""
    of_office = office(bench)
    found = bench.parameters.governing(of_office.county, of_office.county_code)
    return f"《{found.title}》" if found is not None else ""


def _contacts(office: OfficeInfo, village: str, phone: str) -> tuple[Contact, ...]:
    units = (
        (village, phone),
        (office.name, office.objection_town),
        (f"{office.county}扶贫办", office.objection_county),
        ("纪检监察", office.objection_discipline),
    )
    return tuple(Contact(unit, phone) for unit, phone in units if phone)


def setup(bench: Workbench, form: OfficeForm) -> Change:
    """Register the office of a new data file, or change it where it is registered already.

    Raises:
        NotAllowed: A name that papers need is missing.
    """
    _complete(form)
    with bench.write("offices.setup", "登记单位资料", undoable=False) as unit:
        _put(unit, form)
    _take_over(bench, form)
    return bench.change(unit, "单位资料已保存。")


def save(bench: Workbench, form: OfficeForm) -> Change:
    """Change the office.

    Raises:
        NotAllowed: A name that papers need is missing.
    """
    _complete(form)
    with bench.write("offices.save", "修改单位资料") as unit:
        _put(unit, form)
    _take_over(bench, form)
    return bench.change(unit, "单位资料已保存。")


def set_year(bench: Workbench, year: int) -> Change:
    """Change the year at work; registers, schemes and figures are then those of that year.

    Raises:
        NotAllowed: A year outside 2000 to 2100.
    """
    if year not in YEARS:
        raise NotAllowed(f"年度“{year}”不对。", todo="请填写 2000 到 2100 之间的年份。")
    with bench.write("offices.set_year", f"切换到 {year} 年度", undoable=False) as unit:
        found = unit.session.scalars(select(Office)).first()
        if found is not None:
            found.year = year
    bench.year = year
    nouns = frozenset({"offices", "households", "farm_items", "schemes", "awards", "notices", "funds", "applications"})
    return Change("offices.set_year", unit.purpose.title, nouns, (), f"现在是 {year} 年度。")


def _complete(form: OfficeForm) -> None:
    """Names that every paper prints."""
    missing = [label for label, text in (("单位名称", form.name), ("镇(街)", form.town)) if not clean(text)]
    if missing:
        raise NotAllowed(f"没有填写{'、'.join(missing)}。", todo="请补充后再保存。")


def _put(unit: Unit, form: OfficeForm) -> None:
    """Write office and town; both stay one record."""
    found = unit.session.scalars(select(Office)).first() or Office()
    town = _town(unit.session, found) or _town_named(unit.session, form) or Town()
    for name, column in _OF_TOWN.items():
        setattr(town, column, clean(getattr(form, name)))
    unit.session.add(town)
    unit.session.flush()
    found.town_key = town.key
    for name in _OF_OFFICE:
        value = getattr(form, name)
        setattr(found, name, clean(value) if isinstance(value, str) else value)
    unit.session.add(found)


def _town_named(session: Session, form: OfficeForm) -> Town | None:
    """A town already there by the same name, such as one that an import brought."""
    return session.scalars(select(Town).where(Town.name == clean(form.town))).first()


def _take_over(bench: Workbench, form: OfficeForm) -> None:
    """The bench works with the new clerk and year from now on."""
    if bench.role is None:
        bench.clerk = clean(form.clerk) or bench.clerk
    bench.year = form.year or bench.year
