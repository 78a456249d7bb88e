"""One office with a filed award, made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.workbench import Workbench
from tests.services.payments import pay_office as office
from tests.services.register_office import Clock

Filed = tuple[Path, str, datetime]


@pytest.fixture(scope="session")
def filed_office(tmp_path_factory: pytest.TempPathFactory) -> Filed:
    """Folder, calculation and moment of an office whose award may be paid."""
    folder = tmp_path_factory.mktemp("filed")
    bench = office.make(folder)
    run = office.filed(bench)
    moment = bench.clock()
    bench.close()
    return folder, run, moment


@pytest.fixture
def run(filed_office: Filed) -> str:
    """The calculation that may be paid."""
    return filed_office[1]


@pytest.fixture
def bench(filed_office: Filed, tmp_path: Path) -> Iterator[Workbench]:
    """The office, opened as a copy of its own."""
    folder = tmp_path / "office"
    shutil.copytree(filed_office[0], folder)
    clock = Clock()
    clock.now = filed_office[2]
    made = open_workbench(folder, clock=clock)
    yield made
    made.close()
