"""Long work pauses the collector and leaves it as it was."""

from __future__ import annotations

import gc

import pytest

from fupin_desktop.domain.memory import quiet_memory


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_is_left_as_it_was(on):
    was_on = gc.isenabled()
    try:
        gc.enable() if on else gc.disable()
        with quiet_memory():
            assert not gc.isenabled()
        assert gc.isenabled() is on
    finally:
        gc.enable() if was_on else gc.disable()


def test_it_is_left_as_it_was_after_an_error_too():
    assert gc.isenabled()
    with pytest.raises(ValueError, match="stop"), quiet_memory():
        raise ValueError("stop")
    assert gc.isenabled()
