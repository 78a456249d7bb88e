"""The keys file of an encrypted office: what it tells comes back, and whatever spoils it is told as damage."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.errors import DataFileDamaged, WrongPassword
from fupin_desktop.services import protection
from fupin_desktop.storage import encryption, key_slots, keys_file
from fupin_desktop.storage.encryption import KEYS_FILE
from fupin_desktop.storage.key_slots import Slot, SlotKind, is_sound, new_code, new_key, normal, unwrap, wrap
from fupin_desktop.storage.keys_file import read_slots, write_slots

PASSWORD, CODE = "低岭村的荔枝-88", "0A1B-2C3D-4E5F-6G7H-8J9K-MNPQ-RSTV"
KEY = bytes(range(32))
QUICK = 1 << 4


@pytest.fixture(scope="module")
def slots() -> tuple[Slot, ...]:
    return wrap(SlotKind.PASSWORD, PASSWORD, KEY, cost=QUICK), wrap(SlotKind.RECOVERY, CODE, KEY, cost=QUICK)


def test_what_is_written_is_read_again_and_opens(slots: tuple[Slot, ...], tmp_path: Path) -> None:
    write_slots(tmp_path, slots)
    assert read_slots(tmp_path) == slots
    assert [path.name for path in tmp_path.iterdir()] == [KEYS_FILE]
    assert keys_file.opened_by(read_slots(tmp_path), SlotKind.PASSWORD, PASSWORD) == KEY
    assert keys_file.opened_by(read_slots(tmp_path), SlotKind.RECOVERY, CODE) == KEY
    assert keys_file.opened_by(read_slots(tmp_path), SlotKind.RECOVERY, PASSWORD) is None


def test_a_folder_without_a_keys_file_has_no_slots(tmp_path: Path) -> None:
    assert read_slots(tmp_path) == ()
    with pytest.raises(WrongPassword):
        protection.unlock(tmp_path, PASSWORD)


SPOILED: list[dict[str, Any]] = [
    {"kind": "somebody"}, {"kind": None}, {"salt": "zz" * 16}, {"salt": ""}, {"salt": 16}, {"wrapped": "00" * 31},
    {"wrapped": "0"}, {"seal": "00" * 33}, {"seal": None}, {"cost": 0}, {"cost": 1}, {"cost": 65_537}, {"cost": -16},
    {"cost": 1 << 30}, {"cost": "16"}, {"cost": 16.5}, {"more": 1},
]  # fmt: skip


@pytest.mark.parametrize("spoiled", SPOILED, ids=str)
def test_a_spoiled_slot_is_damage_and_no_wrong_password(
    slots: tuple[Slot, ...], tmp_path: Path, spoiled: dict[str, Any]
) -> None:
    told = {"slots": [slots[0].as_data(), {**slots[1].as_data(), **spoiled}]}
    (tmp_path / KEYS_FILE).write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(DataFileDamaged, match=KEYS_FILE):
        protection.unlock(tmp_path, PASSWORD)
    assert encryption.key_of(tmp_path) is None


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"slots": 1}', b'{"slots": [1]}', b'{"slot": []}', b"\xff\xfe\x00", "密码".encode("gbk"), b"[" * 100_000],
    ids=lambda one: str(one[:12]),
)  # fmt: skip
def test_another_file_in_its_place_is_damage(tmp_path: Path, content: bytes) -> None:
    (tmp_path / KEYS_FILE).write_bytes(content)
    with pytest.raises(DataFileDamaged, match=KEYS_FILE):
        read_slots(tmp_path)


@pytest.mark.parametrize("name", ["salt", "wrapped", "seal"])
@pytest.mark.parametrize("place", [0, 31])
def test_a_changed_byte_opens_nothing(slots: tuple[Slot, ...], name: str, place: int) -> None:
    told = slots[0].as_data()
    raw = bytearray(bytes.fromhex(told[name]))
    raw[place % len(raw)] ^= 1
    spoiled = Slot(**{**told, name: raw.hex()})
    assert is_sound(spoiled)
    assert unwrap(spoiled, PASSWORD) is None
    assert unwrap(slots[0], PASSWORD) == KEY


@pytest.mark.parametrize(
    ("kind", "typed", "same"),
    [
        (SlotKind.PASSWORD, "低岭村的荔枝-88", True), (SlotKind.PASSWORD, "低岭村的荔枝－８８", True),
        (SlotKind.PASSWORD, "低岭村的荔枝-88 ", False), (SlotKind.PASSWORD, "低岭村的荔枝-8", False), (SlotKind.PASSWORD, "", False),
        (SlotKind.RECOVERY, "0a1b2c3d4e5f6g7h8j9kmnpqrstv", True), (SlotKind.RECOVERY, "OAIB 2C3D 4E5F 6G7H 8J9K MNPQ RSTV", True),
        (SlotKind.RECOVERY, "０Ａ１Ｂ－2C3D－4E5F－6G7H－8J9K－MNPQ－RSTV。", True),
        (SlotKind.RECOVERY, "0A1B-2C3D-4E5F-6G7H-8J9K-MNPQ-RSTW", False), (SlotKind.RECOVERY, "0A1B", False),
    ],
)  # fmt: skip
def test_a_secret_is_taken_as_it_is_typed_or_copied(
    slots: tuple[Slot, ...], kind: SlotKind, typed: str, *, same: bool
) -> None:
    assert keys_file.opened_by(slots, kind, typed) == (KEY if same else None)


@given(st.binary(min_size=32, max_size=32), st.text(min_size=1, max_size=20), st.text(max_size=20))
def test_any_key_comes_back_by_its_secret_alone(key: bytes, secret: str, other: str) -> None:
    slot = wrap(SlotKind.PASSWORD, secret.encode("utf-8", "ignore").decode(), key, cost=2)
    secret, other = (text.encode("utf-8", "ignore").decode() for text in (secret, other))
    assert is_sound(slot)
    assert unwrap(slot, secret) == key
    if normal(SlotKind.PASSWORD, other) != normal(SlotKind.PASSWORD, secret):
        assert unwrap(slot, other) is None


def test_codes_and_keys_are_new_each_time_and_easily_read() -> None:
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4] * 7
        assert set(code) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ-")
        assert normal(SlotKind.RECOVERY, code) == code.replace("-", "")
    assert len({new_key() for _ in range(50)}) == 50
    assert {len(new_key()) for _ in range(5)} == {key_slots.KEY_BYTES}
