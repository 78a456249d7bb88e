"""Practical techniques that persons master (实用技术, 清远 一(二))."""

from __future__ import annotations

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.description import Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.parts import HOUSEHOLD, Parent, Reference, Search, Shown, own
from fupin_desktop.storage.entities import Person, Skill, Training

PERSON = Parent(
    *("person", Person, "person_key", "人", Search(("name",), "id_number", "code", stored="search_key")),
    above=HOUSEHOLD,
)
REGISTER = Register(
    name="skills",
    title="实用技术",
    unit="项",
    keyword="技术",
    tab="ledgers",
    section="人员培训",
    searched=False,
    entity=Skill,
    parent=PERSON,
    columns=(
        Reference("person_key", Person, codes=("id_number", "code"), source="person", key="person", label="姓名"),
        Shown("village", "name", "village"),
        Shown("household", "head_name"),
        *own("technique", "since"),
        Reference("training_key", Training, name="topic", key="training"),
        *own("note"),
    ),
    search=Search(("technique",)),
    identity=(Identity(("person_key", "technique")),),
    unique=(Unique(("person_key", "technique"), Severity.MUST),),
    layout=Layout(
        first=("person", "village", "head_name", "technique", "since", "training"),
        groups=(Group("技术", ("person", "technique", "since", "training", "note")),),
        empty=("还没有登记实用技术", "逐项新增，或从 Excel 名单导入。"),
    ),
)
