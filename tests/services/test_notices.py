from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from fupin_desktop.domain.masking import find_leaks
from fupin_desktop.domain.vocabulary import FundKind, NoticeState
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.scheme import Decision, Source
from fupin_desktop.services import award_notices, awards, history, offices, registers, schemes
from fupin_desktop.services.registers import HOUSEHOLDS
from fupin_desktop.services.schemes import SchemeState
from tests.services.award_office import REGISTER, make_bench, put_register, scheme

D = Decimal


@pytest.fixture
def bench(tmp_path):
    made = make_bench(tmp_path / "data")
    put_register(made, REGISTER)
    yield made
    made.close()


def run_of(bench, **changes):
    key = schemes.save(bench, None, scheme(**changes)).keys[0]
    return key, awards.recalculate(bench, key).keys[0]


def codes(draft):
    return {problem.code for problem in draft.problems}


def test_default_settings_take_the_floor_and_the_board(bench):
    settings = award_notices.default_settings(bench)
    assert (settings.posted_on, settings.days) == (date(2026, 3, 2), 10)
    assert settings.board == "低岭村村委会公示栏"


def test_a_draft_has_the_period_and_the_contacts(bench):
    _, run = run_of(bench)
    draft = award_notices.prepare(bench, run, award_notices.default_settings(bench))
    assert draft.may_be_posted
    assert not draft.notice.draft
    assert (draft.notice.first, draft.notice.last, draft.notice.days) == (date(2026, 3, 2), date(2026, 3, 11), 10)
    assert [contact.unit for contact in draft.notice.contacts] == ["低岭村村民委员会", "塘㙍镇扶贫办", "吴川市扶贫办"]
    assert draft.notice.rows[1].tail != draft.notice.rows[2].tail


@pytest.mark.parametrize(
    ("changes", "last", "days", "working"),
    [
        ({"days": 5}, date(2026, 3, 6), 5, False),
        ({"days": 10, "start_counted": False}, date(2026, 3, 12), 10, False),
        ({"days": 7, "working": True}, date(2026, 3, 10), 7, True),
        ({"days": 6, "roll_to_working": True}, date(2026, 3, 9), 8, False),
    ],
)
def test_periods_follow_the_settings(bench, changes, last, days, working):
    _, run = run_of(bench)
    settings = replace(award_notices.default_settings(bench), **changes)
    notice = award_notices.prepare(bench, run, settings).notice
    assert (notice.last, notice.days, notice.working_days) == (last, days, working)


@pytest.mark.parametrize(("days", "short"), [(9, True), (10, False), (11, False)])
def test_less_than_the_floor_needs_a_reason(bench, days, short):
    _, run = run_of(bench)
    settings = replace(award_notices.default_settings(bench), days=days)
    draft = award_notices.prepare(bench, run, settings)
    assert (award_notices.SHORT in codes(draft)) is short
    assert draft.may_be_posted is not short
    assert draft.notice.draft is short
    assert award_notices.prepare(bench, run, replace(settings, reason="台风提前撤栏")).may_be_posted


def test_no_days_is_told(bench):
    _, run = run_of(bench)
    with pytest.raises(NotAllowed, match="公示期至少为1天"):
        award_notices.prepare(bench, run, replace(award_notices.default_settings(bench), days=0))


def test_posting_freezes_the_notice_and_moves_the_scheme_on(bench):
    key, run = run_of(bench)
    change = award_notices.publish(bench, run, award_notices.default_settings(bench))
    assert change.nouns == {"notices", "schemes"}
    posted = award_notices.load(bench, change.keys[0])
    assert posted == award_notices.prepare(bench, run, award_notices.default_settings(bench)).notice
    assert schemes.all(bench, 2026)[0].state is SchemeState.PUBLISHED
    offices.save(bench, replace(offices.office(bench), objection_village="1"))
    assert award_notices.load(bench, change.keys[0]) == posted
    (line,) = award_notices.all(bench, 2026)
    assert (line.scheme_key, line.state, line.days_left) == (key, NoticeState.POSTED, 9)


def test_nothing_full_is_kept_in_the_notice(bench):
    _, run = run_of(bench)
    key = award_notices.publish(bench, run, award_notices.default_settings(bench)).keys[0]
    assert not find_leaks(repr(award_notices.load(bench, key)))


