"""Who took part in a training (学员)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select

from fupin_desktop.domain.vocabulary import HouseholdClass, Severity
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import VILLAGE, Parent, Reference, Search, own
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import Household, Person, Trainee, Training
from fupin_desktop.storage.unit import Unit

TRAINING = Parent("training", Training, "training_key", "次培训", Search(("topic",)), above=VILLAGE)
_POOR = (HouseholdClass.POOR, HouseholdClass.OUT_OF_POVERTY, HouseholdClass.MONITORED, HouseholdClass.EDGE)


def count_trainings(unit: Unit, keys: Iterable[str]) -> None:
    """Attendances of trainings: their trainees, else the number typed; those of poor households among them."""
    unit.session.flush()
    one = Trainee
    poor = Household.household_class.in_([kind.value for kind in _POOR])
    rows = []
    for part in chunks(sorted(set(keys))):
        counted = dict(
            unit.session.execute(
                select(one.training_key, func.count()).where(one.training_key.in_(part)).group_by(one.training_key)
            ).all()
        )
        joined = select(one.training_key, func.count()).join(Person, Person.key == one.person_key)
        joined = joined.join(Household, Household.key == Person.household_key).where(one.training_key.in_(part), poor)
        of_poor = dict(unit.session.execute(joined.group_by(one.training_key)).all())
        typed = unit.session.execute(select(Training.key, Training.attended).where(Training.key.in_(part)))
        rows += [(key, counted.get(key) or attended or 0, of_poor.get(key, 0)) for key, attended in typed]
    unit.update_many(Training, rows, ("attendances", "poor_attendances"))


def _count(unit: Unit, touched: Touched) -> None:
    """The attendances of the trainings concerned."""
    count_trainings(unit, {key for of_year in touched.parents_by_year(unit).values() for key in of_year})


def _checks(checked: Checked) -> Iterable[Finding]:
    """A trainee is a person of a household, or has a name; nobody twice."""
    one = Trainee
    twice = select(one.training_key, one.person_key).group_by(one.training_key, one.person_key)
    twice = twice.having(func.count() > 1).where(one.person_key.is_not(None))
    doubled = {tuple(row) for row in checked.session.execute(twice)}
    keys = select(one.key, one.training_key, one.person_key).where(one.key.in_(checked.records))
    for key, training, person in checked.session.execute(keys):
        if not person and not checked.records[key]["name"]:
            yield Finding(key, "person", "请填写家庭成员，或其他学员的姓名。", Severity.MUST)
        if (training, person) in doubled:
            yield Finding(key, "person", "这名家庭成员在这次培训里登记了不止一次。", Severity.MUST)


REGISTER = Register(
    name="trainees",
    title="学员",
    unit="人",
    keyword="学员",
    tab="ledgers",
    searched=False,
    entity=Trainee,
    parent=TRAINING,
    columns=(
        Reference("training_key", Training, name="topic", source="training", key="training", label="培训"),
        Reference("person_key", Person, codes=("id_number", "code"), key="person"),
        *own("name", "unit", "mastered", "signed", "note"),
    ),
    search=Search(("name",)),
    identity=(Identity(("training_key", "person_key")), Identity(("training_key", "name"))),
    checks=(_checks,),
    derive=_count,
    layout=Layout(
        first=("person", "name", "unit", "mastered", "signed"),
        groups=(Group("学员", ("training", "person", "name", "unit", "mastered", "signed", "note")),),
        empty=("还没有学员", "在培训资料里逐人新增，或从签到名单导入。"),
    ),
)
