from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton

from fupin_desktop.domain.capital import to_capital
from fupin_desktop.domain.vocabulary import HouseholdSize, Participation
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.awards.telling import tell
from fupin_desktop.services import awards, history, offices, registers
from fupin_desktop.ui.models.award_cells import PLACES
from fupin_desktop.ui.models.award_model import AwardFilter, Shown
from fupin_desktop.ui.models.award_shares import item_shares
from tests.services import award_office
from tests.ui.award_desk import cell, choose, open_tab, settle

LARGE = HouseholdSize.LARGE


@pytest.fixture
def tab(window, bench):
    return open_tab(window, bench)[0]


def texts(tab, key):
    return [tab.model.index(row, PLACES[key]).data() for row in range(tab.model.rowCount())]


# ---- what is shown ----


def test_the_table_shows_the_calculation(tab):
    assert texts(tab, "name") == ["李亚保", "吴华契", "易日", "杨亚九", "李真"]
    assert texts(tab, "award") == ["4,000.00", "560.00", "2,399.76", "0.00", "0.00"]
    assert texts(tab, "computed")[1] == "720.00"
    assert texts(tab, "reason")[1] == "按成本封顶"
    assert texts(tab, "kind")[3] == "未参与"
    assert tab.bar.note.text() == "共 5 户 · 参与 4 · 大户 1 · 有奖补 3"


def test_a_scheme_that_cannot_be_calculated_is_not_said_to_be_missing(tab, window, answers, monkeypatch):
    def refuse(*_words):
        raise NotAllowed("有 2 个村叫“低岭村”，不知道方案是哪一个村的。")

    monkeypatch.setattr("fupin_desktop.services.schemes.load", refuse)
    tab.reload()
    settle(window)
    assert "2 个村" in answers.told[-1].happened
    assert tab.stack.currentWidget() is tab.empty
    assert tab.empty._title.text() == "还没有算出来"
    assert tab.empty.action.isHidden()


def test_the_head_shows_scheme_parties_money_and_rules(tab):
    head = tab.head
    assert head.decided.text() == "低岭村村民委员会 · 吴川市财政局"
    assert head.money.text() == "¥98,000.00"
    assert head.large.text() == "≥ 10 亩"
    assert head.badge.text == "已议定"
    assert [row.cells for row in head.rules.rows] == [
        ("水稻", "亩", "0.5", "320", "240", "成本"), ("其他", "亩", "—", "150", "150", "成本"),
    ]


def test_the_clause_of_the_large_household_can_be_read(tab, answers):
    read = []
    answers.dialogs.append(lambda dialog: (read.append(dialog.text.toPlainText()), dialog.accept()))
    tab.head.basis.click()
    assert "10亩" in read[0].replace(" ", "")


def test_the_working_is_told_line_by_line_with_its_clauses(tab, window):
    choose(tab, "吴华契")
    award = tab.state.desk.result.awards[1]
    lines = tab.side.working.lines()
    assert [line[0] for line in lines] == [tell(step) for step in award.steps]
    assert [line[1] for line in lines] == [step.clause for step in award.steps]
    assert "吴川 三(二)4" in [line[1] for line in lines]
    assert tab.side.working.capital.text() == to_capital(Decimal(560)) == "伍佰陆拾元整"
    assert tab.side.working.amount.text() == "¥560.00"


def test_a_clause_of_the_working_opens_its_wording(tab, answers):
    read = []
    answers.dialogs.append(lambda dialog: (read.append(dialog.windowTitle()), dialog.accept()))
    choose(tab, "吴华契")
    line = next(line for line in tab.side.working._lines if line.clause.text() == "吴川 三(二)4")
    line.clause.click()
    assert read == ["依据 吴川 三(二)4"]


def test_the_money_bar_and_the_chart_add_up(tab):
    totals = tab.state.desk.result.totals
    assert tab.pool.pool.text() == "98,000.00"
    assert tab.pool.award.text() == "6,959.76"
    assert tab.pool.left.text() == "91,040.24"
    shares = item_shares(tab.state.desk.result)
    assert sum(share.total for share in shares) == totals.award
    assert [(share.name, share.large, share.small) for share in shares] == [
        ("水稻", Decimal("4000.00"), Decimal("2959.76")),
    ]


