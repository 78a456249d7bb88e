"""The keys file beside an encrypted data file: the slots that password and recovery code open (``key_slots``)."""

from __future__ import annotations

import json
from pathlib import Path

from fupin_desktop.errors import DataFileDamaged
from fupin_desktop.paths import begin_private, rename
from fupin_desktop.storage.encryption import KEYS_FILE
from fupin_desktop.storage.key_slots import Slot, SlotKind, is_sound, unwrap

_DAMAGED = "密码文件“{}”已损坏，打不开加密的数据。"
_FROM_BACKUP = "请从备份压缩包里取出同名文件放回数据文件夹，或联系技术人员。"


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
