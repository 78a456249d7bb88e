"""Qt's enumerations made quickly are those that Python makes."""

import enum
import pickle

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame

from fupin_desktop.ui import qt_enums

_HOUSE_KEEPING = {"__new__", "_member_map_", "_value2member_map_", "_generate_next_value_", "_iter_member_"}
"""Made anew for each, or compared by the members."""


def _enumerations():
    """Those of Qt's namespace, and others with many members or with several names of one value."""
    spaces = (Qt, QEvent, QLocale, QPalette, QFrame)
    return [one for space in spaces for one in vars(space).values() if isinstance(one, enum.EnumType)]


def _both(base, name, members):
    words = {"module": __name__, "boundary": enum.KEEP}
    return qt_enums._usual(base, name, members, **words), qt_enums._create(base, name, members, **words)


def test_each_enumeration_is_the_one_that_python_makes():
    wanted = _enumerations()
    assert len(wanted) > 80
    assert sum(issubclass(one, enum.Flag) for one in wanted) > 10
    assert any(len(one) < len(one.__members__) for one in wanted)
    for one in wanted:
        base = one.__mro__[1]
        members = [(name, member.value) for name, member in one.__members__.items()]
        usual, made = _both(base, one.__name__, members)
        enum._test_simple_enum(usual, made)  # raises where one differs from the other
        assert set(vars(usual)) == set(vars(made))
        for name in set(vars(usual)) - set(usual.__members__) - _HOUSE_KEEPING:
            assert vars(usual)[name] == vars(made)[name], name
        assert {name: repr(member) for name, member in made.__members__.items()} == {
            name: repr(member) for name, member in usual.__members__.items()
        }
        assert [(member.name, member.value, hash(member)) for member in made] == [
            (member.name, member.value, hash(member)) for member in usual
        ]


@pytest.mark.parametrize("base", [enum.Enum, enum.IntEnum])
def test_members_are_found_by_name_and_by_value_and_nothing_else_is(base):
    _, made = _both(base, "Made", [("one", 1), ("also_one", 1), ("two", -2)])
    assert made(1) is made.one is made["also_one"]
    assert [made.two.value, made.two.name, len(made), -2 in made.__members__.values()] == [-2, "two", 2, base is enum.IntEnum]
    with pytest.raises(ValueError, match="3 is not a valid"):
        made(3)
    with pytest.raises(AttributeError, match="cannot reassign member"):
        made.one = 2


@pytest.mark.parametrize("members", [[("name", 1)], [("real", 1)], [("__init__", 1)], [("one", 1), ("one", 2)], ["one", "two"]])
def test_members_of_special_names_are_left_to_python(members):
    made = []
    for make in (qt_enums._usual, qt_enums._create):
        try:
            one = make(enum.IntEnum, "Odd", members, module=__name__, boundary=enum.KEEP)
            made.append([(member.name, member.value) for member in one])
        except TypeError as wrong:
            made.append(str(wrong))
    assert made[0] == made[1]


@pytest.mark.parametrize("base", [enum.Flag, enum.IntFlag])
@pytest.mark.parametrize(
    "members",
    [
        [("none", 0), ("a", 1), ("b", 2), ("both", 3), ("high", 0x40)],
        [("second", 2), ("first", 1), ("also_second", 2), ("far", 8)],
        [("nothing", 0)],
    ],
)
def test_flags_are_put_together_and_taken_apart_as_python_does(base, members):
    usual, made = _both(base, "Bits", members)
    enum._test_simple_enum(usual, made)
    values = range(16)
    assert [list(map(repr, one)) for one in map(made, values)] == [list(map(repr, one)) for one in map(usual, values)]
    for name in ("_flag_mask_", "_singles_mask_", "_all_bits_", "_boundary_", "_member_names_"):
        assert getattr(made, name) == getattr(usual, name)
    several = [(repr(one | other), repr(~one), bool(one & other)) for one in made for other in made]
    assert several == [(repr(one | other), repr(~one), bool(one & other)) for one in usual for other in usual]


def test_enumerations_of_other_makers_keep_their_module(monkeypatch):
    monkeypatch.setattr(enum.EnumType, "_create_", qt_enums._create)
    colour = enum.Enum("Colour", "red green")
    monkeypatch.setitem(globals(), "Colour", colour)
    assert colour.__module__ == __name__
    assert pickle.loads(pickle.dumps(colour.red)) is colour.red
    strict = enum.Flag("Strict", [("a", 1), ("b", 2)], boundary=enum.STRICT)
    with pytest.raises(ValueError, match="invalid value 8"):
        strict(8)
