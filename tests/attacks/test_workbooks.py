"""The attack itself: what it counts, and that it sees a file that no door may let through."""

from __future__ import annotations

from pathlib import Path

from tests.attacks.workbooks import Tally, attack
from tests.services.imports.making import HEAD, book, household


def test_good_and_bad_files_are_counted(tmp_path: Path) -> None:
    book(tmp_path / "a.xlsx", [HEAD, household(0)])
    (tmp_path / "b.xls").write_bytes(b"%PDF-1.7")
    found = attack(sorted(tmp_path.iterdir()), ["preview"])["preview"]
    assert (dict(found.outcomes), found.bad) == ({"list": 1, "sentence": 1}, [])


def test_what_no_file_may_do_is_told() -> None:
    tally, path = Tally(), Path("a.xlsx")
    good = {"outcome": "list", "told": "", "seconds": 1.0, "megabytes": 90.0}
    for change in (
        {"outcome": "traceback", "told": "ValueError"}, {"outcome": "died"}, {"outcome": "hang"},
        {"outcome": "sentence", "told": "no such file"}, {"megabytes": 301.0}, {"seconds": 21.0},
    ):  # fmt: skip
        tally.take(path, {**good, **change})
    tally.take(path, good)
    tally.take(path, {**good, "outcome": "sentence", "told": "“a.xlsx”已损坏。"})
    assert len(tally.bad) == 6
