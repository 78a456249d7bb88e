"""The way of an application, box by box, and what may not happen on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import documents, history, registers
from fupin_desktop.services.documents import Opinion
from fupin_desktop.services.registers import FARM_ITEMS, CellEdit
from fupin_desktop.services.workbench import Workbench
from tests.services.documents import office
from tests.services.documents.office import HOUSEHOLD, TARGETS, TOWN
from tests.services.register_office import find

DAY = date(2026, 3, 2)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made, _ = office.make(tmp_path)
    yield made
    made.close()


def state(bench: Workbench, key: str) -> ApplicationState:
    return documents.open_document(bench, key).line.state


def test_must_problems_keep_it_back(bench: Workbench) -> None:
    key = office.begin(bench, values={"industry": "水稻"})
    with pytest.raises(NotAllowed, match="必须改正.*必须填写"):
        documents.submit(bench, key)
    assert state(bench, key) is ApplicationState.DRAFT
    assert documents.open_document(bench, key).past == ()


def test_box_by_box_to_approval(bench: Workbench) -> None:
    key = office.begin(bench)
    change = documents.submit(bench, key)
    assert "等待“村（居）委会意见”" in change.message
    opened = documents.open_document(bench, key)
    assert not opened.editable
    assert opened.line.waiting_for == "村（居）委会意见"
    assert [step.state for step in opened.flow] == ["done", "done", "current", *["to come"] * 4]
    for box in office.boxes(bench, key):
        office.agree(bench, key, box)
    opened = documents.open_document(bench, key)
    assert opened.line.state is ApplicationState.APPROVED
    assert [step.state for step in opened.flow] == ["done"] * 7
    assert opened.data["opinion_county_office"] == {"agrees": True, "text": "", "name": "张三", "date": DAY}
    assert opened.flow[-1].text == "同意。"


def test_boxes_keep_their_order(bench: Workbench) -> None:
    key = office.begin(bench)
    with pytest.raises(NotAllowed, match="没有在办理"):
        office.agree(bench, key, "opinion_village")
    documents.submit(bench, key)
    with pytest.raises(NotAllowed, match="现在等的是“村（居）委会意见”"):
        office.agree(bench, key, "opinion_town_office")


@pytest.mark.parametrize(
    ("opinion", "told"),
    [
        (Opinion(agrees=True), "签字人"),
        (Opinion(agrees=False, name="张三"), "没有写原因"),
        (Opinion(agrees=False, name="张三", text="同意。"), "选的是不同意，意见里写着同意"),
        (Opinion(agrees=True, name="张三", text="暂 不同意"), "选的是同意，意见里写着不同意"),
        (Opinion(agrees=True, name="张三", dated=date(2026, 3, 1)), "早于填报的日期 2026-03-02"),
        (Opinion(agrees=True, name="张三", dated=date(2026, 3, 3)), "晚于今天"),
    ],
)
def test_an_opinion_must_be_whole(bench: Workbench, opinion: Opinion, told: str) -> None:
    key = office.begin(bench)
    documents.submit(bench, key)
    with pytest.raises(NotAllowed, match=told):
        documents.give_opinion(bench, key, "opinion_village", opinion)
    assert documents.open_document(bench, key).line.waiting_for == "村（居）委会意见"


def test_differing_views_are_no_refusal(bench: Workbench) -> None:
    key = office.begin(bench)
    documents.submit(bench, key)
    said = Opinion(agrees=True, name="张三", text="各户没有不同意见，同意。")
    documents.give_opinion(bench, key, "opinion_village", said)
    again = Opinion(agrees=False, name="张三", text="请村委会同意后再报。")
    documents.give_opinion(bench, key, "opinion_assisting", again)
    assert documents.open_document(bench, key).line.state is ApplicationState.RETURNED


def test_a_box_is_not_dated_before_the_one_before(bench: Workbench) -> None:
    key = office.begin(bench)
    documents.submit(bench, key)
    bench.clock.later(days=5)  # type: ignore[attr-defined]
    office.agree(bench, key, "opinion_village", date(2026, 3, 5))
    with pytest.raises(NotAllowed, match="早于“村（居）委会意见”的日期 2026-03-05"):
        office.agree(bench, key, "opinion_assisting", date(2026, 3, 4))
    office.agree(bench, key, "opinion_assisting", date(2026, 3, 5))


def test_disagreement_returns_it_and_stays_in_the_history(bench: Workbench) -> None:
    key = office.begin(bench)
    documents.submit(bench, key)
    office.agree(bench, key, "opinion_village")
    refusal = Opinion(agrees=False, text="投资概算偏高。", name="李四")
    documents.give_opinion(bench, key, "opinion_assisting", refusal)
    opened = documents.open_document(bench, key)
    assert opened.line.state is ApplicationState.RETURNED
    assert opened.editable
    assert opened.data.get("opinion_village") is None
    assert [(step.label, step.state) for step in opened.past] == [
        ("提交", "done"), ("村（居）委会意见", "done"), ("对口帮扶单位（驻村工作队）意见", "refused"),
    ]  # fmt: skip
    assert opened.past[-1].text == "投资概算偏高。"
    office.fill(bench, key, {"investment_special": "120000"})
    office.approve(bench, key)
    opened = documents.open_document(bench, key)
    assert opened.line.state is ApplicationState.APPROVED
    assert [step.round for step in opened.past] == [1, 1, 1]
    told = [line.after for line in documents.history(bench, key)]
    assert any("不同意 投资概算偏高。 李四" in line for line in told)


def test_it_is_sent_back_with_a_reason(bench: Workbench) -> None:
    key = office.begin(bench)
    with pytest.raises(NotAllowed, match="没有在办理"):
        documents.send_back(bench, key, "缺附件")
    documents.submit(bench, key)
    with pytest.raises(NotAllowed, match="原因"):
        documents.send_back(bench, key, " ")
    documents.send_back(bench, key, "缺附件", "王五")
    opened = documents.open_document(bench, key)
    assert opened.line.state is ApplicationState.RETURNED
    assert (opened.past[-1].text, opened.past[-1].who, opened.past[-1].state) == ("缺附件", "王五", "refused")


@pytest.mark.parametrize(
    ("dated", "told"),
    [
        (date(2026, 3, 1), "退回的日期 2026-03-01 早于填报的日期 2026-03-02"),
        (date(2026, 3, 3), "退回的日期 2026-03-03 晚于今天"),
    ],
)
def test_it_is_not_sent_back_on_a_day_that_cannot_be(bench: Workbench, dated: date, told: str) -> None:
    key = office.begin(bench)
    documents.submit(bench, key)
    with pytest.raises(NotAllowed, match=told):
        documents.send_back(bench, key, "面积不对", "李主任", dated)
    assert state(bench, key) is ApplicationState.SUBMITTED
    documents.send_back(bench, key, "面积不对", "李主任", DAY)
    assert state(bench, key) is ApplicationState.RETURNED


def test_it_is_withdrawn_edited_and_submitted_again(bench: Workbench) -> None:
    key = office.begin(bench)
    documents.submit(bench, key)
    with pytest.raises(NotAllowed, match="正在办理"):
        documents.set_values(bench, key, {"industry": "番薯"})
    documents.withdraw(bench, key)
    assert state(bench, key) is ApplicationState.WITHDRAWN
    office.fill(bench, key, {"industry": "番薯"})
    documents.submit(bench, key)
    assert state(bench, key) is ApplicationState.SUBMITTED
    with pytest.raises(NotAllowed, match="没有在办理"):
        documents.withdraw(bench, office.begin(bench, TOWN))


def test_what_is_signed_does_not_follow_the_register(bench: Workbench) -> None:
    key = office.begin(bench)
    documents.submit(bench, key)
    item = find(bench, "陈康", FARM_ITEMS).key
    registers.set_cells(bench, FARM_ITEMS, [CellEdit(item, "area", "5")])
    opened = documents.open_document(bench, key)
    assert str(opened.data["area_total"]) == "14.500"
    assert "提交后农户台账有变动" in office.codes(bench, key)["since"]
    documents.withdraw(bench, key)
    assert str(documents.open_document(bench, key).data["area_total"]) == "17.500"
    assert "since" not in office.codes(bench, key)


def test_edits_cannot_be_undone_behind_those_who_sign(bench: Workbench) -> None:
    key = office.begin(bench)
    edit = history.recent(bench)[0]
    documents.submit(bench, key)
    assert not history.recent(bench)[1].can_undo
    with pytest.raises(NotAllowed, match="不能撤销"):
        history.undo_one(bench, edit.key)
    office.agree(bench, key, "opinion_village")
    history.undo(bench)
    assert documents.open_document(bench, key).line.waiting_for == "村（居）委会意见"
    history.redo(bench)
    for box in office.boxes(bench, key)[1:]:
        office.agree(bench, key, box)
    before = documents.pdf_bytes(bench, key)
    while history.undo(bench):
        pass
    assert state(bench, key) is ApplicationState.APPROVED
    assert documents.pdf_bytes(bench, key) == before


def test_an_approved_application_is_corrected_and_not_given_up(bench: Workbench) -> None:
    key = office.begin(bench)
    office.approve(bench, key)
    with pytest.raises(NotAllowed, match="申报表不能作废"):
        documents.cancel(bench, key, "不办了")
    assert documents.open_document(bench, key).line.state is ApplicationState.APPROVED


def test_an_approved_one_is_corrected_beside_it(bench: Workbench) -> None:
    key = office.begin(bench)
    with pytest.raises(NotAllowed, match="不需要更正"):
        documents.correct(bench, key)
    office.approve(bench, key)
    with pytest.raises(NotAllowed, match="已经批准"):
        documents.set_values(bench, key, {"industry": "番薯"})
    assert documents.changed_paths(bench, key) == frozenset()
    new = documents.correct(bench, key).keys[0]
    with pytest.raises(NotAllowed, match="已有一份更正"):
        documents.correct(bench, key)
    office.fill(bench, new, {"industry": "番薯"})
    item = find(bench, "陈康", FARM_ITEMS).key
    registers.set_cells(bench, FARM_ITEMS, [CellEdit(item, "area", "3")])
    assert documents.changed_paths(bench, new) == {"industry", "area_scattered", "area_total", "households[1].area"}
    opened = documents.open_document(bench, new)
    assert [(one.version, one.state) for one in opened.versions] == [
        (1, ApplicationState.APPROVED), (2, ApplicationState.DRAFT),
    ]  # fmt: skip
    office.approve(bench, new)
    assert state(bench, key) is ApplicationState.REPLACED
    assert state(bench, new) is ApplicationState.APPROVED
    assert [one.key for one in documents.open_document(bench, key).versions] == [key, new]


def test_a_reason_lets_a_rule_in_principle_be_departed_from(bench: Workbench) -> None:
    key = office.begin(bench, TOWN, values={**office.TOWN_VALUES, "requested_funds": "3500000"})
    with pytest.raises(NotAllowed, match="没有说明原因.*100–300 万元"):
        documents.submit(bench, key)
    with pytest.raises(NotAllowed, match="不能用说明代替"):
        documents.give_reason(bench, key, "application.required", "不填")
    with pytest.raises(NotAllowed, match="已经符合"):
        documents.give_reason(bench, key, "application.entities", "没有主体")
    documents.give_reason(bench, key, "application.fund_range", "规模扩大到 5000 亩。")
    opened = documents.open_document(bench, key)
    assert "规模扩大到 5000 亩。" in opened.data["reasons"]
    assert "三（一）第4项" in opened.data["reasons"]
    (given,) = documents.audit_reasons(bench, 2026)
    assert (given.place, given.clause, given.reason) == ("塘㙍镇", "吴川 三(一)4", "规模扩大到 5000 亩。")
    office.approve(bench, key)
    assert "规模扩大到 5000 亩。" in documents.open_document(bench, key).data["reasons"]
    assert len(documents.audit_reasons(bench, 2026)) == 1


def test_a_reason_that_explains_nothing_any_more_goes(bench: Workbench) -> None:
    key = office.begin(bench, TOWN, values={**office.TOWN_VALUES, "requested_funds": "3500000"})
    documents.give_reason(bench, key, "application.fund_range", "规模扩大。")
    office.fill(bench, key, {"requested_funds": "3000000"})
    assert documents.open_document(bench, key).data["reasons"] is None
    documents.submit(bench, key)
    assert documents.audit_reasons(bench, 2026) == []
    documents.withdraw(bench, key)
    office.fill(bench, key, {"requested_funds": "3000000.01"})
    documents.give_reason(bench, key, "application.fund_range", "再次扩大。")
    documents.give_reason(bench, key, "application.fund_range", "")
    assert documents.audit_reasons(bench, 2026) == []


def test_a_household_s_helper_may_sign_before_the_acceptance(bench: Workbench) -> None:
    place = next(one for one in documents.places(bench, HOUSEHOLD) if "李亚保" in one.name)
    key = office.begin(bench, HOUSEHOLD, place.key, {"statement": "种植水稻12.5亩，申请奖补。"})
    bench.clock.later(days=100)  # type: ignore[attr-defined]
    office.fill(bench, key, {"accepted_on": "2026-6-1", "acceptance": "合格"})
    documents.submit(bench, key)
    office.agree(bench, key, "opinion_applicant", date(2026, 3, 2))
    office.agree(bench, key, "opinion_helper", date(2026, 3, 5))
    office.agree(bench, key, "opinion_team", date(2026, 3, 6))
    with pytest.raises(NotAllowed, match="早于验收的日期"):
        office.agree(bench, key, "opinion_acceptance", date(2026, 5, 31))
    office.agree(bench, key, "opinion_acceptance", date(2026, 6, 1))
    office.agree(bench, key, "opinion_village", date(2026, 6, 2))
    office.agree(bench, key, "opinion_town_office", date(2026, 6, 3))
    assert state(bench, key) is ApplicationState.APPROVED


def test_performance_targets_go_their_way(bench: Workbench) -> None:
    key = office.begin(bench, TARGETS, "水稻基地项目")
    office.approve(bench, key)
    assert state(bench, key) is ApplicationState.APPROVED


def test_nothing_is_half_done_where_a_character_cannot_be_printed(bench: Workbench) -> None:
    from fupin_desktop.errors import MissingGlyph

    key = office.begin(bench)
    office.fill(bench, key, {"brand": "\U0001f33e牌"})
    documents.submit(bench, key)
    *first, last = office.boxes(bench, key)
    for box in first:
        office.agree(bench, key, box)
    with pytest.raises(MissingGlyph):
        office.agree(bench, key, last)
    opened = documents.open_document(bench, key)
    assert opened.line.state is ApplicationState.SUBMITTED
    assert opened.line.waiting_for == "市扶贫办意见"
