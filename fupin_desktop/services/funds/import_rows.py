"""Rows of a ledger file set against the ledger: sources and targets known, what is there already, what would break."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.vocabulary import EntryKind, FundKind, TargetKind
from fupin_desktop.services.funds import reading, rules
from fupin_desktop.services.funds.import_sheets import AMOUNTS, SheetRow, entry_kind, fund_kind, target_kind
from fupin_desktop.services.funds.ledger import breaks_plan, live_entries, target_of
from fupin_desktop.services.funds.model import EntryDraft, FundForm, FundTarget
from fupin_desktop.services.funds.moves import takes_part
from fupin_desktop.services.imports.converters import must, warning
from fupin_desktop.storage.entities import FundEntry, FundSource
from fupin_desktop.storage.keys import new_key

_RANK = {kind: place for place, kind in enumerate(EntryKind)}


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
        """What makes two entries the same one."""
        draft = self.draft
        name = draft.target.name if draft.target else ""
        return self.source.form.name, draft.kind, draft.dated, self.fen, name, draft.payee, draft.paper_no


@dataclass(slots=True)
class _Live:
    """An entry that can still be countered."""

    key: str
    source_key: str
    draft: EntryDraft
    left: int
    row: LedgerRow | None = None


@dataclass(slots=True)
class Matched:
    """What a file holds, set against the ledger."""

    sources: list[FoundSource] = field(default_factory=list)
    rows: list[LedgerRow] = field(default_factory=list)


def match(
    session: Session, year: int, today: date, of_sources: Sequence[SheetRow], of_entries: Sequence[SheetRow]
) -> Matched:
    """Set the rows against the ledger; what is wrong is told at each row.

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
                select(FundSource).where(FundSource.year == year).order_by(FundSource.voided, FundSource.key)
            )
        ]
        self._targets = reading.known_targets(session, year)
        self._rows: list[LedgerRow] = []

    def match(self, of_sources: Sequence[SheetRow], of_entries: Sequence[SheetRow]) -> Matched:
        listed = [(row, source) for row in of_sources if (source := self._listed(row))]
        for row in of_entries:
            self._entry(row)
        told = {id(one.source) for one in self._rows}
        for row, source in listed:
            if source.new and id(source) not in told:
                self._first_entries(row, source)
        self._mark_known()
        new = [one for one in self._rows if not one.known]
        for one in new:
            self._check(one)
        self._link_counters([one for one in new if one.good])
        self._check_rules([one for one in new if one.good])
        return Matched([one for one in self._sources if one.new], self._rows)

    # ---- sources ----
    def _listed(self, row: SheetRow) -> FoundSource | None:
        """The source of a row in a list of sources."""
        if not row.text("source"):
            row.tell(must("source_name", "没有资金名称", "请填写资金名称"), "source")
            return None
        return self._find(row) or self._bring(row, row.text("document_no"))

    def _find(self, row: SheetRow) -> FoundSource | None:
        """A known source by name, and 文号 and kind where the row tells them; a void one where there is no other."""
        name, document_no, kind = row.text("source"), row.text("document_no"), fund_kind(row.text("source_kind"))
        named = [
            one for one in self._sources
            if one.form.name == name and kind in (None, one.form.kind) and document_no in ("", one.form.document_no)
        ]  # fmt: skip
        standing = [one for one in named if not one.voided] or named[:1]
        if len(standing) > 1:
            fault = must("source_twice", f"有 {len(standing)} 笔资金都叫“{name}”", "请写明文号或资金类别")
            row.tell(fault, "document_no", "source")
        return standing[0] if standing else None

    def _bring(self, row: SheetRow, document_no: str) -> FoundSource | None:
        """A source that the file brings, where the row tells its kind."""
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
        elif not row.faults:
            first = came or min(date(self._year, 1, 1), self._today)
            amounts = ((EntryKind.ASSIGNED, assigned, first), (EntryKind.RECEIVED, received, came))
            for kind, fen, day in amounts:
                if fen and day:
                    self._rows.append(LedgerRow(row, source, EntryDraft(source.key, kind, from_fen(fen), day)))

    # ---- entries ----
    def _entry(self, row: SheetRow) -> None:
        """One row of a list of entries."""
        dated = row.dates.get("dated")
        if dated is None and not row.faults:
            row.tell(must("dated", "没有日期", "请填写日期"), "dated")
        if not row.text("source"):
            row.tell(must("source_name", "没有资金名称", "请填写资金名称"), "source")
        moves = self._moves(row)
        if row.faults or dated is None:
            return
        source = self._find(row) or self._bring(row, row.text("document_no"))
        if source is None or row.faults:
            return
        for kind, fen in moves:
            target = self._target(row, source) if kind in (EntryKind.ALLOCATED, EntryKind.PAID) else None
            draft = EntryDraft(
                source.key, kind, from_fen(fen), dated, target, paper_no=row.text("paper_no"),
                payee=row.text("payee"), note=row.text("note"), key=new_key(),
            )  # fmt: skip
            if not any(fault.must for fault in row.faults):
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
        if not found and not row.faults:
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
        found = [one for one in self._targets if one.name == name and kind in (None, one.kind)]
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

    # ---- against the ledger ----
    def _mark_known(self) -> None:
        """Rows that the ledger has already, as often as it has them."""
        entries = select(FundEntry, FundSource.name).join(FundSource).where(FundSource.year == self._year)
        there = Counter(
            (name, EntryKind(one.kind), one.dated, one.amount_fen, one.target_name, one.payee, one.paper_no)
            for one, name in self._session.execute(entries)
        )
        for row in self._rows:
            if there[row.signature] > 0:  # type: ignore[index]
                there[row.signature] -= 1  # type: ignore[index]
                row.known = True

    def _check(self, one: LedgerRow) -> None:
        """What can be told from a row and its source alone."""
        draft, form = one.draft, one.source.form
        if one.source.voided:
            self._refuse(one, "source_void", f"“{form.name}”已作废", "请改为别的资金", "source")
        elif draft.dated > self._today:
            self._refuse(one, "later", f"日期{say_date(draft.dated)}晚于今天", "请核对日期", "dated", "received_on")
        elif draft.target and one.fen > 0 and breaks_plan(form.original_plan, draft.target):
            sentence = f"“{form.name}”已有原定用途({form.original_plan})，不能给“{draft.target.name}”(吴川 三(二)2)"
            self._refuse(one, "original_plan", sentence, "请换一笔资金，或在对象里写明原方案", "target")

        elif draft.target and draft.kind is EntryKind.ALLOCATED and not self._may_get(draft.target, draft.note):
            sentence = f"“{draft.target.name}”本年没有参与产业的农户，原则上不安排资金(吴川 三(一)5)，也没有写原因"
            one.place.tell(warning("non_participant", sentence, "请在摘要里写明原因"), "target")

    def _may_get(self, target: FundTarget, note: str) -> bool:
        """Whether a target gets money in principle, or the row says why it does all the same."""
        return bool(note) or takes_part(self._session, target, self._year)

    def _refuse(self, one: LedgerRow, code: str, sentence: str, todo: str, *columns: str) -> None:
        one.good = False
        one.place.tell(must(code, sentence, todo), *columns)

    def _link_counters(self, new: list[LedgerRow]) -> None:
        """Each row below 0 takes back an entry of the ledger or of the file, the likeliest that has so much left.

        Large ones choose first, so that a small one does not take a part of what a large one needs whole.
        """
        counters = sorted((one for one in new if one.fen < 0), key=lambda one: one.fen)
        if not counters:
            return
        live = [*self._live_in_ledger(), *(
            _Live(one.draft.key, one.source.key, one.draft, one.fen, one) for one in new if one.fen > 0
        )]
        for one in counters:
            fits = [other for other in live if _fits(one, other)]
            if not fits:
                sentence = f"要冲销的 {format_money(-one.draft.amount)} 元找不到原来的一笔"
                todo = "请在它前面补上原来的一笔，或改正金额、对象"
                self._refuse(one, "counter", sentence, todo, *_amount_columns(one))
                continue
            best = min(fits, key=lambda other: _unlikeness(one, other))
            best.left += one.fen
            one.draft = replace(one.draft, counters_key=best.key, target=best.draft.target)

    def _live_in_ledger(self) -> Iterable[_Live]:
        keys = [one.key for one in self._sources if not one.new]
        for entry, left in live_entries(self._session, FundEntry.source_key.in_(keys)):
            draft = EntryDraft(
                entry.source_key, EntryKind(entry.kind), from_fen(entry.amount_fen), entry.dated, target_of(entry),
                paper_no=entry.paper_no, payee=entry.payee,
            )  # fmt: skip
            yield _Live(entry.key, entry.source_key, draft, left)

    def _check_rules(self, new: list[LedgerRow]) -> None:
        """The rules of every day, with all rows of a source; where they break, row by row to tell which."""
        by_source: dict[str, list[LedgerRow]] = defaultdict(list)
        for one in new:
            by_source[one.source.key].append(one)
        there = rules.moves_of(self._session, [key for key in by_source if not key.startswith("new:")])
        refused: set[str] = set()
        for key, rows in by_source.items():
            moves = there.get(key, [])
            if rules.first_excess(sorted([*moves, *map(_move, rows)]), date.min):
                self._one_by_one(moves, rows, refused)

    def _one_by_one(self, moves: list[rules.Move], rows: list[LedgerRow], refused: set[str]) -> None:
        """Tell which rows break a rule when they are taken day by day."""
        ask = _asks_beside(moves) if moves else _asks_alone()
        for one in sorted(rows, key=_order):
            if one.draft.counters_key in refused:
                self._refuse(one, "counter", "它要冲销的那一笔有错", "请先改正那一笔", *_amount_columns(one))
            elif found := ask(_move(one)):
                refused.add(one.draft.key)
                target = one.draft.target.name if found.mark and one.draft.target else ""
                sentence, todo = found.told(one.source.form.name, target)
                self._refuse(one, "rule", sentence, todo, *_amount_columns(one))


