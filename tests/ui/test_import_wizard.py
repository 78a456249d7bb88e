"""The import wizard, driven with real files on an empty office and on the sample office."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest

from fupin_desktop.errors import Cancelled, PlaceGone
from fupin_desktop.paths import resources
from fupin_desktop.services import history, registers
from fupin_desktop.services.imports import headings as kinds
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.registers import HOUSEHOLDS, Query
from fupin_desktop.services.registers import PERSONS as MEMBERS
from fupin_desktop.ui.importing import state as state_module
from fupin_desktop.ui.importing.models import FindingsModel, HeadModel, ListModel
from fupin_desktop.ui.importing.wizard import ImportWizard
from fupin_desktop.ui.preferences import Preferences
from fupin_desktop.ui.shell import Shell
from tests.services.imports.making import HEAD, book, household
from tests.ui.import_driving import go_on, good_file, households, settle, take

MESSY = resources() / "samples" / "奖补登记表(待整理).xlsx"
PERSONS = resources() / "samples" / "人口名单(系统导出).xls"


@pytest.fixture
def empty_shell(app, bench, answers):
    bugs = []
    made = Shell(bench, answers, Preferences(), bugs.append)
    yield made
    made.tasks.wait()
    assert not bugs


@pytest.fixture
def wizard(empty_shell, qtbot):
    made = ImportWizard(empty_shell)
    qtbot.addWidget(made)
    made.show()
    return made


# ---- page 1 ----
def test_nothing_to_go_on_with_before_a_file(wizard):
    assert wizard.page is wizard.file_page
    assert not wizard.next_button.isEnabled()
    assert not wizard.back_button.isVisible()


def test_the_file_is_asked_for(wizard, answers, tmp_path):
    answers.answers = [None, good_file(tmp_path)]
    wizard.file_page.choose_button.click()
    assert wizard.page is wizard.file_page
    wizard.file_page.choose_button.click()
    settle(wizard)
    assert wizard.page is wizard.sheet_page


def test_a_file_is_dropped(wizard, tmp_path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(good_file(tmp_path)))])
    buttons, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, held)
    wizard.file_page.zone.dragEnterEvent(enter)
    assert enter.isAccepted()
    wizard.file_page.zone.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, held))
    settle(wizard)
    assert wizard.page is wizard.sheet_page


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("名册.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("名册.xls", b"<html><p>1</p></html>"),
        ("名册.xlsx", b"not a workbook"),
        ("名册.xlsx", b""),
    ],
)
def test_a_hostile_file_is_told_in_place(wizard, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    take(wizard, path)
    page = wizard.file_page
    assert wizard.page is page
    assert page.trouble.isVisible()
    assert name in page.happened.text()
    assert page.todo.text()
    assert not wizard.next_button.isEnabled()
    take(wizard, good_file(tmp_path, name="好的.xlsx"))
    assert wizard.page is wizard.sheet_page


def test_a_missing_file_is_told(wizard, tmp_path):
    take(wizard, tmp_path / "没有.xlsx")
    assert "没有.xlsx" in wizard.file_page.happened.text()


def test_cancelled_reading_leaves_the_page_as_it_was(wizard, tmp_path, monkeypatch):
    def cancelled(_bench, _path, *, importer, password, progress):
        raise Cancelled

    monkeypatch.setattr(state_module, "prepare", cancelled)
    take(wizard, good_file(tmp_path))
    assert wizard.page is wizard.file_page
    assert not wizard.file_page.trouble.isVisible()


# ---- page 2 ----
def test_the_heading_row_is_found_and_tinted(wizard):
    take(wizard, MESSY)
    page = wizard.sheet_page
    assert page.row.value() > 1
    model = page.table.model()
    assert isinstance(model, HeadModel)
    row = page.row.value() - 1
    assert model.data(model.index(row, 1), Qt.ItemDataRole.BackgroundRole) is not None
    assert model.data(model.index(row + page.rows.value(), 1), Qt.ItemDataRole.BackgroundRole) is None
    assert model.data(model.index(0, 0), Qt.ItemDataRole.ForegroundRole) is not None
    assert "认出" in page.verdict.text()


def test_cells_merged_into_the_heading_row_belong_to_it(wizard, tmp_path):
    rows = [["花名册"], [*HEAD[:-1], "种养情况"], [*[""] * (len(HEAD) - 1), HEAD[-1]], household(0)]
    merges = [f"{letter}2:{letter}3" for letter in "ABCDEFGH"]
    take(wizard, book(tmp_path / "a.xlsx", rows, merges=merges))
    page, model = wizard.sheet_page, wizard.sheet_page.table.model()
    tints = [model.data(model.index(row, 0), Qt.ItemDataRole.BackgroundRole) is not None for row in range(4)]
    assert (page.row.value(), page.rows.value(), tints) == (2, 2, [False, True, True, False])


def test_another_row_is_pointed_at_and_back(wizard):
    take(wizard, MESSY)
    page, found = wizard.sheet_page, wizard.state.mapping
    page.table.clicked.emit(page.table.model().index(0, 0))
    assert wizard.state.mapping.heading_row == 0
    assert not wizard.next_button.isEnabled()
    assert "没有认出表头" in page.verdict.text()
    page.row.setValue(found.heading_row + 1)
    page.rows.setValue(found.heading_rows)
    assert wizard.state.mapping == found
    assert wizard.next_button.isEnabled()


def test_the_kind_of_list_is_changed_by_hand(wizard, tmp_path):
    take(wizard, good_file(tmp_path))
    assert wizard.state.mapping.kind is kinds.ENTRIES
    place = wizard.sheet_page.kind.findData(kinds.HOUSEHOLDS)
    wizard.sheet_page.kind.setCurrentIndex(place)
    wizard.sheet_page.kind.activated.emit(place)
    assert wizard.state.mapping.kind is kinds.HOUSEHOLDS


def test_another_sheet_is_read(wizard, tmp_path):
    import openpyxl

    path = good_file(tmp_path)
    made = openpyxl.load_workbook(path)
    other = made.create_sheet("低岭村名单")
    for row in (HEAD, household(4)):
        other.append(row)
    made.save(path)
    take(wizard, path)
    place = wizard.sheet_page.sheet.findData("低岭村名单")
    wizard.sheet_page.sheet.setCurrentIndex(place)
    wizard.sheet_page.sheet.activated.emit(place)
    settle(wizard)
    assert wizard.state.preview.sheet == "低岭村名单"
    assert wizard.state.preview.parsed.rows == 1


def test_a_village_is_given_where_no_column_names_one(wizard, bench, tmp_path):
    head = [name for name in HEAD if name != "行政村"]
    rows = [[cell for name, cell in zip(HEAD, household(place), strict=True) if name != "行政村"] for place in range(2)]
    take(wizard, book(tmp_path / "无村.xlsx", [head, *rows]))
    assert "请在上面选一个村" in wizard.sheet_page.verdict.text()
    go_on(wizard)
    assert not wizard.next_button.isEnabled()
    assert "行政村" in wizard.columns_page.verdict.text()
    wizard.back_button.click()
    wizard.sheet_page.village.setEditText("那罗村")
    go_on(wizard, 3)
    assert wizard.page is wizard.done_page
    keys = registers.all_keys(bench, Query(HOUSEHOLDS, bench.year, village="那罗村"))
    assert len(keys) == 2


# ---- page 3 ----
def test_columns_are_mapped_by_hand_and_remembered(wizard, bench, tmp_path):
    rows = [(*household(place), f"{place}号仓") for place in range(2)]
    path = book(tmp_path / "怪表头.xlsx", [(*HEAD, "放哪儿"), *rows])
    take(wizard, path)
    go_on(wizard)
    page = wizard.columns_page
    shown = {page.choices[0].itemText(place) for place in range(page.choices[0].count())}
    assert {"联系电话  (农户)", "种养面积(亩)  (种养项目)", "参与情况  (本年)", "行政村  (地点)"} <= shown
    choice = page.choices[len(HEAD)]
    assert choice.currentData() is None
    place = choice.findData("household.note")
    choice.setCurrentIndex(place)
    choice.activated.emit(place)
    assert wizard.state.mapping.columns[len(HEAD)] == "household.note"
    go_on(wizard, 2)
    row = registers.window(bench, Query(HOUSEHOLDS, bench.year), 0, 1)[0]
    assert "0号仓" in row.cells
    assert prepare(bench, path).mapping.columns[len(HEAD)] == "household.note"


def test_a_field_stands_in_one_column_only(wizard, tmp_path):
    take(wizard, good_file(tmp_path))
    go_on(wizard)
    page = wizard.columns_page
    place = page.choices[0].findData("household.head_name")
    page.choices[0].setCurrentIndex(place)
    page.choices[0].activated.emit(place)
    assert wizard.state.mapping.columns[:2] == ("household.head_name", None)
    assert page.choices[1].currentData() is None
    assert wizard.next_button.isEnabled()


def test_what_is_missing_is_named(wizard, tmp_path):
    take(wizard, good_file(tmp_path))
    go_on(wizard)
    page = wizard.columns_page
    page.choices[1].setCurrentIndex(0)
    page.choices[1].activated.emit(0)
    assert "还缺：户主姓名" in page.verdict.text()
    assert not wizard.next_button.isEnabled()


# ---- page 4 ----
def test_the_preview_of_a_messy_file(wizard):
    take(wizard, MESSY)
    go_on(wizard, 2)
    page = wizard.preview_page
    assert wizard.page is page
    assert wizard.next_button.text() == "导入"
    words = [text.rsplit(" ", 1)[0] for text in page.words]
    assert words[:3] == ["全部行", "有错的行", "有提醒的行"]
    assert not page.all.isEnabled()
    assert page.good.isChecked()
    model = page.table.model()
    assert isinstance(model, FindingsModel)
    at = page.table.currentIndex()
    assert model.data(at, Qt.ItemDataRole.BackgroundRole) is not None
    assert page.strip.isVisible()
    first = page.sentence.text()
    page.next_fault.setFocus()
    QTest.keyClick(page.next_fault, Qt.Key.Key_Space)
    assert page.sentence.text() != first
    assert page.table.hasFocus()  # to mend it at once
    tip = model.data(at, Qt.ItemDataRole.ToolTipRole)
    assert tip.endswith("。")


def test_every_view_of_the_preview_can_be_looked_at(wizard, qtmodeltester):
    take(wizard, MESSY)
    go_on(wizard, 2)
    page = wizard.preview_page
    for place, text in enumerate(page.words):
        page.show_view(place)
        model = page.table.model()
        counted = int(text.rsplit(" ", 1)[1].replace(",", ""))
        assert model.rowCount() == counted or isinstance(model, ListModel)
        qtmodeltester.check(model)


def test_good_rows_are_taken_and_the_whole_is_taken_back(wizard, bench):
    take(wizard, MESSY)
    go_on(wizard, 2)
    good, bad = len(wizard.state.preview.good), len(wizard.state.preview.bad)
    assert good
    assert bad
    go_on(wizard)
    assert wizard.page is wizard.done_page
    assert households(bench) == good
    assert f"新增 {good} 户" in wizard.done_page.sentence.text()
    assert f"还有 {bad} 户" in wizard.done_page.note.text()
    assert history.can_undo(bench) == f"导入 {MESSY.name}"
    wizard.done_page.undo_button.click()
    settle(wizard)
    assert households(bench) == 0
    assert "已撤销" in wizard.done_page.sentence.text()
    assert not wizard.done_page.undo_button.isEnabled()


def test_a_person_list_of_an_old_program(wizard, bench):
    take(wizard, PERSONS)
    assert wizard.state.mapping.kind is kinds.PERSONS
    go_on(wizard, 3)
    assert wizard.page is wizard.done_page
    assert registers.count(bench, Query(MEMBERS, bench.year)) > households(bench) > 0


def test_the_error_workbook_is_mended_and_imported_again(wizard, bench, answers, tmp_path):
    import openpyxl

    bad = [household(0), household(1, accepted="三亩"), household(2)]
    take(wizard, book(tmp_path / "名册.xlsx", [HEAD, *bad]))
    go_on(wizard, 2)
    path = tmp_path / "待改正.xlsx"
    answers.answers = [path]
    wizard.preview_page.errors_button.click()
    settle(wizard)
    assert "待改正.xlsx" in wizard.preview_page.note.text()
    go_on(wizard)
    assert households(bench) == 2
    made = openpyxl.load_workbook(path)
    sheet = made.active
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "三亩")
    cell.value = 3
    made.save(path)
    wizard.done_page.more_button.click()
    take(wizard, path)
    go_on(wizard, 3)
    assert households(bench) == 3


def test_the_same_file_again_changes_nothing(wizard, bench, tmp_path):
    path = good_file(tmp_path)
    take(wizard, path)
    go_on(wizard, 3)
    assert households(bench) == 3
    wizard.done_page.more_button.click()
    assert wizard.page is wizard.file_page
    assert (wizard.file_page.title.text(), wizard.file_page.note.text()) == ("把名册的文件拖到这里", "或者")
    take(wizard, path)
    go_on(wizard, 2)
    assert "已经导入过" in wizard.preview_page.note.text()
    go_on(wizard)
    assert "没有变化" in wizard.done_page.sentence.text()
    assert not wizard.done_page.undo_button.isVisible()
    assert households(bench) == 3


def test_a_changed_file_shows_before_and_after(wizard, bench, tmp_path):
    take(wizard, good_file(tmp_path))
    go_on(wizard, 3)
    wizard.done_page.more_button.click()
    rows = [household(0, cost=1500), household(1), household(3)]
    take(wizard, book(tmp_path / "新.xlsx", [HEAD, *rows]))
    go_on(wizard, 2)
    page = wizard.preview_page
    words = dict(text.rsplit(" ", 1) for text in page.words)
    assert (words["新增的户"], words["有变化的户"], words["文件里没有的户"]) == ("1", "1", "1")
    page.show_view([text.rsplit(" ", 1)[0] for text in page.words].index("有变化的户"))
    line = page.table.model().data(page.table.model().index(0, 2))
    assert "1,200.00 → 1,500.00" in line
    assert "不会被删除" in page.note.text()


def test_cancelled_in_the_middle_nothing_is_left(wizard, bench, answers, tmp_path, monkeypatch):
    apply = state_module.apply

    def interrupted(bench_, preview, *, only_good, progress):
        def tell(done, total, text):
            if done:
                wizard.state.shell.tasks.follow().cancel()
            progress(done, total, text)

        return apply(bench_, preview, only_good=only_good, progress=tell)

    monkeypatch.setattr(state_module, "apply", interrupted)
    take(wizard, good_file(tmp_path, rows=6))
    go_on(wizard, 3)
    assert wizard.page is wizard.preview_page
    assert answers.told == ["导入已取消，台账没有变动。"]
    assert households(bench) == 0
    assert history.can_undo(bench) is None
    monkeypatch.setattr(state_module, "apply", apply)
    go_on(wizard)
    assert households(bench) == 6


def test_trouble_while_writing_is_told(wizard, bench, answers, tmp_path, monkeypatch):
    def gone(*_args, **_more):
        raise PlaceGone("U盘不见了。")

    monkeypatch.setattr(state_module, "apply", gone)
    take(wizard, good_file(tmp_path))
    go_on(wizard, 3)
    assert wizard.page is wizard.preview_page
    assert isinstance(answers.told[0], PlaceGone)
    assert households(bench) == 0
