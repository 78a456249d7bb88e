"""Pictures of the tab of money and of its dialogs; see ``shots``."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from fupin_desktop.domain.vocabulary import ApplicationState, EntryKind
from fupin_desktop.services import documents, fund_papers, funds

if TYPE_CHECKING:
    from fupin_desktop.services.documents import DocumentLine
    from fupin_desktop.ui.main_window import MainWindow
    from fupin_desktop.ui.tabs.funds.ledger import LedgerPage
    from fupin_desktop.ui.tabs.funds.tab import FundsTab

TOWN_PLAN, VILLAGE_PLAN, APPROVAL = "town_fund_plan", "village_fund_plan", "town_fund_approval"


def _tab(window: MainWindow) -> FundsTab:
    from fupin_desktop.ui.tabs.funds.tab import FundsTab

    tab = window.show_tab("funds")
    assert isinstance(tab, FundsTab)
    return tab


def _settle(window: MainWindow) -> None:
    for _ in range(3):
        window.shell.tasks.wait()
        QApplication.processEvents()


def _page(window: MainWindow) -> LedgerPage:
    tab = _tab(window)
    tab.show_view("ledger")
    page = tab.ledger
    _settle(window)
    page.entries.bar.clear()
    page.state.choose_source("")
    _settle(window)
    return page


def _lines(window: MainWindow, form_id: str, state: ApplicationState) -> list[DocumentLine]:
    bench = window.shell.bench
    return documents.lines(bench, bench.year, form_id=form_id, state=state, tab="funds")


# ---- the views ----
def papers(window: MainWindow) -> QWidget:
    """The documents, an approval sheet with its money in front where there is one."""
    from fupin_desktop.services.overview import Target

    found = _lines(window, APPROVAL, ApplicationState.APPROVED)
    tab = _tab(window)
    tab.show_record(Target("funds", "", found[0].key) if found else Target("funds"))
    _settle(window)
    return window


def draft(window: MainWindow) -> QWidget | None:
    """A plan with something still to mend."""
    from fupin_desktop.services.overview import Target

    found = _lines(window, VILLAGE_PLAN, ApplicationState.DRAFT)
    if not found:
        return None
    _tab(window).show_record(Target("funds", "", found[0].key))
    _settle(window)
    return window


def ledger(window: MainWindow) -> QWidget:
    """The ledger of all sources."""
    _page(window)
    return window


def source(window: MainWindow) -> QWidget | None:
    """The ledger of the source with the most entries."""
    page = _page(window)
    if not page.state.sources:
        return None
    best = max(page.state.sources, key=lambda key: page.state.sources[key].paid)
    page.state.choose_source(best)
    _settle(window)
    return window


# ---- the dialogs of the ledger ----
def register(window: MainWindow) -> QDialog:
    """登记资金, half typed."""
    from fupin_desktop.ui.dialogs.funds.source import SourceDialog

    dialog = SourceDialog(window.shell)
    dialog.name.setText("2026年中央财政衔接推进乡村振兴补助资金")
    dialog.number.setText("湛财农〔2026〕12号")
    dialog.amount.put(Decimal("186000.50"))
    dialog.came.choose(window.shell.today)
    return dialog


def change(window: MainWindow) -> QDialog | None:
    """修改资金 with another amount, so that the reason is asked."""
    from fupin_desktop.ui.dialogs.funds.source import SourceDialog

    found = funds.balances(window.shell.bench, window.shell.bench.year)
    if not found:
        return None
    dialog = SourceDialog(window.shell, found[0])
    dialog.amount.put(found[0].assigned + 1000)
    return dialog


def receive(window: MainWindow) -> QDialog | None:
    """到账 of a source of which something is still to come."""
    from fupin_desktop.ui.dialogs.funds.moves import ReceiveDialog

    found = funds.balances(window.shell.bench, window.shell.bench.year)
    due = [one.key for one in found if one.assigned > one.received]
    return ReceiveDialog(window.shell, found, due[0] if due else "") if found else None


def allocate(window: MainWindow) -> QDialog | None:
    """安排 to a village."""
    from fupin_desktop.ui.dialogs.funds.moves import AllocateDialog

    bench = window.shell.bench
    found = [one for one in funds.balances(bench, bench.year) if one.available > 0]
    if not found:
        return None
    dialog = AllocateDialog(window.shell, found, funds.targets(bench, bench.year))
    dialog.targets.list.setCurrentRow(0)
    dialog.amount.put(Decimal("12000.00"))
    return dialog


def pay(window: MainWindow) -> QDialog | None:
    """拨付 of what is allocated."""
    from fupin_desktop.ui.dialogs.funds.moves import PayDialog

    bench = window.shell.bench
    found = funds.balances(bench, bench.year)
    return PayDialog(window.shell, found, funds.targets(bench, bench.year)) if found else None


def counter(window: MainWindow) -> QDialog | None:
    """冲销 of an allocation."""
    from fupin_desktop.ui.dialogs.funds.moves import CounterDialog

    bench = window.shell.bench
    lines = funds.entries(bench, funds.LedgerFilter(bench.year, kind=EntryKind.ALLOCATED))
    line = next((one for one in lines if one.left > 0), None)
    if line is None:
        return None
    found = next(one for one in funds.balances(bench, bench.year) if one.key == line.source_key)
    return CounterDialog(window.shell, line, found)


def behind(window: MainWindow) -> QDialog | None:
    """The entries behind a balance."""
    from fupin_desktop.ui.dialogs.table import TableDialog

    bench = window.shell.bench
    found = funds.balances(bench, bench.year)
    if not found:
        return None
    rows = funds.behind(bench, max(found, key=lambda one: one.paid).key, "available")
    return TableDialog(rows.title, rows.headings, rows.rows)


def bring(window: MainWindow) -> QDialog:
    """导入台账: a file with something to mend."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from fupin_desktop.services import exports
    from fupin_desktop.services.funds import imports
    from fupin_desktop.ui.dialogs.funds.importing import FundImportDialog

    bench = window.shell.bench
    name = "2026年企业定向捐款"
    rows = [
        ("2026-03-02", "“6·30”扶贫济困日捐款", name, "到账", "", "50000.00", "收 1 号"),
        ("2026-04-09", "“6·30”扶贫济困日捐款", name, "安排", "低岭村", "20000.00", ""),
        ("2026-13-01", "“6·30”扶贫济困日捐款", name, "拨付", "低岭村", "2000.00", "付 1 号"),
        ("2026-05-06", "“6·30”扶贫济困日捐款", name, "拨付", "低岭村", "贰万", "付 2 号"),
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "镇里的台账.xlsx"
        headings = ("日期", "资金类别", "资金名称", "类型", "安排对象", "金额", "凭证号")
        exports.write_rows(bench, "台账", headings, rows, path)
        return FundImportDialog(window.shell, imports.read_ledger(bench, path))


def donor_list(window: MainWindow) -> QDialog | None:
    """捐赠名单 of the source with most donors."""
    from fupin_desktop.services import registers
    from fupin_desktop.services.registers import registry
    from fupin_desktop.ui.tabs.registers.child import ChildDialog

    bench, listed = window.shell.bench, registry.of("donors")
    counts = registers.counts_of_parents(bench, registers.Query(listed, bench.year))
    if not counts:
        return None
    key = max(counts, key=lambda key: counts[key])
    return ChildDialog(window.shell, listed, registers.owner_of(bench, listed, key))


# ---- the dialogs of documents ----
def take(window: MainWindow) -> QDialog | None:
    """取用 for a plan that is being filled in."""
    from fupin_desktop.ui.dialogs.funds.take import TakeDialog

    bench = window.shell.bench
    for form_id in (TOWN_PLAN, VILLAGE_PLAN):
        for state in (ApplicationState.DRAFT, ApplicationState.RETURNED):
            for line in _lines(window, form_id, state):
                if found := fund_papers.offers(bench, line.key):
                    return TakeDialog(window.shell, line.key, found)
    return None


def payment(window: MainWindow) -> QDialog | None:
    """登记拨付 of an approved document with something left."""
    from fupin_desktop.ui.dialogs.funds.payment import PaymentDialog

    bench = window.shell.bench
    for form_id in (APPROVAL, VILLAGE_PLAN):
        for line in _lines(window, form_id, ApplicationState.APPROVED):
            found = fund_papers.payments(bench, line.key)
            if found.left > 0 and not found.gate:
                return PaymentDialog(window.shell, found, plan=form_id != APPROVAL)
    return None


PICTURES: dict[str, Callable[[MainWindow], QWidget | None]] = {
    "funds_papers": papers, "funds_draft": draft, "funds_ledger": ledger, "funds_source": source,
    "dialog_fund_register": register, "dialog_fund_change": change, "dialog_fund_receive": receive,
    "dialog_fund_allocate": allocate, "dialog_fund_pay": pay, "dialog_fund_counter": counter,
    "dialog_fund_import": bring, "dialog_fund_behind": behind, "dialog_fund_take": take, "dialog_fund_payment": payment,
    "dialog_fund_donors": donor_list,
}
