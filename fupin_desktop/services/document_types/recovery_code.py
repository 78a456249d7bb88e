"""The recovery code (恢复码) on paper, for the safe."""

from __future__ import annotations

from dataclasses import dataclass

from fupin_desktop.services import offices
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.workbench import Workbench


@dataclass(frozen=True, slots=True)
class CodeSubject:
    """A recovery code of an office, which is kept nowhere else."""

    bench: Workbench
    code: str


def _query(subject: CodeSubject) -> Bound:
    bench = subject.bench
    data = {
        "office": offices.office(bench).name,
        "code": subject.code,
        "made_on": bench.today,
        "maker": bench.clerk,
        "folder": str(bench.data_folder),
    }
    return Bound(data, bench.today)


def _named(_subject: CodeSubject) -> str:
    return TYPE.title


TYPE = DocumentType("recovery_code", "恢复码", "数据恢复码", order=90, query=_query, named=_named)
