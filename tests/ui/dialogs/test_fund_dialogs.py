"""What the dialogs of the fund ledger say before anything is saved."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from fupin_desktop.domain.vocabulary import EntryKind, FundKind, TargetKind
from fupin_desktop.services.fund_papers import Payments
from fupin_desktop.services.fund_papers.paying import PaymentLine
from fupin_desktop.services.funds import EntryLine, FundBalance, FundTarget, SourceShare, TargetBalance
from fupin_desktop.ui.dialogs.funds.entry import SourceBox
from fupin_desktop.ui.dialogs.funds.moves import AllocateDialog, CounterDialog, PayDialog, ReceiveDialog
from fupin_desktop.ui.dialogs.funds.payment import PaymentDialog
from fupin_desktop.ui.dialogs.funds.source import SourceDialog
from fupin_desktop.ui.dialogs.funds.targets import TargetList
from tests.ui.cases import cases_of
from tests.ui.scheme_typing import type_text

DAY = date(2026, 12, 1)


def a_source(figures, plan="", **other):
    assigned, received, allocated, paid = map(Decimal, figures)
    return FundBalance(
        FundKind.SUPERIOR, "省级专项", assigned, "湛财农〔2026〕12号", DAY, plan, key="s", received=received,
        allocated=allocated, paid=paid, year=2026, **other,
    )


def a_target(kind="village", name="低岭村", share=None):
    shares = (SourceShare("s", "省级专项", "", *map(Decimal, share)),) if share else ()
    return TargetBalance(FundTarget(TargetKind(kind), f"{kind}-{name}", name), shares)


def an_entry(kind, amount, countered):
    return EntryLine(
        "e", "s", "省级专项", FundKind.SUPERIOR, "", EntryKind(kind), Decimal(amount), DAY, None, "", "", "", "", "",
        datetime(2026, 12, 1, 9, 0), "李文静", Decimal(0), Decimal(0), Decimal(countered),  # noqa: DTZ001
    )


def a_paper(amount, paid, reserved, gate=""):
    lines = (PaymentLine("p", DAY, "省级专项", "", Decimal(paid), "", "", "", Decimal(paid)),) if Decimal(paid) else ()
    return Payments("d", "低岭村使用计划", Decimal(amount), Decimal(reserved), gate, lines)


def receive(shell, case, sources):
    return ReceiveDialog(shell, sources)


def allocate(shell, case, sources):
    made = AllocateDialog(shell, sources, [a_target(*case["target"])] if "target" in case else [])
    if "target" in case:
        made.targets.list.setCurrentRow(0)
    return made


def pay(shell, case, sources):
    return PayDialog(shell, sources, [a_target(*case["target"], case["share"])])


def counter(shell, case, sources):
    return CounterDialog(shell, an_entry(*case["line"]), sources[0])


def payment(shell, case, sources):
    return PaymentDialog(shell, a_paper(*case["paper"], case.get("gate", "")), plan=case.get("plan_paper", False))


MAKE = {"receive": receive, "allocate": allocate, "pay": pay, "counter": counter, "payment": payment}


@pytest.mark.parametrize("case", cases_of("fund_outlooks"))
def test_what_will_be_left_is_said_before_it_is_saved(desk, case):
    sources = [a_source(case["source"], case.get("plan", ""))] if "source" in case else []
    dialog = MAKE[case["dialog"]](desk, case, sources)
    if "offered" in case:
        assert dialog.amount.line.text() == case["offered"]
    if "typed" in case:
        type_text(dialog.amount.line, case["typed"])
    assert dialog.left.text() == case["outlook"]
    assert dialog.left.property("tone") == case.get("tone", dialog.left.property("tone"))
    assert dialog.save.isEnabled() is not case.get("stopped", False)
    if "reason" in case:
        assert dialog.form.isRowVisible(dialog.reason) is case["reason"]
    if "missing" in case:
        dialog.finish()
        assert dialog.told.text() == case["missing"]
        assert dialog.isVisibleTo(dialog.parentWidget()) is False
        assert dialog.result() == 0
    assert desk.ask.told == []


@pytest.mark.parametrize(("typed", "told"), [("三万", "元"), ("1.234", "分"), ("-5", "")])
def test_what_is_no_amount_is_said_and_nothing_is_written(desk, typed, told):
    dialog = ReceiveDialog(desk, [a_source(["100", "0", "0", "0"])])
    before = desk.bench.revision
    type_text(dialog.amount.line, typed)
    dialog.finish()
    assert dialog.told.text() == f"{dialog.amount.fault}。" != "。"
    assert desk.bench.revision == before


def test_a_day_that_is_none_is_said_in_its_own_words(desk):
    dialog = ReceiveDialog(desk, [a_source(["100", "0", "0", "0"])])
    type_text(dialog.day, "2026-02-30")
    dialog.finish()
    assert dialog.told.text() == f"{dialog.day.fault}。"
    type_text(dialog.day, "")
    dialog.finish()
    assert dialog.told.text() == "请填写日期。"


def test_what_is_missing_is_forgotten_as_soon_as_something_is_typed(desk):
    dialog = ReceiveDialog(desk, [a_source(["0", "0", "0", "0"])])
    dialog.finish()
    assert dialog.told.text() == "请填写到账金额。"
    type_text(dialog.amount.line, "1")
    assert (dialog.told.text(), dialog.told.isHidden()) == ("", True)


def test_void_sources_are_not_offered_and_the_one_asked_for_is_in_front(desk):
    one, two = a_source(["1", "0", "0", "0"], voided=True), a_source(["2", "0", "0", "0"])
    three = FundBalance(FundKind.OTHER, "𡶶村集体", Decimal(3), key="t", received=Decimal(1), year=2025, carried=True)
    box = SourceBox([one, two, three], "outstanding", "未到账", "t")
    assert [box.itemText(place) for place in range(box.count())] == [
        "省级专项　未到账 2.00", "𡶶村集体(2025年度结转)　未到账 2.00",
    ]
    assert box.source is three
    assert SourceBox([one, two, three], "available", "可安排", "gone").source is two
    assert SourceBox([one], "available", "可安排").source is None


def test_a_payment_is_offered_for_the_target_asked_for(desk):
    two = [a_target("village", "低岭村", ["100", "40"]), a_target("village", "那罗村", ["30", "0"])]
    dialog = PayDialog(desk, [a_source(["500", "500", "130", "40"])], two, "s", two[1].target)
    assert (dialog.chosen[0].name, dialog.amount.value) == ("那罗村", Decimal(30))
    dialog.target.setCurrentIndex(0)
    assert (dialog.chosen[0].name, dialog.amount.value) == ("低岭村", Decimal(60))
    gone = FundTarget(TargetKind.VILLAGE, "x", "没有的村")
    assert PayDialog(desk, [a_source(["500", "500", "130", "40"])], two, "s", gone).chosen[0].name == "低岭村"


# ---- targets ----
@pytest.fixture
def targets(app, qtbot):
    made = TargetList([
        FundTarget(TargetKind.TOWN, "t", "塘㙍镇"), FundTarget(TargetKind.VILLAGE, "a", "低岭村"),
        FundTarget(TargetKind.VILLAGE, "b", "那罗村"), FundTarget(TargetKind.SCHEME, "c", "低岭村 2026 水稻奖补"),
    ])
    qtbot.addWidget(made)
    return made


def listed(made):
    return [made.list.item(row).text() for row in range(made.list.count())]


def test_villages_come_first_and_everything_is_listed_with_its_kind(targets):
    assert listed(targets) == ["低岭村", "那罗村"]
    targets.kinds.buttons[""].click()
    assert listed(targets) == ["镇　塘㙍镇", "村　低岭村", "村　那罗村", "奖补方案　低岭村 2026 水稻奖补"]


def test_every_word_must_be_found_and_initials_find_too(targets):
    targets.kinds.buttons[""].click()
    for typed, found in (("低岭 水稻", 1), ("dl", 2), ("nl", 1), ("没有", 0), ("", 4)):
        targets.finder.setText(typed)
        assert targets.list.count() == found, typed


def test_the_target_chosen_stays_chosen_while_the_list_is_narrowed(targets):
    told = []
    targets.choose(FundTarget(TargetKind.VILLAGE, "b", "那罗村"))
    targets.chosen.connect(lambda: told.append(targets.target and targets.target.name))
    targets.finder.setText("那")
    assert targets.target.name == "那罗村"
    targets.finder.setText("低")
    assert targets.target is None
    assert told[-1] is None


# ---- 登记, 修改资金 ----
FOUND = a_source(["500000", "500000", "120000", "0"], assigned_on=date(2026, 3, 1))


@pytest.mark.parametrize(("change", "told", "asked"), [
    (lambda one: None, "", False),
    (lambda one: type_text(one.note, "另有说明"), "", False),
    (lambda one: type_text(one.amount.line, "500000.00"), "", False),
    (lambda one: type_text(one.amount.line, "500000.01"), "用冲销更正，原来的记录留在台账里：下达 500,000.00 改为 500,000.01 元。", True),
    (lambda one: one.came.choose(date(2026, 12, 2)), "用冲销更正，原来的记录留在台账里。", True),
    (lambda one: one.ordered.choose(date(2026, 3, 2)), "用冲销更正，原来的记录留在台账里。", True),
    (lambda one: one.ordered.choose(date(2026, 3, 1)), "", False),
    (lambda one: type_text(one.plan, "光伏电站"), "", True),
])  # fmt: skip
def test_a_reason_is_asked_where_money_or_its_plan_becomes_another(desk, change, told, asked):
    dialog = SourceDialog(desk, FOUND)
    change(dialog)
    assert dialog.left.text() == told
    assert dialog.form.isRowVisible(dialog.reason) is asked


def test_a_new_source_says_when_its_money_can_be_allocated(desk):
    dialog = SourceDialog(desk)
    assert dialog.left.text() == ""
    type_text(dialog.amount.line, "1200.50")
    assert dialog.left.text() == "还没有到账的资金不能安排；到账后用“到账”登记。"
    dialog.came.choose(DAY)
    assert dialog.left.text() == "登记后可安排 1,200.50 元。"
    type_text(dialog.amount.line, "0")
    assert dialog.left.text() == ""


@pytest.mark.parametrize(("field", "typed"), [("ordered", "2026-13-1"), ("came", "昨天左右"), ("amount", "一点")])
def test_what_cannot_be_read_of_a_source_is_said_first(desk, field, typed):
    dialog = SourceDialog(desk)
    place = getattr(dialog, field)
    type_text(getattr(place, "line", place), typed)
    dialog.finish()
    assert dialog.told.text() == f"{place.fault}。" != "。"
