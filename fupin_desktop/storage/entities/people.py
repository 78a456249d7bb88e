"""Groups, guides, experts, trainings and skills (吴川 三(一)6-7, 四; 清远 二15-17, 三(一))."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from fupin_desktop.domain.register_words import ExpertKind, GroupDuty, OfficeLevel, RosterKind, TrainingKind
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
    quantity,
    referenced,
    text,
)

_PHONES = ("电话", "手机", "联系方式")


class Roster(Keyed):
    """A group with its members (领导小组, 工作组); one without a village is the town's."""

    __tablename__ = "rosters"
    noun = "rosters"

    village_key: Mapped[str | None] = reference("villages", nullable=True)
    kind: Mapped[str] = choice("组别", RosterKind, required=True)
    name: Mapped[str] = text("名称", required=True, width=34, aliases=("小组名称",))
    founded_on: Mapped[date | None] = day("成立日期", required=True, aliases=("成立日", "成立时间"))
    document_no: Mapped[str] = text("文号", required=True)
    note: Mapped[str] = text("备注")
    papers: Mapped[list[dict[str, Any]] | None] = files()


class RosterMember(Keyed):
    """A member of a group."""

    __tablename__ = "roster_members"
    noun = "rosters"
    owner = "roster_key"

    roster_key: Mapped[str] = reference("rosters")
    duty: Mapped[str] = choice("组内职务", GroupDuty, required=True, aliases=("小组职务",))
    name: Mapped[str] = text("姓名", required=True, style=Style.NAME)
    unit: Mapped[str] = text("单位", required=True, suggested=True, aliases=("工作单位",))
    post: Mapped[str] = text("职务", required=True, suggested=True)
    phone: Mapped[str] = text("联系电话", Kind.PHONE, aliases=_PHONES)
    task: Mapped[str] = text("分工", suggested=True, width=24)


class Guide(Keyed):
    """A guide of poor households (产业发展指导员, 清远 二16); the households name their guide."""

    __tablename__ = "guides"
    noun = "guides"

    village_key: Mapped[str | None] = reference("villages", nullable=True)
    name: Mapped[str] = text("姓名", required=True, style=Style.NAME, aliases=("指导员", "指导员姓名"))
    origin: Mapped[str] = listed("来源", "guide_sources", required=True, aliases=("人员来源",))
    unit: Mapped[str] = text("单位", suggested=True, aliases=("工作单位",))
    phone: Mapped[str] = text("联系电话", Kind.PHONE, aliases=_PHONES)
    since: Mapped[date | None] = day("聘期起")
    until: Mapped[date | None] = day("聘期止")
    duties: Mapped[str] = listed("职责", "guide_duties", several=True, width=30)
    note: Mapped[str] = text("备注")


class GuideVisit(Keyed):
    """A visit of a guide to a household."""

    __tablename__ = "guide_visits"
    __table_args__ = (Index("ix_guide_visits_guide", "guide_key", "visited_on"),)
    noun = "guides"
    owner = "guide_key"

    guide_key: Mapped[str] = reference("guides", index=False)
    visited_on: Mapped[date | None] = day("走访日期", required=True, aliases=("日期",))
    household_key: Mapped[str | None] = referenced("农户", "households", required=True, aliases=("户主", "户主姓名"))
    content: Mapped[str] = listed("指导内容", "guide_duties", several=True, required=True, width=24)
    result: Mapped[str] = text("结果", width=30)
    papers: Mapped[list[dict[str, Any]] | None] = files("照片")


class Expert(Keyed):
    """An expert or technician bound to villages (清远 二15)."""

    __tablename__ = "experts"
    noun = "experts"

    kind: Mapped[str] = choice("类别", ExpertKind, required=True)
    name: Mapped[str] = text("姓名", required=True, style=Style.NAME)
    origin: Mapped[str] = listed("特聘来源", "technician_sources", help="特聘农技员从哪类人员中招聘。")
    unit: Mapped[str] = text("单位", suggested=True, aliases=("工作单位",))
    speciality: Mapped[str] = text("专业", suggested=True)
    phone: Mapped[str] = text("联系电话", Kind.PHONE, aliases=_PHONES)
    villages: Mapped[str] = listed("联系村", "villages", several=True, width=24)
    since: Mapped[date | None] = day("起")
    until: Mapped[date | None] = day("止")
    allowance_fen: Mapped[int | None] = money("补助")
    note: Mapped[str] = text("备注")


