"""The words of acceptance (验收) and payment (发放)."""

from __future__ import annotations

from fupin_desktop.domain.vocabulary import Word


class Quality(Word):
    """What the acceptance group found of an item."""

    GOOD = "good", "合格"
    POOR = "poor", "长势差"
    NONE = "none", "没有种养"


class AcceptanceState(Word):
    """How far the acceptance of a village has come."""

    OPEN = "open", "验收中"
    WRITTEN = "written", "已写入台账"


class PaymentKind(Word):
    """What a payment batch pays."""

    AWARDS = "awards", "产业奖补"
    PROCEEDS = "proceeds", "收益分配"
    SUBSIDY = "subsidy", "贷款贴息"
    COMMENDATION = "commendation", "表彰奖励"


class BatchState(Word):
    """How far a payment batch has come."""

    DRAFT = "draft", "编制"
    CHECKED = "checked", "已审核"
    SENT = "sent", "已送财政/银行"
    PAID = "paid", "已发放"
    PARTLY = "partly", "部分退回"


class PaymentRowState(Word):
    """What became of one household's payment."""

    PENDING = "pending", "待发"
    PAID = "paid", "已发"
    RETURNED = "returned", "已退回"
    RECOVER = "recover", "待追回"
    RECOVERED = "recovered", "已追回"
