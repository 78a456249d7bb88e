"""Records whose state says that they were published, though no notice that stands names them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import NoticeState, Severity, Word
from fupin_desktop.services.registers.description import Check, Checked, Finding
from fupin_desktop.storage.entities import Notice

CLAUSE = "清远 二21"


def named(session: Session, kind: str) -> set[str]:
    """Keys of the records that the posted lists of a kind name; what was withdrawn names none."""
    stands = (Notice.posted_on.is_not(None), Notice.state != NoticeState.WITHDRAWN.value)
    bodies = session.scalars(select(Notice.body).where(Notice.kind == kind, *stands))
    return {str(row["key"]) for body in bodies for row in body["facts"]["rows"]}


def published(kind: str, *states: Word) -> Check:
    """A check that records in a state that follows publicity are named by a notice; a reason tells why not.

    Args:
        kind: Kind of the notice.
        states: The states, in the column ``state``.
    """
    labels = {state.value: state.label for state in states}

    def check(checked: Checked) -> Iterable[Finding]:
        said = {key: labels[values["state"]] for key, values in checked.records.items() if values["state"] in labels}
        known = named(checked.session, kind) if said else set()
        for key, label in said.items():
            if checked.registered.get(key, key) not in known:
                sentence = f"状态是“{label}”，没有张贴过列有这一条的公示。"
                yield Finding(key, "state", sentence, Severity.PRINCIPLE, CLAUSE)

    return check
