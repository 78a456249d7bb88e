import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFont, QFontMetrics
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QListView,
    QListWidget,
    QMenu,
    QMenuBar,
    QMessageBox,
    QStatusBar,
    QStyle,
    QStyledItemDelegate,
    QTableView,
)

from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.theme import TextSize, Theme
from fupin_desktop.ui.widgets.labels import button, label, say


def test_no_text_is_below_nine_points():
    for size in TextSize:
        assert min(Theme(size).points(role) for role in ("note", "base", "title", "figure")) >= 9
        assert 10.5 <= Theme(size).points() <= 12


def test_style_sheet_has_every_name_filled_in(app):
    for contrast in (False, True):
        text = theme.style_sheet(Theme(contrast=contrast))
        assert "@" not in text.split("*/", 1)[1]


def test_pictures_of_the_style_sheet_are_found_whatever_the_folder_is_called(app):
    places = re.findall(r"url\((.*?)\)", theme.style_sheet(Theme()))
    assert places
    assert all(place.startswith('"') and place.endswith('.svg"') for place in places)
    assert all(Path(place.strip('"')).is_file() for place in places)


def test_every_kind_of_widget_takes_the_size_chosen_and_the_rare_characters(tidy_theme):
    """Windows has a smaller font of its own for some, which a change of the application's font leaves alone."""
    app = tidy_theme
    kinds = [one.__name__ for one in (QMenu, QMenuBar, QMessageBox, QListView, QTableView, QHeaderView, QStatusBar)]
    for kind in kinds:
        app.setFont(QFont("Nothing", 7), kind)
    theme.apply(app, Theme(size=TextSize.LARGE))
    found = {kind: QApplication.font(kind) for kind in kinds}
    assert {kind: font.pointSizeF() for kind, font in found.items()} == dict.fromkeys(kinds, TextSize.LARGE.points)
    assert [kind for kind, font in found.items() if "FP Rare" not in font.families()] == []


def test_switching_size_and_contrast(tidy_theme):
    app = tidy_theme
    theme.apply(app, Theme(TextSize.LARGE, contrast=True))
    assert app.font().pointSizeF() == 12.0
    assert theme.colour("text") == QColor("#000000")
    assert theme.tone("must")[0] == QColor(theme.CONTRAST.must)
    theme.apply(app, Theme())
    assert app.font().pointSizeF() == TextSize.SMALL.points


def luminance(name):
    parts = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in QColor(name).getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(front, back):
    high, low = sorted((luminance(front), luminance(back)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_both_sets_of_colours_have_every_colour():
    assert vars(theme.LIGHT).keys() == vars(theme.CONTRAST).keys() == theme.Colours.__annotations__.keys()


def test_text_stands_out_from_its_ground():
    light = theme.LIGHT
    for front, back in (
        (light.text, light.paper), (light.muted, light.paper), (light.muted, light.head), (light.accent, light.paper),
        (light.on_accent, light.accent), (light.must, light.must_soft), (light.principle, light.principle_soft),
        (light.good, light.good_soft), (light.info, light.info_soft), (light.muted, light.plain_soft),
    ):
        assert contrast(front, back) >= 4.5, (front, back)
    strong = theme.CONTRAST
    for front in (strong.text, strong.muted, strong.accent, strong.must, strong.principle, strong.good, strong.info):
        assert contrast(front, strong.paper) >= 7


def test_place_names_and_rare_names_never_show_as_boxes(app):
    text = "塘㙍镇 䶮 㛃 𬭳 𠅤 买买提·艾力 ≥10 亩"
    shown = label(text)
    assert isinstance(shown, QLabel)
    assert fonts.can_show(text)
    metrics = QFontMetrics(app.font())
    assert all(metrics.inFontUcs4(ord(char)) for char in text)


def test_characters_beyond_the_first_font_load_the_next(app):
    ext_b, ext_a = chr(0x2A6D6), chr(0x3D00)
    shown, box = label("欧"), label(chr(0xE0FFF))
    shown.setText(ext_b)
    for piece in (shown, box):
        piece.resize(40, 30)
        piece.grab()
    say(shown, ext_a + ext_b)
    assert fonts.can_show(ext_a + ext_b)
    say(shown, ext_b)
    assert shown.grab().toImage() != box.grab().toImage()


def test_a_character_no_font_has_does_not_stop_the_window(app):
    fonts.ensure("塘\U000e0fff")
    assert not fonts.can_show("\U000e0fff")


def test_qt_speaks_chinese(app):
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel | QDialogButtonBox.StandardButton.Save)
    texts = {button.text() for button in box.buttons()}
    assert any("取消" in text for text in texts)
    assert any("保存" in text for text in texts)


def test_the_contrast_of_the_whole_system_is_taken_over(monkeypatch):
    plain, strong = Theme(size=TextSize.LARGE), Theme(contrast=True)
    assert theme.with_contrast_of_system(plain) == plain
    monkeypatch.setattr(theme, "_system_contrast", lambda: True)
    assert theme.with_contrast_of_system(plain) == Theme(size=TextSize.LARGE, contrast=True)
    assert theme.with_contrast_of_system(strong) == strong


@pytest.mark.parametrize("role", ["", "primary", "danger", "big", "link"])
def test_a_button_that_cannot_be_pressed_is_seen_to_be_so(app, qtbot, role):
    made = button("删除…", role=role)
    qtbot.addWidget(made)
    usual = made.grab().toImage()
    made.setEnabled(False)
    assert made.grab().toImage() != usual
    assert QColor(theme.LIGHT.must).rgb() not in {made.grab().toImage().pixel(x, y) for x in range(made.width()) for y in range(made.height())}


def test_a_list_item_of_two_lines_shows_both_while_it_has_the_keyboard(app, qtbot):
    """Its frame must not take the room of a line."""
    made, drawn = QListWidget(), []

    class Drawn(QStyledItemDelegate):
        def initStyleOption(self, option, index):
            super().initStyleOption(option, index)
            inner = made.style().subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, made)
            drawn.append((bool(option.state & QStyle.StateFlag.State_HasFocus), inner.height()))

    made.addItems(["低岭村\n44 户 111,831.00 元", "那罗村\n36 户"])
    made.setItemDelegate(Drawn(made))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.setFocus()
    made.setCurrentRow(0)
    qtbot.waitUntil(lambda: any(focused for focused, _ in drawn))
    assert {height for focused, height in drawn if focused} <= {height for focused, height in drawn if not focused}
