from decimal import Decimal

import pytest

from fupin_desktop.services import award_notices, awards, history, registers, schemes
from fupin_desktop.services.household_card import household_card
from fupin_desktop.services.overview import Target
from fupin_desktop.services.registers import FARM_ITEMS, CellEdit
from fupin_desktop.services.schemes import SchemeState
from tests.services import award_office
from tests.ui.award_desk import cell, open_tab, row_of, settle


@pytest.fixture
def tab(window, bench):
    return open_tab(window, bench)[0]


def row_key(tab, name):
    return tab.model.award_at(row_of(tab, name)).applicant.key


# ---- calculating and keeping ----


def test_recalculating_stores_a_run_and_says_when(tab, window, bench):
    assert tab.tools.note.text() == "还没有保存过测算"
    tab.award_actions.recalculate_button.click()
    settle(window)
    kept = awards.latest_run(bench, tab.state.key)
    assert kept is not None
    assert kept.result == tab.state.desk.result
    assert tab.tools.note.text() == "12-24 10:32 保存"
    tab.model.setData(cell(tab, "吴华契", "cost"), "600")
    settle(window)
    assert tab.tools.note.text().endswith("之后 1 户有变动")


def test_changes_are_counted_award_by_award_even_where_the_total_is_the_same(window, bench):
    rows = [("李亚保", "base", "3", "300"), ("易日", "base", "2", "400")]
    tab, _, _ = open_tab(window, bench, rows=rows)
    tab.award_actions.recalculate_button.click()
    settle(window)
    before = tab.state.result.totals.award
    tab.model.setData(cell(tab, "李亚保", "cost"), "400")
    tab.model.setData(cell(tab, "易日", "cost"), "300")
    settle(window)
    assert tab.state.result.totals.award == before
    assert tab.tools.note.text().endswith("之后 2 户有变动")


def test_a_written_reason_is_kept_in_the_scheme(window, bench, answers):
    rows = [("李亚保", "base", "10", "100"), ("易日", "base", "9", "3600")]
    tab, _, key = open_tab(window, bench, rows=rows)
    problem = next(one for one in tab.state.desk.result.problems if one.code == "award.large_not_more")
    answers.answers.append("李亚保户成本核定偏低，村民代表会议认可")
    tab.side.checks.list.reason_asked.emit(problem)
    settle(window)
    assert schemes.load(bench, key).reasons == {"award.large_not_more": "李亚保户成本核定偏低，村民代表会议认可"}
    again = next(one for one in tab.state.desk.result.problems if one.code == "award.large_not_more")
    assert again.reason
    assert not again.blocks


