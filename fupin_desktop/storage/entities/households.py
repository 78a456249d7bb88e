"""Households (户) and their persons (人)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fupin_desktop.domain.vocabulary import HouseholdClass
from fupin_desktop.storage.base import Keyed, reference
from fupin_desktop.storage.fields import Kind, Style, area, choice, day, flag, integer, money, text

_ID_ALIASES = ("身份证号", "身份证号码", "身份证", "公民身份号码", "证件号")


_PHONE_ALIASES = ("电话", "电话号码", "手机", "手机号", "手机号码", "联系方式")


class Household(Keyed):
    """A registered household; what holds for one year only is in Participation.

    ``search_key`` and ``head_sort`` are derived from the name, village and numbers by ``storage.search_keys``.
    """

    __tablename__ = "households"
    __table_args__ = (
        Index("ix_households_search", "search_key", "key"),
        Index("ix_households_head", "head_sort", "key"),
        Index("ix_households_id_number", "head_id_number", "key"),
        Index("ix_households_code", "code", "key"),
        Index("ix_households_class", "household_class", "key"),
        Index("ix_households_members", "members", "key"),
        Index("ix_households_village", "village_key", "key"),
        Index("ix_households_guide", "guide"),
    )
    noun = "households"

    village_key: Mapped[str] = reference("villages", index=False)
    code: Mapped[str] = text("户编号", style=Style.CODE, aliases=("户编码", "家庭编号", "户号", "户码"))
    head_name: Mapped[str] = text(
        "户主姓名", required=True, sort_by="head_sort", style=Style.NAME, aliases=("户主", "户主名称", "姓名(户主)")
    )
    head_id_number: Mapped[str] = text(
        "户主证件号码", Kind.ID_NUMBER, length=20, aliases=("户主身份证号", "户主身份证号码", *_ID_ALIASES)
    )
    group_name: Mapped[str] = text(
        "村民小组",
        suggested=True,
        style=Style.CODE,
        aliases=("自然村", "组", "小组", "自然村(小组)", "村小组", "组别", "组名"),
    )
    household_class: Mapped[str | None] = choice(
        "户类别",
        HouseholdClass,
        aliases=("贫困户属性", "类别", "户属性", "农户类型", "农户属性", "脱贫属性", "对象类别"),
    )
    own_class: Mapped[str | None] = text(
        "本地类别",
        later=True,
        suggested=True,
        aliases=("本地户类别", "保障类别", "细分类别", "监测类别", "风险状况"),
        help="本单位另分的类别，如低保户、特困户、未消除风险；几样的用“、”隔开，归入五类的哪一类写在奖补方案里",
    )
    members: Mapped[int | None] = integer(
        "家庭人口数", unit="", aliases=("人数", "家庭人口", "人口", "家庭人数", "人口数"), at_most=30, summed=True
    )
    recognised_by: Mapped[str] = text("识别标准", suggested=True)
    cause: Mapped[str] = text("主要致贫原因", suggested=True, aliases=("致贫原因", "贫困原因"))
    phone: Mapped[str] = text("联系电话", Kind.PHONE, aliases=_PHONE_ALIASES)
    bank_name: Mapped[str] = text(
        "开户银行", suggested=True, aliases=("开户银行名称", "开户行", "银行名称", "开户行名称")
    )
    account_name: Mapped[str] = text("账户名", style=Style.NAME, aliases=("户名", "账户名称", "开户名"))
    bank_account: Mapped[str] = text(
        "银行卡号",
        Kind.ACCOUNT,
        aliases=("一卡通账号", "银行账号", "账号", "银行卡账号", "卡号", "收款账号", "一卡通号"),
    )
    cultivated_milli: Mapped[int | None] = area("耕地面积", aliases=("耕地", "承包耕地面积", "承包地面积"))
    water_milli: Mapped[int | None] = area("水面面积", aliases=("水面", "水域面积"))
    orchard_milli: Mapped[int | None] = area("林果面积", aliases=("林果",))
    forest_milli: Mapped[int | None] = area("林地面积", aliases=("林地",))
    cooperative: Mapped[bool | None] = flag(
        "是否加入农民专业合作组织", aliases=("是否加入农民专业合作社", "加入合作社", "是否加入合作社")
    )
    production_income_fen: Mapped[int | None] = money("生产经营性收入", aliases=("生产经营收入",))
    guide: Mapped[str] = text("产业发展指导员", suggested=True, style=Style.NAME, aliases=("指导员",))
    helper: Mapped[str | None] = text("帮扶责任人", later=True, suggested=True, style=Style.NAME)
    loan_wish: Mapped[bool | None] = flag("贷款意愿", aliases=("是否有贷款意愿",))
    loan_refusal: Mapped[str | None] = text("不贷原因", later=True, suggested=True)
    risk: Mapped[str | None] = text(
        "风险类别", later=True, suggested=True, aliases=("致贫风险", "返贫风险", "致贫/返贫风险1")
    )
    recognised_on: Mapped[date | None] = day("识别时间", months=True, aliases=("识别监测时间",))
    cleared_on: Mapped[date | None] = day(
        "消除时间", months=True, aliases=("消除监测时间", "风险消除时间")
    )
    note: Mapped[str] = text("户备注")
    search_key: Mapped[str] = text("搜索词", derived=True)
    head_sort: Mapped[str] = text("排序词", derived=True)


class EarlierFacts(Keyed):
    """What held for a household up to the end of a year, kept when it was changed in a later one.

    For a year counts the record with the smallest ``until_year`` from that year on, else the household itself. Kept
    by ``storage.earlier_facts`` in the write that changes the household.
    """

    __tablename__ = "earlier_facts"
    __table_args__ = (
        UniqueConstraint("household_key", "until_year"),
        Index("ix_earlier_facts_until", "until_year", "household_key"),
    )
    noun = "households"

    household_key: Mapped[str] = reference("households", index=False)
    until_year: Mapped[int] = mapped_column()
    household_class: Mapped[str | None] = choice("户类别", HouseholdClass)
    own_class: Mapped[str | None] = text("本地类别", later=True)
    members: Mapped[int | None] = integer("家庭人口数")
    bank_name: Mapped[str] = text("开户银行")
    account_name: Mapped[str] = text("账户名")
    bank_account: Mapped[str] = text("银行卡号", Kind.ACCOUNT)


class Person(Keyed):
    """A member of a household."""

    __tablename__ = "persons"
    __table_args__ = (
        Index("ix_persons_search", "search_key", "key"),
        Index("ix_persons_name", "name_sort", "key"),
        Index("ix_persons_id_number", "id_number", "key"),
    )
    noun = "persons"

    household_key: Mapped[str] = reference("households")
    code: Mapped[str] = text("人编号", style=Style.CODE, aliases=("人编码", "人员编号"))
    name: Mapped[str] = text(
        "姓名", required=True, sort_by="name_sort", style=Style.NAME, aliases=("成员姓名", "家庭成员姓名")
    )
    id_number: Mapped[str] = text("证件号码", Kind.ID_NUMBER, length=20, aliases=_ID_ALIASES)
    relation: Mapped[str] = text("与户主关系", suggested=True, aliases=("与户主的关系", "家庭关系"))
    sex: Mapped[str] = text("性别", suggested=True)
    ethnicity: Mapped[str] = text("民族", suggested=True)
    education: Mapped[str] = text("文化程度", suggested=True, aliases=("学历",))
    health: Mapped[str] = text("健康状况", suggested=True, aliases=("健康",))
    labour: Mapped[str] = text("劳动技能", suggested=True, aliases=("劳动能力",))
    working: Mapped[str] = text("务工状况", suggested=True, aliases=("务工区域", "务工情况"))
    per_head_income_fen: Mapped[int | None] = money("人均纯收入", aliases=("人均可支配收入", "人均收入"))
    phone: Mapped[str] = text("联系电话", Kind.PHONE, aliases=_PHONE_ALIASES)
    willing: Mapped[bool | None] = flag("劳动意愿", aliases=("是否有劳动意愿",))
    search_key: Mapped[str] = text("搜索词", derived=True)
    name_sort: Mapped[str] = text("排序词", derived=True)


class HouseholdIncome(Keyed):
    """The income of a household in one year, from which the income per head follows."""

    __tablename__ = "household_incomes"
    __table_args__ = (UniqueConstraint("household_key", "year"),)
    noun = "household_incomes"

    household_key: Mapped[str] = reference("households", index=False)
    year: Mapped[int] = integer("年度", default=0, derived=True)
    wages_fen: Mapped[int | None] = money("工资性收入", aliases=("务工收入",))
    business_fen: Mapped[int | None] = money("生产经营性收入", aliases=("经营性收入", "生产经营收入"))
    property_fen: Mapped[int | None] = money("财产性收入")
    transfers_fen: Mapped[int | None] = money("转移性收入")
    costs_fen: Mapped[int | None] = money("生产经营性支出", aliases=("生产经营支出", "支出"))
    per_head_fen: Mapped[int | None] = money("人均纯收入", derived=True, summed=False)
    note: Mapped[str] = text("备注")
