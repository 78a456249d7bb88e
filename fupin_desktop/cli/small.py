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
        written = [_in_capitals(text) for text in arguments.amounts]
    except ValueError as error:
        tell(f"错误：{error}")
        return Exit.FAILED
    for one in written:
        say(one)
    return Exit.FINE


def _in_capitals(text: str) -> str:
    """One amount in capitals.

    Raises:
        ValueError: It is none; the Chinese sentence names it.
    """
    try:
        value = money.parse_money(text)
        if not 0 <= value <= MOST:
            raise ValueError(f"金额要在 0 到 {money.format_money(MOST)} 元之间")
    except ValueError as error:
        known = f"“{text}”" if text not in str(error) else ""
        raise ValueError(f"{known}{error}") from None
    return "人民币" + capital.to_capital(value)
