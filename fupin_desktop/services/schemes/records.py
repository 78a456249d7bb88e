"""Award schemes of the office: kept, copied from the year before, written to and read from TOML files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import tomli_w
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.documents.atomic import write_atomically
from fupin_desktop.domain.committees import full_committee
from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.text import clean
from fupin_desktop.domain.vocabulary import (
    EntryKind,
    FilingState,
    HouseholdClass,
    HouseholdSize,
    NoticeState,
    PublicKind,
    TargetKind,
    Word,
)
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.rules import RateRule, Tier, TiersRule
from fupin_desktop.policy.scheme import AwardScheme, Decision, SchemeItem
from fupin_desktop.policy.scheme.file import read_scheme, scheme_from_dict, scheme_to_dict
from fupin_desktop.services.existing import existing
from fupin_desktop.services.publicity import gates
from fupin_desktop.services.publicity.gates import Subject
from fupin_desktop.services.scheme_places import village_of
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage import entities
from fupin_desktop.storage.unit import Unit

ZERO = Decimal(0)
_CORRECTED = "更正"
_HEADER = """\
# 产业扶贫奖补方案，由产业扶贫工作台写出；每个键怎么写见手册“奖补方案文件”。
# 金额单位：元；面积单位：亩。用“记事本”改好后按 UTF-8 编码保存，可再导入。

"""


class SchemeState(Word):
    """Life of a scheme (吴川 三(二)4: decided jointly, published, filed with the town office)."""

    DRAFT = "draft", "草稿"
    DECIDED = "decided", "已议定"
    PUBLISHED = "published", "已公示"
    FILED = "filed", "已备案"


_NEXT = {
    SchemeState.DRAFT: {SchemeState.DECIDED},
    SchemeState.DECIDED: {SchemeState.DRAFT, SchemeState.PUBLISHED},
    SchemeState.PUBLISHED: {SchemeState.DECIDED, SchemeState.FILED},
    SchemeState.FILED: {SchemeState.PUBLISHED},
}
_FROZEN = {SchemeState.PUBLISHED, SchemeState.FILED}


@dataclass(frozen=True, slots=True)
class SchemeLine:
    """A scheme in the list of schemes."""

    key: str
    name: str
    place: str
    year: int
    batch: str
    state: SchemeState

    @property
    def called(self) -> str:
        """Its name with what tells it from another scheme of that name."""
        more = "，".join(part for part in (self.place, self.batch) if part and part not in self.name)
        return f"{self.name}（{more}）" if more else self.name


def all(bench: Workbench, year: int) -> tuple[SchemeLine, ...]:  # noqa: A001 - read as schemes.all
    """The schemes of a year, by place and batch."""
    table = entities.AwardScheme
    query = select(table).where(table.year == year).order_by(table.place, table.batch, table.key)
    with bench.read() as session:
        return tuple(_line(row) for row in session.scalars(query))


def _line(row: entities.AwardScheme) -> SchemeLine:
    return SchemeLine(row.key, row.name, row.place, row.year, row.batch, SchemeState(row.state))


def load(bench: Workbench, key: str) -> AwardScheme:
    """The scheme of a key.

    Raises:
        NotAllowed: It is no longer there.
    """
    with bench.read() as session:
        row = existing(session, entities.AwardScheme, key)
        return scheme_from_dict(row.body, row.name)


def blank(bench: Workbench, place: str) -> AwardScheme:
    """A scheme to begin with for a village: its main product by size of household, and 其他 (吴川 三(三)3); not kept.

    Rates are 0 until the clerk types them; the village's main product and assisting unit are taken from its record.
    """
    with bench.read() as session:
        key = village_of(session, place)
        village = session.get(entities.Village, key) if key else None
    product = village.main_product if village and village.main_product else "水稻"
    tiers = (Tier(ZERO, ZERO, HouseholdSize.SMALL.label), Tier(None, ZERO, HouseholdSize.LARGE.label))
    return AwardScheme(
        name=f"{place}{bench.year}年度产业奖补资金安排方案",
        place=place,
        year=bench.year,
        items=(
            SchemeItem(product, "亩", TiersRule(tiers), products=(product,)),
            SchemeItem("其他", "亩", RateRule(), other=True),
        ),
        decision=Decision(
            village=full_committee(place),
            assisting_unit=village.assisting_unit if village else "",
        ),
        main_products=(product,),
        classes=own_classes(bench),
    )


def own_classes(bench: Workbench) -> dict[str, HouseholdClass]:
    """The office's own classes of household, as its schemes have them; the latest says what one counts as."""
    table = entities.AwardScheme
    with bench.read() as session:
        bodies = session.scalars(select(table.body).order_by(table.year, table.key)).all()
    named = {name: code for body in bodies for name, code in body.get("classes", {}).items()}
    return {name: HouseholdClass(code) for name, code in named.items()}


