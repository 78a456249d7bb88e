"""An office without a household, into which tests import."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.services.workbench import Workbench
from tests.services.register_office import make_office


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = make_office(tmp_path / "office")
    yield made
    made.close()
