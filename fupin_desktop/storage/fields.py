"""Field metadata, written once at the column: it feeds table headings, editors, imports, exports and messages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Integer, String, Text, inspect
from sqlalchemy.orm import MappedColumn, mapped_column

from fupin_desktop.domain.vocabulary import Word
from fupin_desktop.storage.base import KEY_LENGTH
from fupin_desktop.storage.document_type import Document

if TYPE_CHECKING:
    from fupin_desktop.storage.base import Base


class Kind(StrEnum):
    """What a field holds, and so how it is read from text and shown."""

    TEXT = "text"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    ACCOUNT = "account"
    MONEY = "money"
    QUANTITY = "quantity"
    AREA = "area"
    INTEGER = "integer"
    FLAG = "flag"
    CHOICE = "choice"
    DATE = "date"
    PERCENT = "percent"
    FILES = "files"
    REFERENCE = "reference"


class Style(StrEnum):
    """How a text is tidied when it is read."""

    PLAIN = "plain"
    NAME = "name"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Field:
    """What is known of one field.

    Attributes:
        name: Attribute of the entity, e.g. ``cultivated_milli``.
        label: Chinese heading without its unit, e.g. 耕地面积.
        kind: What it holds. Money is stored in 分, quantities and areas in thousandths, percentages in ten-thousandths.
        unit: Unit shown beside the label; empty where none.
        required: Whether a record without it is no record.
        choices: The closed word list of a CHOICE field.
        aliases: Other headings by which spreadsheets call it.
        help: One sentence for the clerk.
        at_most: Greatest value the receivers accept, in stored units; None for no limit.
        style: Whether a TEXT is a person's name or a code, which are kept without blanks.
        signed: Whether a number may be below 0.
        derived: Whether the program keeps it by itself: never typed, imported or told in a history.
        suggested: Whether the values already there are offered while a free text is typed.
        summed: Whether totals show its sum; None takes what its kind does.
        width: Width of its table column in characters (半角); 0 takes what its kind and label need.
        sort_by: Attribute of the entity that gives its order, e.g. the pinyin of a name; empty for itself.
        listed: Name of the list that a TEXT takes its words from: a policy parameter, or ``villages``; empty for none.
        offered: Further lists by name: their words may be chosen too, or are offered while a free text is typed.
        more: Words that the list has besides, in this field.
        several: Whether several words of the list may be given; they are stored parted by 、.
        months: Whether a month without its day may be given for a date, and is its first day.
    """

    name: str
    label: str
    kind: Kind
    unit: str = ""
    required: bool = False
    choices: type[Word] | None = None
    aliases: tuple[str, ...] = ()
    help: str = ""
    at_most: int | None = None
    style: Style = Style.PLAIN
    signed: bool = False
    derived: bool = False
    suggested: bool = False
    summed: bool | None = None
    width: int = 0
    sort_by: str = ""
    listed: str = ""
    offered: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    several: bool = False
    months: bool = False

    @property
    def heading(self) -> str:
        """Label with its unit, as headings are written: 耕地面积(亩)."""
        return f"{self.label}({self.unit})" if self.unit else self.label

    @property
    def is_summed(self) -> bool:
        """Whether totals show its sum: amounts and areas unless the field says otherwise."""
        return self.kind in (Kind.MONEY, Kind.AREA) if self.summed is None else self.summed

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading by which a spreadsheet may call this field, its own first."""
        return tuple(dict.fromkeys((self.heading, self.label, *self.aliases)))


def _column(column_type: Any, field: Field, **options: Any) -> MappedColumn[Any]:
    return mapped_column(column_type, info={"field": field}, **options)


def text(
    label: str, kind: Kind = Kind.TEXT, *, length: int = 0, index: bool = False, later: bool = False, **more: Any
) -> MappedColumn[Any]:
    """A text field, never NULL unless its column came ``later`` than the records; ``more`` are of :class:`Field`."""
    column_type = String(length) if length else Text()
    return _column(column_type, Field("", label, kind, **more), default="", nullable=later, index=index)


