"""Rows of a ledger file made entries: their sources and targets found in the ledger, or brought by the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.fund_target import FundTarget
from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.vocabulary import EntryKind, FundKind, TargetKind
from fupin_desktop.services.funds import reading
from fupin_desktop.services.funds.carrying import in_ledger_of
from fupin_desktop.services.funds.import_sheets import AMOUNTS, SheetRow, entry_kind, fund_kind, target_kind
from fupin_desktop.services.funds.model import EntryDraft, FundForm, split_carried
from fupin_desktop.services.imports.converters import must, warning
from fupin_desktop.storage.entities import FundSource, Town, Village
from fupin_desktop.storage.keys import new_key

_OWN = "counters"
"""The column that our own lists have and others have not."""


@dataclass(slots=True)
class FoundSource:
    """A source that rows name: one of the ledger, or one that the file brings.

    Attributes:
        key: Its key; of a new one a mark that becomes a key when it is registered.
        form: Its data.
        voided: Whether it is void.
        new: Whether the file brings it.
        row: The row that brings it.
    """

    key: str
    form: FundForm
    voided: bool = False
    new: bool = False
    row: SheetRow | None = None


@dataclass(slots=True)
class LedgerRow:
    """One entry that a file holds.

    Attributes:
        place: Where it stands.
        source: Its source.
        draft: The entry as it would be posted; its source key is that of ``source``.
        known: Whether the ledger has it already.
        good: Whether it can be taken in.
    """

    place: SheetRow
    source: FoundSource
    draft: EntryDraft
    known: bool = False
    good: bool = True

    @property
    def fen(self) -> int:
        """Its 分, below 0 for what is taken back."""
        return int(self.draft.amount * 100)

    @property
    def signature(self) -> tuple[object, ...]:
        """What makes two entries of a source the same one."""
        draft = self.draft
        name = draft.target.name if draft.target else ""
        return draft.kind, draft.dated, self.fen, name, draft.payee, draft.paper_no


@dataclass(slots=True)
class Matched:
    """Entries of a file, and all sources: those of the ledger and those that the file brings."""

    sources: list[FoundSource] = field(default_factory=list)
    rows: list[LedgerRow] = field(default_factory=list)


def match(
    session: Session, year: int, today: date, of_sources: Sequence[SheetRow], of_entries: Sequence[SheetRow]
) -> Matched:
    """Make the rows entries; what is wrong is told at each row.

    Args:
        session: The session.
        year: Year of the sources.
        today: No entry is later.
        of_sources: Rows of lists of sources.
        of_entries: Rows of lists of entries.
    """
    return _Matcher(session, year, today).match(of_sources, of_entries)


class _Matcher:
    """The work of :func:`match`."""

    def __init__(self, session: Session, year: int, today: date) -> None:
        self._session, self._year, self._today = session, year, today
        self._sources = [
            FoundSource(record.key, _form(record), record.voided)
            for record in session.scalars(
                select(FundSource)
                .where(in_ledger_of(year))
                .order_by(FundSource.year.desc(), FundSource.voided, FundSource.key)
            )
        ]
        self._targets = reading.known_targets(session, year)
        whole = select(Town.name, Village.name, Village.key).join_from(Village, Town)
        self._villages = {f"{town}{village}": key for town, village, key in session.execute(whole)}
        self._rows: list[LedgerRow] = []

    def match(self, of_sources: Sequence[SheetRow], of_entries: Sequence[SheetRow]) -> Matched:
        listed = [(row, source) for row in of_sources if (source := self._listed(row))]
        for row in of_entries:
            self._entry(row)
        told = {id(one.source) for one in self._rows}
        for row, source in listed:
            if source.new and id(source) not in told:
                self._first_entries(row, source)
        return Matched(self._sources, self._rows)

    # ---- sources ----
    def _listed(self, row: SheetRow) -> FoundSource | None:
        """The source of a row in a list of sources."""
        if not row.text("source"):
            row.tell(must("source_name", "没有资金名称", "请填写资金名称"), "source")
            return None
        return self._find(row) or self._bring(row, row.text("document_no"))

    def _find(self, row: SheetRow) -> FoundSource | None:
        """A known source by name, and 文号 and kind where the row tells them; a void one where there is no other.

        In our own list, known by its 冲销序号, a source without 文号 is one without, unless it got its 文号 since.
        """
        name, document_no, kind = row.text("source"), row.text("document_no"), fund_kind(row.text("source_kind"))
        known = [
            one for one in self._sources
            if kind in (None, one.form.kind) and document_no in ("", one.form.document_no)
        ]  # fmt: skip
        named = self._named(known, name, carried=kind is None)
        if _OWN in row.places:
            same = [one for one in named if one.form.document_no == document_no]
            named = same or [one for one in named if not one.new]
        standing = [one for one in named if not one.voided] or named[:1]
        if len(standing) > 1:
            fault = must("source_twice", f"有 {len(standing)} 笔资金都叫“{name}”", "请写明文号或资金类别")
            row.tell(fault, "document_no", "source")
        return standing[0] if standing else None

    def _named(self, known: Sequence[FoundSource], name: str, *, carried: bool) -> list[FoundSource]:
        """Those of the year by name; of earlier years by name and year, or by name alone where a row cannot be new."""
        found = [one for one in known if one.form.name == name and one.form.year == self._year]
        if not found and (marked := split_carried(name)):
            found = [one for one in known if (one.form.name, one.form.year) == marked]
        if not found and carried:
            found = [one for one in known if one.form.name == name]
        return [one for one in found if one.form.year == found[0].form.year]

    def _bring(self, row: SheetRow, document_no: str) -> FoundSource | None:
        """A source that the file brings, where the row tells its kind."""
        if (marked := split_carried(row.text("source"))) and marked[1] < self._year:
            what = f"{marked[1]} 年度没有结转下来的“{marked[0]}”"
            row.tell(must("carried", what, f"请先换到 {marked[1]} 年度导入那一年的台账"), "source")
            return None
        told = row.text("source_kind")
        kind = fund_kind(told)
        if kind is None:
            known = "、".join(one.label for one in FundKind)
            what = f"资金类别“{told}”认不出来" if told else f"资金来源“{row.text('source')}”没有登记，也没有写资金类别"
            row.tell(must("source_kind", what, f"请先登记这笔资金，或填写资金类别：{known}"), "source_kind", "source")
            return None
        note = row.text("note") if "dated" not in row.places else ""
        form = FundForm(
            kind, row.text("source"), from_fen(0), document_no, original_plan=row.text("original_plan"),
            donors=row.text("donors"), note=note, year=self._year,
        )  # fmt: skip
        source = FoundSource(f"new:{len(self._sources)}", form, new=True, row=row)
        self._sources.append(source)
        return source

    def _first_entries(self, row: SheetRow, source: FoundSource) -> None:
        """What a list of sources alone tells of the money: assigned, and arrived on a day."""
        assigned = row.fen.get("assigned", row.fen.get("amount", 0))
        came = row.dates.get("received_on")
        received = row.fen.get("received", assigned if came else 0)
        if received and came is None:
            fault = must("received_on", "写了到账金额，没有到账日期", "请填写到账日期，或另附收支明细")
            row.tell(fault, "received_on", "received")
        elif not row.wrong:
            first = row.dates.get("assigned_on") or came or min(date(self._year, 1, 1), self._today)
            amounts = ((EntryKind.ASSIGNED, assigned, first), (EntryKind.RECEIVED, received, came))
            for kind, fen, day in amounts:
                if fen and day:
                    self._rows.append(LedgerRow(row, source, EntryDraft(source.key, kind, from_fen(fen), day)))

    # ---- entries ----
    def _entry(self, row: SheetRow) -> None:
        """One row of a list of entries."""
        dated = row.dates.get("dated")
        if dated is None and not row.wrong:
            row.tell(must("dated", "没有日期", "请填写日期"), "dated")
        if not row.text("source"):
            row.tell(must("source_name", "没有资金名称", "请填写资金名称"), "source")
        moves = self._moves(row)
        if row.wrong or dated is None:
            return
        source = self._find(row) or self._bring(row, row.text("document_no"))
        if source is None or row.wrong:
            return
        for kind, fen in moves:
            target = self._target(row, source) if kind in (EntryKind.ALLOCATED, EntryKind.PAID) else None
            draft = EntryDraft(
                source.key, kind, from_fen(fen), dated, target, paper_no=row.text("paper_no"),
                payee=row.text("payee"), note=row.text("note"), key=new_key(),
            )  # fmt: skip
            if not row.wrong:
                self._rows.append(LedgerRow(row, source, draft))

    def _moves(self, row: SheetRow) -> list[tuple[EntryKind, int]]:
        """Kind and 分 of a row: from the columns of the kinds, or from 类型 and 金额."""
        found = [(kind, row.fen[column]) for column, kind in AMOUNTS.items() if column in row.fen]
        told, countered = entry_kind(row.text("kind"))
        if not found and "amount" in row.fen:
            if told is None:
                known = "、".join(kind.label for kind in EntryKind)
                row.tell(must("kind", f"类型“{row.text('kind')}”认不出来", f"请改为：{known}"), "kind", "amount")
                return []
            found = [(told, row.fen["amount"])]
        if not found and not row.wrong:
            row.tell(must("amount", "没有金额", "请填写金额，或删去这一行"), "amount", *AMOUNTS)
        return [(kind, -abs(fen) if countered else fen) for kind, fen in found]

    def _target(self, row: SheetRow, source: FoundSource) -> FundTarget | None:
        """The target of a row; one that only the file knows becomes a plan by its name."""
        name, told = row.text("target") or row.text("payee"), row.text("target_kind")
        kind = target_kind(told)
        if told and kind is None:
            known = "、".join(one.label for one in TargetKind)
            row.tell(must("target_kind", f"对象类别“{told}”认不出来", f"请改为：{known}"), "target_kind")
            return None
        if not name:
            row.tell(must("target", "没有写安排给谁", "请填写安排对象"), "target")
            return None
        found = self._called(name, kind)
        if len(found) > 1:
            words = "、".join(dict.fromkeys(one.kind.label for one in found))
            todo = "请写明对象类别" if "、" in words else "是村的请连镇名写，如“塘㙍镇低岭村”；别的请先改成不同的名称"
            row.tell(must("target_unclear", f"有 {len(found)} 个安排对象叫“{name}”({words})", todo), "target", "payee")
            return None
        if found:
            return found[0]
        if kind in (TargetKind.TOWN, TargetKind.VILLAGE):
            row.tell(must("target", f"“{name}”不是本单位登记的{kind.label}", "请改正名称，或先登记"), "target")
            return None
        if kind is None:
            sentence = f"“{name}”不是登记过的镇、村、方案或计划，按使用计划登记"
            row.tell(warning("target", sentence, "请核对名称，没有错就不用改"), "target")
        made = FundTarget(kind or TargetKind.PLAN, "", name)
        self._targets.append(made)
        return made


    def _called(self, name: str, kind: TargetKind | None) -> list[FundTarget]:
        """The different targets of a name and kind; a village also by its town and name."""
        known = [one for one in self._targets if kind in (None, one.kind)]
        full = self._villages.get(name)
        named = [one for one in known if one.name == name or (full is not None and one.key == full)]
        return list({(one.kind, one.key or one.name): one for one in reversed(named)}.values())


def _form(record: FundSource) -> FundForm:
    return FundForm(
        FundKind(record.kind), record.name, from_fen(0), record.document_no, original_plan=record.original_plan,
        year=record.year,
    )  # fmt: skip