class ExpertService(Keyed):
    """What an expert did on a day."""

    __tablename__ = "expert_services"
    noun = "experts"
    owner = "expert_key"

    expert_key: Mapped[str] = reference("experts")
    served_on: Mapped[date | None] = day("服务日期", required=True, aliases=("日期",))
    village_key: Mapped[str | None] = referenced("服务村", "villages")
    household_key: Mapped[str | None] = referenced("农户", "households", aliases=("户主", "户主姓名"))
    content: Mapped[str] = listed("服务内容", "expert_services", several=True, required=True, width=24)
    result: Mapped[str] = text("结果", width=30)
    papers: Mapped[list[dict[str, Any]] | None] = files("照片")


class Training(Keyed):
    """A training of one year; one without a village is held by or for the whole town."""

    __tablename__ = "trainings"
    noun = "trainings"

    village_key: Mapped[str | None] = reference("villages", nullable=True)
    year: Mapped[int] = integer("年度", default=0, derived=True)
    topic: Mapped[str] = text("培训题目", required=True, aliases=("题目", "培训主题", "培训内容", "内容"), width=28)
    held_on: Mapped[date | None] = day("培训日期", required=True, aliases=("日期", "培训时间", "开班日期"))
    days_milli: Mapped[int | None] = quantity("天数", unit="天")
    hours_milli: Mapped[int | None] = quantity("学时", unit="学时")
    level: Mapped[str] = choice("级别", OfficeLevel, required=True)
    kind: Mapped[str] = choice("培训类别", TrainingKind, required=True, aliases=("类别", "培训类型"))
    forms: Mapped[str] = listed("培训形式", "town_training_forms", several=True, required=True, aliases=("形式",))
    place: Mapped[str] = text("地点", suggested=True, aliases=("培训地点",))
    teacher: Mapped[str] = text("师资", suggested=True, aliases=("授课人", "老师"))
    cost_fen: Mapped[int | None] = money("经费", aliases=("培训经费",))
    attended: Mapped[int | None] = integer(
        "参加人数", unit="人", aliases=("人数", "培训人数"), help="登记了学员名单的，以名单为准。"
    )
    attendances: Mapped[int] = integer("人次", default=0, derived=True, summed=True, unit="人次")
    poor_attendances: Mapped[int] = integer("贫困户人次", default=0, derived=True, summed=True, unit="人次")
    note: Mapped[str] = text("备注")
    papers: Mapped[list[dict[str, Any]] | None] = files("签到表")


class Trainee(Keyed):
    """Who took part in a training: a person of a household, or somebody else by name."""

    __tablename__ = "trainees"
    noun = "trainings"
    owner = "training_key"

    training_key: Mapped[str] = reference("trainings")
    person_key: Mapped[str | None] = referenced("家庭成员", "persons", aliases=("学员", "身份证号"))
    name: Mapped[str] = text("其他学员", style=Style.NAME, aliases=("姓名",), help="不是登记农户的家庭成员时填写。")
    unit: Mapped[str] = text("单位或村组", suggested=True, aliases=("单位",))
    mastered: Mapped[str] = text("掌握技术", suggested=True)
    signed: Mapped[bool | None] = flag("已签到")
    note: Mapped[str] = text("备注")


class Skill(Keyed):
    """A practical technique that a person masters (清远 一(二))."""

    __tablename__ = "skills"
    noun = "skills"
    owner = "person_key"

    person_key: Mapped[str] = reference("persons")
    technique: Mapped[str] = text("实用技术", required=True, suggested=True, aliases=("技术", "技能"))
    since: Mapped[date | None] = day("掌握日期")
    training_key: Mapped[str | None] = referenced("培训", "trainings")
    note: Mapped[str] = text("备注")
