"""A process beside the attacker that works on the office and is killed, or whose disk fails; forked, so Linux alone."""

from __future__ import annotations

import ctypes
import gc
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from fupin_desktop.errors import Situation

Say = Callable[[dict[str, Any]], None]
Work = Callable[[Say], object]
TRACER = shutil.which("strace")
FLUSHES = "fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat"
"""Where a process is killed: after these the disk is another."""
WRITES = "pwrite64,pwritev,pwritev2,write,writev,ftruncate,fallocate,copy_file_range,sendfile"
"""Where a disk is full; the child speaks over a socket, which none of these touches."""
_PR_SET_PTRACER, _ANYBODY = 0x59616D61, ctypes.c_ulong(-1)
_GO = b"g"
_CALL = re.compile(r"(?:\d+ +)?(\w+)\(")


class Beside:
    """Work in a forked process.

    Args:
        work: Is handed what it tells with.
        waits: Whether it waits for :meth:`go`, so that a tracer can be attached before.
    """

    def __init__(self, work: Work, *, waits: bool = False) -> None:
        self._ours, theirs = socket.socketpair()
        gc.freeze()  # the child's collector would copy every page it looks at
        self.pid = os.fork()
        if self.pid == 0:
            self._ours.close()
            _child(work, theirs, waits=waits)
        theirs.close()

    def go(self) -> None:
        """Let it begin."""
        self._ours.sendall(_GO)

    def kill(self) -> None:
        """Kill it where it stands."""
        os.kill(self.pid, signal.SIGKILL)

    def told(self) -> list[dict[str, Any]]:
        """What it told until it ended; waits for that."""
        data = b""
        while chunk := self._ours.recv(1 << 16):
            data += chunk
        self._ours.close()
        os.waitpid(self.pid, 0)
        return [json.loads(line) for line in data.split(b"\n")[:-1]]  # a line cut short was never told


def _child(work: Work, line: socket.socket, *, waits: bool) -> None:
    """Work and tell; never returns."""

    def say(told: dict[str, Any]) -> None:
        line.sendall((json.dumps(told) + "\n").encode())

    try:
        if waits:
            ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANYBODY, 0, 0, 0)
            line.recv(1)
        work(say)
        say({"done": True})
    except Situation as situation:
        say({"refused": type(situation).__name__, "why": situation.happened})
    except BaseException:
        say({"bug": traceback.format_exc()[-1500:]})
    finally:
        os._exit(0)


def traced(work: Work, *words: str) -> tuple[list[dict[str, Any]], str]:
    """Work under strace: what it told, and what strace wrote.

    Args:
        work: The work.
        words: Options of strace: what to trace and what to inject.
    """
    assert TRACER is not None
    child = Beside(work, waits=True)
    with tempfile.NamedTemporaryFile("r", suffix=".strace", encoding="latin-1") as log:
        tracer = subprocess.Popen(
            [TRACER, "-f", "-q", *words, "-o", log.name, "-p", str(child.pid)], stderr=subprocess.PIPE, text=True
        )
        _wait_until_traced(child.pid)
        child.go()
        told = child.told()
        tracer.communicate()
        return told, log.read()


def _wait_until_traced(pid: int) -> None:
    status = Path(f"/proc/{pid}/status")
    while not re.search(r"TracerPid:\s+[1-9]", status.read_text(encoding="ascii", errors="replace")):
        os.sched_yield()


def calls_of(work: Work, calls: str) -> list[str]:
    """Which of these system calls the work makes, in order."""
    told, log = traced(work, "-e", f"trace={calls}", "-e", "signal=none")
    assert told[-1] == {"done": True}, told[-1]
    return [found[1] for line in log.splitlines() if (found := _CALL.match(line))]


def failing(work: Work, calls: str, injections: Iterable[str]) -> list[dict[str, Any]]:
    """Work while system calls fail; what it told.

    Args:
        work: The work.
        calls: The calls.
        injections: What befalls which of them, in strace's words: ``fsync:signal=KILL:when=3``.
    """
    words = [word for one in injections for word in ("-e", f"inject={one}")]
    return traced(work, "-e", f"trace={calls}", *words)[0]
