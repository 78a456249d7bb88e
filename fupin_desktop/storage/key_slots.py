"""The two ways to a data key: the clerk's password, and the recovery code (恢复码) that lies printed in the safe.

A data key is 32 random bytes that nobody types. Each slot holds it wrapped by what scrypt (RFC 7914) makes of a secret
and fresh salt: 32 bytes that are added to the key once only, and 32 bytes that authenticate the sum (HMAC-SHA-256). So
a changed password wraps the key anew and leaves the data file as it is.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import unicodedata
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

KEY_BYTES = 32
_SALT_BYTES = 16
_COST, _BLOCK, _LANES = 1 << 16, 8, 1
"""64 MB and a few tenths of a second for each try."""
_MOST_POWER = 21
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: nothing that is read as something else."""
_MISREAD = str.maketrans("OIL", "011")
_CODE_LENGTH, _GROUP = 28, 4


class SlotKind(StrEnum):
    """Whose secret opens a slot."""

    PASSWORD = "password"  # noqa: S105 - the word, not one
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Slot:
    """A wrapped data key.

    Attributes:
        kind: Whose secret opens it.
        salt: Fresh for each wrapping, hexadecimal.
        wrapped: The data key, wrapped, hexadecimal.
        seal: What authenticates it, hexadecimal.
        cost: Of scrypt, a power of two.
    """

    kind: SlotKind
    salt: str
    wrapped: str
    seal: str
    cost: int = _COST

    def as_data(self) -> dict[str, Any]:
        """As it is written to a file."""
        return asdict(self)


def is_sound(slot: Slot) -> bool:
    """Whether a slot can have been made by :func:`wrap`.

    Raises:
        ValueError, TypeError: Something in it is no text of bytes.
    """
    lengths = [len(bytes.fromhex(text)) for text in (slot.salt, slot.wrapped, slot.seal)]
    powers = (1 << power for power in range(1, _MOST_POWER))
    return lengths == [_SALT_BYTES, KEY_BYTES, KEY_BYTES] and slot.cost in powers


def new_key() -> bytes:
    """A fresh data key."""
    return os.urandom(KEY_BYTES)


def new_code() -> str:
    """A fresh recovery code: seven groups of four characters, 140 bits."""
    import secrets  # draws in Python's whole random, which no start needs

    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    return "-".join(letters[at : at + _GROUP] for at in range(0, _CODE_LENGTH, _GROUP))


def normal(kind: SlotKind, secret: str) -> str:
    """A secret as it is compared: a password in one Unicode form, a code without what copying by hand adds."""
    if kind is SlotKind.PASSWORD:
        return unicodedata.normalize("NFKC", secret)
    letters = unicodedata.normalize("NFKC", secret).upper().translate(_MISREAD)
    return "".join(letter for letter in letters if letter in _ALPHABET)


def wrap(kind: SlotKind, secret: str, key: bytes, *, cost: int = _COST) -> Slot:
    """A slot that this secret opens."""
    salt = os.urandom(_SALT_BYTES)
    pad, sealing = _stretched(normal(kind, secret), salt, cost)
    wrapped = _added(key, pad)
    return Slot(kind, salt.hex(), wrapped.hex(), _seal(sealing, wrapped), cost)


def unwrap(slot: Slot, secret: str) -> bytes | None:
    """The data key in a slot; None where the secret is not the one."""
    pad, sealing = _stretched(normal(slot.kind, secret), bytes.fromhex(slot.salt), slot.cost)
    wrapped = bytes.fromhex(slot.wrapped)
    if not hmac.compare_digest(_seal(sealing, wrapped), slot.seal):
        return None
    return _added(wrapped, pad)


def _stretched(secret: str, salt: bytes, cost: int) -> tuple[bytes, bytes]:
    memory = 129 * _BLOCK * cost + (1 << 20)
    made = hashlib.scrypt(
        secret.encode(), salt=salt, n=cost, r=_BLOCK, p=_LANES, maxmem=memory, dklen=2 * KEY_BYTES
    )
    return made[:KEY_BYTES], made[KEY_BYTES:]


def _added(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _seal(sealing: bytes, wrapped: bytes) -> str:
    return hmac.new(sealing, wrapped, hashlib.sha256).hexdigest()
