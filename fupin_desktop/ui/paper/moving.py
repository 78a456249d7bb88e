"""Where the focus goes: in reading order through what may be typed, and to the neighbour of a cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from fupin_desktop.documents.definition.form import FormDefinition
from fupin_desktop.ui.paper.desk import Desk, Spot
from fupin_desktop.ui.paper.state import PaperState

Direction = Literal["left", "right", "up", "down"]
_NEAR = 0.5
_ASIDE = 4.0


def stops(form: FormDefinition, state: PaperState, desk: Desk) -> list[Spot]:
    """What may be typed, in reading order: each place once, of a list's empty rows only the first."""
    out: dict[str, Spot] = {}
    for spot in desk.spots:
        area = spot.area
        if area.path not in out and state.typeable(form, area) and not far(state, spot):
            out[area.path] = spot
    return list(out.values())


def far(state: PaperState, spot: Spot) -> bool:
    """Whether a list's row lies behind its first empty one."""
    record = spot.area.record
    return record is not None and record > state.count(spot.area.field)


def step(found: Sequence[Spot], desk: Desk, path: str, by: int) -> Spot | None:
    """The stop ``by`` places on; from a place that is no stop, the nearest behind or before it. None at the ends."""
    paths = [spot.area.path for spot in found]
    if path in paths:
        at = paths.index(path) + by
        return found[at] if 0 <= at < len(found) else None
    order = {spot.area.path: place for place, spot in reversed(list(enumerate(desk.spots)))}
    here = order.get(path, -1)
    if by > 0:
        return next((spot for spot in found if order[spot.area.path] > here), None)
    return next((spot for spot in reversed(found) if order[spot.area.path] < here), None)


def neighbour(desk: Desk, spot: Spot, direction: Direction) -> Spot | None:
    """The nearest cell in a direction, locked ones included; pages follow each other downwards."""
    here = desk.rect(spot)
    best: tuple[float, Spot] | None = None
    for other in desk.spots:
        there = desk.rect(other)
        if direction in ("left", "right"):
            ahead = there.left() - here.right() if direction == "right" else here.left() - there.right()
            aside = max(0.0, there.top() - here.center().y(), here.center().y() - there.bottom())
        else:
            ahead = there.top() - here.bottom() if direction == "down" else here.top() - there.bottom()
            aside = max(0.0, there.left() - here.center().x(), here.center().x() - there.right())
        if ahead < -_NEAR or (direction in ("left", "right") and aside > 0):
            continue
        cost = ahead + _ASIDE * aside
        if best is None or cost < best[0]:
            best = (cost, other)
    return best[1] if best else None
