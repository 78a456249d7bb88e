"""``fupin-desktop check``: the check of the data (数据体检), with its result as JSON."""

from __future__ import annotations

import argparse
import json

from fupin_desktop.cli.console import Exit, say
from fupin_desktop.cli.office import opened
from fupin_desktop.cli.places import ensure_ending
from fupin_desktop.services import data_check
from fupin_desktop.services.data_check import Report
from fupin_desktop.services.document_types.data_check import CheckSubject
from fupin_desktop.services.documents import computed


def run(arguments: argparse.Namespace) -> Exit:
    """Check everything, print the result, write the report where it is asked for.

    Raises:
        Situation: There is no data file, or the report cannot be written.
    """
    if arguments.out is not None:
        ensure_ending(arguments.out, ".pdf")
    with opened(arguments) as bench:
        report = data_check.check(bench)
        if arguments.out is not None:
            computed.paper(bench, "data_check", CheckSubject(bench, report)).write(arguments.out)
    say(json.dumps(_plain(report), ensure_ascii=False, indent=2))
    return Exit.FINE if report.sound else Exit.DRAFT


def _plain(report: Report) -> dict[str, object]:
    return {
        "at": report.at.isoformat(timespec="seconds"),
        "sound": report.sound,
        "log": {"number": report.log_number, "code": report.code},
        "parts": [
            {"title": one.title, "looked": one.looked, "sound": one.sound, "notes": list(one.notes)}
            for one in report.parts
        ],
        "findings": [one._asdict() for one in report.findings],
    }
