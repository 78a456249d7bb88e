"""Registering, arriving, allocating, paying, countering, voiding: through the buttons and their dialogs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from fupin_desktop.domain.vocabulary import EntryKind, TargetKind
from fupin_desktop.errors import Situation
from fupin_desktop.services import funds, schemes
from fupin_desktop.services.funds import LedgerFilter
from fupin_desktop.ui.dialogs.funds.moves import AllocateDialog, PayDialog
from fupin_desktop.ui.dialogs.funds.source import SourceDialog
from tests.services import award_office
from tests.ui.funds.desk import source, words_of
from tests.ui.scheme_typing import type_text


def put(dialog, text):
    type_text(dialog.amount.line, text)


def allocate_to(dialog, name, amount):
    """Choose a target by the words of its name and type an amount."""
    dialog.targets.kinds.buttons[""].click()
    rows = [dialog.targets.list.item(row).text() for row in range(dialog.targets.list.count())]
    dialog.targets.list.setCurrentRow(next(row for row, text in enumerate(rows) if name in text))
    put(dialog, amount)


# ---- 登记, 修改, 作废 ----
def test_a_source_is_registered_with_its_money(page, answers, bench):
    def fill(dialog):
        type_text(dialog.name, "帮扶款")
        type_text(dialog.number, "吴财〔2026〕8 号")
        put(dialog, "1,200.50")
        assert dialog.amount.told.text() == "人民币壹仟贰佰元零伍角整"
        assert "还没有到账" in dialog.left.text()
        dialog.ordered.choose(date(2026, 1, 5))
        dialog.came.choose(bench.today)
        assert dialog.left.text() == "登记后可安排 1,200.50 元。"
        dialog.save.click()

    answers.dialogs.append(fill)
    page.tools.register.click()
    assert next(one for one in page.state.sources.values() if one.name == "帮扶款").assigned_on == date(2026, 1, 5)
    row = page.sources.row
    assert row.name == "帮扶款"
    assert (row.received, row.under) == (Decimal("1200.50"), "上级财政专项资金 · 吴财〔2026〕8 号")


def test_what_is_missing_is_said_and_what_is_refused_keeps_the_dialog(page, answers, bench):
    def fill(dialog):
        dialog.finish()
        assert dialog.told.text() == "请填写资金名称。"
        type_text(dialog.name, "省级专项")
        dialog.finish()
        assert "下达金额" in dialog.told.text()
        put(dialog, "许多")
        dialog.finish()
        assert dialog.told.text() == f"{dialog.amount.told.text()}。"
        put(dialog, "5")
        type_text(dialog.number, "湛财农〔2026〕12号")
        dialog.finish()
        assert isinstance(answers.told[-1], Situation)
        assert "登记过" in answers.told[-1].happened
        assert (dialog.name.text(), dialog.amount.value) == ("省级专项", Decimal("5.00"))
        assert dialog.result() == 0
        dialog.reject()

    answers.dialogs.append(fill)
    page.tools.register.click()
    assert len(page.sources.model.rows) == 4


def test_another_amount_asks_for_its_reason(page, answers, money_keys, bench):
    page.state.choose_source(money_keys["special"])

    def change(dialog):
        assert dialog.name.text() == "省级专项"
        assert not dialog.form.isRowVisible(dialog.reason)
        put(dialog, "510000")
        assert dialog.form.isRowVisible(dialog.reason)
        assert "510,000.00" in dialog.left.text()
        dialog.finish()
        assert "原因" in answers.told[-1].happened
        type_text(dialog.reason, "文件更正")
        dialog.finish()

    answers.dialogs.append(change)
    page.head.edit.click()
    assert source(bench, money_keys["special"]).assigned == Decimal("510000.00")


def test_texts_of_a_source_are_changed_freely(page, answers, money_keys, bench):
    page.state.choose_source(money_keys["donated"])
    answers.dialogs.append(lambda dialog: (type_text(dialog.donors, "商会"), dialog.finish()))
    page.head.edit.click()
    assert source(bench, money_keys["donated"]).donors == "商会"


def test_a_source_is_voided_with_its_reason(page, answers, money_keys, bench):
    page.state.choose_source(money_keys["donated"])
    answers.answers.append(None)
    page.head.void.click()
    assert not source(bench, money_keys["donated"]).voided
    answers.answers.append("")
    page.head.void.click()
    assert "原因" in answers.told[-1].happened
    answers.answers.append("重复登记")
    page.head.void.click()
    row = page.sources.row
    assert (row.name, row.voided, row.received) == ("企业捐款", True, 0)
    assert page.head.edit.isHidden()
    assert page.sources.model.rows[0].received == Decimal("590000.00")
    assert [text for text, _run in page.ledger_actions.source_entries()] == ["登记资金…"]


# ---- 到账 ----
def test_what_is_still_to_come_arrives(page, answers, money_keys, bench):
    page.state.choose_source(money_keys["donated"])

    def come(dialog):
        assert dialog.source.source.name == "企业捐款"
        assert dialog.amount.value == Decimal("50000.00")
        assert dialog.left.text() == "到账后可安排 80,000.00 元，账面余额 80,000.00 元。下达的全部到账。"
        put(dialog, "60000")
        assert "比下达的多 10,000.00 元" in dialog.left.text()
        assert dialog.left.property("tone") == "must"
        dialog.finish()
        assert "超出 10,000.00 元" in answers.told[-1].happened
        put(dialog, "20000")
        type_text(dialog.number, "回单 7")
        dialog.finish()

    answers.dialogs.append(come)
    page.tools.receive.click()
    assert source(bench, money_keys["donated"]).received == Decimal("50000.00")
    assert page.entries.table.line.paper_no == "回单 7"


# ---- 安排 ----
def test_money_is_allocated_and_says_what_is_left(page, answers, money_keys, bench):
    page.state.choose_source(money_keys["special"])

    def allocate(dialog):
        dialog.finish()
        assert dialog.told.text() in ("请选安排给谁。", "请填写安排金额。")
        allocate_to(dialog, "低岭村", "488000")
        assert dialog.left.text() == "安排后可安排余额 12,000.00 元。"
        put(dialog, "500000.01")
        assert dialog.left.text() == "可安排 500,000.00 元，超出 0.01 元。"
        dialog.finish()
        assert isinstance(answers.told[-1], Situation)
        assert dialog.amount.value == Decimal("500000.01")
        put(dialog, "488000")
        dialog.finish()

    answers.dialogs.append(allocate)
    page.ledger_actions.allocate()
    assert source(bench, money_keys["special"]).available == Decimal("12000.00")


def test_a_village_without_participants_needs_a_reason(page, answers, money_keys, bench):
    def allocate(dialog):
        allocate_to(dialog, "塘㙍镇", "10")
        assert not dialog.form.isRowVisible(dialog.reason)
        allocate_to(dialog, "那罗村", "10")
        assert dialog.form.isRowVisible(dialog.reason)
        dialog.finish()
        assert "吴川 三(一)5" in answers.told[-1].happened
        type_text(dialog.reason, "灾后恢复")
        dialog.finish()

    answers.dialogs.append(allocate)
    page.ledger_actions.allocate()
    assert "原则上事项说明：灾后恢复" in words_of(page)[-1]


def test_targets_are_found_by_pinyin_initials(window, bench, money_keys):
    targets = funds.targets(bench, 2026)
    dialog = AllocateDialog(window.shell, funds.balances(bench, 2026), targets)
    dialog.targets.finder.setText("nlc")
    assert [dialog.targets.list.item(row).text() for row in range(dialog.targets.list.count())] == ["那罗村"]
    dialog.targets.choose(targets[0].target)
    assert dialog.targets.target == targets[0].target
    dialog.reject()


def test_a_scheme_takes_what_it_names(page, answers, bench, money_keys):
    page.ledger_actions.allocate_scheme()
    assert answers.told == ["本年度还没有奖补方案。"]
    key = schemes.save(bench, None, award_office.scheme()).keys[0]
    answers.answers += [0]
    page.ledger_actions.allocate_scheme()
    told = answers.told[-1]
    assert isinstance(told, Situation)
    assert "没有登记在资金台账里" in told.happened
    assert schemes.load(bench, key).sources


# ---- 拨付 ----
def test_only_what_is_allocated_is_paid(page, moved, answers, bench):
    page.reload()
    page.state.choose_source(moved["special"])

    def pay(dialog):
        assert dialog.source.count() == 1
        assert dialog.target.currentText() == "未拨付 74,999.50 元　村 低岭村"
        assert dialog.amount.value == Decimal("74999.50")
        put(dialog, "75000")
        assert "超出 0.50 元" in dialog.left.text()
        dialog.finish()
        assert isinstance(answers.told[-1], Situation)
        put(dialog, "70000")
        assert dialog.left.text() == "拨付后“低岭村”未拨付 4,999.50 元，这笔资金账面余额 384,999.50 元。"
        type_text(dialog.payee, "农资公司")
        type_text(dialog.number, "付 4 号")
        dialog.finish()

    answers.dialogs.append(pay)
    page.tools.pay.click()
    assert source(bench, moved["special"]).paid == Decimal("115000.50")
    assert words_of(page)[-1] == "拨付 低岭村 付农资公司"


def test_nothing_allocated_is_said(window, bench, money_keys):
    dialog = PayDialog(window.shell, funds.balances(bench, 2026), funds.targets(bench, 2026))
    dialog.finish()
    assert "请先“安排”" in dialog.left.text()
    assert dialog.told.text() == "请选拨给谁。"
    dialog.reject()


def test_paying_starts_from_the_entry_chosen(page, moved, answers, bench):
    page.reload()
    line = next(one for one in page.entries.model.lines if one.kind is EntryKind.ALLOCATED)
    page.entries.table.choose(line.key)
    assert [text for text, _run in page.ledger_actions.entry_entries()] == ["详情…", "冲销…", "拨付…", "复制"]
    answers.dialogs.append(lambda dialog: (dialog.finish(), None))
    page.ledger_actions.pay()
    assert source(bench, moved["special"]).unpaid == 0


# ---- 冲销 ----
def test_an_entry_is_taken_back_in_part_and_stays(page, moved, answers, bench):
    page.reload()
    page.state.choose_source(moved["special"])
    line = next(one for one in page.entries.model.lines if one.kind is EntryKind.PAID)
    page.entries.table.choose(line.key)

    def counter(dialog):
        assert dialog.amount.value == Decimal("45000.50")
        dialog.finish()
        assert dialog.told.text() == "请写明冲销的原因。"
        put(dialog, "45000.51")
        assert "超出 0.01 元" in dialog.left.text()
        put(dialog, "5000.50")
        assert dialog.left.text() == "冲销后这一笔还有 40,000.00 元，账面余额 460,000.00 元。"
        type_text(dialog.reason, "户名有误退回")
        dialog.finish()

    answers.dialogs.append(counter)
    page.tools.counter.click()
    assert source(bench, moved["special"]).paid == Decimal("40000.00")
    assert words_of(page)[-2:] == ["拨付 低岭村 付低岭合作社 (已冲销 5,000.50)", "冲销拨付 低岭村 付低岭合作社：户名有误退回"]
    back = next(one for one in page.entries.model.lines if one.counters_key)
    page.entries.table.choose(back.key)
    assert not page.tools.counter.isEnabled()
    page.ledger_actions.counter()
    assert answers.told == ["这一笔已经全部冲销，或本身就是冲销。"]


def test_a_refused_counter_entry_loses_nothing_typed(page, moved, answers, bench):
    page.reload()
    line = next(one for one in page.entries.model.lines if one.kind is EntryKind.ALLOCATED)
    page.entries.table.choose(line.key)

    def counter(dialog):
        type_text(dialog.reason, "改给别村")
        dialog.finish()
        assert isinstance(answers.told[-1], Situation)
        assert (dialog.reason.text(), dialog.amount.value) == ("改给别村", Decimal("120000.00"))
        dialog.reject()

    answers.dialogs.append(counter)
    page.ledger_actions.counter()
    assert source(bench, moved["special"]).allocated == Decimal("120000.00")


def test_dialogs_work_on_today_while_an_earlier_day_is_shown(page, moved, answers, bench):
    page.reload()
    page.state.choose_source(moved["special"])
    page.tools.day.choose(bench.today - timedelta(days=1))

    def allocate(dialog):
        assert dialog.source.source.available == Decimal("380000.00")
        dialog.reject()

    answers.dialogs.append(allocate)
    page.ledger_actions.allocate()


def test_money_bound_to_its_plan_says_so(window, bench, money_keys):
    dialog = AllocateDialog(window.shell, funds.balances(bench, 2026), funds.targets(bench, 2026), money_keys["bound"])
    assert dialog.source.source.name == "光伏专款"
    assert "原定用途：村级光伏电站" in dialog.left.text()
    assert TargetKind.TOWN in {one.target.kind for one in funds.targets(bench, 2026)}
    dialog.reject()


def test_money_of_a_plan_goes_elsewhere_for_a_reason_alone(page, money_keys, answers, bench):
    page.reload()
    page.state.choose_source(money_keys["bound"])

    def allocate(dialog):
        dialog.show()
        town = next(one.target for one in funds.targets(bench, 2026) if one.target.kind is TargetKind.TOWN)
        dialog.targets.choose(town)
        assert dialog.reason.isVisible()
        dialog.amount.put(Decimal(100))
        dialog.finish()
        assert "请写明原因" in answers.told[-1].todo
        dialog.reason.setText("光伏已停，镇里议定")
        dialog.finish()

    answers.dialogs.append(allocate)
    page.ledger_actions.allocate()
    assert source(bench, money_keys["bound"]).allocated == Decimal(100)
    assert funds.entries(bench, LedgerFilter(2026, money_keys["bound"]))[-1].note == "原则上事项说明：光伏已停，镇里议定"


def test_menu_commands_reach_the_ledger(window, money_keys, answers):
    answers.dialogs.append(lambda dialog: (isinstance(dialog, SourceDialog), dialog.reject()))
    window.menus.actions["add_fund"].trigger()
    assert answers.asked[-1] == ("dialog", "登记资金")
    assert window.current_tab.switch.key == "ledger"


@pytest.fixture
def money_keys(page, money):
    """The keys of the sources by a short name, with the ledger in front."""
    return money
