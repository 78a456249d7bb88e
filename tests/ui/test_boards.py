"""Papers and boards of the tab 台账 through the window: each entry of 报表, each number of a board."""

import pytest

from fupin_desktop.policy import comparison
from fupin_desktop.services import registers
from fupin_desktop.services.boards import BOARDS
from fupin_desktop.services.registers import HOUSEHOLDS, Query, registry
from fupin_desktop.services.village_comparison import compare
from fupin_desktop.ui.dialogs.board import BoardDialog
from fupin_desktop.ui.paper.preview import PreviewDialog
from tests.ui.register_driving import go, settle

PAPERS = {
    "projects": ["项目库汇总表…", "项目卡…"],
    "performances": ["绩效中期监控表…", "绩效自评表…"],
    "risks": ["风险评估表…"],
    "inspections": ["问题整改台账…"],
    "assets": ["资产台账…"],
    "proceeds": ["收益分配表…", "收益分配表(公开的一份，姓名印作张*三，不印签领栏)…"],
    "linkages": ["带动贫困户花名册…", "带动贫困户花名册(公开的一份，姓名印作张*三，不印签名栏)…"],
    "microcredits": ["贷款台账…"],
    "entity_loans": ["贷款台账…"],
    "interest_subsidies": ["贷款贴息名单…"],
    "insurances": ["农业保险覆盖表…"],
    "rosters": ["工作组成员名单…"],
    "trainings": ["培训台账…", "培训签到表…"],
    "commendations": ["表彰名单…", "奖状…"],
    "surveys": ["摸底调查表…", "摸底调查汇总表…"],
    "target_figures": ["目标任务板…"],
    "comparison_weights": ["考核比较…"],
    "village_facts": ["特色产业规模统计表…", "贫困户产业登记表…", "帮扶资金统计表…", "目标任务板…"],
    "village_years": ["考核比较…"],
}


def menu_of(tab, name):
    tab.directory.choose(registry.of(name))
    settle(tab)
    menu = tab.tools.paper_button.menu()
    menu.aboutToShow.emit()
    return menu


def test_every_paper_of_the_registers_is_previewed(desk, answers):
    tab = desk.show_tab("ledgers")
    shown = []
    for name, titles in PAPERS.items():
        menu = menu_of(tab, name)
        assert [action.text() for action in menu.actions()] == titles
        assert tab.tools.paper_button.isVisibleTo(tab.tools)
        go(tab, 0, tab.state.front.layout.shown[0]) if tab.state.front.model.rowCount() else None
        for action in menu.actions():
            answers.dialogs = [lambda dialog: shown.append(type(dialog))]
            action.trigger()
            desk.shell.tasks.wait()
            settle(tab)
    assert shown == [BoardDialog if "…" in title and title[:2] in ("目标", "考核") else PreviewDialog
                     for titles in PAPERS.values() for title in titles]  # fmt: skip
    menu_of(tab, "base_rates")
    assert not tab.tools.paper_button.isVisibleTo(tab.tools)


@pytest.mark.parametrize(("register", "board"), [("target_figures", "targets"), ("comparison_weights", "villages")])
def test_each_number_of_a_board_opens_its_rows(desk, sample, answers, register, board):
    made = BOARDS[board](sample)
    tab = desk.show_tab("ledgers")
    cells = [(row, column) for row, line in enumerate(made.rows) for column, cell in enumerate(line) if cell.target]
    kinds = {made.rows[row][column].target.register or made.rows[row][column].target.tab: (row, column)
             for row, column in cells}  # fmt: skip
    shown = {one.name: one for one in registry.all()}
    targets = [made.rows[row][column].target for row, column in cells]
    assert all(one.filter in ("", *shown[one.register].filters) and shown[one.register].tab == one.tab
               for one in targets if one.register)  # fmt: skip
    for row, column in [*list(kinds.values())[:3], kinds.get("publicity", next(iter(kinds.values())))]:
        target = made.rows[row][column].target
        menu = menu_of(tab, register)

        def open_it(dialog, row=row, column=column):
            dialog.table.setCurrentCell(row, column)
            assert dialog.behind.isEnabled()
            dialog.behind.click()

        answers.dialogs = [open_it]
        menu.actions()[-1].trigger()
        desk.shell.tasks.wait()
        front = desk.current_tab
        if target.register:
            settle(front)
            assert front.state.register.name == target.register
            if target.village:
                assert front.state.front.query.village == target.village
        elif target.tab == "publicity":
            assert front.rounds.finder.text() == target.village
            assert front.state.current.place == target.village or all(one.place != target.village for one in front.state.rounds)
        tab = desk.show_tab("ledgers")


