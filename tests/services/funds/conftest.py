"""The office of these tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.services.workbench import Workbench
from tests.services.funds.office import money_office


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    """An office with two villages and no money yet."""
    made = money_office(tmp_path / "数据")
    yield made
    made.close()
