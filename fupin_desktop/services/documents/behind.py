"""The rows behind a computed value: which households, villages or fields it is the sum of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from fupin_desktop.documents.definition.form import Field, FormDefinition
from fupin_desktop.documents.filling.data import show_value
from fupin_desktop.domain.area import format_quantity
from fupin_desktop.domain.vocabulary import HouseholdSize
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.documents import opening, registry
from fupin_desktop.services.documents.bindings import value_of
from fupin_desktop.services.documents.context import Context
from fupin_desktop.services.documents.register_facts import HouseholdFacts, mu, parts_of, persons, sized
from fupin_desktop.services.overview import RowsBehind, Target
from fupin_desktop.services.workbench import Workbench

_HEAD = ("村", "村民小组", "户主", "类别", "人口", "产业", "规模")
_AREA_NAMES = ("area.cooperative", "area.large", "area.scattered", "area.total")
_PARTS = ("合作社基地(亩)", "大户基地(亩)", "分散种植(亩)", "合计(亩)")
_OF_VILLAGE = Target("applications", "village")
_OFFICE = Target("home", "office")


def rows_behind(bench: Workbench, key: str, field: str) -> RowsBehind:
    """The rows behind a computed field.

    Args:
        bench: The workbench.
        key: The application.
        field: Name of the field, or a path into a bound list.

    Raises:
        NotAllowed: The field is typed, or the form has none of that name.
    """
    with bench.read() as session:
        loaded = opening.load(bench, session, key)
        found = loaded.form.fields.get(field.partition("[")[0])
        if found is None or not found.locked:
            raise NotAllowed("这一栏是填写的，没有可以展开的来源。", todo="请直接修改。")
        if loaded.frozen is not None:
            return _frozen(found, loaded.frozen.working, loaded.form, loaded.data)
        if found.sum_of:
            return _sum(found, loaded.form, loaded.data)
        return _behind(found, opening.context_of(bench, session, loaded.application))


def working(form: FormDefinition, context: Context) -> dict[str, Any]:
    """The rows behind every bound value, as plain data, to be kept with the frozen paper."""
    kept = {}
    for field in form.fields.values():
        if field.bind and not field.sum_of:
            rows = _behind(field, context)
            lines = [list(row) for row in rows.rows]
            kept[field.name] = {"title": rows.title, "headings": list(rows.headings), "rows": lines}
    return kept


def _frozen(field: Field, kept: Any, form: FormDefinition, data: Any) -> RowsBehind:
    """As it was when the paper was frozen."""
    if field.sum_of:
        return _sum(field, form, data)
    found = (kept or {}).get(field.name)
    if found is None:
        return RowsBehind(field.label, (), (), _OFFICE)
    rows = tuple(tuple(row) for row in found["rows"])
    kind = registry.of(form.id)
    target = Target("households") if kind.money is None else Target(kind.tab)
    return RowsBehind(f"{found['title']}(批准时)", tuple(found["headings"]), rows, target)


def _sum(field: Field, form: FormDefinition, data: Any) -> RowsBehind:
    """The fields, or the records of a list, that a sum adds."""
    rows = [row for part in field.sum_of for row in _parts_of_sum(part, form, data)]
    total = (f"{field.label}", show_value(field, data.get(field.name)))
    return RowsBehind(field.label, ("栏目", field.unit or "金额"), (*rows, total), Target(registry.of(form.id).tab))


def _parts_of_sum(part: str, form: FormDefinition, data: Any) -> list[tuple[str, ...]]:
    """What a part of a sum adds, each with its name: a field, or a column of a list's records."""
    name, _, column = part.partition(".")
    field = form.fields.get(name)
    if field is None or not column:
        return [] if field is None else [(field.label, show_value(field, data.get(name)))]
    first, added = next(iter(field.fields)), field.fields[column]
    return [
        (str(record.get(first) or f"第 {place} 行"), show_value(added, record.get(column)))
        for place, record in enumerate(data.get(name) or (), 1)
    ]


def _behind(field: Field, context: Context) -> RowsBehind:
    name = field.bind
    if (found := registry.of(context.subject.form_id).behind(field, context)) is not None:
        return found
    if name in _AREA_NAMES:
        return _areas(field, context)
    if name in _HOUSEHOLDS:
        return _households(field, context)
    if name in _VILLAGES:
        return _villages(field, context)
    if name.startswith(("household.", "award.")):
        return _one_household(field, context)
    return _plain(field, context)


def _participating(context: Context) -> list[HouseholdFacts]:
    return context.facts.participating


def _registered(context: Context) -> list[HouseholdFacts]:
    return context.facts.registered


def _able(context: Context) -> list[HouseholdFacts]:
    return [one for one in context.facts.registered if one.able]


