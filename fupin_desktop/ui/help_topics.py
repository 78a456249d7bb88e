"""Which page of the manual F1 opens in a dialog or a register; the tabs name theirs themselves (``manual_anchor``)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog

from fupin_desktop.services.manual.pages import HOME
from fupin_desktop.ui.fitting import foot_of
from fupin_desktop.ui.widgets.labels import link

DIALOGS = {
    "dialogs.about.AboutDialog": "technician.html",
    "dialogs.act.ActDialog": "finance.html#acts",
    "dialogs.attached.AttachedDialog": "password.html#not",
    "dialogs.backups.BackupsDialog": "backup.html#restore",
    "dialogs.board.BoardDialog": "finance.html#targets",
    "dialogs.changes.ChangesDialog": "data.html#changes",
    "dialogs.clause.ClauseDialog": "calculation.html#checks",
    "dialogs.crash.CrashDialog": "trouble.html#crash",
    "dialogs.data_check.CodeDialog": "data.html#checkup",
    "dialogs.data_check.DataCheckDialog": "data.html#checkup",
    "dialogs.differences.DifferencesDialog": "awards.html#save",
    "dialogs.export_documents.ExportDialog": "printing.html#export",
    "dialogs.publicity.filing.FilingDialog": "filing.html",
    "dialogs.publicity.filing.ReceiptDialog": "filing.html#receipt",
    "dialogs.funds.entry.FundDialog": "money.html#moves",
    "dialogs.funds.importing.FundImportDialog": "money.html#import",
    "dialogs.funds.moves.AllocateDialog": "money.html#moves",
    "dialogs.funds.moves.CounterDialog": "money.html#counter",
    "dialogs.funds.moves.PayDialog": "money.html#moves",
    "dialogs.funds.moves.ReceiveDialog": "money.html#moves",
    "dialogs.funds.payment.PaymentDialog": "money.html#paying",
    "dialogs.funds.source.SourceDialog": "money.html#sources",
    "dialogs.funds.take.TakeDialog": "money.html#take",
    "dialogs.publicity.holidays.HolidaysDialog": "notice.html#holidays",
    "dialogs.many_documents.ManyDocumentsDialog": "printing.html#many",
    "dialogs.new_document.NewDocumentDialog": "applications.html#new",
    "dialogs.publicity.notice.NoticeDialog": "publicity.html#post",
    "dialogs.publicity.boards.BoardsDialog": "publicity.html#boards",
    "dialogs.publicity.calendar.CalendarDialog": "publicity.html#calendar",
    "dialogs.publicity.posted.PostedDialog": "awards.html#papers",
    "dialogs.publicity.objection.ObjectionDialog": "publicity.html#objections",
    "dialogs.operators.OperatorDialog": "data.html#operators",
    "dialogs.operators.SignInDialog": "data.html#operators",
    "dialogs.opinion.OpinionDialog": "applications.html#life",
    "dialogs.own_forms.OwnFormsDialog": "own_forms.html",
    "dialogs.password.NewPasswordDialog": "password.html#set",
    "dialogs.password.RecoveryCodeDialog": "password.html#recovery",
    "dialogs.password.UnlockDialog": "password.html#forgotten",
    "dialogs.personal.PersonalDialog": "data.html#privacy",
    "dialogs.print_documents.PrintDocumentsDialog": "printing.html#many",
    "dialogs.progress.ProgressDialog": "trouble.html#slow",
    "dialogs.project_step.ProjectStepDialog": "ledgers.html#pool",
    "dialogs.protection.ProtectionDialog": "password.html",
    "dialogs.record.RecordDialog": "ledgers.html#entry",
    "dialogs.replace.ReplaceDialog": "households.html#replace",
    "dialogs.report_days.ReportDaysDialog": "reports.html#days",
    "dialogs.schemes.scheme.SchemeDialog": "awards.html#scheme",
    "dialogs.settings.SettingsDialog": "first_day.html#settings",
    "dialogs.signed_paper.SignedPaperDialog": "applications.html#life",
    "dialogs.solve.SolveDialog": "awards.html#whatif",
    "dialogs.table.TableDialog": "printing.html#tables",
    "dialogs.taking_over.TakingOverDialog": "applications.html#newer",
    "dialogs.village.VillageDialog": "first_day.html#villages",
    "dialogs.villages.VillagesDialog": "first_day.html#villages",
    "dialogs.what_if.WhatIfDialog": "awards.html#whatif",
    "dialogs.wizard.FirstStart": "first_day.html#wizard",
    "dialogs.year.CloseYearDialog": "year.html#close",
    "dialogs.year.NewYearDialog": "year.html#new",
    "exchange.hand_out.CarriedDialog": "exchange.html#stick",
    "exchange.hand_out.HandOutDialog": "exchange.html#stick",
    "exchange.package.PackageDialog": "exchange.html#package",
    "exchange.successor.SuccessorDialog": "exchange.html#successor",
    "importing.wizard.ImportWizard": "import.html",
    "paper.preview.PreviewDialog": "printing.html#one",
    "payments.acceptance.AcceptanceDialog": "payment.html#acceptance",
    "payments.bank_file.BankFileDialog": "payment.html#lists",
    "payments.bank_file.LayoutDialog": "payment.html#lists",
    "payments.dialog.PaymentsDialog": "payment.html#batches",
    "payments.dossier.DossierDialog": "payment.html#dossier",
    "payments.steps.AccountDialog": "payment.html#batches",
    "payments.steps.BackDialog": "payment.html#back",
    "payments.steps.CheckDialog": "payment.html#batches",
    "payments.steps.NewBatchDialog": "payment.html#batches",
    "payments.steps.PayDialog": "payment.html#batches",
    "payments.steps.RecoverDialog": "payment.html#back",
    "payments.steps.SendDialog": "payment.html#batches",
    "tabs.awards.chart.ChartDialog": "awards.html#live",
    "tabs.registers.child.ChildDialog": "ledgers.html#entry",
    "tabs.registers.columns.ColumnsDialog": "households.html#columns",
    "tabs.registers.columns.PrintDialog": "households.html#print",
    "widgets.problems_dialog.ProblemsDialog": "applications.html#checks",
}
"""Page and place by module and class, without ``fupin_desktop.ui.``."""

REGISTERS = {
    "microcredits": "finance.html#loans", "interest_subsidies": "finance.html#subsidy",
    "entity_loans": "finance.html#entity", "base_rates": "finance.html#entity",
    "insurances": "finance.html#insurance", "rosters": "finance.html#people", "guides": "finance.html#people",
    "experts": "finance.html#people", "trainings": "finance.html#training", "skills": "finance.html#training",
    "surveys": "finance.html#survey", "target_figures": "finance.html#targets",
    "comparison_weights": "finance.html#comparison", "village_years": "finance.html#comparison",
    "commendations": "finance.html#commendation", "projects": "ledgers.html#pool",
}  # fmt: skip
"""Page and place of registers of the tab 台账 that have their own."""


def topic(dialog: QDialog) -> str:
    """The page for a dialog, by its class or the one it is derived from; the first page where none is named."""
    names = (f"{one.__module__.removeprefix('fupin_desktop.ui.')}.{one.__name__}" for one in type(dialog).__mro__)
    return next((DIALOGS[name] for name in names if name in DIALOGS), HOME)


def help_on(dialog: QDialog) -> None:
    """Let F1, and a button at the foot, open the manual above a dialog, which lets no other window be used."""

    def show() -> None:
        from fupin_desktop.ui.manual_window import ManualWindow

        known = dialog.findChild(ManualWindow)
        (known if known is not None else ManualWindow(dialog)).open_at(topic(dialog))

    QShortcut(QKeySequence("F1"), dialog, show)
    if topic(dialog) != HOME and (foot := foot_of(dialog)) is not None:
        made = link("帮助(F1)", show, tip="打开使用手册里讲这个窗口的一页")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard has F1
        foot.insertWidget(0, made)
