"""Whether a file is a workbook of the size of a form, looked at before anything is built of it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path

from fupin_desktop.errors import FileBusy, FileMissing, UnreadableFile

WHAT_TO_DO = "请用 Excel 或 WPS 打开它，另存为“Excel 工作簿 (*.xlsx)”后再试。"
_MOST_BYTES, _MOST_TEXT, _MOST_STYLES, _MOST_PARTS = 20 << 20, 48 << 20, 8 << 20, 2_000
_MOST_CELLS, _MOST_MERGED, _MOST_RANGES = 150_000, 150_000, 10_000
_PIECE = 1 << 20
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_PLACE = rb"\$?([A-Z]{1,3})\$?(\d{1,7})"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']" + _PLACE + rb":" + _PLACE)
_KINDS = (
    (b"\xd0\xcf\x11\xe0", "旧的 .xls 工作簿，或加了密码"),
    (b"%PDF", "PDF 文档"),
    (b"<", "网页或 XML"),
    (b"{\\rtf", "RTF 文档"),
)


def content(path: Path) -> io.BytesIO:
    """The file, once it is known to be an xlsx workbook that costs little to read.

    Raises:
        FileMissing: There is no such file.
        FileBusy: It cannot be read.
        UnreadableFile: It is no xlsx workbook, damaged, or far too large for a form.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _too_large(path.name)
        data = path.read_bytes()
    except FileNotFoundError:
        raise FileMissing(f"找不到文件“{path.name}”。") from None
    except OSError:
        raise FileBusy(f"“{path.name}”打不开：正被别的程序占用，或没有读取权限。") from None
    if not data.startswith(b"PK\x03\x04"):
        kind = next((kind for magic, kind in _KINDS if data.startswith(magic)), "别的文件")
        raise UnreadableFile(f"“{path.name}”不是 xlsx 工作簿，而是{kind}。", todo=WHAT_TO_DO)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _look_at(archive, path.name)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError):
        raise UnreadableFile(f"“{path.name}”损坏，或加了密码。", todo=WHAT_TO_DO) from None
    return io.BytesIO(data)


def _look_at(archive: zipfile.ZipFile, name: str) -> None:
    """Count texts, cells and merged places as they really are."""
    entries = archive.infolist()
    parts = {entry.filename.lower() for entry in entries}
    if "mimetype" in parts or "xl/workbook.bin" in parts or not any(part.startswith("xl/") for part in parts):
        raise UnreadableFile(f"“{name}”不是 xlsx 工作簿(表样只认 .xlsx)。", todo=WHAT_TO_DO)
    if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > 4 * _MOST_TEXT:
        raise _too_large(name)
    if any(entry.file_size > _MOST_STYLES for entry in entries if entry.filename.lower() == "xl/styles.xml"):
        raise _too_large(name)
    text = cells = merged = ranges = 0
    for entry in entries:
        if not entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        carry = b""
        with archive.open(entry) as part:
            while piece := part.read(_PIECE):
                text += len(piece)
                whole = carry + piece
                cut = whole.rfind(b"<") if len(piece) == _PIECE else len(whole)
                seen, carry = whole[:cut], whole[cut:]
                cells += len(_CELL.findall(seen))
                places = _MERGED.findall(seen)
                ranges += len(places)
                merged += sum(map(_area, places))
                if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                    raise UnreadableFile(f"“{name}”含有文档类型声明，没有读取。", todo=WHAT_TO_DO)
                if text > _MOST_TEXT or cells > _MOST_CELLS or merged > _MOST_MERGED or ranges > _MOST_RANGES:
                    raise _too_large(name)


def _area(found: tuple[bytes, bytes, bytes, bytes]) -> int:
    left, top, right, bottom = found
    return max(_number(right) - _number(left) + 1, 0) * max(int(bottom) - int(top) + 1, 0)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_large(name: str) -> UnreadableFile:
    todo = "请另存一份，只留表样这一张工作表，删掉多余的行列、合并、样式和图片后再试。"
    return UnreadableFile(f"“{name}”太大，不像一张表样。", todo=todo)
