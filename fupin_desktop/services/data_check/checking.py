"""The whole check: one part after another, told and stopped in between."""

from __future__ import annotations

from contextlib import closing

from fupin_desktop.services.data_check import derived, files, papers, sums
from fupin_desktop.services.data_check.model import Report
from fupin_desktop.services.workbench import Progress, Workbench
from fupin_desktop.storage import chain

_PARTS = (files.data_file, files.log, files.records, derived.derived, sums.sums, papers.papers, papers.files)


def check(bench: Workbench, progress: Progress | None = None) -> Report:
    """Look at everything; it takes seconds, and minutes where many large files are attached.

    Args:
        bench: The workbench.
        progress: Told of the parts; raises to stop.
    """
    at, found = bench.clock(), []
    for place, part in enumerate(_PARTS):

        def tell(text: str, place: int = place) -> None:
            if progress is not None:
                progress(place, len(_PARTS), f"正在检查 {text}")

        found.append(part(bench, tell))
    number, code = _head(bench)
    return Report(at, bench.clerk, tuple(found), number, code)


def _head(bench: Workbench) -> tuple[int, str]:
    with closing(bench.store.looking()) as connection:
        found = connection.execute("SELECT number, hash FROM change_sets ORDER BY number DESC LIMIT 1").fetchone()
    return (found[0], chain.short(found[1] or "")) if found else (0, "")


def code_agrees(bench: Workbench, number: int, code: str) -> bool | None:
    """Whether the code at the foot of a paper is that of the log; None where the log has no such number.

    Args:
        bench: The workbench.
        number: Number of the operation on the paper.
        code: The code, however it is written.
    """
    with closing(bench.store.looking()) as connection:
        found = chain.head_of(connection, number)
    return None if found is None else chain.agrees(found, code)
