"""A document that the program does not know: its form in the office's folder, its type made here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from fupin_desktop.documents.definition.form import Field
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.applications import EVERY
from fupin_desktop.services.documents import registry
from fupin_desktop.services.documents.context import Context
from fupin_desktop.services.documents.loaded import Loaded
from fupin_desktop.services.documents.model import NOUN, Progress
from fupin_desktop.services.documents.place_kinds import VILLAGES
from fupin_desktop.services.documents.type import Data, DocumentType
from fupin_desktop.services.overview import RowsBehind, Target
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Application
from fupin_desktop.storage.unit import Unit

WELL = "well_report"
FORM = Path(__file__).parents[2] / "cases" / "forms" / WELL
VALUES: dict[str, Any] = {
    "leader": "陈观保", "depth": "42.5", "pump": "潜水泵", "costs[0].name": "打井", "costs[0].amount": "12000",
    "costs[1].name": "水泵", "costs[1].amount": "1800.50",
}


def _litres(context: Context) -> Decimal | None:
    depth = context.typed.get("depth")
    return depth * 100 if isinstance(depth, Decimal) else None


def _behind(field: Field, context: Context) -> RowsBehind | None:
    if field.bind != "well.litres":
        return None
    return RowsBehind(field.label, ("井深", "每米"), ((str(context.typed["depth"]), "100"),), Target("applications"))


def _completed(_session: Session, _application: Application, _before: Data, typed: Data) -> dict[str, Any]:
    """A deep well needs a pump that stands under water."""
    deep = isinstance(typed.get("depth"), Decimal) and typed["depth"] > 50
    return {**typed, "pump": "潜水泵"} if deep else dict(typed)


def well_type(told: list[str]) -> DocumentType:
    """The type; what its hooks were called for is put into ``told``."""

    def approved(_bench: Workbench, _unit: Unit, loaded: Loaded, before: Application | None) -> None:
        if loaded.data["depth"] > 300:
            raise NotAllowed("太深了。", todo="请核对。")
        told.append(f"approved {loaded.application.place} {'again' if before else 'first'}")

    def cancelled(_bench: Workbench, _unit: Unit, application: Application, reason: str) -> None:
        told.append(f"cancelled {application.place} {reason}")

    def progress(_bench: Workbench, year: int) -> dict[str, Progress]:
        return {one: Progress("已出水", complete=True) for one in told if one.startswith(f"{year}")}

    return DocumentType(
        form_id=WELL, word="打井表", title="灌溉井申报表", order=90, tab=NOUN, places=VILLAGES, cancellable=True,
        checks=EVERY, bindings={"well.litres": _litres}, completed=_completed, behind=_behind, on_approve=approved,
        on_cancel=cancelled, progress=progress,
    )


@contextmanager
def wells(bench: Workbench) -> Iterator[list[str]]:
    """An office that has the form, while the type is known; gives what the type was told."""
    told: list[str] = []
    shutil.copytree(FORM, bench.data_folder / "forms" / WELL)
    registry.register(well_type(told))
    try:
        yield told
    finally:
        registry.forget(WELL)
