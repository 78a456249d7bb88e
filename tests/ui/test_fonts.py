"""Which engine draws the window's texts."""

from __future__ import annotations

import sys

import pytest

from fupin_desktop.ui import fonts

OWN_ENGINE = ["-platform", "windows:fontengine=freetype"]


@pytest.fixture
def windows(tmp_path, monkeypatch):
    """The folder of fonts of a Windows where nobody chose a platform."""
    (tmp_path / "Fonts").mkdir()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("WINDIR", str(tmp_path))
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    return tmp_path / "Fonts"


@pytest.mark.parametrize("file", ["msyh.ttc", "msyh.ttf", "simsun.ttc"])
def test_windows_draws_its_own_chinese_fonts(windows, file):
    (windows / file).touch()
    assert fonts.engine_words() == []


def test_without_a_chinese_font_qt_draws_the_bundled_ones(windows):
    (windows / "arial.ttf").touch()
    assert fonts.engine_words() == OWN_ENGINE


def test_a_platform_that_was_chosen_stays(windows, monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert fonts.engine_words() == []


def test_elsewhere_there_is_one_engine(windows, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    assert fonts.engine_words() == []
