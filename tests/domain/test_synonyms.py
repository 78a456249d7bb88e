"""Words by which offices call quarters, industries, linkages and who takes part, as the closed lists have them."""

import pytest

from fupin_desktop.domain.project_words import Quarter
from fupin_desktop.domain.reading.words import read_label, read_word
from fupin_desktop.domain.vocabulary import Participation

WAYS = ("股份合作", "订单帮扶", "生产托管", "入股分红", "务工", "土地租金", "其他")
GROUPS = ("数量指标", "质量指标", "时效指标", "成本指标", "经济效益", "社会效益", "生态效益", "可持续影响", "服务对象满意度")
INDUSTRIES = ("种植", "养殖", "林业", "加工", "休闲农业和乡村旅游", "扶贫车间", "光伏", "产业园", "其他")


@pytest.mark.parametrize("text", ["三季度", "第三季度", "3", "第 3 季度", "３季度", "Q3", "三"])
def test_a_quarter_is_read_as_tables_name_it(text):
    assert read_word(text, "季度", Quarter).value == "3"


@pytest.mark.parametrize(("text", "word"), [
    ("参与贫困户", Participation.BASE), ("分散式参与贫困户", Participation.SCATTERED), ("分散式参与", Participation.SCATTERED),
    ("分散式贫困小农户", Participation.SCATTERED), ("不参与", Participation.NONE), ("未参与贫困户", Participation.NONE),
])  # fmt: skip
def test_who_takes_part_is_read_in_the_words_of_the_plan(text, word):
    """吴川 三(二)3: 只有参与贫困户、分散式参与贫困户才能受惠."""
    assert read_word(text, "参与情况", Participation).value == word


@pytest.mark.parametrize(("text", "labels", "label"), [
    ("租金", WAYS, "土地租金"), ("务工就业", WAYS, "务工"), ("分红", WAYS, "入股分红"), ("订单收购", WAYS, "订单帮扶"),
    ("种植业", INDUSTRIES, "种植"), ("乡村旅游", INDUSTRIES, "休闲农业和乡村旅游"), ("光伏发电", INDUSTRIES, "光伏"),
    ("经济效益指标", GROUPS, "经济效益"), ("服务对象满意度指标", GROUPS, "服务对象满意度"), ("可持续影响指标", GROUPS, "可持续影响"),
])  # fmt: skip
def test_lists_of_the_policy_files_are_read_by_other_words_too(text, labels, label):
    assert read_label(text, "类别", labels).value == label


def test_a_word_of_another_list_stands_for_nothing():
    assert read_label("租金", "产业类别", INDUSTRIES).issue.code == "not_a_choice"
    assert read_label("第五季度", "季度", [one.label for one in Quarter]).issue.code == "not_a_choice"