def test_a_board_tells_by_colour_and_bar_what_is_missing(sample):
    lines = {row[1].text: row for row in BOARDS["targets"](sample).rows}
    towns = lines["第二批一镇一业示范镇"]
    assert [cell.text for cell in towns[2:6]] == ["2–3 个", "2", "100%", ""]
    assert (towns[7].text, towns[7].tone, towns[4].share) == ("达到", "good", 100)
    villages = lines["一村一品产业扶贫村"]
    assert [cell.text for cell in villages[3:6]] == ["4", "40%", "6"]
    assert (villages[7].text, villages[7].tone) == ("有缺口", "principle")
    assert "重点村产业扶贫示范村" not in lines  # a target of 清远


def test_the_comparison_counts_what_the_registers_show(sample):
    found = BOARDS["villages"](sample)
    village = next(row for row in found.rows if row[1].text == "低岭村")
    shown = dict(zip(found.headings, (cell.text for cell in village), strict=True))
    entities = registers.count(sample, Query(registry.of("entities"), sample.year, village="低岭村"))
    trainings = registers.totals(sample, Query(registry.of("trainings"), sample.year, village="低岭村"))
    assert shown["经营主体"] == str(entities)
    with_industry = Query(HOUSEHOLDS, sample.year, village="低岭村", filters=HOUSEHOLDS.conditions("with_industry"))
    poor = Query(HOUSEHOLDS, sample.year, village="低岭村", filters=with_industry.filters[:1])
    share = 100 * registers.count(sample, with_industry) / registers.count(sample, poor)
    assert shown["产业覆盖率"] == f"{share:.1f}%"
    assert all(any(row[column].text != "—" for row in found.rows) for column in range(len(found.headings)))
    notices = {row[1].text: row[found.headings.index("公示合规率")].text for row in found.rows}
    assert (notices["石埠村"], notices["东埇村"]) == ("100.0%", "—")
    assert shown["培训人次"] == trainings.sums["attendances"]
    assert [float(row[2].text) for row in found.rows] == sorted((float(row[2].text) for row in found.rows), reverse=True)


def test_villages_are_compared_in_other_days_and_printed_so(desk, answers):
    tab = desk.show_tab("ledgers")
    seen = []

    def drive(dialog):
        column = [dialog.table.horizontalHeaderItem(at).text() for at in range(dialog.table.columnCount())].index("培训人次")
        count = dialog.table.rowCount()

        def trained():
            return sum(int(dialog.table.item(row, column).text().replace(",", "")) for row in range(count))

        seen.append(trained())
        dialog.first.setText("2026-01-01")
        dialog.last.setText("没有")
        dialog.again.click()
        seen.append(trained())
        dialog.last.setText("2026-01-02")
        dialog.again.click()
        seen.append(trained())
        seen.append(dialog._paper().filled().title)
        dialog.last.setText("2025-01-02")
        dialog.again.click()

    answers.dialogs = [drive]
    menu_of(tab, "comparison_weights").actions()[-1].trigger()
    assert seen[0] == seen[1] > seen[2] == 0
    assert "2026年1月1日至2026年1月2日" in seen[3]
    assert answers.told


def test_only_what_is_assessed_has_weight(sample, tmp_path):
    made = compare(sample)
    assert set(made.weights) == {one.key for one in comparison.INDICATORS}
    own = comparison.assessed(("扶贫产业覆盖",))
    assert [one.key for one in own] == ["coverage", "income"]
