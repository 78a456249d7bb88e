"""Question sets of surveys: their files, and answers in every way people write them (清远 二19, 三(二))."""

from __future__ import annotations

from pathlib import Path

import pytest

from fupin_desktop.errors import BadDefinition
from fupin_desktop.paths import resources
from fupin_desktop.policy.question_sets import Question, QuestionSet, question_sets

HEAD = 'title = "村调查表"\nsubject = "村"\nclause = "清远 三(二)"\n'
ONE = '[[question]]\ncode = "101"\ntext = "耕地"\nkind = "number"\nunit = "亩"\n'
CHOICE = '[[question]]\ncode = "102"\ntext = "道路"\nkind = "choice"\nchoices = ["通", "不通"]\n'
AREA = Question("101", "耕地总面积", "number", unit="亩")
MONEY = Question("205", "人均年收入", "number", unit="元")
WORKERS = Question("201", "有劳动能力人数", "count", unit="人")
WILLING = Question("202", "有发展产业意愿", "yes_no")
BUILT = Question("115", "建成日期", "date")
ROAD = Question("103", "道路", "choice", choices=("通硬底化道路", "通机耕路", "不通"))
INDUSTRY = Question("203", "现有产业", "several", choices=("种植", "养殖", "林业", "没有产业"))
FREE = Question("104", "特色资源", "text")


@pytest.mark.parametrize(
    ("question", "typed", "kept"),
    [
        (AREA, "120", "120"), (AREA, "120亩", "120"), (AREA, "１，２００.５０", "1200.5"), (AREA, "0", "0"),
        (AREA, "0.001", "0.001"), (AREA, "1.2万", "12000"), (AREA, " 3.5 亩 ", "3.5"),
        (MONEY, "¥12,345.60元", "12345.6"), (MONEY, "1.5万元", "15000"), (MONEY, "999999999999.99", "999999999999.99"),
        (WORKERS, "2", "2"), (WORKERS, "2人", "2"), (WORKERS, "２", "2"), (WORKERS, "2.0", "2"), (WORKERS, "1,200", "1200"),
        (WILLING, "是", "是"), (WILLING, "有", "是"), (WILLING, "√", "是"), (WILLING, "否", "否"), (WILLING, "没有", "否"),
        (BUILT, "2026-09-10", "2026-09-10"), (BUILT, "2026年9月10日", "2026-09-10"), (BUILT, "2026.9.10", "2026-09-10"),
        (BUILT, "20260910", "2026-09-10"), (BUILT, "2024-2-29", "2024-02-29"),
        (ROAD, "不通", "不通"), (ROAD, "通硬", "通硬底化道路"), (ROAD, "通 机耕路", "通机耕路"),
        (INDUSTRY, "种植", "种植"), (INDUSTRY, "种植、养殖", "种植、养殖"), (INDUSTRY, "养殖,种植；林业", "养殖、种植、林业"),
        (INDUSTRY, "种植 / 种植", "种植"),
        (FREE, "塘㙍镇的荔枝，1.5万株", "塘㙍镇的荔枝，1.5万株"), (AREA, "", ""), (INDUSTRY, "", ""),
    ],
)  # fmt: skip
def test_an_answer_is_kept_in_one_way(question: Question, typed: str, kept: str) -> None:
    assert question.kept(typed) == kept
    assert question.fault(typed) == ""
    assert question.kept(kept) == kept


@pytest.mark.parametrize(
    ("question", "typed", "hint"),
    [
        (AREA, "很多", "填数字"), (AREA, "-1", "填数字"), (AREA, "0.0001", "填数字"), (AREA, "120头", "填数字"),
        (AREA, "无", "填数字"), (AREA, "NaN", "填数字"), (AREA, "1e5", "填数字"), (AREA, "1_000", "填数字"),
        (MONEY, "1000000000000", "填数字"),
        (WORKERS, "2.5", "填整数"), (WORKERS, "两个", "填整数"), (WORKERS, "-2", "填整数"),
        (WILLING, "也许", "填“是”或“否”"), (WILLING, "不详", "填“是”或“否”"),
        (BUILT, "2026-02-29", "填年月日，如 2026-09-10"), (BUILT, "去年", "填年月日，如 2026-09-10"),
        (BUILT, "2026-W37-4", "填年月日，如 2026-09-10"),
        (ROAD, "通", "选填：通硬底化道路、通机耕路、不通"), (ROAD, "水泥路", "选填：通硬底化道路、通机耕路、不通"),
        (INDUSTRY, "种植、", "选填：种植、养殖、林业、没有产业（可多选）"),
        (INDUSTRY, "种植、采矿", "选填：种植、养殖、林业、没有产业（可多选）"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_told_with_what_is_wanted(question: Question, typed: str, hint: str) -> None:
    assert question.kept(typed) is None
    assert question.fault(typed) == f"第 {question.code} 题“{question.text}”：“{typed}”不能用，请{hint}。"


def test_the_shipped_sets_are_read_by_their_titles() -> None:
    found = question_sets(resources() / "surveys")
    assert {one.subject for one in found.values()} == {"村", "户"}
    for title, one in found.items():
        assert one.title == title
        assert one.clause.startswith("清远 ")
        assert [one.question(question.code) for question in one.questions] == list(one.questions)
        assert one.question("没有") is None


def read(folder: Path, text: str, name: str = "own.toml") -> dict[str, QuestionSet]:
    (folder / name).write_text(text, encoding="utf-8")
    question_sets.cache_clear()
    return question_sets(folder)


def test_a_set_is_read_key_by_key(tmp_path: Path) -> None:
    text = HEAD + ONE + 'required = true\npart = "产业发展资源"\n' + CHOICE
    (made,) = read(tmp_path, text).values()
    assert (made.key, made.title, made.subject, made.clause) == ("own", "村调查表", "村", "清远 三(二)")
    first, second = made.questions
    assert first == Question("101", "耕地", "number", "亩", (), True, "产业发展资源")
    assert second == Question("102", "道路", "choice", "", ("通", "不通"))


@pytest.mark.parametrize(
    ("text", "key", "rule"),
    [
        (HEAD, "question", "至少要有一项"),
        (HEAD.replace("村调查表", "").replace('title = ""\n', "") + ONE, "title", "缺少这一项"),
        (HEAD.replace('"村"', '"镇"') + ONE, "subject", "“镇”不在允许的取值里：村、户"),
        (HEAD + ONE.replace('"number"', '"数字"'), "question[1].kind", "“数字”不在允许的取值里"),
        (HEAD + ONE + ONE, "question", "编号不能重复"),
        (HEAD + ONE + 'choices = ["有"]\n', "question[1].choices", "其他题没有选项"),
        (HEAD + CHOICE.replace('choices = ["通", "不通"]\n', ""), "question[1].choices", "单选、多选题要有选项"),
        (HEAD + ONE + 'hint = "填亩数"\n', "question[1].hint", "不认识的键"),
        (HEAD + ONE + 'required = "是"\n', "question[1].required", "应写 true 或 false"),
        (HEAD + ONE.replace('code = "101"\n', ""), "question[1].code", "缺少这一项"),
        (HEAD + "note = 1\n" + ONE, "note", "不认识的键"),
    ],
)
def test_a_faulty_set_is_told_by_file_key_and_rule(tmp_path: Path, text: str, key: str, rule: str) -> None:
    with pytest.raises(BadDefinition) as caught:
        read(tmp_path, text)
    assert (caught.value.file, caught.value.key) == ("own.toml", key)
    assert rule in caught.value.rule
