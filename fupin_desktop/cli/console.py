"""Standard streams and exit statuses of the command line."""

from __future__ import annotations

import errno
import io
import os
import sys
from datetime import datetime
from enum import IntEnum
from typing import TextIO

from fupin_desktop.errors import NotWritable, Situation, cause_of

_CHINESE = (936, 54936)
"""Code pages of a Chinese Windows: GBK, of which GB 18030 is the whole with the rare characters, and that itself."""

_READER_GONE = (errno.EPIPE, errno.EINVAL) if sys.platform == "win32" else (errno.EPIPE,)
"""What a write meets where nobody reads any more; Windows calls that an invalid argument."""


class Exit(IntEnum):
    """Exit status, fit for scripts."""

    FINE = 0
    DRAFT = 1
    USAGE = 2
    FAILED = 3


def prepare_streams() -> None:
    """Let Chinese and rare characters through on any console, whatever its code page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=output_encoding(_code_page(), shown=stream.isatty()), errors="replace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")


def output_encoding(code_page: int, *, shown: bool) -> str:
    """How to write: UTF-8, but what a Chinese Windows sends on to a file or a program in what these read.

    Args:
        code_page: Code page of the Windows console; 0 where there is none.
        shown: Whether it is shown on the console itself, which takes every character.
    """
    return "gb18030" if code_page in _CHINESE and not shown else "utf-8"


def _code_page() -> int:
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetConsoleOutputCP())
    return 0


def local_time() -> datetime:
    """The moment by the PC's clock; the only place the command line takes it from."""
    return datetime.now()  # noqa: DTZ005 - local time is what papers and the change log show


def say(text: str) -> None:
    """Print one line of result; a reader that has gone (``| head``) is no trouble of the work itself."""
    _print(text, sys.stdout)


def tell(text: str) -> None:
    """Print one line of message; line breaks inside are folded so that scripts read one line each."""
    _print(" ".join(text.splitlines()), sys.stderr)


def _print(text: str, stream: TextIO) -> None:
    try:
        print(text, file=stream, flush=True)
    except OSError as fault:
        _to_nowhere(stream)
        if fault.errno in _READER_GONE:
            return
        raise NotWritable(
            f"结果印不出来({cause_of(fault)})。", safe="已经写好的文件不受影响。", todo="请检查输出的去处。"
        ) from None


def _to_nowhere(stream: TextIO) -> None:
    """Let what is still to be printed vanish; closing the stream must not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def tell_situation(situation: Situation) -> None:
    """Print what happened, what is safe and what to do, on one line."""
    tell(f"错误：{situation}")
