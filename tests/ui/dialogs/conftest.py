"""One office for all dialogs of a file; what a dialog writes is about records of its own."""

import pytest

from fupin_desktop.services import offices
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.ui.preferences import Preferences
from fupin_desktop.ui.shell import Shell
from tests.ui.conftest import Answers, moment


def _shells(folder, county, town):
    bugs = []
    bench = open_workbench(folder / "office", clock=moment)
    form = offices.OfficeForm(name=f"{town}扶贫办", county=county, town=town, clerk="李文静", year=2026)
    offices.setup(bench, form)
    made = Shell(bench, Answers(), Preferences(), bugs.append)
    yield made
    made.tasks.wait()
    bench.close()
    assert not bugs


@pytest.fixture(scope="module")
def module_shell(app, tmp_path_factory):
    """What dialogs are handed, on an office of 塘㙍镇 without a household; a bug fails the file."""
    yield from _shells(tmp_path_factory.mktemp("dialogs"), "吴川市", "塘㙍镇")


@pytest.fixture(scope="module")
def qingyuan(app, tmp_path_factory):
    """The same on an office of 清远, where what 吴川 asks for is only a model."""
    yield from _shells(tmp_path_factory.mktemp("qingyuan"), "清城区", "源潭镇")


@pytest.fixture
def desk(module_shell):
    """The same, with nothing prepared, asked or told."""
    ask = module_shell.ask
    for kept in (ask.answers, ask.asked, ask.told, ask.dialogs, ask.setups):
        kept.clear()
    return module_shell
