"""``form check`` and ``form from-workbook``."""

from __future__ import annotations

import shutil

import pytest

from fupin_desktop import paths
from fupin_desktop.__main__ import main
from tests.documents.drawn_sheet import ROWS, drawn

VILLAGE = "village_application"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(paths.forms() / VILLAGE, tmp_path / "改过的表样")


def test_a_good_form_is_said_to_be_good(capsys, folder):
    assert main(["form", "check", str(folder)]) == 0
    told = capsys.readouterr()
    assert told.out == "village_application：“吴川市“一村一品”产业扶贫村申报表”可以启用。\n"
    assert told.err == ""


def test_a_broken_form_is_told_with_file_key_and_rule(capsys, folder):
    file = folder / "form.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("top = 18", "top = -1"), encoding="utf-8")
    assert main(["form", "check", str(folder)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "form.toml”的“paper.top”：应不小于 0" in told.err
    assert main(["form", "check", str(folder / "nothing")]) == 3
    assert "找不到 form.toml" in capsys.readouterr().err


def test_a_workbook_becomes_a_form_that_says_what_it_lacks(capsys, tmp_path):
    out = tmp_path / "表样"
    words = ["form", "from-workbook", str(drawn(tmp_path / "表.xlsx")), "--base", VILLAGE, "--out", str(out)]
    assert main(words) == 1
    told = capsys.readouterr()
    assert "“村（居）负责人”没有放在纸上" in told.err
    assert (out / VILLAGE / "form.toml").is_file()
    assert str(out / VILLAGE / "form.toml") in told.out
    assert main(["form", "check", str(out / VILLAGE)]) == 1
    capsys.readouterr()
    assert main(words) == 3
    assert "已经有了" in capsys.readouterr().err


def test_a_workbook_with_faults_is_told_and_nothing_is_written(capsys, tmp_path):
    path = drawn(tmp_path / "表.xlsx", rows={**ROWS, 4: ["主要产品", "{{prodcts}}"]})
    assert main(["form", "from-workbook", str(path), "--base", VILLAGE, "--out", str(tmp_path / "表样")]) == 3
    assert "B4：没有“prodcts”这个字段" in capsys.readouterr().err
    assert not (tmp_path / "表样").exists()
    assert main(["form", "from-workbook", str(path), "--base", "none", "--out", str(tmp_path / "表样")]) == 3
    assert "没有“none”这张表" in capsys.readouterr().err
