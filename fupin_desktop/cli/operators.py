"""``fupin-desktop operator``: another password for an operator who forgot it, where no manager can give one."""

from __future__ import annotations

import argparse

from fupin_desktop.cli.console import Exit, say
from fupin_desktop.cli.office import opened
from fupin_desktop.cli.places import first_line
from fupin_desktop.services import operators


def run(arguments: argparse.Namespace) -> Exit:
    """Set the password that the first line of a file holds.

    Raises:
        Situation: There is no data file or operator, or the password is too short; nothing was changed.
    """
    new = first_line(arguments.new_password_file)
    with opened(arguments, signed_in=False) as bench:
        say(operators.reset_password(bench, arguments.name, new).message)
    return Exit.FINE
