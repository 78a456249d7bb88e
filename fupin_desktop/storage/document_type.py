"""A column type for whole documents (schemes, workings): plain data stored as exact JSON text."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from fupin_desktop.override import override

_DECIMAL = "$decimal"
_DATE = "$date"
_TIME = "$time"


def _plain(value: object) -> dict[str, str]:
    """What JSON has no word for, tagged so that it comes back as it was."""
    if isinstance(value, Decimal):
        return {_DECIMAL: str(value)}
    if isinstance(value, datetime):
        return {_TIME: value.isoformat()}
    if isinstance(value, date):
        return {_DATE: value.isoformat()}
    raise TypeError(f"a document cannot hold {type(value).__name__}")


def _revive(found: dict[str, Any]) -> Any:
    if len(found) != 1:
        return found
    ((tag, text),) = found.items()
    if tag == _DECIMAL:
        return Decimal(text)
    if tag == _TIME:
        return datetime.fromisoformat(text)
    if tag == _DATE:
        return date.fromisoformat(text)
    return found


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)
_DECODER = json.JSONDecoder(object_hook=_revive, parse_float=Decimal)


def dump_document(value: object) -> str:
    """Plain data (dicts, lists, text, int, bool, Decimal, dates) as JSON text.

    Raises:
        TypeError: For a value of any other type.
    """
    return _ENCODER.encode(value)


def load_document(text: str) -> Any:
    """The plain data of a text written by :func:`dump_document`; decimals and dates come back exact."""
    return _DECODER.decode(text)


class Document(TypeDecorator[Any]):
    """Plain data in a text column; assign a new value to change it, an edit in place is not seen."""

    impl = Text
    cache_ok = True

    @override
    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Python value to stored text."""
        return None if value is None else dump_document(value)

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Stored text to Python value."""
        return None if value is None else load_document(value)
