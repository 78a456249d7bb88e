"""Which data files are encrypted (SQLCipher), the keys file beside them, and the data keys of unlocked folders.

Whether a file is encrypted is read off the file itself: a plain one begins with SQLite's own words, an encrypted one
with random salt. So a conversion that is killed leaves either the one or the other, and both open.
"""

from __future__ import annotations

import json
from pathlib import Path

from fupin_desktop.errors import DataFileDamaged
from fupin_desktop.paths import begin_private, rename
from fupin_desktop.storage.key_slots import Slot, SlotKind, is_sound, unwrap

KEYS_FILE = "fupin.keys"
_MAGIC = b"SQLite format 3\0"
_DAMAGED = "密码文件“{}”已损坏，打不开加密的数据。"
_FROM_BACKUP = "请从备份压缩包里取出同名文件放回数据文件夹，或联系技术人员。"
_unlocked: dict[Path, bytearray] = {}


def is_encrypted(path: Path) -> bool:
    """Whether a file has content that is no plain data file; so has a plain one whose beginning is damaged."""
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except FileNotFoundError:
        return False
    return bool(head) and head != _MAGIC


def is_locked(path: Path) -> bool:
    """Whether a data file is encrypted and nobody has unlocked its folder yet."""
    return is_encrypted(path) and key_of(path) is None and (path.parent / KEYS_FILE).is_file()


def key_of(path: Path) -> bytes | None:
    """The data key for files in an unlocked folder, or anywhere below it; None where they are plain or locked."""
    if not _unlocked:
        return None
    place = path.resolve()
    return next((bytes(_unlocked[folder]) for folder in (place, *place.parents) if folder in _unlocked), None)


def unlock(folder: Path, key: bytes) -> None:
    """Let the program read and write the encrypted files of a folder."""
    _unlocked[folder.resolve()] = bytearray(key)


def share_key(folder: Path, other: Path) -> None:
    """Unlock a folder that is to hold the same data; nothing where they are plain."""
    key = key_of(folder)
    if key is not None:
        unlock(other, key)


def lock(folder: Path) -> None:
    """Forget the data key of a folder; its bytes are overwritten, copies that Python made of it are left to Python."""
    kept = _unlocked.pop(folder.resolve(), bytearray())
    kept[:] = bytes(len(kept))


# ---- the keys file ----
def read_slots(folder: Path) -> tuple[Slot, ...]:
    """The slots of a folder; none where it has no keys file.

    Raises:
        DataFileDamaged: The keys file cannot be understood.
    """
    try:
        text = (folder / KEYS_FILE).read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return ()
    return slots_from(text)


def slots_from(text: str) -> tuple[Slot, ...]:
    """The slots that a keys file tells of.

    Raises:
        DataFileDamaged: It is none, or no secret could open what it tells.
    """
    fault = DataFileDamaged(_DAMAGED.format(KEYS_FILE), todo=_FROM_BACKUP)
    try:
        slots = tuple(Slot(**{**one, "kind": SlotKind(one["kind"])}) for one in json.loads(text)["slots"])
        sound = all(map(is_sound, slots))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise fault from error
    if not sound:
        raise fault
    return slots


def write_slots(folder: Path, slots: tuple[Slot, ...]) -> None:
    """Put a keys file in the place of the former one, at once and whole."""
    part = folder / f"{KEYS_FILE}.part"
    part.unlink(missing_ok=True)
    begin_private(part)
    part.write_text(json.dumps({"slots": [slot.as_data() for slot in slots]}, indent=1), encoding="utf-8")
    rename(part, folder / KEYS_FILE)


def opened_by(slots: tuple[Slot, ...], kind: SlotKind, secret: str) -> bytes | None:
    """The data key that a secret opens; None where it is not the one."""
    tried = (unwrap(slot, secret) for slot in slots if slot.kind is kind)
    return next((key for key in tried if key is not None), None)
