"""The donors of a fund source (捐赠名单, 吴川 三(二)5): their sum is held against what was assigned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.masking import find_leaks
from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.text import quoted
from fupin_desktop.domain.vocabulary import EntryKind, Severity
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.registers.description import Checked, Finding, Group, Layout, Register
from fupin_desktop.services.registers.parts import Parent, Search, Shown, own
from fupin_desktop.storage.entities import FundDonor, FundEntry, FundSource

SOURCE = Parent("source", FundSource, "source_key", "笔资金", Search(("name",)), order=("name",))
CLAUSE = "吴川 三(二)5"
LEAKS = "有电话、证件号或账号，改掉以后才能出公开的名单。"


def _rows(checked: Checked) -> Iterable[Finding]:
    """Amounts above nothing, no day to come, no number that must not go public."""
    for key, values in checked.records.items():
        if (values["amount"] or 0) <= 0:
            yield Finding(key, "amount", "金额应大于 0。", Severity.MUST)
        if values["given_on"] is not None and values["given_on"] > checked.today:
            yield Finding(key, "given_on", f"{values['given_on']:%Y-%m-%d} 在今天以后。", Severity.MUST)
        if find_leaks(f"{values['name']}\n{values['note']}"):
            yield Finding(key, "note", LEAKS)


def _sums(checked: Checked) -> Iterable[Finding]:
    """A list is not above what is assigned; nothing assigned sets no limit."""
    listed = select(FundDonor.key, FundDonor.source_key).where(FundDonor.key.in_(checked.records))
    of_source: dict[str, list[str]] = defaultdict(list)
    for key, source in checked.session.execute(listed):
        of_source[source].append(key)
    for source, keys in of_source.items():
        given, limit = _fen(checked.session, source)
        if 0 < limit < given:
            amounts = (format_money(from_fen(fen)) for fen in (given, limit, given - limit))
            sentence = "捐赠名单合计 {} 元，超过下达金额 {} 元，多出 {} 元。".format(*amounts)
            yield Finding(max(keys), "amount", sentence, Severity.MUST, CLAUSE)


def _fen(session: Session, source: str) -> tuple[int, int]:
    """分 in the list of a source and assigned to it."""
    given = select(func.coalesce(func.sum(FundDonor.amount_fen), 0)).where(FundDonor.source_key == source)
    assigned = (FundEntry.source_key == source, FundEntry.kind == EntryKind.ASSIGNED.value)
    limit = select(func.coalesce(func.sum(FundEntry.amount_fen), 0)).where(*assigned)
    return session.scalars(given).one(), session.scalars(limit).one()


def _fixed(session: Session, sources: Iterable[Any]) -> None:
    """The list of a void source is only read."""
    for key in sources:
        source = session.get(FundSource, key)
        if source is not None and source.voided:
            todo = "名单留作存档，可以看、可以打印。"
            raise NotAllowed(f"{quoted(source.name)}已作废，不能改捐赠名单。", todo=todo)


REGISTER = Register(
    name="donors",
    title="捐赠人",
    unit="人",
    keyword="捐赠",
    tab="funds",
    searched=False,
    entity=FundDonor,
    parent=SOURCE,
    columns=(Shown("source", "name", "source"), *own("name", "amount_fen", "given_on", "anonymous", "note")),
    search=Search(("name",)),
    order="position",
    guard=_fixed,
    checks=(_rows, _sums),
    identity=(("name", "given_on"),),
    layout=Layout(
        first=("name", "amount", "given_on", "anonymous", "note"),
        groups=(Group("捐赠", ("name", "amount", "given_on", "anonymous", "note")),),
        sums=(("amount", "金额"),),
        empty=("还没有捐赠人", "逐行填写，或从 Excel 名单导入。"),
    ),
)
