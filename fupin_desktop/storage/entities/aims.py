"""Surveys, commendations, cases, supervision, the yearly plan, and what targets and comparisons need besides."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from fupin_desktop.domain.register_words import CommendationKind, CommendationState, OfficeLevel, Verdict
from fupin_desktop.storage.base import Keyed, reference
from fupin_desktop.storage.fields import (
    choice,
    day,
    files,
    flag,
    integer,
    listed,
    money,
    percent,
    referenced,
    text,
)


class Survey(Keyed):
    """A survey of a village, or of a household of it, in one year (摸底调查, 清远 二19, 三(二))."""

    __tablename__ = "surveys"
    __table_args__ = (Index("ix_surveys_year", "year", "village_key"),)
    noun = "surveys"

    village_key: Mapped[str] = reference("villages")
    year: Mapped[int] = integer("年度", default=0, derived=True)
    question_set: Mapped[str] = text("调查表", required=True, width=24)
    household_key: Mapped[str | None] = referenced("农户", "households", aliases=("户主", "户主姓名"))
    surveyed_on: Mapped[date | None] = day("调查日期")
    surveyor: Mapped[str] = text("调查人", suggested=True)
    weak: Mapped[bool | None] = flag("薄弱", help="产业基础薄弱的列入重点帮扶。")
    support: Mapped[str] = text("帮扶打算", help="薄弱的写明准备怎样重点帮扶。", width=24)
    missing: Mapped[int] = integer("未答题数", default=0, derived=True, unit="题")
    note: Mapped[str] = text("备注")


class SurveyAnswer(Keyed):
    """The answer to one question; its words are those of the question set when the survey was begun."""

    __tablename__ = "survey_answers"
    noun = "surveys"
    owner = "survey_key"

    survey_key: Mapped[str] = reference("surveys")
    position: Mapped[int] = integer("序号", default=0, derived=True)
    code: Mapped[str] = text("编号", derived=True)
    question: Mapped[str] = text("题目", derived=True, width=36)
    answer: Mapped[str] = text("回答", width=24)
    unit: Mapped[str] = text("单位", derived=True)
    hint: Mapped[str] = text("填法", derived=True, width=24)
    needed: Mapped[bool | None] = flag("必填", derived=True)


class Commendation(Keyed):
    """A household that is commended in a year (吴川 三(三)5)."""

    __tablename__ = "commendations"
    noun = "commendations"

    household_key: Mapped[str] = reference("households")
    year: Mapped[int] = integer("年度", default=0, derived=True)
    level: Mapped[str] = choice("级别", OfficeLevel, required=True)
    kind: Mapped[str] = choice("表彰类别", CommendationKind, required=True, aliases=("类别",))
    cause: Mapped[str] = text("事由", required=True, width=30, aliases=("主要事迹", "事迹"))
    grounds: Mapped[str] = text("依据", width=30, help="面积、增收、带动户数等数据。")
    document_no: Mapped[str] = text("文号")
    award_fen: Mapped[int | None] = money("奖励金额")
    state: Mapped[str] = choice("状态", CommendationState, default=CommendationState.PROPOSED)
    given_on: Mapped[date | None] = day("表彰日期")
    note: Mapped[str] = text("备注")


class ExampleCase(Keyed):
    """A case worth telling (典型范例, 吴川 二(一), 清远 二17, 22)."""

    __tablename__ = "example_cases"
    noun = "example_cases"

    village_key: Mapped[str | None] = reference("villages", nullable=True)
    title: Mapped[str] = text("题目", required=True, width=30)
    about: Mapped[str] = text("典型对象", required=True, suggested=True, aliases=("对象",))
    content: Mapped[str] = text("正文", width=40)
    reported_on: Mapped[date | None] = day("报送日期", aliases=("报送日",))
    published_on: Mapped[date | None] = day("刊发日期", aliases=("刊发日",))
    media: Mapped[str] = text("刊发媒体", suggested=True, aliases=("媒体",))
    note: Mapped[str] = text("备注")
    papers: Mapped[list[dict[str, Any]] | None] = files()


class Supervision(Keyed):
    """A supervision and what it came to (督查通报, 清远 三(三))."""

    __tablename__ = "supervisions"
    noun = "supervisions"

    village_key: Mapped[str | None] = reference("villages", nullable=True)
    dated: Mapped[date | None] = day("日期", required=True)
    unit: Mapped[str] = text("督查单位", required=True, suggested=True, aliases=("单位",))
    verdict: Mapped[str] = choice("结论", Verdict, required=True)
    content: Mapped[str] = text("内容", required=True, width=40)
    mend_by: Mapped[date | None] = day("整改期限")
    mended_on: Mapped[date | None] = day("整改完成日")
    result: Mapped[str] = text("整改结果", width=30)
    note: Mapped[str] = text("备注")
    papers: Mapped[list[dict[str, Any]] | None] = files()


class YearPlan(Keyed):
    """The plan of a year (年度方案, 清远 二19, 吴川 二(三))."""

    __tablename__ = "year_plans"
    noun = "year_plans"

    village_key: Mapped[str | None] = reference("villages", nullable=True)
    year: Mapped[int] = integer("年度", default=0, derived=True)
    name: Mapped[str] = text("文件名", required=True, width=30)
    document_no: Mapped[str] = text("文号", required=True)
    issued_on: Mapped[date | None] = day("发文日期", required=True, aliases=("发文日",))
    note: Mapped[str] = text("备注")
    papers: Mapped[list[dict[str, Any]] | None] = files()


class PlanTask(Keyed):
    """A task of a yearly plan with the day it is due (吴川 四)."""

    __tablename__ = "plan_tasks"
    noun = "year_plans"
    owner = "plan_key"

    plan_key: Mapped[str] = reference("year_plans")
    content: Mapped[str] = text("工作内容", required=True, width=36, aliases=("内容",))
    part: Mapped[str] = listed("类别", "schedule_parts")
    responsible: Mapped[str] = text("责任人", required=True, suggested=True)
    due_on: Mapped[date | None] = day("完成期限", required=True, aliases=("期限",))
    done_on: Mapped[date | None] = day("完成日期", aliases=("完成日",))
    result: Mapped[str] = text("结果", width=24)


class TargetFigure(Keyed):
    """The office's own target or figure of a year, where it differs from the policy's or nothing counts it."""

    __tablename__ = "target_figures"
    noun = "target_figures"

    year: Mapped[int] = integer("年度", default=0, derived=True)
    indicator: Mapped[str] = text("指标", required=True, width=20)
    low: Mapped[int | None] = integer("目标下限")
    high: Mapped[int | None] = integer("目标上限")
    actual: Mapped[int | None] = integer("实际", help="台账里数不出来的指标，在这里填写。")
    due_on: Mapped[date | None] = day("期限")
    note: Mapped[str] = text("备注")


class ComparisonWeight(Keyed):
    """The weight of an indicator in the comparison of villages (清远 二20)."""

    __tablename__ = "comparison_weights"
    noun = "comparison_weights"

    year: Mapped[int] = integer("年度", default=0, derived=True)
    indicator: Mapped[str] = text("指标", required=True, width=18)
    weight: Mapped[int | None] = percent("权重", required=True)
    note: Mapped[str] = text("备注")
