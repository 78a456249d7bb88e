"""Business entities (经营主体) and how they bring households along: linkages, leaders, facilities."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from fupin_desktop.domain.vocabulary import Sex
from fupin_desktop.storage.base import Keyed, reference
from fupin_desktop.storage.fields import (
    Kind,
    Style,
    area,
    choice,
    day,
    files,
    flag,
    integer,
    listed,
    money,
    quantity,
    referenced,
    text,
)

_VILLAGE_ENTITIES = ("扶贫车间", "村集体经济组织")


class Entity(Keyed):
    """A business entity (经营主体, 清远 二10)."""

    __tablename__ = "entities"
    noun = "entities"

    village_key: Mapped[str | None] = reference("villages", nullable=True)
    name: Mapped[str] = text(
        "主体名称", required=True, width=34, aliases=("名称", "单位名称", "企业名称", "经营主体", "经营主体名称")
    )
    kind: Mapped[str] = listed(
        "主体类型", "entity_kinds", more=_VILLAGE_ENTITIES, required=True, aliases=("类型", "经营主体类型")
    )
    credit_code: Mapped[str] = text(
        "统一社会信用代码", style=Style.CODE, index=True, width=22, aliases=("信用代码", "社会信用代码", "营业执照号")
    )
    leader: Mapped[str] = text("负责人", required=True, style=Style.NAME, aliases=("法人", "法定代表人", "法人代表"))
    phone: Mapped[str] = text("联系电话", Kind.PHONE, aliases=("电话",))
    bank_name: Mapped[str | None] = text(
        "开户银行", later=True, suggested=True, aliases=("开户银行名称", "开户行", "银行名称")
    )
    account_name: Mapped[str | None] = text("账户名", later=True, aliases=("户名", "账户名称"))
    bank_account: Mapped[str | None] = text(
        "对公账号", Kind.ACCOUNT, later=True, aliases=("账号", "银行账号", "收款账号")
    )
    address: Mapped[str] = text("地址", aliases=("经营地址", "注册地址", "住所"))
    industries: Mapped[str] = listed("经营产业", "industry_kinds", several=True, aliases=("产业", "产业类别"))
    services: Mapped[str] = listed("社会化服务", "service_kinds", several=True)
    level: Mapped[str] = listed("级别", "entity_levels", aliases=("主体级别",))
    demonstration: Mapped[bool | None] = flag("示范主体", aliases=("示范", "是否示范"))
    founded_on: Mapped[date | None] = day("成立日期", aliases=("成立日", "注册日期"))
    members: Mapped[int | None] = integer("社员户数", unit="户", summed=True)
    staff: Mapped[int | None] = integer("员工人数", unit="人", summed=True, aliases=("员工",))
    poor_staff: Mapped[int | None] = integer("贫困员工", unit="人", summed=True, aliases=("其中贫困人口",))
    area_milli: Mapped[int | None] = area("流转面积", at_most=None)
    sales_fen: Mapped[int | None] = money("年销售额")
    records: Mapped[bool | None] = flag("生产记录台账")
    traced: Mapped[bool | None] = flag("追溯平台", aliases=("纳入追溯",))
    trained_on: Mapped[date | None] = day("轮训日期", aliases=("轮训日", "培训日期"))
    papers: Mapped[list[dict[str, Any]] | None] = files("附件")
    note: Mapped[str] = text("备注")


class EntitySupport(Keyed):
    """Support that an entity was given (扶持记录, 清远 二10)."""

    __tablename__ = "entity_supports"
    noun = "entity_supports"
    owner = "entity_key"

    entity_key: Mapped[str] = reference("entities")
    year: Mapped[int] = integer("年度", default=0, derived=True)
    kind: Mapped[str] = listed("扶持方面", "support_kinds", required=True, aliases=("方面",))
    description: Mapped[str] = text("扶持内容", required=True, width=24, aliases=("说明",))
    amount_fen: Mapped[int | None] = money("扶持金额", aliases=("金额",))


class Linkage(Keyed):
    """How an entity brings a household, or the village's collective, along in a year (利益联结, 清远 二11)."""

    __tablename__ = "linkages"
    __table_args__ = (Index("ix_linkages_year", "year", "entity_key"),)
    noun = "linkages"

    household_key: Mapped[str | None] = referenced("农户", "households", aliases=("户主", "户主姓名", "带动农户"))
    entity_key: Mapped[str | None] = referenced(
        "经营主体", "entities", required=True, aliases=("主体", "主体名称", "带动主体", "带贫主体名称")
    )
    project_key: Mapped[str | None] = referenced("所属项目", "projects", aliases=("项目", "项目名称"))
    village_key: Mapped[str | None] = referenced("带动村集体", "villages", index=False, help="带动的是村集体时填写。")
    year: Mapped[int] = integer("年度", default=0, derived=True)
    way: Mapped[str] = listed(
        "联结方式", "linkage_kinds", more=("供种供苗", "技术指导", "保底收购"), required=True,
        aliases=("利益联结方式", "方式", "带动方式"),
    )  # fmt: skip
    contract_no: Mapped[str] = text("合同号", aliases=("合同编号", "协议号"))
    starts_on: Mapped[date | None] = day("起始日期", required=True, aliases=("起", "合同起"))
    ends_on: Mapped[date | None] = day("终止日期", required=True, aliases=("止", "合同止"))
    area_milli: Mapped[int | None] = area("联结面积", at_most=None, aliases=("面积",))
    share_fen: Mapped[int | None] = money("股份出资", aliases=("股份/出资", "出资"))
    floor_fen: Mapped[int | None] = money("保底收益", aliases=("保底",))
    dividend_fen: Mapped[int | None] = money("分红")
    wages_fen: Mapped[int | None] = money("工资", aliases=("务工工资",))
    rent_fen: Mapped[int | None] = money("租金", aliases=("土地租金",))
    margin_fen: Mapped[int | None] = money("收购差价")
    work_days: Mapped[int | None] = integer("务工工日", unit="工日", summed=True, aliases=("工日",))
    contract: Mapped[list[dict[str, Any]] | None] = files("合同")
    note: Mapped[str] = text("备注")


