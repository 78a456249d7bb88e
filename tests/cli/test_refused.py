"""The written commands of ``tests/cases/cli``: each is refused in Chinese lines, and nothing is written."""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ROOT, SAMPLE, Program
from tests.services.payments.conftest import Filed, filed_office

__all__ = ["filed_office"]
CASES = tomllib.loads((ROOT / "tests" / "cases" / "cli" / "refused.toml").read_text("utf-8"))["case"]
ENGLISH = re.compile(r"invalid|argument|expected|Error|error|Traceback|None")
HOUSEHOLDS = "户主姓名,行政村,产品,面积\n陈康,低岭村,水稻,3\n"


@pytest.fixture(scope="module")
def places(filed_office: Filed, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A folder with data, one to write to, an empty one, and one with files of all kinds."""
    root = tmp_path_factory.mktemp("cli")
    found = {name: root / name for name in ("data", "empty", "out", "files")}
    shutil.copytree(filed_office[0], found["data"])
    for name in ("empty", "out", "files"):
        found[name].mkdir()
    _fill(found["files"])
    return found


def _fill(files: Path) -> None:
    (files / "密码.txt").write_text("新的密码-2026", encoding="utf-8")
    (files / "名册.csv").write_text(HOUSEHOLDS, encoding="utf-8")
    (files / "长数.json").write_text(f'{{"leader": {"9" * 5000}}}', encoding="utf-8")
    (files / "图片.json").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(8))
    (files / "空.json").write_text("{}", encoding="utf-8")
    (files / "不是包.fupin").write_bytes(b"x" * 4096)
    shutil.copy(SAMPLE / "scheme.toml", files / "方案.toml")


def _contents(folder: Path) -> dict[str, bytes]:
    """What lies in a folder; the log of the program aside."""
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _told(line: str, places: dict[str, Path]) -> str:
    """A line as it is told here: a path with the slashes of this system."""
    return re.sub(r"(\{\w+\})/", rf"\1{re.escape(os.sep)}", line).format(**places)


@pytest.mark.parametrize("case", CASES, ids=[" ".join(one["words"]) for one in CASES])
def test_a_command_that_cannot_be_is_refused_and_writes_nothing(
    case: dict[str, Any], places: dict[str, Path], program: Program
) -> None:
    (places["files"] / "登记表.csv").write_text(case.get("register", ""), encoding="utf-8")
    kept = {name: _contents(places[name]) for name in ("empty", "out", "files")}
    done = program(*(word.format(**places) for word in case["words"]))
    told = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (case["status"], ""), done.stderr
    if "err" in case:
        assert told == [_told(line, places) for line in case["err"]]
    else:
        assert told[0].startswith(case["starts"])
    for line in told:
        assert line.startswith(("错误：", "提醒：", "用法不对："))
        assert not ENGLISH.search(line.replace(str(places["data"].parent), ""))
    assert {name: _contents(places[name]) for name in kept} == kept
