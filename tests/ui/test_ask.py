import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFileDialog, QPlainTextEdit, QWidget

from fupin_desktop.errors import DiskFull
from fupin_desktop.ui import ask
from fupin_desktop.ui.ask import Asker
from fupin_desktop.ui.tasks import Tasks


def soon(act):
    """Drive the next modal dialog."""
    def run():
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        act(dialog)

    QTimer.singleShot(50, run)


def press(text):
    return lambda box: next(button for button in box.buttons() if button.text() == text).click()


def test_questions_agree_or_not(app):
    asker = Asker()
    soon(press("删除"))
    assert asker.question(None, "删除", "删除 3 户?", yes="删除", danger=True)
    soon(press("取消"))
    assert not asker.question(None, "删除", "删除 3 户?", yes="删除", danger=True)


def test_a_dangerous_question_has_no_as_its_default(app):
    seen = []
    soon(lambda box: (seen.append(box.defaultButton().text()), box.reject()))
    assert not Asker().question(None, "删除", "删除 3 户?", yes="删除", danger=True)
    assert seen == ["取消"]


def test_situations_say_what_is_safe_and_what_to_do(app):
    seen = []
    soon(lambda box: (seen.extend([box.text(), box.informativeText()]), box.accept()))
    Asker().situation(None, DiskFull("磁盘空间不够，没有写完。"))
    assert seen[0] == "磁盘空间不够，没有写完。"
    assert "已保存的数据没有变动" in seen[1]
    assert "清理磁盘空间" in seen[1]


def test_messages_are_shown(app):
    seen = []
    soon(lambda box: (seen.append(box.text()), box.accept()))
    Asker().message(None, "完成", "已导出。")
    assert seen == ["已导出。"]


def test_choices_and_texts(app):
    asker = Asker()
    soon(lambda dialog: (dialog.setTextValue("乙"), dialog.accept()))
    assert asker.choose(None, "选择", "哪一个", ["甲", "乙"]) == 1
    soon(lambda dialog: dialog.reject())
    assert asker.choose(None, "选择", "哪一个", ["甲", "乙"]) is None
    soon(lambda dialog: (dialog.setTextValue(" 受灾减产 "), dialog.accept()))
    assert asker.text(None, "填写说明", "原因", long=True) == "受灾减产"
    soon(lambda dialog: dialog.reject())
    assert asker.text(None, "填写说明", "原因") is None


def test_a_question_with_a_short_answer_is_as_wide_as_the_others(app):
    asker, wide = Asker(), []
    for asks in (
        lambda: asker.choose(None, "选择", "哪个村", ["甲村"]), lambda: asker.text(None, "填写", "原因"),
        lambda: asker.password(None, "打开", "密码"),
    ):  # fmt: skip
        soon(lambda dialog: (wide.append(dialog.width()), dialog.reject()))
        asks()
    assert [one >= 420 for one in wide] == [True] * 3


@pytest.fixture
def picked(monkeypatch):
    answer = {}
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *words: (answer["file"], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *words: answer["file"])
    return answer


@pytest.mark.parametrize(
    ("name", "proposed"),
    [("名册.xlsx", "名册.xlsx"), ("CON.xlsx", "_CON.xlsx"), ("a/b:c. .xlsx", "abc.xlsx"), ("第3.5批", "第3.5批.xlsx")],
)
def test_names_proposed_are_such_that_windows_takes_them(app, monkeypatch, tmp_path, name, proposed):
    seen = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *words: seen.append(words[2]) or ("", ""))
    Asker(str(tmp_path)).save_file(None, "导出", name, ask.XLSX)
    assert seen == [str(tmp_path / proposed)]


def test_files_get_the_ending_of_their_kind_and_the_folder_is_remembered(app, picked, tmp_path):
    asker = Asker()
    picked["file"] = str(tmp_path / "名册")
    assert asker.save_file(None, "导出", "名册.xlsx", ask.XLSX) == tmp_path / "名册.xlsx"
    assert asker.last_folder == str(tmp_path)
    picked["file"] = str(tmp_path / "名册.XLSX")
    assert asker.save_file(None, "导出", "名册.xlsx", ask.XLSX) == tmp_path / "名册.XLSX"
    picked["file"] = str(tmp_path / "a" / "名册.xls")
    assert asker.open_file(None, "导入", ask.SHEETS) == tmp_path / "a" / "名册.xls"
    assert asker.last_folder == str(tmp_path / "a")
    assert asker.folder(None, "文件夹") == Path(picked["file"])
    picked["file"] = ""
    assert asker.open_file(None, "导入", ask.SHEETS) is None
    assert asker.save_file(None, "导出", "名册.xlsx", ask.XLSX) is None
    assert asker.folder(None, "文件夹") is None


def test_a_folder_is_chosen_from_what_there_is_of_the_one_proposed(app, monkeypatch, tmp_path):
    seen = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *words: seen.append(words[2]) or "")
    for start in ("还没有/数据", "", "."):
        Asker(str(tmp_path)).folder(None, "数据放在哪里", start and str(tmp_path / start))
    assert seen == [str(tmp_path)] * 3


