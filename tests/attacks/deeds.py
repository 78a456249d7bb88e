"""What a clerk does, one deed after another, each told when it is done with what the file must show of it."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from fupin_desktop.domain.fund_target import FundTarget
from fupin_desktop.domain.vocabulary import TargetKind
from fupin_desktop.errors import Situation
from fupin_desktop.services import (
    award_notices,
    awards,
    backups,
    documents,
    exports,
    funds,
    history,
    offices,
    printing,
    protection,
    registers,
    schemes,
    villages,
)
from fupin_desktop.services.documents import ApplicationState, Opinion
from fupin_desktop.services.funds import LedgerFilter
from fupin_desktop.services.funds import imports as ledger_files
from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.registers import HOUSEHOLDS, CellEdit, Query, registry
from fupin_desktop.services.registers.attaching import attach
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.backup_files import Reason
from fupin_desktop.storage.encryption import is_encrypted
from tests.attacks.judging import PASSWORDS
from tests.attacks.office import new_source
from tests.services.documents.office import VILLAGE, VILLAGE_VALUES
from tests.services.fund_papers import money_office
from tests.services.imports.making import HEAD, book

Told = dict[str, Any] | None
_DRAFTS = (ApplicationState.DRAFT, ApplicationState.RETURNED, ApplicationState.WITHDRAWN)
_OVER = (ApplicationState.APPROVED, ApplicationState.REPLACED, ApplicationState.CANCELLED)


class Clerk:
    """Does deeds on an open office.

    Args:
        bench: The office.
        out: Where papers go.
        dice: Chooses.
        serial: From where on to count what is typed, so that each text is typed once.
    """

    def __init__(self, bench: Workbench, out: Path, dice: random.Random, serial: int = 0) -> None:
        self.bench, self.out, self.dice, self.serial = bench, out, dice, serial
        self.out.mkdir(exist_ok=True)

    def do(self, name: str) -> Told:
        """Do one deed; what the file must show of it, or None where there was nothing to do."""
        told: Told = getattr(self, name)()
        if told is not None:
            told["deed"] = name
            if name not in PAPERS:
                told["set"] = self.bench.store.glance("SELECT key FROM change_sets ORDER BY number DESC LIMIT 1")[0][0]
        return told

    def _next(self) -> int:
        self.serial += 1
        return self.serial

    def _households(self) -> list[str]:
        return registers.all_keys(self.bench, Query(HOUSEHOLDS, self.bench.year))

    # ---- registers ----
    def edit(self) -> Told:
        key, text = self.dice.choice(self._households()), f"记{self._next()}"
        registers.set_cells(self.bench, HOUSEHOLDS, [CellEdit(key, "note", text)])
        return {"kept": [["households", key, "note", text]]}

    def fill(self) -> Told:
        keys, text = self._households(), f"{self._next()}组"
        some = self.dice.sample(keys, min(len(keys), 12))
        registers.set_cells(self.bench, HOUSEHOLDS, [CellEdit(key, "group_name", text) for key in some])
        return {"kept": [["households", key, "group_name", text] for key in some]}

    def add(self) -> Told:
        code = f"N{self._next()}"
        found = registers.add(self.bench, HOUSEHOLDS, {"code": code, "head_name": f"李{code}", "village": "低岭村", "kind": "参与"})
        assert found.change is not None, found.problems
        key = next(key for key in found.change.keys if key in set(self._households()))
        return {"kept": [["households", key, "code", code]]}

    def remove(self) -> Told:
        free = self._households()
        if len(free) < 10:
            return None
        return {} if registers.remove(self.bench, HOUSEHOLDS, [self.dice.choice(free)]) else None

    def take_in(self) -> Told:
        first = self._next()
        rows = [[f"K{first}-{n}", f"陈{first}{n}", "", "低岭村", "参与", "水稻", "亩", "3.5", "1200"] for n in range(12)]
        path = book(self.out / ".import.xlsx", [HEAD, *rows])
        apply(self.bench, prepare(self.bench, path), only_good=True)
        return {}

    def attach(self) -> Told:
        brands = registry.of("brands")
        (key, *_) = registers.all_keys(self.bench, Query(brands, self.bench.year))
        path = self.out / ".scan.jpg"
        path.write_bytes(self.dice.randbytes(30_000))
        attach(self.bench, brands, key, "papers", [path])
        return {}

    def undo(self) -> Told:
        return {} if history.undo(self.bench) else None

    def redo(self) -> Told:
        return {} if history.redo(self.bench) else None

    # ---- awards and money ----
    def scheme(self) -> Told:
        schemes.save(self.bench, None, money_office.scheme(batch=f"第{self._next()}批"))
        return {}

    def compute(self) -> Told:
        awards.recalculate(self.bench, schemes.all(self.bench, 2026)[0].key)
        return {}

    def notice(self) -> Told:
        line = self.dice.choice(schemes.all(self.bench, 2026))
        run = awards.recalculate(self.bench, line.key).keys[0]
        award_notices.publish(self.bench, run, award_notices.default_settings(self.bench))
        return {}

    def money(self) -> Told:
        serial, today = self._next(), self.bench.today
        source = self.dice.choice(funds.balances(self.bench, 2026)).key
        village = self.dice.choice(villages.all(self.bench))
        target = FundTarget(TargetKind.VILLAGE, village.key, village.name)
        what = serial % 4
        if what == 0:
            funds.receive(self.bench, new_source(self.bench, f"新来源{serial}"), Decimal(1000), today)
        elif what == 1:
            funds.allocate(self.bench, source, target, Decimal(100 + serial % 7), today, note=f"安{serial}")
        elif what == 2:
            funds.pay(self.bench, source, target, Decimal("1.23"), today, "合作社", f"付{serial}")
        else:
            entries = [one for one in funds.entries(self.bench, LedgerFilter(2026)) if not one.counters_key and one.amount > 0]
            funds.counter(self.bench, self.dice.choice(entries).key, today, f"冲{serial}", Decimal("0.01"))
        return {}

    # ---- documents ----
    def document(self) -> Told:
        return self._step(VILLAGE, lambda: {**VILLAGE_VALUES, "products": f"大米{self._next()}"})

    def plan(self) -> Told:
        return self._step(money_office.VILLAGE_PLAN, lambda: {
            "project": f"水稻基地{self._next()}", "performance": "带动贫困户30户，户均增收3000元。",
            "sources": [{"source": "省级专项0", "amount": "30"}], "uses": [{"item": "种苗", "amount": "30"}],
        })  # fmt: skip

    def _step(self, form_id: str, values: Any) -> Told:
        """One step of a document of a form on its way to being approved."""
        lines = [line for line in documents.lines(self.bench, 2026, tab="") if line.form_id == form_id]
        line = next((line for line in lines if line.state not in _OVER), None)
        if line is None:
            key = documents.create(self.bench, form_id, villages.all(self.bench)[0].key).keys[0]
            documents.set_values(self.bench, key, values())
        elif line.state in _DRAFTS:
            documents.submit(self.bench, line.key)
        else:
            box = self.bench.store.glance("SELECT box FROM applications WHERE key = ?", (line.key,))[0][0]
            documents.give_opinion(self.bench, line.key, box, Opinion(agrees=True, name="张三"))
        return {}

    # ---- the office ----
    def setting(self) -> Told:
        self.bench.set_settings({"attack": f"v{self._next()}"})
        return {}

    def office(self) -> Told:
        info = offices.office(self.bench)
        kept = {name: getattr(info, name) for name in offices.OfficeForm.__dataclass_fields__}
        offices.save(self.bench, offices.OfficeForm(**{**kept, "address": f"地址{self._next()}"}))
        return {}

    def printed(self) -> Told:
        printing.record(self.bench, [printing.Printed("awards", "x" * 32, f"表{self._next()}", "打印机")])
        return {}

    # ---- backups, restore, encryption ----
    def backup(self) -> Told:
        self.bench.back_up(self.dice.choice((Reason.MANUAL, Reason.DAILY)))
        return {}

    def daily(self) -> Told:
        self.bench.clock.now += timedelta(days=self.dice.choice((0, 1)))  # type: ignore[attr-defined]
        return {} if self.bench.back_up_if_due() else None

    def go_back(self) -> Told:
        kept = backups.all_backups(self.bench)
        if not kept:
            return None
        backups.go_back(self.bench, self.dice.choice(kept[:3]))
        return {"restored": True}

    def convert(self) -> Told:
        def quiet(_done: int, _total: int, _text: str) -> None:
            return

        if not is_encrypted(self.bench.store.path):
            protection.protect(self.bench, PASSWORDS[0], quiet)
            return {}
        protection.unprotect(self.bench, self._password(), quiet)
        return {}

    def password(self) -> Told:
        if not is_encrypted(self.bench.store.path):
            return None
        now = self._password()
        protection.change_password(self.bench, now, PASSWORDS[1 - PASSWORDS.index(now)])
        return {}

    def _password(self) -> str:
        return next(one for one in PASSWORDS if protection.matches(self.bench.data_folder, one))

    # ---- papers: nothing is written to the data file ----
    def register_paper(self) -> Told:
        exports.write_register(self.bench, HOUSEHOLDS, self.out / f"台账{self.dice.randrange(3)}.xlsx")
        return {}

    def ledger_paper(self) -> Told:
        ledger_files.write_list(self.bench, LedgerFilter(2026), self.out / f"资金{self.dice.randrange(2)}.xlsx")
        return {}

    def document_papers(self) -> Told:
        lines = documents.lines(self.bench, 2026, tab="")
        if not lines:
            return None
        documents.write_many(self.bench, [line.key for line in lines][:2], self.out, ("pdf", "xlsx"))
        return {}


PAPERS = {"register_paper": 3, "ledger_paper": 2, "document_papers": 2}
"""Deeds that write papers alone, with how often each is chosen."""
WRITES = {
    "edit": 8, "fill": 4, "add": 4, "remove": 3, "take_in": 4, "attach": 3, "undo": 3, "redo": 2, "compute": 4, "scheme": 2,
    "notice": 2, "money": 8, "document": 8, "plan": 8, "backup": 2, "daily": 2, "setting": 1, "printed": 1, "office": 1,
    "go_back": 1,
}  # fmt: skip
SLOW = {"convert": 1, "password": 1}
"""Chosen in rounds of their own: each stretches a password, which takes tenths of a second."""


def chosen(dice: random.Random, table: dict[str, int]) -> str:
    """A deed of a table."""
    return dice.choices(list(table), list(table.values()))[0]


def attempted(clerk: Clerk, name: str) -> Told:
    """Do a deed; None too where the program refuses it in words, as it may: the dice know no rules."""
    with suppress(Situation):
        return clerk.do(name)
    return None
