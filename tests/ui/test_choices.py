"""Years that can be worked in, files that were chosen last: what is offered, in which order, and what a choice does."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QMenu, QWidget

from fupin_desktop.services import offices
from fupin_desktop.ui.recent import MOST, RecentFiles
from fupin_desktop.ui.window.year_actions import YearActions


# ---- years ----
class Chooses:
    """Keeps what is offered, and takes one of it."""

    def __init__(self, wanted):
        self.wanted, self.offered, self.proposed = wanted, [], ""

    def choose(self, _parent, _title, _text, options, at=0):
        self.offered, self.proposed = options, options[at]
        found = [place for place, text in enumerate(options) if text.startswith(self.wanted)] if self.wanted else []
        return found[0] if found else None


def actions(app, monkeypatch, year, closed=(), today=date(2026, 6, 1), wanted=""):
    """The actions on an office at work in a year, what it is offered, and the years that were set."""
    taken = []
    bench = SimpleNamespace(year=year, closed_years=frozenset(closed))
    monkeypatch.setattr(offices, "set_year", lambda _bench, to: taken.append(to))
    ask = Chooses(wanted)
    shell = SimpleNamespace(
        bench=bench, today=today, ask=ask, read=lambda work: work(), do=lambda work, done: done(work()),
    )
    return YearActions(shell, QWidget()), ask, taken


@pytest.mark.parametrize(("year", "closed", "today", "offered"), [
    (2026, (), date(2026, 6, 1), "2027 2026 2025 2024 2023 2022 2021"),
    (2026, (2025,), date(2026, 12, 31), "2027 2026 2025（已关闭） 2024 2023 2022 2021"),
    (2028, (), date(2026, 6, 1), "2029 2028 2027 2026 2025 2024 2023 2022 2021"),
    (2026, (2018, 2019), date(2026, 6, 1), "2027 2026 2025 2024 2023 2022 2021 2019（已关闭） 2018（已关闭）"),
    (2015, (2015,), date(2026, 6, 1), "2027 2026 2025 2024 2023 2022 2021 2015（已关闭）"),
    (2015, (), date(2027, 1, 1), "2028 2027 2026 2025 2024 2023 2022 2015"),
])
def test_no_year_with_records_in_it_is_out_of_reach(app, monkeypatch, year, closed, today, offered):
    made, ask, _taken = actions(app, monkeypatch, year, closed, today)
    made.choose()
    assert ask.offered == offered.split()
    assert ask.proposed.startswith(f"{year}")


@pytest.mark.parametrize(("wanted", "taken"), [("2025", [2025]), ("2018", [2018]), ("2026", []), ("", [])])
def test_another_year_is_taken_and_the_same_one_is_left(app, monkeypatch, wanted, taken):
    made, _ask, found = actions(app, monkeypatch, 2026, (2018,), wanted=wanted)
    told = []
    made.year_changed.connect(lambda: told.append(1))
    made.choose()
    assert (found, len(told)) == (taken, len(taken))


# ---- files ----
@pytest.fixture
def files(tmp_path):
    """Files 0 to 11, in a folder whose name a menu would take for shortcuts."""
    folder = tmp_path / "A&B 塘㙍"
    folder.mkdir()
    found = [folder / f"名册{number}&.xlsx" for number in range(12)]
    for path in found:
        path.write_bytes(b"x")
    return found


def listed(recent, opened=None):
    menu = QMenu()
    recent.fill(menu, (lambda path: opened.append(path)) if opened is not None else print)
    return menu, [action.text() for action in menu.actions()]


def test_the_last_files_come_first_each_once(app, files):
    recent = RecentFiles()
    for path in (*files, files[3]):
        recent.note(path)
    _menu, texts = listed(recent)
    assert [text.split("\t")[0] for text in texts[:3]] == ["&1  名册3&&.xlsx", "&2  名册11&&.xlsx", "&3  名册10&&.xlsx"]
    assert len(texts) == MOST


def test_files_that_are_gone_give_room_to_older_ones(app, files):
    recent = RecentFiles()
    for path in files:
        recent.note(path)
    for path in files[6:]:
        path.unlink()
    _menu, texts = listed(recent)
    assert [text.split("  ")[1].split("&&")[0] for text in texts] == [f"名册{number}" for number in (5, 4, 3, 2, 1, 0)]


def test_one_that_is_clicked_is_opened(app, files):
    recent, opened = RecentFiles(), []
    for path in files[:3]:
        recent.note(path)
    menu, _texts = listed(recent, opened)
    menu.actions()[1].trigger()
    assert opened == [files[1]]


def test_an_empty_list_says_so_and_offers_nothing(app):
    menu, texts = listed(RecentFiles())
    assert texts == ["(还没有)"]
    assert not menu.actions()[0].isEnabled()


def test_the_folder_is_cut_at_its_beginning(app, tmp_path):
    deep = tmp_path / ("很长的文件夹名" * 6)
    deep.mkdir()
    path = deep / "a.xlsx"
    path.write_bytes(b"x")
    recent = RecentFiles()
    recent.note(path)
    _menu, (text,) = listed(recent)
    folder = text.split("\t")[1]
    assert len(folder) == 32
    assert folder == "…" + str(deep)[-31:]


def test_what_is_kept_comes_back_and_damage_is_nothing(app, files):
    recent = RecentFiles()
    for path in files[:4]:
        recent.note(path)
    again = RecentFiles()
    again.restore(recent.stored())
    assert again.paths == recent.paths == files[3::-1]
    for damaged in ("{", "7", "null", '{"a": 1}'):
        again.restore(damaged)
        assert again.paths == files[3::-1]
    again.restore('["/a", 3, null, "/b"]')
    assert again.paths == [Path("/a"), Path("/b")]
    again.restore("")
    assert again.paths == []
