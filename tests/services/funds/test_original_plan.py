"""Money of an original plan (吴川 三(二)2): elsewhere only for a written reason, which is kept; a county allows none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fupin_desktop.domain.vocabulary import EntryKind, FundKind, Severity, TargetKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.scheme.file import scheme_from_dict, scheme_to_dict
from fupin_desktop.policy.strictness import SCHEME_PLAN
from fupin_desktop.services import funds, home
from fupin_desktop.services.funds import FundTarget, LedgerFilter, imports
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import entities
from tests import strict_county
from tests.services.funds.office import DONATION, PLAN, D, add, keep_scheme, on, rows, village
from tests.services.funds.office import told as moneys_of
from tests.services.funds.test_import import entries_book, told

BOUND = replace(DONATION, kind=FundKind.PER_HEAD_20000, original_plan="光伏电站")
REASON = "光伏已停，村民代表会议同意"
NOTED = f"原则上事项说明：{REASON}"


@pytest.fixture
def strict(bench: Workbench) -> Workbench:
    strict_county.govern(bench)
    return bench


def explained_scheme(bench: Workbench, reason: str = REASON, amount: str = "100") -> str:
    """A scheme that draws on the bound money, and says why."""
    key = keep_scheme(bench, replace(funds.as_source(BOUND), amount=D(amount)))
    with bench.write("tests.reason", "理由") as unit:
        record = unit.session.get(entities.AwardScheme, key)
        assert record is not None
        scheme = scheme_from_dict(record.body, "方案")
        record.body = scheme_to_dict(replace(scheme, reasons={SCHEME_PLAN: reason} if reason else {}))
    return key


def notes(bench: Workbench, kind: EntryKind = EntryKind.ALLOCATED) -> list[str]:
    return [one.note for one in rows(bench) if one.kind == kind.value]


@pytest.mark.parametrize("target", [PLAN, "village", FundTarget(TargetKind.SCHEME, "s" * 32, "光伏电站方案")])
def test_a_reason_lets_it_go_elsewhere_and_stays_in_the_ledger(bench: Workbench, target: FundTarget | str) -> None:
    key = add(bench, BOUND)
    to = village(bench) if target == "village" else target
    with pytest.raises(NotAllowed, match="已有原定用途") as caught:
        funds.allocate(bench, key, to, D(1), on(5), note="首批")
    assert "请写明原因" in caught.value.todo
    funds.allocate(bench, key, to, D(1), on(5), note="首批", reason=REASON)
    assert notes(bench) == [f"首批；{NOTED}"]
    if to is not PLAN and to.kind is TargetKind.VILLAGE:
        funds.pay(bench, key, to, D(1), on(6))
        assert moneys_of(bench, key)[-1] == 1


def test_where_a_county_says_must_no_reason_helps(strict: Workbench) -> None:
    key = add(strict, BOUND)
    with pytest.raises(NotAllowed, match="已有原定用途") as caught:
        funds.allocate(strict, key, PLAN, D(1), on(5), reason=REASON)
    assert "请写明原因" not in caught.value.todo
    funds.allocate(strict, key, FundTarget(TargetKind.PLAN, "g" * 32, "光伏电站维修"), D(1), on(5))
    with pytest.raises(NotAllowed, match="已有原定用途"):
        funds.allocate_scheme(strict, explained_scheme(strict), on(5))


def test_a_scheme_brings_its_own_reason(bench: Workbench) -> None:
    add(bench, BOUND)
    with pytest.raises(NotAllowed, match="已有原定用途"):
        funds.allocate_scheme(bench, explained_scheme(bench, ""), on(5))
    funds.allocate_scheme(bench, explained_scheme(bench), on(5))
    assert notes(bench) == [NOTED]


def test_the_ledger_and_the_first_page_ask_until_every_scheme_says_why(bench: Workbench) -> None:
    add(bench, BOUND)
    explained_scheme(bench)
    (settled,) = funds.check(bench, 2026)
    assert (settled.code, settled.severity, settled.reason) == ("fund.original_plan", Severity.PRINCIPLE, REASON)
    assert not settled.blocks
    assert not [one for one in home.overview(bench, bench.today).due if one.badge == "须说明"]
    explained_scheme(bench, "")
    (open_,) = funds.check(bench, 2026)
    assert open_.blocks
    assert [one.badge for one in home.overview(bench, bench.today).due if one.target.tab == "funds"] == ["须说明"]


def test_the_ledger_of_a_strict_county_takes_no_reason(strict: Workbench) -> None:
    add(strict, BOUND)
    explained_scheme(strict)
    (problem,) = funds.check(strict, 2026)
    assert (problem.severity, problem.reason, problem.clause) == (Severity.MUST, "", strict_county.CITED)
    assert [one.badge for one in home.overview(strict, strict.today).due if one.target.tab == "funds"] == ["须更正"]


def test_a_plan_written_down_later_needs_a_reason_for_what_is_allocated(bench: Workbench) -> None:
    key = add(bench, DONATION)
    funds.allocate(bench, key, PLAN, D(1), on(20))
    with pytest.raises(NotAllowed, match="不能改为原定用途") as caught:
        funds.update(bench, key, replace(DONATION, original_plan="光伏电站"))
    assert "请写明原因" in caught.value.todo
    funds.update(bench, key, replace(DONATION, original_plan="光伏电站"), reason=REASON)
    found = funds.balances(bench, 2026)[0]
    assert (found.original_plan, found.note) == ("光伏电站", NOTED)
    funds.update(bench, key, replace(DONATION, original_plan="光伏电站", donors="商会", note=found.note))
    assert funds.balances(bench, 2026)[0].donors == "商会"


def test_a_strict_county_lets_no_plan_be_written_over_an_allocation(strict: Workbench) -> None:
    key = add(strict, DONATION)
    funds.allocate(strict, key, PLAN, D(1), on(20))
    with pytest.raises(NotAllowed, match="不能改为原定用途"):
        funds.update(strict, key, replace(DONATION, original_plan="光伏电站"), reason=REASON)


def lines(note: str) -> list[tuple[object, ...]]:
    return [("2026-02-05", "", "2026年捐款", "", "安排", "使用计划", "水稻基地", "", "", 1, note),
            ("2026-02-06", "", "2026年捐款", "", "拨付", "使用计划", "水稻基地", "", "", 1, "")]  # fmt: skip


def test_a_file_says_why_in_its_notes(bench: Workbench, tmp_path: Path) -> None:
    key = add(bench, BOUND)
    silent = imports.read_ledger(bench, entries_book(tmp_path / "a.xlsx", *lines("")))
    assert silent.faults[0].cell == "G3"
    assert "请在摘要里写明原因" in silent.faults[0].todo
    found = imports.read_ledger(bench, entries_book(tmp_path / "b.xlsx", *lines(REASON)))
    assert found.faults == ()
    assert any("按摘要里写的原因安排" in one for one in told(found))
    imports.take(bench, found)
    assert moneys_of(bench, key)[-2:] == (1, 1)
    assert notes(bench) == [NOTED]
    again = imports.read_ledger(bench, entries_book(tmp_path / "c.xlsx", *lines(NOTED)))
    assert again.known == 2


def test_a_reason_told_before_is_not_told_twice(bench: Workbench, tmp_path: Path) -> None:
    add(bench, BOUND)
    found = imports.read_ledger(bench, entries_book(tmp_path / "a.xlsx", *lines(f"首批；{NOTED}")))
    imports.take(bench, found)
    assert notes(bench) == [f"首批；{NOTED}"]


def test_a_file_of_a_strict_county_says_why_in_vain(strict: Workbench, tmp_path: Path) -> None:
    add(strict, BOUND)
    found = imports.read_ledger(strict, entries_book(tmp_path / "a.xlsx", *lines(REASON)))
    assert found.faults[0].cell == "G3"
    assert funds.entries(strict, LedgerFilter(2026, kind=EntryKind.ALLOCATED)) == []
