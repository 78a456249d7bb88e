"""Every check of the quarterly tables, on both sides (清远 三(三))."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fupin_desktop import paths
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.applications import CHECKS, OF_REPORTS, check_application
from fupin_desktop.policy.applications.facts import ApplicationFacts
from fupin_desktop.policy.applications.report_facts import ReportFacts
from fupin_desktop.policy.parameters import load_parameters

PARAMETERS = load_parameters(Path(paths.resources()) / "policy")
DUE = date(2026, 10, 2)
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "report.ended": ({"ended": False}, "这个季度还没有结束，到季末以后再报送。"),
    "report.falling": ({"falling": ("甲",)}, "甲的累计完成投资比上次报送的少，请核对季度进展。"),
    "report.without_project": ({"without_project": ("石下村", "鲤鱼村")}, "石下村、鲤鱼村没有列入的项目(谋划、申报、审核中又没有登记进展的不列)，按“无项目”列出。"),
    "report.unanswered": ({"unanswered": tuple("甲乙丙丁戊己庚")}, "7 个项目没有登记本季进展：甲、乙、丙、丁、戊、己等 7 个。"),
    "report.late": ({"sent_on": date(2026, 10, 3)}, "应在 2026年10月2日以前报送，已经过期。"),
    "report.over_plan": ({"over_plan": ("甲",)}, "甲的累计完成投资超过计划投资一成以上。"),
    "report.incomplete": ({"incomplete": (("甲", "工程进度"),)}, "甲没有填工程进度。"),
    "report.stalled": ({"stalled": ("甲",)}, "甲停滞或终止，没有写存在问题。"),
}


def facts(**report: Any) -> ApplicationFacts:
    given = ReportFacts(**{"due_on": DUE, "sent_on": DUE, "projects": 3, **report})
    return ApplicationFacts(day=date(2026, 12, 31), parameters=PARAMETERS, checks=OF_REPORTS, today=DUE, report=given)


@pytest.mark.parametrize("code", WRONG)
def test_each_check_speaks_on_its_side_alone(code: str) -> None:
    wrong, sentence = WRONG[code]
    (problem,), _ = check_application(facts(**wrong), {})
    assert (problem.code, problem.sentence, problem.clause) == (code, sentence, "清远 三(三)")
    assert problem.blocks == (problem.severity is not Severity.WARNING)
    assert check_application(facts(), {}) == ((), len(OF_REPORTS))


def test_every_check_of_reports_has_a_case() -> None:
    assert set(WRONG) == {check.code for check in CHECKS if check.code.startswith("report.")}


@pytest.mark.parametrize("code", [one for one in WRONG if one not in ("report.ended", "report.falling")])
def test_a_reason_opens_what_holds_in_principle(code: str) -> None:
    problems, _ = check_application(facts(**WRONG[code][0]), {code: "已说明"})
    assert not any(one.blocks for one in problems)


def test_six_projects_are_all_named() -> None:
    (problem,), _ = check_application(facts(unanswered=tuple("甲乙丙丁戊己")), {})
    assert problem.sentence == "6 个项目没有登记本季进展：甲、乙、丙、丁、戊、己。"


def test_without_any_day_nothing_is_late() -> None:
    assert check_application(replace(facts(sent_on=None), today=None), {}) == ((), len(OF_REPORTS))


def test_without_a_day_of_its_own_today_counts() -> None:
    problems, _ = check_application(facts(sent_on=None), {})
    assert problems == ()
