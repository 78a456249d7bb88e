"""What this PC remembers, what a report of a bug tells, what the first page says is next."""

import json
from datetime import date, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fupin_desktop.services.overview import DueItem, Overview, Target
from fupin_desktop.ui import preferences
from fupin_desktop.ui.crash import describe
from fupin_desktop.ui.preferences import Preferences
from fupin_desktop.ui.tabs.home import next_due
from tests.ui.cases import cases_of

NOW = datetime(2026, 12, 24, 10, 32, 5)  # noqa: DTZ001 - local time, as the clerk's clock gives it


@pytest.mark.parametrize("case", cases_of("preferences"))
def test_choices_are_read_as_far_as_they_can_be(tmp_path, case):
    path = tmp_path / "settings.toml"
    path.write_text("\n".join(case["lines"]), encoding="utf-8")
    assert vars(preferences.load(path)) == {**vars(Preferences()), **case.get("kept", {})}


@given(st.builds(
    Preferences, text_size=st.text(max_size=8), contrast=st.booleans(), last_folder=st.text(max_size=30),
    geometry=st.text(max_size=20), fine_print=st.booleans(), lock_after=st.integers(0, 10_000), recent=st.text(max_size=20),
))  # fmt: skip
@example(Preferences(last_folder="D:/断\u2028行\x85"))
@settings(max_examples=30)
def test_any_choices_that_are_kept_are_read_back(tmp_path_factory, chosen):
    path = tmp_path_factory.getbasetemp() / "remembered.toml"
    assert preferences.save(chosen, path)
    assert preferences.load(path) == chosen


@pytest.mark.parametrize("case", cases_of("dialog_sizes"))
def test_sizes_of_dialogs_that_are_damaged_are_forgotten(case):
    kept = {name: tuple(size) for name, size in case.get("kept", {}).items()}
    assert Preferences(dialog_sizes=case["text"]).sizes == kept


@given(st.dictionaries(st.text(max_size=8), st.tuples(st.integers(0, 9999), st.integers(0, 9999)), max_size=4))
def test_sizes_of_dialogs_are_read_back(sizes):
    assert Preferences(dialog_sizes=json.dumps(sizes)).sizes == sizes


@pytest.mark.parametrize("case", cases_of("crash_masks"))
def test_a_report_hides_numbers_of_persons_and_nothing_else(case):
    report = describe(ValueError(case["text"]), NOW)
    assert report.rstrip().endswith(f"ValueError: {case['told']}")


@pytest.mark.parametrize("case", cases_of("next_due"))
def test_the_next_thing_due_is_told_in_a_few_words(case):
    items = tuple(
        DueItem(badge, text, "soon", "查看", Target("home"), date.fromisoformat(day) if day else None)
        for badge, text, day in case["due"]
    )
    assert next_due(Overview(date(2026, 12, 24), (), (), items)) == case["told"]
