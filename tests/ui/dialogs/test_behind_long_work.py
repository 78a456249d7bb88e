"""What is saved while something long is on its way waits its turn, is written once, and only then closes the dialog."""

from datetime import date
from decimal import Decimal
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication

from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.services import funds, offices, operators, personal, villages
from fupin_desktop.services.documents.model import FlowStep
from fupin_desktop.services.funds import FundForm
from fupin_desktop.services.registers import Query, columns, registry, window
from fupin_desktop.services.registers.blocks import NEW
from fupin_desktop.services.reports import due
from fupin_desktop.ui.dialogs.funds.moves import AllocateDialog, CounterDialog, PayDialog, ReceiveDialog
from fupin_desktop.ui.dialogs.funds.source import SourceDialog
from fupin_desktop.ui.dialogs.operators import OperatorDialog
from fupin_desktop.ui.dialogs.opinion import OpinionDialog
from fupin_desktop.ui.dialogs.password import NewPasswordDialog
from fupin_desktop.ui.dialogs.personal import PersonalDialog
from fupin_desktop.ui.dialogs.report_days import ReportDaysDialog
from fupin_desktop.ui.dialogs.settings import SettingsDialog
from fupin_desktop.ui.dialogs.signed_paper import SignedPaperDialog
from fupin_desktop.ui.dialogs.village import VillageDialog
from fupin_desktop.ui.models.register_edits import UNFINISHED, CellEdits
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


# ---- what is handed how to go on ----
def waiting(desk, made):
    """How a dialog's caller keeps what is typed: as one write, then on."""
    def keep(*given):
        desk.do(lambda: made.append(given[:-1]), lambda _none: given[-1]())

    return keep


def agree(dialog):
    dialog.agree.setChecked(True)
    return dialog.save


def sign(dialog):
    dialog.agree_all()
    return dialog.save


def new_password(dialog):
    for line in (dialog.former, dialog.new, dialog.again):
        type_text(line, "塘㙍镇2026扶贫")
    return dialog.save


@pytest.mark.parametrize(("make", "fill"), [
    (lambda desk, keep: OpinionDialog(desk, "村委会意见", keep, names=("陈观保",)), agree),
    (lambda desk, keep: SignedPaperDialog(desk, [FlowStep("village", "村委会", "current")], {"village": ("陈观保",)}, keep), sign),
    (lambda _desk, keep: NewPasswordDialog("修改密码", "只换密码。", keep, former=True), new_password),
], ids=["意见", "补登", "改密码"])  # fmt: skip
def test_opinions_and_passwords_close_their_dialog_once_they_are_kept(desk, held, make, fill):
    made = []
    dialog = make(desk, waiting(desk, made))
    assert results(dialog, held, fill(dialog).click) == (0, 1)
    assert len(made) == 1


def test_the_office_is_saved_before_the_settings_close(desk, held):
    dialog = SettingsDialog(desk)
    type_text(dialog.fields.lines["name"], "塘㙍镇乡村振兴办")
    assert results(dialog, held, dialog.save) == (0, 1)
    assert offices.office(desk.bench).name == "塘㙍镇乡村振兴办"


def test_years_of_keeping_are_kept_before_who_is_due_is_listed(desk, held, monkeypatch):
    dialog, listed = PersonalDialog(desk), []
    monkeypatch.setattr(dialog, "_list", lambda: listed.append(personal.kept_years(desk.bench)))
    dialog.years.setValue(dialog.years.value() + 1)
    dialog.list_due()
    assert listed == []
    held()
    assert listed == [dialog.years.value()]


def test_a_row_typed_in_a_table_becomes_one_record(desk, held):
    rates = registry.of("base_rates")
    edits, typed = CellEdits(desk, rates), {"since": "2026-01-20", "term": "一年以内", "rate": "3.00", "document_no": "公告1号"}
    for column, text in typed.items():
        edits.type(NEW, column, text)
    assert {name: refused.text for (_key, name), refused in edits.cells.items()} == typed
    assert {refused.sentence for refused in edits.cells.values()} == {UNFINISHED}
    held()
    assert edits.cells == {}
    names = [one.key for one in columns(rates)]
    (row,) = window(desk.bench, Query(rates, 2026), 0, 9)
    assert (row.cells[names.index("rate")], row.cells[names.index("document_no")]) == ("3%", "公告1号")