def test_tab_leaves_a_reason_of_several_lines_for_the_buttons(app):
    left = []
    soon(lambda dialog: (left.append(dialog.findChild(QPlainTextEdit).tabChangesFocus()), dialog.accept()))
    assert Asker().text(None, "重新打开年度", "为什么", "发现漏报", long=True) == "发现漏报"
    assert left == [True]


def test_of_two_that_read_alike_the_one_that_was_chosen_is_meant(app):
    for place in (0, 1, 2):
        soon(lambda dialog, place=place: (dialog.findChild(QComboBox).setCurrentIndex(place), dialog.accept()))
        assert Asker().choose(None, "选择", "哪个方案", ["水稻奖补", "水稻奖补", "桑蚕奖补"]) == place
    soon(lambda dialog: dialog.accept())
    assert Asker().choose(None, "切换年度", "工作年度", ["2027", "2026"], 1) == 1


@pytest.mark.parametrize(("typed", "asked", "agreed", "written"), [
    ("名册", True, "替换", "名册.xlsx"), ("名册", True, "取消", None), ("新名册", False, "", "新名册.xlsx"),
    ("名册.xlsx", False, "", "名册.xlsx"),
])  # fmt: skip
def test_a_file_is_not_replaced_unasked_under_the_name_that_gets_its_ending(
    app, picked, tmp_path, typed, asked, agreed, written
):
    (tmp_path / "名册.xlsx").write_bytes(b"old")
    picked["file"] = str(tmp_path / typed)
    seen = []
    if asked:
        soon(lambda box: (seen.append(box.text()), press(agreed)(box)))
    found = Asker().save_file(None, "导出", "名册.xlsx", ask.XLSX)
    assert found == (tmp_path / written if written else None)
    assert seen == (["“名册.xlsx”已经有了。替换它？"] if asked else [])


@pytest.mark.parametrize(("kind", "typed", "written"), [
    ("JPG 文件 (*.JPG)", "IMG_0001.JPG", "IMG_0001.JPG"), ("JPG 文件 (*.jpg)", "IMG_0001.JPG", "IMG_0001.JPG"),
    ("JPG 文件 (*.jpg)", "IMG_0001", "IMG_0001.jpg"), ("文件 (*)", "合同", "合同"), ("文件 (*)", "合同.v2", "合同.v2"),
    (ask.XLSX, "第3.5批", "第3.5批.xlsx"),
])  # fmt: skip
def test_an_ending_is_not_written_twice_and_none_where_the_kind_has_none(app, picked, tmp_path, kind, typed, written):
    picked["file"] = str(tmp_path / typed)
    assert Asker().save_file(None, "另存为", typed, kind) == tmp_path / written


def passing(loops):
    """Let events come in at the level of a window's loop."""
    for _ in range(loops):
        loop = QEventLoop()
        QTimer.singleShot(0, loop.quit)
        loop.exec()


def test_a_dialog_goes_once_who_showed_it_is_done_with_it(app, qtbot):
    window, asker, read = QWidget(), Asker(), []
    qtbot.addWidget(window)

    def shown():
        dialog = QDialog(window)
        QTimer.singleShot(0, dialog, dialog.accept)
        assert asker.run(dialog)
        soon(lambda box: box.accept())
        asker.message(window, "完成", "已导出。")  # in a loop of its own, before the dialog was read
        read.append(dialog.windowTitle())

    QTimer.singleShot(0, shown)
    qtbot.waitUntil(lambda: read == [""])
    passing(3)
    assert window.findChildren(QDialog) == []


def test_a_dialog_stays_while_what_it_began_is_on_its_way(app, qtbot):
    window, asker, gate, told = QWidget(), Asker(), threading.Event(), []
    qtbot.addWidget(window)
    tasks = Tasks(window, asker, told.append)

    class Saving(QDialog):
        def done(self, result):
            tasks.run("正在保存", lambda _report: gate.wait(5), lambda _done: told.append(self.windowTitle()))
            super().done(result)

    def shown():
        dialog = Saving(window)
        QTimer.singleShot(0, dialog, dialog.accept)
        assert asker.run(dialog)

    QTimer.singleShot(0, shown)
    qtbot.waitUntil(lambda: tasks.busy)
    passing(3)
    assert len(window.findChildren(QDialog)) == 1
    gate.set()
    qtbot.waitUntil(lambda: told == [""])
    passing(3)
    assert window.findChildren(QDialog) == []


def test_a_dialog_stays_while_the_manual_over_it_is_read(app, qtbot):
    window, asker, dialogs = QWidget(), Asker(), []
    qtbot.addWidget(window)

    def shown():
        dialog = QDialog(window)
        dialogs.append(QWidget(dialog, Qt.WindowType.Window))
        dialogs[0].show()
        QTimer.singleShot(0, dialog, dialog.accept)
        assert asker.run(dialog)

    QTimer.singleShot(0, shown)
    qtbot.waitUntil(lambda: bool(dialogs))
    passing(3)
    assert dialogs[0].isVisible()
    assert len(window.findChildren(QDialog)) == 1
    dialogs[0].close()
    asker.let_go()
    passing(3)
    assert window.findChildren(QDialog) == []
