"""Use plans and approval sheets: their money, what is taken over, claimed and paid."""

from decimal import Decimal
from unittest.mock import patch

import pytest

from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.errors import Situation
from fupin_desktop.services import documents, fund_papers, funds
from fupin_desktop.services.overview import Target
from fupin_desktop.ui.tabs.documents.words import badge, hint
from tests.services.fund_papers import money_office
from tests.services.fund_papers.money_office import APPROVAL, TOWN_PLAN, VILLAGE_PLAN
from tests.ui.documents.desk import sign_all
from tests.ui.funds.desk import last_amount, read_table, settle, source
from tests.ui.scheme_typing import type_text


def show(papers, key):
    papers.reload()
    papers.show_key(key)
    settle(papers.window())
    assert papers.document.key == key


def amounts(papers):
    return {line.word: f"{line.amount:,.2f}" for line in papers.money.lines}


def badges(papers):
    return {line.place: badge(line)[0] for line in papers.records.model.rows}


@pytest.fixture
def plan(bench, money):
    """An approved plan of 低岭村 over 300,000 yuan."""
    return money_office.approve(bench, money_office.plan(bench))


@pytest.fixture
def sheet(bench, plan):
    """An approved sheet of 100,000 yuan under it."""
    return money_office.approve(bench, money_office.sheet(bench, plan))


def test_the_documents_of_money_stand_here_and_nowhere_else(papers, plan, window):
    papers.reload()
    assert [line.form_id for line in papers.records.model.rows] == [VILLAGE_PLAN]
    assert {one.form_id for one in papers.state.types} == {TOWN_PLAN, VILLAGE_PLAN, APPROVAL}
    window.show_tab("applications")
    settle(window)
    assert window.tab("applications").records.model.rows == ()


def test_a_plan_is_begun_for_a_village_and_several_may_be(papers, answers, bench, plan):
    def choose(dialog):
        dialog.forms.setCurrentIndex(dialog.forms.findData(VILLAGE_PLAN))
        assert [place.taken for place in dialog._places] == [False, False]
        dialog.list.setCurrentRow(0)
        dialog.finish()

    answers.dialogs.append(choose)
    papers.records.new.click()
    assert papers.document.line.form_id == VILLAGE_PLAN
    assert papers.document.editable
    assert len(documents.lines(bench, 2026, tab="funds")) == 2


def test_without_an_approved_plan_nothing_can_be_claimed(papers, answers):
    said = []

    def look(dialog):
        dialog.forms.setCurrentIndex(dialog.forms.findData(APPROVAL))
        said.append(dialog.note.text())
        dialog.reject()

    answers.dialogs.append(look)
    papers.document_actions.new()
    assert said == ["还没有已批准的呈批表；批准以后才能申请拨付。"]


def test_signed_box_by_box_a_plan_allocates_its_money(papers, bench, money, answers):
    show(papers, money_office.plan(bench))
    assert amounts(papers) == {"计划总额": "300,000.00"}
    assert not papers.claim.isEnabled()
    sign_all(papers, answers)
    assert papers.document.stage == "final"
    assert source(bench, money["special"]).allocated == Decimal("300000.00")
    assert amounts(papers) == {
        "计划总额": "300,000.00", "批准安排": "300,000.00", "已拨付": "0.00", "审批表已申请": "0.00", "余额": "300,000.00",
    }
    assert badges(papers) == {"低岭村 水稻基地": "已批准"}
    assert papers.claim.isEnabled()
    assert not papers.take.isEnabled()


