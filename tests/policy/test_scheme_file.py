import json
import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from fupin_desktop.errors import BadDefinition, FileMissing, UnreadableFile
from fupin_desktop.policy.rules import Progression, ShareBase, TierMeasure, all_kinds
from fupin_desktop.policy.scheme import (
    AwardScheme,
    CostScope,
    PriorityKey,
    RoundingMode,
    RoundingUnit,
    SubsidyTreatment,
    WhenShort,
)
from fupin_desktop.policy.scheme.file import read_scheme, scheme_from_dict, scheme_to_dict
from tests.policy.award_strategies import schemes

CASES = Path(__file__).parents[1] / "cases" / "schemes"
HEAD = 'name = "方案"\nplace = "低岭村"\nyear = 2026\n'
ITEM = '[[item]]\nname = "水稻"\nunit = "亩"\nproducts = ["水稻"]\n'
RATE = ITEM + 'kind = "rate"\nrate = "240"\n'
OTHER = '[[item]]\nname = "其他"\nunit = "亩"\nother = true\nkind = "rate"\nrate = "1"\n'


def read(tmp_path: Path, text: str, encoding: str = "utf-8") -> AwardScheme:
    path = tmp_path / "scheme.toml"
    path.write_bytes(text.encode(encoding))
    return read_scheme(path)


def mistake(tmp_path: Path, text: str) -> BadDefinition:
    with pytest.raises(BadDefinition) as caught:
        read(tmp_path, text)
    assert caught.value.file == "scheme.toml"
    assert f"文件“scheme.toml”的“{caught.value.key}”有误" in str(caught.value)
    return caught.value


def test_full_file_is_read_key_by_key() -> None:
    scheme = read_scheme(CASES / "full.toml")
    assert (scheme.name, scheme.place, scheme.year, scheme.batch) == ("低岭村2026年度产业奖补资金安排方案", "低岭村", 2026, "第二批")
    assert scheme.main_products == ("水稻", "番薯")
    assert scheme.large_from == 10
    assert (scheme.cost_ratio, scheme.cost_scope) == (Decimal("0.9"), CostScope.ITEM)
    assert scheme.other_subsidy is SubsidyTreatment.DEDUCT
    assert scheme.when_short is WhenShort.PRIORITY
    assert scheme.priority == (PriorityKey.CLASS, PriorityKey.LARGE_FIRST, PriorityKey.NUMBER, PriorityKey.AREA)
    assert scheme.class_order == ("监测户", "脱贫户")
    assert scheme.partial is False
    assert (scheme.rounding_unit, scheme.rounding_mode) == (RoundingUnit.YUAN, RoundingMode.DOWN)
    assert scheme.money == Decimal("186000.00")
    assert scheme.decision.decided_on == date(2026, 3, 1)
    assert [source.amount for source in scheme.sources] == [98000, 88000]
    assert scheme.sources[1].original_plan == "2024年光伏项目"
    assert scheme.caps.by_class == {"监测户": 8000}
    assert scheme.caps.cumulative is False
    assert scheme.group_caps == {"种植": 5000}
    assert scheme.reasons == {"award.large_not_more": "经村民代表会议讨论同意"}
    assert [type(item.rule) for item in scheme.items] == list(all_kinds())


def test_kinds_of_rule_are_read() -> None:
    rate, tiers, steps, lump, share, instalments, pool = read_scheme(CASES / "full.toml").items
    assert (rate.minimum, rate.minimum_included, rate.quantity_cap, rate.money_cap) == (Decimal("0.5"), False, 30, 6000)
    assert (rate.cap_group, rate.cost_ratio) == ("种植", Decimal("0.8"))
    assert [factor.factor for factor in rate.factors] == [Decimal("1.2"), Decimal("1.1")]
    assert rate.factors[0].when.classes == {"监测户", "边缘户"}
    assert rate.variants[0].rule.share_of is ShareBase.INCOME
    assert (tiers.rule.progression, tiers.rule.measure) == (Progression.MARGINAL, TierMeasure.ITEM_QUANTITY)
    assert [tier.start for tier in tiers.rule.tiers] == [0, None, 30]
    assert tiers.rule.boundary_included is False
    assert [(step.start, step.amount) for step in steps.rule.steps] == [(1, 500), (3, Decimal("1200.50"))]
    assert (lump.rule.threshold, lump.rule.amount) == (5, 3000)
    assert (share.rule.share, share.rule.limit_per_unit) == (Decimal("0.3"), 500)
    assert instalments.rule.by_year == (300, 200, 100)
    assert pool.rule.pool == 50000
    assert pool.other