def test_shares_of_several_items_add_up_to_each_award(window, bench):
    tab, keys, _ = open_tab(window, bench)
    registers.add(bench, registers.FARM_ITEMS,
                  {"product": "番薯", "unit": "亩", "accepted": "1.333", "cost": "1000"}, keys[0])
    tab.load()
    settle(window)
    shares = {share.name: share for share in item_shares(tab.state.desk.result)}
    assert set(shares) == {"水稻", "其他"}
    assert sum(share.total for share in shares.values()) == tab.state.desk.result.totals.award


def test_the_chart_opens(tab, answers):
    seen = []
    answers.dialogs.append(lambda dialog: (seen.append(dialog.chart.shares), dialog.accept()))
    tab.pool.chart.click()
    assert [share.name for share in seen[0]] == ["水稻"]


# ---- sorting and narrowing ----


def test_sorting_turns_round_and_returns_to_the_printed_order(tab):
    column = PLACES["award"]
    tab.sort(column)
    assert texts(tab, "award") == ["0.00", "0.00", "560.00", "2,399.76", "4,000.00"]
    tab.sort(column)
    assert texts(tab, "award")[0] == "4,000.00"
    assert tab.table.head.sorted == {column: True}
    tab.sort(column)
    assert texts(tab, "number") == ["1", "2", "3", "4", "5"]


def test_names_sort_by_pinyin(tab):
    tab.sort(PLACES["name"])
    assert texts(tab, "name") == ["李亚保", "李真", "吴华契", "杨亚九", "易日"]


@pytest.mark.parametrize(("wanted", "names"), [
    (AwardFilter(size=LARGE), ["李亚保"]),
    (AwardFilter(size=HouseholdSize.SMALL), ["吴华契", "易日", "杨亚九", "李真"]),
    (AwardFilter(shown=Shown.AWARDED), ["李亚保", "吴华契", "易日"]),
    (AwardFilter(shown=Shown.NOTHING), ["杨亚九", "李真"]),
    (AwardFilter(shown=Shown.REDUCED), ["吴华契", "杨亚九", "李真"]),
    (AwardFilter(text="whq"), ["吴华契"]),
    (AwardFilter(text="李"), ["李亚保", "李真"]),
    (AwardFilter(text="起补"), ["李真"]),
    (AwardFilter(text="没有这个人"), []),
])
def test_narrowing(tab, wanted, names):
    tab.narrow(wanted)
    assert texts(tab, "name") == names
    assert (tab.stack.currentWidget() is tab.table) == bool(names)


def test_the_chosen_household_stays_chosen_when_the_table_is_sorted_or_narrowed(tab):
    choose(tab, "易日")
    tab.sort(PLACES["award"])
    assert tab.current.applicant.name == "易日"
    tab.narrow(AwardFilter(shown=Shown.AWARDED))
    assert tab.current.applicant.name == "易日"


def test_searching_in_the_bar(tab, qtbot):
    tab.bar.finder.setText("lz")
    tab.bar.finder.ask_now()
    assert texts(tab, "name") == ["李真"]
    assert tab.bar.note.text().startswith("显示 1 / 5 户")
    tab.bar.all.click()
    assert tab.model.rowCount() == 5


def test_a_finding_leads_to_its_households(window, bench):
    tab, _, _ = open_tab(window, bench, rows=award_office.REGISTER)
    problem = next(problem for problem in tab.state.desk.result.problems if problem.code == "household.same_name")
    tab.show_subjects(problem)
    assert texts(tab, "name") == ["陈华", "陈华"]
    assert {tab.model.award_at(row).applicant.key for row in range(tab.model.rowCount())} == set(problem.subjects)


