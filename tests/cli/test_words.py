import re

import pytest

from fupin_desktop.cli.main import build_parser, parse
from fupin_desktop.cli.words import translate_error

COMMANDS = ("award", "import", "export", "check-id", "amount", "scheme")
ENGLISH = re.compile(r"usage|positional|option|argument|show this|(?<!-)error|required|invalid|expected|choose", re.IGNORECASE)


def help_of(capsys, *words):
    with pytest.raises(SystemExit) as left:
        parse([*words, "--help"])
    assert left.value.code == 0
    return capsys.readouterr().out


def test_help_is_chinese_and_lists_every_command(capsys):
    text = help_of(capsys)
    assert text.startswith("用法：fupin-desktop")
    assert all(re.search(rf"^ +{command} ", text, re.MULTILINE) for command in COMMANDS)
    assert not ENGLISH.search(text)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_examples(capsys, command):
    text = help_of(capsys, command)
    assert f"fupin-desktop {command}" in text.split("例：")[1]
    assert not ENGLISH.search(text)
    assert "选项" in text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["award"], "缺少参数：--scheme、--households、--out"),
        (["award", "--scheme"], "参数 --scheme 后面要有一个值"),
        (["amount"], "缺少参数：金额"),
        (["nonsense"], "参数 命令 不能是“nonsense”"),
        (["amount", "1", "--wrong"], "不认识的参数：--wrong"),
        (["award", "--scheme", "a", "--households", "b", "--out", "c", "--days", "0"], "“0”不是天数"),
        (["award", "--scheme", "a", "--households", "b", "--out", "c", "--days", "366"], "“366”不是天数"),
        (["award", "--scheme", "a", "--households", "b", "--out", "c", "--date", "2026-02-30"], "“2026-02-30”不是日期"),
        (["--sample=yes"], "参数 --sample 不带值，多出了“yes”"),
        (["scheme", "wrong", "a.toml"], "不能是“wrong”"),
    ],
)
def test_wrong_usage_is_one_chinese_line_with_status_2(capsys, words, sentence):
    with pytest.raises(SystemExit) as left:
        parse(words)
    told = capsys.readouterr().err
    assert left.value.code == 2
    assert told.startswith("用法不对：")
    assert sentence in told
    assert told.count("\n") == 1
    assert not ENGLISH.search(told)


def test_a_message_nobody_foresaw_is_kept():
    assert translate_error("something new") == "something new"


def test_no_words_mean_the_window():
    arguments = build_parser().parse_args(["--data", "somewhere"])
    assert arguments.command is None
    assert arguments.data.name == "somewhere"


@pytest.mark.parametrize("days", ["1", "365"])
def test_day_counts_at_the_boundary_are_taken(days):
    arguments = parse(["award", "--scheme", "a", "--households", "b", "--out", "c", "--days", days])
    assert arguments.days == int(days)
