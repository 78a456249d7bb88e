"""The project pool (项目库) and what is kept of each project: money, steps, quarters, performance, risks."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from fupin_desktop.domain.project_words import (
    Direction,
    Grade,
    PerformanceState,
    ProjectScope,
    ProjectState,
    Quarter,
    Running,
)
from fupin_desktop.storage.base import Keyed, reference
from fupin_desktop.storage.fields import (
    Kind,
    Style,
    choice,
    day,
    files,
    flag,
    integer,
    listed,
    money,
    percent,
    quantity,
    referenced,
    text,
)


class Project(Keyed):
    """A project of the pool (项目库, 清远 二21); it lasts over the years, ``year`` is that of its declaration."""

    __tablename__ = "projects"
    noun = "projects"
    lasting = True

    village_key: Mapped[str] = reference("villages")
    entity_key: Mapped[str | None] = referenced("实施主体", "entities", help="在“经营主体”里登记过的实施单位。")
    year: Mapped[int | None] = integer("申报年度", required=True, aliases=("年度", "项目年度"))
    code: Mapped[str] = text(
        "项目编号", style=Style.CODE, index=True, aliases=("编号", "项目编码"), help="不填时按“年度-镇-序号”编。"
    )
    name: Mapped[str] = text("项目名称", required=True, width=30, aliases=("名称",))
    industry: Mapped[str] = listed("产业类别", "industry_kinds", required=True, aliases=("项目类别", "项目类型"))
    subkind: Mapped[str] = text(
        "二级类别", suggested=True, offered=("forest_kinds", "processing_kinds", "leisure_kinds")
    )
    nature: Mapped[str] = listed("建设性质", "project_natures", required=True)
    scope: Mapped[str | None] = choice(
        "范围", ProjectScope, required=True, aliases=("项目范围",), help="决定列入省定贫困村表还是分散贫困人口表。"
    )
    programme: Mapped[str] = listed("所属工程", "project_programmes", aliases=("一村一品/一镇一业",))
    main_industry: Mapped[bool | None] = flag("主导产业")
    place: Mapped[str] = text("实施地点", required=True, aliases=("建设地点", "项目地点"))
    villages: Mapped[str] = listed("受益村", "villages", several=True, aliases=("受益村名单", "受益村名"))
    product: Mapped[str] = text("主要产品", suggested=True)
    quantity_milli: Mapped[int | None] = quantity("建设数量", required=True, aliases=("数量", "建设规模"))
    unit: Mapped[str] = text("计量单位", required=True, suggested=True, aliases=("单位",))
    task: Mapped[str] = text("建设内容", required=True, width=28, aliases=("建设任务", "建设内容及规模"))
    subsidy_rule: Mapped[str] = text("补助标准", aliases=("投资(补助)标准",))
    starts_on: Mapped[date | None] = day("开工日期", required=True, aliases=("开始日期", "起", "起始日期"))
    ends_on: Mapped[date | None] = day("完工日期", required=True, aliases=("完成日期", "止", "终止日期"))
    schedule: Mapped[str] = text("进度安排")
    supervisor: Mapped[str] = text("主管单位", required=True, suggested=True, aliases=("主管部门", "监管单位"))
    operator: Mapped[str] = text("实施单位", required=True, suggested=True, aliases=("项目实施单位", "责任单位"))
    leader: Mapped[str] = text("负责人", required=True, style=Style.NAME, aliases=("项目负责人", "责任人"))
    phone: Mapped[str] = text("联系电话", Kind.PHONE, required=True, aliases=("电话", "负责人电话"))
    contractor: Mapped[str] = text("施工单位")
    households: Mapped[int | None] = integer("受益户数", unit="户", summed=True, aliases=("总户数", "受益总户数"))
    poor_households: Mapped[int | None] = integer("受益贫困户", unit="户", summed=True, aliases=("贫困户数",))
    persons: Mapped[int | None] = integer("受益人数", unit="人", summed=True, aliases=("受益人口",))
    large_households: Mapped[int | None] = integer("其中大户", unit="户", aliases=("大户数",))
    small_households: Mapped[int | None] = integer("其中小农户", unit="户", aliases=("小户数",))
    linkages: Mapped[str] = listed(
        "利益联结方式", "linkage_kinds", several=True, required=True,
        aliases=("联结方式", "利益联结机制", "联农带农机制"),
    )  # fmt: skip
    meeting: Mapped[str] = text("群众会议", required=True, aliases=("议定会议", "会议"))
    met_on: Mapped[date | None] = day("会议日期", required=True)
    attendants: Mapped[int | None] = integer("到会人数", unit="人")
    resources: Mapped[str] = text("资源条件")
    channels: Mapped[str] = listed("市场销路", "sales_channels", several=True, aliases=("销路", "销售渠道"))
    troubles: Mapped[str] = text("存在问题")
    insured: Mapped[bool | None] = flag("投保", aliases=("是否投保",))
    brands: Mapped[str] = text("品牌", aliases=("品牌名称",))
    certifications: Mapped[str] = listed("认证", "brand_kinds", several=True, aliases=("产品认证",))
    traced: Mapped[bool | None] = flag("追溯平台", aliases=("纳入追溯",))
    records: Mapped[bool | None] = flag("生产记录台账")
    photos_before: Mapped[list[dict[str, Any]] | None] = files("实施前照片")
    photos_during: Mapped[list[dict[str, Any]] | None] = files("实施中照片")
    photos_after: Mapped[list[dict[str, Any]] | None] = files("实施后照片")
    papers: Mapped[list[dict[str, Any]] | None] = files("项目资料", help="申报书、批复、合同、验收报告等。")
    state: Mapped[str] = choice("状态", ProjectState, default=ProjectState.IDEA, derived=True)
    state_on: Mapped[date | None] = day("状态日期", derived=True)
    note: Mapped[str] = text("备注")


class ProjectFund(Keyed):
    """A part of a project's money, by its source (项目资金来源)."""

    __tablename__ = "project_funds"
    noun = "project_funds"
    owner = "project_key"

    project_key: Mapped[str] = reference("projects")
    source_key: Mapped[str | None] = referenced("资金台账", "fund_sources", help="在资金审批里登记过的资金。")
    name: Mapped[str] = text("资金来源", required=True, width=20, suggested=True, aliases=("来源", "资金名称"))
    level: Mapped[str] = listed("级次", "fund_levels", required=True, aliases=("资金级次", "资金性质"))
    amount_fen: Mapped[int | None] = money("计划金额", required=True, aliases=("金额", "投资额"))
    secured: Mapped[bool | None] = flag("已落实", aliases=("是否落实",))
    note: Mapped[str] = text("备注")


