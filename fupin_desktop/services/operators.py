"""Operators (操作人员): who works with the program, in which role, and who may do what; off until it is turned on.

A one-person office is not bothered: without the rule nobody signs in, and the clerk the office registered does all.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.text import clean
from fupin_desktop.domain.vocabulary import OperatorRole
from fupin_desktop.errors import NotAllowed, WrongPassword
from fupin_desktop.services.workbench import OPERATOR_RULES, Change, Workbench
from fupin_desktop.storage.entities import Operator
from fupin_desktop.storage.unit import Unit

LEAST_LENGTH = 4
_COST, _SALT = 1 << 14, 16
_WAIT_S = 0.5
_OFF = "还没有启用操作人员。"


@dataclass(frozen=True, slots=True)
class Rules:
    """What the office has turned on.

    Attributes:
        on: Whether operators sign in, and roles count.
        separate: Whether who reviews must not be who entered.
    """

    on: bool = False
    separate: bool = False


@dataclass(frozen=True, slots=True)
class OperatorLine:
    """One operator as a list shows it.

    Attributes:
        key: Key.
        name: Name, kept with every change.
        role: Role.
        active: Whether they still work here.
        has_password: Whether a password is asked for.
    """

    key: str
    name: str
    role: OperatorRole
    active: bool
    has_password: bool


@dataclass(frozen=True, slots=True)
class OperatorForm:
    """What is typed of an operator.

    Attributes:
        name: Name.
        role: Role.
        active: Whether they still work here.
        password: A new password; None leaves the one there is, empty takes it away.
    """

    name: str
    role: OperatorRole
    active: bool = True
    password: str | None = None


# ---- rules ----
def rules(bench: Workbench) -> Rules:
    """What the office has turned on."""
    found = bench.setting(OPERATOR_RULES)
    return Rules(**found) if isinstance(found, Mapping) else Rules()


def set_rules(bench: Workbench, wanted: Rules) -> Change:
    """Turn operators on or off.

    Raises:
        NotAllowed: Nobody active with the role 管理 and a password is there, or the one at work is no manager.
    """
    if wanted.on:
        with bench.read() as session:
            _require_manager(session)
    return bench.set_settings({OPERATOR_RULES: asdict(wanted)}, "设置操作人员规则")


def _require_manager(session: Session) -> None:
    wanted = select(Operator.key).where(
        Operator.role == OperatorRole.MANAGER.value, Operator.active.is_(True), Operator.secret != ""
    )
    if session.scalars(wanted).first() is None:
        todo = "请先登记一名“管理”并给他设密码，不然谁也改不了设置。"
        raise NotAllowed("还没有在用的、有密码的“管理”。", todo=todo)


# ---- the list ----
def listed(bench: Workbench, *, active: bool = False) -> list[OperatorLine]:
    """The operators in the order they were entered.

    Args:
        bench: The workbench.
        active: Only those who still work here.
    """
    with bench.read() as session:
        rows = session.scalars(select(Operator).order_by(Operator.key)).all()
    return [
        OperatorLine(row.key, row.name, OperatorRole(row.role), row.active, bool(row.secret))
        for row in rows
        if row.active or not active
    ]


def save(bench: Workbench, key: str, form: OperatorForm) -> Change:
    """Enter an operator, or change one; nobody is deleted, because changes keep their names.

    Args:
        bench: The workbench.
        key: Of the one changed; empty for a new one.
        form: What is typed.

    Raises:
        NotAllowed: The name is missing or there already, the password too short, or no manager would be left.
    """
    name = clean(form.name).replace(" ", "")
    if not name:
        raise NotAllowed("没有填姓名。", todo="请填写操作人员的姓名。")
    if form.password and len(form.password) < LEAST_LENGTH:
        raise NotAllowed(f"密码至少要 {LEAST_LENGTH} 位。", todo="请换一个长一些的密码。")
    word = "修改" if key else "登记"
    with bench.write("operators.save", f"{word}操作人员“{name}”", undoable=False) as unit:
        _refuse_second(unit.session, key, name)
        row = unit.session.get_one(Operator, key) if key else Operator()
        row.name, row.role, row.active = name, form.role.value, form.active
        if form.password is not None:
            row.secret = stretched(form.password) if form.password else ""
        unit.session.add(row)
        unit.session.flush()
        if rules(bench).on:
            _require_manager(unit.session)
    return bench.change(unit)


def _refuse_second(session: Session, key: str, name: str) -> None:
    if session.scalars(select(Operator.key).where(Operator.name == name, Operator.key != key)).first() is not None:
        raise NotAllowed(f"已经有一位“{name}”了。", todo="同名的请加上部门或序号区别，如“陈伟(财政)”。")


# ---- passwords ----
def stretched(password: str) -> str:
    """A password as it is kept: scrypt with a salt of its own (RFC 7914)."""
    salt = secrets.token_bytes(_SALT)
    return f"scrypt:{_COST}:{salt.hex()}:{_scrypt(password, salt, _COST).hex()}"


def _scrypt(password: str, salt: bytes, cost: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=cost, r=8, p=1, maxmem=64 * 1024 * 1024, dklen=32)


def _matches(secret: str, password: str) -> bool:
    _word, cost, salt, expected = secret.split(":")
    return hmac.compare_digest(_scrypt(password, bytes.fromhex(salt), int(cost)), bytes.fromhex(expected))


# ---- signing in ----
def sign_in(bench: Workbench, name: str, password: str) -> OperatorRole:
    """Let an operator begin to work; the workbench keeps their name with every change from now on.

    Raises:
        WrongPassword: It is not theirs; the attempt is logged.
        NotAllowed: There is no such operator at work.
    """
    with bench.read() as session:
        row = session.scalars(select(Operator).where(Operator.name == name, Operator.active.is_(True))).first()
    if row is None:
        raise NotAllowed(f"没有名叫“{name}”的在用操作人员。", todo="请从名单里选择。")
    if row.secret and not _matches(row.secret, password):
        _log(bench, name, "operators.failed", "登录失败：密码不对")
        time.sleep(_WAIT_S)
        raise WrongPassword(f"“{name}”的密码不对。", todo="请看清大小写和输入法再试；忘记密码的，请“管理”重设。")
    bench.clerk, bench.role = row.name, OperatorRole(row.role)
    _log(bench, name, "operators.sign_in", "登录")
    return bench.role


def change_password(bench: Workbench, former: str, new: str) -> Change:
    """Let the operator at work choose another password.

    Raises:
        WrongPassword: The former one is not theirs.
        NotAllowed: Nobody is signed in, or the new one is too short.
    """
    if len(new) < LEAST_LENGTH:
        raise NotAllowed(f"密码至少要 {LEAST_LENGTH} 位。", todo="请换一个长一些的密码。")
    with bench.write("operators.password", "修改自己的密码", undoable=False) as unit:
        row = unit.session.scalars(select(Operator).where(Operator.name == bench.clerk)).first()
        if row is None or bench.role is None:
            raise NotAllowed("没有操作人员登录。", todo=_OFF)
        if row.secret and not _matches(row.secret, former):
            raise WrongPassword("原来的密码不对。")
        row.secret = stretched(new)
    return bench.change(unit)


def reset_password(bench: Workbench, name: str, new: str) -> Change:
    """Give an operator another password without the former one, from the command line; the log tells it.

    Whoever can write the data file could alter it anyway; of encrypted data its password was asked before.

    Raises:
        NotAllowed: There is no such operator, or the password is too short.
    """
    if len(new) < LEAST_LENGTH:
        raise NotAllowed(f"密码至少要 {LEAST_LENGTH} 位。", todo="请换一个长一些的密码。")
    title = f"在命令行重设“{name}”的密码"
    with bench.store.write("operators.reset", title, bench.clerk, bench.clock(), undoable=False) as unit:
        row = unit.session.scalars(select(Operator).where(Operator.name == name)).first()
        if row is None:
            raise NotAllowed(f"没有名叫“{name}”的操作人员。", todo="请写全姓名。")
        row.secret = stretched(new)
    return bench.change(unit, f"已重设“{name}”的密码。")


def _log(bench: Workbench, who: str, operation: str, title: str) -> None:
    if bench.read_only:
        return
    with bench.store.write(operation, title, who, bench.clock(), undoable=False) as unit:
        unit.note()


# ---- reviewing ----
def require_reviewer(bench: Workbench, entered_by: Collection[str], what: str) -> None:
    """Make sure that who reviews is not who entered, where the office wants it so.

    Args:
        bench: The workbench.
        entered_by: Names of those who entered what is reviewed.
        what: What it is, for the sentence, e.g. 发放批次.

    Raises:
        NotAllowed: The operator has not the role, or entered it.
    """
    now = rules(bench)
    if not (now.on and now.separate):
        return
    if bench.role is None or bench.role is OperatorRole.CLERK:
        todo = "请用“文件 → 切换操作人员…”换成审核的人。"
        raise NotAllowed(f"{what}要由“审核”或“管理”来审核，{bench.clerk}是“经办”。", todo=todo)
    if bench.clerk in entered_by:
        todo = "请换一位“审核”或“管理”来办；本单位规定审核人不得是经办人。"
        raise NotAllowed(f"这份{what}是{bench.clerk}自己录入的，不能自己审核。", todo=todo)


def entered_by(unit: Unit, table: str, key: str) -> set[str]:
    """Names of those who added or changed a record, from the log."""
    from fupin_desktop.storage import changes

    done: list[Any] = changes.of_record(unit.connection, table, key, 10_000)
    return {change.operation.who for change in done}
