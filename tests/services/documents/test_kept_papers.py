"""Papers approved with an earlier version of the program print byte for byte as they were kept."""

from __future__ import annotations

import shutil
import tomllib
import zlib
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from fupin_desktop.documents.filled_store import pack
from fupin_desktop.services import documents
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.store import DATA_FILE
from tests.services.register_office import Clock

STORED = Path(__file__).parents[2] / "cases" / "frozen"
PAPERS = tomllib.loads((STORED / "papers.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    folder = tmp_path_factory.mktemp("kept")
    shutil.copy(STORED / "office.sqlite", folder / DATA_FILE)
    made = open_workbench(folder, clock=Clock())
    yield made
    made.close()


def pages_of(bench: Workbench, key: str, *, copy: bool = False) -> str:
    return sha256(zlib.decompress(pack(documents.filled(bench, key, copy=copy)))).hexdigest()


@pytest.mark.parametrize("key", PAPERS)
def test_a_kept_paper_prints_the_same_bytes(bench: Workbench, key: str) -> None:
    paper = PAPERS[key]
    opened = documents.open_document(bench, key)
    assert (opened.line.form_id, opened.line.state.value, opened.line.version) == (
        paper["form"], paper["state"], paper["version"],
    )  # fmt: skip
    assert pages_of(bench, key) == paper["filled"]
    assert pages_of(bench, key, copy=True) == paper["copy"]
    if paper["state"] != "cancelled":
        assert sha256(documents.xlsx_bytes(bench, key)).hexdigest() == paper["xlsx"]
        assert sha256(documents.pdf_bytes(bench, key)).hexdigest() == paper["pdf"]


def test_a_cancelled_paper_says_so_on_every_page_and_in_its_workbook(bench: Workbench) -> None:
    (key,) = [key for key, paper in PAPERS.items() if paper["state"] == "cancelled"]
    for copy in (False, True):
        assert {page.mark for page in documents.filled(bench, key, copy=copy).pages} == {"作废"}
        sheet = load_workbook(BytesIO(documents.xlsx_bytes(bench, key, copy=copy))).active
        assert sheet is not None
        assert "作废" in str(sheet.oddHeader.center.text)
    (other, *_) = [key for key, paper in PAPERS.items() if paper["state"] == "approved"]
    assert "作废" not in str(load_workbook(BytesIO(documents.xlsx_bytes(bench, other))).active.oddHeader.center.text)
