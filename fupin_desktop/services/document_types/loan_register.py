"""The register of loans of households and of business entities (贷款台账, 吴川 三(三)4, 清远 二13)."""

from __future__ import annotations

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, head, of_year, rows_at
from fupin_desktop.services.registers import registry
from fupin_desktop.services.registers.query import Query
from fupin_desktop.services.registers.windows import all_keys


def _query(subject: LedgerSubject) -> Bound:
    """The loans looked at, with all those of the other kind.

    Raises:
        NotAllowed: There are no loans.
    """
    bench = subject.bench
    found = {}
    for name in ("microcredits", "entity_loans"):
        own = subject.query.register.name == name
        query = subject.query if own else Query(registry.of(name), bench.year)
        found[name] = rows_at(bench, query.register, all_keys(bench, query))
    if not any(found.values()):
        raise NotAllowed("还没有贷款。", todo="请先登记小额信贷或主体贷款。")
    data = head(bench, f"{bench.year}年{_town(subject)}产业扶贫贷款台账")
    return Bound({**data, "rows": found["microcredits"], "entities": found["entity_loans"]}, bench.today)


def _town(subject: LedgerSubject) -> str:
    return str(head(subject.bench, "")["town"])


TYPE = DocumentType(
    "loan_register", "贷款台账", "贷款台账", order=60, tab="ledgers",
    query=_query, named=of_year("贷款台账"),
)  # fmt: skip
