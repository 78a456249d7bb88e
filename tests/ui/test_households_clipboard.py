"""Copy, paste, fill and clear in the register table."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from fupin_desktop.errors import PlaceGone
from fupin_desktop.services import history, registers
from fupin_desktop.services.registers import HOUSEHOLDS, PERSONS, Query
from tests.ui.register_driving import column, go, key, press, settle, texts, typed


# ---- clipboard ----
def test_copy_gives_lines_and_html(tab):
    tab.table.choose_block(0, 0, 1, 1)
    key(tab, Qt.Key.Key_C)
    data = QGuiApplication.clipboard().mimeData()
    names, places = texts(tab, "head_name", 2), texts(tab, "village", 2)
    assert data.text() == f"{names[0]}\t{places[0]}\r\n{names[1]}\t{places[1]}\r\n"
    assert "mso-number-format" in data.html()
    tab.state.set_masked(True)
    tab.table.go_to(0, column(tab, "head_id_number"))
    tab.clipboard.copy()
    assert "********" in QGuiApplication.clipboard().text()


def test_a_masked_number_is_not_cut_for_its_middle_would_be_lost(tab, answers):
    number = texts(tab, "head_id_number", 1)[0]
    tab.state.set_masked(True)
    go(tab, 0, "head_id_number")
    key(tab, Qt.Key.Key_X)
    tab.state.set_masked(False)
    assert texts(tab, "head_id_number", 1) == [number]
    assert "遮蔽" in answers.told[0]


def test_a_masked_list_is_exported_masked_or_whole_as_the_clerk_says(tab, answers, tmp_path):
    number = texts(tab, "head_id_number", 1)[0]
    tab.state.set_masked(True)
    starred, whole = tmp_path / "遮.csv", tmp_path / "全.csv"
    answers.answers = [0, starred, False, 1, whole, False, None]
    for _ in range(3):
        tab.register_actions.export()
        settle(tab)
    assert number not in starred.read_text(encoding="utf-8-sig")
    assert f"{number[:6]}********{number[-4:]}" in starred.read_text(encoding="utf-8-sig")
    assert number in whole.read_text(encoding="utf-8-sig")
    assert answers.answers == []


def test_the_rows_looked_at_are_printed_with_the_columns_chosen(tab, answers, monkeypatch):
    from fupin_desktop.ui.printing import front

    papers = []
    monkeypatch.setattr(front, "print_paper", lambda _shell, paper: papers.append(paper))

    def choose(dialog):
        for row in range(4, dialog.list.count()):
            dialog.list.item(row).setCheckState(Qt.CheckState.Unchecked)
        dialog.paper.setCurrentText("A3")
        dialog.accept()

    tab.state.in_village("低岭村")
    answers.dialogs = [choose]
    tab.print_paper()
    (paper,) = papers
    assert paper.title == "农户台账"
    assert paper.draw(lambda *_told: None) is not None


def test_the_pages_can_be_seen_before_they_are_printed_or_saved(tab, answers, monkeypatch, tmp_path):
    from fupin_desktop.ui.printing import front

    printed, saved = [], tmp_path / "农户.pdf"
    monkeypatch.setattr(front, "print_paper", lambda _shell, paper: printed.append(paper.title))

    def look(dialog):
        dialog.look.click()
        answers.dialogs = [seen]

    def seen(dialog):
        assert dialog.windowTitle() == "打印预览 — 农户台账"
        dialog.print.click()
        answers.answers = [saved]
        next(one for one in dialog.findChildren(QPushButton) if one.text() == "保存 PDF…").click()

    tab.state.in_village("低岭村")
    answers.dialogs = [look]
    tab.print_paper()
    settle(tab)
    tab.shell.tasks.wait()
    assert printed == ["农户台账"]
    assert saved.read_bytes().startswith(b"%PDF")


def test_numbers_are_copied_without_grouping(tab):
    tab.table.go_to(0, column(tab, "cost_total"))
    tab.clipboard.copy()
    assert "," not in QGuiApplication.clipboard().text()


def test_a_large_copy_runs_in_the_background(tab):
    tab.state.show(PERSONS)
    tab.table.selectAll()
    key(tab, Qt.Key.Key_C)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == tab.table.model().rowCount()


def test_paste_keeps_long_numbers_and_zeros_and_is_one_undo(tab, sample):
    before = [texts(tab, name, 3) for name in ("phone", "bank_name")]
    QGuiApplication.clipboard().setText("07591234567\t农行\r\n13800000001\t工行\r\n")
    go(tab, 0, "phone")
    assert column(tab, "bank_name") == column(tab, "phone") + 1
    key(tab, Qt.Key.Key_V)
    assert texts(tab, "phone", 2) == ["07591234567", "13800000001"]
    assert texts(tab, "bank_name", 2) == ["农行", "工行"]
    assert tab.table.chosen_rows() == [(0, 1)]
    history.undo(sample)
    tab.reload()
    assert [texts(tab, name, 3) for name in ("phone", "bank_name")] == before


def test_one_value_fills_the_whole_choice(tab):
    QGuiApplication.clipboard().setText("张三\r\n")
    tab.table.choose_block(0, column(tab, "guide"), 3, column(tab, "guide"))
    key(tab, Qt.Key.Key_V)
    assert texts(tab, "guide", 4) == ["张三"] * 4


def test_a_large_paste_that_could_not_be_written_stays_in_its_cells_and_is_written_from_any_of_them(
    tab, sample, answers, monkeypatch,
):
    def gone(*_args):
        raise PlaceGone("数据文件所在的U盘不见了。")

    before = texts(tab, "guide", 600)
    QGuiApplication.clipboard().setText("".join(f"李{row}\r\n" for row in range(600)))
    go(tab, 0, "guide")
    with monkeypatch.context() as broken:
        broken.setattr(registers, "set_cells", gone)
        key(tab, Qt.Key.Key_V)
        settle(tab)
    assert [type(told) for told in answers.told] == [PlaceGone]
    assert texts(tab, "guide", 600) == [f"李{row}" for row in range(600)]
    assert tab.state.refused == 600
    assert "一起再写入" in tab.strip.sentence.text()
    go(tab, 300, "guide")
    press(tab, Qt.Key.Key_F2, Qt.Key.Key_Return)
    settle(tab)
    assert (tab.state.refused, texts(tab, "guide", 600)) == (0, [f"李{row}" for row in range(600)])
    history.undo(sample)
    tab.reload()
    assert texts(tab, "guide", 600) == before


def test_a_paste_names_its_first_faulty_cells_and_where_its_texts_still_are(tab, answers):
    before = texts(tab, "members", 5)
    QGuiApplication.clipboard().setText("4\r\n四口\r\n5\r\n五口\r\n6\r\n")
    go(tab, 0, "members")
    answers.answers = [False]
    key(tab, Qt.Key.Key_V)
    ((_what, text),) = answers.asked
    assert "5 格中有 2 格不能写入" in text
    assert "第 2 行：家庭人口数“四口”不是整数" in text
    assert "第 4 行：家庭人口数“五口”不是整数" in text
    assert "复制的内容还在剪贴板里" in text
    assert texts(tab, "members", 5) == before
    QGuiApplication.clipboard().setText("多\r\n少\r\n")
    key(tab, Qt.Key.Key_V)
    assert "2 格中有 2 格不能写入" in answers.told[0]
    assert "表格没有变动。复制的内容还在剪贴板里" in answers.told[0]
    assert texts(tab, "members", 5) == before


def test_the_empty_last_cells_of_a_column_clear_what_they_are_laid_over(tab, sample):
    for text, phones in (("1\r\n2\r\n3\r\n", ["1", "2", "3"]), ("7\r\n\r\n\r\n", ["7", "", ""])):
        QGuiApplication.clipboard().setText(text)
        go(tab, 0, "note")
        key(tab, Qt.Key.Key_V)
        assert texts(tab, "note", 3) == phones
        assert tab.table.chosen_rows() == [(0, 2)]
    for _step in range(2):
        history.undo(sample)
    tab.reload()


def test_paste_passes_over_locked_columns(tab):
    QGuiApplication.clipboard().setText("5\t参与\t番薯\r\n")
    said = []
    tab.shell.said.connect(said.append)
    go(tab, 0, "members")
    before = texts(tab, "products_text", 1)
    key(tab, Qt.Key.Key_V)
    assert texts(tab, "members", 1) == ["5"]
    assert texts(tab, "products_text", 1) == before
    assert any("跳过" in text for text in said)


def test_paste_that_does_not_fit_is_told(tab, answers):
    QGuiApplication.clipboard().setText("1\t2\r\n")
    tab.table.go_to(0, tab.table.model().columnCount() - 1)
    key(tab, Qt.Key.Key_V)
    assert "放不下" in answers.told[0] or "只有 1 列" in answers.told[0]


def test_paste_below_the_end_offers_new_households(tab, answers, sample):
    last = tab.table.model().rowCount() - 1
    village = tab.state.front.model.text(last, column(tab, "village"))
    QGuiApplication.clipboard().setText("甲一\r\n乙二\r\n丙三\r\n")
    answers.answers = [True]
    go(tab, last, "head_name")
    key(tab, Qt.Key.Key_V)
    assert tab.table.model().rowCount() == 614
    assert "新增 2 户" in answers.asked[0][1]
    found = registers.rows(sample, HOUSEHOLDS, 2026, registers.all_keys(sample, Query(HOUSEHOLDS, 2026)))
    names = {tab.state.front.model.value(row, "head_name"): tab.state.front.model.value(row, "village") for row in found}
    assert (names["乙二"], names["丙三"]) == (village, village)
    history.undo(sample)
    tab.reload()
    assert tab.table.model().rowCount() == 612
    assert "甲一" not in texts(tab, "head_name", 612)


def test_new_households_can_be_refused(tab, answers):
    QGuiApplication.clipboard().setText("甲一\r\n乙二\r\n")
    answers.answers = [False]
    go(tab, 611, "head_name")
    before = texts(tab, "head_name", 612)
    key(tab, Qt.Key.Key_V)
    assert texts(tab, "head_name", 612) == before


def test_bad_new_households_are_told_and_nothing_is_written(tab, answers):
    QGuiApplication.clipboard().setText("6\r\n很多\r\n")
    answers.answers = [True]
    go(tab, 611, "members")
    before = texts(tab, "members", 612)
    key(tab, Qt.Key.Key_V)
    assert texts(tab, "members", 612) == before
    assert answers.told


def test_fill_down_takes_the_first_row_or_the_one_above(tab):
    first = texts(tab, "bank_name", 1)[0]
    tab.table.choose_block(0, column(tab, "bank_name"), 3, column(tab, "bank_name"))
    key(tab, Qt.Key.Key_D)
    assert texts(tab, "bank_name", 4) == [first] * 4
    go(tab, 4, "bank_name")
    key(tab, Qt.Key.Key_D)
    assert texts(tab, "bank_name", 5)[4] == first


def test_to_write_many_rows_reads_none_of_them(tab, monkeypatch):
    from fupin_desktop.ui.models.register_model import RegisterModel

    place = column(tab, "guide")
    QGuiApplication.clipboard().setText("\n".join(f"指导{number}" for number in range(4)))
    read = RegisterModel.rows_between

    def watched(model, first, last):
        assert "clipboard" not in sys._getframe(1).f_code.co_filename, "rows are read only to know their keys"
        return read(model, first, last)

    monkeypatch.setattr(RegisterModel, "rows_between", watched)
    tab.table.choose_block(0, place, 49, place)
    key(tab, Qt.Key.Key_D)
    press(tab, Qt.Key.Key_Delete)
    tab.table.choose_block(0, place, 0, place)
    key(tab, Qt.Key.Key_V)
    assert texts(tab, "guide", 5) == ["指导0", "指导1", "指导2", "指导3", ""]


def test_to_undo_much_goes_on_beside_with_its_progress(tab, monkeypatch):
    monkeypatch.setattr(history, "_AT_ONCE", 3)
    place, ran = column(tab, "guide"), []
    before = texts(tab, "guide", 5)
    run = tab.shell.tasks.run
    monkeypatch.setattr(tab.shell.tasks, "run", lambda title, *rest, **more: ran.append(title) or run(title, *rest, **more))
    tab.table.choose_block(0, place, 3, place)
    press(tab, Qt.Key.Key_Delete)
    assert texts(tab, "guide", 4) == [""] * 4
    tab.undo()
    settle(tab)
    assert texts(tab, "guide", 5) == before
    tab.redo()
    settle(tab)
    assert texts(tab, "guide", 4) == [""] * 4
    go(tab, 0, "guide")
    typed(tab, "王主任")
    tab.undo()
    assert ran == ["正在撤销", "正在重做"]
    tab.undo()
    settle(tab)
    assert texts(tab, "guide", 5) == before


def test_cut_empties_after_copying(tab):
    go(tab, 0, "guide")
    before = texts(tab, "guide", 1)[0]
    key(tab, Qt.Key.Key_X)
    assert (QGuiApplication.clipboard().text().strip(), texts(tab, "guide", 1)) == (before, [""])


def test_undo_and_redo_show_in_the_table(tab, sample, shell):
    go(tab, 0, "members")
    before = texts(tab, "members", 1)
    typed(tab, "8")
    shell.do(lambda: history.undo(sample))
    assert texts(tab, "members", 1) == before
    shell.do(lambda: history.redo(sample))
    assert texts(tab, "members", 1) == ["8"]


def test_too_many_rows_are_not_changed_at_once(tab, answers, monkeypatch):
    from fupin_desktop.ui.tabs.registers import clipboard as households_clipboard

    monkeypatch.setattr(households_clipboard, "CHANGED_AT_ONCE", 3)
    before = texts(tab, "guide", 5)
    tab.table.choose_block(0, column(tab, "guide"), 3, column(tab, "guide"))
    press(tab, Qt.Key.Key_Delete)
    key(tab, Qt.Key.Key_D)
    assert texts(tab, "guide", 5) == before
    assert len(answers.told) == 2
    tab.table.choose_block(0, column(tab, "guide"), 2, column(tab, "guide"))
    press(tab, Qt.Key.Key_Delete)
    assert texts(tab, "guide", 3) == ["", "", ""]
