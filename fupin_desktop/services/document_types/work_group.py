"""The members of a group (工作组成员名单, 清远 附件1, 吴川 四)."""

from __future__ import annotations

from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, below, chosen, head


def _query(subject: LedgerSubject) -> Bound:
    bench, group = subject.bench, chosen(subject)
    rows = below(bench, "roster_members", subject.key)
    shown = {name: group[name] for name in ("kind", "founded_on", "document_no", "village")}
    data = {**head(bench, f"{group['name']}成员名单"), **shown, "group": group["name"], "rows": rows}
    return Bound(data, bench.today)


def _named(subject: LedgerSubject) -> str:
    return f"{chosen(subject)['name']}成员名单"


TYPE = DocumentType("work_group", "成员名单", "工作组成员名单", order=63, tab="ledgers", query=_query, named=_named)
