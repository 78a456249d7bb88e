"""The command line on encrypted data: the password comes out of a file, never out of the command itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.cli.main import parse, run_command
from fupin_desktop.services import protection
from fupin_desktop.storage import key_slots
from tests.services.register_office import Clock, add_household, make_office

PASSWORD = "低岭村的荔枝-88"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A locked office."""
    monkeypatch.setattr(key_slots.wrap, "__kwdefaults__", {"cost": 1 << 4})
    monkeypatch.delenv("FUPIN_PASSWORD_FILE", raising=False)
    bench = make_office(tmp_path / "数据", Clock())
    add_household(bench, "张三")
    protection.protect(bench, PASSWORD, lambda *_told: None)
    bench.close()
    protection.lock(bench.data_folder)
    yield bench.data_folder
    protection.lock(bench.data_folder)


def export(office: Path, *words: str) -> int:
    return run_command(parse([*words, "export", "--data", str(office), "--out", str(office.parent / "名册.xlsx")]))


def test_without_a_password_nothing_is_read(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(office) == 3
    assert "--password-file" in capsys.readouterr().err
    assert not (office.parent / "名册.xlsx").exists()


def test_the_first_line_of_the_file_opens_it(office: Path) -> None:
    secret = office.parent / "密码.txt"
    secret.write_text(f"\ufeff{PASSWORD}\n第二行不算\n", encoding="utf-8")
    assert export(office, "--password-file", str(secret)) == 0
    assert (office.parent / "名册.xlsx").exists()


def test_the_environment_may_name_the_file(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = office.parent / "密码.txt"
    secret.write_text(PASSWORD, encoding="utf-8")
    monkeypatch.setenv("FUPIN_PASSWORD_FILE", str(secret))
    assert export(office) == 0


@pytest.mark.parametrize("content", ["不是这个", ""])
def test_a_wrong_password_is_told(office: Path, capsys: pytest.CaptureFixture[str], content: str) -> None:
    secret = office.parent / "密码.txt"
    secret.write_text(content, encoding="utf-8")
    assert export(office, "--password-file", str(secret)) == 3
    assert "密码不对" in capsys.readouterr().err


def test_a_missing_file_is_told(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(office, "--password-file", str(office / "没有.txt")) == 3
    assert "读不了密码文件" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-8", "utf-8-sig"])
def test_the_file_may_be_saved_by_any_program_of_windows(office: Path, encoding: str) -> None:
    secret = office.parent / "密码.txt"
    secret.write_bytes(f"{PASSWORD}\r\n".encode(encoding))
    assert export(office, "--password-file", str(secret)) == 0


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03", b"\xff\xfe\x00", b"\x80\xff\xff"])
def test_a_file_that_is_no_text_is_told(office: Path, capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    secret = office.parent / "密码.txt"
    secret.write_bytes(content)
    assert export(office, "--password-file", str(secret)) == 3
    assert capsys.readouterr().err == (
        f"错误：密码文件“{secret}”不是文字。已保存的数据没有变动。请用记事本重新写一份，编码选 UTF-8。\n"
    )