def _asks_alone() -> Callable[[rules.Move], rules.Excess | None]:
    """Tries rows in order of their days on a source that has no entries yet; those that break nothing stay."""
    state = rules.State()

    def ask(move: rules.Move) -> rules.Excess | None:
        state.take(move)
        if found := state.excess(move.dated):
            state.give_back(move)
        return found

    return ask


def _asks_beside(moves: list[rules.Move]) -> Callable[[rules.Move], rules.Excess | None]:
    """Tries rows on a source with entries, of which later ones may rely on what was there."""
    kept = list(moves)

    def ask(move: rules.Move) -> rules.Excess | None:
        wider = sorted([*kept, move])
        found = rules.first_excess(wider, move.dated)
        if found is None:
            kept[:] = wider
        return found

    return ask


def _amount_columns(one: LedgerRow) -> tuple[str, ...]:
    """Where the amount of a row stands: in the column of its kind, or in the only one."""
    return (one.draft.kind.value, "amount", "assigned")


def _form(record: FundSource) -> FundForm:
    return FundForm(
        FundKind(record.kind), record.name, from_fen(0), record.document_no, original_plan=record.original_plan,
        year=record.year,
    )  # fmt: skip


def _fits(one: LedgerRow, other: _Live) -> bool:
    """Whether a row can take an entry back: same source, kind and target, not before it, and so much is left."""
    mine, its = one.draft.target, other.draft.target
    same = (one.source.key, one.draft.kind) == (other.source_key, other.draft.kind)
    same_target = (mine.mark if mine else None) == (its.mark if its else None)
    return same and same_target and other.draft.dated <= one.draft.dated and other.left >= -one.fen


def _unlikeness(one: LedgerRow, other: _Live) -> tuple[bool, bool, int, date]:
    """The row that 冲销序号 names first, then entries of the same voucher and payee, of no more than needed, older."""
    wanted = one.place.text("counters")
    named = bool(wanted) and other.row is not None and other.row.place.text("number") == wanted
    same_paper = (one.draft.paper_no, one.draft.payee) == (other.draft.paper_no, other.draft.payee)
    return not named, not same_paper, other.left, other.draft.dated


def _move(one: LedgerRow) -> rules.Move:
    draft = one.draft
    kind, key = draft.target.mark if draft.target else ("", "")
    return rules.Move(draft.dated, draft.kind.value, (str(kind), key), one.fen)


def _order(one: LedgerRow) -> tuple[date, bool, int]:
    """Day by day what comes before what goes, and what is given before what is taken back."""
    rank = _RANK[one.draft.kind]
    return one.draft.dated, one.fen < 0, rank if one.fen > 0 else -rank
