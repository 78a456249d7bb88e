"""Workbooks that are encrypted: with the password that protecting a workbook sets by itself, or with the clerk's."""

from __future__ import annotations

import io
import re

from fupin_desktop.errors import PasswordWanted
from fupin_desktop.services.sheets.containers import damaged

_BY_ITSELF = "VelvetSweatshop"
"""What spreadsheet programs encrypt with where only the structure is protected; they open it without asking."""
_SPINS = re.compile(rb'spinCount="(\d+)"')
_MOST_SPINS = 1_000_000


def decrypted(data: bytes, name: str, password: str = "") -> bytes:
    """The plain file.

    Args:
        data: The encrypted file, of whatever age.
        name: File name for the sentences.
        password: What the clerk typed.

    Raises:
        PasswordWanted: None was typed, or a wrong one.
        UnreadableFile: It is damaged, or encrypted so that opening it would take forever.
    """
    if any(int(said[:20]) > _MOST_SPINS for said in _SPINS.findall(data)):
        raise damaged(name, "加密参数不合常理")
    for one in dict.fromkeys((password, _BY_ITSELF)):
        plain = _open(data, one) if one else None
        if plain is not None:
            return plain
    raise PasswordWanted(f"“{name}”的打开密码不对。" if password else f"“{name}”设了打开密码。")


def _open(data: bytes, password: str) -> bytes | None:
    """The plain file, None where the password is another one or the encryption is of a kind not known."""
    import msoffcrypto

    target = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        file.load_key(password=password, verify_password=True)
        file.decrypt(target)
    except Exception:
        return None
    return target.getvalue()
