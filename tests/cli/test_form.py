"""``fupin-desktop form`` as a script meets it."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from fupin_desktop.cli.form import read_data
from tests.cli.conftest import ROOT, Program

SAMPLES = ROOT / "resources" / "samples" / "forms"
FORMS = sorted(path.parent.name for path in (ROOT / "forms").glob("*/form.toml"))


def data_file(folder: Path, content: object) -> Path:
    path = folder / "data.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def test_every_form_is_listed(process: Program) -> None:
    done = process("form", "list")
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert [line[0] for line in lines] == FORMS
    assert ["village_application", "吴川市“一村一品”产业扶贫村申报表", "内置", "吴川 附件2"] in lines


def test_a_form_tells_its_fields(program: Program) -> None:
    done = program("form", "show", "town_application")
    assert done.returncode == 0
    assert "batch\t申报批次\t单选\t必填\t可选：首批、第二批、第三批\t吴川 三(一)2" in done.stdout.splitlines()
    assert "villages[].name\t村（居）\t文字" in done.stdout.splitlines()


def test_a_form_gives_a_file_to_fill_in(program: Program, tmp_path: Path) -> None:
    done = program("form", "show", "household_application", "--json")
    empty = json.loads(done.stdout)
    assert empty["applicant"] is None
    assert "product" in empty["items"][0]
    filled = program("form", "fill", "household_application", "--data", data_file(tmp_path, empty), "--out", tmp_path / "o")
    assert filled.returncode == 1
    assert "statement：“申请事由”必须填写" in filled.stderr


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_what_a_chinese_windows_saved_is_read(tmp_path: Path, encoding: str) -> None:
    """The command prompt and 记事本 write GB 18030, PowerShell UTF-16."""
    path = tmp_path / "data.json"
    path.write_text('{"town": "塘㙍镇"}', encoding=encoding)
    assert read_data(path) == {"town": "塘㙍镇"}


@pytest.mark.parametrize("form_id", sorted(path.stem for path in SAMPLES.glob("*.json")))
def test_samples_are_filled(program: Program, tmp_path: Path, form_id: str) -> None:
    done = program("form", "fill", form_id, "--data", SAMPLES / f"{form_id}.json", "--out", tmp_path / "结果")
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.name for path in (tmp_path / "结果").iterdir()} == {f"{form_id}.pdf", f"{form_id}.xlsx"}
    text = PdfReader(BytesIO((tmp_path / "结果" / f"{form_id}.pdf").read_bytes())).pages[0].extract_text()
    assert "草稿" not in text


@pytest.mark.parametrize("form_id", FORMS)
def test_every_form_can_be_filled_with_nothing(program: Program, tmp_path: Path, form_id: str) -> None:
    done = program("form", "fill", form_id, "--data", data_file(tmp_path, {}), "--out", tmp_path / "out")
    assert done.returncode in (0, 1)
    assert (tmp_path / "out" / f"{form_id}.pdf").is_file()
    assert all(line.startswith("提醒：") for line in done.stderr.splitlines())


def test_faults_are_told_with_their_paths_and_nothing_is_written(program: Program, tmp_path: Path) -> None:
    data = json.loads((SAMPLES / "village_application.json").read_text(encoding="utf-8"))
    data |= {"investment_special": "1.234", "colour": "红", "area_total": "1"}
    data["households"][2]["area"] = "多"
    done = program("form", "fill", "village_application", "--data", data_file(tmp_path, data), "--out", tmp_path / "out")
    assert done.returncode == 3
    told = done.stderr.splitlines()
    for path in ("investment_special", "colour", "area_total", "households[2].area"):
        assert any(line.startswith(f"错误：{path}：") for line in told)
    assert told[-1] == "错误：数据有 4 处错误，没有写任何文件。"
    assert not (tmp_path / "out").exists()


def test_a_copy_for_others_is_masked(program: Program, tmp_path: Path) -> None:
    source = SAMPLES / "household_application.json"
    done = program("form", "fill", "household_application", "--data", source, "--out", tmp_path / "out", "--public")
    assert done.returncode == 0
    text = PdfReader(BytesIO((tmp_path / "out" / "household_application.pdf").read_bytes())).pages[0].extract_text()
    assert "440883********4418" in text.replace("\n", "")
    assert "440883196503124418" not in text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "不是合格的 JSON"),
        ("[]", "最外层"),
        ('{"leader": NaN}', "NaN"),
        ('{"leader": "甲", "leader": "乙"}', "两次"),
    ],
)
def test_a_bad_data_file_is_told(program: Program, tmp_path: Path, content: str, said: str) -> None:
    path = data_file(tmp_path, content)
    done = program("form", "fill", "village_application", "--data", path, "--out", tmp_path / "out")
    assert done.returncode == 3
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_what_is_not_there_is_told(program: Program, tmp_path: Path) -> None:
    unknown = program("form", "show", "no_such_form")
    assert (unknown.returncode, "no_such_form" in unknown.stderr) == (3, True)
    done = program("form", "fill", "village_application", "--data", tmp_path / "none.json", "--out", tmp_path / "out")
    assert (done.returncode, "none.json" in done.stderr) == (3, True)
    assert program("form").returncode == 2


def test_the_offices_own_form_comes_first(program: Program, tmp_path: Path) -> None:
    own = tmp_path / "forms" / "performance_target"
    own.mkdir(parents=True)
    text = (ROOT / "forms" / "performance_target" / "form.toml").read_text(encoding="utf-8")
    (own / "form.toml").write_text(text.replace("项目绩效目标表", "本县绩效目标表"), encoding="utf-8")
    listed = program("form", "list", "--forms", tmp_path / "forms")
    assert "performance_target\t本县绩效目标表\t本单位\t清远 二12" in listed.stdout.splitlines()
    (own / "form.toml").write_text(text.replace('title = "项目', 'tittle = "项目'), encoding="utf-8")
    broken = program("form", "show", "performance_target", "--forms", tmp_path / "forms")
    assert broken.returncode == 3
    assert "performance_target/form.toml" in broken.stderr
    assert "title" in broken.stderr
