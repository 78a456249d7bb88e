"""Acceptance through the window: listed, measured, read back, drawn, written, taken back."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from fupin_desktop.services import acceptance
from fupin_desktop.services.document_types.acceptance_list import AcceptanceSubject
from fupin_desktop.services.documents import computed
from fupin_desktop.services.registers import FARM_ITEMS
from tests.services.register_office import cell, find
from tests.ui.payments.test_payments import press
from tests.ui.scheme_typing import type_text


def listed(dialog):
    """The list of 那罗村."""
    assert "还没有验收名单" in dialog.empty.text()
    dialog.village.setCurrentIndex(dialog.village.findText("那罗村"))
    press(dialog.list_new)
    assert dialog.table.model().rowCount() == 2
    return dialog.table.model()


def test_items_are_measured_and_written_by_the_window(pay_window, answers, qtbot):
    bench = pay_window.shell.bench

    def drive(dialog):
        model = listed(dialog)
        before = model.index(0, 6).data()
        model.setData(model.index(0, 6), "三亩多", Qt.ItemDataRole.EditRole)
        assert dialog.table.model().index(0, 6).data() == before
        assert "没有保存" in answers.told[-1]
        QApplication.clipboard().setText("3\t合格\t是\n2.5\t合格\t是")
        dialog.table.setCurrentIndex(model.index(0, 6))
        QTest.keySequence(dialog.table, QKeySequence.StandardKey.Paste)
        assert dialog.table.model().index(1, 6).data() == "2.500"
        dialog.show()
        qtbot.waitUntil(dialog.isActiveWindow)
        dialog.table.setFocus()
        QTest.keyClick(dialog.table, Qt.Key.Key_F2)
        editor = dialog.table.findChild(QLineEdit)
        editor.setText("3")
        QTest.keyClick(editor, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: dialog.table.currentIndex().row() == 1)  # Enter leads down, as in Excel
        assert dialog.focusWidget() is dialog.table  # and the next figure is typed there
        dialog.spot_on.setFocus()
        QTest.keyClicks(dialog.spot_on, "1.1")
        assert dialog.found.spot_on is None  # it may yet become the 11th
        QTest.keyClicks(dialog.spot_on, "1")
        dialog.members.setFocus()
        assert dialog.found.spot_on == date(2026, 1, 11)
        type_text(dialog.spot_on, "11.99")
        dialog.spot_on.settled.emit()
        assert dialog.found.spot_on == date(2026, 1, 11)
        dialog.spot_on.put(dialog.found.spot_on)
        dialog.members.setText("李组长")
        dialog.members.editingFinished.emit()
        press(dialog.draw)
        (problem,) = [one for one in dialog.problems.problems if one.blocks]
        answers.answers = ["路断，下月补。"]
        dialog.problems.reason_asked.emit(problem)
        press(dialog.write)
        assert not dialog.write.isEnabled()

    answers.dialogs = [drive]
    pay_window.menus.actions["acceptance"].trigger()
    assert cell(find(bench, "吴一", FARM_ITEMS), "accepted", FARM_ITEMS) in ("3", "2.5")
    pay_window.menus.actions["undo"].trigger()
    pay_window.shell.tasks.wait()
    assert cell(find(bench, "吴一", FARM_ITEMS), "accepted", FARM_ITEMS) == ""
    assert acceptance.batches(bench)[0].members == "李组长"
    seen = []
    answers.dialogs = [lambda dialog: seen.append((dialog.village.itemText(0), dialog.village.currentText()))]
    pay_window.menus.actions["acceptance"].trigger()
    ((first, shown),) = seen
    assert first != shown == "那罗村"


def test_a_filled_list_is_read_back_and_a_photo_kept(pay_window, answers, tmp_path):
    from openpyxl import load_workbook

    bench = pay_window.shell.bench
    path, photo = tmp_path / "验收表.xlsx", tmp_path / "田.jpg"
    photo.write_bytes(b"picture")

    def drive(dialog):
        listed(dialog)
        computed.paper(bench, "acceptance_list", AcceptanceSubject(bench, dialog.key, blank=True)).write(path)
        book = load_workbook(path)
        for row in book.active.iter_rows():
            if row[2].value in ("吴一", "吴二"):
                row[6].value = 3.2
        book.save(path)
        answers.answers = [path, True]
        press(dialog.read)
        assert [row.measured for row in dialog.found.rows] == [dialog.found.rows[0].measured] * 2
        dialog.table.setCurrentIndex(dialog.table.model().index(0, 6))
        answers.answers = [photo]
        press(dialog.photo)
        assert "照片 1 张" in dialog.figures.text()
        QTest.keyClick(dialog.table, Qt.Key.Key_Delete)
        assert dialog.found.rows[0].measured is None
        press(dialog.out)
        answers.answers = [True]
        press(dialog.drop)

    answers.dialogs = [drive]
    pay_window.menus.actions["acceptance"].trigger()
    assert acceptance.batches(bench) == []