def test_defaults(tmp_path: Path) -> None:
    scheme = read(tmp_path, HEAD + RATE)
    assert scheme.money is None
    assert scheme.large_from is None
    assert (scheme.cost_ratio, scheme.cost_scope) == (1, CostScope.HOUSEHOLD)
    assert (scheme.other_subsidy, scheme.when_short) == (SubsidyTreatment.COUNT, WhenShort.SCALE)
    assert (scheme.rounding_unit, scheme.rounding_mode) == (RoundingUnit.FEN, RoundingMode.HALF_UP)
    assert scheme.priority == (PriorityKey.NUMBER,)
    assert scheme.caps.cumulative
    assert scheme.items[0].minimum_included


def test_numbers_bare_or_quoted_and_words_in_chinese(tmp_path: Path) -> None:
    bare = read(tmp_path, HEAD + 'when_short = "同比例折减"\nrounding_unit = "角"\n' + ITEM + 'kind = "单价×数量"\nrate = 240.10\n')
    assert bare.items[0].rule.rate == Decimal("240.10")
    assert bare.rounding_unit is RoundingUnit.JIAO
    assert read(tmp_path, HEAD + ITEM + 'kind = "rate"\nrate = 240\n').items[0].rule.rate == 240


def test_notepads_mark_is_passed_over(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD + RATE, "utf-8-sig").name == "方案"


@settings(max_examples=100, deadline=None)
@given(schemes())
def test_written_and_read_back_is_the_same(scheme: AwardScheme) -> None:
    written = scheme_to_dict(scheme)
    assert scheme_from_dict(written, "x") == scheme
    assert scheme_from_dict(json.loads(json.dumps(written)), "x") == scheme


def test_full_file_survives_the_round_trip() -> None:
    scheme = read_scheme(CASES / "full.toml")
    assert scheme_from_dict(scheme_to_dict(scheme), "x") == scheme


def test_the_other_item_is_there_once_for_each_unit(tmp_path: Path) -> None:
    heads = OTHER.replace("其他", "其他(头)").replace("亩", "头")
    assert [item.unit for item in read(tmp_path, HEAD + OTHER + heads).items if item.other] == ["亩", "头"]


def test_a_product_stands_in_several_items_by_unit_or_beside_another(tmp_path: Path) -> None:
    by_head = RATE.replace('name = "水稻"', 'name = "按头"').replace("亩", "头")
    beside = RATE.replace('name = "水稻"', 'name = "另奖"') + "additional = true\n"
    assert [item.additional for item in read(tmp_path, HEAD + RATE + by_head + beside).items] == [False, False, True]


