"""Settings all tests share."""

import pytest
from hypothesis import is_hypothesis_test, settings
from sqlalchemy.util import LRUCache

from fupin_desktop.storage import engine

# No test judges time, so that a busy machine fails nothing.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_collection_modifyitems(items):
    """Leave drawn examples out of the coverage: they walk the same lines hundreds of times, and tracing costs minutes."""
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker(pytest.mark.no_cover)


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
