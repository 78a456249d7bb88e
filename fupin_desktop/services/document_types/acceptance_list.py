"""The acceptance list of a village (验收表, REGISTERS G4): blank for the field, or as it was measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fupin_desktop.services import acceptance, offices
from fupin_desktop.services.acceptance import Acceptance, MeasureRow
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.workbench import Workbench

_SIGNED = {True: "是", False: "否", None: ""}


@dataclass(frozen=True, slots=True)
class AcceptanceSubject:
    """An acceptance.

    Attributes:
        bench: The workbench.
        key: The acceptance.
        blank: Whether what is measured in the field is left empty for the pen.
    """

    bench: Workbench
    key: str
    blank: bool = False


def _query(subject: AcceptanceSubject) -> Bound:
    """The items of an acceptance.

    Raises:
        NotAllowed: It is gone.
    """
    bench = subject.bench
    found = acceptance.load(bench, subject.key)
    line = found.line
    data = {
        "title": f"{line.place}{line.year}年度种养项目验收表",
        "office": offices.office(bench).name,
        "dated": line.dated,
        "members": line.members,
        "spot_by": found.spot_by,
        "spot_on": found.spot_on,
        "spot_reason": "" if subject.blank else found.spot_reason,
        "households": line.households,
        "summary": _summary(found, blank=subject.blank),
        "rows": [_row(row, blank=subject.blank) for row in found.rows],
    }
    return Bound(data, line.dated or bench.today)


def _summary(found: Acceptance, *, blank: bool) -> str:
    line = found.line
    told = f"共 {line.households} 户 {line.rows} 项"
    if blank:
        return f"{told}。实测数量按实地丈量、清点填写，户主当场签名；标“抽”的由镇里复测。"
    checked = sum(row.spot_measured is not None for row in found.rows)
    return f"{told}，实测 {line.measured} 项，镇里抽查 {checked} 项。"


def _row(row: MeasureRow, *, blank: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "group": row.group_name, "head": row.head_name, "product": row.product, "unit": row.unit,
        "declared": row.declared, "spot": "抽" if row.spot else "",
    }  # fmt: skip
    if blank:
        return told
    return told | {
        "measured": row.measured,
        "quality": row.quality.label if row.quality else "",
        "signed": _SIGNED[row.signed],
        "spot_measured": row.spot_measured,
        "note": row.note,
    }


def _named(subject: AcceptanceSubject) -> str:
    line = acceptance.load(subject.bench, subject.key).line
    return f"{line.place}{line.year}年度种养项目验收表{'(空白)' if subject.blank else ''}"


TYPE = DocumentType(
    "acceptance_list", "验收表", "验收表", order=62, tab="publicity", query=_query, named=_named
)
