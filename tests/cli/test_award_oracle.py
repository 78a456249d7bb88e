"""Random schemes and villages through the command line, against the slow second reckoning, to the 分."""

from __future__ import annotations

import json
import os
import tempfile
from fractions import Fraction
from pathlib import Path

import openpyxl
from hypothesis import HealthCheck, Phase, given, settings

from fupin_desktop.__main__ import main
from fupin_desktop.domain.vocabulary import Participation
from fupin_desktop.policy.applicants import Applicant
from fupin_desktop.policy.scheme import AwardScheme
from fupin_desktop.services.schemes import write_file
from tests.policy.award_oracle import Oracle
from tests.policy.award_strategies import households, schemes

EXAMPLES = int(os.environ.get("AWARD_COMMANDS", "5"))
HEADINGS = (
    "户编号", "户主姓名", "行政村", "户类别", "本地类别", "家庭人口数", "参与情况", "全户种养面积(亩)", "本年已奖补(元)", "优先顺序", "产品", "产业类别",
    "计量单位", "申报数量", "验收数量", "计划数量", "种养面积(亩)", "核定成本(元)", "收入(元)", "其他补助(元)", "补助年次",
)  # fmt: skip


def write_register(path: Path, applicants: list[Applicant]) -> None:
    """A workbook with one row for each entry, as an office would send it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    for one in applicants:
        known = one.household_class
        head = (
            one.code, one.name, one.village, known.label if known else None, "、".join(one.own_classes) or None,
            one.members or None,
            one.participation.label if one.participation else None, one.area, one.earlier, one.priority,
        )  # fmt: skip
        for entry in one.entries:
            sheet.append(
                (*head, entry.product, entry.product_group, entry.unit, entry.declared, entry.accepted, entry.planned,
                 entry.area, entry.cost, entry.income, entry.other_subsidy, entry.instalment_year)
            )  # fmt: skip
    book.save(path)


def as_registered(applicants: list[Applicant]) -> list[Applicant]:
    """The households as a workbook can say them: each with a code, a name of its own and at least one entry."""
    taken = [one for one in applicants if one.entries and one.participation is not Participation.NONE]
    return [one._replace(code=f"D{one.key}", name=f"陈华{at}", key=f"D{one.key}") for at, one in enumerate(taken)]


@settings(max_examples=EXAMPLES, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(schemes(), households(1, 5))
def test_the_command_line_agrees_with_the_slow_reckoning(scheme: AwardScheme, drawn: list[Applicant]) -> None:
    applicants = as_registered(drawn)
    if not applicants:
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_file(scheme, place / "方案.toml")
        write_register(place / "名册.xlsx", applicants)
        status = main(
            ["award", "--scheme", str(place / "方案.toml"), "--households", str(place / "名册.xlsx"), "--out", str(place / "结果"),
             "--date", "2026-11-09", "--only-good"]
        )  # fmt: skip
        assert status in (0, 1)
        found = json.loads((place / "结果" / "result.json").read_text(encoding="utf-8"))
    told = {one["code"]: Fraction(one["award"]) for one in found["households"]}
    oracle = Oracle(scheme, applicants)
    assert told == dict(zip([one.code for one in applicants], oracle.awards(), strict=True))
