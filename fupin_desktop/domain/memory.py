"""Keeping the memory's housekeeping out of the way of long work."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet_memory() -> Iterator[None]:
    """Keep the cyclic collector from walking millions of new objects again and again; they hold no cycles.

    Afterwards all objects count as old (frozen and thawed, which only relinks lists): a later full collection still
    looks at them, but the next small one does not walk them all.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.unfreeze()
            gc.enable()