def decision_complete(decision: Decision) -> bool:
    """Whether both parties, date, meeting and paper are on record (吴川 三(二)4)."""
    parts = (decision.village, decision.assisting_unit, decision.decided_on, decision.meeting, decision.document)
    return not any(not part for part in parts)


def save(bench: Workbench, key: str | None, scheme: AwardScheme, *, corrects: str | None = None) -> Change:
    """Keep a scheme; a new one where ``key`` is None. The change's first key is the scheme's.

    Args:
        bench: The workbench.
        key: Of the scheme that is changed.
        scheme: What it shall be.
        corrects: Key of the published scheme that a new one corrects.

    Raises:
        NotAllowed: It is published or filed; a correction is a new scheme beside it.
    """
    title = f"{'新建' if key is None else '修改'}奖补方案 {scheme.place} {scheme.year}"
    with bench.write("schemes.save", title) as unit:
        new = entities.AwardScheme(state=SchemeState.DRAFT.value, corrects_key=_first(unit.session, corrects))
        row = new if key is None else existing(unit.session, entities.AwardScheme, key)
        _refuse_frozen(row)
        _fill(unit.session, row, scheme)
        unit.session.add(row)
        unit.session.flush()
        return _change(unit, "已保存奖补方案。", row.key)


def _first(session: Session, key: str | None) -> str | None:
    """The scheme that was there before all its corrections."""
    return None if key is None else existing(session, entities.AwardScheme, key).corrects_key or key


def _refuse_frozen(row: entities.AwardScheme) -> None:
    if SchemeState(row.state) in _FROZEN:
        raise NotAllowed(
            f"方案“{row.name}”{SchemeState(row.state).label}，不能再改。",
            todo="需要更正的，请复制为新的方案(写明批次)，重新议定、公示。",
        )


def _fill(session: Session, row: entities.AwardScheme, scheme: AwardScheme) -> None:
    """Put a scheme into its record; the state follows the decision."""
    row.village_key = village_of(session, scheme.place)
    row.place, row.year, row.batch, row.name = scheme.place, scheme.year, scheme.batch, scheme.name
    row.body = scheme_to_dict(scheme)
    row.state = (SchemeState.DECIDED if decision_complete(scheme.decision) else SchemeState.DRAFT).value


def _change(unit: Unit, message: str, key: str) -> Change:
    """What the write tells the tabs; the scheme's key stands first."""
    purpose = unit.purpose
    return Change(purpose.operation, purpose.title, unit.nouns, (key,), message)


def set_state(bench: Workbench, key: str, state: SchemeState) -> Change:
    """Move a scheme on, or one step back.

    Raises:
        NotAllowed: The step is not possible from where it is, or the decision is not on record.
    """
    with bench.write("schemes.set_state", f"奖补方案改为“{state.label}”") as unit:
        move(unit, key, state)
        return _change(unit, f"方案状态：{state.label}。", key)


def move(unit: Unit, key: str, state: SchemeState) -> None:
    """Like :func:`set_state`, within a write that does more."""
    row = existing(unit.session, entities.AwardScheme, key)
    now = SchemeState(row.state)
    if state not in _NEXT[now]:
        raise NotAllowed(f"方案“{row.name}”现在是“{now.label}”，不能直接改为“{state.label}”。")
    if state is SchemeState.DECIDED and not decision_complete(scheme_from_dict(row.body, row.name).decision):
        raise NotAllowed(
            f"方案“{row.name}”还缺议定手续：村(居)委会、对口帮扶单位、日期、会议、文件(吴川 三(二)4)。",
            todo="请在方案里补全后再试。",
        )
    if state is SchemeState.FILED:
        gates.require(unit.session, _subject(key), unit.purpose.at.date(), what="方案不能标为已备案")
    if state is SchemeState.PUBLISHED:
        _refuse_unposted(unit.session, row)
    row.state = state.value
    unit.session.flush()


def _subject(key: str) -> Subject:
    return Subject(PublicKind.SCHEME, key)


def _refuse_unposted(session: Session, row: entities.AwardScheme) -> None:
    """A scheme is published by its notice alone, and filed no more when its filing was returned."""
    filing = gates.filing_of(session, _subject(row.key))
    if filing is not None and filing.state == FilingState.FILED:
        raise NotAllowed(f"方案“{row.name}”已经备案。", todo="需要退回的，请在“公示备案”里办理备案退回。")
    notice = entities.Notice
    posted = (notice.object_key == row.key, notice.state == NoticeState.POSTED.value, notice.run_key.is_not(None))
    if session.scalars(select(notice.key).where(*posted)).first() is None:
        raise NotAllowed(f"方案“{row.name}”的名单还没有公示(吴川 三(二)4)。", todo="请在“公示备案”里张贴公示。")


