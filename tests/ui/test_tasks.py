import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fupin_desktop.errors import Cancelled, DiskFull
from fupin_desktop.ui import tasks as tasks_module
from fupin_desktop.ui.dialogs.progress import ProgressDialog
from fupin_desktop.ui.tasks import Tasks


@pytest.fixture
def crashes():
    return []


@pytest.fixture
def tasks(app, answers, crashes):
    made = Tasks(None, answers, crashes.append)
    yield made
    made.wait()


def test_work_runs_in_another_thread_and_its_result_comes_back(tasks):
    threads, results = [], []
    tasks.run("正在计算", lambda report: threads.append(threading.current_thread()) or 7, results.append)
    assert tasks.busy
    tasks.wait()
    assert results == [7]
    assert threads[0] is not threading.main_thread()
    assert not tasks.busy


def test_jobs_go_in_order(tasks):
    order = []
    for number in range(5):
        tasks.run("第几件", lambda report, number=number: number, order.append)
    tasks.wait()
    assert order == [0, 1, 2, 3, 4]


def test_cancel_stops_at_the_next_report_and_tells_nothing(tasks, answers, crashes):
    started, results = threading.Event(), []

    def work(report):
        for step in range(1_000_000):
            report(step, 1_000_000, "正在导入")
            started.set()

    job = tasks.run("正在导入", work, results.append)
    assert started.wait(5)
    job.cancel()
    tasks.wait()
    assert results == []
    assert answers.told == []
    assert crashes == []


def test_a_cancelled_job_can_be_followed(tasks):
    failed, cancelled = [], threading.Event()

    def work(report):
        assert cancelled.wait(5)
        report(1, 2, "")

    job = tasks.run("正在导入", work, failed=failed.append)
    job.cancel()
    cancelled.set()
    tasks.wait()
    assert isinstance(failed[0], Cancelled)


def test_situations_are_told_and_bugs_go_to_the_crash_report(tasks, answers, crashes):
    def full(report):
        raise DiskFull("磁盘已满。")

    def bug(report):
        raise ZeroDivisionError

    tasks.run("写", full)
    tasks.run("算", bug)
    tasks.wait()
    assert [type(told) for told in answers.told] == [DiskFull]
    assert [type(crash) for crash in crashes] == [ZeroDivisionError]


def test_short_work_runs_at_once_in_this_thread(tasks, answers):
    results = []
    assert tasks.direct(lambda: 3, results.append) == 3
    assert results == [3]

    def busy():
        raise DiskFull("磁盘已满。")

    assert tasks.direct(busy, results.append) is None
    assert results == [3]
    assert len(answers.told) == 1


def test_short_work_waits_behind_long_work(tasks):
    gate, order = threading.Event(), []
    tasks.run("长", lambda report: gate.wait(5), lambda _done: order.append("long"))
    assert tasks.direct(lambda: order.append("short")) is None
    assert order == []
    gate.set()
    tasks.wait()
    assert sorted(order) == ["long", "short"]


def test_reading_waits_only_behind_an_exchange_of_the_data_file(tasks):
    gate, order = threading.Event(), []
    tasks.run("长", lambda report: gate.wait(5))
    assert tasks.read(lambda: 3, order.append) == 3
    assert order == [3]
    tasks.run("换文件", lambda report: order.append("exchanged"), alone=True)
    assert tasks.read(lambda: order.append("read")) is None
    gate.set()
    tasks.wait()
    assert order == [3, "exchanged", "read"]


def test_a_window_that_is_closing_begins_no_reading_any_more(tasks):
    read = []
    tasks.aside(lambda: 1, read.append)
    tasks.end()
    assert (read, tasks.still) == ([1], True)
    tasks.aside(lambda: 2, read.append)
    tasks.wait()
    assert read == [1]


