"""Lines that end in dots, texts that break anywhere, dialogs that grow with what they say."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout

from fupin_desktop.ui.fitting import fit_dialog
from fupin_desktop.ui.widgets.fitted_text import CopiedText, OneLine
from fupin_desktop.ui.widgets.labels import label, say

WHOLE = "共 83 条 · 收益 191,150.00 元 · 大户 8"


def seen(line: OneLine) -> str:
    return super(OneLine, line).text()


def test_whole_parts_are_left_out_and_the_tip_has_them(app):
    line = OneLine(WHOLE)
    parts = [f"{part} …" for part in ("共 83 条 · 收益 191,150.00 元", "共 83 条")]
    for wide, shown in ((1000, WHOLE), *((line.fontMetrics().horizontalAdvance(part) + 2, part) for part in parts)):
        line.resize(wide, 20)
        line.grab()
        assert seen(line) == shown
    line.resize(20, 20)
    line.grab()
    assert seen(line).endswith("…")
    assert (line.text(), line.toolTip(), line.accessibleName()) == (WHOLE, WHOLE, WHOLE)
    assert line.sizeHint().width() >= line.fontMetrics().horizontalAdvance(WHOLE)


def test_a_checksum_breaks_within_its_column_and_is_copied_as_it_was(app, qtbot):
    checksum = "3c619ec4ba16233744ed2e18a1" * 2
    text = CopiedText(checksum)
    qtbot.addWidget(text)
    text.resize(120, 200)
    text.show()
    assert text.heightForWidth(120) >= 3 * text.fontMetrics().height()
    text.setSelection(0, 21)
    text.setFocus()
    qtbot.keyClick(text, "c", Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == checksum[:11]
    text.setSelection(0, 0)
    text.copy()
    assert QApplication.clipboard().text() == checksum


def test_a_dialog_grows_with_what_it_says(app, qtbot):
    dialog, told = QDialog(), label("一行", wrap=True)
    qtbot.addWidget(dialog)
    dialog.setMinimumWidth(300)
    QVBoxLayout(dialog).addWidget(told)
    fit_dialog(dialog, QRect(0, 0, 1366, 768))
    dialog.show()
    say(told, "各户都已到成本或封顶，再提高标准也不会多发。" * 12)
    qtbot.waitUntil(lambda: told.height() >= told.heightForWidth(told.width()))
    assert dialog.height() <= 768
