"""Settings all tests share."""

import pytest
from hypothesis import is_hypothesis_test, settings

# No test judges time, so that a busy machine fails nothing.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def pytest_collection_modifyitems(items):
    """Leave drawn examples out of the coverage: they walk the same lines hundreds of times, and tracing costs minutes."""
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker(pytest.mark.no_cover)
