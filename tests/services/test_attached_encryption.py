"""Attached files of an encrypted office: nothing plain lies about, all of it is read through one door, kills lose nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.errors import DataFileBusy, DataLocked, FileMissing, UnreadableFile
from fupin_desktop.services import attached_forms, attachments, backups, data_safety, moving, protection, viewing
from fupin_desktop.services.attachments import FOLDER, VIEWED, Attached
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import converting, key_slots, sealed_files
from fupin_desktop.storage.encryption import KEYS_FILE, key_of
from fupin_desktop.storage.sealed_files import BrokenSealError
from tests.services.register_office import Clock, make_office

PASSWORD, WORDS = "低岭村的荔枝-88", b"the contract of Zhang Sanfeng "


def quietly(_done: int, _of: int, _text: str) -> None:
    """Progress that nobody watches."""


@pytest.fixture(autouse=True)
def quick_slots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_slots.wrap, "__kwdefaults__", {"cost": 1 << 4})


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made = make_office(tmp_path / "数据", Clock())
    yield made
    made.close()
    protection.lock(tmp_path / "数据")


def attach(bench: Workbench, content: bytes, name: str = "张三丰合同.pdf") -> Attached:
    source = bench.data_folder.parent / name
    source.write_bytes(content)
    return attachments.store(bench.data_folder, source)


def lying(place: Path) -> list[Path]:
    return [path for path in (place / FOLDER).rglob("*") if path.is_file()]


def is_plain(place: Path) -> list[str]:
    return [path.name for path in place.rglob("*") if path.is_file() and WORDS in path.read_bytes()]


# ---- one file ----
KEY = bytes(range(32))


def seal(content: bytes, piece: int = 700_000) -> bytes:
    return b"".join(sealed_files.sealed((content[at : at + piece] for at in range(0, len(content), piece)), KEY))


def unseal(data: bytes, key: bytes = KEY) -> bytes:
    return b"".join(sealed_files.opened(io.BytesIO(data), key))


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 2 << 20])
def test_what_is_sealed_comes_back_and_the_seal_differs_each_time(size: int) -> None:
    content = (WORDS * (size // len(WORDS) + 1))[:size]
    one, other = seal(content), seal(content)
    assert unseal(one) == unseal(other) == content
    assert one != other
    assert WORDS not in one


def test_no_changed_cut_or_rearranged_file_opens() -> None:
    content = WORDS * 80_000  # three parts
    whole, part = seal(content), (1 << 20) + 16
    head, rest = whole[:24], whole[24:]
    first, second, third = rest[:part], rest[part : 2 * part], rest[2 * part :]
    broken = [
        b"", whole[:10], head, whole[:-1], whole + b"x", head + first, head + first + second, head + second + first + third,
        head + first + third, head + first + first + second + third, b"X" + whole[1:],
        *(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in (9, 24, 30_000, part + 40, len(whole) - 1)),
    ]
    for data in broken:
        with pytest.raises(BrokenSealError):
            unseal(data)
    with pytest.raises(BrokenSealError):
        unseal(whole, bytes(32))


# ---- an office ----
def test_setting_and_taking_off_a_password_takes_the_files_along(bench: Workbench, tmp_path: Path) -> None:
    folder = bench.data_folder
    one = attach(bench, WORDS)
    (tmp_path / "张三丰合同.pdf").unlink()
    assert lying(folder) == [one.place(folder)]
    protection.protect(bench, PASSWORD, quietly)
    two = attach(bench, WORDS + b"2")
    (tmp_path / "张三丰合同.pdf").unlink()
    assert [attachments.content(folder, file) for file in (one, two)] == [WORDS, WORDS + b"2"]
    assert is_plain(folder) == []
    assert not any(file.sha256 in path.name for file in (one, two) for path in lying(folder))
    assert attachments.store_content(folder, "同一份.pdf", WORDS).place(folder) == one.place(folder)
    assert len(lying(folder)) == 2
    protection.change_password(bench, PASSWORD, "另一个密码-2026")
    attachments.verify(folder, one)
    protection.lock(folder)
    with pytest.raises(DataLocked, match="有密码"):
        attachments.verify(folder, one)
    protection.unlock(folder, "另一个密码-2026")
    protection.unprotect(bench, "另一个密码-2026", quietly)
    assert sorted(path.name for path in lying(folder)) == sorted((one.sha256, two.sha256))
    assert attachments.damaged(folder, (one, two)) == []


def test_a_run_killed_in_the_middle_leaves_each_file_whole_and_the_next_start_goes_on(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, stopped = bench.data_folder, [0]
    files = [attach(bench, WORDS + bytes([number])) for number in range(4)]
    write = attached_forms.write_atomically

    def killed(path: Path, writer: object) -> None:
        stopped[0] += 1
        if stopped[0] % 3 == 0:
            raise SystemExit
        write(path, writer)  # type: ignore[arg-type]

    monkeypatch.setattr(attached_forms, "write_atomically", killed)
    with pytest.raises(SystemExit):
        protection.protect(bench, PASSWORD, quietly)
    assert len(is_plain(folder)) == 2
    assert attachments.damaged(folder, files) == []
    bench.close()
    again, stopped[0] = open_workbench(folder, clock=bench.clock), 1
    with pytest.raises(SystemExit):
        data_safety.check_if_due(again)
    monkeypatch.setattr(attached_forms, "write_atomically", write)
    data_safety.check_if_due(again)
    assert is_plain(folder) == []
    assert attachments.damaged(folder, files) == []
    monkeypatch.setattr(attached_forms, "write_atomically", killed)
    with pytest.raises(SystemExit):
        protection.unprotect(again, PASSWORD, quietly)
    assert attachments.damaged(folder, files) == []
    assert key_of(folder) is not None
    monkeypatch.setattr(attached_forms, "write_atomically", write)

    def in_use(_path: Path) -> None:
        raise DataFileBusy("数据文件还在使用，没有改动。")

    with monkeypatch.context() as busy:
        busy.setattr(converting, "_end_log", in_use)
        with pytest.raises(DataFileBusy):
            protection.unprotect(again, PASSWORD, quietly)
    assert is_plain(folder) == []
    protection.unprotect(again, PASSWORD, quietly)
    assert attachments.damaged(folder, files) == []
    again.close()


def test_a_damaged_file_is_told_in_either_form_and_never_lost(bench: Workbench) -> None:
    folder = bench.data_folder
    one, two = attach(bench, WORDS), attach(bench, WORDS + b"2")
    one.place(folder).write_bytes(WORDS + b"?")
    protection.protect(bench, PASSWORD, quietly)
    with pytest.raises(UnreadableFile, match="内容变了"):
        attachments.content(folder, one)
    assert is_plain(folder) == []
    bad = two.place(folder).read_bytes()
    two.place(folder).write_bytes(bad[:-3])
    with pytest.raises(UnreadableFile, match="内容变了"):
        attachments.verify(folder, two)
    assert "1 个附件坏了" in protection.unprotect(bench, PASSWORD, quietly).message
    assert (folder / f"{KEYS_FILE}.旧").is_file()
    with pytest.raises(FileMissing):
        attachments.verify(folder, two)


def test_the_second_place_holds_nothing_plain_either(bench: Workbench, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    backups.choose_second_place(bench, stick)
    one = attach(bench, WORDS)
    backups.back_up(bench)
    assert is_plain(stick) == [one.sha256]
    assert protection.protect(bench, PASSWORD, quietly).left == ()
    assert is_plain(stick) == []
    attach(bench, WORDS + b"2")
    backups.back_up(bench)
    assert len(lying(stick)) == 2
    for path in lying(bench.data_folder):
        path.unlink()
    backup = backups.backup_files.listed(stick)[0]
    assert "抄回 2 个附件" in backups.go_back(bench, backup).message
    assert is_plain(bench.data_folder) == []
    protection.unprotect(bench, PASSWORD, quietly)
    stick.rename(tmp_path / "拔掉")
    assert "现在接不上" in protection.protect(bench, "另一个密码-2026", quietly).left[0]
    attachments.verify(bench.data_folder, one)


def test_data_taken_elsewhere_take_their_files_along_and_no_copy_for_viewers(bench: Workbench, tmp_path: Path) -> None:
    protection.protect(bench, PASSWORD, quietly)
    one = attach(bench, WORDS)
    shown = viewing.copy(bench, one)
    assert (shown.name, shown.read_bytes()) == (one.name, WORDS)
    assert shown.is_relative_to(bench.data_folder / VIEWED)
    there = moving.copy_data(bench, tmp_path / "新的地方", quietly)
    assert is_plain(there) == []
    attachments.verify(there, one)
    protection.lock(there)
    protection.lock_open(bench)
    assert not shown.exists()
    protection.unlock(bench.data_folder, PASSWORD)
    again = viewing.copy(bench, one)
    aside = attachments.copy_to_view(bench.data_folder, one, read_only=True)
    bench.close()
    assert not again.exists()
    assert not aside.exists()
    left_over = bench.data_folder / VIEWED / "fupin-x" / "扫描.pdf"
    left_over.parent.mkdir(parents=True)
    left_over.write_bytes(WORDS)
    open_workbench(bench.data_folder, clock=bench.clock).close()
    assert is_plain(bench.data_folder) == []


def test_a_plain_backup_does_not_leave_encrypted_files_without_their_key(bench: Workbench, tmp_path: Path) -> None:
    plain = bench.back_up().path.replace(tmp_path / "fupin_2026-01-05_090000_3.zip")
    protection.protect(bench, PASSWORD, quietly)
    assert not protection.awaits_password(bench.data_folder, plain)
    protection.lock(bench.data_folder)
    assert not protection.awaits_password(bench.data_folder, plain)
    protection.unlock(bench.data_folder, PASSWORD)
    attach(bench, WORDS)
    protection.lock(bench.data_folder)
    assert protection.awaits_password(bench.data_folder, plain)
    protection.unlock(bench.data_folder, PASSWORD)
