"""How many clicks of the mouse it takes from a clean register over a scheme made in the window to its notice."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from fupin_desktop.services import award_notices
from tests.ui.award_desk import settle
from tests.ui.payments.test_round import register_file
from tests.ui.scheme_typing import type_text

AT_MOST = 20
KEY = Qt.Key


class Hand:
    """A mouse that counts, and a keyboard that does not."""

    def __init__(self, window):
        self.window, self.clicks = window, 0

    def click(self, widget, place=None):
        assert (widget.isVisible(), widget.isEnabled()) == (True, True), widget
        self.clicks += 1
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place or widget.rect().center())
        settle(self.window)

    def press(self, inside, text):
        """The button of that text that is seen."""
        found = [one for one in inside.findChildren(QPushButton) if one.text() == text and one.isVisible()]
        assert found, text
        self.click(found[0])

    def tab(self, key):
        self.clicks += 1
        self.window.show_tab(key)
        settle(self.window)
        return self.window.tab(key)

    def type_on(self, *texts):
        """Type into the field that has the keyboard, then into those that Tab leads to."""
        for text in texts:
            field = QApplication.focusWidget()
            type_text(field, text)
            QTest.keyClick(field, KEY.Key_Tab)

    def cell(self, table, row, column):
        self.click(table.viewport(), table.visualRect(table.model().index(row, column)).center())

    def type_down(self, table, *texts):
        """Type into cells one below the other, each taken by Enter."""
        for text in texts:
            QTest.keyClick(table, KEY.Key_F2)
            editor = table.findChild(QLineEdit)
            editor.selectAll()
            QTest.keyClicks(editor, text)
            QTest.keyClick(editor, KEY.Key_Return)
            QApplication.processEvents()


def test_from_a_clean_register_to_the_notice(window, bench, answers, tmp_path):
    bench.clock = lambda: datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001
    hand = Hand(window)
    window.show_tab("home")
    settle(window)

    def bring(wizard):
        wizard.show()
        answers.answers = [register_file(tmp_path / "登记表.xlsx")]
        hand.clicks += 1  # the file in the system's dialog
        hand.click(wizard.file_page.choose_button)
        for _ in range(3):
            hand.click(wizard.next_button)
        hand.press(wizard, "关闭")

    def edit(dialog):
        dialog.show()
        hand.click(dialog.head.parts[6])
        hand.type_on("吴川市财政局", "2026-03-01", "联席会议", "低岭村委〔2026〕3号")
        hand.click(dialog.pages.tabBar(), dialog.pages.tabBar().tabRect(1).center())
        hand.press(dialog.money, "加一笔")
        table = dialog.money.sources.table
        table.setCurrentIndex(table.model().index(0, 1))
        hand.type_down(table, "98000")
        hand.click(dialog.pages.tabBar(), dialog.pages.tabBar().tabRect(2).center())
        tiers = next(field.table for field, key in dialog.items.rule._fields if key == "tiers")
        hand.cell(tiers, 0, 1)
        hand.type_down(tiers, "240", "320")
        hand.cell(dialog.items.items.table, 1, 0)
        hand.click(next(field for field, key in dialog.items.rule._fields if key == "rate"))
        hand.type_on("150")
        hand.click(dialog.keep)

    answers.dialogs = [bring]
    hand.press(window.tab("home"), "导入农户名册")
    tab = hand.tab("awards")
    answers.answers, answers.dialogs = [0], [edit]
    hand.clicks += 1  # 确定 below the villages
    hand.press(tab, "新建方案…")
    answers.dialogs = [lambda dialog: (dialog.show(), hand.click(dialog.post))]
    hand.click(tab.pool.notice)
    assert [line.title for line in award_notices.all(bench, 2026)]
    assert hand.clicks <= AT_MOST, hand.clicks
