"""From the notice to the filing: objections, corrections, results, and what is refused before its time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fupin_desktop.domain.masking import find_leaks
from fupin_desktop.domain.vocabulary import ObjectionResult, ObjectionWay
from fupin_desktop.errors import NotAllowed
from fupin_desktop.paths import resources
from fupin_desktop.services import award_notices, awards, history, registers, schemes
from fupin_desktop.services.notices import boards, filings, kinds, objections, posting, reading, rounds
from fupin_desktop.services.notices.objections import ObjectionForm
from fupin_desktop.services.notices.rounds import RoundState
from fupin_desktop.services.publicity import gates
from fupin_desktop.services.publicity.gates import Step
from fupin_desktop.services.schemes import SchemeState
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Notice
from tests.services.award_office import REGISTER, conclude, make_bench, put_register, scheme
from tests.services.notices.posted_list import at, post, subject

D = Decimal
SAID = ObjectionForm(
    received_on=date(2026, 3, 5), way=ObjectionWay.CALL, named=True, name="陈阿婆", phone="13800138000",
    row_name="一组 李亚保", content="面积多报了", received_by="李文静",
)  # fmt: skip
LOOKED_INTO = replace(SAID, investigation="到田头丈量", investigator="王主任", handling="按原公示执行")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = make_bench(tmp_path / "data")
    put_register(made, REGISTER)
    yield made
    made.close()


def steps(bench: Workbench, key: str) -> list[Step]:
    with bench.read() as session:
        return [line.step for line in gates.standing(session, subject(key), bench.today).steps if line.done]


def words(paper: Any) -> str:
    return "".join(run.text for page in paper.filled().pages for run in page.texts)


# ---- objections ----
@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"content": ""}, "还没有填写反映内容"),
        ({"received_on": None, "received_by": ""}, "还没有填写收到日期、受理人"),
        ({"name": ""}, "实名反映的要填写反映人"),
        ({"received_on": date(2026, 3, 1)}, "早于公示张贴的2026年3月2日"),
        ({"received_on": date(2026, 3, 6)}, "在今天以后"),
        ({"result": ObjectionResult.UPHELD}, "要写明调查情况和调查人"),
        ({"answered_on": date(2026, 3, 5)}, "要有调查结论和处理结果"),
        ({"corrects": True}, "应是“成立”或“部分成立”"),
    ],
)
def test_an_objection_is_kept_whole_or_not_at_all(bench: Workbench, change: dict[str, Any], told: str) -> None:
    _, notice = post(bench)
    at(bench, 5)
    with pytest.raises(NotAllowed, match=told):
        objections.add(bench, notice, replace(SAID, **change))
    assert objections.register(bench, 2026) == ()


def test_an_open_objection_stops_everything_until_it_is_answered(bench: Workbench) -> None:
    key, notice = post(bench)
    at(bench, 5)
    said = objections.add(bench, notice, SAID).keys[0]
    (one,) = rounds.rounds(bench, 2026)
    assert (one.state, one.open_objections) == (RoundState.OBJECTED, 1)
    at(bench, 12)
    with pytest.raises(NotAllowed, match=r"不能出具公示结果：有 1 件异议没有办结。\(吴川 三\(二\)4\)"):
        conclude(bench, notice)
    with pytest.raises(NotAllowed, match="有 1 件异议没有办结"):
        filings.hand_in(bench, subject(key), filings.proposed(bench, subject(key)))
    answered = replace(LOOKED_INTO, result=ObjectionResult.REJECTED, answered_on=date(2026, 3, 12))
    objections.change(bench, said, answered)
    assert steps(bench, key) == [Step.POSTED, Step.ENDED, Step.SETTLED]
    text = words(posting.posted_paper(bench, conclude(bench, notice)))
    assert "共收到异议1件（来电1件）" in text
    assert "异议1件，已办结（不成立1件）" in text
    assert "陈阿婆" not in text
    assert not find_leaks(text)
    with pytest.raises(NotAllowed, match="已经答复，不能删除"):
        objections.remove(bench, said)


def test_an_objection_registered_in_error_is_taken_out_and_comes_back(bench: Workbench) -> None:
    key, notice = post(bench)
    at(bench, 12)
    said = objections.add(bench, notice, SAID).keys[0]
    objections.remove(bench, said)
    assert Step.SETTLED in steps(bench, key)
    history.undo(bench)
    assert Step.SETTLED not in steps(bench, key)


def test_the_rows_of_a_list_can_be_objected_to(bench: Workbench) -> None:
    _, notice = post(bench)
    assert [row.name.split("（")[0] for row in objections.rows_of(bench, notice)] == ["一组 李亚保", "一组 陈华", "一组 陈华"]


def test_no_objection_is_told_by_the_register_alone(bench: Workbench) -> None:
    key, notice = post(bench)

    def said() -> str:
        with bench.read() as session:
            row = session.get_one(Notice, notice)
            return reading.told(session, row, bench.today)["notice_objections"]

    at(bench, 11)
    assert said() == ""
    at(bench, 12)
    assert said() == "无异议"
    one = objections.add(bench, notice, SAID).keys[0]
    assert said() == ""
    answered = replace(LOOKED_INTO, result=ObjectionResult.REJECTED, answered_on=date(2026, 3, 12))
    objections.change(bench, one, answered)
    assert said() == "异议 1 件，已办结"
    assert "公示无异议" not in words(posting.posted_paper(bench, conclude(bench, notice)))
    assert steps(bench, key)[-1] is Step.RESULT


# ---- corrections ----
def test_an_upheld_objection_leads_to_a_corrected_notice_of_the_changed_rows(bench: Workbench) -> None:
    key, notice = post(bench)
    at(bench, 5)
    said = objections.add(bench, notice, SAID).keys[0]
    upheld = replace(
        LOOKED_INTO, result=ObjectionResult.UPHELD, handling="按实测面积", answered_on=date(2026, 3, 5), corrects=True
    )
    objections.change(bench, said, upheld)
    settings = posting.default_settings(bench, kinds.of("correction"), notice)
    hung = boards.boards(bench, notice)
    assert settings.board == "、".join(board.place for board in hung) != ""
    with pytest.raises(NotAllowed, match="没有保存过新的测算"):
        posting.prepare(bench, "correction", notice, settings)
    (item, *_) = registers.all_keys(bench, registers.Query(registers.registry.of("farm_items"), 2026))
    registers.set_cells(bench, registers.registry.of("farm_items"), [registers.CellEdit(item, "declared", "11")])
    awards.recalculate(bench, key)
    draft = posting.prepare(bench, "correction", notice, settings)
    ((row),) = draft.notice.facts["rows"]
    assert (row["head_shown"], row["before"], row["after"]) == ("李亚保", D("4000.00"), D("3520.00"))
    said_of_it = words(posting.draft_paper(bench, "correction", draft.notice))
    assert "元更正为" in said_of_it
    assert "合计不变" not in said_of_it
    facts = {**draft.notice.facts, "total_moved": "", "total_kept": "是"}
    same = words(posting.draft_paper(bench, "correction", replace(draft.notice, facts=facts)))
    assert "名单的奖补资金合计不变，仍为" in same
    assert "元更正为" not in same
    corrected = posting.publish(bench, "correction", notice, settings).keys[0]
    assert objections.load(bench, said).corrected_key == corrected
    at(bench, 12)
    assert Step.SETTLED in steps(bench, key)
    with pytest.raises(NotAllowed, match="公示期到2026年3月14日才满"):
        conclude(bench, notice)
    at(bench, 15)
    text = words(posting.posted_paper(bench, conclude(bench, corrected)))
    assert "已于2026年3月5日更正并重新公示期满" in text
    assert award_notices.all(bench, 2026)[0].run_key == awards.posted_run(bench, key).key  # type: ignore[union-attr]
    file_it = filings.proposed(bench, subject(key))
    filings.receive(bench, filings.hand_in(bench, subject(key), file_it).keys[0], "王主任", bench.today)
    assert schemes.all(bench, 2026)[0].state is SchemeState.FILED


def test_a_withdrawn_correction_leaves_its_objection_open(bench: Workbench) -> None:
    key, notice = post(bench)
    at(bench, 5)
    upheld = replace(LOOKED_INTO, result=ObjectionResult.UPHELD, answered_on=date(2026, 3, 5), corrects=True)
    said = objections.add(bench, notice, upheld).keys[0]
    (item, *_) = registers.all_keys(bench, registers.Query(registers.registry.of("farm_items"), 2026))
    registers.set_cells(bench, registers.registry.of("farm_items"), [registers.CellEdit(item, "declared", "11")])
    awards.recalculate(bench, key)
    settings = posting.default_settings(bench, kinds.of("correction"))
    corrected = posting.publish(bench, "correction", notice, settings).keys[0]
    with pytest.raises(NotAllowed, match="不能改成不需要更正"):
        objections.change(bench, said, replace(upheld, corrects=False))
    posting.withdraw(bench, corrected, "又有变动")
    assert not objections.load(bench, said).settled


def test_what_is_filed_is_given_back_before_it_is_corrected_and_filed_again(bench: Workbench) -> None:
    key, notice = post(bench)
    at(bench, 12)
    conclude(bench, notice)
    first = filings.hand_in(bench, subject(key), filings.proposed(bench, subject(key))).keys[0]
    filings.receive(bench, first, "王主任", bench.today)
    (item, *_) = registers.all_keys(bench, registers.Query(registers.registry.of("farm_items"), 2026))
    registers.set_cells(bench, registers.registry.of("farm_items"), [registers.CellEdit(item, "declared", "11")])
    assert awards.recalculate(bench, key).message.endswith("已公示的名单没有变；有不同的，点“更正名单…”。")
    settings = posting.default_settings(bench, kinds.of("correction"), notice)
    assert not posting.prepare(bench, "correction", notice, settings).may_be_posted
    with pytest.raises(NotAllowed, match="这份名单已经报备案。请先在“公示备案”点“备案退回…”"):
        posting.publish(bench, "correction", notice, settings)
    filings.give_back(bench, first, "王主任", bench.today, "名单更正")
    corrected = posting.publish(bench, "correction", notice, settings).keys[0]
    assert Step.RESULT not in steps(bench, key)
    at(bench, 25)
    conclude(bench, corrected)
    again = filings.hand_in(bench, subject(key), filings.proposed(bench, subject(key))).keys[0]
    filings.receive(bench, again, "王主任", bench.today)
    assert steps(bench, key) == list(Step)


# ---- results and filing ----
def test_a_result_is_given_once_and_after_the_period(bench: Workbench) -> None:
    _, notice = post(bench)
    at(bench, 11)
    with pytest.raises(NotAllowed, match="公示期到2026年3月11日才满"):
        conclude(bench, notice)
    at(bench, 12)
    text = words(posting.posted_paper(bench, conclude(bench, notice)))
    assert "没有收到单位或个人的异议" in text
    with pytest.raises(NotAllowed, match="已经出具过"):
        conclude(bench, notice)


@pytest.mark.parametrize("ahead", [9, 200])
def test_a_result_dated_ahead_does_not_end_the_period(bench: Workbench, ahead: int) -> None:
    _, notice = post(bench)
    dated = posting.default_settings(bench, kinds.of("result"))
    with pytest.raises(NotAllowed, match="公示期到2026年3月11日才满"):
        posting.publish(bench, "result", notice, replace(dated, posted_on=bench.today + timedelta(days=ahead)))


def test_an_objection_that_comes_late_is_told_to_go_to_the_notice_not_to_its_result(bench: Workbench) -> None:
    key, notice = post(bench)
    at(bench, 12)
    result = conclude(bench, notice)
    late = replace(SAID, received_on=bench.today)
    with pytest.raises(NotAllowed, match="公示结果不接收异议"):
        objections.add(bench, result, late)
    objections.add(bench, notice, late)
    assert Step.SETTLED not in steps(bench, key)
    with pytest.raises(NotAllowed, match="有 1 件异议没有办结"):
        filings.hand_in(bench, subject(key), filings.proposed(bench, subject(key)))


def test_a_result_that_does_not_tell_an_objection_of_the_period_is_withdrawn_and_made_anew(bench: Workbench) -> None:
    key, notice = post(bench)
    at(bench, 12)
    result = conclude(bench, notice)
    change = objections.add(bench, notice, SAID)
    assert "办结以后请撤回公示结果，重新出具" in change.message
    answered = replace(LOOKED_INTO, result=ObjectionResult.REJECTED, answered_on=bench.today)
    objections.change(bench, change.keys[0], answered)
    assert Step.RESULT not in steps(bench, key)
    (one,) = rounds.rounds(bench, 2026)
    assert (one.outdated, one.next.told if one.next else "") == (
        True, "公示结果出具以后又登记了公示期内收到的异议：要撤回这份结果，重新出具。",
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="公示结果出具以后"):
        filings.hand_in(bench, subject(key), filings.proposed(bench, subject(key)))
    with pytest.raises(NotAllowed) as refused:
        conclude(bench, notice)
    assert "请先撤回原来的公示结果" in refused.value.todo
    posting.withdraw(bench, result, "漏写异议")
    again = words(posting.posted_paper(bench, conclude(bench, notice)))
    assert "公示期内共收到异议1件（来电1件），均已调查核实并答复" in again
    assert Step.RESULT in steps(bench, key)
    with pytest.raises(NotAllowed, match="公示结果已经写明"):
        objections.change(bench, change.keys[0], replace(answered, result=ObjectionResult.PARTLY))
    objections.change(bench, change.keys[0], replace(answered, note="已存档"))
    assert objections.load(bench, change.keys[0]).form.note == "已存档"


def test_a_result_stays_true_where_an_objection_comes_after_the_period(bench: Workbench) -> None:
    key, notice = post(bench)
    at(bench, 12)
    conclude(bench, notice)
    at(bench, 13)
    change = objections.add(bench, notice, replace(SAID, received_on=bench.today))
    assert "结果不用改" in change.message
    assert Step.SETTLED not in steps(bench, key)
    objections.change(bench, change.keys[0], replace(
        LOOKED_INTO, received_on=bench.today, result=ObjectionResult.REJECTED, answered_on=bench.today,
    ))  # fmt: skip
    assert steps(bench, key)[-2:] == [Step.SETTLED, Step.RESULT]


def test_a_result_tells_objections_after_the_period_apart(bench: Workbench) -> None:
    _, notice = post(bench)
    at(bench, 13)
    late = replace(LOOKED_INTO, received_on=bench.today, result=ObjectionResult.REJECTED, answered_on=bench.today)
    objections.add(bench, notice, late)
    text = words(posting.posted_paper(bench, conclude(bench, notice)))
    assert "公示期内没有收到单位或个人的异议，期满以后收到异议1件（来电1件），均已调查核实并答复" in text


def test_a_withdrawn_notice_has_no_correction_no_result_and_no_objection(bench: Workbench) -> None:
    _, notice = post(bench)
    posting.withdraw(bench, notice, "名单有误")
    at(bench, 12)
    with pytest.raises(NotAllowed, match="已经撤回，不能更正"):
        posting.prepare(bench, "correction", notice, posting.default_settings(bench, kinds.of("correction")))
    with pytest.raises(NotAllowed, match="还没有张贴公示"):
        conclude(bench, notice)
    with pytest.raises(NotAllowed, match="已经撤回，不能登记异议"):
        objections.add(bench, notice, SAID)
    with pytest.raises(NotAllowed, match="不在公示中，不能撤回"):
        posting.withdraw(bench, notice)


# ---- what can be published ----
def test_rounds_tell_what_comes_next(bench: Workbench) -> None:
    draft = schemes.save(bench, None, scheme(name="草案", decision=replace(scheme().decision, meeting=""))).keys[0]
    key, _ = post(bench)
    found = {(one.kind, one.subject.key): one for one in rounds.rounds(bench, 2026)}
    assert found["awards", draft].state is RoundState.NOT_YET
    assert "议定手续" in found["awards", draft].lacks
    assert (found["awards", key].state, found["awards", key].days_left) == (RoundState.POSTED, 9)
    assert ("scheme", key) not in found, "the scheme of posted awards is not offered any more"


def test_a_scheme_is_published_before_its_awards(bench: Workbench) -> None:
    key = schemes.save(bench, None, scheme()).keys[0]
    settings = posting.default_settings(bench, kinds.of("scheme"))
    notice = posting.publish(bench, "scheme", key, settings).keys[0]
    text = words(posting.posted_paper(bench, notice))
    for part in ("共同研究", "水稻", "320", "98,000.00元", "12317", "根据《吴川市推进产业扶贫实施方案》"):
        assert part in text.replace(" ", ""), part
    with pytest.raises(NotAllowed, match="已经公示过了"):
        posting.publish(bench, "scheme", key, settings)
    assert schemes.all(bench, 2026)[0].state is SchemeState.DECIDED
    posting.withdraw(bench, notice, "方案有改动")
    posting.publish(bench, "scheme", key, settings)


def test_the_hotline_is_missed_only_where_a_form_has_lost_it(bench: Workbench) -> None:
    key = schemes.save(bench, None, scheme()).keys[0]

    def missed() -> bool:
        draft = posting.prepare(bench, "scheme", key, posting.default_settings(bench))
        return any(problem.code == "notice.hotline" for problem in draft.problems)

    assert not missed()
    own = bench.data_folder / "forms" / "notice_scheme" / "form.toml"
    own.parent.mkdir(parents=True)
    built_in = (resources().parent / "forms" / "notice_scheme" / "form.toml").read_text(encoding="utf-8")
    own.write_text(built_in.replace("12317", "另行公布"), encoding="utf-8")
    assert missed()
