"""Where the program and its data are, installed and from a stick."""

from __future__ import annotations

import sys
from pathlib import Path, PureWindowsPath

import pytest

from fupin_desktop import paths
from fupin_desktop.ui import preferences


@pytest.fixture
def stick(tmp_path, monkeypatch):
    """A portable copy of the program."""
    folder = tmp_path / "stick" / "FupinDesktop"
    folder.mkdir(parents=True)
    (folder / paths.PORTABLE_MARK).write_text("x", encoding="utf-8")
    monkeypatch.setattr(sys, "executable", str(folder / "FupinDesktop.exe"))
    return folder


def test_a_portable_copy_keeps_settings_beside_it_and_data_outside_it(stick):
    assert paths.portable_folder() == stick
    assert paths.settings_file() == stick / "设置" / "settings.toml"
    assert paths.default_data_folder() == stick.parent / "产业扶贫数据"
    assert paths.sample_folder() == stick.parent / "示范数据"


def test_an_installed_program_uses_the_users_own_folders(monkeypatch, tmp_path):
    assert paths.portable_folder() is None
    if sys.platform != "win32":
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        assert paths.default_data_folder() == tmp_path / "fupin-desktop"
    assert paths.sample_folder().name == "示范数据"


def test_a_second_disk_of_the_pc_is_proposed_first(monkeypatch):
    monkeypatch.setattr(paths, "_has_second_disk", lambda: True)
    assert str(paths.default_data_folder()) == str(Path("D:\\") / "产业扶贫数据")
    assert "D:" not in str(paths.sample_folder())


def test_data_on_a_stick_is_found_under_another_letter(stick, monkeypatch):
    data = stick.parent / "产业扶贫数据"
    data.mkdir()
    assert paths.on_this_stick(str(data)) == str(data)
    assert paths.on_this_stick("") == ""
    assert paths.on_this_stick("/nowhere/at/all") == "/nowhere/at/all"
    elsewhere = PureWindowsPath("F:\\") / data.relative_to(data.anchor)
    monkeypatch.setattr(paths, "PurePath", PureWindowsPath)
    assert paths.on_this_stick(str(elsewhere)) == str(data)


def test_settings_of_a_portable_copy_are_read_back(stick):
    assert preferences.save(preferences.Preferences(data_folder=str(stick.parent)))
    assert (stick / "设置" / "settings.toml").is_file()
    assert preferences.load().data_folder == str(stick.parent)


def test_what_a_virus_scanner_holds_is_left_where_it_is(tmp_path, monkeypatch):
    path = tmp_path / "a.part"
    path.touch()

    def held(_path, missing_ok=False):
        raise PermissionError(13, "held")

    with monkeypatch.context() as scanner:
        scanner.setattr(Path, "unlink", held)
        paths.drop(path)
    assert path.exists()
    paths.drop(path)
    paths.drop(path)
    assert not path.exists()


def test_short_names_are_ascii_or_the_name_itself():
    here = Path("/tmp/ascii.ttf")
    assert paths.short_name(here) == str(here)
    if sys.platform != "win32":
        assert paths.short_name(Path("/tmp/字体.ttf")) == "/tmp/字体.ttf"
