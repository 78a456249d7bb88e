"""The work of a year on one sheet (领导一页情况): every number is that of its register, ledger or page."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.project_words import ProjectState
from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.services import funds, home, payments, registers, schemes
from fupin_desktop.services.awards import stored_runs
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.funds.kinds import by_kind
from fupin_desktop.services.ledger_papers import LedgerSubject, head, of_year
from fupin_desktop.services.publicity import gates
from fupin_desktop.services.publicity.gates import Standing, Step, Subject
from fupin_desktop.services.registers import HOUSEHOLDS, Filter, Query, Register, registry
from fupin_desktop.services.reports.assembling import share
from fupin_desktop.services.schemes import SchemeLine
from fupin_desktop.services.workbench import Workbench

_ZERO = Decimal("0.00")
Rows = list[dict[str, Any]]
Conditions = tuple[Filter, ...]


def _query(subject: LedgerSubject) -> Bound:
    """The year at work as it stands on the day."""
    bench = subject.bench
    above = head(bench, "")
    money, late = _funds(bench), _late(bench)
    data = {
        **above, **_households(bench), **money, "title": f"{above['town']}{bench.year}年产业扶贫工作一页情况",
        **_projects(bench), "awards": _awards(bench), "loans": _loans(bench), "late": late,
        "late_count": len(late),
    }  # fmt: skip
    return Bound(data, bench.today)


class _Counted:
    """A register's rows, by one of its own named filters; and how many of them fulfil others, in the same pass."""

    def __init__(
        self, bench: Workbench, register: Register, name: str = "", *more: Filter, also: Sequence[Conditions] = (),
    ) -> None:
        asked = Query(register, bench.year, filters=(*register.conditions(name), *more))
        self._totals = registers.totals(bench, asked, also)

    @property
    def count(self) -> int:
        """How many."""
        return self._totals.count

    @property
    def holding(self) -> tuple[int, ...]:
        """Of how many each of the others holds, in their order."""
        return self._totals.holding

    def total(self, column: str) -> Decimal:
        """The sum of a column, as the count line shows it."""
        return Decimal((self._totals.sums.get(column) or "0").replace(",", ""))


def _households(bench: Workbench) -> dict[str, Any]:
    """As the first page and the count line of 农户台账 have them."""
    named = {name: name for name in ("helped", "participating", "large")} | {"unknown": "missing:participation"}
    also = {name: HOUSEHOLDS.conditions(filtered) for name, filtered in named.items()}
    also["guided"] = (*HOUSEHOLDS.conditions("helped"), Filter("guide", blank=False))
    every, taking = _Counted(bench, HOUSEHOLDS, also=[*also.values()]), _Counted(bench, HOUSEHOLDS, "participating")
    return {
        **dict(zip(also, every.holding, strict=True)), "households": every.count,
        "persons": int(every.total("members")), "area": taking.total("area_total"),
    }  # fmt: skip


def _projects(bench: Workbench) -> dict[str, Any]:
    """The pool by state; money of those that were not taken out of it."""
    register = registry.of("projects")
    states = {f"state_{state.value}": (Filter("state", values=(state.label,)),) for state in ProjectState}
    counts = _Counted(bench, register, also=[*states.values()]).holding
    staying = tuple(state.label for state in ProjectState if state is not ProjectState.REMOVED)
    every = _Counted(bench, register, "", Filter("state", values=staying))
    sums = {"project_total": every.total("total"), "project_secured": every.total("secured")}
    return {**dict(zip(states, counts, strict=True)), "project_count": every.count, **sums}


def _funds(bench: Workbench) -> dict[str, Any]:
    """The ledger by kind of source, with how much of what came is allocated and paid."""
    kinds = by_kind(funds.balances(bench, bench.year, bench.today))
    received = sum((one.received for one in kinds), _ZERO)
    rows = [
        {
            "kind": one.kind.label, "assigned": one.assigned, "received": one.received, "allocated": one.allocated,
            "allocated_rate": share(one.allocated, one.received), "paid": one.paid,
            "paid_rate": share(one.paid, one.received),
        }
        for one in kinds
    ]  # fmt: skip
    allocated, paid = sum((one.allocated for one in kinds), _ZERO), sum((one.paid for one in kinds), _ZERO)
    return {"funds": rows, "allocated_rate": share(allocated, received), "paid_rate": share(paid, received)}


def _awards(bench: Workbench) -> Rows:
    """Each village's schemes: what was computed last, is posted, and reached the households."""
    batches = payments.batches(bench, bench.year)
    rows: dict[str, dict[str, Any]] = {}
    with bench.read() as session:
        latest = {run.scheme_key: run for run in stored_runs.latest_runs(session, bench.year)}
        for line in schemes.all(bench, bench.year):
            run = latest.get(line.key)
            row = rows.setdefault(line.place, {"place": line.place, "households": 0, **dict.fromkeys(_MONEY, _ZERO)})
            row["households"] += run.households if run is not None else 0
            row["computed"] += from_fen(run.award_fen) if run is not None else _ZERO
            row["posted"] += _posted(session, line)
            row["paid"] += sum((one.reached for one in batches if one.object_key == line.key), _ZERO)
            told = _step(gates.standing(session, Subject(PublicKind.SCHEME, line.key), bench.today))
            row["told"] = f"{row['told']}；{told}" if "told" in row else told
    return list(rows.values())


_MONEY = ("computed", "posted", "paid")


def _step(now: Standing) -> str:
    """The step that a list waits for, in a few words."""
    if now.next is None:
        return "公示、备案已办完"
    if now.next.step is Step.ENDED and now.last_day is not None:
        return f"公示中，{now.last_day.month}月{now.last_day.day}日期满"
    return f"待{now.next.step.label}"


def _posted(session: Session, line: SchemeLine) -> Decimal:
    """What the list of a scheme gives whose notice stands."""
    key = stored_runs.posted_run_of(session, line.key)
    return sum((from_fen(run.award_fen) for run in stored_runs.runs_of(session, line.key) if run.key == key), _ZERO)


def _loans(bench: Workbench) -> Rows:
    """Loans of households and businesses that are not repaid, and the subsidies of the periods that end in the year."""
    own, entities = registry.of("microcredits"), registry.of("entity_loans")
    of_own, of_entities = _Counted(bench, own, "open"), _Counted(bench, entities, "", Filter("repaid_on", blank=True))
    ended = Filter("to_on", low=f"{bench.year}-01-01", high=f"{bench.year}-12-31")
    subsidies = _Counted(bench, registry.of("interest_subsidies"), "", ended)
    return [
        {
            "name": "小额信贷", "count": of_own.count, "amount": of_own.total("amount"),
            "balance": of_own.total("balance"), "overdue": _Counted(bench, own, "overdue").count, "said": "还有余额的",
        },
        {
            "name": "主体贷款", "count": of_entities.count, "amount": of_entities.total("amount"),
            "overdue": _Counted(bench, entities, "overdue").count, "said": "没有登记还清日的",
        },
        {
            "name": "贷款贴息", "count": subsidies.count, "amount": subsidies.total("due"),
            "balance": subsidies.total("due") - subsidies.total("paid"), "said": "本年到期的各期；余额是还没有贴的",
        },
    ]  # fmt: skip


def _late(bench: Workbench) -> Rows:
    """What the first page shows in red."""
    due = home.overview(bench, bench.today).due
    return [{"badge": one.badge, "text": one.text} for one in due if one.urgency == "late"]


TYPE = DocumentType(
    "year_overview", "领导一页情况", "领导一页情况", order=74, tab="home",
    query=_query, named=of_year("产业扶贫一页情况"),
)  # fmt: skip
