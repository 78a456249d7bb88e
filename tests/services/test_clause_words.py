"""A clause of another county's document is told apart from one that holds where the office is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import offices
from tests.services.award_office import make_bench

EVERYWHERE = ("公告公示指导意见 四", "扶贫监督举报电话", "方案第1项", "吴川 三(二)7, 清远 二7", "")


@pytest.mark.parametrize(("county", "own", "foreign"), [
    ("吴川市", "吴川 三(二)4", "清远 二9"), ("清城区", "清远 二9", "吴川 三(二)4"), ("别的县", "清远 二9", ""),
])
def test_only_what_another_county_asks_for_is_a_model(tmp_path: Path, county: str, own: str, foreign: str) -> None:
    bench = make_bench(tmp_path / "data")
    offices.save(bench, replace(offices.office(bench), county=county, county_code=""))
    for clause in (own, *EVERYWHERE):
        assert offices.clause_words(bench, clause) == clause
    told = NotAllowed(f"名单还没有公示({own})。", todo="请张贴。")
    offices.say_clauses(bench, told)
    assert told.happened == f"名单还没有公示({own})。"
    if foreign:
        for before, after in (("{0})，", "参照 {0})，"), ("参照 {0}，", "参照 {0}，"), (f"{{0}}, {own}", f"{{0}}, {own}")):
            assert offices.as_read(bench, before.format(foreign)) == after.format(foreign)
        assert offices.clause_words(bench, foreign) == f"参照 {foreign}"
    bench.close()
