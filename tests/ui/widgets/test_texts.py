"""Texts that stay texts: tool tips that are never read as HTML, lines that lose whole parts, lines copied as given."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as QtGuiWords
from PySide6.QtWidgets import QApplication, QLabel

from fupin_desktop.ui.widgets.fitted_text import CopiedText, OneLine
from fupin_desktop.ui.widgets.labels import button, label, link, selectable
from fupin_desktop.ui.widgets.tips import as_tip, shown

JOINER = "\u2060"
quick = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
pieces = st.lists(st.sampled_from(["<b>", "</b>", "<br/>", "<!--", "<?xml", "&lt;", "&amp;", "农户", "<", ">", " ", "a", "\n", "<img src=x>"]))


@given(pieces.map("".join) | st.text(max_size=30).filter(lambda text: JOINER not in text))
def test_a_tool_tip_is_never_taken_for_html_and_loses_nothing(text):
    assert not QtGuiWords.mightBeRichText(as_tip(text))
    assert as_tip(text).replace(JOINER, "") == text


@pytest.mark.parametrize("text", ["低岭村", "a < b", "3 > 2 & 1", ""])
def test_a_plain_text_is_its_own_tool_tip(text):
    assert as_tip(text) == text
    assert [shown(text, role) for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)] == [text, text]


def test_what_looks_like_html_is_hindered_in_tips_alone():
    name = "<b>低岭村</b>"
    assert shown(name, Qt.ItemDataRole.DisplayRole) == name
    assert shown(name, Qt.ItemDataRole.ToolTipRole) == as_tip(name) != name


@quick
@given(st.lists(st.text("共条元大户12, .", min_size=1, max_size=9), min_size=1, max_size=5), st.integers(0, 400))
def test_a_line_that_is_too_long_loses_whole_parts_from_its_end(app, parts, width):
    whole = " · ".join(parts)
    line = OneLine(whole)
    line.resize(width, 20)
    line.grab()
    seen, room = QLabel.text(line), line.contentsRect().width()
    metrics = line.fontMetrics()
    assert line.text() == whole
    if metrics.horizontalAdvance(whole) <= room:
        assert seen == whole
    else:
        shorter = {f"{' · '.join(parts[:count])} …" for count in range(1, len(parts))}
        assert seen in {*shorter, metrics.elidedText(whole.split(" · ")[0], Qt.TextElideMode.ElideRight, room)}


@quick
@given(st.text("abcdef0123456789_./\\低岭村 ，", max_size=80))
def test_any_text_in_lines_is_copied_as_it_was_given(app, text):
    made = CopiedText(text)
    made.copy()
    assert QApplication.clipboard().text() == made.given == text
    assert made.text().replace("\u200b", "") == text


def test_words_are_not_broken_and_long_runs_can_be(app):
    assert "\u200b" not in CopiedText("第 3 条：低岭村 张三 的编号重复，请改正。").text()
    assert "\u200b" in CopiedText("3c619ec4ba16").text()
    assert "\u200b" in CopiedText("长" * 24).text()
    assert "\u200b" not in CopiedText("长" * 23).text()


def test_pieces_carry_their_roles_tones_and_tips(app):
    told = label("不得超过成本", "strong", tone="must", wrap=True)
    assert (told.property("role"), told.property("tone"), told.wordWrap()) == ("strong", "must", True)
    assert label("村").property("role") is None
    assert selectable(told).textInteractionFlags() == Qt.TextInteractionFlag.TextSelectableByMouse
    pressed = []
    made = link("打开", lambda: pressed.append(1), tone="must", tip="<b>")
    made.click()
    assert (pressed, made.property("role"), made.property("tone"), made.toolTip()) == ([1], "link", "must", as_tip("<b>"))
    assert button("好").toolTip() == ""
