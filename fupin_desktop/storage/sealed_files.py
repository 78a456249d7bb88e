"""Files of an encrypted office that are no data files: each encrypted by itself with a key made of the data key.

A sealed file is a head (mark, fresh salt) and parts of a mebibyte, each encrypted and authenticated by AES-256-GCM of
the library ``cryptography``. The key of a file is HKDF-SHA-256 of data key and salt, so that no two files share one;
the number of a part and whether it is the last are in its nonce: parts can neither be moved, left out nor added. The
name on the disk is an HMAC of the content's checksum: it tells neither whose the file is nor what is in it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO

ENDING = ".sealed"
_MARK = b"FUPIN-F1"
_SALT, _TAG = 16, 16
_PART = 1 << 20
_FILE, _NAMES = b"fupin attached file", b"fupin names of attached files"


class BrokenSealError(Exception):
    """A sealed file is damaged, incomplete, altered, or of another key."""


def name_of(key: bytes, sha256: str) -> str:
    """The name that a content has on the disk.

    Args:
        key: The office's data key.
        sha256: Checksum of the content, hexadecimal.
    """
    import hashlib
    import hmac

    return hmac.new(_derived(key, b"", _NAMES), sha256.encode(), hashlib.sha256).hexdigest() + ENDING


def sealed(parts: Iterable[bytes], key: bytes) -> Iterator[bytes]:
    """A content, encrypted piece by piece.

    Args:
        parts: The content, in pieces of any size.
        key: The office's data key.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt = os.urandom(_SALT)
    cipher = AESGCM(_derived(key, salt, _FILE))
    yield _MARK + salt
    number, waiting = 0, bytearray()
    for piece in parts:
        waiting += piece
        while len(waiting) > _PART:  # a whole part waits for the next byte: only then it is not the last
            yield cipher.encrypt(_nonce(number, last=False), bytes(waiting[:_PART]), _MARK)
            del waiting[:_PART]
            number += 1
    yield cipher.encrypt(_nonce(number, last=True), bytes(waiting), _MARK)


def opened(stream: BinaryIO, key: bytes) -> Iterator[bytes]:
    """What is in a sealed file, piece by piece; each is authenticated before it is given.

    Args:
        stream: The file.
        key: The office's data key.

    Raises:
        BrokenSealError: It is damaged, incomplete, altered, or of another key.
        OSError: It cannot be read.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    head = stream.read(len(_MARK) + _SALT)
    if len(head) != len(_MARK) + _SALT or not head.startswith(_MARK):
        raise BrokenSealError
    cipher, number = AESGCM(_derived(key, head[len(_MARK) :], _FILE)), 0
    part = stream.read(_PART + _TAG)
    while True:
        following = stream.read(_PART + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), part, _MARK)
        except InvalidTag:
            raise BrokenSealError from None
        if not following:
            return
        part, number = following, number + 1


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    """A key for one purpose (RFC 5869)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt, purpose).derive(key)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