def test_papers_are_written_and_offered_to_be_opened(tab, window, answers, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr("fupin_desktop.ui.papers.open_file", lambda path, _shell: opened.append(path))
    papers = tab.award_actions.papers
    for write, name, head in (
        (papers.sheet.save_xlsx, "表.xlsx", b"PK"), (papers.sheet.save_pdf, "表.pdf", b"%PDF"),
        (papers.working.save_pdf, "说明.pdf", b"%PDF"), (papers.scheme.save_pdf, "方案.pdf", b"%PDF"),
    ):
        answers.answers += [tmp_path / name, True]
        write()
        settle(window)
        assert (tmp_path / name).read_bytes().startswith(head)
    assert [path.name for path in opened] == ["表.xlsx", "表.pdf", "说明.pdf", "方案.pdf"]
    assert answers.asked[0] == ("save", "低岭村2026年度奖补测算表.xlsx")


def test_a_paper_that_cannot_be_written_is_told(tab, window, answers, tmp_path):
    answers.answers.append(tmp_path / "没有的文件夹" / "表.pdf")
    tab.award_actions.papers.sheet.save_pdf()
    settle(window)
    assert "没有的文件夹" in str(answers.told[0]) or answers.told[0].happened


def test_the_sheet_can_be_previewed(tab, window, answers):
    seen = []
    answers.dialogs.append(lambda dialog: (seen.append(dialog.viewer.filled.form_id), dialog.accept()))
    tab.award_actions.papers.sheet.preview()
    settle(window)
    assert seen == ["award_sheet"]


# ---- schemes ----


def test_without_a_scheme_the_page_offers_to_make_one(window, bench, answers):
    award_office.put_register(bench, [("李亚保", "base", "12.5", "4600")])
    window.show_tab("awards")
    settle(window)
    tab = window.tab("awards")
    assert tab.stack.currentWidget() is tab.empty
    answers.answers.append(0)
    answers.dialogs.append(lambda dialog: dialog.save())
    tab.empty.action.click()
    settle(window)
    assert [line.place for line in schemes.all(bench, 2026)] == ["低岭村"]
    assert tab.state.desk is not None
    assert tab.stack.currentWidget() is tab.table


def test_without_households_the_page_offers_the_import(window, bench, qtbot):
    schemes.save(bench, None, award_office.scheme())
    window.show_tab("awards")
    settle(window)
    tab = window.tab("awards")
    assert tab.empty.action.text() == "导入名册…"
    assert not tab.award_actions.recalculate_button.isEnabled()
    asked = []
    window.shell.commanded.disconnect()
    window.shell.commanded.connect(asked.append)
    tab.empty.action.click()
    assert asked == ["import_register"]


def test_schemes_are_picked_from_the_list(tab, window, bench):
    other = schemes.save(bench, None, award_office.scheme(batch="第二批", pool=Decimal(1000))).keys[0]
    tab.load()
    settle(window)
    tab.head.list.setCurrentIndex(tab.head.list.findData(other))
    settle(window)
    assert tab.state.key == other
    assert tab.pool.pool.text() == "1,000.00"
    assert tab.state.desk.result.totals.award == 1000


def test_toml_goes_out_and_comes_in(tab, window, bench, answers, tmp_path):
    path = tmp_path / "方案.toml"
    answers.answers += [path, False, path]
    tab.award_actions.export_toml()
    assert schemes.read_file(path) == tab.state.desk.scheme
    seen = []
    answers.dialogs.append(lambda dialog: (seen.append(dialog.draft.scheme()), dialog.save()))
    tab.award_actions.import_toml()
    settle(window)
    assert seen == [tab.state.desk.scheme]
    assert len(schemes.all(bench, 2026)) == 2


def test_a_wrong_toml_is_told_with_its_key(tab, answers, tmp_path):
    path = tmp_path / "错.toml"
    words = 'name = "x"\nplace = "低岭村"\nyear = 2026\n[[item]]\nname="水稻"\nunit="亩"\nkind="rate"\nrate="多"\n'
    path.write_text(words, encoding="utf-8")
    answers.answers.append(path)
    tab.award_actions.import_toml()
    assert answers.told[0].key == "item[1].rate"


def test_copying_a_scheme_as_a_further_batch(tab, window, bench, answers):
    answers.answers += [0, "第二批"]
    tab.award_actions.copy_to_year()
    settle(window)
    assert tab.state.desk.scheme.batch == "第二批"
    assert tab.state.desk.scheme.sources == ()
    assert len(schemes.all(bench, 2026)) == 2


def test_removing_a_scheme_can_be_undone(tab, window, bench, answers):
    answers.answers.append(True)
    tab.award_actions.remove()
    settle(window)
    assert tab.state.desk is None
    window.shell.do(lambda: history.undo(bench))
    settle(window)
    assert len(schemes.all(bench, 2026)) == 1


def test_a_posted_scheme_leads_to_publicity_where_it_is_filed(tab, window, bench):
    run = awards.recalculate(bench, tab.state.key).keys[0]
    award_notices.publish(bench, run, award_notices.default_settings(bench))
    tab.load()
    settle(window)
    assert tab.state.scheme_state is SchemeState.PUBLISHED
    entries = dict(entry for entry in tab.award_actions.scheme_menu() if entry)
    assert tab.head.badge.text == "已公示"
    entries["到“公示备案”办理…"]()
    settle(window)
    publicity = window.tab("publicity")
    assert window.current_tab is publicity
    assert publicity.state.current.subject.key == tab.state.key


def test_a_link_opens_a_scheme_and_the_money(tab, window, bench, answers):
    other = schemes.save(bench, None, award_office.scheme(batch="第二批")).keys[0]
    tab.load()
    settle(window)
    window.open_target(Target("awards", key=other))
    settle(window)
    assert tab.state.key == other
    window.open_target(Target("awards", "funds"))
    assert window.current_tab is window.tab("funds")
    assert window.current_tab.switch.key == "ledger"


@pytest.fixture
def posted(tab, window, bench):
    """The tab on a scheme whose calculation was posted."""
    run = awards.recalculate(bench, tab.state.key).keys[0]
    award_notices.publish(bench, run, award_notices.default_settings(bench))
    tab.load()
    settle(window)
    return tab


def test_a_posted_scheme_stands_on_what_was_posted(posted, window, bench):
    shown = posted.state.result
    assert shown == awards.posted_run(bench, posted.state.key).result
    assert "逐户相同" in posted.posted.text.text()
    assert not posted.posted.differences.isVisible()
    assert not posted.model.setData(cell(posted, "吴华契", "cost"), "600")
    card = household_card(bench, row_key(posted, "吴华契"))
    window.shell.do(lambda: registers.set_cells(bench, FARM_ITEMS, [CellEdit(card.items[0].key, "cost", "600")]))
    settle(window)
    assert posted.state.result == shown
    assert posted.state.desk.result != shown
    assert "有 1 户不同" in posted.posted.text.text()


def test_differences_are_shown_and_a_correction_is_offered(posted, window, bench, answers):
    key = posted.state.key
    card = household_card(bench, row_key(posted, "吴华契"))
    window.shell.do(lambda: registers.set_cells(bench, FARM_ITEMS, [CellEdit(card.items[0].key, "cost", "600")]))
    settle(window)
    seen = []
    answers.dialogs.append(lambda dialog: (seen.append(dialog.model.rowCount()), dialog.reject()))
    posted.posted.differences_asked.emit()
    assert seen == [1]
    answers.answers.append(True)
    posted.posted.correction_asked.emit()
    settle(window)
    assert posted.state.key != key
    assert posted.state.posted is None
    assert posted.state.scheme.batch == "更正"
    assert posted.state.scheme.sources == schemes.load(bench, key).sources
    assert not posted.posted.isVisible()


def test_a_list_that_differs_is_corrected_in_publicity_by_the_calculation_as_it_would_be_now(posted, window, bench):
    key, before = posted.state.key, len(awards.runs(bench, posted.state.key))
    card = household_card(bench, row_key(posted, "吴华契"))
    window.shell.do(lambda: registers.set_cells(bench, FARM_ITEMS, [CellEdit(card.items[0].key, "cost", "600")]))
    settle(window)
    posted.posted.list.click()
    settle(window)
    assert len(awards.runs(bench, key)) == before + 1
    assert window.current_tab is window.tab("publicity")
    assert window.current_tab.state.current.subject.key == key
    assert "correct" in window.current_tab.side.buttons


def test_a_withdrawn_notice_frees_the_page(posted, window, bench):
    award_notices.withdraw(bench, award_notices.all(bench, 2026)[0].key)
    posted.load()
    settle(window)
    assert posted.state.posted is None
    assert posted.state.result == posted.state.desk.result
