"""The text of a file, in whatever encoding a program on a Chinese Windows saved it."""

from __future__ import annotations

import re

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def decoded(data: bytes) -> str | None:
    """The text of a file: by its mark, else UTF-8, else GB 18030; None where it is none of them or no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data, encoding)
    found = _decode(data, "utf-8")
    return found if found is not None else _decode(data, "gb18030")


def _decode(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text) else text
