"""How proceeds are shared out among households (收益分配表, 吴川 三(二)3, 清远 二11)."""

from __future__ import annotations

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.documents.rolls import refuse_leaks
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, below, chosen, head, public_names


def _query(subject: LedgerSubject) -> Bound:
    """The chosen proceeds with the share of each household, to be signed for; a public copy has no boxes to sign.

    Raises:
        NotAllowed: None are chosen, no household has a share, or a number would go public.
    """
    bench, one = subject.bench, chosen(subject)
    rows = below(bench, "proceeds_shares", subject.key)
    if not rows:
        raise NotAllowed("这笔收益还没有到户分配。", todo="请先在收益的资料里逐户新增，或导入名单。")
    if subject.public:
        rows = public_names(rows, "household")
        reasons = {f"第 {place} 行": row["reason"] for place, row in enumerate(rows, 1)}
        refuse_leaks(TYPE.title, {"分配方案": one["scheme"], **reasons})
    facts = {name: one[name] for name in ("village", "income", "collective", "households", "scheme", "decided_on")}
    data = {
        **head(bench, f"{one['village']}{one['title']}分配表"),
        **facts,
        "source": one["asset"] or one["project"],
        "last": "备注" if subject.public else "签领",
        "rows": rows,
    }
    return Bound(data, bench.today)


def _named(subject: LedgerSubject) -> str:
    return f"收益分配表 {chosen(subject)['title']}{'(公开)' if subject.public else ''}"


TYPE = DocumentType(
    *("proceeds_list", "收益分配表", "收益分配表"),
    order=55,
    tab="ledgers",
    query=_query,
    named=_named,
    public="姓名印作张*三，不印签领栏",
)
