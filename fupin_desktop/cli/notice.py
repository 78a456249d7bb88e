"""``fupin-desktop notice``: notices listed, posted and written by the window's own operations, told as JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from fupin_desktop.cli.console import Exit, say
from fupin_desktop.cli.office import ensure_data, opened
from fupin_desktop.domain import file_names
from fupin_desktop.errors import NotAllowed, Situation
from fupin_desktop.services import round_papers
from fupin_desktop.services.notices import files, kinds, posting, rounds
from fupin_desktop.services.notices.rounds import Round, RoundState
from fupin_desktop.services.workbench import Workbench

_NO_LIST = frozenset({"project", "completion", "scheme"})


def run_list(arguments: argparse.Namespace) -> Exit:
    """Tell every round of the year with its steps.

    Raises:
        Situation: There is no data file, or no such kind.
    """
    _check(arguments.data, arguments.kind)
    with opened(arguments) as bench:
        found = _chosen(bench, arguments.kind, arguments.place)
        _tell({"year": bench.year, "notices": [_told(one) for one in found]})
    return Exit.FINE


def run_post(arguments: argparse.Namespace) -> Exit:
    """Post a notice for everything of a kind that can be published now.

    Raises:
        Situation: There is no data file, or no such kind.
    """
    _check(arguments.data, arguments.kind)
    results = []
    with opened(arguments) as bench:
        waiting = [one for one in _chosen(bench, arguments.kind, arguments.place) if not one.notice_key]
        results = [_posted(bench, one, arguments) for one in waiting]
        _tell({"year": bench.year, "posted": results})
    return Exit.DRAFT if any("refused" in one for one in results) else Exit.FINE


def _posted(bench: Workbench, one: Round, arguments: argparse.Namespace) -> dict[str, Any]:
    named: dict[str, Any] = {"kind": one.kind, "key": one.subject.key, "name": one.name, "place": one.place}
    if one.state is RoundState.NOT_YET:
        return {**named, "refused": one.lacks}
    settings = posting.default_settings(bench, kinds.of(one.kind))
    settings = replace(
        settings, posted_on=arguments.date or settings.posted_on, days=arguments.days or settings.days,
        board=arguments.board or settings.board, reason=arguments.reason,
    )  # fmt: skip
    try:
        notice = posting.publish(bench, one.kind, one.subject.key, settings).keys[0]
    except NotAllowed as refused:
        return {**named, "refused": refused.happened}
    last = next(line.last for line in _chosen(bench, one.kind, one.place) if line.notice_key == notice)
    return {**named, "notice": notice, "last": last.isoformat() if last else None}


def run_write(arguments: argparse.Namespace) -> Exit:
    """Write the posted notices of a choice, each looked through first.

    Raises:
        Situation: There is no data file, or no such kind; a file that cannot be given out is told in the result.
    """
    _check(arguments.data, arguments.kind)
    results: list[dict[str, Any]] = []
    taken: set[Path] = set()
    with opened(arguments) as bench:
        for one in _chosen(bench, arguments.kind, arguments.place):
            results += _written(bench, one, arguments, taken) if one.notice_key else []
        _tell({"year": bench.year, "files": results})
    return Exit.DRAFT if any("refused" in one for one in results) else Exit.FINE


def _written(
    bench: Workbench, one: Round, arguments: argparse.Namespace, taken: set[Path]
) -> list[dict[str, Any]]:
    """Write what a round gives out, under names that no other of this run has."""
    found = []
    for paper in round_papers.papers_of(bench, one):
        if paper.public:
            writes = [(files.write_pdf, paper.title, ".pdf")]
            writes += [(files.write_poster, f"{paper.title} A3", ".pdf")] if arguments.poster else []
            listed = arguments.table and paper.word != "公示结果" and one.kind not in _NO_LIST
            writes += [(files.write_list, f"{paper.title} 名单", ".xlsx")] if listed else []
            for write, name, ending in writes:
                path = _free(arguments.out, name, ending, taken)
                try:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    write(bench, paper.paper, path)
                    found.append({"notice": paper.key, "file": str(path)})
                except Situation as refused:
                    found.append({"notice": paper.key, "file": str(path), "refused": refused.happened})
    return found


def _free(folder: Path, name: str, ending: str, taken: set[Path]) -> Path:
    """A name that no notice of this run has: two of one title must not lie over each other."""
    path, number = folder / file_names.clean(name, ending), 1
    while path in taken:
        number += 1
        path = folder / file_names.clean(name, f" ({number}){ending}")
    taken.add(path)
    return path


def _chosen(bench: Workbench, kind: str, place: str) -> Sequence[Round]:
    found = rounds.rounds(bench, bench.year)
    return [one for one in found if kind in ("", one.kind) and place in ("", one.place)]


def _told(one: Round) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "key": one.subject.key,
        "name": one.name,
        "place": one.place,
        "state": one.state.label,
        "notice": one.notice_key or None,
        "first": one.first.isoformat() if one.first else None,
        "last": one.last.isoformat() if one.last else None,
        "objections": one.objections,
        "open_objections": one.open_objections,
        "lacks": one.lacks or None,
        "steps": [{"step": line.step.label, "done": line.done, "told": line.told} for line in one.steps],
    }


def _tell(result: dict[str, Any]) -> None:
    say(json.dumps(result, ensure_ascii=False, indent=2))


def _check(data: Path, kind: str) -> None:
    ensure_data(data)
    offered = [one.name for one in kinds.all_kinds() if one.period and one.name != "correction"]
    if kind and kind not in offered:
        raise NotAllowed(f"没有“{kind}”这一类公示。", todo=f"可以写：{'、'.join(offered)}。")
