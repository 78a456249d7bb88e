"""The filing of a list whose result is given: what it holds, its number, who receives it and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fupin_desktop.domain.vocabulary import FilingState, MaterialKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import history, schemes
from fupin_desktop.services.notices import filings, posting, rounds
from fupin_desktop.services.notices.rounds import RoundState
from fupin_desktop.services.schemes import SchemeState
from fupin_desktop.services.workbench import Workbench
from tests.services.award_office import REGISTER, conclude, file_scheme, make_bench, put_register
from tests.services.notices.posted_list import at, post, subject


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = make_bench(tmp_path / "data")
    put_register(made, REGISTER)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"number": ""}, "还没有填写备案号"),
        ({"filed_on": date(2026, 3, 11)}, r"报送日期应在公示期满\(2026年3月11日\)以后"),
        ({"filed_on": date(2026, 3, 13)}, "在今天以后"),
        ({"materials": {MaterialKind.SCHEME: 1}}, "备案材料还缺：会议纪要、公示名单、测算表、公示结果说明"),
    ],
)
def test_a_filing_is_whole(bench: Workbench, change: dict[str, Any], told: str) -> None:
    key, notice = post(bench)
    at(bench, 12)
    conclude(bench, notice)
    with pytest.raises(NotAllowed, match=told):
        filings.hand_in(bench, subject(key), replace(filings.proposed(bench, subject(key)), **change))


def test_a_filing_is_received_or_returned_and_handed_in_again(bench: Workbench) -> None:
    key, notice = post(bench)
    at(bench, 12)
    conclude(bench, notice)
    form = filings.proposed(bench, subject(key))
    assert (form.number, form.unit) == ("塘㙍镇备〔2026〕1号", "低岭村村民委员会")
    first = filings.hand_in(bench, subject(key), form).keys[0]
    with pytest.raises(NotAllowed, match="已经报送，等待接收"):
        filings.hand_in(bench, subject(key), form)
    with pytest.raises(NotAllowed, match="还没有写退回的原因"):
        filings.give_back(bench, first, "王主任", bench.today, "")
    filings.give_back(bench, first, "王主任", bench.today, "缺签到表")
    assert schemes.all(bench, 2026)[0].state is SchemeState.PUBLISHED
    with pytest.raises(NotAllowed, match="已经用过"):
        filings.hand_in(bench, subject(key), form)
    again = filings.hand_in(bench, subject(key), filings.proposed(bench, subject(key))).keys[0]
    with pytest.raises(NotAllowed, match="还没有填写接收人"):
        filings.receive(bench, again, " ", bench.today)
    filings.receive(bench, again, "王主任", bench.today)
    assert schemes.all(bench, 2026)[0].state is SchemeState.FILED
    lines = filings.register(bench, 2026)
    assert [(line.form.number, line.state) for line in lines] == [
        ("塘㙍镇备〔2026〕1号", FilingState.RETURNED), ("塘㙍镇备〔2026〕2号", FilingState.FILED),
    ]  # fmt: skip
    assert lines[1].materials_told == "方案1份、会议纪要1份、公示名单1份、测算表1份、公示结果说明1份"
    with pytest.raises(NotAllowed, match="已经备案，公示不能撤回"):
        posting.withdraw(bench, notice)
    assert rounds.rounds(bench, 2026)[0].state is RoundState.DONE


@pytest.mark.parametrize(
    ("number", "after"),
    [
        ("塘㙍镇备〔2026〕9号", "塘㙍镇备〔2026〕10号"), ("塘㙍镇备〔2026〕 3 号", "塘㙍镇备〔2026〕4号"),
        ("塘㙍镇备〔2025〕9号", "塘㙍镇备〔2026〕1号"), ("旧册第9页", "塘㙍镇备〔2026〕1号"),
    ],
)  # fmt: skip
def test_numbers_of_filings_go_on_within_their_year(bench: Workbench, number: str, after: str) -> None:
    key, notice = post(bench)
    at(bench, 12)
    conclude(bench, notice)
    filings.hand_in(bench, subject(key), replace(filings.proposed(bench, subject(key)), number=number))
    assert filings.proposed(bench, subject(key)).number == after


@pytest.mark.parametrize(("day", "good"), [(12, False), (13, True), (14, True), (15, False)])
def test_a_filing_is_received_between_the_day_it_was_handed_in_and_today(bench: Workbench, day: int, good: bool) -> None:
    key, notice = post(bench)
    at(bench, 13)
    conclude(bench, notice)
    filing = filings.hand_in(bench, subject(key), filings.proposed(bench, subject(key))).keys[0]
    at(bench, 14)
    for act in (filings.receive, filings.give_back):
        if good:
            act(bench, filing, "王主任", date(2026, 3, day), "同意")
            assert filings.register(bench, 2026)[0].received_on == date(2026, 3, day)
        else:
            with pytest.raises(NotAllowed, match="接收日期应在报送日期以后、今天以前"):
                act(bench, filing, "王主任", date(2026, 3, day), "同意")


def test_filing_can_be_undone_as_a_whole(bench: Workbench) -> None:
    key, _ = post(bench)
    at(bench, 12)
    file_scheme(bench, key)
    history.undo(bench)
    assert schemes.all(bench, 2026)[0].state is SchemeState.PUBLISHED
    assert filings.register(bench, 2026)[0].state is FilingState.HANDED_IN
