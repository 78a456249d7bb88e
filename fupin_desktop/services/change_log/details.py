"""What one operation changed: each record by its name, each field before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.change_log import settings
from fupin_desktop.services.values import show
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import bulk
from fupin_desktop.storage.document_type import Document, load_document
from fupin_desktop.storage.entities import Application, ApplicationValue, Base, ChangeEntry
from fupin_desktop.storage.fields import Field, of
from fupin_desktop.storage.log import Action, Entry, read_entries
from fupin_desktop.storage.record_names import names_of, owner_keys, owners_of, reference_label, target_of
from fupin_desktop.storage.table_names import called, word_columns
from fupin_desktop.storage.unit import entity_named, table_of

_ENTRIES = table_of(ChangeEntry)
_WORDS = {Action.INSERT: "新增", Action.UPDATE: "修改", Action.DELETE: "删除"}
_HIDDEN = ("key", "secret")
_LONGEST = 200
_FEW = 1000
"""Of so many records of a table that went together the names are told where others were theirs."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One field of one record.

    Attributes:
        table: What the record is, e.g. 农户.
        record: Its name; empty where it has none.
        action: 新增, 修改 or 删除.
        label: The field; empty where the record came or went without any that can be told.
        before: Value before.
        after: Value after.
    """

    table: str
    record: str
    action: str
    label: str
    before: str
    after: str


def details(bench: Workbench, key: str, limit: int = 1000) -> list[Detail]:
    """What an operation changed, in the order it did.

    Args:
        bench: The workbench.
        key: Key of the operation.
        limit: Lines at most.
    """
    with bench.read() as session:
        return _of_set(session, key, limit)


def _of_set(session: Session, key: str, limit: int) -> list[Detail]:
    found: list[Detail] = []
    gone = _gone(session, key)
    for entry in _entries(session, _ENTRIES.c.set_key == key):
        for detail in _Telling(session, entry, gone).lines(limit - len(found)):
            found.append(detail)
            if len(found) >= limit:
                return found
    return found


def _entries(session: Session, *conditions: ColumnElement[bool]) -> Iterator[Entry]:
    """Entries of the log in their order."""
    wanted = select(_ENTRIES.c.entity, _ENTRIES.c.action, _ENTRIES.c.columns, _ENTRIES.c.body).where(*conditions)
    stored = session.connection().execute(wanted.order_by(_ENTRIES.c.position))
    return read_entries(tuple(row) for row in stored)


def _gone(session: Session, key: str) -> dict[str, str]:
    """The words of the records that an operation took away, by key: those of whom others that it took away were."""
    removed = (_ENTRIES.c.set_key == key, _ENTRIES.c.action == Action.DELETE, _ENTRIES.c.size <= _FEW)
    found = {}
    for entry in _entries(session, *removed):
        words = word_columns(entry.columns)
        for one, row in zip(entry.keys(), entry.rows, strict=True):
            values = dict(zip(entry.columns, row, strict=True))
            found[one] = next((str(values[word]) for word in words if values[word]), "")
    return found


class _Telling:
    """Tells one entry."""

    def __init__(self, session: Session, entry: Entry, gone: Mapping[str, str]) -> None:
        self._session, self._entry, self._gone = session, entry, gone
        self._table = Base.metadata.tables.get(entry.table)
        self._fields: Mapping[str, Field] = of(entity_named(entry.table)) if self._table is not None else {}

    def lines(self, limit: int) -> Iterator[Detail]:
        """The lines of the entry, of its first records where it has more than can be told."""
        rows = self._entry.rows[: max(limit, 1)]
        keys = Entry(self._entry.table, self._entry.action, self._entry.columns, rows).keys()
        names, referred = self._names(keys, rows), self._referred(rows)
        title, word = called(self._entry.table), _WORDS[self._entry.action]
        for key, row in zip(keys, rows, strict=True):
            told = list(self._fields_of(row, referred))
            for label, before, after in told or self._nothing():
                yield Detail(title, names.get(key, ""), word, label, before, after)

    def _nothing(self) -> Sequence[tuple[str, str, str]]:
        """What is told of a record of which nothing can be: nothing where only what follows from others changed."""
        kept = all(name in self._fields and self._fields[name].derived for name in self._entry.columns)
        return () if kept and self._entry.action is Action.UPDATE else (("", "", ""),)

    def _fields_of(self, row: Sequence[Any], referred: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
        columns, width = self._entry.columns, len(self._entry.columns)
        for place, name in enumerate(columns):
            label = self._label(name)
            if not label:
                continue
            if self._entry.action is Action.UPDATE:
                before, after = row[1 + place], row[1 + width + place]
            else:
                gone = self._entry.action is Action.DELETE
                before, after = (row[place], None) if gone else (None, row[place])
            texts = self._shown(row, name, before, referred), self._shown(row, name, after, referred)
            if any(texts) and texts[0] != texts[1]:
                yield label, *texts
            elif before != after and self._is_document(name) and self._entry.action is Action.UPDATE:
                yield label, "", "内容有改动"

    def _label(self, name: str) -> str:
        field = self._fields.get(name)
        if field is not None:
            return "" if field.derived else field.label
        if name in _HIDDEN or self._table is None or name not in self._table.c:
            return ""
        moved = self._entry.action is Action.UPDATE  # whose a record is that came or went stands before its name
        return _OTHER_LABELS.get((self._entry.table, name), reference_label(self._table, name) if moved else "")

    def _is_document(self, name: str) -> bool:
        return self._table is not None and name in self._table.c and isinstance(self._table.c[name].type, Document)

    def _shown(self, row: Sequence[Any], name: str, value: Any, referred: Mapping[str, str]) -> str:
        if value is None or value == "":
            return ""
        field = self._fields.get(name)
        if field is not None:
            return _cut(show(field, value, referred))
        if value in referred:
            return referred[value]
        if self._entry.table == "settings":
            return _cut(settings.show(str(row[0]), value))
        if self._is_document(name):
            return _cut(_plain(value))
        return _cut(str(value))

    def _names(self, keys: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, str]:
        """The records' names: as the log has them where they came or went, else as they are now."""
        if self._entry.table == "settings":
            return {key: settings.name_of(key) for key in keys}
        if self._table is None:
            return {}
        if self._entry.table == ApplicationValue.__tablename__:
            return _typed_fields(self._session, keys)
        connection = self._session.connection()
        found = names_of(connection, self._table, keys)
        if self._entry.action is not Action.UPDATE:
            records = [dict(zip(self._entry.columns, row, strict=True)) for row in rows]
            words = word_columns(self._entry.columns)
            for key, values, owner in zip(keys, records, owners_of(connection, self._table, records), strict=True):
                word = next((str(values[one]) for one in words if values[one]), "")
                owner = owner or next((self._gone.get(one, "") for one in owner_keys(values)), "")
                found[key] = " ".join(part for part in (owner, word) if part) or found.get(key, "")
        return found

    def _referred(self, rows: Sequence[Sequence[Any]]) -> dict[str, str]:
        """Names of the records that the entry's columns name."""
        found: dict[str, str] = {}
        width = len(self._entry.columns)
        for place, name in enumerate(self._entry.columns):
            target = target_of(self._table, name) if self._table is not None and self._label(name) else None
            if target is not None:
                at = (1 + place, 1 + width + place) if self._entry.action is Action.UPDATE else (place,)
                keys = {str(row[one]) for row in rows for one in at if row[one]}
                found |= names_of(self._session.connection(), target, sorted(keys))
        return found


