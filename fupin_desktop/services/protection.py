"""Password and encryption of the office's data: unlocking, setting, changing and removing a password, recovery codes.

The whole data file is encrypted with a random key (SQLCipher, AES-256), and the backups with it; the password and the
recovery code only open that key (``storage.key_slots``). Attached files are encrypted with it one by one; papers and
workbooks that were written for others are files of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fupin_desktop.errors import DataLocked, NotAllowed, Situation, WrongPassword
from fupin_desktop.paths import rename
from fupin_desktop.services import attached_forms, attachments, failed_openings
from fupin_desktop.services.workbench import Change, Progress, Workbench
from fupin_desktop.storage import encryption, keys_file
from fupin_desktop.storage.backup_files import keys_in, keys_text
from fupin_desktop.storage.encryption import KEYS_FILE
from fupin_desktop.storage.key_slots import SlotKind, new_code, new_key, wrap
from fupin_desktop.storage.keys_file import read_slots, write_slots
from fupin_desktop.storage.store import DATA_FILE

LEAST_LENGTH = 8
_COMMON = {"12345678", "123456789", "87654321", "11111111", "88888888", "66666666", "00000000", "password", "qwertyui"}
_PROPOSED = "protection.proposed"
_MESSAGE = {
    SlotKind.PASSWORD: "密码不对。",
    SlotKind.RECOVERY: "恢复码不对。",
}


@dataclass(frozen=True, slots=True)
class Protected:
    """What came of encrypting.

    Attributes:
        code: The recovery code, shown this once.
        left: Names of old backups that stayed as they were because they could not be read, or a place out of reach.
    """

    code: str
    left: tuple[str, ...] = ()


def has_password(folder: Path) -> bool:
    """Whether the data file of a folder is encrypted."""
    return (folder / KEYS_FILE).is_file() and encryption.is_encrypted(folder / DATA_FILE)


def is_locked(folder: Path) -> bool:
    """Whether a password must be typed before the folder can be opened."""
    return has_password(folder) and encryption.key_of(folder) is None


def unlock(folder: Path, secret: str, *, recovery: bool = False, at: datetime | None = None) -> None:
    """Open the data key of a folder with the password, or with the recovery code.

    Args:
        folder: The data folder.
        secret: What was typed.
        recovery: Whether it is the recovery code.
        at: Moment, under which a wrong one is noted; None notes nothing.

    Raises:
        WrongPassword: It is not the one; it took some tenths of a second to find out, which nobody can shorten.
        DataFileDamaged: The keys file is damaged.
    """
    try:
        key = _key(folder, secret, SlotKind.RECOVERY if recovery else SlotKind.PASSWORD)
    except WrongPassword:
        if at is not None:
            failed_openings.note(folder, at, recovery=recovery)
        raise
    encryption.unlock(folder, key)


def awaits_password(folder: Path, backup: Path) -> bool:
    """Whether a password must be typed before a backup can be restored into a folder; it may bring its keys file along.

    A plain one needs it too where attached files lie encrypted, which nothing would open any more.

    Raises:
        Situation: The folder cannot be written.
    """
    keys = keys_in(backup)
    kept = (folder / KEYS_FILE).is_file()
    if encryption.key_of(folder) is not None or not (keys or (kept and any(attached_forms.sealed(folder)))):
        return False
    if not kept:
        write_slots(folder, keys_file.slots_from(keys))
    return True


def key_of_backup(backup: Path, secret: str) -> bytes:
    """The data key of a backup by the password, or the recovery code, of the time when it was made.

    Raises:
        WrongPassword: It is neither.
    """
    slots = keys_file.slots_from(keys_in(backup))
    found = (keys_file.opened_by(slots, kind, secret) for kind in SlotKind)
    key = next((key for key in found if key is not None), None)
    if key is None:
        raise WrongPassword(_MESSAGE[SlotKind.PASSWORD])
    return key


def lock(folder: Path) -> None:
    """Forget the data key; the office must be closed first."""
    encryption.lock(folder)


def lock_open(bench: Workbench) -> None:
    """Close the connections of an open office and forget the data key; :func:`unlock` goes on with it.

    Until then whatever asks for the data raises DataLocked.
    """
    attachments.remove_copies(bench.data_folder)
    bench.store.end_connections()
    encryption.lock(bench.data_folder)


def require(folder: Path, secret: str, *, recovery: bool = False) -> None:
    """Make sure that a password or recovery code is the one, of an office that is open.

    Raises:
        WrongPassword: It is not.
    """
    _key(folder, secret, SlotKind.RECOVERY if recovery else SlotKind.PASSWORD)


def matches(folder: Path, secret: str) -> bool:
    """Whether this is the password."""
    return keys_file.opened_by(read_slots(folder), SlotKind.PASSWORD, secret) is not None


def _key(folder: Path, secret: str, kind: SlotKind) -> bytes:
    key = keys_file.opened_by(read_slots(folder), kind, secret)
    if key is None:
        raise WrongPassword(_MESSAGE[kind])
    return key


def _own_key(bench: Workbench, password: str, what: str) -> bytes:
    """The data key of an open office by its password; a wrong one is logged.

    Raises:
        WrongPassword: It is not the one.
    """
    try:
        return _key(bench.data_folder, password, SlotKind.PASSWORD)
    except WrongPassword:
        failed_openings.log_wrong(bench, what)
        raise


def weakness(password: str) -> str:
    """What speaks against a password, one Chinese sentence; empty where nothing does."""
    if len(password) < LEAST_LENGTH:
        return f"密码至少要 {LEAST_LENGTH} 位。"
    if password.lower() in _COMMON or len(set(password)) < 4:
        return "这个密码太容易猜到：换一个，加上字母、汉字。"
    if password.isdigit():
        return "密码不能全是数字，电话号码和生日很容易被猜到；请加上字母或汉字。"
    return ""


def propose(bench: Workbench) -> None:
    """Remember that a password is to be set once the window is open."""
    bench.remember(_PROPOSED, True)


def take_proposal(bench: Workbench) -> bool:
    """Whether a password is to be set now; it is proposed once. Read by the driver alone, as the start wants it."""
    wanted = bench.store.glance("SELECT 1 FROM settings WHERE name = ? AND value = 'true'", (_PROPOSED,))
    if wanted and not bench.read_only:
        bench.remember(_PROPOSED, False)
    return bool(wanted) and not bench.read_only


def protect(bench: Workbench, password: str, progress: Progress) -> Protected:
    """Encrypt the data file of an open office, its backups and attached files, with a fresh data key.

    Killed in the middle, the plain file stands as it was, or the encrypted one is complete.

    Raises:
        NotAllowed: It has a password already, or this one is too weak.
        Situation: Disk full, file in use; the data stay plain as they were.
    """
    from fupin_desktop.storage.converting import convert, convert_backups

    bench.require_writable()
    _require_strong(password)
    folder = bench.data_folder
    if has_password(folder):
        raise NotAllowed("数据已经有密码。", todo="要换密码，请用“修改密码”。")
    key, code = new_key(), new_code()
    progress(0, 4, "正在准备密码和恢复码")
    write_slots(folder, (wrap(SlotKind.PASSWORD, password, key), wrap(SlotKind.RECOVERY, code, key)))
    progress(1, 4, "正在加密数据文件")
    convert(bench.store, key)
    _forget_plain(folder)
    progress(2, 4, "正在加密原有的备份")
    left = convert_backups(bench.store.backup_folder, None, key, keys_text(folder))
    progress(3, 4, "正在加密附件")
    attached_forms.seal_all(folder, key)
    left += _second_place(bench, key)
    _log(bench, "protection.protect", "设置密码，加密数据文件")
    return Protected(code, tuple(left))


def unprotect(bench: Workbench, password: str, progress: Progress) -> Change:
    """Bring data file, backups and attached files back to plain files.

    Raises:
        WrongPassword: It is not the password.
        Situation: Disk full, file in use; the data stay encrypted as they were.
    """
    from fupin_desktop.storage.converting import convert, convert_backups

    bench.require_writable()
    folder = bench.data_folder
    key = _own_key(bench, password, "取消密码")
    progress(0, 3, "正在解密附件")
    left = attached_forms.unseal_all(folder, key)
    progress(1, 3, "正在解密数据文件")
    try:
        convert(bench.store, None)
    except BaseException:
        attached_forms.seal_left(folder)
        raise
    progress(2, 3, "正在解密原有的备份")
    convert_backups(bench.store.backup_folder, key, None, "")
    if left:
        rename(folder / KEYS_FILE, folder / f"{KEYS_FILE}.旧")  # may open them yet, once a disk reads them again
    (folder / KEYS_FILE).unlink(missing_ok=True)
    told = f"已取消密码。有 {len(left)} 个附件坏了，没有解密，留在“附件”文件夹里。" if left else ""
    return _log(bench, "protection.unprotect", "取消密码，数据文件不再加密", told)


def change_password(bench: Workbench, old: str, new: str) -> Change:
    """Wrap the data key in another password; the data file and the recovery code stay as they are.

    Raises:
        WrongPassword: The old one is not the password.
        NotAllowed: The new one is too weak.
    """
    bench.require_writable()
    _require_strong(new)
    folder = bench.data_folder
    key = _own_key(bench, old, "修改密码")
    _replace(folder, SlotKind.PASSWORD, new, key)
    return _log(bench, "protection.change_password", "修改密码")


def set_after_recovery(bench: Workbench, new: str) -> Change:
    """A new password for an office that the recovery code has opened.

    Raises:
        NotAllowed: It is too weak.
        DataLocked: The office is not unlocked.
    """
    bench.require_writable()
    _require_strong(new)
    key = encryption.key_of(bench.data_folder)
    if key is None:
        raise DataLocked("数据还没有打开。")
    _replace(bench.data_folder, SlotKind.PASSWORD, new, key)
    return _log(bench, "protection.recovered", "用恢复码打开，重设密码")


def renew_code(bench: Workbench, password: str) -> str:
    """A new recovery code; the old one opens nothing from now on, except backups made before.

    Raises:
        WrongPassword: It is not the password.
    """
    bench.require_writable()
    key, code = _own_key(bench, password, "换恢复码"), new_code()
    _replace(bench.data_folder, SlotKind.RECOVERY, code, key)
    _log(bench, "protection.renew_code", "换了新的恢复码")
    return code


def _replace(folder: Path, kind: SlotKind, secret: str, key: bytes) -> None:
    others = tuple(slot for slot in read_slots(folder) if slot.kind is not kind)
    write_slots(folder, (*others, wrap(kind, secret, key)))


def _require_strong(password: str) -> None:
    if fault := weakness(password):
        raise NotAllowed(fault, todo="请换一个密码：至少 8 位，字母、数字或汉字混用，自己记得住、别人猜不到。")


def _forget_plain(folder: Path) -> None:
    """What was kept beside the data file in plain words goes with it."""
    from fupin_desktop.services import first_look

    (folder / first_look.FILE).unlink(missing_ok=True)


def _second_place(bench: Workbench, key: bytes) -> list[str]:
    """Encrypt the copies at the second place too; what could not be is told."""
    from fupin_desktop.services import backups
    from fupin_desktop.storage.converting import convert_backups

    place = backups.second_place(bench)
    if place is None:
        return []
    if not place.is_dir():
        return [f"第二处备份“{place}”(现在接不上)"]
    try:
        left = convert_backups(place, None, key, keys_text(bench.data_folder))
        attached_forms.seal_all(place, key)
    except Situation as situation:
        return [f"第二处备份“{place}”：{situation.happened}"]
    return left


def _log(bench: Workbench, operation: str, title: str, message: str = "") -> Change:
    with bench.write(operation, title, undoable=False) as unit:
        unit.note()
    return bench.change(unit, message)
