import subprocess
import sys
from pathlib import Path

import pytest

from fupin_desktop.__main__ import main
from fupin_desktop.cli.console import output_encoding
from tests.cli.conftest import ROOT


def test_amount_in_capitals(process):
    done = process("amount", "1409.50", "¥6,007.14", "107000.53")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "人民币壹仟肆佰零玖元伍角整",
        "人民币陆仟零柒元壹角肆分",
        "人民币壹拾万柒仟元零伍角叁分",
    ]


@pytest.mark.parametrize("text", ["abc", "1.234", "-5", "1e5", "1000000000000", "1.2345678万元", "", "９．９９９"])
def test_wrong_amounts_get_a_sentence(capsys, text):
    assert main(["amount", "--", text]) == 3
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("错误：")
    assert told.err.count("\n") == 1


def test_the_largest_amount(capsys):
    assert main(["amount", "999999999999.99"]) == 0
    assert "玖仟玖佰玖拾玖亿" in capsys.readouterr().out


def test_check_id_of_arguments(capsys):
    assert main(["check-id", "440883196803120019"]) == 0
    assert capsys.readouterr().out == "440883196803120019\t正确\t出生 1968-03-12\t男\n"


def test_one_wrong_id_makes_the_status_1(capsys):
    assert main(["check-id", "440883196803120019", "440883196803120018"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "正确" in lines[0]
    assert "校验码应为“9”" in lines[1]


def test_check_id_reads_lines_of_standard_input(program):
    done = program("check-id", text="﻿440883196803120019\n\n44088319680312001\n")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0].startswith("440883196803120019\t正确")
    assert lines[1] == "44088319680312001\t错误\t身份证号应为18位，这里是17位"


def test_nothing_to_check_is_wrong_usage(program):
    done = program("check-id", text="")
    assert done.returncode == 2
    assert done.stderr == "没有要检查的号码。\n"


def test_rare_characters_pass_an_ascii_console(process):
    done = process("amount", "𠅤䶮")
    assert done.returncode == 3
    assert "𠅤䶮" in done.stderr


def test_small_commands_load_no_window_and_no_database():
    code = (
        "import sys\nfrom fupin_desktop.__main__ import main\nmain(['amount', '1'])\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'PySide6', 'sqlalchemy'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout.splitlines()) == (0, ["人民币壹元整", "[]"])


@pytest.mark.parametrize("wrong", ["1000000000000", "-1", "1.234", "壹佰元"])
def test_a_wrong_amount_among_several_is_named(capsys, wrong):
    assert main(["amount", "1", wrong, "2"]) == 3
    told = capsys.readouterr()
    assert f"“{wrong}”" in told.err
    assert told.out == ""


@pytest.mark.parametrize(
    ("code_page", "shown", "encoding"),
    [(936, False, "gb18030"), (54936, False, "gb18030"), (936, True, "utf-8"), (65001, False, "utf-8"), (0, False, "utf-8")],
)
def test_what_is_sent_on_is_in_the_encoding_of_a_chinese_console(code_page, shown, encoding):
    assert output_encoding(code_page, shown=shown) == encoding
    assert "塘㙍镇".encode(encoding).decode(encoding) == "塘㙍镇"
    assert "塘镇".encode("gb18030") == "塘镇".encode("gbk")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_result_that_cannot_be_printed_is_told():
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        words = [sys.executable, "-m", "fupin_desktop", "amount", "1"]
        done = subprocess.run(words, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    assert done.returncode == 3
    assert done.stderr.startswith("错误：结果印不出来(")
    assert done.stderr.endswith(")。已经写好的文件不受影响。请检查输出的去处。\n")


def test_a_reader_that_has_gone_is_no_trouble():
    words = [sys.executable, "-m", "fupin_desktop", "amount", *["1409.50"] * 3000]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline() == "人民币壹仟肆佰零玖元伍角整\n"
        running.stdout.close()
        assert running.stderr.read() == ""
    assert running.returncode == 0


def test_a_program_without_a_console_runs_a_command(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["amount", "1409.50"]) == 0
    assert main(["amount", "abc"]) == 3
    for stream in (sys.stdout, sys.stderr):
        stream.close()
