"""Computed papers: one way from a record or a list to pages, PDF, workbook and file, whatever the paper.

A type of ``services.document_types`` with a ``query`` says what its form prints of a subject: a calculation, a scheme,
a notice, the entries of a ledger. What must stay as it was given out keeps its subject: a posted notice keeps what it
said, a stored calculation its households and working.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fupin_desktop.domain import file_names
from fupin_desktop.services import files
from fupin_desktop.services.documents import log_links, registry
from fupin_desktop.services.documents.type import DocumentType
from fupin_desktop.services.files import MadeBeside
from fupin_desktop.services.printing import Paper, form_paper
from fupin_desktop.services.workbench import Workbench

if TYPE_CHECKING:
    from fupin_desktop.documents.definition.form import FormDefinition
    from fupin_desktop.documents.pages import FilledForm, PageSink


@dataclass(frozen=True, slots=True)
class Computed:
    """A paper that can be shown, printed and written; it is filled when it is asked for.

    Attributes:
        type: Its type, one with a ``query``.
        subject: What it is about, as the query of the type takes it.
        forms: The office's own folder of forms; None for the built-in ones.
        form: The form it was given out with; None for the one in use now.
        stamp: The small line at its foot, of one that was given out; empty for none.
    """

    type: DocumentType
    subject: Any
    forms: Path | None = None
    form: FormDefinition | None = None
    stamp: str = ""

    @property
    def name(self) -> str:
        """The name its files are proposed under, without the ending."""
        return file_names.clean(self.type.named(self.subject))

    @property
    def has_workbook(self) -> bool:
        """Whether its form can be written as a workbook."""
        from fupin_desktop.documents.definition.loader import usable_form

        return (self.form or usable_form(self.type.form_id, self.forms)).workbook

    def filled(self, *, paged: bool = True, into: PageSink | None = None) -> FilledForm:
        """The paper as pages.

        Args:
            paged: Whether its pages are made; the workbook needs none.
            into: Takes them as they are settled, for a PDF of very many.

        Raises:
            NotAllowed: It cannot be given out: nothing is there, or a full number would go public.
            MissingGlyph: No font has a character that must be printed.
            BadDefinition: The office's own form breaks a rule of the format.
        """
        from fupin_desktop.documents.definition.loader import usable_form
        from fupin_desktop.documents.layout.fill import fill

        assert self.type.query is not None
        bound = self.type.query(self.subject)
        form = self.form or usable_form(self.type.form_id, self.forms)
        found = fill(form, bound.data, bound.made_on, draft=bound.draft, paged=paged, into=into)
        return found.stamped(self.stamp) if self.stamp else found

    def pdf(self) -> bytes:
        """The PDF; raises as :meth:`filled`."""
        from fupin_desktop.documents.drawing.pdf import DrawnPages, pdf_bytes

        return pdf_bytes(self.filled(into=DrawnPages()))

    def beside(self) -> MadeBeside:
        """The PDF of a paper of today's form as a file that a process of its own makes; raises as :meth:`filled`."""
        from fupin_desktop.documents.definition.loader import usable_form
        from fupin_desktop.documents.packed_paper import Packed, pack, packed_pdf

        assert self.type.query is not None
        assert self.form is None
        bound = self.type.query(self.subject)
        data = pack(usable_form(self.type.form_id, self.forms), bound.data)
        paper = Packed(self.type.form_id, self.forms, data, bound.made_on, bound.draft, self.stamp)
        return MadeBeside(packed_pdf, (paper,))

    def xlsx(self) -> bytes:
        """The workbook; raises as :meth:`filled`."""
        from fupin_desktop.documents.drawing.workbook import workbook_bytes

        return workbook_bytes(self.filled(paged=False))

    def write(self, path: Path) -> None:
        """Write it beside its place and rename it, as the ending says: ``.xlsx``, else PDF.

        Raises:
            Situation: As :meth:`filled`, or it cannot be written there; an old file stays.
        """
        files.write_bytes(path, self.xlsx() if path.suffix.lower() == ".xlsx" else self.pdf())


def paper(bench: Workbench, form_id: str, subject: Any) -> Computed:
    """A computed paper of the office, on its own form where it has one."""
    found = registry.of(form_id)
    stamp = log_links.foot(bench, found.linked(subject))
    return Computed(found, subject, files.own_forms(bench.data_folder), stamp=stamp)


def printable(kind: str, key: str, paper: Computed, title: str = "") -> Paper:
    """A computed paper (测算表, 公示, 台账 ...) as something to print.

    Args:
        kind: Stem of its noun.
        key: Key of its record; empty for none.
        paper: The paper.
        title: Its name; empty takes that of its files.
    """
    return form_paper(kind, key, title or paper.name, paper.filled)
