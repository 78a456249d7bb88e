"""The households that entities bring along (带动贫困户花名册, 清远 二11), to be signed, or to be hung out."""

from __future__ import annotations

from fupin_desktop.domain.vocabulary import HouseholdClass
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, head, period, public_names, rows_of
from fupin_desktop.services.registers.household_counts import HELPED


def _query(subject: LedgerSubject) -> Bound:
    """The linkages of poor households among those looked at, those of one entity together.

    Raises:
        NotAllowed: There are none.
    """
    bench = subject.bench
    poor = {HouseholdClass(name).label for name in HELPED}
    rows = [row for row in rows_of(bench, subject.query) if row["household_class"] in poor]
    if not rows:
        raise NotAllowed("现在列出的利益联结里没有贫困户。", todo="请先登记贫困户的利益联结，或放宽筛选条件。")
    if subject.public:
        rows = public_names(rows, "household")
    rows = [{**row, "period": period(row["starts_on"], row["ends_on"])} for row in rows]
    rows.sort(key=lambda row: row["entity"])
    title = f"{bench.year}年{head(bench, '')['town']}产业带动贫困户花名册"
    data = {**head(bench, title), "rows": rows, "last": "备注" if subject.public else "户主签名"}
    return Bound(data, bench.today)


def _named(subject: LedgerSubject) -> str:
    return f"{subject.bench.year}年带动贫困户花名册{'(公开)' if subject.public else ''}"


TYPE = DocumentType(
    *("linkage_roster", "带动花名册", "带动贫困户花名册"),
    order=56,
    tab="ledgers",
    query=_query,
    named=_named,
    public="姓名印作张*三，不印签名栏",
)
