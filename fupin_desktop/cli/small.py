"""Small commands that need no register: identity numbers and capital amounts."""

from __future__ import annotations

import argparse
import sys

from fupin_desktop.cli.console import Exit, say, tell
from fupin_desktop.domain import capital, identity, money

MOST = money.parse_money("999999999999.99")


def run_check_id(arguments: argparse.Namespace) -> Exit:
    """Check identity numbers given as arguments or, one a line, on standard input (GB 11643-1999)."""
    numbers = arguments.numbers or [line.strip() for line in sys.stdin if line.strip()]
    faults = [_check_one(number) for number in numbers]
    if not numbers:
        tell("没有要检查的号码。")
        return Exit.USAGE
    return Exit.DRAFT if any(faults) else Exit.FINE


def _check_one(number: str) -> bool:
    """Print the finding of one number; returns whether it has a fault."""
    found = identity.check(number)
    if found.fault:
        say(f"{number}\t错误\t{found.fault}")
        return True
    birth = f"出生 {found.birth.isoformat()}" if found.birth else ""
    parts = [found.number, "正确", birth, found.sex.label if found.sex else "", found.note]
    say("\t".join(part for part in parts if part))
    return False


def run_amount(arguments: argparse.Namespace) -> Exit:
    """Print amounts in capitals, 人民币 directly before them (《正确填写票据和结算凭证的基本规定》)."""
    try:
        values = [money.parse_money(text) for text in arguments.amounts]
    except ValueError as error:
        tell(f"错误: {error}")
        return Exit.FAILED
    if any(not 0 <= value <= MOST for value in values):
        tell(f"错误: 金额要在 0 到 {money.format_money(MOST)} 元之间。")
        return Exit.FAILED
    for value in values:
        say("人民币" + capital.to_capital(value))
    return Exit.FINE
