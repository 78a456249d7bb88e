"""What a system wants of the columns of its layout, and which rows it would send back (退回)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from fupin_desktop.domain import identity
from fupin_desktop.domain.strict_toml import Table
from fupin_desktop.domain.vocabulary import Word

_TOLD = 3
_ACCOUNT = re.compile(r"[0-9]{8,30}", re.ASCII)
_MONTH = re.compile(r"[0-9]{4}(0[1-9]|1[0-2])", re.ASCII)

Cell = str | int | Decimal | None


class Form(Word):
    """In which form a cell is wanted; the label ends the sentence that tells of another."""

    ANY = "", "有内容"
    ID = "id_number", "是18位、校验正确的公民身份号码"
    ACCOUNT = "account", "是8至30位数字的账号"
    MONTH = "month", "是202103这样的六位年月"
    YES_NO = "yes_no", "写“是”或“否”"


@dataclass(frozen=True, slots=True)
class Demand:
    """What is wanted of a column.

    Attributes:
        required: Whether it may not be empty.
        form: In which form it is wanted.
        words: The only words that are taken; empty for any.
        low: The least number that is taken.
        high: The largest number that is taken.
        asks_below: A number below which the system asks back without refusing.
        with_: Heading of another column that must be above 0 where this one is.
    """

    required: bool = False
    form: Form = Form.ANY
    words: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    asks_below: Decimal | None = None
    with_: str = ""

    @property
    def says_something(self) -> bool:
        """Whether anything is wanted at all."""
        return self != NOTHING

    @property
    def counts(self) -> bool:
        """Whether a number is wanted."""
        return bool(self.with_) or any(one is not None for one in (self.low, self.high, self.asks_below))

    @property
    def bounds(self) -> str:
        """The numbers that are taken, in words."""
        if self.high is None:
            return f"不小于 {self.low or Decimal():f}"
        return f"在 {self.low or Decimal():f} 到 {self.high:f} 之间"

    def holds(self, number: Decimal) -> bool:
        """Whether a number is within what is taken."""
        within = self.high is None or number <= self.high
        return within and (self.low is None or number >= self.low)


NOTHING = Demand()


def read(entry: Table) -> Demand:
    """The demand of a column as its file has it.

    Raises:
        BadDefinition: A value breaks the format.
    """
    made = Demand(
        required=entry.flag("required"),
        form=Form(entry.choice("form", [one.value for one in Form], "")),
        words=entry.words("words"),
        low=entry.number("low", 2),
        high=entry.number("high", 2),
        asks_below=entry.number("asks_below", 2),
        with_=entry.name("with"),
    )
    if made.low is not None and made.high is not None and made.low > made.high:
        entry.fail("high", "不得小于 low")
    return made


@dataclass(slots=True)
class _Found:
    """The rows of one kind of fault: their first names and how many."""

    names: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, name: str) -> None:
        self.count += 1
        if len(self.names) < _TOLD:
            self.names.append(name)


class Inspection:
    """Looks through the rows of a layout for what its system would send back.

    Args:
        headings: The headings of the layout.
        demands: What is wanted, by heading.
        unit: How rows are counted, e.g. ``户``.
    """

    def __init__(self, headings: Sequence[str], demands: Iterable[tuple[str, Demand]], unit: str) -> None:
        self._at = {heading: place for place, heading in enumerate(headings)}
        self._demands = [(heading, one) for heading, one in demands if one.says_something and heading in self._at]
        self._unit = unit
        self._name = next((place for place, heading in enumerate(headings) if _names_a_row(heading)), None)
        self._found: dict[str, _Found] = {}
        self._rows = 0

    def look(self, row: Sequence[Cell]) -> None:
        """Look at a row."""
        self._rows += 1
        for heading, demand in self._demands:
            for told in self._faults(heading, demand, row):
                self._found.setdefault(told, _Found()).add(self._name_of(row))

    def sentences(self) -> list[str]:
        """What would be sent back, a sentence for each kind of fault, columns in their order."""
        order = {heading: place for place, (heading, _demand) in enumerate(self._demands)}
        told = sorted(self._found.items(), key=lambda one: order[one[0].split("”")[0].lstrip("“")])
        return [f"{sentence}：{self._who(found)}。" for sentence, found in told]

    def _faults(self, heading: str, demand: Demand, row: Sequence[Cell]) -> Iterable[str]:
        value = _text(row[self._at[heading]])
        if not value:
            return [f"“{heading}”不能空"] if demand.required else []
        found = []
        if not _FITS[demand.form](value):
            found.append(f"“{heading}”应{demand.form.label}")
        if demand.words and value not in demand.words:
            found.append(f"“{heading}”只收“{'”“'.join(demand.words)}”")
        return [*found, *self._of_number(heading, demand, value, row)]

    def _of_number(self, heading: str, demand: Demand, value: str, row: Sequence[Cell]) -> Iterable[str]:
        if not demand.counts:
            return
        number = _number(value)
        if number is None:
            yield f"“{heading}”应是数字"
        elif not demand.holds(number):
            yield f"“{heading}”应{demand.bounds}"
        elif demand.asks_below is not None and number < demand.asks_below:
            yield f"“{heading}”低于 {demand.asks_below:f}，系统会要求核实"
        elif demand.with_ in self._at and number > 0 and not (_number(_text(row[self._at[demand.with_]])) or 0) > 0:
            yield f"“{heading}”大于 0，“{demand.with_}”也要大于 0"

    def _name_of(self, row: Sequence[Cell]) -> str:
        name = _text(row[self._name]) if self._name is not None else ""
        return name or f"第 {self._rows} 行"

    def _who(self, found: _Found) -> str:
        more = f"等 {found.count:,} {self._unit}" if found.count > len(found.names) else ""
        return f"{'、'.join(found.names)}{more}"


def _names_a_row(heading: str) -> bool:
    return heading == "户主" or heading.rstrip("*").endswith(("姓名", "项目名称"))


def _text(value: Cell | date) -> str:
    return "" if value is None else str(value).strip()


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _sound_id(text: str) -> bool:
    return len(text) == 18 and identity.check(text).fault is None


_FITS: dict[Form, Callable[[str], bool]] = {
    Form.ANY: bool,
    Form.ID: _sound_id,
    Form.ACCOUNT: lambda text: _ACCOUNT.fullmatch(text) is not None,
    Form.MONTH: lambda text: _MONTH.fullmatch(text) is not None,
    Form.YES_NO: ("是", "否").__contains__,
}