def test_an_approval_that_money_does_not_reach_is_refused_in_words(papers, bench, money, answers):
    show(papers, money_office.plan(bench))
    answers.answers.append(True)
    papers.side.flow.buttons["submit"].click()
    target = next(one.target for one in funds.targets(bench, 2026) if one.target.name == "低岭村")
    funds.allocate(bench, money["special"], target, Decimal("400000"), bench.today)

    def agree(dialog):
        dialog.agree.setChecked(True)
        dialog.name.setText("张三")
        dialog.save.click()
        if dialog.result() == 0:
            dialog.reject()

    while not answers.told:
        answers.dialogs.append(agree)
        papers.side.flow.buttons["opinion"].click()
    assert isinstance(answers.told[-1], Situation)
    assert "省级专项" in answers.told[-1].happened
    assert papers.document.stage == "sent"


def test_a_claim_rests_on_the_plan_shown(papers, bench, plan, answers):
    show(papers, plan)
    with patch.object(papers.paper.view, "setFocus") as typing:
        papers.claim.click()
    typing.assert_called_once()
    assert papers.document.line.form_id == APPROVAL
    assert amounts(papers) == {"批准": "300,000.00", "已拨付": "0.00", "本次": "0.00", "余额": "300,000.00"}
    assert not papers.pay.isEnabled()
    made = papers.key
    answers.answers = [None, 0, 1]
    for wanted in (plan, made, ""):
        show(papers, plan)
        papers.claim.click()
        assert papers.key == wanted or not wanted
    assert "还没有提交的审批表(镇批〔2026〕1号)" in answers.asked[-1][1]
    assert papers.document.line.form_id == APPROVAL
    assert papers.key not in (plan, made)


def test_a_sheet_is_paid_in_parts_and_its_badge_follows(papers, bench, sheet, answers, money):
    show(papers, sheet)
    assert amounts(papers)["本次"] == "100,000.00"

    def pay(amount, then):
        def drive(dialog):
            assert dialog.payee.isHidden()
            type_text(dialog.amount.line, amount)
            assert dialog.left.text() == then
            dialog.finish()

        answers.dialogs.append(drive)
        papers.pay.click()

    pay("60000", "拨付后还有 40,000.00 元未拨付。")
    assert badges(papers)["低岭村 水稻基地"] in ("部分拨付", "已批准")
    assert badge(papers.document.line)[0] == "部分拨付"
    assert amounts(papers)["本次已拨付"] == "60,000.00"
    pay("40000", "拨付后全部拨完。")
    assert badge(papers.document.line)[0] == "已拨付"
    assert source(bench, money["special"]).paid == Decimal("100000.00")


def test_too_much_is_refused_and_stays_typed(papers, bench, sheet, answers, money):
    show(papers, sheet)

    def pay(dialog):
        dialog.amount.put(Decimal("100000.01"))
        assert dialog.left.text() == "还可以拨付 100,000.00 元，超出 0.01 元。"
        dialog.finish()
        assert isinstance(answers.told[-1], Situation)
        assert dialog.amount.value == Decimal("100000.01")
        dialog.reject()

    answers.dialogs.append(pay)
    papers.pay.click()
    assert source(bench, money["special"]).paid == 0


def test_a_village_plan_is_paid_to_somebody(papers, bench, plan, answers):
    show(papers, plan)

    def pay(dialog):
        dialog.amount.put(Decimal("50000"))
        dialog.finish()
        assert dialog.told.text() == "请填写收款单位(户)。"
        type_text(dialog.payee, "低岭合作社")
        dialog.finish()

    answers.dialogs.append(pay)
    papers.pay.click()
    assert fund_papers.payments(bench, plan).paid == Decimal("50000.00")
    assert amounts(papers)["余额"] == "250,000.00"
    assert badge(papers.document.line)[0] == "部分拨付"


def test_each_amount_of_a_plan_opens_rows_that_add_up_to_it(papers, bench, sheet, plan, answers):
    fund_papers.pay(bench, sheet, bench.today, Decimal("60000"))
    show(papers, plan)
    read = []
    sums = {}
    for key in papers.money.amounts:
        answers.dialogs.append(read_table(read))
        papers.money.amounts[key].click()
        sums[key] = last_amount(read[-1][1])
    shown = {line.key: line.amount for line in papers.money.lines}
    assert sums["paid_lines"] == shown["paid_lines"] == Decimal("60000.00")
    assert sums["reserved"] == shown["reserved"] == Decimal("40000.00")
    assert sums["left"] == shown["left"] == Decimal("200000.00")
    assert "300,000.00" in {text for _title, rows in read for text in rows[-1]}


