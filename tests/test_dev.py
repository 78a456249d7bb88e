"""The set-up command: what it says, and what it does where the machine lacks something."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
INSTALLER = ROOT / "installer"


@pytest.fixture
def machine(monkeypatch):
    monkeypatch.syspath_prepend(str(INSTALLER))
    import machine

    return machine


@pytest.mark.skipif(sys.flags.safe_path, reason="this Python finds no module beside a script")
def test_help_names_every_command_without_setting_anything_up():
    done = subprocess.run([sys.executable, INSTALLER / "dev.py", "--help"], capture_output=True, text=True, check=True)
    for command in ("run", "test", "bench", "shots", "lock", "build", "windows", "debian"):
        assert f"\n    {command} " in done.stdout


def test_ci_runs_the_tests_and_nothing_else():
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert lines[-1] == "python3 installer/dev.py test"
    assert len(lines) == 4


def test_without_apt_the_packages_are_named(machine, monkeypatch):
    monkeypatch.setattr(machine.shutil, "which", lambda _name: None)
    with pytest.raises(machine.Trouble, match="libegl1"):
        machine.apt_install(["libegl1"])


def test_without_root_the_command_to_type_is_told(machine, monkeypatch):
    monkeypatch.setattr(machine.shutil, "which", lambda name: "apt-get" if name == "apt-get" else None)
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(machine.Trouble, match=r"sudo apt-get install -y --no-install-recommends libegl1"):
        machine.apt_install(["libegl1"])


def test_a_failing_update_does_not_stop_the_installation(machine, monkeypatch, capsys):
    ran = []

    def run(_prefix, command):
        ran.append(command[1:3])
        return 100 if "update" in command else 0

    monkeypatch.setattr(machine.shutil, "which", lambda _name: "there")
    monkeypatch.setattr(machine, "_root_prefix", list)
    monkeypatch.setattr(machine, "_run_as_root", run)
    machine.apt_install(["libegl1"])
    assert [words[-1] for words in ran] == ["update", "-y"]
    assert "package lists at hand" in capsys.readouterr().out


def test_a_failing_installation_is_told(machine, monkeypatch):
    monkeypatch.setattr(machine.shutil, "which", lambda _name: "there")
    monkeypatch.setattr(machine, "_root_prefix", list)
    monkeypatch.setattr(machine, "_run_as_root", lambda _prefix, _command: 100)
    with pytest.raises(machine.Trouble, match="could not install libegl1"):
        machine.apt_install(["libegl1"])


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="shared libraries of Linux")
def test_missing_libraries_are_read_off_and_known(machine, monkeypatch, tmp_path):
    listing = "\tlibEGL.so.1 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x0)\n\tlibxcb-cursor.so.0 => not found\n"
    monkeypatch.setattr(machine.subprocess, "run", lambda *_a, **_k: subprocess.CompletedProcess([], 0, listing, ""))
    missing = machine.missing_libraries(tmp_path)
    assert missing == ["libEGL.so.1", "libxcb-cursor.so.0"]
    assert set(missing) <= set(machine.QT_LIBRARIES)


def test_of_several_pythons_of_one_version_the_newest_is_taken(machine, monkeypatch, tmp_path):
    import pythons

    kept = [tmp_path / ".pyenv" / "versions" / name / "bin" for name in ("3.13.0", "3.13.11", "3.13.9", "3.12.1")]
    kept.append(tmp_path / ".local" / "share" / "uv" / "python" / "cpython-3.13.10-linux-x86_64-gnu" / "bin")
    for folder in kept:
        folder.mkdir(parents=True)
        (folder / "python3").touch()
    found = [path.parents[1].name for path in pythons._elsewhere(tmp_path, "3.13")]
    assert found == ["3.13.11", "cpython-3.13.10-linux-x86_64-gnu", "3.13.9", "3.13.0"]
    monkeypatch.setattr(pythons.shutil, "which", lambda _name: None)
    monkeypatch.setattr(pythons.Path, "home", lambda: tmp_path / "nobody")
    assert pythons.find(".".join(map(str, sys.version_info[:2]))) == sys.executable
    assert pythons.find("2.99") is None


@pytest.fixture
def checking(monkeypatch):
    monkeypatch.syspath_prepend(str(INSTALLER))
    import checking

    return checking


def test_all_tests_run_on_every_core_and_those_asked_for_as_asked(checking):
    assert checking.tests([]).command[-4:] == ["-n", "auto", "--dist", "worksteal"]
    assert checking.tests(["tests/domain"]).command[-1] == "tests/domain"


def test_coverage_is_measured_apart_told_and_decides(checking, capsys, monkeypatch):
    ran = []

    def run(check, *, aloud):
        ran.append(check.command)
        check.status, check.output = 2, "Total coverage: 88.91%\n3 passed in 0.51s\n"

    monkeypatch.setattr(checking, "_run", run)
    assert checking.coverage(["-x"]) == 2
    assert "--cov" in ran[0]
    assert "--cov" not in checking.tests([]).command
    told = capsys.readouterr().out.splitlines()
    assert any(line.startswith("coverage      88.91% of lines and branches") for line in told)
    assert told[-1] == "3 passed in 0.51s"


def test_the_floor_of_coverage_stands_and_counts_branches():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["coverage"]
    assert settings["run"]["branch"] is True
    assert settings["report"]["fail_under"] >= 90


def test_the_last_line_is_the_one_that_counts_the_tests(checking, capsys):
    check = checking.Check("pytest", [], status=0, output="...\n===== 3 passed, 1 skipped in 0.51s =====\n\n")
    checking._summary([checking.Check("ruff check", [], status=1), check])
    told = capsys.readouterr().out.splitlines()
    assert told[-1] == "3 passed, 1 skipped in 0.51s"
    assert "ruff check    FAILED (exit status 1)" in told[1]


def test_pyside_lays_out_its_modules_once_where_it_is_installed(machine, monkeypatch, tmp_path):
    import environment
    import qt_support

    asked = []
    monkeypatch.setattr(environment, "_site_packages", lambda: tmp_path)
    monkeypatch.setattr(qt_support, "lay_out", lambda packages, _python: asked.append(packages))
    environment._lay_out_qt_support()
    assert asked == []  # it is installed elsewhere
    (tmp_path / "shiboken6").mkdir()
    environment._lay_out_qt_support()
    assert asked == [tmp_path]
    (tmp_path / "shiboken6" / qt_support.FOLDER).mkdir()
    environment._lay_out_qt_support()
    assert asked == [tmp_path]


def test_a_program_gets_the_modules_of_the_pyside_that_it_carries_or_none(machine, monkeypatch, tmp_path):
    import qt_support

    def lay_out(packages, _python):
        (packages / "shiboken6" / qt_support.FOLDER / "__pycache__").mkdir(parents=True)
        (packages / "shiboken6" / qt_support.FOLDER / "loader.py").touch()
        return packages / "shiboken6" / qt_support.FOLDER

    monkeypatch.setattr(qt_support, "lay_out", lay_out)
    packages = tmp_path / "packages"
    (packages / "shiboken6").mkdir(parents=True)
    here = qt_support._packages_here() / "shiboken6" / "_config.py"
    (packages / "shiboken6" / "_config.py").write_text(here.read_text(encoding="utf-8"), encoding="utf-8")
    qt_support.put(packages, tmp_path / "work")
    assert [one.name for one in (packages / "shiboken6" / qt_support.FOLDER).iterdir()] == ["loader.py"]
    (packages / "shiboken6" / "_config.py").write_text('version = "5.15"\n', encoding="utf-8")
    with pytest.raises(SystemExit, match=r"5\.15"):
        qt_support.put(packages, tmp_path / "work")
