"""The TOML form of an award scheme: read strictly, written back the same.

Every key is explained in ``resources/manual/scheme.html``. Numbers are decimals, bare or in quotes; closed choices may
be written as codes or as Chinese words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from fupin_desktop.domain.strict_toml import MONEY, QUANTITY, RATIO, Table, loads
from fupin_desktop.domain.vocabulary import FundKind, HouseholdClass
from fupin_desktop.errors import FileMissing, UnreadableFile, cause_of
from fupin_desktop.policy.scheme import (
    AwardScheme,
    Caps,
    CostScope,
    Decision,
    PriorityKey,
    RoundingMode,
    RoundingUnit,
    Source,
    SubsidyTreatment,
    WhenShort,
)
from fupin_desktop.policy.scheme.items import Classes, item_to_dict, items_from, no_class

LARGEST_FILE = 1_000_000
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
PRIORITY_WORDS = {"排序号": "number", "优先顺序": "number", "大户优先": "large_first", "类别": "class", "面积": "area"}


def read_scheme(path: Path) -> AwardScheme:
    """Read a scheme file.

    Args:
        path: A UTF-8 TOML file; the mark that 记事本 puts in front is passed over.

    Raises:
        FileMissing: There is no such file.
        UnreadableFile: It cannot be read, or is far too large for a scheme.
        BadDefinition: It breaks a rule of the form; names file, key and rule.
    """
    try:
        with path.open("rb") as opened:
            raw = opened.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise FileMissing(f"找不到方案文件“{path.name}”。") from None
    except OSError as fault:
        why = "是文件夹，不是方案文件。" if path.is_dir() else f"读不出来({cause_of(fault)})。"
        raise UnreadableFile(f"“{path.name}”{why}", todo="请检查文件后再试一次。") from None
    if len(raw) > LARGEST_FILE:
        raise UnreadableFile(
            f"“{path.name}”太大，不像是奖补方案文件。", todo="请选用本程序导出的方案文件(*.toml)。"
        )
    if raw.startswith(SPREADSHEETS):
        raise UnreadableFile(
            f"“{path.name}”是电子表格，不是奖补方案文件。", todo="请检查方案和名册是不是写反了；方案文件以 .toml 结尾。"
        )
    return _scheme(loads(raw, path.name))


def scheme_from_dict(data: Mapping[str, Any], file: str) -> AwardScheme:
    """The scheme of a stored record.

    Args:
        data: Tables as JSON gives them; decimals as text or ``Decimal``.
        file: Name used in messages.

    Raises:
        BadDefinition: A rule of the form is broken.
    """
    return _scheme(Table(data, file))


def _scheme(top: Table) -> AwardScheme:
    scheme = AwardScheme(
        name=top.name("name", required=True),
        place=top.name("place", required=True),
        year=top.integer("year", 2000, 2100),
        batch=top.name("batch"),
        main_products=top.words("main_products"),
        large_from=top.number("large_from", QUANTITY),
        classes=(own := _own_classes(top.table("classes", optional=True))),
        group_caps=(groups := top.table("group_caps", optional=True)).named_money(),
        items=items_from(top, frozenset(groups.names()), own),
        decision=_decision(top.table("decision", optional=True)),
        sources=tuple([_source(source) for source in top.tables("source", optional=True)]),
        pool=top.number("pool", MONEY),
        cost_ratio=_ratio(top),
        cost_scope=top.word("cost_scope", CostScope, CostScope.HOUSEHOLD),
        other_subsidy=top.word("other_subsidy", SubsidyTreatment, SubsidyTreatment.COUNT),
        caps=_caps(top.table("caps", optional=True), own),
        when_short=top.word("when_short", WhenShort, WhenShort.SCALE),
        priority=_priority(top),
        class_order=_classes(top, "class_order", own),
        partial=top.flag("partial", True),
        rounding_unit=top.word("rounding_unit", RoundingUnit, RoundingUnit.FEN),
        rounding_mode=top.word("rounding_mode", RoundingMode, RoundingMode.HALF_UP),
        reasons=top.table("reasons", optional=True).named_texts(),
    )
    if PriorityKey.CLASS in scheme.priority and not scheme.class_order:
        top.fail("class_order", "按类别先后时，要在这里写明户类别的先后")
    if scheme.cost_scope is CostScope.ITEM and any(item.additional for item in scheme.items):
        top.fail("cost_scope", "有叠加项目(additional)的，同一份成本只能封顶一次，要写 household(全户)")
    top.done()
    return scheme


def _own_classes(table: Table) -> dict[str, HouseholdClass]:
    """The office's own classes with what they count as; none may be called as one of the five."""
    found = {}
    for name in table.names():
        if HouseholdClass.from_label(name) is not None:
            table.fail(name, "是五类之一，不用在这里写")
        found[name] = table.word(name, HouseholdClass)
    table.done()
    return found


def _ratio(top: Table) -> Decimal:
    ratio = top.number("cost_ratio", RATIO, high=Decimal(1))
    if ratio == 0:
        top.fail("cost_ratio", "应大于 0，不大于 1")
    return Decimal(1) if ratio is None else ratio


