"""``fupin-desktop exchange`` and ``package``: the window's own operations."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path

from fupin_desktop.cli.console import Exit, say, tell
from fupin_desktop.cli.office import opened
from fupin_desktop.cli.places import PASSWORD_FILE, first_line
from fupin_desktop.errors import DataLocked, NotAllowed, PlaceGone
from fupin_desktop.services.exchange import offers, outgoing, package
from fupin_desktop.services.exchange.model import Drive, Item, Purpose
from fupin_desktop.services.workbench import Workbench


def run_list(arguments: argparse.Namespace) -> Exit:
    """Print what can be handed out.

    Raises:
        Situation: There is no data file.
    """
    with opened(arguments) as bench:
        found = [
            {
                "key": one.key, "group": one.group, "title": one.title, "on": one.on.isoformat() if one.on else None,
                "note": one.note, "doubt": one.doubt,
            }
            for one in offers.offers(bench)
        ]  # fmt: skip
    say(json.dumps(found, ensure_ascii=False, indent=1))
    return Exit.FINE


def run_out(arguments: argparse.Namespace) -> Exit:
    """Hand out what is named; the exit tells whether the receiver may send some of it back.

    Raises:
        Situation: Something is not known, or the stick could not be written; nothing is left on it.
    """
    _refuse_half_period(arguments)
    drive = _drive(arguments.to)
    with opened(arguments) as bench:
        items = _items(bench, arguments)
        purpose = Purpose(
            arguments.title, arguments.receiver, arguments.person, arguments.outside, arguments.workbooks
        )
        doubts = outgoing.doubts(items, _quiet)
        carried = outgoing.hand_out(bench, items, drive, purpose, _quiet)
    for one in doubts:
        tell(f"提醒：{one}")
    say(carried.told)
    return Exit.DRAFT if doubts else Exit.FINE


def _refuse_half_period(arguments: argparse.Namespace) -> None:
    """Refuse what needs a first day where none is told, and a period without days."""
    since, until = arguments.since, arguments.until
    if since is None and (arguments.audit or until is not None):
        word = "--audit" if arguments.audit else "--until"
        raise NotAllowed(f"写了 {word}，没有写从哪一天起。", todo="请加 --since 和日期。")
    if since is not None and until is not None and until < since:
        raise NotAllowed("--until 早于 --since。", todo="请核对日期。")


def _items(bench: Workbench, arguments: argparse.Namespace) -> list[Item]:
    found = offers.offers(bench)
    _known("类别", arguments.group, {one.group for one in found})
    _known("key", arguments.key, {one.key for one in found})
    if arguments.group or arguments.key:
        found = [one for one in found if one.group in arguments.group or one.key in arguments.key]
    elif arguments.since is None:
        raise NotAllowed("没有说交什么。", todo="请写 --group、--key，或 --since。")
    until = arguments.until or bench.today
    if arguments.since is not None:
        found = [one for one in found if one.on and arguments.since <= one.on <= until]
        if arguments.audit:
            found.append(offers.dossier_of_period(bench, arguments.since, until))
    return found


def _known(word: str, named: Sequence[str], known: set[str]) -> None:
    for one in named:
        if one not in known:
            raise NotAllowed(f"没有“{one}”这个{word}。", todo="用 exchange list 看有哪些。")


def _drive(folder: Path) -> Drive:
    if not folder.is_dir():
        raise PlaceGone(f"找不到“{folder}”。")
    return Drive(folder.resolve())


def _quiet(done: int, total: int, text: str) -> None:
    """Scripts read the result alone."""


# ---- the package ----
def run_make(arguments: argparse.Namespace) -> Exit:
    """Put everything into a package.

    Raises:
        Situation: The stick could not be written; nothing is left on it.
    """
    drive = _drive(arguments.to)
    with opened(arguments) as bench:
        carried = package.make(bench, drive, Purpose("移交包", arguments.receiver), {}, _quiet)
    say(carried.told)
    return Exit.FINE


def run_look(arguments: argparse.Namespace) -> Exit:
    """Tell what a package holds.

    Raises:
        Situation: It is none, incomplete, or of a newer program.
    """
    say(package.look(arguments.file).sentence)
    return Exit.FINE


def run_open(arguments: argparse.Namespace) -> Exit:
    """Unpack a package into an empty folder.

    Raises:
        Situation: It has another password, is incomplete or newer, or the folder is not empty; nothing is left.
    """
    if package.look(arguments.file).encrypted:
        named = arguments.password_file or os.environ.get(PASSWORD_FILE)
        if not named:
            raise DataLocked(f"“{arguments.file.name}”有密码。", todo="请在命令前加 --password-file。")
        package.unlock(arguments.file, arguments.data, first_line(Path(named)))
    package.open_into(arguments.file, arguments.data, _quiet)
    say(f"已打开到“{arguments.data}”。")
    return Exit.FINE
