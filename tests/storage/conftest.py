"""An open store in a folder of its own, with a Chinese name as clerks give it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.storage.store import Store, open_store
from tests.storage.office_file import NOW


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "塘㙍镇 100%数据"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    opened = open_store(folder, now=NOW)
    yield opened
    opened.close()
