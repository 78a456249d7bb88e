"""Telephone numbers: mobiles, landlines with area code, service numbers."""

from __future__ import annotations

import re

from fupin_desktop.domain.text import compact

_MOBILE = re.compile(r"1[3-9][0-9]{9}", re.ASCII)
_LANDLINE = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})-?([2-8][0-9]{6,7})(?:-?(?:转|分机)?([0-9]{1,6}))?", re.ASCII)
_LOCAL = re.compile(r"[2-8][0-9]{6,7}", re.ASCII)
_SERVICE = re.compile(r"1[0-2][0-9]{1,3}|9[56][0-9]{3,6}|[48]00[0-9]{7}", re.ASCII)
_PREFIX = re.compile(r"^(?:\+?86|0086)(?=1[3-9][0-9]{9}$)", re.ASCII)
_HYPHENS = str.maketrans({"—": "-", "–": "-", "−": "-", "―": "-", "(": None, ")": "-"})


def normalise_phone(text: str) -> str:
    """The number as it is kept: a mobile as 11 digits, a landline as ``0759-5581234`` (``-12`` for an extension)."""
    if _MOBILE.fullmatch(text):
        return text
    phone = re.sub("-+", "-", compact(text).translate(_HYPHENS)).strip("-")
    digits = _PREFIX.sub("", phone.replace("-", ""))
    if _MOBILE.fullmatch(digits):
        return digits
    landline = _LANDLINE.fullmatch(phone)
    return "-".join(part for part in landline.groups() if part) if landline else phone


def phone_ok(text: str) -> bool:
    """Whether the number can be dialled from anywhere or within the county: mobile, landline or service number."""
    phone = normalise_phone(text)
    return any(kind.fullmatch(phone) for kind in (_MOBILE, _LANDLINE, _LOCAL)) or bool(
        _SERVICE.fullmatch(phone.replace("-", ""))
    )
