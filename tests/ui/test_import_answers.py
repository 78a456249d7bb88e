"""Questions of a list, put to the clerk in the wizard: passwords, hidden rows, heads, numbers of others, faults mended."""

import io

import msoffcrypto.format.ooxml
import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from fupin_desktop.domain.vocabulary import Participation
from fupin_desktop.services import villages
from fupin_desktop.services.imports.answers import Answers
from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.importers import importer_of
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.registers import HOUSEHOLDS, Query, columns, count, registry, window
from fupin_desktop.ui.importing.models import FindingsModel
from fupin_desktop.ui.importing.wizard import ImportWizard
from fupin_desktop.ui.preferences import Preferences
from fupin_desktop.ui.shell import Shell
from tests.services.imports.making import HEAD, IDS, book, household
from tests.services.sheets.written import sheets
from tests.ui.import_driving import go_on, good_file, households, settle, take

PERSONS = ("户码", "姓名", "性别", "年龄", "身份证号")


@pytest.fixture
def wizard(app, bench, answers, qtbot):
    bugs = []
    shell = Shell(bench, answers, Preferences(), bugs.append)
    made = ImportWizard(shell)
    qtbot.addWidget(made)
    made.show()
    yield made
    shell.tasks.wait()
    assert not bugs


def names(wizard):
    rows = window(wizard.state.shell.bench, Query(HOUSEHOLDS, wizard.state.shell.bench.year), 0, 50)
    keys = [info.key for info in columns(HOUSEHOLDS)]
    return sorted(row.cells[keys.index("head_name")] for row in rows)


def cell_of(wizard, row, column):
    """The cell of the sheet (from 0) in the preview's table."""
    model = wizard.preview_page.table.model()
    assert isinstance(model, FindingsModel)
    return model.index(model.place_of(row), column)


