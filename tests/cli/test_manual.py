import argparse

from pypdf import PdfReader

from fupin_desktop.cli.main import build_parser, run_command
from tests.cli.conftest import ROOT
from tests.services.manual_pages import page


def commands():
    found = next(one for one in build_parser()._actions if isinstance(one, argparse._SubParsersAction))
    return set(found.choices)


def test_every_command_stands_in_the_manual_and_in_the_readme():
    told = page("cli.html").text
    assert {one for one in commands() if f"fupin-desktop {one} " not in told} == set()
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert {one for one in commands() if one not in readme} == set()


def run(*words):
    return run_command(build_parser().parse_args(["manual", *map(str, words)]))


def test_the_manual_and_the_quick_start_are_written(tmp_path, capsys):
    assert run("--quick-start", "--out", tmp_path / "快速入门.pdf") == 0
    assert capsys.readouterr() == (f"{tmp_path / '快速入门.pdf'}\n", "")
    assert len(PdfReader(tmp_path / "快速入门.pdf").pages) == 2
    assert run("--out", tmp_path / "手册.pdf") == 0
    assert len(PdfReader(tmp_path / "手册.pdf").pages) > 20


def test_a_place_that_is_not_there_is_told(tmp_path, capsys):
    assert run("--out", tmp_path / "没有" / "手册.pdf") == 3
    told = capsys.readouterr().err
    assert told.startswith("错误：")
    assert len(told.splitlines()) == 1
