"""What an award cannot be calculated from, or written to, is told in a sentence, and nothing is written."""

import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from fupin_desktop.__main__ import main
from tests.cli.award_pair import FILES, award, change_register, change_scheme, result_of
from tests.cli.conftest import ROOT


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("year = 2026\n", "", "year"),
        ('rate = "150.00"', "", "item[3].rate"),
        ('cost_ratio = "1"', 'cost_ratio = "1.01"', "cost_ratio"),
        ('minimum = "1"', 'minimun = "1"', "minimun"),
        ('kind = "rate"', 'kind = "guess"', "item[3].kind"),
        ("year = 2026\n", "year = 2026\nyear = 2026\n", "year"),
    ],
)
def test_a_wrong_scheme_names_file_and_key(pair, capsys, old, new, key):
    change_scheme(pair, old, new)
    assert award(pair) == 3
    told = capsys.readouterr().err
    assert told.startswith("错误：")
    assert "scheme.toml" in told
    assert key in told or "两次" in told
    assert told.count("\n") == 1
    assert not pair[2].exists()


def hostile(path):
    yield "empty", b""
    yield "text", "这不是表格".encode()
    yield "web page", b"<html><table><tr><td>1</td></tr></table></html>"
    yield "word", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    yield "half", (path.read_bytes())[:2000]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("something.txt", "x")
    yield "zip", packed.getvalue()


@pytest.mark.parametrize("kind", ["empty", "text", "web page", "word", "half", "zip"])
def test_what_is_no_register_gets_a_sentence(pair, capsys, kind):
    pair[1].write_bytes(dict(hostile(pair[1]))[kind])
    assert award(pair) == 3
    told = capsys.readouterr().err
    assert told.startswith("错误：")
    assert "程序内部出错" not in told
    assert told.count("\n") == 1
    assert not pair[2].exists()


def test_missing_files_are_told(pair, capsys):
    for missing in (0, 1):
        changed = list(pair)
        changed[missing] = pair[0].with_name("没有这个文件")
        assert award(changed) == 3
        assert "没有这个文件" in capsys.readouterr().err
    assert not pair[2].exists()


def test_a_person_list_is_not_an_award_register(pair, capsys):
    book = openpyxl.Workbook()
    book.active.append(["户编号", "人编号", "姓名", "证件号码", "与户主关系"])
    book.active.append(["1", "1", "张三", "440883196803120019", "户主"])
    book.save(pair[1])
    assert award(pair) == 3
    assert "不是奖补登记表" in capsys.readouterr().err


def test_a_register_without_villages_takes_the_schemes(pair, capsys):
    book = openpyxl.load_workbook(pair[1])
    column = next(cell.column for cell in book.active[2] if cell.value == "行政村")
    book.active.delete_cols(column)
    book.save(pair[1])
    assert award(pair) == 0
    assert "全部算作低岭村" in capsys.readouterr().err
    assert {one["village"] for one in result_of(pair)["households"]} == {"低岭村"}
    assert award(pair, "--village", "那罗村") == 0
    assert "全部算作" not in capsys.readouterr().err
    assert {one["village"] for one in result_of(pair)["households"]} == {"那罗村"}


def test_a_character_no_font_has_writes_nothing(pair, capsys):
    change_register(pair, B3="李\U000e0101\ue123")
    assert award(pair) == 3
    assert "U+E123" in capsys.readouterr().err
    assert not pair[2].exists()


def test_a_folder_that_is_a_file_is_told(pair, capsys):
    pair[2].write_text("in the way")
    assert award(pair) == 3
    assert capsys.readouterr().err.startswith("错误：")
    assert pair[2].read_text() == "in the way"


def test_old_results_stay_when_the_new_ones_fail(pair):
    assert award(pair) == 0
    before = {name: (pair[2] / name).read_bytes() for name in FILES}
    change_register(pair, C4="1")
    assert award(pair) == 3
    assert {name: (pair[2] / name).read_bytes() for name in FILES} == before


def test_a_file_that_cannot_be_replaced_leaves_all_old_ones(pair):
    assert award(pair) == 0
    (pair[2] / "notice.pdf").unlink()
    (pair[2] / "notice.pdf").mkdir()
    (pair[2] / "notice.pdf" / "kept").write_text("x")
    before = {name: (pair[2] / name).read_bytes() for name in FILES if name != "notice.pdf"}
    change_scheme(pair, '"12000.00"', '"1000.00"')
    assert award(pair) == 3
    assert {name: (pair[2] / name).read_bytes() for name in before} == before
    assert sorted(path.name for path in pair[2].iterdir()) == FILES


def test_results_never_lie_over_what_is_read(pair, capsys):
    inside = pair[2] / "award_sheet.xlsx"
    pair[2].mkdir()
    shutil.copy(pair[1], inside)
    before = inside.read_bytes()
    assert award((pair[0], inside, pair[2])) == 3
    assert "盖掉" in capsys.readouterr().err
    assert inside.read_bytes() == before
    assert [path.name for path in pair[2].iterdir()] == ["award_sheet.xlsx"]
    scheme = pair[2] / "result.json"
    shutil.copy(pair[0], scheme)
    assert award((scheme, pair[1], pair[2])) == 3
    assert scheme.read_bytes() == pair[0].read_bytes()


@pytest.mark.parametrize("below", ["", "更深"])
def test_a_file_is_no_folder_for_results(pair, capsys, below):
    (pair[0].parent / "文件").write_text("旧", encoding="utf-8")
    assert award((pair[0], pair[1], pair[0].parent / "文件" / below)) == 3
    told = capsys.readouterr().err
    assert "不是文件夹" in told
    assert "U盘" not in told
    assert (pair[0].parent / "文件").read_text(encoding="utf-8") == "旧"


@pytest.mark.parametrize("option", ["--scheme", "--households", "--out"])
def test_an_empty_name_is_wrong_usage(pair, capsys, monkeypatch, option):
    monkeypatch.chdir(pair[0].parent)
    words = {"--scheme": str(pair[0]), "--households": str(pair[1]), "--out": str(pair[2]), option: ""}
    with pytest.raises(SystemExit) as left:
        main(["award", *[word for both in words.items() for word in both]])
    assert left.value.code == 2
    assert f"参数 {option}：不能是空的" in capsys.readouterr().err


def test_another_sheet_that_looks_like_a_register_is_told(pair, capsys):
    book = openpyxl.load_workbook(pair[1])
    book.copy_worksheet(book.active).title = "高岭村"
    empty = book.create_sheet("空表")
    for cell in book.active[2]:
        empty.cell(1, cell.column, cell.value)
    book.create_sheet("说明")["A1"] = "填表说明"
    book.save(pair[1])
    assert award(pair) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if "也像名册" in line]
    assert len(told) == 1
    assert "“高岭村”" in told[0]


def test_tiers_out_of_order_are_told_under_the_name_of_the_file(pair, capsys):
    change_scheme(pair, '{ from = "0", rate = "220.00", label = "小农户" }', '{ from = "11", rate = "220.00" }')
    assert award(pair) == 3
    assert "文件“scheme.toml”的“item[2].tiers”有误" in capsys.readouterr().err
    assert main(["scheme", "check", str(pair[0])]) == 3
    assert "文件“scheme.toml”的“item[2].tiers”有误" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_an_output_that_takes_nothing_is_told(pair):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "fupin_desktop", "amount", "1"], cwd=ROOT, stdout=full, stderr=subprocess.PIPE,
            encoding="utf-8", check=False,
        )
    assert done.returncode == 3
    assert "印不出来" in done.stderr
    assert "内部出错" not in done.stderr