def type_into(wizard, row, column, text):
    """Open a cell as a clerk does, type and press Enter."""
    table = wizard.preview_page.table
    table.setCurrentIndex(cell_of(wizard, row, column))
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = next(one for one in table.findChildren(QLineEdit) if not one.isHidden())
    editor.setText(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    settle(wizard)
    settle(wizard)


def test_a_password_is_asked_for_and_typed(wizard, tmp_path):
    plain, path = io.BytesIO(good_file(tmp_path, 2).read_bytes()), tmp_path / "加密.xlsx"
    with path.open("wb") as target:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("秘密", target)
    take(wizard, path)
    page = wizard.file_page
    assert (page.password.isVisible(), page.open_button.isVisible()) == (True, True)
    assert "设了打开密码" in page.happened.text()
    QTest.keyClicks(page.password, "wrong")
    page.open_button.click()
    settle(wizard)
    assert "密码不对" in page.happened.text()
    page.password.setText("秘密")
    QTest.keyClick(page.password, Qt.Key.Key_Return)
    settle(wizard)
    assert wizard.page is wizard.sheet_page
    assert len(wizard.state.preview.good) == 2


def test_other_faults_of_a_file_ask_for_no_password(wizard, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"")
    take(wizard, tmp_path / "a.xlsx")
    assert wizard.file_page.trouble.isVisible()
    assert not wizard.file_page.password.isVisible()


def test_hidden_rows_are_left_out_where_the_clerk_says_so(wizard, tmp_path):
    path = good_file(tmp_path, 3)
    made = openpyxl.load_workbook(path)
    made.active.row_dimensions[3].hidden = True
    made.save(path)
    take(wizard, path)
    box = wizard.sheet_page.visible_only
    assert (box.isVisible(), box.isChecked(), "1 行" in box.text()) == (True, False, True)
    box.click()
    go_on(wizard, 2)
    assert len(wizard.state.preview.good) == 2
    go_on(wizard)
    assert households(wizard.state.shell.bench) == 2


def test_a_plain_list_asks_nothing(wizard, tmp_path):
    take(wizard, good_file(tmp_path))
    page = wizard.sheet_page
    assert (page.visible_only.isVisible(), page.first_is_head.isVisible()) == (False, False)


def test_the_first_person_becomes_the_head_where_the_clerk_says_so(wizard, tmp_path):
    rows = [("H1", "李甲一", "男", 60, IDS[0]), ("H1", "李甲二", "女", 59, IDS[1])]
    take(wizard, book(tmp_path / "a.xlsx", [PERSONS, *rows], title="低岭村"))
    page = wizard.sheet_page
    assert page.first_is_head.isVisible()
    page.village.setEditText("低岭村")
    page.first_is_head.click()
    go_on(wizard, 2)
    assert [one.head_name for one in wizard.state.preview.good] == ["李甲一"]


def test_numbers_of_others_are_answered_row_by_row(wizard, tmp_path):
    bench = wizard.state.shell.bench
    apply(bench, prepare(bench, good_file(tmp_path, 2)))
    rows = [household(0, name="林甲三", number=IDS[3]), household(1, name="吴甲四", number="")]
    take(wizard, book(tmp_path / "b.xlsx", [HEAD, *rows]))
    go_on(wizard, 2)
    page = wizard.preview_page
    assert len(wizard.state.preview.bad) == 2
    page.table.setCurrentIndex(cell_of(wizard, 1, 0))
    assert (page.renamed_button.isVisible(), page.new_button.isVisible(), page.alike.isVisible()) == (True, True, True)
    page.new_button.click()
    settle(wizard)
    assert len(wizard.state.preview.bad) == 1
    page.table.setCurrentIndex(cell_of(wizard, 2, 0))
    page.renamed_button.click()
    settle(wizard)
    assert wizard.state.preview.bad == []
    go_on(wizard)
    assert names(wizard) == sorted(["林甲三", "吴甲四", "李亚一"])


def test_a_number_of_another_record_is_answered_too(app, bench, answers, qtbot, tmp_path):
    register = registry.of("entities")
    heads, kind = ("主体名称", "行政村", "主体类型", "负责人"), ("农民合作社", "陈社长")
    for village in ("低岭村", "那罗村"):
        villages.add(bench, villages.VillageForm(village))
    shell = Shell(bench, answers, Preferences(), pytest.fail)
    made = ImportWizard(shell, importer=importer_of(register))
    qtbot.addWidget(made)
    made.show()
    apply(bench, prepare(bench, book(tmp_path / "a.xlsx", [heads, ("兴旺社", "低岭村", *kind)]), importer=importer_of(register)))
    take(made, book(tmp_path / "b.xlsx", [heads, ("兴旺社", "那罗村", *kind)]))
    go_on(made, 2)
    page = made.preview_page
    assert (page.renamed_button.text(), page.new_button.text()) == ("就是这一条，照文件改", "另一条，按新的登记")
    assert "属于“低岭村”，这里是“那罗村”" in page.sentence.text()
    page.new_button.click()
    settle(made)
    assert "新增 1 家" in page.counts.text()
    go_on(made)
    assert count(bench, Query(register, bench.year)) == 2
    shell.tasks.wait()


def test_all_alike_are_answered_at_once(wizard, tmp_path):
    bench = wizard.state.shell.bench
    apply(bench, prepare(bench, good_file(tmp_path, 2)))
    rows = [household(0, name="林甲三", number=""), household(1, name="吴甲四", number="")]
    take(wizard, book(tmp_path / "b.xlsx", [HEAD, *rows]))
    go_on(wizard, 2)
    page = wizard.preview_page
    page.table.setCurrentIndex(cell_of(wizard, 1, 0))
    page.alike.click()
    page.renamed_button.click()
    settle(wizard)
    assert (wizard.state.preview.bad, households(bench)) == ([], 2)
    go_on(wizard)
    assert names(wizard) == sorted(["林甲三", "吴甲四"])


def test_a_fault_is_mended_in_the_preview(wizard, tmp_path):
    path = book(tmp_path / "a.xlsx", [HEAD, household(0, accepted="三亩半多"), household(1)])
    before = path.read_bytes()
    take(wizard, path)
    go_on(wizard, 2)
    page = wizard.preview_page
    assert len(wizard.state.preview.bad) == 1
    assert not page.all.isEnabled()
    type_into(wizard, 1, 7, "3.5")
    assert wizard.state.preview.bad == []
    assert page.all.isChecked()
    go_on(wizard)
    assert households(wizard.state.shell.bench) == 2
    assert path.read_bytes() == before


def test_a_mended_cell_that_is_still_wrong_stays_marked(wizard, tmp_path):
    take(wizard, book(tmp_path / "a.xlsx", [HEAD, household(0, accepted="x"), household(1)]))
    go_on(wizard, 2)
    type_into(wizard, 1, 7, "y")
    assert len(wizard.state.preview.bad) == 1
    assert "y" in wizard.preview_page.sentence.text()


def test_the_keyboard_goes_from_one_fault_to_the_next(wizard, tmp_path):
    """The first cell at fault has it, Enter leads down from a cell that is right now, and stays at one that is not."""
    rows = [household(place, accepted="x" if place in (0, 2, 3) else "3") for place in range(5)]
    take(wizard, book(tmp_path / "a.xlsx", [HEAD, *rows]))
    go_on(wizard, 2)
    page, table = wizard.preview_page, wizard.preview_page.table

    def at():
        return table.model().sheet_row(table.currentIndex().row()), table.currentIndex().column()

    assert wizard.focusWidget() is table
    assert (page.words[1], at()) == ("有错的行 3", (1, 7))
    type_into(wizard, 1, 7, "y")
    assert (page.words[1], at()) == ("有错的行 3", (1, 7))
    type_into(wizard, 1, 7, "3")
    assert (page.words[1], at()) == ("有错的行 2", (3, 7))
    page.show_view(0)
    type_into(wizard, 3, 7, "3")
    assert (page.words[1], at()) == ("有错的行 1", (4, 7))
    type_into(wizard, 4, 7, "3")
    assert (page.words[0], at()) == ("全部行 5", (5, 7))
    assert wizard.state.preview.bad == []


def test_sheets_that_look_alike_are_chosen(wizard, tmp_path):
    first, second = [HEAD, household(0)], [HEAD, household(1)]
    take(wizard, sheets(tmp_path / "a.xlsx", [("一村", first), ("二村", second), ("说明", [["怎么填"]])], 2))
    page = wizard.sheet_page
    assert (page.sheet.currentText(), wizard.next_button.isEnabled()) == ("(请选择)", False)
    assert "2 张工作表一样像名册：“一村”、“二村”" in page.verdict.text()
    page.sheet.setCurrentIndex(page.sheet.findData("二村"))
    page.sheet.activated.emit(page.sheet.currentIndex())
    settle(wizard)
    go_on(wizard, 3)
    assert names(wizard) == ["李亚二"]


def test_results_of_another_year_are_asked(wizard, tmp_path):
    take(wizard, book(tmp_path / "a.xlsx", [["低岭村2024年奖补登记表"], HEAD, household(0)]))
    page = wizard.sheet_page
    assert page.this_year.isVisible()
    assert "标题写的是2024年，验收数量、核定成本会登记到" in page.verdict.text()
    go_on(wizard, 2)
    preview = wizard.preview_page
    assert (preview.year_button.isVisible(), wizard.next_button.isEnabled()) == (True, False)
    preview.year_button.click()
    settle(wizard)
    assert wizard.next_button.isEnabled()
    assert f"登记到 {wizard.state.shell.bench.year} 年度" in preview.note.text()
    wizard.show_back()
    wizard.show_back()
    assert page.this_year.isChecked()
    go_on(wizard, 3)
    assert names(wizard) == ["李亚一"]


def test_a_list_that_names_no_year_is_proposed_for_the_one_at_work(wizard, tmp_path):
    take(wizard, book(tmp_path / "a.xlsx", [["低岭村奖补登记表"], HEAD, household(0)]))
    page, year = wizard.sheet_page, wizard.state.shell.bench.year
    assert (page.this_year.isVisible(), page.this_year.isChecked(), page.this_year.text()) == (True, True, f"就是{year}年度的")
    assert f"名册没有写是哪一年的，验收数量、核定成本会登记到{year}年度；不是的，请去掉" in page.verdict.text()
    page.this_year.click()
    go_on(wizard, 2)
    assert (wizard.preview_page.year_button.isVisible(), wizard.next_button.isEnabled()) == (True, False)
    wizard.show_back()
    wizard.show_back()
    assert not page.this_year.isChecked()
    page.this_year.click()
    go_on(wizard, 3)
    assert names(wizard) == ["李亚一"]


def test_a_list_without_participation_asks_how_its_households_take_part(wizard, bench, tmp_path):
    keep = [place for place, heading in enumerate(HEAD) if heading != "参与情况"]
    rows = [HEAD, *(household(place) for place in range(3))]
    take(wizard, book(tmp_path / "名册.xlsx", [[row[place] for place in keep] for row in rows]))
    asked = wizard.sheet_page.taking
    assert asked.isVisible()
    assert asked.currentText().startswith("以后再填")
    asked.setCurrentIndex(asked.findText("都是分散参与"))
    asked.activated.emit(asked.currentIndex())
    go_on(wizard, 3)
    keys = [info.key for info in columns(HOUSEHOLDS)]
    rows = window(bench, Query(HOUSEHOLDS, bench.year), 0, 50)
    assert [row.cells[keys.index("kind")] for row in rows] == ["分散参与"] * 3


def test_what_is_registered_stays_and_a_list_that_says_it_is_not_asked(wizard, bench, tmp_path):
    apply(bench, prepare(bench, good_file(tmp_path)))
    keep = [place for place, heading in enumerate(HEAD) if heading != "参与情况"]
    rows = [[row[place] for place in keep] for row in (HEAD, *(household(place) for place in range(3)))]
    answered = Answers(taking=Participation.SCATTERED)
    assert prepare(bench, book(tmp_path / "b.xlsx", rows), answers=answered).comparison.changed == []
    take(wizard, good_file(tmp_path))
    assert not wizard.sheet_page.taking.isVisible()


def test_a_village_of_the_same_name_in_another_town_is_asked_about(wizard, tmp_path):
    bench = wizard.state.shell.bench
    apply(bench, prepare(bench, good_file(tmp_path, 1)))
    (here,) = villages.all(bench)
    rows = [("邻近镇", *household(1)), ("邻近镇", *household(2)), (here.town, *household(3))]
    take(wizard, book(tmp_path / "b.xlsx", [("乡镇", *HEAD), *rows]))
    go_on(wizard, 2)
    page = wizard.preview_page
    assert [one.row for one in wizard.state.preview.bad] == [1, 2]
    page.table.setCurrentIndex(cell_of(wizard, 1, 0))
    assert page.town_button.isVisible()
    assert f"台账里的{here.name}是{here.town}的，这里写的是邻近镇" in page.sentence.text()
    type_into(wizard, 1, 0, here.town)
    assert [one.row for one in wizard.state.preview.bad] == [2]
    page.table.setCurrentIndex(cell_of(wizard, 2, 0))
    page.town_button.click()
    settle(wizard)
    assert wizard.state.preview.bad == []
    assert not page.town_button.isVisible()
    go_on(wizard)
    assert households(bench) == 4
    assert [(one.name, one.town, one.households) for one in villages.all(bench)] == [
        (here.name, here.town, 3), (here.name, "邻近镇", 1),
    ]  # fmt: skip


@pytest.fixture
def trainings(app, bench, answers, qtbot):
    shell = Shell(bench, answers, Preferences(), lambda bug: pytest.fail(str(bug)))
    made = ImportWizard(shell, importer=importer_of(registry.of("trainings")))
    qtbot.addWidget(made)
    made.show()
    yield made
    shell.tasks.wait()


def test_what_a_list_lacks_is_filled_in_once_for_all_rows(trainings, bench, tmp_path):
    villages.add(bench, villages.VillageForm("低岭村"))
    path = book(tmp_path / "培训.xlsx", [("培训题目", "培训日期", "行政村"), ("水稻栽培", "2026-03-05", "低岭村"), ("养鹅", "2026-04-02", "低岭村")])
    take(trainings, path)
    go_on(trainings)
    page = trainings.columns_page
    fields = page.given.fields
    assert page.given.isVisible()
    assert [*fields] == ["own.level", "own.kind", "own.forms"]
    assert "还缺：级别、培训类别" in page.verdict.text()
    assert not trainings.next_button.isEnabled()
    fields["own.level"].setCurrentIndex(fields["own.level"].findData("镇"))
    assert "还缺：培训类别" in page.verdict.text()
    fields["own.kind"].setCurrentIndex(fields["own.kind"].findData("实用技术"))
    assert "文件里没有培训形式，导入后请在台账里补填" in page.verdict.text()
    go_on(trainings)
    assert "整张名单：级别“镇”、培训类别“实用技术”" in trainings.preview_page.note.text()
    go_on(trainings)
    assert count(bench, Query(registry.of("trainings"), bench.year)) == 2


def test_a_column_chosen_by_hand_takes_the_place_of_its_entry(trainings, bench, tmp_path):
    villages.add(bench, villages.VillageForm("低岭村"))
    path = book(tmp_path / "培训.xlsx", [("培训题目", "培训日期", "行政村", "哪一级"), ("水稻栽培", "2026-03-05", "低岭村", "镇")])
    take(trainings, path)
    go_on(trainings)
    page = trainings.columns_page
    place = page.choices[3].findData("own.level")
    page.choices[3].setCurrentIndex(place)
    page.choices[3].activated.emit(place)
    assert [*page.given.fields] == ["own.kind", "own.forms"]


def test_a_list_of_households_offers_no_values_for_all_rows(wizard, tmp_path):
    take(wizard, good_file(tmp_path))
    go_on(wizard)
    assert not wizard.columns_page.given.isVisible()
