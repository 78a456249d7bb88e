"""Pictures of the document tab's pages and dialogs; see ``shots``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.services import documents, villages

if TYPE_CHECKING:
    from fupin_desktop.services.documents import DocumentLine
    from fupin_desktop.ui.main_window import MainWindow


def _line(window: MainWindow, state: ApplicationState) -> DocumentLine | None:
    bench = window.shell.bench
    found = documents.lines(bench, bench.year, form_id="village_application", state=state)
    return found[0] if found else None


def draft(window: MainWindow) -> QWidget | None:
    """A draft with something still to mend."""
    from fupin_desktop.services.overview import Target

    line = _line(window, ApplicationState.DRAFT)
    if line is None:
        return None
    window.show_tab("applications").show_record(Target("applications", "", line.key))
    window.shell.tasks.wait()
    QApplication.processEvents()
    return window


def opinion(window: MainWindow) -> QDialog | None:
    """The opinion that an application waits for."""
    from fupin_desktop.ui.dialogs.opinion import OpinionDialog

    line = _line(window, ApplicationState.SUBMITTED)
    return OpinionDialog(window.shell, line.waiting_for, lambda _opinion, taken: taken()) if line else None


def signed(window: MainWindow) -> QDialog | None:
    """All opinions of a signed paper in one go."""
    from fupin_desktop.ui.dialogs.signed_paper import SignedPaperDialog

    line = _line(window, ApplicationState.SUBMITTED)
    if line is None:
        return None
    found = documents.open_document(window.shell.bench, line.key)
    waiting = [step for step in found.flow if step.box and step.state in ("current", "to come")]
    names = documents.signers(window.shell.bench, line.key)
    return SignedPaperDialog(window.shell, waiting, names, lambda _opinions, taken: taken())


def new(window: MainWindow) -> QDialog:
    """A document about to be begun."""
    from fupin_desktop.services.documents import registry
    from fupin_desktop.ui.dialogs.new_document import NewDocumentDialog

    bench = window.shell.bench
    return NewDocumentDialog(window.shell, registry.filled_in("applications"), "申报表", bench.year)


def taking_over(window: MainWindow) -> QDialog | None:
    """What the registers have now beside a draft begun before."""
    from fupin_desktop.ui.dialogs.taking_over import TakingOverDialog

    line = _line(window, ApplicationState.DRAFT)
    if line is None:
        return None
    form = documents.open_document(window.shell.bench, line.key).form
    told = (("leader", "陈观保", "李水生"), ("households_all", "486", "501"))
    newer = [documents.Newer(name, form.fields[name].label, before, now, now) for name, before, now in told]
    return TakingOverDialog(newer, window)


def export(window: MainWindow) -> QDialog:
    """Many documents at once."""
    from fupin_desktop.ui.dialogs.export_documents import ExportDialog

    count = len(documents.lines(window.shell.bench, window.shell.bench.year))
    return ExportDialog("申报表", min(count, 3), count)


def print_many(window: MainWindow) -> QDialog:
    """Many documents on their way to the printer."""
    from fupin_desktop.ui.dialogs.print_documents import PrintDocumentsDialog

    count = len(documents.lines(window.shell.bench, window.shell.bench.year))
    return PrintDocumentsDialog("申报表", min(count, 3), count)


def preview(window: MainWindow) -> QDialog | None:
    """A draft as it prints."""
    from fupin_desktop.ui.paper.preview import PreviewDialog

    line = _line(window, ApplicationState.DRAFT)
    if line is None:
        return None
    actions = (("保存 PDF…", lambda: None), ("导出 xlsx…", lambda: None))
    return PreviewDialog(documents.filled(window.shell.bench, line.key), actions, printing=lambda: None)


def behind(window: MainWindow) -> QDialog | None:
    """The rows behind a computed area."""
    from fupin_desktop.ui.dialogs.table import TableDialog

    line = _line(window, ApplicationState.DRAFT)
    if line is None:
        return None
    rows = documents.rows_behind(window.shell.bench, line.key, "area_total")
    return TableDialog(rows.title, rows.headings, rows.rows)


def village(window: MainWindow) -> QDialog | None:
    """A village's own facts."""
    from fupin_desktop.ui.dialogs.village import VillageDialog

    found = villages.all(window.shell.bench)
    return VillageDialog(window.shell, found[0].key) if found else None


def all_villages(window: MainWindow) -> QDialog:
    """The villages of the office."""
    from fupin_desktop.ui.dialogs.villages import VillagesDialog

    return VillagesDialog(window.shell)


def own_forms(window: MainWindow) -> QDialog:
    """The forms, built-in and the office's own."""
    from fupin_desktop.ui.dialogs.own_forms import OwnFormsDialog

    return OwnFormsDialog(window.shell)


PICTURES = {
    "applications_draft": draft, "dialog_opinion": opinion, "dialog_signed_paper": signed,
    "dialog_new_application": new, "dialog_taking_over": taking_over,
    "dialog_export_applications": export, "dialog_print_applications": print_many,
    "preview_application": preview, "dialog_rows_behind": behind, "dialog_village": village,
    "dialog_villages": all_villages,
    "dialog_own_forms": own_forms,
}