MISTAKES = [
    # text, key at fault, part of the rule
    ("", "name", "必须填写"),
    ('name = ""\nplace = "村"\nyear = 2026\n' + RATE, "name", "必须填写"),
    ('name = "a"\nplace = "村"\n' + RATE, "year", "整数"),
    ('name = "a"\nplace = "村"\nyear = "2026"\n' + RATE, "year", "整数"),
    ('name = "a"\nplace = "村"\nyear = true\n' + RATE, "year", "整数"),
    ('name = "a"\nplace = "村"\nyear = 1999\n' + RATE, "year", "2000 到 2100"),
    ('name = 3\nplace = "村"\nyear = 2026\n' + RATE, "name", "文字"),
    (HEAD, "item", "至少要有一个"),
    (HEAD + "item = 3\n", "item", "列表"),
    (HEAD + "item = [3]\n", "item[1]", "表"),
    (HEAD + "pol = 3\n" + RATE, "pol", "是不是要写“pool”"),
    (HEAD + '"天气" = 3\n' + RATE, "天气", "不认识的键"),
    (HEAD + "天气 = 3\n" + RATE, "第4行第1列", "加了引号"),
    (HEAD + 'pool = "三万"\n' + RATE, "pool", "应是数字"),
    (HEAD + 'pool = "1,000"\n' + RATE, "pool", "应是数字"),
    (HEAD + "pool = -1\n" + RATE, "pool", "不小于 0"),
    (HEAD + "pool = 1e12\n" + RATE, "pool", "小于"),
    (HEAD + "pool = nan\n" + RATE, "pool", "应是数字"),
    (HEAD + "pool = true\n" + RATE, "pool", "应是数字"),
    (HEAD + 'pool = "1.001"\n' + RATE, "pool", "2 位小数"),
    (HEAD + 'large_from = "10.0001"\n' + RATE, "large_from", "3 位小数"),
    (HEAD + 'cost_ratio = "1.01"\n' + RATE, "cost_ratio", "不得大于 1"),
    (HEAD + "cost_ratio = 0\n" + RATE, "cost_ratio", "大于 0"),
    (HEAD + 'cost_scope = "village"\n' + RATE, "cost_scope", "household(全户)、item(逐项)"),
    (HEAD + 'when_short = "停"\n' + RATE, "when_short", "scale"),
    (HEAD + 'partial = "true"\n' + RATE, "partial", "true 或 false"),
    (HEAD + 'priority = ["age"]\n' + RATE, "priority", "large_first"),
    (HEAD + 'priority = ["area", "面积"]\n' + RATE, "priority", "不重复"),
    (HEAD + "priority = []\n" + RATE, "priority", "列表"),
    (HEAD + 'priority = ["class"]\n' + RATE, "class_order", "户类别的先后"),
    (HEAD + 'class_order = ["富户"]\n' + RATE, "class_order", "监测户"),
    (HEAD + 'main_products = "水稻"\n' + RATE, "main_products", "列表"),
    (HEAD + 'main_products = ["水稻", "水稻"]\n' + RATE, "main_products", "两次"),
    (HEAD + RATE + '[decision]\ndecided_on = "三月"\n', "decision.decided_on", "2026-03-01"),
    (HEAD + RATE + "[decision]\ndecided_on = 2026-03-01T08:00:00\n", "decision.decided_on", "日期"),
    (HEAD + RATE + '[decision]\nvilage = "村"\n', "decision.vilage", "“village”"),
    (HEAD + RATE + '[[source]]\namount = "1"\n', "source[1].kind", "donation_630"),
    (HEAD + RATE + '[[source]]\nkind = "other"\n', "source[1].amount", "必须填写"),
    (HEAD + RATE + '[caps]\nper_person = "x"\n', "caps.per_person", "数字"),
    (HEAD + RATE + '[caps.by_class]\n"富户" = "1"\n', "caps.by_class.富户", "没有"),
    (HEAD + RATE + '[caps.by_class]\n"监测户" = "1"\nmonitored = "2"\n', "caps.by_class.monitored", "两次"),
    (HEAD + RATE + '[group_caps]\n"种植" = "x"\n', "group_caps.种植", "数字"),
    (HEAD + RATE + '[classes]\n"低保户" = "富户"\n', "classes.低保户", "脱贫户"),
    (HEAD + RATE + '[classes]\n"脱贫户" = "监测户"\n', "classes.脱贫户", "五类之一"),
    (HEAD + RATE + '[caps.by_class]\n"低保户" = "1"\n', "caps.by_class.低保户", "[classes] 里写明"),
    (HEAD + RATE + '[caps]\nbatch_classes = ["低保户"]\n', "caps.batch_classes", "没有"),
    (HEAD + RATE + '[caps.batch]\ncumulative = true\n', "caps.batch.cumulative", "不认识的键"),
    (HEAD + RATE + '[caps.batch.by_class]\n"富户" = "1"\n', "caps.batch.by_class.富户", "没有"),
    (HEAD + 'cost_scope = "item"\n' + RATE + RATE.replace('name = "水稻"', 'name = "稻"') + "additional = true\n", "cost_scope", "全户"),
    (HEAD + RATE + '[reasons]\n"a" = ""\n', "reasons.a", "必须填写"),
    (HEAD + RATE + RATE, "item[2].name", "写过"),
    (HEAD + RATE + RATE.replace('name = "水稻"', 'name = "稻"'), "item[2].products", "“水稻”已在“水稻”里写过"),
    (HEAD + RATE + RATE.replace('name = "水稻"', 'name = "稻"'), "item[2].products", "additional = true"),
    (HEAD + '[[item]]\nname = "a"\nunit = "亩"\nkind = "rate"\nrate = 1\n', "item[1].products", "other = true"),
    (HEAD + OTHER + OTHER.replace("其他", "其他二"), "item[2].other", "“亩”的已有“其他”"),
    (HEAD + RATE.replace('unit = "亩"\n', ""), "item[1].unit", "必须填写"),
    (HEAD + ITEM, "item[1].kind", "rate(单价×数量)"),
    (HEAD + ITEM + 'kind = "rates"\n', "item[1].kind", "tiers"),
    (HEAD + ITEM + 'kind = "rate"\n', "item[1].rate", "必须填写"),
    (HEAD + RATE + "tiers = []\n", "item[1].tiers", "不用这个键"),
    (HEAD + RATE + 'cap_group = "种植"\n', "item[1].cap_group", "group_caps"),
    (HEAD + RATE + 'cost_ratio = "1.1"\n', "item[1].cost_ratio", "不得大于 1"),
    (HEAD + RATE + "minimum_included = 1\n", "item[1].minimum_included", "true 或 false"),
    (HEAD + ITEM + 'kind = "tiers"\n', "item[1].tiers", "至少要写一档"),
    (HEAD + ITEM + 'kind = "tiers"\ntiers = [{from="0"}]\n', "item[1].tiers[1].rate", "必须填写"),
    (HEAD + ITEM + 'kind = "tiers"\ntiers = [{from="0",rate="1"},{from="x",rate="2"}]\n', "item[1].tiers[2].from", "数字"),
    (HEAD + ITEM + 'kind = "tiers"\ntiers = [{from="1",rate="1"},{from="1",rate="2"}]\n', "item[1].tiers[2].from", "从小到大"),
    (HEAD + ITEM + 'kind = "tiers"\ntiers = [{from="large",rate="1"},{from="大户",rate="2"}]\n', "item[1].tiers", "一次"),
    (HEAD + ITEM + 'kind = "tiers"\ntiers = [{from="0",rat="1"}]\n', "item[1].tiers[1].rat", "是不是要写“rate”"),
    (HEAD + ITEM + 'kind = "rate"\nrates = "1"\n', "item[1].rates", "是不是要写“rate”"),
    (HEAD + ITEM + 'kidn = "rate"\nrate = "1"\n', "item[1].kidn", "是不是要写“kind”"),
    ('name = "a"\nplace = "b"\nyaer = 2026\n' + RATE, "yaer", "是不是要写“year”"),
    ('name = "a"\nplace = "b"\n' + RATE, "year", "2000 到 2100"),
    (HEAD + ITEM + 'kind = "share"\nshare = "30%"\n', "item[1].share", '如 "0.3", 不写千分位、百分号'),
    (HEAD + ITEM + 'kind = "steps"\nsteps = [{from="2",amount="1"},{from="1",amount="2"}]\n', "item[1].steps[2].from", "从小到大"),
    (HEAD + ITEM + 'kind = "lump"\namount = "1"\n', "item[1].threshold", "必须填写"),
    (HEAD + ITEM + 'kind = "share"\nshare = "1.5"\n', "item[1].share", "不得大于 1"),
    (HEAD + ITEM + 'kind = "share"\nshare = "0.5"\nshare_of = "debt"\n', "item[1].share_of", "cost(成本)"),
    (HEAD + ITEM + 'kind = "instalments"\nby_year = []\n', "item[1].by_year", "第一年"),
    (HEAD + ITEM + 'kind = "instalments"\nby_year = ["1", "二"]\n', "item[1].by_year[2]", "数字"),
    (HEAD + ITEM + 'kind = "pool"\n', "item[1].pool", "必须填写"),
    (HEAD + RATE + '[[item.factor]]\nclasses = ["监测户"]\n', "item[1].factor[1].factor", "必须填写"),
    (HEAD + RATE + '[[item.factor]]\nfactor = "1.1"\nclasses = ["富户"]\n', "item[1].factor[1].classes", "没有"),
    (HEAD + RATE + '[[item.factor]]\nfactor = "1.1"\nsize = "中"\n', "item[1].factor[1].size", "large(大户)"),
    (HEAD + RATE + '[[item.variant]]\nkind = "lump"\nrate = "1"\n', "item[1].variant[1].rate", "不用这个键"),
    (HEAD + RATE + '[[item.variant]]\nkind = "rate"\nrate = "1"\nunit = "头"\n', "item[1].variant[1].unit", "不认识的键"),
    (HEAD + "year = 2027\n" + RATE, "year", "第 4 行：同一个键写了两次"),
    (HEAD + RATE + 'products = ["稻"]\n', "products", "同一个键写了两次"),
    (HEAD + 'pool = "1\n' + RATE, "第4行第10列", "引号"),
    (HEAD + "pool = “1”\n" + RATE, "第4行第8列", "中文标点"),
]


