"""The manual names the tabs and every shortcut."""

from __future__ import annotations

from fupin_desktop.ui.tabs.registry import TABS
from tests.services.manual_pages import page


def test_every_tab_has_its_page_named_in_the_table_of_contents():
    text = page("index.html").text
    for title in (spec.title for spec in TABS):
        assert title in text


def test_every_shortcut_of_the_menus_stands_in_the_page_of_keys():
    keys = page("keys.html").text
    found = {command.shortcut for spec in TABS for command in spec.commands if command.shortcut}
    assert found
    assert {shortcut for shortcut in found if shortcut not in keys} == set()