def _typed_fields(session: Session, keys: Sequence[str]) -> dict[str, str]:
    """Names of what was typed into documents: the document's and the field's; of documents that are still there."""
    from fupin_desktop.services.documents import forms

    wanted = (
        select(ApplicationValue.key, ApplicationValue.field, Application.place, Application.form_sha)
        .join(Application, Application.key == ApplicationValue.application_key)
        .where(ApplicationValue.key.in_(bulk.few(keys)))
    )
    found = {}
    for key, name, place, sha in session.execute(wanted):
        try:
            label = forms.kept(session, sha).fields[name].label
        except (NotAllowed, KeyError):
            label = name
        found[key] = f"{place} {label}"
    return found


def _plain(value: Any) -> str:
    """A document that is one value; of others nothing can be told in a line."""
    found = load_document(value) if isinstance(value, str) else value
    if isinstance(found, dict | list):
        return ""
    return "" if found is None else str(found)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


_OTHER_LABELS = {
    ("settings", "value"): "值",
    ("application_values", "value"): "内容",
    ("application_values", "field"): "栏目",
    ("application_steps", "who"): "经办人",
    ("applications", "sent"): "提交时的数据",
    ("award_schemes", "body"): "方案内容",
    ("award_schemes", "state"): "状态",
    ("notices", "body"): "公示内容",
    ("notices", "settings"): "公示设置",
    ("notices", "number"): "文号",
    ("notices", "withdrawn_why"): "撤回原因",
    ("payment_batches", "entries"): "台账记录",
    ("frozen_papers", "sha256"): "校验码",
    ("import_runs", "file_name"): "文件名",
    ("prints", "printer"): "打印机",
    ("prints", "copies"): "份数",
    ("prints", "pages"): "页码",
    ("register_reasons", "reason"): "说明",
    ("year_steps", "reason"): "原因",
    ("year_steps", "year"): "年度",
    ("operators", "active"): "在用",
}
"""Labels of columns that no window shows as a field."""