def _decision(table: Table) -> Decision:
    decision = Decision(
        table.name("village"),
        table.name("assisting_unit"),
        table.day("decided_on"),
        table.name("meeting"),
        table.name("document"),
    )
    table.done()
    return decision


def _source(table: Table) -> Source:
    source = Source(
        table.word("kind", FundKind),
        table.needed("amount", MONEY),
        table.name("name"),
        table.name("document"),
        table.name("original_plan"),
    )
    table.done()
    return source


def _caps(table: Table, own: Classes, *, of_batch: bool = False) -> Caps:
    """The caps; those of the batch have nothing about earlier batches."""
    by_class = table.table("by_class", optional=True)
    persons = table.table("per_person_by_class", optional=True)
    caps = Caps(
        per_household=table.number("per_household", MONEY),
        per_person=table.number("per_person", MONEY),
        by_class=by_class.named_money(),
        cumulative=not of_batch and table.flag("cumulative", True),
        per_person_by_class=persons.named_money(),
    )
    for one in (by_class, persons):
        known_classes(one, "", one.names(), own)
    if not of_batch:
        batch = _caps(table.table("batch", optional=True), own, of_batch=True)
        caps = replace(caps, batch_classes=_classes(table, "batch_classes", own), batch=batch if batch.any else None)
    table.done()
    return caps


def _classes(table: Table, key: str, own: Classes) -> tuple[str, ...]:
    classes = table.words(key)
    known_classes(table, key, classes, own)
    return classes


def known_classes(table: Table, key: str, classes: list[str] | tuple[str, ...], own: Classes) -> None:
    """Refuse classes that no household can have, and one class under two words.

    Raises:
        BadDefinition: There is such a word.
    """
    seen: set[str] = set()
    for word in classes:
        found = word if word in own else HouseholdClass.from_label(word)
        if found is None:
            table.fail(key or word, no_class(word, own))
        if found in seen:
            table.fail(key or word, f"户类别“{word}”写了两次")
        seen.add(found)


def _priority(top: Table) -> tuple[PriorityKey, ...]:
    if not top.has("priority"):
        return (PriorityKey.NUMBER,)
    codes = [PRIORITY_WORDS.get(word, word) for word in top.words("priority")]
    known = [key.value for key in PriorityKey]
    if not codes or any(code not in known for code in codes) or len(set(codes)) < len(codes):
        top.fail("priority", "应是列表，从 number、large_first、class、area 中选，不重复")
    return tuple([PriorityKey(code) for code in codes])


# ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def scheme_to_dict(scheme: AwardScheme) -> dict[str, Any]:
    """The scheme as plain tables of texts, whole numbers and lists, fit for TOML and for JSON.

    ``scheme_from_dict`` gives the same scheme back. Decimals and dates are texts; what is not set is left out.
    """
    tables: dict[str, Any] = {
        "name": scheme.name,
        "place": scheme.place,
        "year": scheme.year,
        "batch": scheme.batch,
        "main_products": list(scheme.main_products),
        "large_from": plain(scheme.large_from),
        "pool": plain(scheme.pool),
        "cost_ratio": plain(scheme.cost_ratio),
        "cost_scope": scheme.cost_scope.value,
        "other_subsidy": scheme.other_subsidy.value,
        "when_short": scheme.when_short.value,
        "priority": [key.value for key in scheme.priority],
        "class_order": list(scheme.class_order),
        "partial": scheme.partial,
        "rounding_unit": scheme.rounding_unit.value,
        "rounding_mode": scheme.rounding_mode.value,
        "decision": _written(scheme.decision, ("village", "assisting_unit", "decided_on", "meeting", "document")),
        "source": [_written(one, ("kind", "amount", "name", "document", "original_plan")) for one in scheme.sources],
        "classes": {name: known.value for name, known in scheme.classes.items()},
        "caps": _caps_to_dict(scheme.caps),
        "group_caps": {name: plain(cap) for name, cap in scheme.group_caps.items()},
        "item": [item_to_dict(item) for item in scheme.items],
        "reasons": dict(scheme.reasons),
    }
    return {key: value for key, value in tables.items() if value not in (None, "", [], {})}


def _written(value: object, names: tuple[str, ...]) -> dict[str, Any]:
    found = {name: plain(getattr(value, name)) for name in names}
    return {name: one for name, one in found.items() if one not in (None, "")}


def _caps_to_dict(caps: Caps) -> dict[str, Any]:
    table = _limits(caps)
    if caps.batch_classes:
        table["batch_classes"] = list(caps.batch_classes)
    if caps.batch is not None:
        table["batch"] = _limits(caps.batch)
    return {"cumulative": caps.cumulative, **table} if table or not caps.cumulative else {}


def _limits(caps: Caps) -> dict[str, Any]:
    table = _written(caps, ("per_household", "per_person"))
    for key, named in (("by_class", caps.by_class), ("per_person_by_class", caps.per_person_by_class)):
        if named:
            table[key] = {name: plain(cap) for name, cap in named.items()}
    return table


def plain(value: object) -> Any:
    """A value as TOML and JSON hold it alike: decimals and dates as text, words as codes."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value
