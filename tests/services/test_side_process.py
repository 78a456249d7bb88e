"""Files made by processes of their own: the same files, the same situations, and nothing left running."""

from __future__ import annotations

import inspect
import multiprocessing
import os
import pickle
import time

import pytest

from fupin_desktop import errors
from fupin_desktop.documents.faces.fonts import missing_glyph
from fupin_desktop.services import files, side_process
from fupin_desktop.services.files import MadeBeside, write_together
from fupin_desktop.services.side_process import ProcessLost, SideProcess


def told(text: str) -> bytes:
    return text.encode()


def without_a_glyph() -> bytes:
    raise missing_glyph("\U000f0000", "“低岭村 吴华契”")


def killed() -> bytes:
    if os.getpid() == int(os.environ["FUPIN_TEST_PARENT"]):
        return b"here"
    os._exit(9)


def endless(mark: str) -> None:
    with open(mark, "w", encoding="utf-8") as file:  # noqa: PTH123 - as plain as can be
        file.write(str(os.getpid()))
    time.sleep(600)


@pytest.fixture(autouse=True)
def two_processors(monkeypatch):
    monkeypatch.setattr(files, "processors", lambda: 2)
    monkeypatch.setenv("FUPIN_TEST_PARENT", str(os.getpid()))


def test_what_is_made_beside_lies_with_the_others(tmp_path):
    write_together(tmp_path, {"a": MadeBeside(told, ("塘㙍镇",)), "b": b"here"})
    assert (tmp_path / "a").read_bytes() == "塘㙍镇".encode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_with_one_processor_no_process_is_started(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "processors", lambda: 1)
    monkeypatch.setattr(files, "SideProcess", None)
    write_together(tmp_path, {"a": MadeBeside(told, ("甲",))})
    assert (tmp_path / "a").read_bytes() == "甲".encode()


def test_a_situation_comes_over_whole_and_leaves_no_file(tmp_path):
    with pytest.raises(errors.MissingGlyph) as caught:
        write_together(tmp_path / "新", {"a": MadeBeside(without_a_glyph, ()), "b": b"here"})
    assert str(caught.value) == str(missing_glyph("\U000f0000", "“低岭村 吴华契”"))
    assert not (tmp_path / "新").exists()


def test_what_a_killed_process_should_have_made_is_made_here(tmp_path):
    write_together(tmp_path, {"a": MadeBeside(killed, ())})
    assert (tmp_path / "a").read_bytes() == b"here"


def test_where_no_process_can_be_started_the_work_is_done_here(tmp_path, monkeypatch):
    def refuse(_process):
        raise OSError(11, "no more processes")

    monkeypatch.setattr(type(side_process.get_context("spawn").Process()), "start", refuse)
    write_together(tmp_path, {"a": MadeBeside(told, ("甲",))})
    assert (tmp_path / "a").read_bytes() == "甲".encode()


def test_a_failure_beside_it_ends_the_process(tmp_path):
    def fail(_stream):
        raise errors.DiskFull("磁盘空间不足。")

    started = time.monotonic()
    with pytest.raises(errors.DiskFull):
        write_together(tmp_path, {"a": MadeBeside(endless, (str(tmp_path / "mark"),)), "b": fail})
    assert time.monotonic() - started < 60
    assert [path.name for path in tmp_path.iterdir() if path.name != "mark"] == []


def test_a_stopped_process_is_gone(tmp_path):
    mark = tmp_path / "mark"
    process = SideProcess(endless, str(mark))
    while not (mark.is_file() and mark.read_text()):
        time.sleep(0.02)
    process.stop()
    assert int(mark.read_text()) not in [child.pid for child in multiprocessing.active_children()]
    with pytest.raises(ProcessLost):
        process.wait()


def test_every_situation_can_come_from_another_process():
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.Situation)]
    assert len(kinds) > 10
    for kind in kinds:
        given = ("方案.toml", "item[1]", "要写数字") if kind is errors.BadDefinition else ("坏了。",)
        made = kind(*given)
        made.todo = "请再试。"
        again = pickle.loads(pickle.dumps(made))
        assert (type(again), str(again), again.args, vars(again)) == (kind, str(made), made.args, vars(made))
