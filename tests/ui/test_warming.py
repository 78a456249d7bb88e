"""What the first look at each tab needs is loaded beforehand, piece by piece, and never in the way of long work."""

from importlib.util import find_spec

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fupin_desktop import warming
from fupin_desktop.errors import DataFileBusy
from fupin_desktop.services import documents, payments
from fupin_desktop.ui.tabs.registry import TABS
from tests.statements import counted


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(warming, "EVERY_MS", 1)
    monkeypatch.setattr(warming.gc, "freeze", lambda: None)  # what other tests leave is to go


def until(done):
    for _ in range(400):
        if done():
            return
        QTest.qWait(5)
    pytest.fail("it does not come to an end")


def test_one_piece_after_another_and_the_readings_last(window, quick):
    taken = []
    pieces = [lambda number=number: taken.append(number) for number in range(4)]
    made = warming.Warming(window.shell, lambda: taken.append("first"), pieces, [lambda: taken.append("beside")])
    made.load()
    until(lambda: "beside" in taken)
    assert taken == ["first", 0, 1, 2, 3, "beside"]


def test_what_is_loaded_and_what_the_readings_keep_is_left_out_of_collections(window, monkeypatch, quick):
    taken = []
    monkeypatch.setattr(warming.gc, "freeze", lambda: taken.append("frozen"))
    made = warming.Warming(window.shell, lambda: None, [lambda: taken.append("loaded")], [lambda: taken.append("read")])
    made.load()
    until(lambda: len(taken) == 4)
    assert taken == ["loaded", "frozen", "read", "frozen"]


def test_it_waits_behind_long_work_and_stops_at_trouble(window, quick, monkeypatch, answers):
    taken, busy = [], [True]
    monkeypatch.setattr(type(window.shell.tasks), "busy", property(lambda _tasks: busy[0]))

    def fault():
        raise DataFileBusy("别的程序正在用。")

    made = warming.Warming(window.shell, lambda: None, [lambda: taken.append(1)], [fault, lambda: taken.append(2)])
    made.load()
    QTest.qWait(30)
    assert taken == []
    busy[0] = False
    until(lambda: taken == [1])
    window.shell.tasks.wait()
    QApplication.processEvents()
    assert (taken, answers.told) == ([1], [])


def test_everything_named_is_there_and_the_documents_are_read(sample_window):
    assert [name for name in warming.MODULES if find_spec(f"fupin_desktop.{name}") is None] == []
    warming.load_toolkit()
    for step in (*warming.steps(), *warming.readings(sample_window.shell.bench)):
        step()
    bench = sample_window.shell.bench
    with counted(bench) as sent:
        assert documents.lines(bench, bench.year)
        assert payments.payables(bench, bench.year)
        assert [documents.titles(bench, spec.key) for spec in TABS if spec.key in ("applications", "funds", "reports")]
    assert sent == []
