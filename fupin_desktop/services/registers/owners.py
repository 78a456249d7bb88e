"""The one record that all records looked at belong to: its name, whether they can be changed, what is told of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy.orm import Session

from fupin_desktop.domain.text import quoted
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.registers.description import Beside, Register
from fupin_desktop.services.registers.parts import Parent
from fupin_desktop.services.workbench import Workbench


class Owner(NamedTuple):
    """The one record whose records are looked at.

    Attributes:
        key: Its key.
        name: What it is called.
        fixed: Why its records are only read, a Chinese sentence; empty where they can be changed.
        noun: Stem of its noun, under which its papers are recorded.
    """

    key: str = ""
    name: str = ""
    fixed: str = ""
    noun: str = ""


NOBODY = Owner()


def owner_of(bench: Workbench, register: Register, key: str) -> Owner:
    """What records of a register belong to; the register must have a parent.

    Raises:
        NotAllowed: It is gone.
    """
    parent = register.parent
    assert parent is not None
    with bench.read() as session:
        record = session.get(parent.entity, key)
        if record is None:
            raise NotAllowed(f"这{parent.word}已被删除。", todo="请刷新后再试。")
        reason = parent.fixed(record) if parent.fixed is not None else ""
        told = f"这{parent.word}{reason}，只能看、打印。" if reason else ""
        return Owner(key, _name(parent, record), told, parent.entity.noun)


def beside(bench: Workbench, register: Register, key: str) -> Beside | None:
    """What the register tells of all records of an owner together; None where it tells nothing."""
    if register.beside is None:
        return None
    with bench.read() as session:
        return register.beside(session, key)


def refuse_fixed(session: Session, register: Register, keys: Iterable[str]) -> None:
    """Refuse a change of records whose owners keep them as they are.

    Args:
        session: For reading.
        register: The register.
        keys: Keys of the owners.

    Raises:
        NotAllowed: An owner's records are only read.
    """
    parent = register.parent
    if parent is None or parent.fixed is None:
        return
    for key in keys:
        record = session.get(parent.entity, key)
        reason = parent.fixed(record) if record is not None else ""
        if reason:
            happened = f"{quoted(_name(parent, record))}{reason}，不能改{register.roll or register.title}。"
            raise NotAllowed(happened, todo="原来的记录留作存档，可以看、可以打印。")


def _name(parent: Parent, record: object) -> str:
    return str(getattr(record, parent.search.names[0]) or "")
