"""工具 → 表样: taking a form out, checking and using an own one, going back."""

from __future__ import annotations

import time

import pytest
from PySide6.QtWidgets import QPushButton

from fupin_desktop import paths
from fupin_desktop.errors import UnreadableFile
from fupin_desktop.services import own_forms
from fupin_desktop.ui.dialogs.own_forms import OwnFormsDialog
from fupin_desktop.ui.paper.preview import PreviewDialog
from tests.documents.drawn_sheet import drawn
from tests.ui.printing.test_front import to_file

VILLAGE = "village_application"


@pytest.fixture
def dialog(window, qtbot):
    made = OwnFormsDialog(window.shell)
    qtbot.addWidget(made)
    choose(made, VILLAGE)
    return made


def choose(dialog, form_id):
    dialog._shell.tasks.wait()
    dialog.table.setCurrentCell([line.id for line in dialog.lines].index(form_id), 0)


def row(dialog, form_id):
    dialog._shell.tasks.wait()
    at = [line.id for line in dialog.lines].index(form_id)
    return [dialog.table.item(at, column).text() for column in range(4)]


def changed_file(folder, old="产业扶贫村申报表", new="产业扶贫村申报审批表"):
    folder.mkdir(exist_ok=True)
    file = folder / "form.toml"
    text = (paths.forms() / VILLAGE / "form.toml").read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file


def press(text):
    def drive(dialog):
        assert isinstance(dialog, PreviewDialog)
        wanted = next(one for one in dialog.findChildren(QPushButton) if one.text() == text)
        wanted.click()

    return drive


def test_the_menu_opens_the_list(window, answers):
    seen = []
    answers.dialogs.append(lambda dialog: seen.append(row(dialog, VILLAGE)))
    window.menus.actions["own_forms"].trigger()
    assert seen == [["吴川市“一村一品”产业扶贫村申报表", "内置", "", "可在屏幕上填写"]]


def test_an_own_form_is_checked_shown_and_used_and_given_up(dialog, window, bench, answers, tmp_path):
    assert not dialog.back.isEnabled()
    answers.answers.append(changed_file(tmp_path / "改"))
    answers.dialogs.append(press("启用这个表样"))
    dialog.install()
    window.shell.tasks.wait()
    assert own_forms.load(bench, VILLAGE).own
    assert row(dialog, VILLAGE)[:2] == ["吴川市“一村一品”产业扶贫村申报审批表", "本单位"]
    assert dialog.back.isEnabled()
    answers.answers.append(False)
    dialog.remove()
    assert own_forms.load(bench, VILLAGE).own
    answers.answers.append(True)
    dialog.remove()
    assert not own_forms.load(bench, VILLAGE).own
    assert row(dialog, VILLAGE)[1] == "内置"
    assert not dialog.back.isEnabled()


def test_it_is_shown_and_listed_although_something_else_is_on_its_way(dialog, window, bench, answers, tmp_path):
    answers.answers.append(changed_file(tmp_path / "改"))

    def use(preview):
        chief = [one.text() for one in preview.findChildren(QPushButton) if one.property("role") == "primary"]
        assert chief == ["启用这个表样"]
        window.shell.run("正在读", lambda _report: time.sleep(0.05))
        press("启用这个表样")(preview)

    answers.dialogs.append(use)
    dialog.install()
    window.shell.run("正在读", lambda _report: time.sleep(0.05))
    window.shell.tasks.wait()
    assert own_forms.load(bench, VILLAGE).own
    assert row(dialog, VILLAGE)[1] == "本单位"


def test_a_form_that_is_only_looked_at_is_not_used(dialog, window, bench, answers, tmp_path):
    answers.answers.append(changed_file(tmp_path / "改"))
    answers.dialogs.append(press("关闭"))
    dialog.install()
    window.shell.tasks.wait()
    assert not own_forms.load(bench, VILLAGE).own


def test_a_form_is_printed_from_its_preview(dialog, window, answers, tmp_path):
    answers.setups.append(to_file(tmp_path / "样.pdf"))
    answers.dialogs.append(lambda shown: (shown.print.click(), window.shell.tasks.wait(), shown.reject()))
    dialog.preview()
    assert (tmp_path / "样.pdf").read_bytes().startswith(b"%PDF")


def test_a_broken_form_is_told_and_not_offered(dialog, window, bench, answers, tmp_path):
    answers.answers.append(changed_file(tmp_path / "改", "top = 18", "top = -1"))
    dialog.install()
    window.shell.tasks.wait()
    (problems,) = answers.told
    assert "paper.top" in problems[0].sentence
    assert not own_forms.load(bench, VILLAGE).own
    bad = tmp_path / "坏.zip"
    bad.write_bytes(b"PK")
    answers.answers.append(bad)
    dialog.install()
    window.shell.tasks.wait()
    assert isinstance(answers.told[-1], UnreadableFile)


def test_a_form_broken_in_its_place_says_so(dialog, bench, tmp_path):
    folder = bench.data_folder / "forms" / VILLAGE
    folder.parent.mkdir()
    changed_file(folder, "workbook = true", "workbok = true")
    dialog.load()
    assert row(dialog, VILLAGE)[3] == "有误，用内置表样"
    assert "workbok" in dialog.told.text()
    assert not dialog.told.isHidden()
    choose(dialog, "town_application")
    assert dialog.told.isHidden()


def test_a_drawn_spreadsheet_that_lacks_fields_is_told(dialog, window, answers, tmp_path):
    answers.answers.append(drawn(tmp_path / "表.xlsx"))
    dialog.from_workbook()
    window.shell.tasks.wait()
    (problems,) = answers.told
    assert any("没有放在纸上" in problem.sentence for problem in problems)


def test_a_drawn_spreadsheet_is_shown_and_used(dialog, window, bench, answers, tmp_path):
    from openpyxl import Workbook

    fields = [field for field in own_forms.load(bench, VILLAGE).form.fields.values() if field.type != "list"]
    book = Workbook()
    for at, field in enumerate(fields, 1):
        book.active.append([field.label, "{{" + field.name + "}}"])
        book.active.row_dimensions[at].height = 20
    book.active.column_dimensions["B"].width = 40
    book.save(tmp_path / "画.xlsx")
    answers.answers.append(tmp_path / "画.xlsx")
    answers.dialogs.append(press("启用这个表样"))
    dialog.from_workbook()
    window.shell.tasks.wait()
    assert answers.told == []
    assert own_forms.load(bench, VILLAGE).own


def test_a_form_is_taken_out_and_shown(dialog, answers, tmp_path):
    answers.answers += [1, tmp_path]
    dialog.export()
    assert (tmp_path / VILLAGE / "form.toml").is_file()
    assert "已写出" in answers.told[0]
    answers.answers += [1, None]
    dialog.export()
    answers.answers.append(None)
    dialog.export()
    choose(dialog, "award_sheet")
    answers.answers.append(tmp_path)
    dialog.export()
    assert (tmp_path / "award_sheet" / "form.toml").is_file()
    answers.dialogs.append(press("关闭"))
    dialog.preview()
    assert not answers.dialogs


def test_a_form_goes_out_as_a_spreadsheet_and_comes_back(dialog, window, bench, answers, tmp_path):
    answers.answers += [0, tmp_path / "表.xlsx"]
    dialog.export()
    window.shell.tasks.wait()
    assert "从电子表格生成" in answers.told.pop()
    answers.answers.append(tmp_path / "表.xlsx")
    answers.dialogs.append(press("启用这个表样"))
    dialog.from_workbook()
    window.shell.tasks.wait()
    assert answers.told == []
    assert own_forms.load(bench, VILLAGE).own