def test_what_runs_when_the_program_leaves_is_waited_for(tasks, monkeypatch):
    """What Python holds of Qt is deleted then, also what work that is still running would tell its end by."""
    monkeypatch.setattr(tasks_module, "_all", {tasks})  # windows shared by other tests go on reading
    begun, let, ended = threading.Event(), threading.Event(), []

    def work():
        begun.set()
        assert let.wait(5)
        ended.append(threading.current_thread())

    tasks.aside(work, ended.append)
    assert begun.wait(5)
    threading.Timer(0.05, let.set).start()
    tasks_module._finish_all()
    assert [one is not threading.main_thread() for one in ended] == [True]
    late = []
    tasks.aside(lambda: late.append("begun"), late.append)
    tasks.wait()
    assert late == []


def test_progress_shows_and_cancels(tasks, qtbot, monkeypatch):
    monkeypatch.setattr(tasks_module, "SHOW_AFTER_MS", 60_000)
    gate, reported = threading.Event(), threading.Event()

    def work(report):
        report(25, 25, "已读")
        reported.set()
        gate.wait(5)
        report(26, 100, "已读")

    job = tasks.run("正在导入", work)
    dialog = ProgressDialog(job, tasks)
    dialog.show()
    assert reported.wait(5)
    job.told.emit(25, 25, "已读")
    assert (dialog._count.text(), dialog._text.text()) == ("25 / 25", "已读")
    assert dialog._text.height() >= 2 * dialog._text.fontMetrics().lineSpacing()
    job.told.emit(33_902_592, 35_528_704, "正在写")
    assert dialog._count.text() == "95%"
    dialog.close()
    assert dialog.isVisible()
    assert job.cancelling
    with qtbot.waitSignal(dialog.finished):
        gate.set()
    assert not tasks.busy


def test_progress_has_its_size_and_its_place_over_the_window_before_it_is_shown(tasks, qtbot, monkeypatch):
    monkeypatch.setattr(tasks_module, "SHOW_AFTER_MS", 60_000)
    gate, window = threading.Event(), QWidget()
    qtbot.addWidget(window)
    window.setGeometry(300, 200, 400, 300)
    job = tasks.run(f"正在读取 {'很长的名字' * 20}.xlsx", lambda _report: gate.wait(5))
    dialog = ProgressDialog(job, tasks, window)
    assert (dialog.geometry().center() - window.geometry().center()).manhattanLength() <= 2
    assert dialog.testAttribute(Qt.WidgetAttribute.WA_Moved)
    before = dialog.size()
    dialog.show()
    for done, text in ((1, "已读"), (99_999, "已写出很长的名字" * 30)):
        job.told.emit(done, 100_000, text)
        qtbot.waitExposed(dialog)
        assert dialog.size() == before == dialog.minimumSize() == dialog.maximumSize()
        words = dialog._text
        assert words.heightForWidth(words.width()) <= words.height()
    assert "…" in dialog._text.text()
    gate.set()
    tasks.wait()


def test_progress_appears_only_when_work_lasts(tasks, app, qtbot, monkeypatch):
    monkeypatch.setattr(tasks_module, "SHOW_AFTER_MS", 10)
    gate = threading.Event()
    tasks.lasting.connect(lambda job: ProgressDialog(job, tasks).open())
    tasks.run("正在导入", lambda report: gate.wait(5))

    def shown():
        return [one for one in app.topLevelWidgets() if isinstance(one, ProgressDialog) and one.isVisible()]

    assert shown() == []
    qtbot.waitUntil(lambda: bool(shown()))
    gate.set()
    tasks.wait()
    qtbot.waitUntil(lambda: not shown())


def test_reading_aside_holds_nothing_back(tasks):
    going, results = threading.Event(), []
    tasks.aside(lambda: going.wait(5), results.append)
    assert not tasks.busy
    assert tasks.direct(lambda: 5) == 5
    assert results == []
    going.set()
    tasks.wait()
    assert results == [True]


def test_trouble_of_reading_aside_is_told(tasks, answers):
    def fail():
        raise DiskFull("磁盘空间不足。")

    failed = []
    tasks.aside(fail, failed.append)
    tasks.wait()
    assert failed == []
    assert [one.happened for one in answers.told] == ["磁盘空间不足。"]
    tasks.aside(fail, failed.append, failed.append)
    tasks.wait()
    assert [type(one) for one in failed] == [DiskFull]
