"""What is saved while something long is on its way waits its turn, is written once, and only then closes the dialog."""

from datetime import date
from decimal import Decimal
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication

from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.services import funds, operators, villages
from fupin_desktop.services.funds import FundForm
from fupin_desktop.services.reports import due
from fupin_desktop.ui.dialogs.fund_moves import AllocateDialog, CounterDialog, PayDialog, ReceiveDialog
from fupin_desktop.ui.dialogs.fund_source import SourceDialog
from fupin_desktop.ui.dialogs.operators import OperatorDialog
from fupin_desktop.ui.dialogs.report_days import ReportDaysDialog
from fupin_desktop.ui.dialogs.village import VillageDialog
from tests.ui.scheme_typing import type_text


@pytest.fixture
def held(desk):
    """Something long that runs until ``let_go`` is called."""
    wait = Event()
    desk.run("正在做别的", lambda _report: wait.wait(20))

    def let_go():
        wait.set()
        desk.tasks.wait()
        for _ in range(3):
            QApplication.processEvents()

    yield let_go
    let_go()


@pytest.fixture(scope="module")
def source(module_shell):
    bench = module_shell.bench
    key = funds.add(bench, FundForm(FundKind.SUPERIOR, "省级专项", Decimal(100_000), "湛财农〔2026〕12号")).keys[0]
    funds.receive(bench, key, Decimal(50_000), date(2026, 12, 1))
    return key


def balance(desk, key):
    return next(one for one in funds.balances(desk.bench, 2026) if one.key == key)


def results(dialog, let_go, press):
    """The dialog's result while what is saved waits behind long work, and once that is over."""
    press()
    waiting = dialog.result()
    let_go()
    return waiting, dialog.result()


def test_a_new_source_is_registered_once(desk, held):
    dialog = SourceDialog(desk)
    type_text(dialog.name, "社会捐款")
    type_text(dialog.amount.line, "500")
    assert results(dialog, held, dialog.save.click) == (0, 1)
    assert [one.amount for one in funds.balances(desk.bench, 2026) if one.name == "社会捐款"] == [Decimal(500)]


def test_what_is_typed_after_saving_is_not_what_is_written(desk, held, source):
    before = balance(desk, source).received
    dialog = ReceiveDialog(desk, [balance(desk, source)], source)
    type_text(dialog.amount.line, "10")
    dialog.save.click()
    type_text(dialog.amount.line, "99999")
    held()
    assert desk.ask.told == []
    assert dialog.result() == 1
    assert balance(desk, source).received == before + 10


def test_money_is_allocated_paid_and_countered_once_each(desk, source):
    target = next(one for one in funds.targets(desk.bench, 2026) if one.target.kind.value == "town")

    def behind(dialog, press):
        wait = Event()
        desk.run("正在做别的", lambda _report: wait.wait(20))
        press()
        assert dialog.result() == 0
        wait.set()
        desk.tasks.wait()
        QApplication.processEvents()
        assert dialog.result() == 1

    allocate = AllocateDialog(desk, [balance(desk, source)], [target], source)
    allocate.targets.choose(target.target)
    type_text(allocate.amount.line, "300")
    behind(allocate, allocate.save.click)
    assert balance(desk, source).allocated == 300
    pay = PayDialog(desk, [balance(desk, source)], funds.targets(desk.bench, 2026), source)
    type_text(pay.amount.line, "120")
    behind(pay, pay.save.click)
    assert balance(desk, source).paid == 120
    paid = next(
        one for one in funds.entries(desk.bench, funds.LedgerFilter(2026, source)) if one.amount == 120
    )
    counter = CounterDialog(desk, paid, balance(desk, source))
    type_text(counter.amount.line, "20")
    type_text(counter.reason, "多付")
    behind(counter, counter.save.click)
    assert balance(desk, source).paid == 100
    assert desk.ask.told == []


def test_a_village_is_registered_once_and_known_by_its_key(desk, held):
    dialog = VillageDialog(desk)
    type_text(dialog.fields["name"], "塘㙍村")
    assert results(dialog, held, dialog.save_button.click) == (0, 1)
    assert [one.key for one in villages.all(desk.bench) if one.name == "塘㙍村"] == [dialog.key]


def test_an_operator_is_registered_once(desk, held):
    dialog = OperatorDialog(desk, None)
    type_text(dialog.name, "王小芳")
    assert results(dialog, held, dialog.save) == (0, 1)
    assert [one.name for one in operators.listed(desk.bench)].count("王小芳") == 1


def test_days_of_reports_are_kept(desk, held):
    dialog = ReportDaysDialog(desk)
    dialog.earlier.setValue(dialog.earlier.value() + 1)
    wanted = dialog.earlier.value()
    assert results(dialog, held, dialog.save.click) == (0, 1)
    assert due.earlier_days(desk.bench) == wanted


def test_what_is_refused_behind_other_work_leaves_the_dialog_as_it_is(desk, held):
    dialog = VillageDialog(desk)
    dialog.save_button.click()
    held()
    assert dialog.result() == 0
    assert "名" in desk.ask.told.pop().happened