class Leader(Keyed):
    """Somebody who leads others to an income (创业致富带头人, 清远 一(二), 二15)."""

    __tablename__ = "leaders"
    noun = "leaders"

    village_key: Mapped[str] = reference("villages")
    project_key: Mapped[str | None] = referenced("带动项目", "projects", aliases=("项目",))
    entity_key: Mapped[str | None] = referenced("经营主体", "entities", aliases=("主体",))
    name: Mapped[str] = text("姓名", required=True, style=Style.NAME)
    id_number: Mapped[str] = text("证件号码", Kind.ID_NUMBER, length=20, aliases=("身份证号", "身份证", "身份证号码"))
    sex: Mapped[str | None] = choice("性别", Sex)
    phone: Mapped[str] = text("联系电话", Kind.PHONE, aliases=("电话",))
    recognised_on: Mapped[date | None] = day("认定日期", required=True, aliases=("认定日",))
    document_no: Mapped[str] = text("认定文号", aliases=("文号",))
    trained: Mapped[str] = text("参训情况", aliases=("培训", "参加培训"))
    insured: Mapped[bool | None] = flag("参加保险", aliases=("保险",))
    state: Mapped[str] = listed("状态", "leader_states")
    note: Mapped[str] = text("备注")


class Facility(Keyed):
    """A facility that serves the industry of a village (设施与载体, 清远 二3–6, 二9)."""

    __tablename__ = "facilities"
    noun = "facilities"

    village_key: Mapped[str] = reference("villages")
    project_key: Mapped[str | None] = referenced("建设项目", "projects", aliases=("项目",))
    name: Mapped[str] = text("设施名称", required=True, width=20, aliases=("名称",))
    kind: Mapped[str] = listed("设施类型", "facility_kinds", required=True, aliases=("类型", "类别"))
    functions: Mapped[str] = listed("市场功能", "market_facilities", several=True)
    built_on: Mapped[date | None] = day("建成日期", aliases=("建成日",))
    size_milli: Mapped[int | None] = quantity("规模")
    unit: Mapped[str] = text("单位", suggested=True)
    operator: Mapped[str] = text("运营单位", suggested=True)
    households: Mapped[int | None] = integer("带动户数", unit="户", summed=True, aliases=("带动户",))
    poor_workers: Mapped[int | None] = integer("贫困务工", unit="人", summed=True, aliases=("贫困户务工人数",))
    income_fen: Mapped[int | None] = money("年收益")
    photos: Mapped[list[dict[str, Any]] | None] = files("照片")
    note: Mapped[str] = text("备注")
