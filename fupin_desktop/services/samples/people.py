"""Invented people of the sample office: names, families, identity numbers, phones and accounts that check out.

Nobody real is meant. Order numbers of the identity numbers, the phone range and the bank prefix are ones that are not
given out, yet every check digit is right, so that the registers behave as with real data.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from fupin_desktop.domain.bank import luhn_ok
from fupin_desktop.domain.identity import check_digit

COUNTY = "440883"
FIRST_ORDER = 960
_PHONES = "1380000"
_BANK_PREFIX = "629999075900"


@dataclass(slots=True)
class Member:
    """A person of a household as the person register wants it."""

    name: str
    id_number: str
    relation: str
    sex: str
    birth: date
    education: str = ""
    health: str = "健康"
    labour: str = ""
    working: str = ""


@dataclass(slots=True)
class People:
    """A source of invented people; equal seeds give equal people.

    Attributes:
        random: Where chance comes from.
        names: The name lists (``resources/samples/office/names.toml``).
        today: Nobody is born after it.
        first_order: First order number, so that two draws need not share an identity number.
    """

    random: Random
    names: dict[str, Any]
    today: date
    first_order: int = FIRST_ORDER
    _numbers: set[str] = field(default_factory=set)
    _phones: int = 0
    _accounts: int = 0
    _surnames: str = ""

    def __post_init__(self) -> None:
        """Prepare the surnames."""
        self._surnames = "".join(self.names["surnames"].split())

    def surname(self) -> str:
        """A surname, as often as it is common."""
        return self.random.choice(self._surnames)

    def given_name(self, birth: date, *, female: bool) -> str:
        """A given name of the generation."""
        age = "elder" if birth.year < 1985 else "young"
        last: str = self.random.choice(self.names[f"{age}_{'female' if female else 'male'}"])
        return last if self.random.random() < 0.15 else self.random.choice(self.names[f"{age}_first"]) + last

    def birth(self, youngest: int, oldest: int) -> date:
        """A date of birth between two ages in years."""
        return self.today - timedelta(days=self.random.randint(youngest * 366, oldest * 365))

    def id_number(self, birth: date, *, female: bool) -> str:
        """An identity number nobody has; unique within the sample."""
        for order in range(self.first_order + (0 if female else 1), 1000, 2):
            first17 = f"{COUNTY}{birth:%Y%m%d}{order}"
            number = first17 + check_digit(first17)
            if number not in self._numbers:
                self._numbers.add(number)
                return number
        return self.id_number(birth + timedelta(days=1), female=female)

    def phone(self) -> str:
        """A mobile number of a range that is not given out."""
        self._phones += 1
        return f"{_PHONES}{self._phones:04d}"

    def account(self) -> str:
        """A card number with the right check digit under a prefix no bank has."""
        self._accounts += 1
        body = f"{_BANK_PREFIX}{self._accounts:06d}"
        return next(body + digit for digit in "0123456789" if luhn_ok(body + digit))

    def family(self, size: int, head: str = "") -> list[Member]:
        """A household of ``size`` persons, its head first (named ``head`` where given)."""
        female_head = not head and self.random.random() < 0.12
        birth = self.birth(36, 72)
        surname = head[0] if head else self.surname()
        first = self._member(head or surname + self.given_name(birth, female=female_head), birth, "户主", female_head)
        family = [first]
        if size > 1:
            family.append(self._spouse(birth, female=not female_head))
        while len(family) < size:
            family.append(self._relative(surname, birth, len(family)))
        return family

    def _spouse(self, head_birth: date, *, female: bool) -> Member:
        birth = head_birth + timedelta(days=self.random.randint(-1500, 1800))
        name = self.surname() + self.given_name(birth, female=female)
        return self._member(name, birth, "配偶", female)

    def _relative(self, surname: str, head_birth: date, place: int) -> Member:
        """A parent for the third place now and then, else children."""
        female = self.random.random() < 0.5
        if place == 2 and self.random.random() < 0.25:
            birth = max(head_birth - timedelta(days=self.random.randint(8000, 10500)), date(1931, 3, 1))
            parent = "母亲" if female else "父亲"
            own = self.surname() if female else surname
            return self._member(own + self.given_name(birth, female=female), birth, parent, female)
        birth = min(head_birth + timedelta(days=self.random.randint(8000, 13000)), self.today - timedelta(days=400))
        relation = "之女" if female else "之子"
        return self._member(surname + self.given_name(birth, female=female), birth, relation, female)

    def _member(self, name: str, birth: date, relation: str, female: bool) -> Member:
        member = Member(name, self.id_number(birth, female=female), relation, "女" if female else "男", birth)
        age = self.today.year - birth.year
        member.education = self._education(age)
        member.labour = "普通劳动力" if 16 <= age < 65 else "无劳动力"
        if age > 60 and self.random.random() < 0.3:
            member.health = self.random.choice(("长期慢性病", "残疾", "患有大病"))
        if 18 <= age < 60 and relation != "户主":
            member.working = self.random.choice(("县内务工", "县外省内务工", "省外务工", "", ""))
        return member

    def _education(self, age: int) -> str:
        if age < 7:
            return "学龄前儿童"
        if age < 13:
            return "小学"
        if age < 16:
            return "初中"
        if age < 40:
            return self.random.choice(("初中", "初中", "高中", "大专", "本科及以上"))
        return self.random.choice(("文盲或半文盲", "小学", "小学", "初中"))
