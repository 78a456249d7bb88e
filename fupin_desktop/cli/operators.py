"""``fupin-desktop operator``: another password for an operator who forgot it, where no manager can give one."""

from __future__ import annotations

import argparse

from fupin_desktop.cli.console import Exit, say
from fupin_desktop.cli.registers import opened
from fupin_desktop.errors import FileMissing
from fupin_desktop.services import operators


def run(arguments: argparse.Namespace) -> Exit:
    """Set the password that the first line of a file holds.

    Raises:
        Situation: There is no data file or operator, or the password is too short; nothing was changed.
    """
    named = arguments.new_password_file
    try:
        lines = named.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise FileMissing(f"读不了密码文件“{named}”。") from error
    with opened(arguments.data) as bench:
        say(operators.reset_password(bench, arguments.name, lines[0] if lines else "").message)
    return Exit.FINE