def test_one_click_fills_what_the_register_leaves_open(window, bench):
    rows = [("李亚保", "", "3", "4600"), ("陈华", "base", "3", "3600"), ("易日", "", "2", "900")]
    tab, _, _ = open_tab(window, bench, rows=rows)
    (fill,) = [one for one in tab.side.checks.list.findChildren(QPushButton) if one.text() == "都填“参与”"]
    fill.click()
    settle(window)
    assert [award.applicant.participation for award in tab.state.desk.result.awards] == [Participation.BASE] * 3
    assert "household.participation" not in {one.code for one in tab.state.desk.result.problems}
    assert history.can_undo(bench) == "补填参与情况“参与”，2 户"


# ---- editing ----


def test_a_typed_cost_recalculates_at_once(tab, bench):
    index = cell(tab, "吴华契", "cost")
    assert index.flags() & Qt.ItemFlag.ItemIsEditable
    tab.model.setData(index, "600.01")
    assert cell(tab, "吴华契", "award").data() == "600.01"
    assert tab.pool.award.text() == "6,999.77"
    assert awards.Desk(bench, tab.state.desk.scheme).result == tab.state.desk.result


def test_a_typed_area_is_the_accepted_one(tab, bench):
    tab.model.setData(cell(tab, "易日", "area"), "9")
    assert cell(tab, "易日", "award").data() == "2,160.00"
    query = registers.Query(registers.FARM_ITEMS, bench.year)
    names = [info.key for info in registers.columns(registers.FARM_ITEMS)]
    rows = [dict(zip(names, row.cells, strict=True)) for row in registers.window(bench, query, 0, 9)]
    assert [row["accepted"] for row in rows if row["head_name"] == "易日"] == ["9"]


def test_participation_recalculates_and_undo_takes_it_back(tab, window, bench):
    tab.model.setData(cell(tab, "李亚保", "kind"), "未参与")
    assert cell(tab, "李亚保", "award").data() == "0.00"
    window.shell.do(lambda: history.undo(bench))
    settle(window)
    assert cell(tab, "李亚保", "award").data() == "4,000.00"


def test_a_text_that_is_no_number_stays_marked_and_changes_nothing(tab):
    index = cell(tab, "吴华契", "cost")
    tab.model.setData(index, "五百多")
    assert index.data() == "五百多"
    assert index.data(Qt.ItemDataRole.ToolTipRole)
    assert cell(tab, "吴华契", "award").data() == "560.00"
    tab.model.give_up()
    assert index.data() == "560.00"


def test_facts_of_several_entries_are_edited_in_the_list_beside(window, bench):
    tab, keys, _ = open_tab(window, bench)
    registers.add(bench, registers.FARM_ITEMS,
                  {"product": "番薯", "unit": "亩", "accepted": "2", "cost": "1000"}, keys[0])
    tab.load()
    settle(window)
    choose(tab, "李亚保")
    assert not cell(tab, "李亚保", "cost").flags() & Qt.ItemFlag.ItemIsEditable
    tab.table.locked_asked.emit()
    items = tab.side.household.items
    assert tab.side.household.pages.currentIndex() == 1
    assert items.model.rowCount() == 2
    place = items.model.column_of("accepted")
    row = next(row for row in range(2) if items.model.index(row, 0).data() == "番薯")
    items.model.setData(items.model.index(row, place), "3")
    assert cell(tab, "李亚保", "award").data() == "4,450.00"


def test_a_household_added_elsewhere_appears_when_the_tab_is_seen_again(tab, window, bench):
    window.show_tab("home")
    change = registers.add(bench, registers.HOUSEHOLDS, {"head_name": "新来户", "village": "低岭村"}).change
    window.broadcast(change)
    window.show_tab("awards")
    settle(window)
    assert "新来户" in texts(tab, "name")


# ---- small things ----


def test_double_click_on_a_name_shows_the_items(tab):
    tab.table.doubleClicked.emit(cell(tab, "李亚保", "name"))
    assert tab.side.household.pages.currentIndex() == 1


def test_painting_does_not_fail_in_any_state(tab, window):
    QApplication.processEvents()
    choose(tab, "李真")
    tab.model.setData(cell(tab, "李真", "cost"), "不是数")
    assert not window.grab().isNull()
    tab.narrow(AwardFilter(text="没有"))
    assert not window.grab().isNull()


