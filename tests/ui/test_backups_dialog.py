"""备份与恢复 through the window: look, go back, forward again, a file from a stick, a second place."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from fupin_desktop.errors import DataFileReplaced, DiskFull
from fupin_desktop.services import backups, protection, villages
from fupin_desktop.ui.dialogs.backups import BackupsDialog


def opened(window, answers, drive):
    answers.dialogs.append(drive)
    window.menus.actions["backups"].trigger()


def choose(dialog, row, window):
    dialog.list.setCurrentRow(row)
    window.shell.tasks.wait()


def test_going_back_and_forward_again_in_the_window(window, bench, answers):
    villages.add(bench, villages.VillageForm(name="低岭村"))
    bench.back_up()
    villages.add(bench, villages.VillageForm(name="那罗村"))

    def back(dialog):
        assert isinstance(dialog, BackupsDialog)
        assert not dialog.restore.isEnabled()
        choose(dialog, 0, window)
        told = dialog.inside.toPlainText()
        assert told.index("恢复会撤掉的操作：1 项") < told.index("里面有")
        answers.answers.append(True)
        dialog.restore.click()
        window.shell.tasks.wait()
        assert dialog.list.count() == 2
        dialog.reject()

    opened(window, answers, back)
    assert [village.name for village in villages.all(bench)] == ["低岭村"]
    assert "可以再恢复回去" in answers.told[-1]

    def forward(dialog):
        row = next(row for row in range(dialog.list.count()) if "恢复前" in dialog.list.item(row).text())
        choose(dialog, row, window)
        answers.answers.append(True)
        dialog.restore.click()
        window.shell.tasks.wait()
        dialog.reject()

    opened(window, answers, forward)
    assert len(villages.all(bench)) == 2


def test_saying_no_changes_nothing(window, bench, answers):
    bench.back_up()
    villages.add(bench, villages.VillageForm(name="低岭村"))

    def drive(dialog):
        choose(dialog, 0, window)
        answers.answers.append(False)
        dialog.restore.click()
        window.shell.tasks.wait()
        dialog.reject()

    opened(window, answers, drive)
    assert len(villages.all(bench)) == 1


def test_a_broken_file_from_a_stick_is_told_and_cannot_be_restored(window, answers, tmp_path):
    broken = tmp_path / "fupin_2026-01-01_000000_daily_3.zip"
    broken.write_bytes(b"PK broken")

    def drive(dialog):
        answers.answers.append(broken)
        dialog.from_file()
        window.shell.tasks.wait()
        assert "不能恢复" in dialog.inside.toPlainText()
        assert not dialog.restore.isEnabled()
        dialog.reject()

    opened(window, answers, drive)
    assert broken.name in answers.told[-1].happened


def test_a_second_place_is_chosen_filled_and_given_back(window, bench, answers, tmp_path):
    stick = tmp_path / "U盘"
    stick.mkdir()

    def drive(dialog):
        answers.answers.append(stick)
        dialog.choose_place()
        window.shell.tasks.wait()
        assert str(stick) in dialog.place.text()
        assert len(list(stick.iterdir())) == 1
        assert dialog.missed.text() == ""
        dialog.without.click()
        assert "没有选择" in dialog.place.text()
        assert dialog.without.isHidden()
        dialog.reject()

    opened(window, answers, drive)
    assert backups.second_place(bench) is None


def test_a_copy_that_is_missing_at_the_second_place_is_told_where_it_was_asked_for(window, bench, answers, tmp_path):
    def drive(dialog):
        answers.answers.append(tmp_path / "没有这个")
        dialog.choose_place()
        window.shell.tasks.wait()
        assert dialog.missed.text() != ""
        dialog.reject()

    opened(window, answers, drive)

    def look(dialog):
        window.shell.tasks.wait()
        shown.append(dialog.missed.text())
        dialog.reject()

    shown, place = [], tmp_path / "没有这个"
    opened(window, answers, look)
    place.mkdir()
    backups.back_up(bench)
    opened(window, answers, look)
    (copy,) = place.glob("*.zip")
    copy.rename(place / copy.name.replace("2026-12-24", "2026-11-02"))
    opened(window, answers, look)
    assert shown == ["那里没有备份，或没有接上", "", "最近只抄到 2026-11-02"]
    shutil.rmtree(place)
    window.menus.actions["backup"].trigger()
    window.shell.tasks.wait()
    assert [one.happened.partition("：")[0] for one in answers.told] == ["第二处备份没有写成"] * 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows moves no file that is open")
def test_a_data_file_taken_away_under_the_window_is_told_and_what_is_open_saved(window, bench, answers, tmp_path):
    villages.add(bench, villages.VillageForm(name="低岭村"))
    bench.store.path.rename(tmp_path / "away.sqlite")
    saved = tmp_path / "saved.sqlite"
    answers.answers += [True, saved]
    window.shell.do(lambda: villages.add(bench, villages.VillageForm(name="那罗村")))
    window.shell.tasks.wait()
    assert isinstance(answers.told[0], DataFileReplaced)
    assert "没有保存" in answers.told[0].safe
    assert str(saved) in answers.told[-1]
    with closing(sqlite3.connect(saved)) as connection:
        assert connection.execute("SELECT name FROM villages").fetchall() == [("低岭村",)]


def test_past_midnight_the_daily_backup_is_made_by_a_window_left_open(window, bench, monkeypatch):
    actions = window.actions_of_window.backups
    actions.daily()
    window.shell.tasks.wait()
    assert len(backups.all_backups(bench)) == 1
    actions.daily()
    window.shell.tasks.wait()
    assert len(backups.all_backups(bench)) == 1
    villages.add(bench, villages.VillageForm(name="低岭村"))
    later = bench.clock() + timedelta(days=1)
    monkeypatch.setattr(bench, "clock", lambda: later)
    window._clock.timeout.emit()
    window.shell.tasks.wait()
    assert len(backups.all_backups(bench)) == 2
    assert window.status.backup.text().startswith("今日已备份")


def test_a_backup_of_a_former_password_is_looked_into_with_it(window, bench, answers, tmp_path):
    password = "低岭村的荔枝-88"
    protection.protect(bench, password, lambda _done, _of, _text: None)
    stick = shutil.copy(bench.back_up().path, tmp_path)
    protection.unprotect(bench, password, lambda _done, _of, _text: None)
    answers.answers += [Path(stick), "不是这个密码-1", password, True]

    def drive(dialog):
        dialog.from_file()
        for _ in range(3):
            window.shell.tasks.wait()
        assert "恢复会撤掉的操作" in dialog.inside.toPlainText()
        dialog.restore.click()
        window.shell.tasks.wait()
        dialog.reject()

    opened(window, answers, drive)
    assert "可以再恢复回去" in answers.told[-1]


def test_a_second_place_that_gets_no_copies_stands_among_what_is_due(window, bench, answers, tmp_path, monkeypatch):
    def full(*_args):
        raise DiskFull("磁盘空间不足。")

    def due():
        window.shell.tasks.wait()
        return [one for one in home.findChildren(QPushButton) if "第二处备份从12月24日起没有抄成" in one.accessibleName()]

    backups.choose_second_place(bench, tmp_path)
    home = window.show_tab("home")
    with monkeypatch.context() as broken:
        broken.setattr("fupin_desktop.storage.backup_files.copy_beside", full)
        window.menus.actions["backup"].trigger()
        (line,) = due()
    assert "磁盘空间不足" in answers.told.pop().happened

    def again(dialog):
        next(one for one in dialog.findChildren(QPushButton) if one.text() == "立即备份").click()
        window.shell.tasks.wait()
        dialog.reject()

    answers.dialogs.append(again)
    line.click()
    assert due() == []