class ProjectStep(Keyed):
    """A step on the way of a project; the last one is its state."""

    __tablename__ = "project_steps"
    noun = "project_steps"
    owner = "project_key"

    project_key: Mapped[str] = reference("projects")
    state: Mapped[str | None] = choice("状态", ProjectState, derived=True)
    dated: Mapped[date | None] = day("日期", required=True)
    document_no: Mapped[str] = text("文号")
    reason: Mapped[str] = text("说明", derived=True)
    who: Mapped[str] = text("经办人", derived=True)


class ProjectQuarter(Keyed):
    """What became of a project in a quarter (季度进展, 清远 三(三))."""

    __tablename__ = "project_quarters"
    __table_args__ = (UniqueConstraint("project_key", "year", "quarter"),)
    noun = "project_quarters"
    owner = "project_key"

    project_key: Mapped[str] = reference("projects")
    year: Mapped[int] = integer("年度", default=0, derived=True)
    quarter: Mapped[str | None] = choice("季度", Quarter, required=True)
    invested_fen: Mapped[int | None] = money("本季完成投资", aliases=("本季投资",))
    total_fen: Mapped[int | None] = money("累计完成投资", derived=True, summed=False)
    received_fen: Mapped[int | None] = money("累计到位资金", summed=False, aliases=("到位资金",))
    progress: Mapped[int | None] = percent("工程进度", aliases=("进度",))
    running: Mapped[str | None] = choice("运作情况", Running, required=True)
    output_milli: Mapped[int | None] = quantity("本季产量")
    output_unit: Mapped[str] = text("产量单位", suggested=True)
    sales_fen: Mapped[int | None] = money("本季销售额")
    net_fen: Mapped[int | None] = money("本季纯收益")
    shared_fen: Mapped[int | None] = money("分红到户")
    collective_fen: Mapped[int | None] = money("村集体收入")
    work_days: Mapped[int | None] = integer("务工工日", unit="工日", summed=True)
    wages_fen: Mapped[int | None] = money("务工工资", aliases=("工资",))
    households: Mapped[int | None] = integer("带动贫困户", unit="户", summed=False, aliases=("带动户数",))
    persons: Mapped[int | None] = integer("带动贫困人口", unit="人", summed=False, aliases=("带动人数",))
    channels: Mapped[str] = listed("主要销路", "sales_channels", several=True)
    troubles: Mapped[str] = text("存在问题", width=24)
    plan: Mapped[str] = text("下季计划", width=24)
    reason: Mapped[str] = text("超投资说明", help="累计完成投资超过估算总投资一成以上时写明原因。")
    photos: Mapped[list[dict[str, Any]] | None] = files("照片")
    note: Mapped[str] = text("备注")


