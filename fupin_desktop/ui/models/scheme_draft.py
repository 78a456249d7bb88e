"""An award scheme while it is edited: the tables of its TOML form, with undo; checked by the same strict reader.

Tables whose keys the clerk types (caps by class, groups, reasons) are kept as lists of rows here, so that a row can be
half typed.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from PySide6.QtCore import QObject, Signal

from fupin_desktop.errors import BadDefinition
from fupin_desktop.policy.rules import AmountRule, registry
from fupin_desktop.policy.rules.controls import RowsControl
from fupin_desktop.policy.scheme import AwardScheme
from fupin_desktop.policy.scheme.file import scheme_from_dict, scheme_to_dict

Path = tuple[str | int, ...]
FILE = "方案"
CAPS_BY_CLASS = ("by_class", "per_person_by_class")
CLASS_TABLES = ("classes", *(f"batch_{name}" for name in CAPS_BY_CLASS))
NAMED = ("group_caps", *CAPS_BY_CLASS, *CLASS_TABLES, "reasons")
_TRUE_BY_DEFAULT = frozenset({"minimum_included", "boundary_included", "cumulative", "partial"})


def dotted(path: Path) -> str:
    """A path as the reader of scheme files names it, e.g. ``item[2].tiers[1].rate``."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


class SchemeDraft(QObject):
    """What the pages of the editor show and change.

    Signals:
        changed: Something is different.
        restructured: Rows came, went or moved, or an undo happened: everything is to be shown anew.
    """

    changed = Signal()
    restructured = Signal()

    def __init__(self, scheme: AwardScheme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.data = unfold(scheme_to_dict(scheme))
        self._first = deepcopy(self.data)
        self._past: list[dict[str, Any]] = []
        self._future: list[dict[str, Any]] = []
        self._last: Path | None = None

    # ---- reading ----
    @property
    def dirty(self) -> bool:
        """Whether it differs from what was opened."""
        return self.data != self._first

    def get(self, path: Path) -> Any:
        """The value at a path; None where it is not set."""
        at: Any = self.data
        for part in path:
            if isinstance(at, list):
                at = at[part] if isinstance(part, int) and part < len(at) else None
            elif isinstance(at, dict):
                at = at.get(part)
            if at is None:
                return None
        return at

    def rows(self, path: Path) -> list[Any]:
        """The rows at a path."""
        found = self.get(path)
        return found if isinstance(found, list) else []

    def flag(self, path: Path) -> bool:
        """A yes or no; what is not set has its default."""
        value = self.get(path)
        return path[-1] in _TRUE_BY_DEFAULT if value is None else bool(value)

    # ---- changing ----
    def set(self, path: Path, value: Any) -> None:
        """Set a value; None, an empty text or list takes it away. Typing on in one field is one step of undo."""
        if self.get(path) == value or (value in (None, "", []) and self.get(path) is None):
            return
        if self._last != path:
            self._remember()
        self._last = path
        at = self._table(path[:-1])
        if value in (None, "", []):
            at.pop(path[-1], None)
        else:
            at[path[-1]] = value
        self.changed.emit()

    def set_kind(self, path: Path, kind: type[AmountRule]) -> None:
        """Change the kind of rule of an item or variant; what other kinds had stays for coming back."""
        if self.get((*path, "kind")) == kind.value:
            return
        self._remember()
        table = self._table(path)
        table["kind"] = kind.value
        seed = dict(deepcopy(kind.seed))
        _unfold_rule(seed, kind)
        for key, value in seed.items():
            table.setdefault(key, value)
        self._shown_anew()

    def insert(self, path: Path, at: int, row: dict[str, Any]) -> None:
        """Put a row into a list."""
        self._change_rows(path, lambda rows: rows.insert(at, deepcopy(row)))

    def remove(self, path: Path, at: int) -> None:
        """Take a row out of a list."""
        self._change_rows(path, lambda rows: rows.pop(at))

    def move(self, path: Path, at: int, to: int) -> None:
        """Move a row within its list."""
        if 0 <= to < len(self.rows(path)):
            self._change_rows(path, lambda rows: rows.insert(to, rows.pop(at)))

    def _change_rows(self, path: Path, act: Callable[[list[Any]], object]) -> None:
        self._remember()
        act(self._table(path[:-1]).setdefault(path[-1], []))
        self._shown_anew()

    def _table(self, path: Path) -> Any:
        at: Any = self.data
        for part in path:
            at = at.setdefault(part, {}) if isinstance(at, dict) else at[part]
        return at

    def _remember(self) -> None:
        self._past.append(deepcopy(self.data))
        self._future.clear()

    def _shown_anew(self) -> None:
        self._last = None
        self.restructured.emit()
        self.changed.emit()

    # ---- undo ----
    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether something was taken back."""
        return bool(self._future)

    def undo(self) -> None:
        """Take back the last step."""
        if self._past:
            self._future.append(self.data)
            self.data = self._past.pop()
            self._shown_anew()

    def redo(self) -> None:
        """Do it again."""
        if self._future:
            self._past.append(self.data)
            self.data = self._future.pop()
            self._shown_anew()

    # ---- the scheme ----
    def scheme(self) -> AwardScheme:
        """The scheme as it stands.

        Raises:
            BadDefinition: Something is missing or wrong; names the key and the rule.
        """
        return scheme_from_dict(fold(self.data), FILE)


def unfold(tables: dict[str, Any]) -> dict[str, Any]:
    """The tables of a scheme as the editor keeps them."""
    data = deepcopy(tables)
    caps = data.setdefault("caps", {})
    data.update({name: caps.pop(name, {}) for name in CAPS_BY_CLASS})
    data.update({f"batch_{name}": caps.get("batch", {}).pop(name, {}) for name in CAPS_BY_CLASS})
    for name in NAMED:
        data[name] = [{"name": key, "value": value} for key, value in data.get(name, {}).items()]
    for item in data.get("item", []):
        for table in (item, *item.get("variant", [])):
            _unfold_rule(table, registry.find(table.get("kind")))
    return data


def _bare_lists(kind: type[AmountRule] | None) -> list[tuple[str, str]]:
    """Keys of the kind's lists of plain values, each with the key its values have as rows."""
    controls = kind.controls if kind else ()
    return [(one.key, one.columns[0].key) for one in controls if isinstance(one, RowsControl) and one.bare]


def _unfold_rule(table: dict[str, Any], kind: type[AmountRule] | None) -> None:
    """Lists of plain values become rows."""
    for key, column in _bare_lists(kind):
        if key in table:
            table[key] = [{column: value} for value in table[key]]


def fold(data: dict[str, Any]) -> dict[str, Any]:
    """The editor's tables as the reader of scheme files takes them.

    Raises:
        BadDefinition: A name was typed twice.
    """
    tables = deepcopy(data)
    for name in NAMED:
        tables[name] = _named(name, tables[name])
    for name in CAPS_BY_CLASS:
        by_class, of_batch = tables.pop(name), tables.pop(f"batch_{name}")
        if by_class:
            tables.setdefault("caps", {})[name] = by_class
        if of_batch:
            tables.setdefault("caps", {}).setdefault("batch", {})[name] = of_batch
    for item in tables.get("item", []):
        for table in (item, *item.get("variant", [])):
            _fold_rule(table)
    return {key: value for key, value in tables.items() if value not in ({}, [])}


def _named(key: str, rows: list[dict[str, str]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in rows:
        name, value = row.get("name", "").strip(), row.get("value", "")
        if not name and not value:
            continue
        if not name:
            raise BadDefinition(FILE, key, "有一行没有写名称")
        if name in found:
            raise BadDefinition(FILE, key, f"“{name}”写了两次")
        if not value:
            raise BadDefinition(FILE, f"{key}.{name}", "必须填写")
        found[name] = value
    return found


def _fold_rule(table: dict[str, Any]) -> None:
    """Only the keys of the kind chosen are handed on."""
    kind = registry.find(table.get("kind"))
    for key in registry.all_keys() - (kind.keys() if kind else frozenset()):
        table.pop(key, None)
    for key, column in _bare_lists(kind):
        if key in table:
            table[key] = [row.get(column, "") for row in table[key]]