def test_each_amount_of_a_sheet_opens_its_rows(papers, bench, sheet, answers):
    fund_papers.pay(bench, sheet, bench.today)
    show(papers, sheet)
    for key in papers.money.amounts:
        read = []
        answers.dialogs.append(read_table(read))
        papers.money.amounts[key].click()
        assert read[0][1], key


def test_the_ledger_of_a_document(papers, bench, sheet, window):
    fund_papers.pay(bench, sheet, bench.today)
    show(papers, sheet)
    papers.money.to_ledger.click()
    tab = window.current_tab
    assert tab.switch.key == "ledger"
    words = [tab.ledger.entries.model.texts(row)[2] for row in range(tab.ledger.entries.model.rowCount())]
    assert [text.split()[0] for text in words] == ["安排", "拨付"]
    window.open_target(Target("funds", "", sheet))
    assert tab.switch.key == "papers"
    assert tab.papers.key == sheet


def test_awards_are_taken_over_after_a_look(papers, bench, answers):
    money_office.award_run(bench)
    key = money_office.plan(bench, uses=())
    show(papers, key)

    def take(dialog):
        assert dialog.offers[0].amount == Decimal("4480.00")
        assert dialog.told.text().endswith("合计 4,480.00 元")
        assert dialog.table.rowCount() == len(dialog.offers[0].rows)
        dialog.go.click()

    answers.dialogs.append(take)
    papers.take.click()
    assert money_office.amount(bench, key, "total") == "4,480.00"


def test_nothing_to_take_over_is_said(papers, bench, answers, monkeypatch):
    show(papers, money_office.plan(bench))
    monkeypatch.setattr(fund_papers, "offers", lambda _bench, _key: [])
    papers.take.click()
    assert "没有可以取用的" in answers.told[-1]


def test_documents_are_called_by_their_own_word(papers, bench, answers, sheet):
    show(papers, money_office.sheet(bench, fund_papers.plan_lines(bench, 2026)[0].root))
    answers.answers.append(False)
    papers.document_actions.remove()
    assert answers.asked[-1][1].endswith("的审批表。可以撤销。")
    show(papers, money_office.plan(bench, "番薯基地"))
    answers.answers.append(False)
    papers.document_actions.remove()
    assert answers.asked[-1][1].endswith("的呈批表。可以撤销。")


def test_menu_commands_reach_the_documents(window, papers, plan, answers):
    show(papers, plan)
    window.show_tab("home")
    answers.dialogs.append(lambda dialog: dialog.reject())
    window.menus.actions["new_fund_paper"].trigger()
    assert window.current_tab.switch.key == "papers"
    answers.answers.append(None)
    window.menus.actions["fund_paper_pdf"].trigger()
    assert answers.asked[-1][0] == "save"
    assert window.current_tab.manual_anchor == "money.html"


def test_a_sheet_is_given_up_with_its_reason(papers, bench, sheet, answers, window):
    show(papers, sheet)
    answers.answers.append(None)
    papers.side.flow.buttons["cancel"].click()
    assert papers.document.stage == "final"
    answers.answers.append("合同取消")
    papers.side.flow.buttons["cancel"].click()
    settle(window)
    assert papers.document.stage == "over"
    assert hint(papers.document) == "已作废，只供查看"
    assert badge(papers.document.line)[0] == "已作废"
    assert set(papers.side.flow.buttons) == set()
    assert ApplicationState.CANCELLED in papers.state.states
    assert ApplicationState.CANCELLED.label == "已作废"
    assert ApplicationState.CANCELLED not in window.tab("applications").state.states
