"""``fupin-desktop ledger import``: a ledger kept elsewhere taken over, by the window's own operations."""

from __future__ import annotations

import argparse
from pathlib import Path

from fupin_desktop.cli.console import Exit, say, tell
from fupin_desktop.cli.office import DATA_FILE, ensure_data, opened
from fupin_desktop.cli.places import ensure_apart, ensure_ending
from fupin_desktop.services.funds import imports
from fupin_desktop.services.funds.imports import LedgerImport, Reading


def run(arguments: argparse.Namespace) -> Exit:
    """Take a ledger in: all of it, or only the good rows; or write an empty one to fill in.

    Raises:
        Situation: The file or the data cannot be read or written; nothing was imported.
    """
    if arguments.template is not None:
        return _template(arguments.template)
    if arguments.file is None or arguments.data is None:
        tell("用法不对：要写台账文件和 --data 文件夹，或者 --template 文件。加 --help 看说明。")
        return Exit.USAGE
    ensure_data(arguments.data)
    ensure_apart(arguments.data / DATA_FILE, arguments.file)
    with opened(arguments) as bench:
        reading = Reading(str(arguments.sheet), visible_only=arguments.visible_only)
        found = imports.read_ledger(bench, arguments.file, reading, str(arguments.password))
        if not _may_go_on(found, only_good=arguments.only_good):
            return Exit.FAILED
        change = imports.take(bench, found, only_good=arguments.only_good)
    say(f"{change.message}。")
    return Exit.DRAFT if found.faults else Exit.FINE


def _may_go_on(found: LedgerImport, *, only_good: bool) -> bool:
    """Tell every problem; whether anything may be taken in."""
    if len(found.read) > 1:
        names = "、".join(f"“{name}”" for name in found.read)
        tell(f"提醒：读了 {len(found.read)} 张工作表：{names}。只要其中一张的，加 --sheet。")
    for problem in found.problems:
        tell(f"{'错误' if problem.must else '提醒'}：{problem.text}")
    if found.hidden and not found.reading.visible_only:
        tell("提示：只要看得见的行，加 --visible-only。")
    if found.faults and not only_good:
        tell(f"错误：有 {len(found.faults)} 处问题，没有导入。请改好再导入，或加 --only-good 略去这些行。")
        return False
    return True


def _template(path: Path) -> Exit:
    ensure_ending(path, ".xlsx")
    imports.write_template(path)
    say(f"已写出空表：{path}")
    return Exit.FINE
