"""``fupin-desktop form check`` and ``form from-workbook``: an office's own forms, without a display."""

from __future__ import annotations

import argparse

from fupin_desktop.cli.console import Exit, say, tell
from fupin_desktop.cli.places import ensure_folder
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services import own_forms
from fupin_desktop.services.own_forms import Examined


def run_check(arguments: argparse.Namespace) -> Exit:
    """Look at a form's folder, file or zip and tell what keeps it from being used.

    Raises:
        Situation: It cannot be read.
    """
    examined = own_forms.examine(arguments.path)
    status = _tell(examined)
    if examined.usable and examined.form is not None:
        say(f"{examined.form_id}：“{examined.form.name}”可以启用。")
    return status


def run_from_workbook(arguments: argparse.Namespace) -> Exit:
    """Make a spreadsheet with ``{{field}}`` in its cells into a form's folder.

    Raises:
        Situation: It cannot be read or written; nothing was written then.
    """
    examined = own_forms.from_workbook(arguments.file, arguments.base)
    status = _tell(examined)
    if not examined.text:
        return Exit.FAILED
    ensure_folder(arguments.out)
    say(f"已写出：{own_forms.write(examined, arguments.out)}")
    return status


def _tell(examined: Examined) -> Exit:
    """Print each finding on a line of its own; a must makes the status 1."""
    for problem in examined.problems:
        tell(f"{problem.severity.label}：{problem.sentence}")
    return Exit.DRAFT if any(problem.severity is Severity.MUST for problem in examined.problems) else Exit.FINE
