from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fupin_desktop.errors import BadDefinition, FileMissing, NotInForce
from fupin_desktop.paths import resources
from fupin_desktop.policy.parameters import Parameters, load_parameters

FOLDER = resources() / "policy"
DAY = date(2026, 11, 21)
USED = {
    "large_household_area": Decimal(10),
    "award_cost_ratio": Decimal(1),
    "demonstration_fund_min": Decimal(1_000_000),
    "demonstration_fund_max": Decimal(3_000_000),
    "demonstration_fund_batches": ("首批", "第二批"),
    "second_batch_towns_min": 2,
    "second_batch_towns_max": 3,
    "invested_per_head": Decimal(20_000),
    "ecommerce_villages": 16,
    "microcredit_large_area": Decimal(10),
    "microcredit_large_floor": Decimal(50_000),
    "microcredit_cap": Decimal(100_000),
    "leader_per_village_min": 3,
    "leader_per_village_max": 5,
    "county_industries_min": 2,
    "county_industries_max": 3,
    "demonstration_villages_min": 2,
    "demonstration_villages_max": 3,
    "techniques_per_worker_min": 1,
    "techniques_per_worker_max": 2,
    "entity_loan_per_household": Decimal(100_000),
    "entity_loan_cap": Decimal(2_000_000),
    "entity_loan_rate_margin": Decimal(3),
    "survey_due": ((9, 15),),
    "quarter_report_days": ((1, 5), (4, 5), (7, 5), (10, 5)),
    "notice_days_project": 10,
    "hotline": "12317",
    "register_area_max": Decimal(100),
}


@pytest.fixture(scope="module")
def parameters() -> Parameters:
    return load_parameters(FOLDER)


@pytest.mark.parametrize(("key", "value"), USED.items())
def test_values_of_the_documents(parameters, key, value):
    found = parameters.value(key, on=DAY).value
    assert found == value
    assert type(found) is type(value)


def test_every_value_carries_its_citation(parameters):
    for parameter in parameters.all():
        for value in parameter.values:
            assert value.document
            assert value.clause
            assert value.quote


def test_every_verbatim_quote_stands_in_its_clause(parameters):
    quoted = [value for parameter in parameters.all() for value in parameter.values if value.verbatim]
    assert len(quoted) > 60
    for value in quoted:
        clause = parameters.clause(value.clause)
        assert clause.document == value.document
        assert value.quote in clause.text


def test_what_is_no_quote_comes_from_documents_not_stored(parameters):
    for parameter in parameters.all():
        for value in parameter.values:
            stored = value.document.startswith(("吴川市", "清远市"))
            assert value.verbatim == stored


def test_values_are_shown_with_their_unit(parameters):
    assert parameters.text("large_household_area", DAY) == "10 亩"
    assert parameters.text("microcredit_cap", DAY) == "100,000 元"
    assert parameters.text("quarter_report_days", DAY) == "1月5日、4月5日、7月5日、10月5日"
    assert parameters.text("brand_levels", DAY) == "区域公用品牌、企业品牌、产品品牌"
    assert parameters.text("hotline", DAY) == "12317"


def test_an_unknown_name_is_a_fault_of_the_program(parameters):
    with pytest.raises(KeyError):
        parameters.value("no_such_thing", on=DAY)


HEAD = '[document]\ntitle = "县自己的规定"\n'
NUMBER = '[area]\ntitle = "大户起点"\nkind = "decimal"\nunit = "亩"\n'
VALUE = '[[area.values]]\nfrom = 2018-01-01\nvalue = 10\nclause = "一"\nquote = "10亩"\n'
LATER = '[[area.values]]\nfrom = 2020-07-01\nvalue = 12.5\nclause = "二"\ngist = "提高到12.5亩"\n'


