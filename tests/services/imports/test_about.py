"""The importer says of every column what it tells of, in the words of the registers."""

from __future__ import annotations

import pytest

from fupin_desktop.services.imports.flat.lists import family_of
from fupin_desktop.services.imports.headings import FAMILY, PLACE
from fupin_desktop.services.registers import Register, registry
from fupin_desktop.storage.entities import Village
from tests.services.registers.invented import invented


@pytest.mark.parametrize(
    ("kind", "key", "told"),
    [
        ("entries", "household.code", "农户"),
        ("entries", "household.class_by_type", "农户"),
        ("entries", "year.kind", "本年"),
        ("entries", "farm.product", "种养项目"),
        ("entries", "place.village", "地点"),
        ("entries", "list.year", "名单"),
        ("persons", "person.name", "家庭成员"),
        ("persons", "household.code", "农户"),
        ("payments", "household.bank_account", "农户"),
    ],
)
def test_columns_of_households_are_told_by_their_registers(kind: str, key: str, told: str) -> None:
    found = FAMILY.named(kind)
    assert found is not None
    assert found.fields[key].about == told


def assert_told(register: Register) -> None:
    """A record's own columns need no word; those of what it belongs to have that register's."""
    above = {parent.name: registry.of_entity(parent.entity) for parent in register.parents if parent.entity is not Village}
    (kind,) = family_of(register).kinds
    for key, field in kind.fields.items():
        source = key.partition(".")[0]
        belongs = above.get(source)
        wanted = PLACE if field.is_village else belongs.title if field.group == "above" and belongs is not None else ""
        assert (key, field.about) == (key, wanted)


@pytest.mark.parametrize("name", registry.NAMES)
def test_columns_of_any_register_are_told_by_what_it_belongs_to(name: str) -> None:
    assert_told(registry.of(name))


def test_columns_of_an_invented_register_are_told_too() -> None:
    with invented() as made:
        assert_told(made.harvests)
        (kind,) = family_of(made.harvests).kinds
        assert kind.fields["pond.name"].about == "鱼塘"
