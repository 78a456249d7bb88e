"""What goes wrong while a file is read: each ends in a sentence of what happened; a fault of the program does not."""

from __future__ import annotations

import errno
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.errors import FileBusy, FileMissing, PlaceGone, Situation, UnreadableFile
from fupin_desktop.services.sheets import reader
from fupin_desktop.services.sheets.reader import open_workbook
from fupin_desktop.services.sheets.xls_texts import _Reader
from tests.services.imports.making import book


@pytest.mark.parametrize(
    ("error", "situation", "told"),
    [
        (PermissionError(errno.EACCES, "no"), FileBusy, "正被别的程序占用"),
        (OSError(errno.EIO, "读写错误"), PlaceGone, "读取“名册.xlsx”时出错"),
        (FileNotFoundError(errno.ENOENT, "no"), FileMissing, "找不到文件"),
        (IsADirectoryError(errno.EISDIR, "no"), FileMissing, "是文件夹"),
        (NotADirectoryError(errno.ENOTDIR, "no"), FileMissing, "找不到文件"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, situation: type[Situation], told: str
) -> None:
    path = book(tmp_path / "名册.xlsx", [["户主"], ["张三"]])

    def fail(_path: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(situation, match=told):
        open_workbook(path)


def test_a_folder_that_answers_as_windows_does_is_told_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_path: Path) -> bytes:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(FileMissing, match="是文件夹"):
        open_workbook(tmp_path)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path / "名册.xlsx", [["户主"], ["张三"]])
    monkeypatch.setattr(reader, "MAX_FILE", path.stat().st_size)
    assert open_workbook(path).sheets[0].rows == [["户主"], ["张三"]]
    monkeypatch.setattr(reader, "MAX_FILE", path.stat().st_size - 1)
    with pytest.raises(UnreadableFile, match="文件本身超过"):
        open_workbook(path)


class PanicException(BaseException):
    """A panic of the library, as it comes over."""


@pytest.mark.parametrize("error", [ValueError("x"), OverflowError("x"), OSError("x"), PanicException("x")])
def test_whatever_the_library_raises_on_a_broken_file_is_damage(error: BaseException) -> None:
    with pytest.raises(UnreadableFile, match="损坏"), reader._told_as_situation("名册.xls"):
        raise error


@pytest.mark.parametrize("error", [KeyboardInterrupt(), AssertionError("x"), TypeError("x")])
def test_faults_of_the_program_stay_faults(error: BaseException) -> None:
    with pytest.raises(type(error)), reader._told_as_situation("名册.xls"):
        raise error


# ---- the shared texts of an old workbook ---------------------------------------------------------------------------
RICH, FAR_EAST, WIDE = 0x08, 0x04, 0x01
TEXT = st.tuples(st.integers(0, 40), st.sampled_from([0, 1, 3]), st.sampled_from([0, 5, 9]), st.booleans())


def stored(texts: list[tuple[int, int, int, bool]], size: int) -> tuple[bytes, list[tuple[int, int]]]:
    """Shared texts of these lengths, runs of format and bytes of phonetics, in blocks of a size as Excel cuts them."""
    blocks, block = [], bytearray(struct.pack("<II", len(texts), len(texts)))

    def room(needed: int) -> None:
        nonlocal block
        if len(block) + needed > size:
            blocks.append(bytes(block))
            block = bytearray()

    for characters, runs, aside, wide in texts:
        head = struct.pack("<HB", characters, (WIDE if wide else 0) | (RICH if runs else 0) | (FAR_EAST if aside else 0))
        head += struct.pack("<H", runs) if runs else b""
        head += struct.pack("<I", aside) if aside else b""
        room(len(head) + 2)
        block += head
        for _ in range(characters):
            if len(block) + (2 if wide else 1) > size:
                blocks.append(bytes(block))
                block = bytearray([WIDE if wide else 0])
            block += b"xx" if wide else b"x"
        for _ in range(4 * runs + aside):
            room(1)
            block += b"f"
    blocks.append(bytes(block))
    stream, places = b"", []
    for one in blocks:
        stream += bytes(4)
        places.append((len(stream), len(stream) + len(one)))
        stream += one
    return stream, places


@given(texts=st.lists(TEXT, max_size=12), size=st.integers(24, 90))
def test_lengths_of_shared_texts_are_read_wherever_records_end(texts: list[tuple[int, int, int, bool]], size: int) -> None:
    stream, blocks = stored(texts, size)
    assert list(_Reader(stream, blocks).lengths()) == [characters for characters, *_rest in texts]


def test_fewer_texts_than_are_claimed_and_none_at_all() -> None:
    stream, blocks = stored([(3, 0, 0, False)], 90)
    claimed = bytearray(stream)
    struct.pack_into("<II", claimed, blocks[0][0], 9, 9)
    assert list(_Reader(bytes(claimed), blocks).lengths()) == [3]
    assert list(_Reader(b"", []).lengths()) == []
