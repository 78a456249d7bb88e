"""Settings all tests share, and the sample office that many look at."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import is_hypothesis_test, settings
from sqlalchemy.util import LRUCache

from fupin_desktop.errors import DataFileBusy
from fupin_desktop.paths import resources
from fupin_desktop.policy import parameters
from fupin_desktop.storage import engine, opening
from fupin_desktop.storage.encryption import key_of
from fupin_desktop.storage.entities import Base
from fupin_desktop.storage.lock import FolderLock

SAMPLE_DAY = datetime(2026, 11, 21, 10, 32, 5)  # noqa: DTZ001 - local time, as the program's clock gives it

PRAGMAS = engine._PRAGMAS
"""As the program sets up its connections; the tests' do not wait for the disk."""

# No test judges time, so that a busy machine fails nothing.
# The examples of one commit are the same at each run where it is judged; elsewhere others are drawn every time.
settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("house")


def pytest_collection_modifyitems(items):
    """Leave drawn examples out of the coverage: they walk the same lines hundreds of times, and tracing costs minutes."""
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker(pytest.mark.no_cover)


def pytest_collection_finish():
    """Let the collector leave alone what stays for the whole run, and look less often: it took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once():
    """Compile each SQL statement once in a run, not once for each of thousands of data files."""
    known, dialects, make = LRUCache(20_000), {}, engine.make_engine

    def make_sharing(path, **words):
        made = make(path, **words)
        made.dialect = dialects.setdefault(made.dialect.dbapi, made.dialect)
        return made.execution_options(compiled_cache=known)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "make_engine", make_sharing)
        yield


@pytest.fixture(scope="session", autouse=True)
def nothing_flushed():
    """Leave out waiting for the disk, which only a power cut would tell; processes that tests kill are not this one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_PRAGMAS", tuple(one.replace("synchronous=FULL", "synchronous=OFF") for one in PRAGMAS))
        patch.setattr(os, "fsync", lambda _handle: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def tables_made_once():
    """Copy an empty data file of the same tables instead of making a hundred tables for each of thousands of tests."""
    known, create = {}, opening._create

    def create_or_copy(path):
        tables = frozenset(Base.metadata.tables)
        if key_of(path) is not None:
            create(path)
        elif tables in known:
            path.write_bytes(known[tables])
        else:
            create(path)
            known[tables] = path.read_bytes()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "_create", create_or_copy)
        yield


@pytest.fixture(scope="session", autouse=True)
def parameters_read_once():
    """Read the shipped parameters once in a run; those of an office of its own are read as ever."""
    read, shipped = parameters.load_parameters, []

    def read_or_known(folder, override=None):
        if override is not None or folder != resources() / "policy":
            return read(folder, override)
        if not shipped:
            shipped.append(read(folder))
        return shipped[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parameters, "load_parameters", read_or_known)
        yield


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the sample office, made once in a run by the worker that is first; tests work on copies."""
    from fupin_desktop.services.samples import make_sample

    root = tmp_path_factory.getbasetemp()
    shared = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    folder = shared / "sample"
    with _held(shared):
        if not folder.exists():
            make_sample(shared / "sample.part", now=SAMPLE_DAY)
            (shared / "sample.part").rename(folder)
    return folder


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold a folder; wait while another worker does."""
    lock = FolderLock(folder)
    while True:
        try:
            lock.acquire()
            break
        except DataFileBusy:
            time.sleep(0.1)
    try:
        yield
    finally:
        lock.release()
