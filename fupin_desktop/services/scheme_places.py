"""Whose scheme it is: the village, or all villages of the town, that a scheme names.

Schemes and papers name a place as people do, 低岭村. Where two towns have a village of that name each goes by town and
village, 塘㙍镇低岭村, so that neither's households are counted for the other.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Town, Village


def villages_of(session: Session, place: str) -> list[str]:
    """Keys of the village that a scheme names, else of all villages of the town; none where there is neither.

    Args:
        session: A reading session.
        place: 低岭村, 塘㙍镇低岭村 or 塘㙍镇.

    Raises:
        NotAllowed: More than one village bears the name.
    """
    meant = or_(Village.name == place, Town.name + Village.name == place, Town.name == place)
    query = select(Village.key, Town.name, Village.name).join(Town, Town.key == Village.town_key).where(meant)
    found = session.execute(query.order_by(Town.name, Village.key)).all()
    whole = [key for key, town, village in found if f"{town}{village}" == place]
    if whole:
        return whole
    named = [(key, town) for key, town, village in found if village == place]
    if len(named) > 1:
        towns = "、".join(town for _, town in named)
        raise NotAllowed(
            f"有 {len(named)} 个村叫“{place}”({towns})，不知道方案是哪一个村的。没有测算，数据没有变动。",
            todo=f"请在方案里把村(镇)写成“{named[0][1]}{place}”这样。",
        )
    return [key for key, _ in named] or [key for key, _, _ in found]


def village_of(session: Session, place: str) -> str | None:
    """Key of the village that a scheme names; None for a town, and where two bear the name."""
    by_name = select(Village.key).join(Town, Town.key == Village.town_key)
    whole = session.scalars(by_name.where(Town.name + Village.name == place)).all()
    named = whole or session.scalars(by_name.where(Village.name == place)).all()
    return named[0] if len(named) == 1 else None


def names(bench: Workbench) -> list[str]:
    """The office's villages as schemes name them, in their order."""
    with bench.read() as session:
        query = select(Town.name, Village.name).join(Town, Town.key == Village.town_key)
        found = session.execute(query.order_by(Village.position, Village.code, Village.name, Town.name)).all()
    often = Counter(village for _, village in found)
    return [village if often[village] == 1 else f"{town}{village}" for town, village in found]
