"""The text of a file, in whatever encoding a program on a Chinese Windows saved it."""

from __future__ import annotations

import codecs
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


def is_cut_off(data: bytes) -> bool:
    """Whether a text ends in half a character or in zeros, as a file does that was not written or copied to its end."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return len(data) % 2 == 1 or data.endswith(b"\0\0")
    if data.endswith(b"\0"):
        return decoded(data.rstrip(b"\0")) is not None
    return decoded(data) is None and any(_decode_begun(data, encoding) for encoding in ("utf-8", "gb18030"))


def _decode_begun(data: bytes, encoding: str) -> str | None:
    """The text before a last character that is not whole."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text) else text
