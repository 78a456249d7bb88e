"""How much memory this process takes, and keeping its housekeeping out of the way of long work."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FEW = 200_000
"""New objects that a small collection walks in some hundredths of a second."""


@contextmanager
def quiet_memory() -> Iterator[None]:
    """Keep the cyclic collector from walking millions of new objects again and again; they hold no cycles.

    Where many are left, all objects count as old afterwards (frozen and thawed, which only relinks lists): a later full
    collection still looks at them, but the next small one does not walk them all. Where few are left the next small one
    may, so that what was frozen stays so: looking through the loaded program takes longer than that.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if gc.get_count()[0] > FEW or not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def peak_mib() -> float:
    """The most memory this process has had at once so far, MiB, on Windows and Linux alike."""
    if sys.platform == "win32":
        return _windows_counters()[0] / (1 << 20)
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # Linux counts in KiB


def resident_mib() -> float:
    """The memory this process has now, MiB, on Windows and Linux alike."""
    if sys.platform == "win32":
        return _windows_counters()[1] / (1 << 20)
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / (1 << 20)


def _windows_counters() -> tuple[int, int]:
    """The peak working set of this process and the one it has now, bytes."""
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = [
            ("size", wintypes.DWORD), ("faults", wintypes.DWORD), *((f"part{n}", ctypes.c_size_t) for n in range(8)),
        ]  # fmt: skip

    kernel: Any = ctypes.windll.kernel32  # type: ignore[attr-defined, unused-ignore]
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    counters = Counters(size=ctypes.sizeof(Counters))
    kernel.K32GetProcessMemoryInfo(wintypes.HANDLE(kernel.GetCurrentProcess()), ctypes.byref(counters), counters.size)
    return int(counters.part0), int(counters.part1)  # PeakWorkingSetSize, WorkingSetSize
