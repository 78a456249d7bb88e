"""The targets and how they stand (目标任务完成情况表, 清远 一(二), 吴川 二)."""

from __future__ import annotations

from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, head, of_year
from fupin_desktop.services.targets import Line, board, due_in_words


def _query(subject: LedgerSubject) -> Bound:
    bench = subject.bench
    data = head(bench, f"{bench.year}年产业扶贫目标任务完成情况表")
    return Bound({**data, "rows": [_row(line) for line in board(bench)]}, bench.today)


def _row(line: Line) -> dict[str, str]:
    return {
        "level": line.indicator.level.label,
        "title": line.indicator.title,
        "aim": line.aimed,
        "actual": "—" if line.actual is None else str(line.actual),
        "gap": str(line.gap) if line.aim.low else "—",
        "due": due_in_words(line.aim.due),
        "standing": line.standing.label,
        "clause": line.indicator.clause,
        "note": line.note,
    }


TYPE = DocumentType(
    "target_board", "目标任务板", "目标任务板", order=69, tab="ledgers",
    query=_query, named=of_year("目标任务完成情况表"),
)  # fmt: skip
