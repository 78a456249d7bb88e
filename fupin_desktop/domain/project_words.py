"""Word lists of projects whose words the program acts on; lists that are only chosen from are policy data."""

from __future__ import annotations

from fupin_desktop.domain.vocabulary import Word

FISCAL_LEVELS = ("中央", "省", "市", "县", "镇")
"""Levels of money (资金级次) that are budgets of a government."""


class ProjectScope(Word):
    """Whom a project is for; it decides in which quarterly table it stands (清远 附件2, 附件3)."""

    POOR_VILLAGE = "poor_village", "省定贫困村"
    SCATTERED = "scattered", "分散贫困人口"


class ProjectState(Word):
    """How far a project of the pool has come (项目库, 清远 二21)."""

    IDEA = "idea", "谋划"
    DECLARED = "declared", "村申报"
    REVIEWED = "reviewed", "镇审核"
    PUBLISHED = "published", "公示"
    POOLED = "pooled", "入库"
    PLANNED = "planned", "列入年度计划"
    BUILDING = "building", "实施"
    BUILT = "built", "完工"
    ACCEPTED = "accepted", "验收"
    ANNOUNCED = "announced", "竣工公告"
    CLOSED = "closed", "结项"
    REMOVED = "removed", "出库"


class Publicised(Word):
    """Whether a notice that a project needs was posted (公告公示指导意见, 清远 二21)."""

    POSTED = "posted", "已公示"
    MISSING = "missing", "未公示"
    EXPLAINED = "explained", "已说明原因"


class Quarter(Word):
    """A quarter of the year."""

    FIRST = "1", "一季度"
    SECOND = "2", "二季度"
    THIRD = "3", "三季度"
    FOURTH = "4", "四季度"


class Running(Word):
    """How a project runs (运作情况)."""

    PREPARING = "preparing", "前期"
    BUILDING = "building", "在建"
    PRODUCING = "producing", "已投产"
    STALLED = "stalled", "停滞"
    ENDED = "ended", "终止"


class Grade(Word):
    """Likelihood, impact or grade of a risk."""

    HIGH = "high", "高"
    MIDDLE = "middle", "中"
    LOW = "low", "低"


class PerformanceState(Word):
    """How far the yearly performance management of a project has come (清远 二12)."""

    TARGET = "target", "目标"
    APPROVED = "approved", "批复"
    MONITORED = "monitored", "中期监控"
    SELF_ASSESSED = "self_assessed", "自评"
    REVIEWED = "reviewed", "镇复核"


class Direction(Word):
    """How the actual value of an indicator is held against its target."""

    AT_LEAST = "at_least", "不低于目标"
    AT_MOST = "at_most", "不高于目标"
    REACHED = "reached", "达到即可"
    AS_WRITTEN = "as_written", "按目标值的写法"


class Offer(Word):
    """Whether goods are offered or wanted (供求信息, 清远 二7)."""

    SUPPLY = "supply", "供应"
    DEMAND = "demand", "求购"
