"""Attaching files to a record of a register, and opening them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import attachments
from fupin_desktop.services.attachments import Attached
from fupin_desktop.services.registers.columns import Column, layout
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.fields import Kind


def attach(bench: Workbench, register: Register, key: str, name: str, paths: Sequence[Path]) -> Change:
    """Copy files into the data folder and name them in a record: one undoable change, all of them or none.

    A file is taken away again by emptying its name out of the cell; its content stays, for the undo.

    Args:
        bench: The workbench.
        register: The register.
        key: The record.
        name: Key of the column.
        paths: The files; they are only read.

    Raises:
        NotAllowed: The column holds no files, the record is gone, or a file cannot be taken.
        Situation: A file cannot be read, or the data folder not written; nothing is attached.
    """
    column = _column(register, name)
    files = attached(bench, register, key, name)
    for path in paths:
        files.append(attachments.store(bench.data_folder, path, [one.name for one in files]))
    title = f"添加附件：{paths[0].name}" if len(paths) == 1 else f"添加 {len(paths)} 个附件"
    with bench.write("registers.attach", title) as unit:
        unit.update_many(register.entity, [{"key": key, column.stored_in: [one.stored for one in files]}])
    return bench.change(unit)


def attached(bench: Workbench, register: Register, key: str, name: str) -> list[Attached]:
    """The files of a record.

    Raises:
        NotAllowed: The column holds no files, or the record is gone.
    """
    column = _column(register, name)
    with bench.read() as session:
        record: Any = session.get(register.entity, key)
        if record is None:
            raise NotAllowed("这条记录已被删除，没有添加附件。", todo="请刷新台账后再试。")
        return attachments.of(getattr(record, column.stored_in))


def _column(register: Register, name: str) -> Column:
    column = layout(register).get(name)
    if column is None or column.field.kind is not Kind.FILES or column.source:
        raise NotAllowed(f"“{column.info.label if column else name}”一栏不能添加附件。")
    return column