def test_a_heading_narrows_to_one_of_its_values(tab):
    column = PLACES["kind"]
    texts_ = [action.text() for action in tab.column_menu(column).actions() if action.text()]
    assert texts_ == ["排序", "全部", "参与  3 户", "未参与  1 户", "分散参与  1 户"]
    action = next(one for one in tab.column_menu(column).actions() if one.text().startswith("分散"))
    action.trigger()
    assert texts(tab, "name") == ["李真"]
    assert tab.table.head.filtered == {column}
    tab.bar.clear()
    assert tab.model.rowCount() == 5
    assert tab.table.head.filtered == set()
    assert [one.text() for one in tab.column_menu(PLACES["award"]).actions()] == ["排序"]


def test_chosen_cells_are_copied_for_spreadsheets(tab):
    tab.table.choose_block(0, PLACES["name"], 1, PLACES["name"])
    tab.copy()
    assert QApplication.clipboard().text().splitlines() == ["李亚保", "吴华契"]
    tab.table.choose_block(0, PLACES["cost"], 0, PLACES["award"])
    tab.copy()
    assert QApplication.clipboard().text().strip().split("\t") == ["4600.00", "4000.00", "4000.00", "4000.00"]


def test_an_edit_in_a_narrowed_and_sorted_table_stays_where_it_is(tab):
    tab.sort(PLACES["award"])
    choose(tab, "吴华契")
    row = tab.table.currentIndex().row()
    tab.model.setData(cell(tab, "吴华契", "cost"), "9000")
    assert tab.table.currentIndex().row() == row
    assert tab.current.award == Decimal("720.00")
    assert tab.side.working.amount.text() == "¥720.00"


def test_pictures_of_every_dialog(tab, window, bench):
    from fupin_desktop.ui.shots import awards as shots_awards

    awards.recalculate(bench, tab.state.key)
    assert shots_awards.PICTURES["dialog_posted"](window) is None
    for name, make in shots_awards.PICTURES.items():
        widget = make(window) if name != "dialog_posted" else window
        assert widget is not None, name
        settle(window)
        assert not widget.grab().isNull()
        if widget is not window:
            widget.close()


def test_closing_tells_of_a_text_that_was_refused(tab, answers):
    assert tab.can_close()
    tab.model.setData(cell(tab, "吴华契", "cost"), "五百多")
    answers.answers.append(False)
    assert not tab.can_close()
    tab.model.give_up()


def test_in_a_low_window_most_steps_are_seen_and_the_checks_have_a_page(tab, window):
    choose(tab, "李亚保")
    window.resize(1366, 728)
    QApplication.processEvents()
    working, household = tab.side.working, tab.side.household
    assert tab.side.checks.isHidden()
    view = working._scroll.viewport()
    shown = [line for line in working._lines if not line.isHidden()]
    seen = [line for line in shown if view.rect().contains(line.mapTo(view, line.rect().center()))]
    assert len(seen) > len(shown) / 2
    (third,) = [one for one in household.findChildren(QAbstractButton) if one.text().startswith("检查")]
    third.click()
    assert tab.side.checks.list.isVisible()
    window.resize(1366, 1080)
    QApplication.processEvents()
    assert tab.side.checks.list.isVisible()
    assert tab.side.checks.isVisible()
    assert household.pages.currentIndex() == 0


def test_clauses_of_another_county_s_document_are_called_so(window, bench, answers):
    offices.save(bench, replace(offices.office(bench), county="英德市", county_code="441881"))
    tab, _, _ = open_tab(window, bench, rows=[("李亚保", "base", "12.5", "4600"), ("陈华", "", "3", "3600")])
    choose(tab, "李亚保")
    shown = {clause for _sentence, clause, _result in tab.side.working.lines() if clause}
    assert {"参照 吴川 三(二)3", "方案第1项"} <= shown
    links = [one.text() for one in tab.side.checks.list.findChildren(QPushButton)]
    assert any(text.startswith("参照 吴川") for text in links)
    answers.dialogs.append(lambda dialog: dialog.reject())
    tab.side.working._lines[0].clause.click()
    assert answers.asked[-1] == ("dialog", "依据 吴川 三(二)3")
