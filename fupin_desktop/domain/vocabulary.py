"""Closed word lists of the trade: stored as codes, shown as Chinese labels."""

from __future__ import annotations

from enum import StrEnum


class Word(StrEnum):
    """A code with its Chinese label; ``value`` is the code that is stored."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Word:
        """Make a member from its code and label."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label or code
        return member

    @classmethod
    def from_label(cls, text: str) -> Word | None:
        """The member whose label or code is ``text``, or None."""
        return next((word for word in cls if text in (word.label, word.value)), None)


class Participation(Word):
    """Whether a household takes part in the industry project (吴川 三(二)3)."""

    BASE = "base", "参与"
    SCATTERED = "scattered", "分散参与"
    NONE = "none", "未参与"


class BaseKind(Word):
    """Where a planting or breeding item lies (吴川 三(二)1)."""

    COOPERATIVE = "cooperative", "合作社基地"
    LARGE = "large", "大户基地"
    SCATTERED = "scattered", "分散种植"


class HouseholdSize(Word):
    """Size of a household by its planted area (吴川 三(二)4: 10 亩或10亩以上)."""

    LARGE = "large", "大户"
    SMALL = "small", "小农户"


class HouseholdClass(Word):
    """Poverty class of a household (清远 二18 includes 边缘人口)."""

    POOR = "poor", "贫困户"
    OUT_OF_POVERTY = "out_of_poverty", "脱贫户"
    MONITORED = "monitored", "监测户"
    EDGE = "edge", "边缘户"
    ORDINARY = "ordinary", "一般户"


class YearStepKind(Word):
    """What happens to a year (年度)."""

    CLOSED = "closed", "关闭"
    REOPENED = "reopened", "重新打开"


class Sex(Word):
    """Sex, as the 17th digit of an identity number tells it."""

    MALE = "male", "男"
    FEMALE = "female", "女"


class FundKind(Word):
    """Kind of a fund source (吴川 三(一)4, 三(二)2, 三(二)5, 三(三); 清远 二13)."""

    SUPERIOR = "superior", "上级财政专项资金"
    TOWN_INDUSTRY = "town_industry", "“一镇一业”专项帮扶资金"
    INTEGRATED = "integrated", "整合涉农资金"
    DONATION_630 = "donation_630", "“6·30”扶贫济困日捐款"
    STAFF_DONATION = "staff_donation", "帮扶单位干部职工捐款"
    ASSISTING_UNIT = "assisting_unit", "对口帮扶单位拨付资金"
    PER_HEAD_20000 = "per_head_20000", "“人均2万”财政扶贫资金"
    PROCEEDS = "proceeds", "产业扶贫收益"
    INCENTIVE_FUND = "incentive_fund", "产业扶贫激励基金"
    INDUSTRY_FUND = "industry_fund", "产业扶贫基金"
    OTHER = "other", "其他资金"


class EntryKind(Word):
    """What an entry of the fund ledger does to its source."""

    ASSIGNED = "assigned", "下达"
    RECEIVED = "received", "到账"
    ALLOCATED = "allocated", "安排"
    PAID = "paid", "拨付"


class TargetKind(Word):
    """What money is allocated to (吴川 三(一)4, 三(二)2)."""

    TOWN = "town", "镇"
    VILLAGE = "village", "村"
    PLAN = "plan", "使用计划"
    SCHEME = "scheme", "奖补方案"


class Severity(Word):
    """How binding a rule is: must (不得) blocks, principle (原则上) takes a written reason, warning only tells."""

    MUST = "must", "必须"
    PRINCIPLE = "principle", "原则上"
    WARNING = "warning", "提醒"


class ApplicationState(Word):
    """How far an application has come."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "办理中"
    RETURNED = "returned", "退回"
    APPROVED = "approved", "已批准"
    WITHDRAWN = "withdrawn", "已撤回"
    REPLACED = "replaced", "已更正"
    CANCELLED = "cancelled", "已作废"


EDITABLE_STATES = frozenset({ApplicationState.DRAFT, ApplicationState.RETURNED, ApplicationState.WITHDRAWN})
"""States in which the clerk may type."""


class StepKind(Word):
    """A step on the way of an application."""

    SUBMIT = "submit", "提交"
    OPINION = "opinion", "意见"
    RETURN = "return", "退回"
    WITHDRAW = "withdraw", "撤回"
    APPROVE = "approve", "批准"
    CANCEL = "cancel", "作废"


class PublicKind(Word):
    """What a notice is about: the thing that is published, objected to, filed and paid for."""

    SCHEME = "scheme", "奖补方案"
    PLAN = "plan", "资金使用计划"
    ALLOCATION = "allocation", "年度资金分配"
    POOL = "pool", "入库项目"
    PROJECT = "project", "项目"
    PROCEEDS = "proceeds", "收益分配"
    SUBSIDY = "subsidy", "贷款贴息"
    COMMENDATION = "commendation", "表彰"


class NoticeState(Word):
    """Life of a notice; ``ENDED`` and ``OBJECTED`` follow from the calendar and the register of objections."""

    DRAFT = "draft", "草稿"
    POSTED = "posted", "公示中"
    OBJECTED = "objected", "有异议"
    ENDED = "ended", "公示期满"
    WITHDRAWN = "withdrawn", "已撤回"


class BoardKind(Word):
    """Where a notice hangs."""

    VILLAGE = "village", "村公示栏"
    TOWN = "town", "镇公示栏"
    SITE = "site", "项目实施地"
    ONLINE = "online", "网站或公众号"
    OTHER = "other", "其他"


class ObjectionWay(Word):
    """By which way an objection came."""

    VISIT = "visit", "来访"
    CALL = "call", "来电"
    LETTER = "letter", "书面"
    ONLINE = "online", "网络"


class ObjectionResult(Word):
    """What an investigation found of an objection."""

    UPHELD = "upheld", "成立"
    PARTLY = "partly", "部分成立"
    REJECTED = "rejected", "不成立"


class FilingState(Word):
    """How far a filing with the town office has come."""

    HANDED_IN = "handed_in", "待收"
    RETURNED = "returned", "退回"
    FILED = "filed", "已备案"


class MaterialKind(Word):
    """A paper handed in with a filing."""

    SCHEME = "scheme", "方案"
    MINUTES = "minutes", "会议纪要"
    ATTENDANCE = "attendance", "签到表"
    PHOTOS = "photos", "公示照片"
    LIST = "list", "公示名单"
    SHEET = "sheet", "测算表"
    RESULT = "result", "公示结果说明"
    OTHER = "other", "其他材料"


class OperatorRole(Word):
    """What an operator may do; 管理 may do everything."""

    CLERK = "clerk", "经办"
    REVIEWER = "reviewer", "审核"
    MANAGER = "manager", "管理"