@pytest.mark.parametrize(("day", "state"), [(11, NoticeState.POSTED), (12, NoticeState.ENDED)])
def test_the_last_day_still_counts(bench, day, state):
    _, run = run_of(bench)
    award_notices.publish(bench, run, award_notices.default_settings(bench))
    bench.clock.now = datetime(2026, 3, day, 8, 0)  # noqa: DTZ001
    assert award_notices.all(bench, 2026)[0].state is state


def test_a_broken_must_keeps_it_from_being_posted(bench):
    key, run = run_of(bench, decision=Decision(village="低岭村村民委员会"))
    draft = award_notices.prepare(bench, run, award_notices.default_settings(bench))
    assert "scheme.decision" in codes(draft)
    assert draft.notice.draft
    with pytest.raises(NotAllowed, match="还不能公示"):
        award_notices.publish(bench, run, award_notices.default_settings(bench))
    assert award_notices.all(bench, 2026) == ()
    assert schemes.all(bench, 2026)[0].key == key


def test_money_of_an_original_plan_keeps_it_from_being_posted(bench):
    _, run = run_of(bench, sources=(Source(FundKind.PER_HEAD_20000, D("98000.00")),))
    with pytest.raises(NotAllowed, match="三\\(二\\)2|人均2万"):
        award_notices.publish(bench, run, award_notices.default_settings(bench))


def test_only_the_latest_calculation_is_posted(bench):
    key, run = run_of(bench)
    bench.clock.now = datetime(2026, 3, 3, 8, 0)  # noqa: DTZ001
    awards.recalculate(bench, key)
    with pytest.raises(NotAllowed, match="不是最近一次测算"):
        award_notices.publish(bench, run, award_notices.default_settings(bench))


def test_a_scheme_is_posted_once(bench):
    _, run = run_of(bench)
    award_notices.publish(bench, run, award_notices.default_settings(bench))
    with pytest.raises(NotAllowed):
        award_notices.publish(bench, run, award_notices.default_settings(bench))
    assert len(award_notices.all(bench, 2026)) == 1


def test_withdrawing_frees_the_scheme(bench):
    key, run = run_of(bench)
    notice = award_notices.publish(bench, run, award_notices.default_settings(bench)).keys[0]
    award_notices.withdraw(bench, notice)
    assert award_notices.all(bench, 2026)[0].state is NoticeState.WITHDRAWN
    schemes.save(bench, key, scheme(pool=D(1)))
    with pytest.raises(NotAllowed, match="不能撤回"):
        award_notices.withdraw(bench, notice)


def test_posting_can_be_undone_as_a_whole(bench):
    _, run = run_of(bench)
    award_notices.publish(bench, run, award_notices.default_settings(bench))
    history.undo(bench)
    assert award_notices.all(bench, 2026) == ()
    assert schemes.all(bench, 2026)[0].state is SchemeState.DECIDED


def test_an_empty_list_is_not_posted(bench):
    keys = registers.all_keys(bench, registers.Query(HOUSEHOLDS, 2026))
    registers.remove(bench, HOUSEHOLDS, list(keys[:3]))
    _, run = run_of(bench)
    assert "notice.empty" in codes(award_notices.prepare(bench, run, award_notices.default_settings(bench)))


def test_missing_phones_are_told(bench):
    _, run = run_of(bench)
    bare = replace(offices.office(bench), objection_village="", objection_town="", objection_county="")
    offices.save(bench, bare)
    draft = award_notices.prepare(bench, run, award_notices.default_settings(bench))
    assert "notice.contacts" in codes(draft)
    assert draft.may_be_posted


def test_a_number_typed_into_the_text_is_stopped(bench):
    _, run = run_of(bench)
    settings = replace(award_notices.default_settings(bench), board="找440883196803120019")
    draft = award_notices.prepare(bench, run, settings)
    assert "notice.leak" in codes(draft)
    assert not draft.may_be_posted


def test_a_year_without_published_holidays_is_a_warning(bench):
    _, run = run_of(bench)
    settings = replace(award_notices.default_settings(bench), posted_on=date(2049, 3, 1), working=True)
    draft = award_notices.prepare(bench, run, settings)
    assert "notice.calendar" in codes(draft)
    assert draft.may_be_posted


def test_a_notice_that_is_gone_is_told(bench):
    with pytest.raises(NotAllowed, match="已经不在了"):
        award_notices.load(bench, "0" * 32)
