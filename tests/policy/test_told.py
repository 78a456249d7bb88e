"""What the checks tell of each written paper: every finding, its sentence, place, clause and reason."""

from __future__ import annotations

from typing import Any

import pytest

from fupin_desktop.policy.applications import CHECKS
from fupin_desktop.services.documents import registry
from tests.policy.application_facts import all_cases, told

CASES = all_cases()


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_a_paper_is_told_exactly_what_is_wrong_with_it(case: dict[str, Any]) -> None:
    assert told(case) == case.get("told", [])


def test_every_check_of_these_papers_is_told_somewhere() -> None:
    forms = {case["form"] for _, case in CASES}
    codes = {code for form in forms for code in registry.of(form).checks}
    written = {line.split()[1] for _, case in CASES for line in case.get("told", [])}
    assert {check.code for check in CHECKS if check.code in codes} - written == set()
