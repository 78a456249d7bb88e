"""What new projects of the pool are given: year, scope and number (清远 二21)."""

from __future__ import annotations

import itertools

from sqlalchemy import select

from fupin_desktop.domain.project_words import ProjectScope
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.storage.entities import Project, Town, Village
from fupin_desktop.storage.unit import Unit


def complete_projects(unit: Unit, touched: Touched) -> None:
    """New projects are of the year at work and of the scope of their village, where none is given, and numbered."""
    new = (Project.key.in_(touched.added),)
    undated = unit.session.scalars(select(Project.key).where(*new, Project.year.is_(None))).all()
    unit.update_many(Project, [(key, touched.year) for key in undated], ("year",))
    unscoped = select(Project.key, Village.poor_village).join(Village, Village.key == Project.village_key)
    rows = unit.session.execute(unscoped.where(*new, Project.scope.is_(None))).all()
    scopes = {True: ProjectScope.POOR_VILLAGE.value, False: ProjectScope.SCATTERED.value}
    unit.update_many(Project, [(key, scopes[bool(poor)]) for key, poor in rows], ("scope",))
    _number(unit, touched)


def _number(unit: Unit, touched: Touched) -> None:
    """Give new projects without a number theirs: 年度-镇-序号."""
    new = unit.session.execute(
        select(Project.key, Project.year, Town.name)
        .join(Village, Village.key == Project.village_key)
        .join(Town, Town.key == Village.town_key)
        .where(Project.key.in_(touched.added), Project.code == "")
        .order_by(Project.key)
    ).all()
    taken = set(unit.session.scalars(select(Project.code))) if new else set()
    coded = []
    for key, year, town in new:
        numbers = (f"{year}-{town}-{place:03d}" for place in itertools.count(1))
        code = next(number for number in numbers if number not in taken)
        taken.add(code)
        coded.append((key, code))
    unit.update_many(Project, coded, ("code",))
