"""The office's own forms: built-in ones taken out, changed, checked, put into the data folder, and removed again.

A form lives in ``forms/<id>/form.toml`` of the data folder. Documents keep the text of the form they were begun with,
so a change never touches an old document. What was in use before is parked beside the new file, never deleted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

from fupin_desktop import paths
from fupin_desktop.documents.atomic import told_as_situation, write_atomically
from fupin_desktop.documents.definition.fitness import Misfit, kind_of_place, misfits_of_id, remarks
from fupin_desktop.documents.definition.form import FormDefinition
from fupin_desktop.documents.definition.loader import load_form
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.domain.strict_toml import loads
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.errors import BadDefinition, FileMissing, NotAllowed, Situation
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.documents.forms import (
    FORM_FILE,
    UsedForm,
    built_in,
    current,
    has_built_in,
    own_ids,
    parsed,
    unfit,
)
from fupin_desktop.services.files import FORMS
from fupin_desktop.services.form_samples import sample_data
from fupin_desktop.services.own_form_files import form_text, taken_out, zipped
from fupin_desktop.services.workbench import Change, Workbench

BUILT_IN, OWN = "内置", "本单位"
NOUNS = frozenset({"forms", "applications"})
_FOR = {"village": "村", "town": "镇(街)", "household": "户", "project": "项目"}


@dataclass(frozen=True, slots=True)
class FormLine:
    """One form in the list.

    Attributes:
        id: Its id.
        title: Its title.
        origin: ``BUILT_IN`` or ``OWN``: whose form is there.
        broken: Why the office's own form is not used; empty where all is well.
        new: Whether the office alone has it, so that no built-in form takes its place.
        changed_on: Day the office's own file was changed; None for a built-in form.
        fillable: Whether it is filled on screen, so that a spreadsheet can be made into it.
    """

    id: str
    title: str
    origin: str
    broken: str
    changed_on: date | None
    fillable: bool
    new: bool = False


@dataclass(frozen=True, slots=True)
class Examined:
    """A form file that was looked at, before it is used.

    Attributes:
        form_id: The id it has; empty where that cannot be read.
        text: What stands in the file.
        form: The definition; None where it breaks a rule of its format.
        problems: What was found; a must keeps it from being used.
    """

    form_id: str
    text: str
    form: FormDefinition | None
    problems: tuple[Problem, ...]

    @property
    def usable(self) -> bool:
        """Whether nothing keeps it from being used."""
        return self.form is not None and not any(problem.severity is Severity.MUST for problem in self.problems)


def form_ids() -> tuple[str, ...]:
    """Ids of all built-in forms, those filled on screen first."""
    ids = sorted(path.parent.name for path in paths.forms().glob(f"*/{FORM_FILE}"))
    return tuple(sorted(ids, key=lambda form_id: not load_form(form_id).entry))


def all(bench: Workbench) -> list[FormLine]:  # noqa: A001 - the office's word for it, as in schemes.all
    """Every form with whose it is and whether it can be used."""
    alone = (_line_alone(bench, form_id) for form_id in own_ids(bench))
    return [*(_line(bench, form_id) for form_id in form_ids()), *alone]


def _line(bench: Workbench, form_id: str) -> FormLine:
    used, mine = current(bench, form_id), _place(bench, form_id)
    there = mine.is_file()
    return FormLine(
        id=form_id,
        title=used.form.name,
        origin=OWN if there else BUILT_IN,
        broken=used.note,
        changed_on=_changed_on(mine) if there else None,
        fillable=used.form.entry,
    )


def _line_alone(bench: Workbench, form_id: str) -> FormLine:
    """A form that the office alone has; one that is broken is called by its id."""
    title, broken = form_id, ""
    try:
        title = current(bench, form_id).form.name
    except BadDefinition as fault:
        broken = f"这张表不能用。{fault.happened}"
    changed = _changed_on(_place(bench, form_id))
    return FormLine(form_id, title, OWN, broken, changed, fillable=not broken, new=True)


def _changed_on(path: Path) -> date:
    return datetime.fromtimestamp(path.stat().st_mtime).date()  # noqa: DTZ006 - local day


def _place(bench: Workbench, form_id: str) -> Path:
    return bench.data_folder / FORMS / form_id / FORM_FILE


def load(bench: Workbench, form_id: str) -> UsedForm:
    """The form that a new document begins with; a broken own form falls back to the built-in one, with a note.

    Raises:
        FileMissing: There is no such form.
    """
    return current(bench, form_id)


# ---- taking out ------------------------------------------------------------------------------------------------------
def export(bench: Workbench, form_id: str, target: Path) -> Path:
    """Write a form for changing: its file, where it comes from, and the two pages that explain every key.

    Args:
        bench: The workbench.
        form_id: The form; the office's own text where that can be used, else the built-in one.
        target: A ``.zip`` file, or a folder in which one named like the form is made.

    Returns:
        The zip file, or the form's folder.

    Raises:
        NotAllowed: The folder already holds a form file.
        Situation: It cannot be written there.
    """
    files = taken_out(current(bench, form_id))
    if target.suffix.lower() == ".zip":
        content = zipped(files, form_id)
        write_atomically(target, lambda stream: stream.write(content))
        return target
    folder = target / form_id
    if (folder / FORM_FILE).exists():
        raise NotAllowed(f"文件夹“{folder}”里已经有 {FORM_FILE}。", todo="请换一个文件夹，以免覆盖改过的表样。")
    with told_as_situation(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_atomically(folder / name, lambda stream, content=content: stream.write(content))  # type: ignore[misc]
    return folder


def export_workbook(bench: Workbench, form_id: str, path: Path) -> None:
    """Write the form in use as a workbook with ``{{field}}`` in its cells, to be changed in Excel or WPS.

    Raises:
        NotAllowed: The program fills this form itself; it is no workbook.
        Situation: It cannot be written there.
    """
    from fupin_desktop.documents.workbook_forms.marking import marked_workbook

    used = current(bench, form_id)
    if not (used.form.entry and used.form.workbook):
        raise NotAllowed(f"“{used.form.name}”由程序填写，不能用电子表格改。", todo="请导出表样文件来改。")
    content = marked_workbook(used.form, bench.today)
    write_atomically(path, lambda stream: stream.write(content))


# ---- looking at ------------------------------------------------------------------------------------------------------
def check(path: Path) -> list[Problem]:
    """What keeps a form from being used, and what the office should know of it.

    Raises:
        Situation: The file cannot be read.
    """
    return list(examine(path).problems)


def examine(path: Path) -> Examined:
    """Look at a form's folder, its ``form.toml``, or a zip with it.

    Raises:
        FileMissing: There is no form file.
        UnreadableFile: The file is damaged or too large.
    """
    return examine_text(form_text(path), str(Path(path.name) / FORM_FILE) if path.is_dir() else path.name)


def examine_text(text: str, name: str) -> Examined:
    """Look at a form's text; ``name`` is the file's, for messages."""
    form_id = ""
    try:
        form_id = loads(text, name).text("id")
        form = parsed(form_id, text)
    except BadDefinition as fault:
        return Examined(form_id, text, None, (_problem("own_form.format", name, fault.key, fault.rule),))
    if unnamed := [_problem("own_form.id", name, *misfit) for misfit in misfits_of_id(form_id)]:
        return Examined(form_id, text, form, tuple(unnamed))
    return Examined(form_id, text, form, tuple(_found(form, name)))


def _found(form: FormDefinition, name: str) -> Iterator[Problem]:
    base = built_in(form.id).form if has_built_in(form.id) else None
    for misfit in unfit(form, base):
        yield _problem("own_form.unfit", name, *misfit)
    told = remarks(form, base) if base is not None else [Misfit("id", _new_id(form)), *remarks(form, form)]
    for misfit in told:
        yield _problem("own_form.remark", name, *misfit, severity=Severity.WARNING)
    try:
        fill(form, sample_data(form), date(2000, 1, 1))
    except Situation as fault:
        yield _problem("own_form.filling", name, "全文", fault.happened.rstrip("。"))


def _new_id(form: FormDefinition) -> str:
    """That a form becomes one more, and which built-in one may have been meant."""
    near = get_close_matches(form.id, form_ids(), 1)
    meant = f"；要改的如果是内置的表，应写 {near[0]}" if near else ""
    return f"程序里没有“{form.id}”，启用后是本单位新的一张表，按{_FOR[kind_of_place(form)]}填写{meant}"


def _problem(code: str, file: str, key: str, rule: str, severity: Severity = Severity.MUST) -> Problem:
    return Problem(code, severity, f"文件“{file}”的“{key}”：{rule}。", field=key)


def from_workbook(path: Path, base_id: str, bench: Workbench | None = None) -> Examined:
    """Make a spreadsheet with ``{{field}}`` in its cells into a form, to be looked at before it is used.

    Args:
        path: An xlsx workbook.
        base_id: The form it takes the place of: a built-in one, or with ``bench`` one that the office alone has.
        bench: The workbench; None for built-in forms alone.

    Raises:
        FileMissing: There is no such file, or no such form.
        UnreadableFile: It is no xlsx workbook, damaged, or far too large.
    """
    from fupin_desktop.documents.workbook_forms.making import sheet_form

    alone = bench is not None and base_id in own_ids(bench)
    if not alone and base_id not in form_ids():
        raise FileMissing(f"没有“{base_id}”这张表。", todo=f"可以用的有：{'、'.join(form_ids())}。")
    base = current(bench, base_id) if bench is not None and alone else built_in(base_id)
    made = sheet_form(path, base.form)
    if made.faults:
        faults = tuple(Problem("own_form.sheet", Severity.MUST, fault) for fault in made.faults)
        return Examined(base_id, "", None, faults)
    examined = examine_text(made.text, FORM_FILE)
    told = tuple(Problem("own_form.sheet", Severity.WARNING, f"{remark}。") for remark in made.remarks)
    return replace(examined, problems=(*examined.problems, *told))


def write(examined: Examined, folder: Path) -> Path:
    """Write a form that was looked at into a folder named like it.

    Returns:
        Its ``form.toml``.

    Raises:
        NotAllowed: There is nothing to write, or the folder already holds a form file.
        Situation: It cannot be written there.
    """
    if not examined.text:
        raise _not_usable(examined)
    place = folder / examined.form_id / FORM_FILE
    if place.exists():
        raise NotAllowed(f"“{place}”已经有了。", todo="请换一个文件夹，以免覆盖改过的表样。")
    with told_as_situation(place):
        place.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(place, lambda stream: stream.write(examined.text.encode()))
    return place


def preview(examined: Examined, made_on: date) -> FilledForm:
    """A form as it prints, texts standing for themselves.

    Raises:
        NotAllowed: It cannot be drawn; says why.
    """
    if examined.form is None or not examined.usable:
        raise _not_usable(examined)
    return fill(examined.form, sample_data(examined.form), made_on)


# ---- putting in and giving up ----------------------------------------------------------------------------------------
def install(bench: Workbench, path: Path) -> Change:
    """Use a form from now on for new documents; see :func:`install_examined`.

    Raises:
        Situation: It cannot be read, used or written; the form in use stays.
    """
    return install_examined(bench, examine(path))


def install_examined(bench: Workbench, examined: Examined) -> Change:
    """Use a form from now on for new documents; the own form in use before is parked beside it.

    Raises:
        NotAllowed: A must problem keeps it from being used.
        Situation: It cannot be written; the form in use stays.
    """
    if not examined.usable or examined.form is None:
        raise _not_usable(examined)
    place = _place(bench, examined.form_id)
    with told_as_situation(place):
        place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_file() and place.read_bytes() != examined.text.encode():
        content = place.read_bytes()
        write_atomically(_parking(bench, place), lambda stream: stream.write(content))
    write_atomically(place, lambda stream: stream.write(examined.text.encode()))
    title = examined.form.name
    return Change(
        "own_forms.install", f"启用本单位表样 {title}", NOUNS, (examined.form_id,),
        f"已启用本单位的“{title}”；以前的文件仍用原来的表样。",
    )


def remove(bench: Workbench, form_id: str) -> Change:
    """Go back to the built-in form for new documents, or to none; the own file is parked, not deleted.

    Raises:
        NotAllowed: The office has no own form of this id.
        Situation: The file cannot be moved.
    """
    place = _place(bench, form_id)
    if not place.is_file():
        raise NotAllowed("这张表用的就是内置表样。", todo="")
    parked, alone = _parking(bench, place), not has_built_in(form_id)
    if alone:
        title = _line_alone(bench, form_id).title
    with told_as_situation(place):
        place.rename(parked)
    if alone:
        told = f"“{title}”已停用，不再列在“新建”里；本单位的文件留在“{parked.name}”，已有的表照旧。"
        return Change("own_forms.remove", f"停用本单位表样 {title}", NOUNS, (form_id,), told)
    title = built_in(form_id).form.name
    told = f"“{title}”恢复为内置表样；本单位的文件留在“{parked.name}”。"
    return Change("own_forms.remove", f"恢复内置表样 {title}", NOUNS, (form_id,), told)


def _parking(bench: Workbench, place: Path) -> Path:
    """A free name beside a form's file for what was in use until now."""
    stem = f"form.停用{bench.clock():%Y%m%d-%H%M%S}"
    names = (f"{stem}{tail}.toml" for tail in ("", *(f"-{number}" for number in range(2, 1000))))
    return next(place.with_name(name) for name in names if not place.with_name(name).exists())


def _not_usable(examined: Examined) -> NotAllowed:
    musts = [problem.sentence for problem in examined.problems if problem.severity is Severity.MUST]
    more = f"(共 {len(musts)} 处)" if len(musts) > 1 else ""
    return NotAllowed(
        f"这个表样不能启用{more}：{musts[0] if musts else ''}", safe="现在用的表样没有变动。",
        todo="请按提示修改后再检查。",
    )
