"""An office with applications, its window, and the tab 村镇申报."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.services.workbench import Workbench
from tests.services.documents import office
from tests.ui.conftest import opened
from tests.ui.documents.desk import open_tab


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made, _clock = office.make(tmp_path / "office")
    yield made
    made.close()


@pytest.fixture
def window(app, bench, answers):
    with opened(bench, answers) as made:
        yield made


@pytest.fixture
def village(bench: Workbench) -> str:
    return office.begin(bench)


@pytest.fixture
def tab(window, village):
    return open_tab(window)
