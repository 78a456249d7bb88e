"""Who took part in a training (学员)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register
from fupin_desktop.services.registers.household_counts import count_trainings
from fupin_desktop.services.registers.parts import VILLAGE, Parent, Reference, Search, own
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.storage.entities import Person, Trainee, Training
from fupin_desktop.storage.unit import Unit

TRAINING = Parent("training", Training, "training_key", "次培训", Search(("topic",)), above=VILLAGE)


def _count(unit: Unit, touched: Touched) -> None:
    """The attendances of the trainings concerned."""
    count_trainings(unit, {key for of_year in touched.parents_by_year(unit).values() for key in of_year})


def _checks(checked: Checked) -> Iterable[Finding]:
    """A trainee is a person of a household, or has a name; nobody twice."""
    persons = checked.referred("person", Trainee.person_key)
    others = checked.beside(Trainee.training_key, Trainee.person_key)
    for training, keys in checked.families():
        attended = Counter([*(person for (person,) in others[training]), *(persons.get(key) for key in keys)])
        for key in keys:
            if key not in persons and not checked.records[key]["name"]:
                yield Finding(key, "person", "请填写家庭成员，或其他学员的姓名。", Severity.MUST)
            if key in persons and attended[persons[key]] > 1:
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
