"""转入检查整改: what a supervision found becomes an issue that is put right (清远 三(三), 二22)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.registers import registry
from fupin_desktop.services.registers.act import Act, Asked, nothing
from fupin_desktop.services.registers.edits import add
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import Inspection, Supervision, Village

_WAY = "督查"


def _due(bench: Workbench, key: str) -> str:
    with bench.read() as session:
        found = session.get(Supervision, key)
        return f"{found.mend_by:%Y-%m-%d}" if found is not None and found.mend_by else ""


def run(bench: Workbench, key: str, answers: Mapping[str, str]) -> Change:
    """Register the issue of the chosen supervision.

    Raises:
        NotAllowed: None is chosen, it is an issue already, or the answers do not hold.
    """
    with bench.read() as session:
        found = session.get(Supervision, key) if key else None
        if found is None:
            raise NotAllowed("没有选中督查通报。", todo="请先选中一次督查。")
        if _is_issue(session, found):
            raise NotAllowed("这次督查的内容已经转入“检查整改”。", todo="请到“检查整改”里整改、销号。")
        village = session.get(Village, found.village_key) if found.village_key else None
        values = {
            "trouble": found.content,
            "village": village.name if village is not None else "",
            "dated": f"{found.dated:%Y-%m-%d}" if found.dated else "",
            "inspector": found.unit,
            "way": _WAY,
            **answers,
        }
    outcome = add(bench, registry.of("inspections"), {name: text for name, text in values.items() if text})
    if outcome.change is None:
        told = outcome.problems[0].sentence if outcome.problems else "没有登记。"
        raise NotAllowed(told, todo="请改正后再转入。")
    return outcome.change


def _is_issue(session: Session, found: Supervision) -> bool:
    """Whether an issue says the same of the same day."""
    same = (Inspection.dated == found.dated, Inspection.inspector == found.unit, Inspection.trouble == found.content)
    return session.scalars(select(Inspection.key).where(*same).limit(1)).first() is not None


ACT = Act(
    "转入检查整改…",
    "把选中的督查内容登记为“检查整改”里的一条问题，在那里整改、销号。",
    run,
    (
        Asked("measure", "整改措施", nothing),
        Asked("responsible", "责任人", nothing),
        Asked("due_on", "整改期限", _due, "date"),
    ),
    chosen=True,
)