_HOUSEHOLDS: dict[str, Callable[[Context], list[HouseholdFacts]]] = {
    "register.poor_households": _registered,
    "register.poor_persons": _registered,
    "register.able_households": _able,
    "register.able_persons": _able,
    "register.participating": _participating,
    "register.participating_persons": _participating,
    "register.participating_large": lambda context: sized(context.facts.participating, HouseholdSize.LARGE),
    "register.participating_small": lambda context: sized(context.facts.participating, HouseholdSize.SMALL),
    "register.participating_list": _participating,
}
_VILLAGES = frozenset({"town.villages", "town.poor_villages", "town.participating_villages", "town.village_table"})


def _words(one: HouseholdFacts) -> tuple[str, ...]:
    """A household in the columns of ``_HEAD``."""
    kind = one.household_class.label if one.household_class else ""
    return (one.village, one.group, one.head, kind, str(one.members), one.products, one.size.label)


def _title(field: Field, context: Context) -> str:
    """What a number of those who take part is, and how many more nobody knows of."""
    unknown = context.facts.unknown
    return f"{field.label}(另有 {unknown:,} 户没有填写参与情况，没有计入)" if unknown else field.label


def _households(field: Field, context: Context) -> RowsBehind:
    households = _HOUSEHOLDS[field.bind](context)
    title = _title(field, context) if "participating" in field.bind else field.label
    rows = [(*_words(one), str(one.able), _mu(one.area_milli)) for one in households]
    total = ("合计", "", f"{len(households)} 户", "", str(persons(households)), "", "",
             str(sum(one.able for one in households)), _mu(sum(one.area_milli for one in households)))
    return RowsBehind(title, (*_HEAD, "劳动力", "面积(亩)"), (*rows, total), _register_target(field, households))


def _register_target(field: Field, households: Sequence[HouseholdFacts]) -> Target:
    large = {"register.participating_large": "large", "register.participating_small": "small"}
    name = large.get(field.bind, "participating" if "participating" in field.bind else "")
    return Target("households", name, village=_only_village(households))


def _only_village(households: Sequence[HouseholdFacts]) -> str:
    """The village that all of them are of; empty where they are of several."""
    names = {one.village for one in households}
    return names.pop() if len(names) == 1 else ""


def _areas(field: Field, context: Context) -> RowsBehind:
    """The participating households that have an area of the kind (吴川 三(二)1)."""
    place = _AREA_NAMES.index(field.bind)
    taking = [one for one in context.facts.participating if (*one.parts, one.parts.total)[place]]
    rows = [(*_words(one), *_parts(one.parts)) for one in taking]
    total = ("合计", "", f"{len(taking)} 户", "", str(persons(taking)), "", "", *_parts(parts_of(taking)))
    headings = (*_HEAD, *_PARTS)
    return RowsBehind(_title(field, context), headings, (*rows, total),
                      Target("households", "participating", village=_only_village(taking)))


def _parts(parts: Any) -> tuple[str, ...]:
    return tuple(_mu(one) for one in (*parts, parts.total))


def _mu(milli: int) -> str:
    return format_quantity(mu(milli))


def _villages(field: Field, context: Context) -> RowsBehind:
    rows = []
    for village in context.villages:
        taking = [one for one in context.facts.by_village.get(village.key, ()) if one.takes_part]
        poor = "是" if village.poor_village else "否" if village.poor_village is False else ""
        rows.append((village.name, poor, str(len(taking)), *_parts(parts_of(taking)), context.industries[village.key]))
    everything = context.facts.participating
    total = ("合计", "", str(len(everything)), *_parts(parts_of(everything)), "")
    headings = ("村", "省定贫困村", "参与户", *_PARTS, "一村一品产业")
    return RowsBehind(_title(field, context), headings, (*rows, total), _OF_VILLAGE)


def _one_household(field: Field, context: Context) -> RowsBehind:
    """The household's items, with the value itself below."""
    rows = [
        tuple(_shown(value) for value in (
            item.product, item.unit, _given(item.declared_milli), _given(item.accepted_milli), _given(item.area_milli),
        ))
        for item in context.items
    ]
    head = context.household.head_name if context.household else ""
    headings = ("项目", "单位", "申报数量", "验收数量", "面积(亩)")
    target = Target("households", "", context.subject.place_key)
    return RowsBehind(f"{head} {field.label}", headings, tuple(rows), target)


def _given(milli: int | None) -> Decimal | None:
    return None if milli is None else mu(milli)


def _plain(field: Field, context: Context) -> RowsBehind:
    """A single fact and where it is kept."""
    where = "村资料" if field.bind.startswith("village.") else "单位资料"
    target = _OF_VILLAGE if where == "村资料" else _OFFICE
    value = value_of(field.bind, context)
    shown = show_value(field, value) if not isinstance(value, list) else f"{len(value)} 条"
    return RowsBehind(field.label, ("来源", "内容"), ((where, shown),), target)


def _shown(value: Any) -> str:
    if isinstance(value, Decimal):
        return format_quantity(value, "")
    return "" if value is None else str(value)

