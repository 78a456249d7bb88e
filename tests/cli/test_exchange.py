"""``exchange`` and ``package`` on the command line: out to a stick, everything into one file and open again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fupin_desktop.__main__ import main
from tests.services.register_office import add_household, make_office


@pytest.fixture
def data(tmp_path: Path) -> str:
    bench = make_office(tmp_path / "数据")
    add_household(bench, "吴一")
    bench.close()
    (tmp_path / "stick").mkdir()
    return str(tmp_path / "数据")


def test_what_is_listed_goes_out(data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["exchange", "list", "--data", data]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"register:households", "register:village_facts"} <= {one["key"] for one in found}
    words = ["exchange", "out", "--data", data, "--to", str(tmp_path / "stick"), "--title", "名册", "--receiver", "县扶贫办"]
    assert main(words) == 3
    assert "没有说交什么" in capsys.readouterr().err
    assert main([*words, "--key", "register:x"]) == 3
    assert "exchange list" in capsys.readouterr().err
    assert main([*words, "--key", "register:households"]) == 1
    told = capsys.readouterr()
    assert "可以安全拔出U盘" in told.out
    assert "提醒：农户：1 户没有银行账号。" in told.err
    (folder,) = (tmp_path / "stick").iterdir()
    assert sorted(path.name for path in folder.rglob("*.*")) == ["交接单.pdf", "农户台账.xlsx", "清单.xlsx"]
    assert main([*words[:5], str(tmp_path / "away"), *words[6:], "--group", "台账"]) == 3
    assert main(["exchange", "list", "--data", str(tmp_path / "leer")]) == 3
    assert not (tmp_path / "leer").exists()


def test_a_period_goes_out_with_its_audit_package(data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to = ["--to", str(tmp_path / "stick"), "--title", "上半年", "--receiver", "审计组"]
    period = ["--since", "2026-01-01", "--until", "2026-06-30", "--audit"]
    assert main(["exchange", "out", "--data", data, *to, *period]) == 0
    assert "2 个文件" in capsys.readouterr().out
    assert len(list((tmp_path / "stick").glob("*/卷宗/*.pdf"))) == 1


def test_a_package_is_made_looked_into_and_opened(
    data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = str(tmp_path / "stick")
    assert main(["package", "make", "--data", data, "--to", stick, "--receiver", "新电脑"]) == 0
    (path,) = (tmp_path / "stick").glob("*/*.fupin")
    capsys.readouterr()
    assert main(["package", "look", str(path)]) == 0
    assert "塘㙍镇扶贫办的移交包" in capsys.readouterr().out
    there = tmp_path / "新电脑"
    assert main(["package", "open", str(path), "--data", str(there)]) == 0
    assert (there / "fupin.sqlite").is_file()
    assert main(["package", "open", str(path), "--data", str(there)]) == 3
    assert "已经有东西" in capsys.readouterr().err
