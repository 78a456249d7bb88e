"""What ``--selftest`` does without a window: a sample office, its calculations, papers, a register there and back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from fupin_desktop import paths
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import awards, documents, exports, protection, schemes
from fupin_desktop.services.award_papers import award_files
from fupin_desktop.services.awards.subject import subject
from fupin_desktop.services.files import write_together
from fupin_desktop.services.form_samples import sample_data
from fupin_desktop.services.notices import posting
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.workbench import Workbench

MOMENT = datetime(2026, 11, 9, 9, 30)  # noqa: DTZ001 - local time is what papers show
"""The moment the sample office lives at, so that every PC writes the same papers."""
_PASSWORD = "自检用-Selftest-2026"  # noqa: S105 - of invented data


@contextmanager
def office(folder: Path) -> Iterator[Workbench]:
    """The sample office, closed again whatever happens."""
    bench = open_workbench(folder, clock=lambda: MOMENT)
    try:
        yield bench
    finally:
        bench.close()


def make_office(folder: Path) -> None:
    """Make the sample office anew; its contents are the same on every PC."""
    from fupin_desktop.services.samples import make_sample

    if folder.exists():
        shutil.rmtree(folder)
    make_sample(folder, now=MOMENT)


def stored_runs(bench: Workbench) -> Iterator[awards.StoredRun]:
    """The latest calculation of every scheme that has one."""
    for line in schemes.all(bench, bench.year):
        if (run := awards.latest_run(bench, line.key)) is not None:
            yield run


def calculated(bench: Workbench) -> dict[str, str]:
    """Calculate every stored calculation anew from what it keeps.

    Returns:
        The award of each in yuan, by place and batch.

    Raises:
        NotAllowed: A total is not what is stored.
    """
    from fupin_desktop.policy.awards.calculator import calculate

    totals = {}
    for run in stored_runs(bench):
        kept = run.result
        anew = calculate(kept.scheme, [award.applicant for award in kept.awards], bench.parameters)
        if anew.totals != kept.totals:
            amounts = f"{anew.totals.award} 元与保存的 {kept.totals.award} 元"
            raise NotAllowed(f"{kept.scheme.place}重新测算的 {amounts}不同。")
        totals[f"{kept.scheme.place}{kept.scheme.batch}"] = str(anew.totals.award)
    return totals


def write_papers(bench: Workbench, folder: Path) -> dict[str, str]:
    """Write every form with its sample values, all papers of a calculation, and every document of the year.

    Returns:
        The SHA-256 of each file, by its name below the folder.

    Raises:
        Situation: One cannot be made or written.
    """
    run = next(stored_runs(bench))
    span = posting.count_period(bench, posting.default_settings(bench))
    write_together(folder / "award", award_files(subject(bench, run.result, run.numbers), span))
    write_together(folder / "forms", dict(_forms()))
    lines = documents.lines(bench, bench.year, tab="")
    settled = ((number, line.title, documents.pdf_bytes(bench, line.key)) for number, line in enumerate(lines, 1))
    write_together(folder / "documents", {f"{number:03} {title}.pdf": content for number, title, content in settled})
    written = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in written}


def _forms() -> Iterator[tuple[str, bytes]]:
    from fupin_desktop.documents.definition.loader import usable_form
    from fupin_desktop.documents.drawing.pdf import pdf_bytes
    from fupin_desktop.documents.drawing.workbook import workbook_bytes
    from fupin_desktop.documents.layout.fill import fill

    for path in sorted(paths.forms().glob("*/form.toml")):
        form = usable_form(path.parent.name, None)
        filled = fill(form, sample_data(form), MOMENT.date())
        yield f"{form.id}.pdf", pdf_bytes(filled)
        if form.workbook:
            yield f"{form.id}.xlsx", workbook_bytes(filled)


def protected_and_back(folder: Path) -> int:
    """Encrypt the office by a password, forget the key, open it by the password, and take the password off again.

    Returns:
        The number of schemes read from the encrypted file.

    Raises:
        NotAllowed: It was not locked in between, or the password does not open it.
    """
    with office(folder) as bench:
        protection.protect(bench, _PASSWORD, lambda _done, _total, _text: None)
    protection.lock(folder)
    if not protection.is_locked(folder):
        raise NotAllowed("数据加了密码以后没有锁上。")
    protection.unlock(folder, _PASSWORD)
    with office(folder) as bench:
        found = len(schemes.all(bench, bench.year))
        protection.unprotect(bench, _PASSWORD, lambda _done, _total, _text: None)
    return found


def register_there_and_back(bench: Workbench, path: Path) -> int:
    """Write the register of households and read it again; returns the number of rows.

    Raises:
        NotAllowed: Not every row came back.
    """
    from fupin_desktop.services.imports.preview import prepare
    from fupin_desktop.services.registers import registry

    written = exports.write_register(bench, registry.of("households"), path)
    preview = prepare(bench, path)
    preview.require_mapping()
    if preview.parsed.rows != written:
        raise NotAllowed(f"名册写出 {written} 行，读回 {preview.parsed.rows} 行。")
    return written
