"""``fupin-desktop form``: lists the forms, tells their fields, fills them without a display."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from fupin_desktop.cli.console import Exit, local_time, say, tell
from fupin_desktop.cli.places import ensure_folder
from fupin_desktop.documents.definition.form import Field, FormDefinition
from fupin_desktop.documents.definition.loader import load_form
from fupin_desktop.documents.drawing.pdf import pdf_bytes
from fupin_desktop.documents.drawing.workbook import workbook_bytes
from fupin_desktop.documents.filling.data import coerce, missing, public_copy, template
from fupin_desktop.documents.layout.fill import fill
from fupin_desktop.domain.decoding import decoded
from fupin_desktop.errors import FileMissing, UnreadableFile
from fupin_desktop.paths import forms
from fupin_desktop.services.files import write_together

TYPES = {
    "text": "文字",
    "long": "多行文字",
    "money": "金额",
    "area": "面积",
    "quantity": "数量",
    "count": "整数",
    "date": "日期",
    "choice": "单选",
    "several": "多选",
    "yes_no": "是否",
    "phone": "电话",
    "list": "列表",
    "opinion": "意见",
}
_LARGEST = 64 * 1024 * 1024
_TODO = "请照 form show 表样 --json 印出的样子改好。"


def run_list(arguments: argparse.Namespace) -> Exit:
    """Print every form: id, title, where it comes from, clause."""
    own = arguments.forms
    for name in _names(own):
        form = load_form(name, own)
        origin = "本单位" if own is not None and (own / name / "form.toml").is_file() else "内置"
        say("\t".join((name, form.name, origin, form.clause)))
    return Exit.FINE


def _names(own: Path | None) -> list[str]:
    """The ids of all forms."""
    folders = [forms(), *((own,) if own is not None else ())]
    return sorted({path.parent.name for folder in folders for path in folder.glob("*/form.toml")})


def run_show(arguments: argparse.Namespace) -> Exit:
    """Print the fields of a form, or an empty ``data.json``."""
    form = _form(arguments)
    if arguments.json:
        say(json.dumps(template(form), ensure_ascii=False, indent=2))
        return Exit.FINE
    say(f"{form.id}\t{form.name}\t{form.clause}".rstrip())
    for line in _field_lines(form.fields, ""):
        say(line)
    return Exit.FINE


def _field_lines(fields: Mapping[str, Field], prefix: str) -> Iterator[str]:
    """A line for every field: path, label, type, whether required, choices and where it comes from."""
    for name, field in fields.items():
        yield "\t".join((prefix + name, field.label, TYPES[field.type], *_remarks(field)))
        yield from _field_lines(field.fields, f"{prefix}{name}[].")


def _remarks(field: Field) -> Iterator[str]:
    """What else is to be known of a field."""
    if field.unit and field.type != "opinion":
        yield f"单位 {field.unit}"
    if field.required:
        yield "必填"
    if field.choices:
        yield f"可选：{'、'.join(field.choices)}"
    if field.choices_from:
        yield f"选自 {field.choices_from}"
    if field.sum_of:
        yield f"自动相加：{' + '.join(field.sum_of)}"
    elif field.bind:
        yield f"取自 {field.bind}"
    if not field.printed:
        yield "不印"
    if field.clause:
        yield field.clause


def _form(arguments: argparse.Namespace) -> FormDefinition:
    """The form that was named.

    Raises:
        FileMissing: There is none of this name.
        BadDefinition: The file breaks a rule of its format.
    """
    name = arguments.form
    if name not in _names(arguments.forms):
        raise FileMissing(f"没有“{name}”这张表。", todo="请用 form list 看有哪些表。")
    return load_form(name, arguments.forms)


def run_fill(arguments: argparse.Namespace) -> Exit:
    """Fill a form and write it as PDF and, where it can be one, as workbook.

    Raises:
        Situation: Something cannot be read, printed or written; nothing was written then.
    """
    form = _form(arguments)
    ensure_folder(arguments.out)
    data, faults = coerce(form, read_data(arguments.data))
    for fault in faults:
        tell(f"错误：{fault.path}：{fault.sentence}")
    if faults:
        tell(f"错误：数据有 {len(faults)} 处错误，没有写任何文件。")
        return Exit.FAILED
    open_fields = missing(form, data)
    for fault in open_fields:
        tell(f"提醒：{fault.path}：{fault.sentence}")
    shown = public_copy(form, data) if arguments.public else data
    made_on: date = arguments.date or local_time().date()
    filled = fill(form, shown, made_on, draft=bool(open_fields))
    files = {f"{form.id}.pdf": pdf_bytes(filled)}
    if form.workbook:
        files[f"{form.id}.xlsx"] = workbook_bytes(filled)
    write_together(arguments.out, files)
    say(f"{filled.title}：{len(filled.pages)} 页")
    for file in files:
        say(f"已写出：{arguments.out / file}")
    return Exit.DRAFT if open_fields else Exit.FINE


def read_data(path: Path) -> Mapping[str, Any]:
    """The values of a JSON file, saved by whatever program on a Chinese Windows; numbers stay exact.

    Raises:
        FileMissing: There is no such file.
        UnreadableFile: It is no text, not JSON, not one object, or names a field twice.
    """
    try:
        if path.stat().st_size > _LARGEST:
            _refuse(path, "太大")
        text = decoded(path.read_bytes())
        if text is None:
            _refuse(path, "不是文字")
        data = json.loads(
            text,
            parse_float=Decimal,
            parse_constant=lambda word: _refuse(path, f"里面有“{word}”，不是数字"),
            object_pairs_hook=lambda pairs: _once(path, pairs),
        )
    except FileNotFoundError:
        raise FileMissing(f"找不到数据文件“{path}”。") from None
    except (OSError, RecursionError):
        _refuse(path, "读不出来")
    except json.JSONDecodeError as fault:
        _refuse(path, f"第 {fault.lineno} 行第 {fault.colno} 个字符处不是合格的 JSON")
    except ValueError:  # more digits than Python turns into a number
        _refuse(path, "里面有一个数长得不合常理")
    if not isinstance(data, dict):
        _refuse(path, "最外层应是一个 {…}")
    return data


def _once(path: Path, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, each of whose keys stands once."""
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            _refuse(path, f"同一处写了两次“{name}”")
    return dict(pairs)


def _refuse(path: Path, fault: str) -> NoReturn:
    """Raise what is wrong with the data file."""
    raise UnreadableFile(f"数据文件“{path.name}”{fault}。", safe="没有写任何文件。", todo=_TODO)
