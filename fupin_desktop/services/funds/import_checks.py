"""What the ledger says to the rows of a file: there already, against a rule of its source, of its papers, of a day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.fund_target import FundTarget
from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.vocabulary import EntryKind, TargetKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.parameters import Parameters
from fupin_desktop.policy.strictness import ORIGINAL_PLAN, is_must
from fupin_desktop.services.fund_guards import FundGuards
from fupin_desktop.services.funds import rules
from fupin_desktop.services.funds.carrying import in_ledger_of
from fupin_desktop.services.funds.import_rows import FoundSource, LedgerRow, Matched
from fupin_desktop.services.funds.ledger import IN_PRINCIPLE, breaks_plan, live_entries, target_of
from fupin_desktop.services.funds.model import ZERO, EntryDraft
from fupin_desktop.services.funds.moves import takes_part
from fupin_desktop.services.imports.converters import must, warning
from fupin_desktop.storage.entities import FundEntry, FundSource

Signature = tuple[object, ...]
_RANK = {kind: place for place, kind in enumerate(EntryKind)}

_PART, _PLAN = "吴川 三(一)5", "吴川 三(二)2"


@dataclass(slots=True)
class _Live:
    """An entry that can still be countered."""

    key: str
    source_key: str
    draft: EntryDraft
    left: int
    row: LedgerRow | None = None


def check_rows(
    session: Session, year: int, today: date, found: Matched, guards: FundGuards, parameters: Parameters,
    said: Callable[[str], str],
) -> None:
    """Mark the rows that the ledger has, and tell at each other row what keeps it out.

    Args:
        session: The session.
        year: Year of the sources.
        today: No entry is later.
        found: The rows; counter-entries among them learn what they take back.
        guards: Have to agree to each allocation and payment.
        parameters: Policy parameters.
        said: Says a clause as the office reads it.
    """
    _Checker(session, year, today, found, guards, parameters, said).check()


class _Checker:
    """The work of :func:`check_rows`."""

    def __init__(
        self, session: Session, year: int, today: date, found: Matched, guards: FundGuards, parameters: Parameters,
        said: Callable[[str], str],
    ) -> None:
        self._session, self._year, self._today = session, year, today
        self._sources, self._rows, self._guards = found.sources, found.rows, guards
        self._parameters, self._said = parameters, said

    def check(self) -> None:
        self._mark_known()
        new = [one for one in self._rows if not one.known]
        self._other_years = self._find_other_years()
        for one in new:
            self._check(one)
        self._check_papers([one for one in new if one.good and one.fen > 0])
        self._link_counters([one for one in new if one.good])
        self._check_rules([one for one in new if one.good])

    def _mark_known(self) -> None:
        """Rows that the ledger has already of their source, as often as it has them."""
        there: dict[str, Counter[Signature]] = defaultdict(Counter)
        of_year = or_(FundSource.year == self._year, FundEntry.dated >= date(self._year, 1, 1))
        for entry, _source in self._entries(in_ledger_of(self._year), of_year):
            there[entry.source_key][_signature(entry)] += 1
        for row in self._rows:
            if there[row.source.key][row.signature] > 0:
                there[row.source.key][row.signature] -= 1
                row.known = True
        for source in self._sources:
            if source.voided:
                self._mark_void(source, +there[source.key])

    def _mark_void(self, source: FoundSource, entries: Counter[Signature]) -> None:
        """Rows that tell of a void source under the name it shares with another, its counter-entries among them.

        Where these are missing the rows are of another book, and count for the source that stands.
        """
        told = [
            row for row in self._rows
            if not row.known and row.source.form.name == source.form.name and row.source.form.year == source.form.year
            and row.place.text("document_no") in ("", source.form.document_no)
        ]  # fmt: skip
        if not entries <= Counter(row.signature for row in told):
            return
        for row in told:
            if entries[row.signature] > 0:
                entries[row.signature] -= 1
                row.known = True

    def _entries(self, *where: Any) -> Iterable[tuple[FundEntry, FundSource]]:
        statement = select(FundEntry, FundSource).join(FundSource, FundSource.key == FundEntry.source_key)
        return ((entry, source) for entry, source in self._session.execute(statement.where(*where)))

    def _find_other_years(self) -> dict[tuple[str, Signature], int]:
        """Year of each entry that sources of the same names have in the ledgers of other years."""
        names = {row.source.form.name for row in self._rows if row.source.new}
        where = FundSource.year != self._year, FundSource.voided.is_(False), FundSource.name.in_(names)
        return {(source.name, _signature(entry)): source.year for entry, source in self._entries(*where)}

    def _check(self, one: LedgerRow) -> None:
        """What can be told from a row and its source alone."""
        draft, form = one.draft, one.source.form
        if one.source.voided:
            self._refuse(one, "source_void", f"“{form.name}”已作废", "请改为别的资金", "source")
        elif one.source.new and (year := self._other_years.get((form.name, one.signature))):
            sentence = f"“{form.name}”的这一笔在 {year} 年度的台账里已经有了"
            self._refuse(one, "other_year", sentence, f"请换到 {year} 年度再导入，或删去这一行", "dated")
        elif form.year < self._year and draft.dated < date(self._year, 1, 1):
            sentence = f"“{form.name}”是 {form.year} 年度结转的资金，{self._year} 年以前的收支不在这里导入"
            self._refuse(one, "other_year", sentence, f"请换到 {form.year} 年度再导入，或删去这一行", "dated")
        elif draft.dated > self._today:
            self._refuse(one, "later", f"日期{say_date(draft.dated)}晚于今天", "请核对日期", "dated", "received_on")
        elif draft.target and draft.kind is EntryKind.ALLOCATED:
            self._check_target(one, draft.target)

    def _check_target(self, one: LedgerRow, target: FundTarget) -> None:
        """Whether a target may get the money, in principle or for the reason in the row's note."""
        if one.fen > 0 and breaks_plan(one.source.form.original_plan, target):
            self._check_plan(one, target)
        elif not self._may_get(target, one.draft.note):
            sentence = f"“{target.name}”本年没有参与产业的农户，原则上不安排资金({self._said(_PART)})，也没有写原因"
            one.place.tell(warning("non_participant", sentence, "请在摘要里写明原因"), "target")

    def _check_plan(self, one: LedgerRow, target: FundTarget) -> None:
        """Money of an original plan goes elsewhere only for a reason, where the county allows one (吴川 三(二)2)."""
        form, note = one.source.form, one.draft.note
        told = f"“{form.name}”已有原定用途({form.original_plan})"
        if is_must(self._parameters, ORIGINAL_PLAN, one.draft.dated):
            sentence = f"{told}，不能给“{target.name}”({self._said(_PLAN)})"
            self._refuse(one, "original_plan", sentence, "请换一笔资金，或在对象里写明原方案", "target")
        elif not note:
            sentence = f"{told}，原则上不能给“{target.name}”({self._said(_PLAN)})，也没有写原因"
            todo = "请换一笔资金，或在对象里写明原方案；确需另行安排的，请在摘要里写明原因"
            self._refuse(one, "original_plan", sentence, todo, "target")
        else:
            before, _, reason = note.rpartition(IN_PRINCIPLE)
            one.draft = replace(one.draft, note=before.rstrip("；"), reason=reason)
            sentence = f"{told}，原则上不能给“{target.name}”({self._said(_PLAN)})，按摘要里写的原因安排"
            one.place.tell(warning("original_plan_explained", sentence, "请核对摘要是不是原因"), "target")

    def _may_get(self, target: FundTarget, note: str) -> bool:
        """Whether a target gets money in principle, or the row says why it does all the same."""
        return bool(note) or takes_part(self._session, target, self._year)

    def _check_papers(self, new: list[LedgerRow]) -> None:
        """A file cannot go past the plans, sheets and publicity that the office's own operations wait for."""
        by_target: dict[tuple[EntryKind, tuple[TargetKind, str]], list[LedgerRow]] = defaultdict(list)
        for one in new:
            if one.draft.target and one.draft.target.key:
                by_target[one.draft.kind, one.draft.target.mark].append(one)
        for rows in by_target.values():
            total = sum((one.draft.amount for one in rows), ZERO)
            if self._held_up(rows[0].draft, total) is not None:
                self._hold_up(rows)

    def _hold_up(self, rows: list[LedgerRow]) -> None:
        """Tell which rows of one kind and target have to wait for papers."""
        taken = ZERO
        for one in rows:
            if (why := self._held_up(one.draft, taken + one.draft.amount)) is None:
                taken += one.draft.amount
            else:
                self._refuse(one, "papers", why.happened.removesuffix("。"), why.todo.removesuffix("。"), "target")

    def _held_up(self, draft: EntryDraft, amount: Decimal) -> NotAllowed | None:
        """Why so much cannot be allocated to, or paid for, the target of an entry; None where it can."""
        assert draft.target is not None
        try:
            if draft.kind is EntryKind.ALLOCATED:
                self._guards.refuse_allocation(self._session, draft.target)
            else:
                self._guards.refuse_payment(self._session, draft.target, amount, "", self._today)
        except NotAllowed as why:
            return why
        return None

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


def _signature(entry: FundEntry) -> Signature:
    """The ``signature`` of a row that tells of an entry of the ledger."""
    return EntryKind(entry.kind), entry.dated, entry.amount_fen, entry.target_name, entry.payee, entry.paper_no


def _move(one: LedgerRow) -> rules.Move:
    draft = one.draft
    kind, key = draft.target.mark if draft.target else ("", "")
    return rules.Move(draft.dated, draft.kind.value, (str(kind), key), one.fen)


def _order(one: LedgerRow) -> tuple[date, bool, int]:
    """Day by day what comes before what goes, and what is given before what is taken back."""
    rank = _RANK[one.draft.kind]
    return one.draft.dated, one.fen < 0, rank if one.fen > 0 else -rank
