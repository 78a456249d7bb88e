import tomllib
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from fupin_desktop.errors import BadDefinition, FileMissing, NotAllowed, PlaceGone
from fupin_desktop.policy.scheme import Caps, Condition, Decision, Factor
from fupin_desktop.services import award_notices, awards, history, schemes, villages
from fupin_desktop.services.schemes import SchemeState
from fupin_desktop.services.villages import VillageForm
from tests.services.award_office import REGISTER, file_scheme, make_bench, put_register, scheme


@pytest.fixture
def bench(tmp_path):
    made = make_bench(tmp_path / "data")
    yield made
    made.close()


def publish(bench, key):
    put_register(bench, REGISTER)
    award_notices.publish(bench, awards.recalculate(bench, key).keys[0], award_notices.default_settings(bench))


def kept(bench, **changes):
    return schemes.save(bench, None, scheme(**changes)).keys[0]


def test_a_kept_scheme_comes_back_equal(bench):
    change = schemes.save(bench, None, scheme())
    assert change.nouns == {"schemes"}
    assert schemes.load(bench, change.keys[0]) == scheme()


def test_listing_is_of_one_year(bench):
    key = kept(bench)
    kept(bench, year=2025)
    (line,) = schemes.all(bench, 2026)
    assert (line.key, line.place, line.state) == (key, "低岭村", SchemeState.DECIDED)


def test_the_state_follows_the_decision(bench):
    key = kept(bench, decision=Decision(village="低岭村村民委员会"))
    assert schemes.all(bench, 2026)[0].state is SchemeState.DRAFT
    with pytest.raises(NotAllowed, match="还缺议定手续"):
        schemes.set_state(bench, key, SchemeState.DECIDED)
    schemes.save(bench, key, scheme())
    assert schemes.all(bench, 2026)[0].state is SchemeState.DECIDED


def test_states_move_one_step_at_a_time(bench):
    key = kept(bench)
    with pytest.raises(NotAllowed, match="不能直接改为“已备案”"):
        schemes.set_state(bench, key, SchemeState.FILED)
    with pytest.raises(NotAllowed, match="名单还没有公示"):
        schemes.set_state(bench, key, SchemeState.PUBLISHED)
    publish(bench, key)
    bench.clock.now += timedelta(days=10)
    file_scheme(bench, key)
    with pytest.raises(NotAllowed, match="已经备案"):
        schemes.set_state(bench, key, SchemeState.PUBLISHED)
    assert schemes.all(bench, 2026)[0].state is SchemeState.FILED


@pytest.mark.parametrize("state", [SchemeState.PUBLISHED, SchemeState.FILED])
def test_what_was_published_is_frozen(bench, state):
    key = kept(bench)
    publish(bench, key)
    if state is SchemeState.FILED:
        bench.clock.now += timedelta(days=10)
        file_scheme(bench, key)
    with pytest.raises(NotAllowed, match="不能再改"):
        schemes.save(bench, key, scheme(pool=Decimal(1)))
    with pytest.raises(NotAllowed, match="不能再改"):
        schemes.remove(bench, key)
    assert schemes.load(bench, key) == scheme()


def test_a_blank_scheme_begins_with_the_village_s_own_product(bench):
    villages.add(bench, VillageForm(name="那罗村", main_product="莲藕", assisting_unit="吴川市财政局"))
    blank = schemes.blank(bench, "那罗村")
    assert [item.name for item in blank.items] == ["莲藕", "其他"]
    assert blank.items[1].other
    assert (blank.year, blank.decision.village, blank.decision.assisting_unit) == (2026, "那罗村民委员会", "吴川市财政局")
    assert schemes.load(bench, schemes.save(bench, None, blank).keys[0]) == blank
    assert schemes.blank(bench, "没有的村").items[0].name == "水稻"


