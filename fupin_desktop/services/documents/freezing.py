"""The paper of an application: filled, drawn, and once approved kept byte for byte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fupin_desktop import __version__
from fupin_desktop.documents.atomic import told_as_situation
from fupin_desktop.documents.filling.data import public_copy
from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.domain import file_names
from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.errors import PaperChanged, Situation
from fupin_desktop.services.awards.snapshot import pack_parameters
from fupin_desktop.services.documents import behind, opening, records, registry, way
from fupin_desktop.services.documents.facts import names_of
from fupin_desktop.services.documents.listing import line_of
from fupin_desktop.services.documents.loaded import Loaded
from fupin_desktop.services.documents.model import NOUN, PaperKind
from fupin_desktop.services.existing import existing
from fupin_desktop.services.files import write_bytes
from fupin_desktop.services.printing import Drawn, Paper
from fupin_desktop.services.workbench import Progress, Workbench
from fupin_desktop.storage import chain
from fupin_desktop.storage.document_type import dump_document
from fupin_desktop.storage.entities import Application, FrozenPaper
from fupin_desktop.storage.unit import Unit

if TYPE_CHECKING:
    from fupin_desktop.documents.drawing.pdf import Tell

COPY = "(对外)"
CANCELLED = "作废"


def freeze(bench: Workbench, unit: Unit, loaded: Loaded) -> None:
    """Keep an approved application: pages, PDF, workbook, data, working, parameters and form, as they are now."""
    from fupin_desktop.documents.drawing.pdf import pdf_bytes as draw_pdf
    from fupin_desktop.documents.drawing.workbook import workbook_bytes
    from fupin_desktop.documents.filled_store import pack

    form = _fill(bench, loaded, loaded.data, draft=False).stamped(chain.said(*unit.log_head))
    pages, data = pack(form), _plain(loaded.data)
    pdf, xlsx = draw_pdf(form), workbook_bytes(form)
    context = opening.context_of(bench, unit.session, loaded.application)
    unit.session.add(
        FrozenPaper(
            application_key=loaded.application.key,
            form_sha=loaded.application.form_sha,
            title=form.title,
            at=unit.purpose.at,
            who=unit.purpose.who,
            program_version=__version__,
            filled=pages,
            pdf=pdf,
            xlsx=xlsx,
            sha256=_checksum(pdf, xlsx, pages, data),
            data=data,
            working=behind.working(loaded.form, context),
            problems={"found": [way.plain_problem(one) for one in loaded.problems], "passed": loaded.passed},
            parameters=pack_parameters(bench.parameters),
        )
    )
    unit.session.flush()


def _checksum(pdf: bytes, xlsx: bytes, pages: bytes, data: Mapping[str, Any]) -> str:
    return sha256(pdf + xlsx + pages + dump_document(data).encode()).hexdigest()


def is_whole(paper: FrozenPaper) -> bool:
    """Whether a kept paper is what was settled; the checksum of the first ones was that of their files alone."""
    whole = _checksum(paper.pdf, paper.xlsx, paper.filled, paper.data)
    return paper.sha256 in (whole, sha256(paper.pdf + paper.xlsx).hexdigest())


def require_whole(paper: FrozenPaper) -> FrozenPaper:
    """A kept paper, looked at each time it is used.

    Raises:
        PaperChanged: It is not what was settled.
    """
    if not is_whole(paper):
        at = f"{paper.at:%Y-%m-%d}"
        raise PaperChanged(f"“{paper.title}”在 {at} 定稿以后被改动过，和当时的校验码不符。")
    return paper


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """Data without what is not given."""
    return {name: value for name, value in data.items() if value is not None}


def _fill(bench: Workbench, loaded: Loaded, data: Mapping[str, Any], *, draft: bool) -> FilledForm:
    from fupin_desktop.documents.layout.fill import fill

    made_on = data.get(names_of(loaded.form).get("made_on", "")) or loaded.application.begun_on
    return fill(loaded.form, data, made_on if isinstance(made_on, date) else bench.today, draft=draft)


def filled(bench: Workbench, key: str, *, copy: bool = False) -> FilledForm:
    """The paper of an application; of an approved one as it was that day.

    Args:
        bench: The workbench.
        key: The application.
        copy: Whether it leaves the office: identity numbers, phones and accounts are masked then.

    Raises:
        MissingGlyph: No font has a character that must be printed.
        NotAllowed: It is no longer there.
        PaperChanged: It was approved and is not what was settled.
    """
    from fupin_desktop.documents.filled_store import unpack

    with bench.read() as session:
        loaded = opening.load(bench, session, key)
        frozen = require_whole(loaded.frozen) if loaded.frozen is not None else None
        if frozen is not None and not copy:
            return _marked(unpack(frozen.filled), _cancelled(loaded.application))
    data = _masked(loaded) if copy else loaded.data
    form = _fill(bench, loaded, data, draft=frozen is None and loaded.blocking > 0)
    return _marked(form, _cancelled(loaded.application))


def _cancelled(application: Application) -> bool:
    return records.state_of(application) is ApplicationState.CANCELLED


def _marked(form: FilledForm, cancelled: bool) -> FilledForm:
    """The paper, with 作废 across each page of one that is cancelled."""
    return form.marked(CANCELLED) if cancelled else form


def _masked(loaded: Loaded) -> dict[str, Any]:
    """The data with full numbers masked, also those that stand in typed texts."""
    return public_copy(loaded.form, loaded.data)


def pdf_bytes(bench: Workbench, key: str, *, copy: bool = False) -> bytes:
    """The PDF; of an approved application the very bytes of that day."""
    return _bytes(bench, key, "pdf", copy=copy)


def xlsx_bytes(bench: Workbench, key: str, *, copy: bool = False) -> bytes:
    """The workbook; of an approved application the very bytes of that day."""
    return _bytes(bench, key, "xlsx", copy=copy)


def _bytes(bench: Workbench, key: str, kind: PaperKind, *, copy: bool, tell: Tell | None = None) -> bytes:
    from fupin_desktop.documents.drawing.workbook import workbook_bytes

    if kind == "pdf":
        return print_bytes(bench, key, tell, copy=copy)[0]
    frozen = None if copy else _standing(bench, key)
    return frozen.xlsx if frozen is not None else workbook_bytes(filled(bench, key, copy=copy))


def _standing(bench: Workbench, key: str) -> FrozenPaper | None:
    """The kept paper, given out byte for byte; None where there is none, or it is drawn again with 作废 on it."""
    with bench.read() as session:
        frozen = records.frozen_of(session, key)
        if frozen is None or _cancelled(existing(session, Application, key)):
            return None
        return require_whole(frozen)


def print_bytes(bench: Workbench, key: str, tell: Tell | None = None, *, copy: bool = False) -> tuple[bytes, bool]:
    """The PDF as it is printed or written, and whether 草稿 stands across it.

    Args:
        bench: The workbench.
        key: The application.
        tell: Told of the pages drawn; raises to stop.
        copy: Whether it leaves the office.
    """
    from fupin_desktop.documents.drawing.pdf import pdf_bytes as draw_pdf

    frozen = None if copy else _standing(bench, key)
    if frozen is not None:
        return frozen.pdf, False
    form = filled(bench, key, copy=copy)
    return draw_pdf(form, tell), any(page.mark for page in form.pages)


def printable(bench: Workbench, key: str, *, copy: bool = False) -> Paper:
    """A document as something to print; an approved one is printed as it was kept.

    Args:
        bench: The workbench.
        key: The document.
        copy: Whether it leaves the office.

    Raises:
        NotAllowed: It is no longer there.
    """
    title = paper_name(bench, key)

    def draw(progress: Progress | None) -> Drawn:
        tell = _telling(progress, f"正在排版 {title}")
        return Drawn(*print_bytes(bench, key, tell, copy=copy))

    return Paper(NOUN, key, title, draw)


def write_pdf(bench: Workbench, key: str, path: Path, *, copy: bool = False) -> None:
    """Write the PDF beside its place and rename it.

    Raises:
        Situation: It cannot be written there; an old file stays.
    """
    write_bytes(path, pdf_bytes(bench, key, copy=copy))


def write_xlsx(bench: Workbench, key: str, path: Path, *, copy: bool = False) -> None:
    """Write the workbook beside its place and rename it.

    Raises:
        Situation: It cannot be written there; an old file stays.
    """
    write_bytes(path, xlsx_bytes(bench, key, copy=copy))


def paper_name(bench: Workbench, key: str) -> str:
    """The name its files are proposed under, without the ending: ``低岭村 吴川市…申报表 2026``."""
    with bench.read() as session:
        line = line_of(session, existing(session, Application, key))
    version = f" 第{line.version}版" if line.version > 1 else ""
    cancelled = " 已作废" if line.state is ApplicationState.CANCELLED else ""
    return file_names.clean(f"{line.place} {line.title} {line.year}{version}{cancelled}")


def write_many(
    bench: Workbench,
    keys: Sequence[str],
    folder: Path,
    kinds: Sequence[PaperKind] = ("pdf",),
    progress: Progress | None = None,
    *,
    copy: bool = False,
) -> list[Path]:
    """Write many papers into a folder, each as the kinds asked for; those written stay where it is cancelled.

    Args:
        bench: The workbench.
        keys: The applications.
        folder: Where to; made where it is missing.
        kinds: ``pdf``, ``xlsx``.
        progress: Told of each paper.
        copy: Whether they leave the office.

    Returns:
        The files written.

    Raises:
        Situation: One cannot be written.
        Cancelled: By ``progress``.
    """
    with told_as_situation(folder):
        folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    used: set[str] = set()
    for done, key in enumerate(keys):
        name = _unused(f"{paper_name(bench, key)}{COPY if copy else ''}", used)
        if progress is not None:
            progress(done, len(keys), name)
        tell = _telling_again(progress, done, len(keys), name)
        for kind in kinds:
            path = folder / f"{name}.{kind}"
            try:
                write_bytes(path, _bytes(bench, key, kind, copy=copy, tell=tell))
            except Situation as fault:
                if written:
                    fault.safe = f"前面的 {len(written):,} 个文件已经写好，都是完整的。{fault.safe}"
                raise
            written.append(path)
    if progress is not None:
        progress(len(keys), len(keys), "")
    return written


def _telling(progress: Progress | None, text: str) -> Tell | None:
    if progress is None:
        return None
    return lambda done, total: progress(done, total, text)


def _telling_again(progress: Progress | None, done: int, total: int, name: str) -> Tell | None:
    """Tells again of the same paper while its pages are drawn, so that a long one can be stopped too."""
    if progress is None:
        return None
    return lambda page, pages: progress(done, total, name) if page else None


def _unused(name: str, used: set[str]) -> str:
    """The name, numbered where another paper has it already; to Windows large letters are small ones."""
    free, number = name, 1
    while free.casefold() in used:
        number += 1
        free = f"{name} ({number})"
    used.add(free.casefold())
    return free


def changed_paths(bench: Workbench, key: str) -> frozenset[str]:
    """Paths of what differs from the version before; of a first version from what its type compares it with."""
    with bench.read() as session:
        loaded = opening.load(bench, session, key)
        before = loaded.application.previous_key
        if not before:
            return registry.of(loaded.application.form_id).changed(session, loaded.application, loaded.data)
        old = opening.load(bench, session, before).data
    boxes = {field.name for field in loaded.form.opinions}
    names = [name for name in loaded.form.fields if name not in boxes]
    return frozenset(path for name in names for path in _differing(name, old.get(name), loaded.data.get(name)))


def _differing(name: str, old: Any, new: Any) -> list[str]:
    if not isinstance(old, list) and not isinstance(new, list):
        return [name] if old != new else []
    before, after = list(old or ()), list(new or ())
    if any(isinstance(one, str) for one in (*before, *after)):
        return [name] if before != after else []
    paths = [] if len(before) == len(after) else [name]
    for place, record in enumerate(after):
        known = before[place] if place < len(before) else {}
        columns = dict.fromkeys((*record, *known))
        paths += [f"{name}[{place}].{column}" for column in columns if record.get(column) != known.get(column)]
    return paths
