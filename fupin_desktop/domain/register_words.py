"""Closed word lists of the registers of finance, people and aims; lists of the policy documents are parameters."""

from __future__ import annotations

from fupin_desktop.domain.vocabulary import Word


class RateTerm(Word):
    """Term for which a base rate holds."""

    ONE_YEAR = "one_year", "一年以内(含一年)"
    FIVE_YEARS = "five_years", "一至五年(含五年)"
    LONGER = "longer", "五年以上"


class RenewalKind(Word):
    """What is done with a loan that falls due (清远 二13)."""

    NEW_LOAN = "new_loan", "无还本续贷"
    EXTENSION = "extension", "展期"


class RenewalCause(Word):
    """Why a loan is not repaid on its day; only causes outside the borrower allow an extension (清远 二13)."""

    DISASTER = "disaster", "自然灾害"
    DISEASE = "disease", "动植物疫病"
    MARKET = "market", "市场价格波动"
    FAMILY = "family", "家庭成员患病或意外"
    SEASON = "season", "生产周期未到"
    OUTSIDE = "outside", "其他非主观因素"
    OWN = "own", "主观因素"


class LoanMode(Word):
    """How a loan of an entity is secured (清远 二13)."""

    GUARANTEE = "guarantee", "政银担"
    INSURANCE = "insurance", "政银保"
    CREDIT = "credit", "信用"
    MORTGAGE = "mortgage", "抵押"


class DueState(Word):
    """Where a loan stands against the day it is due."""

    OVERDUE = "overdue", "已逾期"
    WITHIN_30 = "within_30", "30天内到期"
    WITHIN_60 = "within_60", "60天内到期"
    LATER = "later", "未到期"
    REPAID = "repaid", "已还清"


class DayCount(Word):
    """How the days of interest are counted."""

    ACTUAL_360 = "actual_360", "实际天数/360"
    ACTUAL_365 = "actual_365", "实际天数/365"


class SubsidyState(Word):
    """How far a subsidy of interest has come; what is checked is no longer computed anew."""

    COMPUTED = "computed", "测算"
    CHECKED = "checked", "审核"
    POSTED = "posted", "公示"
    PAID = "paid", "已拨付"


class RosterKind(Word):
    """Groups that lead or do the work (吴川 四, 清远 附件1)."""

    TOWN_GROUP = "town_group", "镇一镇一业工作领导小组"
    VILLAGE_GROUP = "village_group", "村一村一品领导小组"
    WORK_GROUP = "work_group", "产业扶贫工作组"
    ACCEPTANCE = "acceptance", "验收小组"


class GroupDuty(Word):
    """Duty within a group."""

    LEADER = "leader", "组长"
    DEPUTY = "deputy", "副组长"
    MEMBER = "member", "成员"
    CONTACT = "contact", "联络员"


class ExpertKind(Word):
    """Experts and technicians (清远 二15)."""

    COUNTY_GROUP = "county_group", "县专家组"
    TECHNICIAN = "technician", "基层农技员"
    APPOINTED = "appointed", "特聘农技员"
    SPECIAL = "special", "科技特派员"


class OfficeLevel(Word):
    """Level that holds a training or gives a commendation (吴川 三(三)5)."""

    COUNTY = "county", "市"
    TOWN = "town", "镇"
    VILLAGE = "village", "村"


class TrainingKind(Word):
    """What a training is for (吴川 三(一)6-7; 清远 二15, 17, 21)."""

    INDUSTRY = "industry", "产业业务"
    ECOMMERCE = "ecommerce", "电商"
    TECHNIQUE = "technique", "实用技术"
    LEADER = "leader", "带头人"
    ENTITY_HEAD = "entity_head", "经营主体负责人"
    MOBILE = "mobile", "手机应用"
    RISK = "risk", "风险防范"
    CADRE = "cadre", "干部"


class CommendationKind(Word):
    """What is commended (吴川 三(三)5)."""

    LARGE = "large", "种养大户"
    SUCCESS = "success", "创业有成"
    LEADER = "leader", "带头人"
    EXAMPLE = "example", "典型"


class CommendationState(Word):
    """How far a commendation has come."""

    PROPOSED = "proposed", "推荐"
    CHECKED = "checked", "审核"
    POSTED = "posted", "公示"
    GIVEN = "given", "表彰"


class Verdict(Word):
    """What a supervision came to (清远 三(三))."""

    PRAISED = "praised", "表扬"
    REMINDED = "reminded", "提醒"
    CRITICISED = "criticised", "通报批评"
    SUMMONED = "summoned", "约谈"


class Standing(Word):
    """Where something stands against the day it is due."""

    DONE = "done", "已办"
    LATE = "late", "已过期限"
    SOON = "soon", "30天内到期"
    OPEN = "open", "未到期"


class TaskState(Word):
    """Where a task of a plan stands."""

    DONE = "done", "已完成"
    LATE = "late", "已过期限"
    SOON = "soon", "10天内到期"
    OPEN = "open", "未到期"