@pytest.mark.parametrize(("text", "key", "rule"), MISTAKES, ids=[f"{at} {key}" for at, (_, key, _) in enumerate(MISTAKES)])
def test_mistakes_name_file_key_and_rule(tmp_path: Path, text: str, key: str, rule: str) -> None:
    found = mistake(tmp_path, text)
    assert (found.key, rule in found.rule) == (key, True), found


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        read_scheme(tmp_path / "none.toml")
    with pytest.raises(UnreadableFile, match="是文件夹"):
        read_scheme(tmp_path)
    (tmp_path / "register.xlsx").write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(UnreadableFile, match="写反"):
        read_scheme(tmp_path / "register.xlsx")
    with pytest.raises(UnreadableFile):
        read_scheme(tmp_path)
    (tmp_path / "big.toml").write_bytes(b"#" * 1_000_001)
    with pytest.raises(UnreadableFile):
        read_scheme(tmp_path / "big.toml")
    (tmp_path / "gbk.toml").write_bytes((HEAD + RATE).encode("gbk"))
    with pytest.raises(BadDefinition, match="UTF-8"):
        read_scheme(tmp_path / "gbk.toml")
    (tmp_path / "deep.toml").write_text("a = " + "[" * 5000, "utf-8")
    with pytest.raises(BadDefinition):
        read_scheme(tmp_path / "deep.toml")


def test_binary_floats_are_refused() -> None:
    data = tomllib.loads(HEAD + RATE)
    with pytest.raises(BadDefinition) as caught:
        scheme_from_dict({**data, "pool": 0.1}, "记录")
    assert caught.value.key == "pool"


def test_what_is_not_set_is_not_written() -> None:
    scheme = scheme_from_dict(tomllib.loads(HEAD + RATE), "x")
    written = scheme_to_dict(scheme)
    assert "pool" not in written
    assert "caps" not in written
    assert written["item"] == [{"name": "水稻", "unit": "亩", "products": ["水稻"], "kind": "rate", "rate": "240"}]
    assert scheme_to_dict(replace(scheme, pool=Decimal("1E+3")))["pool"] == "1000"
