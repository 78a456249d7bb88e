"""The ledger of fund sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fupin_desktop.domain.vocabulary import FundKind, Severity
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.scheme import AmountKind, AmountRule, AwardScheme, SchemeItem, Source
from fupin_desktop.policy.scheme.file import scheme_to_dict
from fupin_desktop.services import funds, history
from fupin_desktop.services.funds import FundForm
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import entities
from tests.services.register_office import Clock, make_office

DONATION = FundForm(FundKind.DONATION_630, "2026年捐款", Decimal("50000.50"), donors="市工商联", received_on=date(2026, 2, 1))
UNIT = FundForm(FundKind.ASSISTING_UNIT, "市财政局帮扶", Decimal("30000"), document_no="吴财农〔2026〕8号")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = make_office(tmp_path / "数据", Clock())
    yield made
    made.close()


def keep_scheme(bench: Workbench, *sources: Source, awards: tuple[str, ...] = (), year: int = 2026) -> None:
    """A stored scheme with calculations of these sums, the last one the latest."""
    rule = AmountRule(AmountKind.RATE, rate=Decimal(300))
    scheme = AwardScheme("方案", "低岭村", year, (SchemeItem("水稻", "亩", rule, other=True),), sources=sources)
    with bench.write("tests.scheme", "方案") as unit:
        body = scheme_to_dict(scheme)
        (key,) = unit.insert_many(entities.AwardScheme, [{"place": "低岭村", "year": year, "name": "方案", "body": body}])
        for award in awards:
            fen = int(Decimal(award) * 100)
            run = {"scheme_key": key, "year": year, "at": bench.clock(), "award_fen": fen, "scheme": body}
            unit.insert_many(entities.AwardRun, [run])


def drawn(bench: Workbench) -> list[tuple[str, Decimal, Decimal]]:
    return [(one.name, one.planned, one.awarded) for one in funds.balances(bench, 2026)]


def test_a_source_is_kept_exact_and_for_its_year(bench: Workbench) -> None:
    funds.add(bench, DONATION)
    (found,) = funds.balances(bench, 2026)
    assert (found.kind, found.amount, found.donors, found.received_on) == (
        FundKind.DONATION_630, Decimal("50000.50"), "市工商联", date(2026, 2, 1),
    )  # fmt: skip
    assert funds.balances(bench, 2025) == []
    assert "资金" not in (history.can_undo(bench) or "")


@pytest.mark.parametrize("form", [replace(DONATION, name=" "), replace(DONATION, amount=Decimal("-0.01")), DONATION])
def test_a_nameless_negative_or_repeated_source_is_refused(bench: Workbench, form: FundForm) -> None:
    funds.add(bench, DONATION)
    with pytest.raises(NotAllowed):
        funds.add(bench, form)
    assert len(funds.balances(bench, 2026)) == 1


def test_editing_and_voiding(bench: Workbench) -> None:
    funds.add(bench, DONATION)
    funds.add(bench, UNIT)
    (first, second) = funds.balances(bench, 2026)
    funds.update(bench, first.key, replace(DONATION, amount=Decimal("60000")), reason="抄写错误")
    with pytest.raises(NotAllowed, match="已经登记"):
        funds.update(bench, second.key, DONATION)
    assert [one.amount for one in funds.balances(bench, 2026)] == [Decimal("60000.00"), Decimal("30000.00")]
    funds.void(bench, first.key, "重复登记")
    with pytest.raises(NotAllowed, match="已作废"):
        funds.update(bench, first.key, DONATION)
    assert [one.name for one in funds.balances(bench, 2026)] == ["市财政局帮扶"]


def test_the_latest_calculation_uses_the_sources_in_their_listed_order(bench: Workbench) -> None:
    funds.add(bench, DONATION)
    funds.add(bench, UNIT)
    first = replace(funds.as_source(UNIT), amount=Decimal(20000))
    second = replace(funds.as_source(DONATION), amount=Decimal(10000))
    keep_scheme(bench, first, second, awards=("99999", "20000.01"))
    assert drawn(bench) == [
        ("2026年捐款", Decimal("10000.00"), Decimal("0.01")),
        ("市财政局帮扶", Decimal("20000.00"), Decimal("20000.00")),
    ]


def test_sources_are_known_by_document_then_name_then_as_the_only_one_of_their_kind(bench: Workbench) -> None:
    funds.add(bench, UNIT)
    keep_scheme(bench, Source(UNIT.kind, Decimal(1), document=UNIT.document_no), awards=("1",))
    keep_scheme(bench, Source(UNIT.kind, Decimal(2), name=UNIT.name), awards=("2",))
    keep_scheme(bench, Source(UNIT.kind, Decimal(4)), awards=("4",))
    keep_scheme(bench, Source(UNIT.kind, Decimal(8), name="别的钱"), awards=("8",))
    keep_scheme(bench, Source(FundKind.OTHER, Decimal(16), name=UNIT.name), awards=("16",))
    keep_scheme(bench, Source(UNIT.kind, Decimal(32)), awards=("32",), year=2025)
    assert drawn(bench) == [("市财政局帮扶", Decimal("7.00"), Decimal("7.00"))]
    funds.add(bench, replace(UNIT, name="第二笔", document_no=""))
    assert drawn(bench)[0][1] == Decimal("3.00")


def test_overdrawn_and_bound_money_is_a_must(bench: Workbench) -> None:
    funds.add(bench, DONATION)
    bound = replace(UNIT, kind=FundKind.PER_HEAD_20000, original_plan="入股水电站")
    funds.add(bench, bound)
    keep_scheme(bench, replace(funds.as_source(DONATION), amount=Decimal("50000.50")))
    assert funds.check(bench, 2026) == []
    keep_scheme(bench, replace(funds.as_source(DONATION), amount=Decimal("0.01")), funds.as_source(bound))
    problems = funds.check(bench, 2026)
    assert [(one.code, one.severity, one.clause) for one in problems] == [
        ("fund.overdrawn", Severity.MUST, "吴川 三(一)4"),
        ("fund.original_plan", Severity.MUST, "吴川 三(二)2"),
    ]
    assert "50,000.51" in problems[0].sentence
    assert "入股水电站" in problems[1].sentence
