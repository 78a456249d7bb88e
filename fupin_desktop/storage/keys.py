"""Keys of records: UUIDv7, so that records of several offices merge and sort by their time of birth."""

from __future__ import annotations

import uuid_utils


def new_key() -> str:
    """A new record key: 32 lower-case hexadecimal digits of a UUIDv7, rising within one process."""
    return uuid_utils.uuid7().hex


def new_keys(count: int) -> list[str]:
    """As many new keys as asked for, in rising order."""
    make = uuid_utils.uuid7
    return [make().hex for _ in range(count)]
