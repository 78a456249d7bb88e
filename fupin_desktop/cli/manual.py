"""The command ``manual``: the manual as one PDF, or the quick start."""

from __future__ import annotations

import argparse

from fupin_desktop.cli.console import Exit, local_time, say
from fupin_desktop.cli.places import ensure_ending
from fupin_desktop.services.manual import book


def run(arguments: argparse.Namespace) -> Exit:
    """Write the manual or the quick start, and print where to.

    Raises:
        NotWritable: It cannot be written there, or the name is no PDF's.
    """
    ensure_ending(arguments.out, ".pdf")
    today = local_time().date()
    if arguments.quick_start:
        book.write_quick_start(arguments.out, today)
    else:
        book.write_pdf(arguments.out, today)
    say(str(arguments.out))
    return Exit.FINE
