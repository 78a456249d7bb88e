"""The window on an office whose award may be paid."""

import shutil

import pytest
from PySide6.QtWidgets import QApplication

from fupin_desktop.app import open_window
from fupin_desktop.services.opening import open_workbench
from tests.services.payments import pay_office as office
from tests.services.register_office import Clock, add_household, add_item


@pytest.fixture(scope="session")
def pay_folder(tmp_path_factory):
    """Folder, calculation and moment of an office with a filed award, an approved plan and items to be accepted."""
    folder = tmp_path_factory.mktemp("pay")
    bench = office.make(folder)
    run = office.filed(bench)
    office.plan(bench, run)
    for name in ("吴一", "吴二"):
        key = add_household(bench, name, village="那罗村", members="3", kind="参与", group_name="一组")
        add_item(bench, key, declared="3.5", area="3.5")
    moment = bench.clock()
    bench.close()
    return folder, run, moment


@pytest.fixture
def run(pay_folder):
    """The calculation that may be paid."""
    return pay_folder[1]


@pytest.fixture
def pay_window(app, pay_folder, answers, qtbot, tmp_path):
    """The main window on a copy of that office."""
    folder = tmp_path / "pay"
    shutil.copytree(pay_folder[0], folder)
    clock = Clock()
    clock.now = pay_folder[2]
    bench = open_workbench(folder, clock=clock)
    made = open_window(bench, answers)
    made.resize(1366, 768)
    qtbot.waitExposed(made)
    QApplication.processEvents()
    made.shell.tasks.wait()
    yield made
    made.shell.tasks.wait()
    made.close()
    bench.close()
