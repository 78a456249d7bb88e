"""Documents (申报表, 呈批表, 审批表): filled from the registers, checked, signed box by box, approved and frozen."""

from __future__ import annotations

from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.services.documents.behind import rows_behind
from fupin_desktop.services.documents.editing import (
    copy_last_year,
    create,
    give_reason,
    remove,
    set_list,
    set_values,
)
from fupin_desktop.services.documents.flow import (
    cancel,
    correct,
    give_opinion,
    give_opinions,
    send_back,
    submit,
    withdraw,
)
from fupin_desktop.services.documents.freezing import (
    changed_paths,
    filled,
    paper_name,
    pdf_bytes,
    print_bytes,
    printable,
    write_many,
    write_pdf,
    write_xlsx,
    xlsx_bytes,
)
from fupin_desktop.services.documents.listing import audit_reasons, clause, lines, places, title, titles, year_of
from fupin_desktop.services.documents.model import (
    EDITABLE,
    NOUN,
    DocumentLine,
    FlowStep,
    GivenReason,
    OpenDocument,
    Opinion,
    Outcome,
    Place,
    VersionLine,
)
from fupin_desktop.services.documents.opening import open_document
from fupin_desktop.services.documents.past import history
from fupin_desktop.services.documents.signers import signers
from fupin_desktop.services.documents.taking_over import Newer, newer
from fupin_desktop.services.documents.undoing import redo, redo_title, undo, undo_title

__all__ = [
    "EDITABLE",
    "NOUN",
    "ApplicationState",
    "DocumentLine",
    "FlowStep",
    "GivenReason",
    "Newer",
    "OpenDocument",
    "Opinion",
    "Outcome",
    "Place",
    "VersionLine",
    "audit_reasons",
    "cancel",
    "changed_paths",
    "clause",
    "copy_last_year",
    "correct",
    "create",
    "filled",
    "give_opinion",
    "give_opinions",
    "give_reason",
    "history",
    "lines",
    "newer",
    "open_document",
    "paper_name",
    "pdf_bytes",
    "places",
    "print_bytes",
    "printable",
    "redo",
    "redo_title",
    "remove",
    "rows_behind",
    "send_back",
    "set_list",
    "set_values",
    "signers",
    "submit",
    "title",
    "titles",
    "undo",
    "undo_title",
    "withdraw",
    "write_many",
    "write_pdf",
    "write_xlsx",
    "xlsx_bytes",
    "year_of",
]
