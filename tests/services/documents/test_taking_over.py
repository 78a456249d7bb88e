"""What the registers have now beside what a draft was begun with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fupin_desktop.services import documents, villages
from tests.services.documents import office


@pytest.fixture
def begun(tmp_path):
    bench, _clock = office.make(tmp_path / "office")
    key = documents.create(bench, office.VILLAGE, villages.all(bench)[0].key).keys[0]
    yield bench, key
    bench.close()


def register(bench, **facts):
    village = villages.all(bench)[0].key
    villages.update(bench, village, replace(villages.form(bench, village), **facts))


def fields(bench, key):
    return [one.field for one in documents.newer(bench, key)]


def test_a_draft_is_told_what_was_registered_since(begun):
    bench, key = begun
    assert documents.newer(bench, key) == ()
    before = documents.open_document(bench, key).data["leader"]
    register(bench, leader="新支书", total_households=500)
    leader, households = documents.newer(bench, key)
    assert (leader.field, leader.label, leader.on_paper) == ("leader", "村（居）负责人", before or "")
    assert (leader.registered, households.registered, households.value) == ("新支书", "500", 500)
    documents.set_values(bench, key, {leader.field: leader.value})
    assert fields(bench, key) == ["households_all"]


def test_what_was_typed_over_a_registered_value_stands_until_that_changes(begun):
    bench, key = begun
    register(bench, leader="新支书")
    for text in ("新支书", "新支书(代)"):
        documents.set_values(bench, key, {"leader": text})
    assert fields(bench, key) == []
    register(bench, leader="另一人")
    assert fields(bench, key) == ["leader"]
    register(bench, leader="")
    assert fields(bench, key) == []


def test_days_and_what_is_on_its_way_are_not_compared(begun):
    bench, key = begun
    documents.set_values(bench, key, {"reported_on": "2026-1-5", **office.VILLAGE_VALUES})
    assert "reported_on" not in fields(bench, key)
    documents.submit(bench, key)
    register(bench, leader="新支书")
    assert fields(bench, key) == []
