"""Whole numbers divided in SQL without floats: shares in ten-thousandths, amounts by households."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, cast, func


def rounded(part: Any, whole: Any) -> ColumnElement[Any]:
    """A part ÷ a whole to the nearest whole number, half up; nothing where the whole is 0 or one is not given.

    Args:
        part: SQL of a whole number, not below 0.
        whole: SQL of another one.
    """
    return cast(2 * part + whole, BigInteger) // cast(func.nullif(2 * whole, 0), BigInteger)
