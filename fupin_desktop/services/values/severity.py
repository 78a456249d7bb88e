"""How severe what is wrong with a value is, by the place where the value was entered.

The readers find the same everywhere; only this table differs. A number typed with too many decimals is asked for again
while the clerk still looks at the cell; one out of a workbook of 10 000 rows is rounded and told. A wrong identity
number that is typed may be what stands on the card, so it is kept; out of a workbook it would join two households.
"""

from __future__ import annotations

from enum import StrEnum

from fupin_desktop.domain.vocabulary import Severity


class Place(StrEnum):
    """Where a value is entered."""

    TYPED = "typed"
    PASTED = "pasted"
    IMPORTED = "imported"
    LEDGER = "ledger"
    COMMAND = "command"


_MUST, _WARNING = Severity.MUST, Severity.WARNING
_COLUMNS = (Place.TYPED, Place.PASTED, Place.IMPORTED, Place.LEDGER, Place.COMMAND)
_ROWS: dict[str, tuple[Severity, ...]] = {
    "above_limit": (_WARNING, _WARNING, _WARNING, _WARNING, _WARNING),
    "area_above_limit": (_WARNING, _WARNING, _WARNING, _WARNING, _WARNING),
    "count_above_limit": (_WARNING, _WARNING, _WARNING, _WARNING, _WARNING),
    "account_doubtful": (_WARNING, _WARNING, _WARNING, _WARNING, _WARNING),
    "account_luhn": (_WARNING, _WARNING, _WARNING, _WARNING, _WARNING),
    "phone_doubtful": (_WARNING, _WARNING, _WARNING, _WARNING, _WARNING),
    "id_old": (_WARNING, _WARNING, _WARNING, _WARNING, _WARNING),
    "id_wrong": (_WARNING, _WARNING, _MUST, _MUST, _MUST),
    "rounded": (_MUST, _MUST, _WARNING, _MUST, _MUST),
    "name_lost_character": (_WARNING, _WARNING, _WARNING, _WARNING, _WARNING),
    "date_month": (_WARNING, _WARNING, _WARNING, _WARNING, _WARNING),
    "serial": (_WARNING, _WARNING, _WARNING, _WARNING, _WARNING),
    "percent_fraction": (_WARNING, _WARNING, _WARNING, _WARNING, _WARNING),
}
"""By code and place; what is not named here is a must everywhere."""
_TABLE = {(code, place): severity for code, row in _ROWS.items() for place, severity in zip(_COLUMNS, row, strict=True)}


def severity_of(code: str, place: Place) -> Severity:
    """How severe an issue is: must keeps the value out, warning takes it and tells."""
    return _TABLE.get((code, place), Severity.MUST)
