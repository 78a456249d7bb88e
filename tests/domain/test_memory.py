"""Long work pauses the collector and leaves it as it was; what memory the process takes is counted on every system."""

from __future__ import annotations

import gc

import pytest

from fupin_desktop.domain.memory import FEW, peak_mib, quiet_memory, resident_mib


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


@pytest.fixture
def frozen():
    """The loaded program, as it is frozen once the window has loaded what it needs."""
    gc.freeze()
    yield gc.get_freeze_count()
    gc.unfreeze()


def test_what_was_frozen_stays_so_after_work_that_leaves_little(frozen):
    for _ in range(3):
        with quiet_memory():
            left = [[number] for number in range(1000)]
    assert gc.get_freeze_count() > frozen - 1000, "only what was given up meanwhile is gone"
    assert len(left) == 1000


def test_what_much_work_leaves_counts_as_old(frozen):
    gc.collect(0)
    with quiet_memory():
        left = [[number] for number in range(FEW + 10_000)]
    young = {id(one) for one in gc.get_objects(generation=0)}
    assert not any(id(one) in young for one in left)


def test_memory_counts_what_is_taken_and_what_is_given_back():
    before = resident_mib()
    assert 5 < before <= peak_mib() + 1
    block = bytearray(64 << 20)
    assert resident_mib() > before + 60
    del block
    assert resident_mib() < before + 30
    assert peak_mib() > before + 60
