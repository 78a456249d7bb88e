"""The manual tells of every tab, dialog and menu entry, and of none that is not there."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import fupin_desktop.ui
from fupin_desktop.services.manual.pages import HOME, manual
from fupin_desktop.services.manual.search import sections_of
from fupin_desktop.services.registers import registry
from fupin_desktop.ui.help_topics import DIALOGS, REGISTERS, topic
from fupin_desktop.ui.tabs.base import OfficeTab
from fupin_desktop.ui.tabs.registry import MENUS, TABS
from tests.services.manual_pages import page
from tests.ui.every_dialog import every_dialog

ROOT = Path(fupin_desktop.ui.__file__).parents[1]
RESOURCES = ROOT.parent / "resources"
_FRAMES = ("新增{}", "都填“{}”")
"""Names into which the program fills a word."""
_INNER = str.maketrans("‘’", "“”")
LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'')
FILLED_IN = re.compile(r"\{[^{}]*\}|\\n")
TITLED = re.compile(r"setWindowTitle\((.*)\)")
PROMPTED = re.compile(r"(?:点|单击|点开|勾选|勾上|勾着|勾)“([^”]+)”")
WITH_DIALOG = re.compile(r"“([^”]*…)”")
QUOTED_ELSEWHERE = {
    "检查这台电脑", "重试",  # the setup's own, in the start menu and its boxes
    "实际大小", "逐份打印",  # of PDF readers and the system's print dialog
    "建立 2027 年度",  # the year is filled in
}  # fmt: skip


def plain(text: str) -> str:
    """A name without its accelerator, key and dots."""
    return re.sub(r"\(&?\w\)|\(?Ctrl\+[^)]*\)?$|…|\.\.\.|&", "", text.partition("\t")[0]).strip()


def everything() -> str:
    return "".join(f"{one.heading}{one.text}" for each in manual().pages.values() for one in sections_of(each))


@pytest.fixture(scope="module")
def told():
    return plain_all(everything())


def plain_all(text: str) -> str:
    return text.replace("…", "")


@cache
def sources() -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in ROOT.rglob("*.py")}


def texts_of(source: str) -> set[str]:
    """Every text in a piece of source; of those with parts filled in, the parts."""
    return {part for found in LITERAL.findall(source) for text in found for part in FILLED_IN.split(text) if part}


@pytest.fixture(scope="module")
def names():
    """What is written on buttons, menus, tabs, columns and boxes."""
    known = {plain(text) for source in sources().values() for text in texts_of(source)}
    known |= {plain(menu) for _, menu in MENUS}
    filled = {frame.format(text) for text in known if "{" not in text for frame in _FRAMES}
    return known | {re.split("[(：，:]", text)[0].strip() for text in known} | filled


def leads_somewhere(anchor: str) -> bool:
    name, _, place = anchor.partition("#")
    return name in manual().pages and (not place or place in page(name).anchors)


# ---- F1 ----
def test_every_topic_is_there():
    anchors = [*DIALOGS.values(), *REGISTERS.values()]
    assert [one for one in anchors if not leads_somewhere(one)] == []


def test_every_dialog_has_its_page_and_no_page_is_kept_for_one_that_is_gone():
    dialogs = every_dialog()
    without = {f"{one.__module__}.{one.__qualname__}" for one in dialogs if topic(one.__new__(one)) == HOME}
    assert without == set()
    known = {f"{one.__module__.removeprefix('fupin_desktop.ui.')}.{one.__name__}" for one in dialogs}
    assert set(DIALOGS) - known == set()


def test_every_register_named_is_there():
    assert [name for name in REGISTERS if registry.of(name) is None] == []


def test_every_tab_leads_to_its_page():
    for spec in TABS:
        made = getattr(import_module(spec.module), spec.class_name)
        assert issubclass(made, OfficeTab)
        assert leads_somewhere(made.manual_anchor), spec.key


def entries(menu):
    """Every entry of a menu as it is read, those of the menus inside it in their place."""
    for action in menu.actions():
        if plain(action.text()):
            yield plain(action.text())
        if action.menu():
            yield from entries(action.menu())


# ---- what is there is told ----
def test_every_menu_entry_is_told(window, told):
    menus = [one.menu() for one in window.menuBar().actions() if one.menu()]
    assert [name for menu in menus for name in entries(menu) if name not in told] == []


def test_the_page_of_menus_has_every_entry_under_its_menu(window):
    parts = {one.anchor: plain_all(one.text) for one in sections_of(manual().pages["menus.html"])}
    for (key, _), menu in zip(MENUS, window.menuBar().actions(), strict=True):
        assert [name for name in entries(menu.menu()) if name not in parts[key]] == [], key


def test_the_page_of_menus_goes_as_the_menus_do(window):
    source = (RESOURCES / "manual" / "menus.html").read_text(encoding="utf-8")
    for (_, title), menu in zip(MENUS, window.menuBar().actions(), strict=True):
        section = source.partition(f"></a>{plain(title)}</h2>")[2].partition("<h2>")[0]
        told = [plain(name) for row in re.findall(r"<tr><td>(.*?)</td>", section) for name in row.split("、")]
        there = [name for name in entries(menu.menu()) if name in told]
        assert [name for name in told if name in there] == there, title


def test_every_tab_and_register_is_told(told):
    for spec in TABS:
        assert spec.title in told
    assert [one.title for one in registry.all() if one.section and one.title not in told] == []


def test_every_dialog_is_told(told):
    """By the title it bears, where that is a fixed one."""
    calls = (TITLED.findall(source) for path, source in sources().items() if path.is_relative_to(ROOT / "ui"))
    titles = {plain(text) for found in calls for call in found for text in texts_of(call)}
    ours = {title for title in titles if re.search("[一-鿿]{2}", title)}
    assert ours
    assert sorted(title for title in ours if title.partition("—")[0].strip(" ()") not in told) == []


# ---- what is told is there ----
@pytest.mark.parametrize("name", manual().pages)
def test_every_button_and_entry_that_a_page_names_is_there(name, names):
    text = "".join(f"{one.heading}\n{one.text}\n" for one in sections_of(manual().pages[name]))
    quoted = {one for pattern in (PROMPTED, WITH_DIALOG) for one in pattern.findall(text)}
    pieces = {plain(piece).translate(_INNER) for one in quoted for piece in one.split(" → ")}
    unknown = {one for one in pieces if one and one not in names and one not in QUOTED_ELSEWHERE}
    assert unknown == set()
