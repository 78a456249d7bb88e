from dataclasses import replace
from decimal import Decimal

import pytest

from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.errors import Cancelled, NotAllowed
from fupin_desktop.policy.awards.calculator import calculate
from fupin_desktop.policy.scheme import Source
from fupin_desktop.services import awards, history, registers, schemes
from fupin_desktop.services.awards import Desk, snapshot, stored_runs
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, CellEdit
from fupin_desktop.storage import entities
from tests.services.award_office import REGISTER, identity_number, make_bench, put_register, scheme

D = Decimal


@pytest.fixture
def bench(tmp_path):
    made = make_bench(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def keys(bench):
    return put_register(bench, REGISTER)


def test_the_register_becomes_applicants(bench, keys):
    first, second, third, last = awards.applicants(bench, "低岭村", 2026)
    assert [one.key for one in (first, second, third, last)] == keys
    assert (first.name, first.village, first.group, first.members) == ("李亚保", "低岭村", "一组", 3)
    assert first.entries[0].declared == D("12.500")
    assert first.entries[0].cost == D("4600.00")
    assert last.entries == ()


def test_a_town_is_all_its_villages_and_another_year_is_empty(bench, keys):
    put_register(bench, [("易日", "base", "1", "100")], village="那罗村")
    assert len(awards.applicants(bench, "塘㙍镇", 2026)) == 5
    assert len(awards.applicants(bench, "那罗村", 2026)) == 1
    assert awards.applicants(bench, "没有的村", 2026) == []
    assert all(one.participation is None and not one.entries for one in awards.applicants(bench, "低岭村", 2025))


def test_the_desk_computes_at_once(bench, keys):
    desk = Desk(bench, scheme())
    assert [award.award for award in desk.result.awards] == [D("4000.00"), D("2399.76"), D("560.00"), D(0)]
    assert desk.award(keys[2]).reason.startswith("按成本封顶")
    assert desk.award("nobody") is None
    assert desk.numbers[keys[0]] == identity_number(1)


def test_an_edit_of_one_household_gives_the_same_as_computing_anew(bench, keys):
    desk = Desk(bench, scheme())
    item = registers.window(bench, registers.Query(FARM_ITEMS, 2026), 0, 10)[0]
    outcome = registers.set_cells(bench, FARM_ITEMS, [CellEdit(item.key, "declared", "9.5")])
    assert outcome.change is not None
    desk.replace_household(item.parent)
    assert desk.award(item.parent).award == D("2280.00")
    assert desk.result == Desk(bench, scheme()).result


def test_a_household_that_came_or_went_is_taken_in(bench, keys):
    desk = Desk(bench, scheme())
    registers.remove(bench, HOUSEHOLDS, [keys[1]])
    desk.replace_household(keys[1])
    assert desk.result.totals.households == 3
    assert desk.award(keys[1]) is None


def test_what_is_typed_but_not_kept_can_be_computed(bench, keys):
    desk = Desk(bench, scheme())
    first = desk.applicants[0]
    desk.replace_applicants((first._replace(entries=(first.entries[0]._replace(declared=D("10.000")),)),))
    assert desk.award(keys[0]).award == D("3200.00")
    assert desk.reload().awards[0].award == D("4000.00")


def test_what_if_shows_both_sides_and_keeps_nothing(bench, keys):
    desk = Desk(bench, scheme())
    before = desk.result
    poorer = desk.compare(scheme(sources=(Source(FundKind.OTHER, D("3000.00")),)))
    assert desk.result is before
    assert (poorer.before, poorer.after, poorer.more, poorer.less) == (D("6959.76"), D("3000.00"), 0, 3)
    assert poorer.left_after == 0
    assert sum(row.difference for row in poorer.rows) == D("3000.00") - D("6959.76")
    assert [row.key for row in poorer.rows] == keys


def test_a_comparison_lists_households_of_either_side(bench, keys):
    one = Desk(bench, scheme()).result
    other = replace(one, awards=one.awards[1:])
    found = awards.compare(one, other)
    assert {row.key for row in found.rows} == set(keys)
    assert next(row for row in found.rows if row.key == keys[0]).difference == D("-4000.00")


def test_solving_uses_the_money_up_and_not_more(bench, keys):
    desk = Desk(bench, scheme(sources=(Source(FundKind.OTHER, D("5000.00")),)))
    found, result = desk.solve("水稻")
    assert result.totals.award <= D("5000.00")
    assert result.totals.scale is None
    assert result.totals.left < D("30.00")
    assert found != desk.scheme


def test_a_stored_run_comes_back_equal(bench, keys):
    key = schemes.save(bench, None, scheme()).keys[0]
    change = awards.recalculate(bench, key)
    stored = awards.latest_run(bench, key)
    assert change.keys == (stored.key,)
    assert change.nouns == {"awards"}
    assert stored.result == Desk(bench, scheme()).result
    assert stored.numbers == {one: identity_number(number) for number, one in enumerate(keys, 1)}
    assert (stored.who, stored.at) == ("李文静", bench.clock())


def test_a_stored_run_does_not_follow_the_register(bench, keys):
    key = schemes.save(bench, None, scheme()).keys[0]
    awards.recalculate(bench, key)
    before = awards.latest_run(bench, key)
    registers.remove(bench, HOUSEHOLDS, [keys[0]])
    schemes.save(bench, key, scheme(pool=D("1.00")))
    assert awards.latest_run(bench, key) == before
    awards.recalculate(bench, key)
    assert awards.latest_run(bench, key).result.totals.award == D("1.00")
    assert len(awards.runs(bench, key)) == 2
    assert awards.load_run(bench, before.key) == before


def test_storing_can_be_undone_and_redone(bench, keys):
    key = schemes.save(bench, None, scheme()).keys[0]
    awards.recalculate(bench, key)
    stored = awards.latest_run(bench, key)
    history.undo(bench)
    assert awards.latest_run(bench, key) is None
    history.redo(bench)
    assert awards.latest_run(bench, key) == stored


def test_policy_values_are_frozen_with_the_run(bench, keys):
    key = schemes.save(bench, None, scheme()).keys[0]
    run = awards.recalculate(bench, key).keys[0]
    with bench.read() as session:
        frozen = {one["key"]: one for one in session.get(entities.AwardRun, run).parameters}
    assert frozen["large_household_area"]["values"][-1]["value"] == 10
    assert frozen["large_household_area"]["values"][-1]["clause"] == "吴川 三(二)4"


def test_cancelling_stores_nothing(bench, keys):
    key = schemes.save(bench, None, scheme()).keys[0]

    def stop(_done, _total, _text):
        raise Cancelled

    with pytest.raises(Cancelled):
        awards.recalculate(bench, key, progress=stop)
    assert awards.runs(bench, key) == []


def test_a_place_without_households_is_told(bench):
    key = schemes.save(bench, None, scheme()).keys[0]
    with pytest.raises(NotAllowed, match="还没有登记农户"):
        awards.recalculate(bench, key)


def test_a_run_that_is_gone_is_told(bench):
    with pytest.raises(NotAllowed, match="已经不在了"):
        awards.load_run(bench, "0" * 32)


def test_latest_runs_are_one_for_each_scheme(bench, keys):
    first = schemes.save(bench, None, scheme()).keys[0]
    second = schemes.save(bench, None, scheme(batch="第二批", pool=D("10.00"))).keys[0]
    for key in (first, first, second):
        awards.recalculate(bench, key)
    with bench.read() as session:
        found = stored_runs.latest_runs(session, 2026)
        assert {run.scheme_key: run.award_fen for run in found} == {first: 695976, second: 1000}


@pytest.mark.parametrize("value", ["", "=1.5", "'text", "plain", None, 3, True, D("1.50"), D("-0.01"), (D(1), ("=", None))])
def test_packed_values_come_back(value):
    back = snapshot.unpack(snapshot.pack(value))
    assert back == value
    assert type(back) is type(value)
    assert str(back) == str(value)


def test_names_that_look_like_numbers_survive_the_snapshot(bench, keys):
    odd = scheme(name="=1+1", reasons={"award.equal_split": "'引号"})
    result = calculate(odd, awards.applicants(bench, "低岭村", 2026), bench.parameters)
    for award in result.awards:
        assert snapshot.unpack_award(snapshot.pack_award(award, "")) == (award, "")
    assert snapshot.unpack_run(snapshot.pack_run(result), result.awards, "x") == result


def test_who_is_given_what_is_told_of_a_stored_calculation_as_its_whole_awards_tell_it(bench, keys):
    key = schemes.save(bench, None, scheme()).keys[0]
    run_key = awards.recalculate(bench, key).keys[0]
    with bench.read() as session:
        whole = stored_runs.load_run(session, run_key, working=False)
        brief = list(stored_runs.brief_of(session, run_key))
    assert len(brief) > 1
    for (told, fen), award in zip(brief, whole.result.awards, strict=True):
        who = award.applicant
        assert told[:4] == (who.key, who.name, who.village, who.group)
        assert (told.items, told.number, fen) == (award.items, whole.numbers.get(who.key, ""), int(award.award * 100))
