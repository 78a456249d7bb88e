"""Trainings of a year (培训, 吴川 三(一)6-7, 三(二)6-7; 清远 二15, 17, 21)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select

from fupin_desktop.domain.register_words import TrainingKind
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.household_counts import count_trainings
from fupin_desktop.services.registers.kinds import trainees
from fupin_desktop.services.registers.parts import IN_VILLAGE, VILLAGE, Filter, NamedFilter, Search, own
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.services.values.listed import MARK
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import Trainee, Training
from fupin_desktop.storage.unit import Unit


def _count(unit: Unit, touched: Touched) -> None:
    """Attendances of new trainings, and of those whose typed number changed."""
    changed = touched.with_any(Training, frozenset({"attended"}))
    count_trainings(unit, [*touched.added, *changed])


def _listed(checked: Checked) -> dict[str, int]:
    """How many trainees are listed, by registered training."""
    found: dict[str, int] = {}
    for part in chunks(sorted(set(checked.registered.values()))):
        counted = select(Trainee.training_key, func.count()).where(Trainee.training_key.in_(part))
        found |= dict(checked.session.execute(counted.group_by(Trainee.training_key)).all())
    return found


def _checks(checked: Checked) -> Iterable[Finding]:
    forms, lists = checked.policy("village_training_forms"), _listed(checked)
    for key, values in checked.records.items():
        other = [form for form in (values["forms"] or "").split(MARK) if form and form not in forms.value]
        if other and values["village"]:
            sentence = f"村里的培训形式是{'、'.join(forms.value)}，“{'、'.join(other)}”请核对。"
            yield Finding(key, "forms", sentence, clause=forms.clause)
        held, attended = values["held_on"], values["attended"]
        if held and held.year != checked.year:
            yield Finding(key, "held_on", f"培训日期不在 {checked.year} 年度里，请核对。")
        listed = lists.get(checked.registered.get(key, ""), 0)
        if attended is not None and listed and listed != attended:
            sentence = f"学员名单有 {listed} 人，填写的参加人数是 {attended} 人，以名单为准。"
            yield Finding(key, "attended", sentence)


REGISTER = Register(
    name="trainings",
    title="培训",
    unit="次",
    keyword="培训",
    tab="ledgers",
    section="人员培训",
    entity=Training,
    parent=VILLAGE,
    year="year",
    columns=(
        *own("topic", "held_on"),
        IN_VILLAGE,
        *own("level", "kind", "forms", "days_milli", "hours_milli", "place", "teacher", "cost_fen", "attended"),
        *own("attendances", "poor_attendances", "note", "papers"),
    ),
    search=Search(("topic",)),
    identity=(Identity(("topic", "held_on")),),
    unique=(Unique(("topic", "held_on")),),
    later=("forms",),
    checks=(_checks,),
    derive=_count,
    children=(trainees.REGISTER,),
    filters={
        "cadres": NamedFilter((Filter("kind", values=(TrainingKind.CADRE.label,)),)),
        "techniques": NamedFilter((Filter("kind", values=(TrainingKind.TECHNIQUE.label,)),)),
        "heads": NamedFilter((Filter("kind", values=(TrainingKind.ENTITY_HEAD.label,)),)),
        "missing:people": NamedFilter((Filter("attendances", high="0"),), lacking="培训没有学员也没有人数"),
    },
    papers=("training_ledger", "sign_in"),
    layout=Layout(
        first=(
            *("topic", "held_on", "village", "level", "kind", "forms", "place", "teacher", "attendances"),
            *("poor_attendances", "cost"),
        ),
        groups=(
            Group("培训", ("topic", "held_on", "village", "level", "kind", "forms", "days", "hours")),
            Group("安排", ("place", "teacher", "cost", "attended", "note")),
        ),
        sums=(("attendances", "人次"), ("poor_attendances", "贫困户"), ("cost", "经费")),
        empty=("还没有培训", "逐次新增培训，再登记学员。"),
    ),
)
