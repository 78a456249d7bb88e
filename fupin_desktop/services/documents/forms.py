"""Which form an application uses: the office's own or the built-in one, kept with the application from then on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path

from sqlalchemy.orm import Session

from fupin_desktop import paths
from fupin_desktop.documents.definition.fitness import Misfit, misfits, misfits_alone
from fupin_desktop.documents.definition.form import Field, FormDefinition
from fupin_desktop.documents.definition.loader import parse_form
from fupin_desktop.documents.definition.styles import whole
from fupin_desktop.errors import BadDefinition, FileMissing, NotAllowed, cause_of
from fupin_desktop.services import offices
from fupin_desktop.services.files import own_forms
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import FormVersion
from fupin_desktop.storage.unit import Unit

FORM_FILE = "form.toml"
_CACHED = 256
_MODEL = "吴川市"
"""The county whose document brings the built-in forms of applications and money (附件1–5)."""


@dataclass(frozen=True, slots=True)
class UsedForm:
    """A form with the very text it was read from.

    Attributes:
        form: The definition.
        text: The text of its ``form.toml`` with the base styles it rests on: all that is needed to print it again.
        own: Whether it is the office's own.
        note: Why the built-in one is used although the office has its own; empty as a rule.
    """

    form: FormDefinition
    text: str
    own: bool
    note: str = ""

    @property
    def sha256(self) -> str:
        """Hash of the text, by which it is kept."""
        return sha256(self.text.encode()).hexdigest()


def current(bench: Workbench, form_id: str) -> UsedForm:
    """The form that a new document begins with; a broken one of the office falls back to the built-in one.

    Raises:
        FileMissing: There is no such form.
        BadDefinition: The built-in form, or one that the office alone has, breaks a rule of its format.
    """
    folder = own_forms(bench.data_folder)
    mine = folder / form_id / FORM_FILE if folder else None
    if mine is None or not mine.is_file():
        return _of_county(bench, built_in(form_id))
    if not has_built_in(form_id):
        return _fitting(form_id, mine, None)
    base = _of_county(bench, built_in(form_id))
    try:
        used = _fitting(form_id, mine, base.form)
    except BadDefinition as error:
        return replace(base, note=f"本单位的表样有误，用的是内置表样。{error.happened}")
    return used


def _of_county(bench: Workbench, used: UsedForm) -> UsedForm:
    """A built-in form as offices of another county use it: under that county's name, after the model of its clause."""
    county = bench.cached("forms.county", lambda: offices.office(bench).county)
    if county == _MODEL or not county.isalnum() or f"{_MODEL}“" not in used.text:
        return used
    text = used.text.replace(f"{_MODEL}“", f"{county}“").replace(f"（《{_MODEL}", f"（参照《{_MODEL}")
    return replace(used, form=parsed(used.form.id, text), text=text)


def _fitting(form_id: str, mine: Path, base: FormDefinition | None) -> UsedForm:
    """The office's own form, where nothing keeps it from being used."""
    used = _read(form_id, mine, own=True)
    for misfit in unfit(used.form, base):
        raise BadDefinition(f"{form_id}/{FORM_FILE}", misfit.key, misfit.rule)
    return used


def has_built_in(form_id: str) -> bool:
    """Whether a form comes with the program."""
    return (paths.forms() / form_id / FORM_FILE).is_file()


def own_ids(bench: Workbench) -> tuple[str, ...]:
    """Ids of the forms that the office alone has, sound or not."""
    folder = own_forms(bench.data_folder)
    found = () if folder is None else sorted(path.parent.name for path in folder.glob(f"*/{FORM_FILE}"))
    return tuple(form_id for form_id in found if not has_built_in(form_id))


def built_in(form_id: str) -> UsedForm:
    """The form that comes with the program.

    Raises:
        FileMissing: There is no such form.
        BadDefinition: It breaks a rule of its format.
    """
    return _read(form_id, paths.forms() / form_id / FORM_FILE, own=False)


