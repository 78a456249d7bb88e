import argparse

from pypdf import PdfReader

from fupin_desktop.cli.main import build_parser
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


def test_the_manual_and_the_quick_start_are_written(program, tmp_path):
    done = program("manual", "--quick-start", "--out", tmp_path / "快速入门.pdf")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip() == str(tmp_path / "快速入门.pdf")
    assert len(PdfReader(tmp_path / "快速入门.pdf").pages) == 2
    done = program("manual", "--out", tmp_path / "手册.pdf")
    assert done.returncode == 0
    assert len(PdfReader(tmp_path / "手册.pdf").pages) > 20


def test_a_place_that_is_not_there_is_told(program, tmp_path):
    done = program("manual", "--out", tmp_path / "没有" / "手册.pdf")
    assert done.returncode == 3
    assert done.stderr.startswith("错误：")
    assert len(done.stderr.splitlines()) == 1
