"""Papers that are handed over carry a link of the log that stays the same, and that leads back to the operation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from fupin_desktop.documents.drawing.pdf import pdf_bytes
from fupin_desktop.services import awards, change_log, data_check, schemes, villages
from fupin_desktop.services.awards import Desk
from fupin_desktop.services.awards.subject import subject
from fupin_desktop.services.change_log import Wanted
from fupin_desktop.services.document_types.award_scheme import paper_of
from fupin_desktop.services.documents import computed
from fupin_desktop.services.documents.computed import Computed
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import chain
from fupin_desktop.storage.entities import AwardScheme
from tests.services.award_office import REGISTER, make_bench, put_register, scheme


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = make_bench(tmp_path / "data")
    put_register(made, REGISTER)
    yield made
    made.close()


def foot(paper: Computed) -> str:
    """The line at the foot, the same on every page."""
    found = {run.text for page in paper.filled().pages for run in page.texts if run.text.startswith("操作日志")}
    assert len(found) <= 1
    assert paper.pdf() == pdf_bytes(paper.filled())
    return next(iter(found), "")


def operation(bench: Workbench, line: str) -> str:
    """What the list of changes finds by the line, or by the code alone."""
    code = line.rpartition(" ")[2]
    found = change_log.find(bench, Wanted(text=code))
    spoilt = code.replace("-", "").lower()
    assert change_log.find(bench, Wanted(text=spoilt)) == change_log.find(bench, Wanted(text=line)) == found
    (told,) = change_log.rows(bench, found)
    assert data_check.code_agrees(bench, told.number, code)
    return told.title


def test_a_stored_calculation_prints_the_link_of_its_own_operation(bench: Workbench) -> None:
    key = schemes.save(bench, None, scheme()).keys[0]
    run = awards.load_run(bench, awards.recalculate(bench, key).keys[0])
    about = subject(bench, run.result, run.numbers, run)
    sheet, working = (computed.paper(bench, form, about) for form in ("award_sheet", "award_working"))
    line = foot(sheet)
    assert foot(working) == line
    assert "测算" in operation(bench, line)
    first = sheet.pdf(), sheet.xlsx(), working.pdf()
    assert first[0] == pdf_bytes(sheet.filled())  # as the printer draws it, of pages that are not packed
    villages.add(bench, villages.VillageForm("后来的村"))
    moment = bench.clock() + timedelta(days=40)
    bench.clock, bench.clerk = (lambda: moment), "后来的人"
    awards.recalculate(bench, key)
    again = computed.paper(bench, "award_sheet", subject(bench, run.result, run.numbers, run))
    assert (again.pdf(), again.xlsx(), working.pdf()) == first
    desk = Desk(bench, scheme())
    assert foot(computed.paper(bench, "award_sheet", subject(bench, desk.result, desk.numbers))) == ""


def test_a_scheme_prints_the_link_of_what_changed_its_text_last(bench: Workbench) -> None:
    what = scheme()
    key = schemes.save(bench, None, what).keys[0]
    line = foot(computed.paper(bench, "award_scheme", paper_of(bench, what, key)))
    with bench.store.write("schemes.state", "公示", "李", bench.clock()) as unit:
        unit.update_many(AwardScheme, [{"key": key, "state": "published"}])
    assert foot(computed.paper(bench, "award_scheme", paper_of(bench, what, key))) == line
    with bench.store.write("schemes.state", "撤回公示", "李", bench.clock()) as unit:
        unit.update_many(AwardScheme, [{"key": key, "state": "draft"}])
    changed = scheme(batch="第九批")
    schemes.save(bench, key, changed)
    later = foot(computed.paper(bench, "award_scheme", paper_of(bench, changed, key)))
    assert later != line
    assert {operation(bench, line), operation(bench, later)} == {"新建奖补方案 低岭村 2026", "修改奖补方案 低岭村 2026"}
    assert foot(computed.paper(bench, "award_scheme", paper_of(bench, changed))) == ""


def test_a_code_is_read_however_it_is_copied() -> None:
    for typed in ("ABCD-EFGH-JKLM-NPQR", "abcd efgh jklm npqr", "ＡＢＣＤEFGHJKLMNPQR", "操作日志第 6 号 校验码 ABCD-EFGH-JKLM-NPQR"):
        assert chain.beginning(typed) == "0123456789abcdef"
    for other in ("", "ABCD-EFGH-JKLM", "XBCD-EFGH-JKLM-NPQR", "ABCD-EFGH-JKLM-NPQRA", "登记 户", "OBCDEFGHJKLMNPQR"):
        assert chain.beginning(other) == ""