def copy_to_year(bench: Workbench, key: str, year: int, *, batch: str = "") -> Change:
    """Copy a scheme's rules into a new draft of a year, without its decision, money and written reasons.

    Raises:
        NotAllowed: The scheme is no longer there; a further batch of its own year has no name, or one that is taken.
    """
    old = load(bench, key)
    if year == old.year:
        _refuse_batch(bench, old, clean(batch))
    name = old.name.replace(str(old.year), str(year))
    fresh = replace(
        old, name=name, year=year, batch=batch, sources=(), pool=None, reasons={},
        decision=replace(old.decision, decided_on=None, meeting="", document=""),
    )
    return save(bench, None, fresh)


def _refuse_batch(bench: Workbench, old: AwardScheme, batch: str) -> None:
    """Two schemes of one place and year are told apart by their batches alone."""
    taken = {line.batch for line in all(bench, old.year) if line.place == old.place}
    if not batch or batch in taken:
        told = f"{old.place} {old.year} 年度已经有“{batch}”的方案" if batch else "没有写批次名称"
        raise NotAllowed(f"{told}，两份会分不清。", safe="没有复制。", todo="请换一个批次名称。")


def correct(bench: Workbench, key: str) -> Change:
    """Copy a published scheme, its money with it, into a draft that corrects it; it is to be decided anew.

    Raises:
        NotAllowed: The scheme is no longer there, or is being paid: each list is paid for itself.
    """
    old = load(bench, key)
    with bench.read() as session:
        paid = entities.PaymentBatch.object_key == key
        if session.scalars(select(entities.PaymentBatch.key).where(paid)).first() is not None:
            raise NotAllowed(
                f"“{old.name}”已经编制了发放批次，另拟一份会重复发放。", safe="没有另拟，方案和发放都没有变动。",
                todo="名单错的请点“更正名单…”：更正公示、备案以后，少发的补发，多发的追回。",
            )
    undecided = replace(old.decision, decided_on=None, meeting="", document="")
    name, batch = f"{old.name}({_CORRECTED})", f"{old.batch}{_CORRECTED}"
    return save(bench, None, replace(old, name=name, batch=batch, decision=undecided), corrects=key)


def remove(bench: Workbench, key: str) -> Change:
    """Remove a scheme with its stored calculations and their draft notices.

    Raises:
        NotAllowed: It is published or filed, money is allocated to it, or another scheme corrects it.
    """
    with bench.write("schemes.remove", "删除奖补方案") as unit:
        row = existing(unit.session, entities.AwardScheme, key)
        _refuse_frozen(row)
        _refuse_corrected(unit.session, row)
        _refuse_with_money(unit.session, row)
        name = row.name
        runs = list(unit.session.scalars(select(entities.AwardRun.key).where(entities.AwardRun.scheme_key == key)))
        for child, link in ((entities.Notice, "run_key"), (entities.AwardResult, "run_key")):
            found = select(child.key).where(getattr(child, link).in_(runs))
            unit.delete_many(child, list(unit.session.scalars(found)))
        unit.delete_many(entities.AwardRun, runs)
        unit.delete_many(entities.AwardScheme, [key])
        return _change(unit, f"已删除方案“{name}”。", key)


def _refuse_corrected(session: Session, row: entities.AwardScheme) -> None:
    correction = select(entities.AwardScheme.name).where(entities.AwardScheme.corrects_key == row.key)
    if (name := session.scalars(correction).first()) is not None:
        raise NotAllowed(f"“{name}”是方案“{row.name}”的更正。", safe="没有删除。", todo="请先删除更正的那一份。")


def _refuse_with_money(session: Session, row: entities.AwardScheme) -> None:
    of_scheme = (entities.FundEntry.target_kind == TargetKind.SCHEME.value, entities.FundEntry.target_key == row.key)
    allocated = entities.FundEntry.kind == EntryKind.ALLOCATED.value
    fen = session.scalar(select(func.sum(entities.FundEntry.amount_fen)).where(allocated, *of_scheme))
    if fen:
        sentence = f"资金台账里已给方案“{row.name}”安排 {format_money(from_fen(fen))} 元，不能删除。"
        raise NotAllowed(sentence, todo="请先冲销这些安排。")


def read_file(path: Path) -> AwardScheme:
    """A scheme of a TOML file.

    Raises:
        BadDefinition: The file breaks a rule of the form; names file, key and rule.
        FileMissing: There is no such file.
    """
    return read_scheme(path)


def write_file(scheme: AwardScheme, path: Path) -> None:
    """Write a scheme as a TOML file with a head of comments, beside its place and renamed.

    Raises:
        Situation: The file cannot be written.
    """
    text = scheme_text(scheme)
    write_atomically(path, lambda stream: stream.write(text.encode("utf-8")))


def scheme_text(scheme: AwardScheme) -> str:
    """The TOML text of a scheme."""
    return _HEADER + tomli_w.dumps(_writable(scheme_to_dict(scheme)))


def _writable(value: Any) -> Any:
    """Plain data as TOML has it: dates stay dates, codes become plain text."""
    if isinstance(value, dict):
        return {key: _writable(part) for key, part in value.items() if part is not None}
    if isinstance(value, list | tuple):
        return [_writable(part) for part in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, bool | int | str | date):
        return value
    return str(value)
