"""The donors of a fund source (捐赠名单, 吴川 三(二)5): their sum is held against what was assigned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.masking import find_leaks
from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.vocabulary import EntryKind, Severity
from fupin_desktop.services.registers.description import Beside, Checked, Finding, Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import Parent, Search, Shown, own
from fupin_desktop.storage.entities import FundDonor, FundEntry, FundSource


def _fixed(source: FundSource) -> str:
    """The list of a void source is only read."""
    return "已作废" if source.voided else ""


SOURCE = Parent(
    *("source", FundSource, "source_key", "笔资金", Search(("name",))), order=("name",), fixed=_fixed
)  # fmt: skip
CLAUSE, ANONYMOUS = "吴川 三(二)5", "匿名"
LEAKS = "有电话、证件号或账号，改掉以后才能出公开的名单。"


def _rows(checked: Checked) -> Iterable[Finding]:
    """Amounts above nothing, no day to come, no number that must not go public, nobody named who wants no name."""
    for key, values in checked.records.items():
        if (values["amount"] or 0) <= 0:
            yield Finding(key, "amount", "金额应大于 0。", Severity.MUST)
        if values["given_on"] is not None and values["given_on"] > checked.today:
            yield Finding(key, "given_on", f"{values['given_on']:%Y-%m-%d} 在今天以后。", Severity.MUST)
        if find_leaks(f"{values['name']}\n{values['note']}"):
            yield Finding(key, "note", LEAKS)
        if wants_no_name(values["note"]) and not values["anonymous"]:
            yield Finding(key, "anonymous", f"备注里写着{ANONYMOUS}，公开的名单上不会印名字；请把这一栏也填“是”。")


def wants_no_name(note: str | None) -> bool:
    """Whether a remark says that a donor is not to be named, as the office's own copies of a list say it."""
    return (note or "").startswith(ANONYMOUS)


def _lists(checked: Checked) -> Iterable[Finding]:
    """A list holds no more than what is assigned, where anything is; equal rows are asked about."""
    for source, keys in checked.families():
        columns = select(FundDonor.key, FundDonor.name, FundDonor.amount_fen, FundDonor.given_on)
        others = checked.others(checked.session.execute(columns.where(FundDonor.source_key == source)))
        rows = {key: tuple(checked.records[key][name] for name in ("name", "amount", "given_on")) for key in keys}
        alike = Counter([*others, *rows.values()])
        given, limit = sum(fen for _name, fen, _day in others), _posted(checked.session, source, EntryKind.ASSIGNED)
        total = given + sum(fen or 0 for _name, fen, _day in rows.values())
        for key, row in rows.items():
            given += row[1] or 0
            if 0 < limit < given:
                amounts = map(_yuan, (total, limit, total - limit))
                sentence = "捐赠名单合计 {} 元，超过下达金额 {} 元，多出 {} 元。".format(*amounts)
                yield Finding(key, "amount", sentence, Severity.MUST, CLAUSE)
            if alike[row] > 1:
                yield Finding(key, "name", "名单里还有一行捐赠人、金额、日期都相同，请核对是不是重复。")


def _beside(session: Session, source: str) -> Beside:
    """Number and sum of a source's donors beside what arrived."""
    counted = select(func.count(), func.coalesce(func.sum(FundDonor.amount_fen), 0))
    people, given = session.execute(counted.where(FundDonor.source_key == source)).one()
    lacking = _posted(session, source, EntryKind.RECEIVED) - given
    text = f"已录 {people:,} 人 {_yuan(given)} 元，与到账相差 {_yuan(lacking)} 元"
    return Beside(text, bool(people) and not lacking)


def _posted(session: Session, source: str, kind: EntryKind) -> int:
    """分 that the ledger has of a source, of one kind."""
    entries = (FundEntry.source_key == source, FundEntry.kind == kind.value)
    return session.scalars(select(func.coalesce(func.sum(FundEntry.amount_fen), 0)).where(*entries)).one()


def _yuan(fen: int) -> str:
    return format_money(from_fen(fen))


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
    roll="捐赠名单",
    beside=_beside,
    paper="donors",
    checks=(_rows, _lists),
    identity=(Identity(("name", "amount_fen", "given_on"), frozenset({"given_on"}), alike=True),),
    layout=Layout(
        first=("name", "amount", "given_on", "anonymous", "note"),
        groups=(Group("捐赠", ("name", "amount", "given_on", "anonymous", "note")),),
        sums=(("amount", "金额"),),
        empty=("还没有捐赠人", "逐行填写，或从 Excel 名单导入。"),
    ),
)