class Performance(Keyed):
    """The performance management of a project in a year (绩效管理, 清远 二12)."""

    __tablename__ = "performances"
    __table_args__ = (UniqueConstraint("project_key", "year"),)
    noun = "performances"
    owner = "project_key"

    project_key: Mapped[str] = reference("projects")
    year: Mapped[int] = integer("年度", default=0, derived=True)
    state: Mapped[str | None] = choice("状态", PerformanceState, default=PerformanceState.TARGET)
    goal: Mapped[str] = text("总体目标", required=True, width=28)
    budget_fen: Mapped[int | None] = money("全年预算数")
    spent_fen: Mapped[int | None] = money("全年执行数", help="不填时按资金台账的拨付数计算。")
    approved_on: Mapped[date | None] = day("批复日期")
    document_no: Mapped[str] = text("批复文号", aliases=("文号",))
    published_on: Mapped[date | None] = day("公开日期")
    monitored_on: Mapped[date | None] = day("中期监控日期")
    monitored: Mapped[str] = text("中期监控情况")
    assessed_on: Mapped[date | None] = day("自评日期")
    outcome: Mapped[str] = text("目标完成情况")
    reviewed_on: Mapped[date | None] = day("复核日期")
    reviewer: Mapped[str] = text("复核人", style=Style.NAME)
    review: Mapped[str] = text("复核意见")
    papers: Mapped[list[dict[str, Any]] | None] = files("附件")
    note: Mapped[str] = text("备注")


class Indicator(Keyed):
    """An indicator of a project's performance with its target, what was reached and its score (绩效指标)."""

    __tablename__ = "indicators"
    noun = "indicators"
    owner = "performance_key"

    performance_key: Mapped[str] = reference("performances")
    category: Mapped[str] = listed("一级指标", "indicator_groups", required=True)
    subcategory: Mapped[str] = listed("二级指标", "indicator_subgroups", required=True)
    name: Mapped[str] = text("三级指标", required=True, suggested=True, aliases=("指标", "指标名称"), width=20)
    target: Mapped[str] = text("目标值", required=True)
    unit: Mapped[str] = text("单位", suggested=True)
    direction: Mapped[str | None] = choice(
        "评分方向", Direction, default=Direction.AS_WRITTEN,
        help="“按目标值的写法”：≤、不超过、以内是越低越好，其余是越高越好；“达到即可”：达到得满分，没有达到不得分。",
    )
    weight: Mapped[int | None] = integer("分值", unit="分", summed=True)
    middle: Mapped[str] = text("中期值")
    middle_on: Mapped[date | None] = day("中期日期")
    actual: Mapped[str] = text("实际值", aliases=("实际完成值",))
    proof: Mapped[list[dict[str, Any]] | None] = files("证明材料")
    score_milli: Mapped[int | None] = quantity("得分", derived=True, summed=True)
    deviation: Mapped[str] = text("偏差原因与改进", width=24, aliases=("偏差原因分析及改进措施",))


class Risk(Keyed):
    """A risk of a project with what is done about it (风险评估, 清远 二21)."""

    __tablename__ = "risks"
    noun = "risks"
    owner = "project_key"

    project_key: Mapped[str] = reference("projects")
    kind: Mapped[str] = listed("风险类别", "risk_kinds", required=True, aliases=("风险", "风险类型"))
    likelihood: Mapped[str | None] = choice("可能性", Grade, required=True)
    impact: Mapped[str | None] = choice("影响程度", Grade, required=True, aliases=("影响",))
    grade: Mapped[str | None] = choice("风险等级", Grade, derived=True, aliases=("等级",))
    measures: Mapped[str] = listed("防范措施", "risk_measures", several=True, aliases=("措施",))
    description: Mapped[str] = text("措施说明", width=24, aliases=("说明",))
    responsible: Mapped[str] = text("责任人", required=True, style=Style.NAME)
    due_on: Mapped[date | None] = day("完成期限", aliases=("期限", "完成时限"))
    result: Mapped[str] = text("处置结果")
    reviewed_on: Mapped[date | None] = day("复评日期", aliases=("复评日",))
    note: Mapped[str] = text("备注")


class Inspection(Keyed):
    """What an inspection found and how it is put right (检查与问题整改, 清远 二21, 二22, 三(三))."""

    __tablename__ = "inspections"
    noun = "inspections"

    village_key: Mapped[str | None] = reference("villages", nullable=True)
    project_key: Mapped[str | None] = referenced("涉及项目", "projects")
    year: Mapped[int] = integer("年度", default=0, derived=True)
    dated: Mapped[date | None] = day("检查日期", required=True, aliases=("日期",))
    inspector: Mapped[str] = text("检查单位", required=True, suggested=True)
    way: Mapped[str] = listed("检查方式", "inspection_ways", aliases=("方式",))
    trouble: Mapped[str] = text("发现问题", required=True, width=28, aliases=("问题", "存在问题"))
    kind: Mapped[str] = listed("问题类别", "inspection_kinds", aliases=("类别",))
    measure: Mapped[str] = text("整改措施", required=True, width=24)
    responsible: Mapped[str] = text("责任人", required=True, style=Style.NAME, aliases=("整改责任人",))
    due_on: Mapped[date | None] = day("整改期限", required=True, aliases=("期限",))
    done_on: Mapped[date | None] = day("完成日期")
    result: Mapped[str] = text("整改结果", width=24, aliases=("结果",))
    closed: Mapped[bool | None] = flag("已销号", aliases=("销号", "是否销号"))
    papers: Mapped[list[dict[str, Any]] | None] = files("附件")
    note: Mapped[str] = text("备注")
