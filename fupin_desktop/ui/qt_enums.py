"""Qt's enumerations made quickly: a start makes some ninety of them, with 1 800 members.

For each member Python looks for all that the body of a class may hold, which takes it longer than the page takes to be
drawn. PySide6 hands over names and numbers alone; these become what Python would have made of them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import KEEP, Enum, EnumType, Flag, FlagBoundary, IntEnum, IntFlag
from functools import cache
from typing import Any

_KINDS = (Enum, IntEnum, Flag, IntFlag)
_usual: Any = EnumType.__dict__["_create_"]


def install() -> None:
    """Make the enumerations of PySide6 so from now on; all others are made as ever."""
    EnumType._create_ = _create  # type: ignore[attr-defined]  # what ``Enum(name, members)`` calls


def _create(
    cls: EnumType, class_name: str, names: Any, *, module: str | None = None, qualname: str | None = None,
    type: type | None = None, start: int = 1, boundary: FlagBoundary | None = None,  # noqa: A002 - its names are Python's
) -> EnumType:
    """In place of ``EnumType._create_``, with its arguments."""
    if module is None:  # Python takes the module two calls up, which is three from here
        module = sys._getframe(2).f_globals.get("__name__")
    # PySide6 says what becomes of other bits for all of them, also where there are no bits.
    if boundary is KEEP and cls in _KINDS and type is None and qualname is None and _is_plain(cls, names):
        return _made(cls, class_name, names, module)
    made: EnumType = _usual(
        cls, class_name, names, module=module, qualname=qualname, type=type, start=start, boundary=boundary
    )
    return made


def _is_plain(cls: EnumType, members: Any) -> bool:
    """Whether members are pairs whose names mean nothing else in an enumeration, and none comes twice."""
    if not isinstance(members, list) or any(not isinstance(pair, tuple) for pair in members):
        return False
    names = dict(members)
    return len(names) == len(members) and _taken(cls).isdisjoint(names) and not any(name[:1] == "_" for name in names)


@cache
def _taken(cls: EnumType) -> frozenset[str]:
    """Names that Python looks at twice in an enumeration of this kind."""
    return frozenset(["mro", ""]).union(*map(vars, cls.__mro__))


@cache
def _empty(cls: EnumType) -> dict[str, Any]:
    """All that Python gives an enumeration of this kind that has no members."""
    return dict(vars(_usual(cls, cls.__name__, (), module=__name__, boundary=KEEP)))


def _made(cls: EnumType, class_name: str, members: Sequence[tuple[str, int]], module: str | None) -> EnumType:
    body = {key: type(given)() if isinstance(given, list | dict) else given for key, given in _empty(cls).items()}
    new = body.pop("__new__")  # in a body it would become a static method
    made: Any = type.__new__(EnumType, class_name, (cls,), {**body, "__module__": module})
    type.__setattr__(made, "__new__", new)
    add, with_value = made._new_member_, made._use_args_
    order, by_name, by_value = made._member_names_, made._member_map_, made._value2member_map_
    of_bits = issubclass(cls, Flag)
    for name, value in members:
        member = by_value.get(value)
        if member is None:  # else another name of the same
            member = add(made, value) if with_value else add(made)
            member._value_, member._name_, member.__objclass__, member._sort_order_ = value, name, made, len(order)
            by_value[value] = member
            if not of_bits or (value > 0 and value & (value - 1) == 0):  # others are bits together, or none
                order.append(name)
        by_name[name] = member
        type.__setattr__(made, name, member)
    if of_bits:
        _sum_up(made)
    if "_hashable_values_" in body:  # since Python 3.13.1
        made._hashable_values_.extend(by_value)
    return made  # type: ignore[no-any-return]


def _sum_up(made: Any) -> None:
    """What Python keeps of all the bits of a flag."""
    for value in made._value2member_map_:
        made._flag_mask_ |= value
    single = [made._member_map_[name]._value_ for name in made._member_names_]
    made._singles_mask_ = sum(single)
    made._all_bits_ = 2 ** made._flag_mask_.bit_length() - 1
    if single != sorted(single):
        made._iter_member_ = made._iter_member_by_def_