@pytest.mark.parametrize("batch", ["", "  ", "第二批", "第二批 "])
def test_a_further_batch_has_a_name_of_its_own(bench, batch):
    key = kept(bench)
    schemes.copy_to_year(bench, key, 2026, batch="第二批")
    with pytest.raises(NotAllowed) as told:
        schemes.copy_to_year(bench, key, 2026, batch=batch)
    assert "分不清" in told.value.happened
    assert sorted(line.batch for line in schemes.all(bench, 2026)) == ["", "第二批"]
    assert [line.called.removeprefix(line.name) for line in schemes.all(bench, 2026)] == ["", "（第二批）"]


def test_a_copy_takes_rules_but_not_decision_and_money(bench):
    key = kept(bench, reasons={"award.equal_split": "理由"})
    copy = schemes.load(bench, schemes.copy_to_year(bench, key, 2027).keys[0])
    assert copy.name == "低岭村2027年度产业奖补资金安排方案"
    assert copy.items == scheme().items
    assert (copy.year, copy.sources, copy.reasons, copy.decision.document) == (2027, (), {}, "")
    assert copy.decision.village == "低岭村村民委员会"
    assert schemes.all(bench, 2027)[0].state is SchemeState.DRAFT


def test_removal_takes_the_calculations_along_and_can_be_undone(bench):
    put_register(bench, REGISTER)
    key = kept(bench)
    awards.recalculate(bench, key)
    before = awards.latest_run(bench, key)
    schemes.remove(bench, key)
    assert schemes.all(bench, 2026) == ()
    assert awards.latest_run(bench, key) is None
    history.undo(bench)
    assert schemes.load(bench, key) == scheme()
    assert awards.latest_run(bench, key) == before


def test_a_scheme_is_not_removed_from_under_its_correction(bench):
    key = kept(bench)
    correction = schemes.correct(bench, key).keys[0]
    with pytest.raises(NotAllowed, match="的更正。没有删除。请先删除更正的那一份。"):
        schemes.remove(bench, key)
    schemes.remove(bench, correction)
    schemes.remove(bench, key)
    assert schemes.all(bench, 2026) == ()
    while history.undo(bench):
        pass
    assert schemes.all(bench, 2026) == ()


def test_a_scheme_that_is_gone_gets_a_sentence(bench):
    for call in (schemes.load, schemes.remove):
        with pytest.raises(NotAllowed, match="已经不在了"):
            call(bench, "0" * 32)


def test_toml_files_come_back_equal(tmp_path):
    rich = scheme(
        batch="第二批",
        large_from=Decimal("8.5"),
        pool=Decimal("186000.00"),
        caps=Caps(Decimal(6500), Decimal(3000), {"监测户": Decimal(8000)}, cumulative=False),
        group_caps={"种植": Decimal(5000)},
        reasons={"award.large_not_more": "说明"},
        class_order=("监测户", "脱贫户"),
    )
    first = replace(rich.items[0], cap_group="种植", factors=(
        Factor(Condition(classes=frozenset({"监测户"})), Decimal("1.2"), "上浮"),
    ))
    rich = replace(rich, items=(first, *rich.items[1:]))
    path = tmp_path / "方案.toml"
    schemes.write_file(rich, path)
    assert schemes.read_file(path) == rich
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# 产业扶贫奖补方案")
    assert "186000.00" in text
    assert not any(isinstance(value, float) for value in tomllib.loads(text).values())


def test_writing_into_a_missing_folder_is_told(tmp_path):
    with pytest.raises(PlaceGone):
        schemes.write_file(scheme(), tmp_path / "nowhere" / "方案.toml")


def test_reading_what_is_not_there_is_told(tmp_path):
    with pytest.raises(FileMissing):
        schemes.read_file(tmp_path / "没有.toml")


def test_a_broken_file_names_its_key(tmp_path):
    path = tmp_path / "方案.toml"
    schemes.write_file(scheme(), path)
    path.write_text(path.read_text(encoding="utf-8").replace("year = 2026", 'year = "二〇二六"'), encoding="utf-8")
    with pytest.raises(BadDefinition) as told:
        schemes.read_file(path)
    assert told.value.key == "year"
