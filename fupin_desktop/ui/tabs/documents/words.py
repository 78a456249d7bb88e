"""Documents in words: titles in few words, badges, tips, where a document stands."""

from __future__ import annotations

import re

from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.services.documents import registry
from fupin_desktop.services.documents.model import DocumentLine, OpenDocument, Stage

_TONES = {
    ApplicationState.DRAFT: "plain", ApplicationState.SUBMITTED: "info", ApplicationState.RETURNED: "must",
    ApplicationState.APPROVED: "good", ApplicationState.WITHDRAWN: "principle", ApplicationState.REPLACED: "plain",
    ApplicationState.CANCELLED: "plain",
}  # fmt: skip
_HINTS: dict[Stage, str] = {
    "open": "每填一格自动保存", "sent": "办理中，不能修改", "final": "存档", "over": "已有更正，只供查看",
}  # fmt: skip
_CANCELLED = "已作废，只供查看"
_COUNTY = re.compile("^[^“]*(?=“)")
_BRACKETS = re.compile("[(\uff08][^)\uff09]*[)\uff09]")
_SHARED = ("产业扶贫", "专项资金")
"""Words that titles of forms have in common."""


def short_title(title: str) -> str:
    """A form's title without the county before it and the words that many share: “一村一品”村申报表."""
    short = _COUNTY.sub("", title)
    for word in _SHARED:
        short = short.replace(word, "")
    return short


def short_box(label: str) -> str:
    """A box in a few words: ``镇(街)扶贫办意见`` becomes ``镇扶贫办``."""
    return _BRACKETS.sub("", label).removesuffix("意见")


def badge(line: DocumentLine) -> tuple[str, str]:
    """The state of a document in a word, and the tone of its badge."""
    if line.progress is not None:
        return line.progress.word, "good" if line.progress.complete else "info"
    return f"待{short_box(line.waiting_for)}" if line.waiting_for else line.state.label, _TONES[line.state]


def version_note(line: DocumentLine) -> str:
    """Small words behind the name: ``第 2 版``; empty for a first version."""
    return f"第 {line.version} 版" if line.version > 1 else ""


def tip(line: DocumentLine) -> str:
    """All that the list knows of a document, a fact a line."""
    told = [f"{line.place} {line.title}"]
    if line.number:
        told.append(f"编号：{line.number}")
    told.append(registry.state_word(line.form_id, line.state))
    if line.waiting_for:
        told.append(f"等待：{line.waiting_for}")
    if line.blocking:
        told.append(f"还有 {line.blocking} 项必须改正")
    told.append(f"{line.updated_by} {line.updated_at:%Y-%m-%d %H:%M}")
    if line.progress is not None and line.progress.word not in told:
        told.append(line.progress.word)
    return "\n".join(told)


def hint(document: OpenDocument) -> str:
    """Where a document stands, in a few words above the paper."""
    if document.line.state is ApplicationState.CANCELLED:
        return _CANCELLED
    told = _HINTS[document.stage]
    return f"{registry.of(document.line.form_id).approved_word}{told}" if document.stage == "final" else told


def short(text: str, most: int = 24) -> str:
    """A value as one line of the history takes it."""
    flat = " ".join(text.split()) or "(空)"
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"