def write(folder: Path, text: str, name: str = "own.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_values_change_on_their_day(tmp_path):
    write(tmp_path, HEAD + NUMBER + VALUE + LATER)
    found = load_parameters(tmp_path)
    assert found.value("area", on=date(2020, 6, 30)).value == 10
    later = found.value("area", on=date(2020, 7, 1))
    assert later.value == Decimal("12.5")
    assert (later.clause, later.quote, later.verbatim, later.document) == ("二", "提高到12.5亩", False, "县自己的规定")
    with pytest.raises(NotInForce, match="自2018-01-01起"):
        found.value("area", on=date(2017, 12, 31))


BAD = [
    ("document", "缺少 [document]", NUMBER + VALUE),
    ("document.title", "缺少这一项", '[document]\nnumber = "1号"\n' + NUMBER + VALUE),
    ("document.heading", "不认识的键", HEAD + 'heading = "x"\n' + NUMBER + VALUE),
    ("area.colour", "不认识的键", HEAD + NUMBER + 'colour = "x"\n' + VALUE),
    ("area.values[1].page", "不认识的键", HEAD + NUMBER + VALUE + "page = 1\n"),
    ("title", "同一个键写了两次", HEAD + '[area]\ntitle = "甲"\ntitle = "乙"\n'),
    ("[area]", "同一个键写了两次", HEAD + NUMBER + NUMBER + VALUE),
    ("第1行第10列", "TOML 的写法", "[document\n"),
    ("area", "应是一个表", "area = 1\n" + HEAD),
    ("area.title", "缺少这一项", HEAD + NUMBER.replace("大户起点", "") + VALUE),
    ("area.kind", "缺少这一项", HEAD + NUMBER.replace('kind = "decimal"\n', "") + VALUE),
    ("area.kind", "类型应是", HEAD + NUMBER.replace("decimal", "money") + VALUE),
    ("area.unit", "缺少这一项", HEAD + NUMBER.replace('unit = "亩"\n', "") + VALUE),
    ("area.values", "至少要有一个", HEAD + NUMBER),
    ("area.values", "至少要有一个", HEAD + NUMBER + "values = []\n"),
    ("area.values[1].from", "缺少起始日期", HEAD + NUMBER + VALUE.replace("from = 2018-01-01\n", "")),
    ("area.values[1].from", "缺少起始日期", HEAD + NUMBER + VALUE.replace("2018-01-01", '"2018-01-01"')),
    ("area.values[1].from", "缺少起始日期", HEAD + NUMBER + VALUE.replace("2018-01-01", "2018-01-01T00:00:00")),
    ("area.values[1].clause", "缺少这一项", HEAD + NUMBER + VALUE.replace('clause = "一"\n', "")),
    ("area.values[1].quote", "二者必居其一", HEAD + NUMBER + VALUE.replace('quote = "10亩"\n', "")),
    ("area.values[1].quote", "二者必居其一", HEAD + NUMBER + VALUE + 'gist = "十亩"\n'),
    ("area.values[1].quote", "缺少这一项", HEAD + NUMBER + VALUE.replace('"10亩"', '" "')),
    ("area.values[1].value", "应是数字", HEAD + NUMBER + VALUE.replace("value = 10", 'value = "10"')),
    ("area.values[1].value", "应是数字", HEAD + NUMBER + VALUE.replace("value = 10", "value = true")),
    ("area.values[1].value", "应是数字", HEAD + NUMBER + VALUE.replace("value = 10", "value = inf")),
    ("area.values[1].value", "应是数字", HEAD + NUMBER + VALUE.replace("value = 10\n", "")),
    ("area.values[1].value", "应是整数", HEAD + NUMBER.replace("decimal", "integer") + VALUE.replace("= 10", "= 10.5")),
    ("area.values[1].value", "应是文字", HEAD + NUMBER.replace("decimal", "text") + VALUE),
    ("area.values[1].value", "文字的列表", HEAD + NUMBER.replace("decimal", "list") + VALUE),
    ("area.values[1].value", "重复", HEAD + NUMBER.replace("decimal", "list") + VALUE.replace("= 10", '= ["a", "a"]')),
    ("area.values[1].value", "月-日", HEAD + NUMBER.replace("decimal", "month_days") + VALUE.replace("= 10", '= ["02-30"]')),
    ("area.values[1].value", "月-日", HEAD + NUMBER.replace("decimal", "month_days") + VALUE.replace("= 10", '= ["W01-1"]')),
    ("area.values[2].from", "一个比一个晚", HEAD + NUMBER + LATER + VALUE),
    ("area.values[2].from", "一个比一个晚", HEAD + NUMBER + VALUE + VALUE),
]


@pytest.mark.parametrize(("key", "rule", "text"), BAD)
def test_faults_name_file_key_and_rule(tmp_path, key, rule, text):
    write(tmp_path, text)
    with pytest.raises(BadDefinition) as caught:
        load_parameters(tmp_path)
    assert (caught.value.file, caught.value.key) == ("own.toml", key)
    assert rule in caught.value.rule


def test_a_parameter_in_two_files_is_refused(tmp_path):
    write(tmp_path, HEAD + NUMBER + VALUE, "a.toml")
    write(tmp_path, HEAD + NUMBER + VALUE, "b.toml")
    with pytest.raises(BadDefinition, match="另一个文件") as caught:
        load_parameters(tmp_path)
    assert (caught.value.file, caught.value.key) == ("b.toml", "area")


def test_other_encodings_are_told(tmp_path):
    (tmp_path / "own.toml").write_bytes((HEAD + NUMBER + VALUE).encode("gbk"))
    with pytest.raises(BadDefinition, match="UTF-8"):
        load_parameters(tmp_path)


def test_a_mark_of_notepad_does_no_harm(tmp_path):
    (tmp_path / "own.toml").write_bytes((HEAD + NUMBER + VALUE).encode("utf-8-sig"))
    assert load_parameters(tmp_path).value("area", on=DAY).value == 10


def test_missing_files_are_a_situation(tmp_path):
    with pytest.raises(FileMissing):
        load_parameters(tmp_path)
    with pytest.raises(FileMissing, match="own.toml"):
        load_parameters(FOLDER, tmp_path / "own.toml")


OWN = HEAD + (
    "[[large_household_area.values]]\nfrom = 2026-01-01\nvalue = 8.5\n"
    'clause = "本县〔2026〕1号 二"\nquote = "8.5亩及以上为大户"\n'
)


def test_a_county_lays_its_own_values_over(tmp_path):
    found = load_parameters(FOLDER, write(tmp_path, OWN))
    own = found.value("large_household_area", on=DAY)
    assert own.value == Decimal("8.5")
    assert (own.document, own.clause, own.unit) == ("县自己的规定", "本县〔2026〕1号 二", "亩")
    before = found.value("large_household_area", on=date(2025, 12, 31))
    assert (before.value, before.clause) == (10, "吴川 三(二)4")
    assert found.value("microcredit_cap", on=DAY).value == 100_000
    assert load_parameters(FOLDER).value("large_household_area", on=DAY).value == 10


def test_what_a_county_decides_for_earlier_days_holds_from_then_on(tmp_path):
    found = load_parameters(FOLDER, write(tmp_path, OWN.replace("2026-01-01", "2010-01-01")))
    own = next(one for one in found.all() if one.key == "large_household_area")
    assert [(value.since, value.value) for value in own.values] == [(date(2010, 1, 1), Decimal("8.5"))]
    assert (own.title, own.kind, own.unit) == ("大户起点", "decimal", "亩")


def test_clauses_of_documents_not_stored_show_what_is_cited(tmp_path, parameters):
    guidance = parameters.clause("公告公示指导意见 四")
    assert guidance.document == "国务院扶贫办、财政部关于完善扶贫资金项目公告公示制度的指导意见"
    assert guidance.text.startswith("(大意) ")
    assert "不少于10天" in guidance.text
    own = load_parameters(FOLDER, write(tmp_path, OWN)).clause("本县〔2026〕1号 二")
    assert (own.document, own.text) == ("县自己的规定", "8.5亩及以上为大户")
    for parameter in parameters.all():
        assert all(parameters.clause(value.clause).text for value in parameter.values)


@pytest.mark.parametrize(
    ("text", "key", "rule"),
    [
        (OWN.replace("large_household_area", "large_area"), "large_area", "没有这个参数"),
        (OWN + '[large_household_area]\nunit = "公顷"\n', "large_household_area", "单位应与原参数相同"),
        (OWN.replace('quote = "8.5亩及以上为大户"\n', ""), "large_household_area.values[1].quote", "引用原文"),
        (OWN.replace(HEAD, ""), "document", "缺少 [document]"),
    ],
)
def test_a_countys_own_file_is_as_strict(tmp_path, text, key, rule):
    with pytest.raises(BadDefinition) as caught:
        load_parameters(FOLDER, write(tmp_path, text))
    assert caught.value.key == key
    assert rule in caught.value.rule
