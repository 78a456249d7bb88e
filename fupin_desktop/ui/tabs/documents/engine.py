"""Documents that live in ``services.documents`` as a tab of documents sees them; each kind of them adds its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.services import documents, printing
from fupin_desktop.services.documents import (
    ApplicationLine,
    OpenApplication,
    Opinion,
    Outcome,
    Place,
    RowsBehind,
    registry,
)
from fupin_desktop.services.printing import Paper
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.ui.tabs.documents.adapter import Document, DocumentLine, Export, PaperKind, Stage, Wanted
from fupin_desktop.ui.tasks import Report

TONES = {
    ApplicationState.DRAFT: "plain", ApplicationState.SUBMITTED: "info", ApplicationState.RETURNED: "must",
    ApplicationState.APPROVED: "good", ApplicationState.WITHDRAWN: "principle", ApplicationState.REPLACED: "plain",
    ApplicationState.CANCELLED: "plain",
}
_STAGES: dict[ApplicationState, Stage] = {
    ApplicationState.SUBMITTED: "sent", ApplicationState.APPROVED: "final", ApplicationState.REPLACED: "over",
    ApplicationState.CANCELLED: "over",
}
_HINTS: dict[Stage, str] = {
    "open": "每填一格自动保存", "sent": "办理中，不能修改", "final": "已批准存档", "over": "已有更正，只供查看",
}
_CANCELLED = ApplicationState.CANCELLED
_GIVEN_UP = "已作废，只供查看"
_COUNTY = re.compile("^[^“]*(?=“)")
_BRACKETS = re.compile("[(\uff08][^)\uff09]*[)\uff09]")


def short_box(label: str) -> str:
    """A box in a few words: ``镇(街)扶贫办意见`` becomes ``镇扶贫办``."""
    return _BRACKETS.sub("", label).removesuffix("意见")


class EngineAdapter:
    """Calls ``services.documents`` for some of its forms; see ``DocumentAdapter``.

    Attributes:
        tab: Key of the tab, whose types it shows.
    """

    noun = "applications"
    word = "申报表"
    tab: ClassVar[str] = "applications"

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench

    # ---- lists ----
    def kinds(self) -> Mapping[str, str]:
        """Titles of the forms."""
        return documents.titles(self._bench, self.tab)

    def word_of(self, kind: str) -> str:
        """What a document of a form is called."""
        return registry.of(kind).word

    def none_yet(self, kind: str) -> str:
        """Why nobody is offered."""
        places = registry.of(kind).places
        return places.none_yet if places is not None else ""

    def short_title(self, kind: str) -> str:
        """Without the county before and the words all of them share: “一村一品”村申报表."""
        return _COUNTY.sub("", self.kinds().get(kind, kind)).replace("产业扶贫", "")

    def states(self) -> Sequence[tuple[str, str]]:
        """All states that its documents can be in."""
        given_up = any(one.cancellable for one in registry.filled_in(self.tab))
        return [(state.value, state.label) for state in ApplicationState if given_up or state is not _CANCELLED]

    def lines(self, wanted: Wanted) -> list[DocumentLine]:
        """Those of a year, narrowed."""
        state = ApplicationState(wanted.state) if wanted.state else None
        found = documents.lines(
            self._bench, wanted.year, form_id=wanted.kind or None, state=state, text=wanted.text,
            tab=self.tab,
        )
        return [self.line_of(line) for line in found]

    def line_of(self, line: ApplicationLine) -> DocumentLine:
        """A document as the list shows it."""
        waits = f"待{short_box(line.waiting_for)}" if line.waiting_for else line.state.label
        told = [f"{line.place} {line.title}", f"编号：{line.number}"] if line.number else [f"{line.place} {line.title}"]
        told.append(line.state.label)
        if line.waiting_for:
            told.append(f"等待：{line.waiting_for}")
        if line.blocking:
            told.append(f"还有 {line.blocking} 项必须改正")
        told.append(f"{line.updated_by} {line.updated_at:%Y-%m-%d %H:%M}")
        note = f"第 {line.version} 版" if line.version > 1 else ""
        return DocumentLine(line.key, line.form_id, line.place, note, waits, TONES[line.state], "\n".join(told))

    def year_of(self, key: str) -> int:
        """Its year."""
        return documents.open_application(self._bench, key).line.year

    def places(self, kind: str, year: int) -> list[Place]:
        """Villages, the town, households, projects."""
        return documents.places(self._bench, kind, year=year)

    def typed_name(self, kind: str) -> str:
        """Projects are named by typing."""
        places = registry.of(kind).places
        return places.typed if places is not None else ""

    # ---- one document ----
    def open(self, key: str) -> Document:
        """With all that is shown beside it."""
        return self.document_of(documents.open_application(self._bench, key))

    def document_of(self, found: OpenApplication) -> Document:
        """A document as the panes show it."""
        stage = _STAGES.get(found.line.state, "open")
        given_up = found.line.state is _CANCELLED
        return Document(
            key=found.key, line=self.line_of(found.line), stage=stage, form=found.form, data=found.data,
            locked=found.locked, problems=found.problems, passed=found.passed, faults=found.faults, flow=found.flow,
            past=found.past, versions=found.versions, note=found.form_note,
            hint=_GIVEN_UP if given_up else _HINTS[stage], cancellable=registry.of(found.form.id).cancellable,
        )

    def filled(self, key: str) -> FilledForm:
        """Its paper."""
        return documents.filled(self._bench, key)

    def changed_paths(self, key: str) -> frozenset[str]:
        """Against the version before."""
        return documents.changed_paths(self._bench, key)

    def rows_behind(self, key: str, field: str) -> RowsBehind:
        """What a computed value rests on."""
        return documents.rows_behind(self._bench, key, field)

    def set_values(self, key: str, typed: Mapping[str, Any]) -> Outcome:
        """Typed texts by path."""
        return documents.set_values(self._bench, key, typed)

    def set_list(self, key: str, field: str, rows: Sequence[Mapping[str, Any]]) -> Outcome:
        """Records of a list."""
        return documents.set_list(self._bench, key, field, rows)

    def give_reason(self, key: str, code: str, text: str) -> Change:
        """说明."""
        return documents.give_reason(self._bench, key, code, text)

    # ---- its way ----
    def create(self, kind: str, place: str, year: int, *, copy: bool) -> Change:
        """新建, 复制上年."""
        begin = documents.copy_last_year if copy else documents.create
        return begin(self._bench, kind, place, year=year)

    def remove(self, key: str) -> Change:
        """删除草稿."""
        return documents.remove(self._bench, key)

    def submit(self, key: str) -> Change:
        """提交."""
        return documents.submit(self._bench, key)

    def give_opinion(self, key: str, box: str, opinion: Opinion) -> Change:
        """意见."""
        return documents.give_opinion(self._bench, key, box, opinion)

    def send_back(self, key: str, opinion: Opinion) -> Change:
        """退回."""
        return documents.send_back(self._bench, key, opinion.text, opinion.name, opinion.dated)

    def withdraw(self, key: str, reason: str) -> Change:
        """撤回."""
        return documents.withdraw(self._bench, key, reason)

    def correct(self, key: str) -> Change:
        """更正."""
        return documents.correct(self._bench, key)

    def cancel(self, key: str, reason: str) -> Change:
        """作废."""
        return documents.cancel(self._bench, key, reason)

    # ---- papers ----
    def paper_name(self, key: str) -> str:
        """File name without ending."""
        return documents.paper_name(self._bench, key)

    def write(self, key: str, path: Path, kind: PaperKind, *, copy: bool) -> None:
        """One file."""
        write = documents.write_pdf if kind == "pdf" else documents.write_xlsx
        write(self._bench, key, path, copy=copy)

    def printable(self, key: str, *, copy: bool = False) -> Paper:
        """Printed as it is written."""
        return printing.document_paper(self._bench, key, noun=self.noun, copy=copy)

    def write_many(self, keys: Sequence[str], folder: Path, export: Export, report: Report) -> list[Path]:
        """Many files."""
        return documents.write_many(self._bench, keys, folder, export.kinds, report, copy=export.copy)
