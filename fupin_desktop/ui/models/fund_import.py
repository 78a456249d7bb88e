"""What a ledger file holds, as the tables of its preview show it."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import Qt

from fupin_desktop.domain.money import format_money
from fupin_desktop.override import override
from fupin_desktop.services.funds.imports import LedgerImport
from fupin_desktop.ui import theme
from fupin_desktop.ui.importing.models import Index, ListModel
from fupin_desktop.ui.models.fund_sources import ZERO

Role = Qt.ItemDataRole
NEW, KNOWN, WRONG = "新增", "已有", "有错"
_TONES = {WRONG: "must", KNOWN: "muted"}
_ENTRIES = ("结果", "工作表", "行", "日期", "资金来源", "事项", "对象", "金额(元)", "收款单位(户)", "凭证号", "备注")
_SOURCES = ("结果", "资金类别", "资金名称", "文号", "下达(元)", "到账日期", "原定用途", "捐赠人", "备注")
_PROBLEMS = ("程度", "工作表", "格子", "栏目", "问题", "怎么改")
_AMOUNT = {"金额(元)", "下达(元)", "行"}


class View(NamedTuple):
    """One way of looking at the file: key, word, headings, lines."""

    key: str
    word: str
    headings: tuple[str, ...]
    lines: list[tuple[str, ...]]


class FileModel(ListModel):
    """Lines with amounts at the right; what is wrong in red, what is known in grey."""

    def __init__(self, view: View) -> None:
        super().__init__(view.headings, view.lines)
        self.view = view

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Texts, sides and colours."""
        if index.isValid() and role == Role.TextAlignmentRole:
            right = self.view.headings[index.column()] in _AMOUNT
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if index.isValid() and role == Role.ForegroundRole:
            tone = _TONES.get(self.view.lines[index.row()][0])
            return theme.colour(tone) if tone else None
        return super().data(index, role)


def views(found: LedgerImport) -> list[View]:
    """Entries, sources and problems; of the last two only where there are some."""
    all_views = (
        View("entries", "记录", _ENTRIES, _entries(found)), View("sources", "新增来源", _SOURCES, _sources(found)),
        View("problems", "问题", _PROBLEMS, _problems(found)),
    )
    return [view for place, view in enumerate(all_views) if view.lines or not place]


def _entries(found: LedgerImport) -> list[tuple[str, ...]]:
    lines: list[tuple[str, ...]] = []
    for row in found.rows:
        draft, target = row.draft, row.draft.target
        kind = f"冲销{draft.kind.label}" if draft.amount < 0 else draft.kind.label
        lines.append((
            KNOWN if row.known else NEW if row.good else WRONG, row.place.sheet, f"{row.place.row + 1}",
            f"{draft.dated:%Y-%m-%d}", row.source.form.name, kind, target.name if target else "",
            format_money(draft.amount), draft.payee, draft.paper_no, draft.note,
        ))
    return lines


def _sources(found: LedgerImport) -> list[tuple[str, ...]]:
    lines: list[tuple[str, ...]] = []
    for one in found.sources:
        form = one.form
        came = f"{form.received_on:%Y-%m-%d}" if form.received_on else ""
        wrong = one.row is not None and bool(one.row.faults)
        if one.new:
            lines.append((
                WRONG if wrong else NEW, form.kind.label, form.name, form.document_no,
                format_money(form.amount) if form.amount != ZERO else "", came, form.original_plan, form.donors,
                form.note,
            ))
    return lines


def _problems(found: LedgerImport) -> list[tuple[str, ...]]:
    return [
        (WRONG if one.must else "提醒", one.sheet, one.cell, one.heading, one.sentence, one.todo)
        for one in sorted(found.problems, key=lambda one: (not one.must, one.sheet, one.row, one.column))
    ]
