"""Computed papers of all records of one owner (捐赠名单): what they are about, and what never goes public."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from fupin_desktop.domain.masking import find_leaks
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.workbench import Workbench

_TOLD_AT_MOST = 5


class RollSubject(NamedTuple):
    """All records of an owner.

    Attributes:
        bench: The office.
        owner: Key of the owner.
        public: Whether it is the copy that leaves the office; else it is the office's own.
    """

    bench: Workbench
    owner: str
    public: bool = True


def refuse_leaks(title: str, texts: Mapping[str, str]) -> None:
    """Nothing goes public with a full phone, ID or account number.

    Args:
        title: What the paper is called.
        texts: What it prints, by where that stands; the message names the places and repeats no number.

    Raises:
        NotAllowed: There is such a number.
    """
    places = [place for place, text in texts.items() if find_leaks(text)]
    if places:
        told = "、".join(places[:_TOLD_AT_MOST]) + ("等" if len(places) > _TOLD_AT_MOST else "")
        raise NotAllowed(
            f"{title}{told}有电话、证件号或账号，没有出公开的一份。", todo="请去掉这些号码，或出存档的一份。"
        )