def unfit(form: FormDefinition, base: FormDefinition | None) -> list[Misfit]:
    """What keeps an own form from being used; a name that no binding has is among it.

    Args:
        form: The office's form.
        base: The built-in form that it stands in for; None where the office alone has it.
    """
    from fupin_desktop.services.documents.bindings import known, known_to

    found = misfits_alone(form) if base is None else misfits(form, base)
    names = known if base is not None else partial(known_to, form.id)
    return [*found, *_unknown_bindings(form.fields, "fields", names)]


def _unknown_bindings(fields: Mapping[str, Field], key: str, known: Callable[[str], bool]) -> Iterator[Misfit]:
    for name, field in fields.items():
        for word, binding in field.bindings:
            if not known(binding) and not field.sum_of:
                yield Misfit(f"{key}.{name}.{word}", f"没有“{binding}”这个名字，见 BINDINGS.md")
        yield from _unknown_bindings(field.fields, f"{key}.{name}.fields", known)


def _read(form_id: str, path: Path, *, own: bool) -> UsedForm:
    name = f"{form_id}/{FORM_FILE}"
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadDefinition(name, "全文", "不是 UTF-8 编码的文本") from None
    except FileNotFoundError:
        raise FileMissing(f"找不到表样文件“{name}”。") from None
    except OSError as fault:
        raise BadDefinition(name, "全文", f"文件读不了 ({cause_of(fault)})") from None
    return UsedForm(parsed(form_id, text), whole(text), own)


@lru_cache(maxsize=_CACHED)
def parsed(form_id: str, text: str) -> FormDefinition:
    """The definition in a text.

    Raises:
        BadDefinition: It breaks a rule of the format.
    """
    return parse_form(text, form_id)


def kept(session: Session, form_sha: str) -> FormDefinition:
    """The form that an application was begun with; where this program reads its text no more, the built-in one.

    Raises:
        NotAllowed: It is not in the data file, or is read no more and there is no built-in one.
    """
    found = session.get(FormVersion, form_sha)
    if found is None:
        raise NotAllowed("这份表当时用的表样不在数据文件里。", todo="请从备份恢复数据文件。")
    try:
        return parsed(found.form_id, found.body)
    except BadDefinition:
        if not has_built_in(found.form_id):
            told = f"这份表当时用的表样“{found.form_id}”，这一版程序读不了。"
            raise NotAllowed(told, todo="请换用原来的版本，或联系维护人员。") from None
        return built_in(found.form_id).form


def note_on(bench: Workbench, form_id: str) -> str:
    """What to know of the form in use beside a document of it: that an own one is broken or given up; else empty."""
    try:
        return current(bench, form_id).note
    except FileMissing:
        return "本单位已停用这张表，这一份仍用原来的表样。"
    except BadDefinition as fault:
        return f"本单位的表样有误，这一份仍用原来的表样。{fault.happened}"


def current_or_kept(bench: Workbench, session: Session, form_id: str, form_sha: str) -> UsedForm:
    """The form that a correction begins with: the one in use, or the document's own where the office gave that up.

    Raises:
        NotAllowed: Neither is there.
    """
    try:
        return current(bench, form_id)
    except (FileMissing, BadDefinition):
        form = kept(session, form_sha)
        return UsedForm(form, session.get_one(FormVersion, form_sha).body, own=True)


def keep(unit: Unit, used: UsedForm) -> str:
    """Keep a form's text once; returns the hash it is kept by."""
    if unit.session.get(FormVersion, used.sha256) is None:
        record = FormVersion(
            sha256=used.sha256, form_id=used.form.id, body=used.text, own=used.own, at=unit.purpose.at
        )
        unit.session.add(record)
        unit.session.flush()
    return used.sha256


def typed_fields(form: FormDefinition) -> dict[str, Field]:
    """The fields that the clerk types, by name, in order."""
    return {name: field for name, field in form.fields.items() if not field.locked and field.type != "opinion"}


def box_label(form: FormDefinition, box: str) -> str:
    """A box as it is called; empty for none."""
    field = form.fields.get(box)
    return field.label if field is not None else box
