"""``fupin-desktop scheme check``: looks at a scheme file without a register."""

from __future__ import annotations

import argparse
from pathlib import Path

from fupin_desktop import paths
from fupin_desktop.cli.console import Exit, say, tell
from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.errors import BadDefinition
from fupin_desktop.policy.awards.calculator import Calculator
from fupin_desktop.policy.checks import check_scheme
from fupin_desktop.policy.numbers import large_from
from fupin_desktop.policy.parameters import Parameters, load_parameters
from fupin_desktop.policy.problems import Problem
from fupin_desktop.policy.scheme import AwardScheme
from fupin_desktop.policy.scheme.file import read_scheme
from fupin_desktop.services.schemes.words import rule_sentences


def run(arguments: argparse.Namespace) -> Exit:
    """Read the scheme, say its rules back in words, and tell what its checks find."""
    scheme = read_scheme(arguments.file)
    parameters = policy_parameters(None)
    ensure_tiers(scheme, parameters, arguments.file.name)
    for line in _lines(scheme, parameters):
        say(line)
    return tell_problems(check_scheme(scheme, parameters))


def policy_parameters(override: Path | None) -> Parameters:
    """The shipped policy parameters, with a county's own file over them."""
    return load_parameters(paths.resources() / "policy", override)


def ensure_tiers(scheme: AwardScheme, parameters: Parameters, file: str) -> None:
    """Refuse tiers that 大户起点 puts out of order, as the calculation will; told under the file's name.

    Raises:
        BadDefinition: They are out of order.
    """
    try:
        Calculator(scheme, parameters)
    except BadDefinition as fault:
        raise BadDefinition(file, fault.key, fault.rule) from None


def _lines(scheme: AwardScheme, parameters: Parameters) -> list[str]:
    start, source = large_from(scheme, parameters)
    money = "不限" if scheme.money is None else f"{format_money(scheme.money)} 元"
    return [
        f"方案：{scheme.name} ({scheme.place}，{scheme.year} 年{scheme.batch})",
        f"大户起点：{start:f} 亩 ({source})",
        f"可用资金：{money}",
        *rule_sentences(scheme, start),
    ]


def tell_problems(problems: list[Problem] | tuple[Problem, ...]) -> Exit:
    """Print each finding on a line of its own; a broken must makes the status 1."""
    for problem in problems:
        tell(problem_line(problem))
    return Exit.DRAFT if any(problem.severity is Severity.MUST for problem in problems) else Exit.FINE


def problem_line(problem: Problem) -> str:
    """One finding as one line: severity, sentence, clause, written reason."""
    clause = f" [{problem.clause}]" if problem.clause else ""
    reason = ""
    if problem.severity is Severity.PRINCIPLE:
        reason = f" 理由：{problem.reason}" if problem.reason else " (要写书面理由)"
    return f"{problem.severity.label}：{problem.sentence}{clause}{reason} ({problem.code})"