def money(label: str, *, default: int | None = None, **more: Any) -> MappedColumn[Any]:
    """A money field in 分; NULL means not given unless there is a default."""
    field = Field("", label, Kind.MONEY, unit=more.pop("unit", "元"), **more)
    return _column(BigInteger(), field, default=default, nullable=default is None)


def quantity(label: str, kind: Kind = Kind.QUANTITY, **more: Any) -> MappedColumn[Any]:
    """A quantity in thousandths of its unit; NULL means not given."""
    return _column(BigInteger(), Field("", label, kind, **more), nullable=True)


def area(label: str, **more: Any) -> MappedColumn[Any]:
    """An area in thousandths of a 亩, from 0 to 100 亩 as its receivers check (DOMAIN 7); NULL means not given."""
    more = {"unit": "亩", "at_most": 100_000, **more}
    return quantity(label, Kind.AREA, **more)


def integer(label: str, *, default: int | None = None, **more: Any) -> MappedColumn[Any]:
    """A whole number; NULL means not given unless there is a default."""
    return _column(Integer(), Field("", label, Kind.INTEGER, **more), default=default, nullable=default is None)


def flag(label: str, **more: Any) -> MappedColumn[Any]:
    """Yes, no or not given."""
    return _column(Boolean(), Field("", label, Kind.FLAG, **more), nullable=True)


def choice(label: str, choices: type[Word], *, default: Word | None = None, **more: Any) -> MappedColumn[Any]:
    """A word of a closed list, stored as its code; NULL means not given unless there is a default."""
    field = Field("", label, Kind.CHOICE, choices=choices, **more)
    stored = None if default is None else default.value
    return _column(String(24), field, default=stored, nullable=default is None)


def listed(label: str, words: str, *, index: bool = False, **more: Any) -> MappedColumn[Any]:
    """A word of a list that is data, stored as it reads; empty means not given.

    Args:
        label: What is chosen.
        words: Name of the list: a policy parameter, or ``villages`` for the names of the villages.
        index: Whether the column has an index.
        more: Attributes of :class:`Field`: ``several`` where more than one may be given, ``more`` for further words.
    """
    return text(label, index=index, listed=words, **more)


def day(label: str, **more: Any) -> MappedColumn[date | None]:
    """A date; NULL means not given."""
    return _column(Date(), Field("", label, Kind.DATE, **more), nullable=True)


def percent(label: str, **more: Any) -> MappedColumn[int | None]:
    """A percentage in ten-thousandths (12.5% is 1250); NULL means not given."""
    return _column(Integer(), Field("", label, Kind.PERCENT, **{"unit": "%", **more}), nullable=True)


def files(label: str = "附件", **more: Any) -> MappedColumn[list[dict[str, Any]] | None]:
    """Attached files, each with its name, checksum and size; NULL means none. Their content lies in the data folder."""
    return _column(Document(), Field("", label, Kind.FILES, **more), nullable=True)


def referenced(label: str, target: str, *, index: bool = True, **more: Any) -> MappedColumn[str | None]:
    """The key of another record, shown and typed by its name; NULL means none unless it is required.

    Args:
        label: What the other record is called here.
        target: Table of the other record.
        index: Whether the column has an index.
        more: Attributes of :class:`Field`.
    """
    field = Field("", label, Kind.REFERENCE, **more)
    return mapped_column(
        String(KEY_LENGTH), ForeignKey(f"{target}.key"), nullable=not field.required, index=index, info={"field": field}
    )


@cache
def of(entity: type[Base]) -> dict[str, Field]:
    """The described fields of an entity by attribute name, in the order they are written there."""
    columns = inspect(entity).columns
    return {
        name: replace(column.info["field"], name=name) for name, column in columns.items() if "field" in column.info
    }
