"""The households commended in a year (表彰名单, 吴川 三(三)5): names and causes, no number of a person."""

from __future__ import annotations

from fupin_desktop.domain.masking import find_leaks
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, head, of_year, rows_of


def _query(subject: LedgerSubject) -> Bound:
    """The commendations looked at.

    Raises:
        NotAllowed: There are none, or a number would go public.
    """
    bench = subject.bench
    rows = rows_of(bench, subject.query)
    leaking = [row["head_name"] for row in rows if find_leaks(f"{row['cause']}\n{row['grounds']}")]
    if leaking:
        raise NotAllowed(
            f"{'、'.join(leaking[:3])}的事由或依据里有电话、证件号或账号，没有出名单。", todo="请去掉这些号码。"
        )
    return Bound({**head(bench, f"{bench.year}年产业扶贫表彰名单"), "rows": rows}, bench.today)


TYPE = DocumentType(
    "commendation_list", "表彰名单", "表彰名单", order=66, tab="ledgers",
    query=_query, named=of_year("表彰名单"),
)  # fmt: skip
