"""Data that lie where this user cannot write: everything can be looked at, every change is refused in words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fupin_desktop import app
from fupin_desktop.errors import DataReadOnly, NotWritable
from fupin_desktop.services import (
    awards,
    backups,
    data_check,
    documents,
    funds,
    moving,
    protection,
    registers,
    schemes,
    villages,
)
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.payments import bank_layouts
from fupin_desktop.services.registers import HOUSEHOLDS, CellEdit, Query
from fupin_desktop.storage.lock import FolderLock
from fupin_desktop.ui.main_window import MainWindow
from fupin_desktop.ui.preferences import Preferences
from tests.services.documents.office import VILLAGE
from tests.services.fund_papers import money_office
from tests.services.register_office import Clock, add_household


def refused(_lock: FolderLock) -> None:
    raise NotWritable("没有权限写入“fupin.lock”。")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("read-only") / "office"
    bench = money_office.make(folder)
    money_office.source(bench)
    key = schemes.save(bench, None, money_office.scheme()).keys[0]
    awards.recalculate(bench, key)
    bench.close()
    return folder


@pytest.fixture
def folder(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The office where the lock cannot be taken; for an administrator no folder is write-protected in earnest."""
    made = Path(shutil.copytree(written, tmp_path / "office"))
    (made / "fupin.lock").unlink()
    monkeypatch.setattr(FolderLock, "acquire", refused)
    return made


@pytest.fixture
def bench(folder):
    made = open_workbench(folder, clock=Clock())
    yield made
    made.close()


def test_everything_is_read_and_nothing_left_in_the_folder(bench, folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert bench.read_only
    assert registers.count(bench, Query(HOUSEHOLDS, 2026)) == 3
    assert len(funds.balances(bench, 2026)) == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    assert sorted(before) == ["fupin.sqlite"]


def writes(bench):
    key = registers.all_keys(bench, Query(HOUSEHOLDS, 2026))[0]
    yield lambda: registers.set_cells(bench, HOUSEHOLDS, [CellEdit(key, "note", "改")])
    yield lambda: registers.remove(bench, HOUSEHOLDS, [key])
    yield lambda: villages.add(bench, villages.VillageForm("新村"))
    yield lambda: awards.recalculate(bench, schemes.all(bench, 2026)[0].key)
    yield lambda: documents.create(bench, VILLAGE, villages.all(bench)[0].key)
    yield lambda: bench.set_settings({"x": 1})
    yield lambda: backups.back_up(bench)
    yield lambda: protection.protect(bench, "低岭村的荔枝-88", lambda _done, _total, _text: None)
    yield lambda: bank_layouts.remove_own(bench, "没有")


def test_every_change_is_refused_in_words(bench, folder):
    before = (folder / "fupin.sqlite").read_bytes()
    for write in writes(bench):
        with pytest.raises(DataReadOnly, match="不能修改"):
            write()
    assert (folder / "fupin.sqlite").read_bytes() == before


def test_the_data_are_taken_to_where_they_can_be_changed(bench, tmp_path, monkeypatch):
    moved = moving.copy_data(bench, tmp_path / "本机", lambda _done, _total, _text: None)
    monkeypatch.undo()
    again = open_workbench(moved, clock=Clock())
    assert not again.read_only
    add_household(again, "新来的")
    again.close()


def test_what_had_to_be_written_first_is_told(written, folder, monkeypatch):
    (folder / "fupin.sqlite-wal").write_bytes(b"x" * 100)
    with pytest.raises(NotWritable, match="没有正常关闭"):
        open_workbench(folder, clock=Clock())
    (folder / "fupin.sqlite-wal").unlink()
    shutil.copy(Path(__file__).parents[1] / "cases" / "data_files" / "v0002.sqlite", folder / "fupin.sqlite")
    with pytest.raises(NotWritable, match="旧版"):
        open_workbench(folder, clock=Clock())
    (folder / "fupin.sqlite").unlink()
    with pytest.raises(NotWritable, match="没有台账数据"):
        open_workbench(folder, clock=Clock())


def test_the_window_says_so_and_refuses_edits_in_words(qtbot, bench, answers):
    window = MainWindow(bench, answers, Preferences())
    qtbot.addWidget(window)
    window.show()
    assert window.windowTitle().endswith("(只读)")
    assert "不能修改" in window.status.saved.text()
    app._after_start(window, "")
    assert isinstance(answers.told[0], DataReadOnly)
    tab = window.show_tab("households")
    window.shell.tasks.wait()
    model = tab.state.front.model
    model.setData(model.index(0, model.column_of("note")), "改")
    window.shell.tasks.wait()
    assert isinstance(answers.told[-1], DataReadOnly)
    assert "更改数据文件夹" in answers.told[-1].todo
    count = len(answers.told)
    window.menus.actions["backup"].trigger()
    window.shell.tasks.wait()
    assert isinstance(answers.told[count], DataReadOnly)
    window.close()


def test_the_data_can_be_checked_all_the_same(bench):
    assert data_check.check(bench).findings == ()
