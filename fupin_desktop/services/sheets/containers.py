"""What a file really is, whatever its name says, and its parts, unpacked within bounds.

A hostile file must end in a sentence within seconds and within little memory, so nothing here trusts a size or a
count that the file itself claims.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from enum import Enum, auto

from fupin_desktop.errors import PasswordWanted, UnreadableFile

_OLDEST = (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08")
"""How the records of Excel 2 to 4 begin, which stand in no compound file."""
MAX_FILE = 256 << 20
MAX_ENTRIES = 4096
MAX_UNPACKED = 3 << 29
FREE_UNPACKED = 64 << 20
MAX_RATIO = 60
CHUNK = 1 << 20

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NAME_AT, _UTF8 = 30, 0x800
"""In a zip: where the name stands in the head of a part; the flag of names in UTF-8."""
_HELD = "~$"
"""How the name of the small file begins by which a spreadsheet program holds a workbook that it has open."""
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_TARGET = re.compile(rb"""\sTarget\s*=\s*["']([^"']*)""")
_WORKBOOK = re.compile(rb"""/officeDocument["']""")
_CHOOSE = "请选择登记表所在的电子表格文件(.xlsx、.xls、.et、.ods 或 .csv)。"
_OTHERS = (
    (b"%PDF", "PDF 文档"),
    (b"{\\rtf", "RTF 文档"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"MZ", "程序"),
    (b"SQLite format 3", "数据库文件"),
)


class Container(Enum):
    """The kinds of spreadsheet file that are read."""

    XLSX = auto()
    ODS = auto()
    XLS = auto()
    HTML = auto()
    XML = auto()
    TEXT = auto()


def recognise(data: bytes, name: str) -> Container:
    """Tell a spreadsheet from everything else by its content.

    Args:
        data: The whole file.
        name: File name for the sentence.

    Raises:
        UnreadableFile: The file is something else, or protected; the sentence says what.
    """
    if name.startswith(_HELD):
        raise UnreadableFile(
            f"“{name}”是表格打开着时旁边的临时文件，里面没有登记表。", todo=f"请选择“{name.removeprefix(_HELD)}”。"
        )
    if not data:
        raise UnreadableFile(f"“{name}”是空文件(0 字节)。", todo="请重新导出或重新拷贝这个文件。")
    if data.startswith(_OLE):
        return Container.XLS
    if data.startswith(_ZIP):
        return _recognise_zip(data, name)
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, kind in _OTHERS:
        if start.startswith(magic):
            raise UnreadableFile(f"“{name}”不是电子表格文件，里面是{kind}。", todo=_CHOOSE)
    return _recognise_text(data, name)


def _recognise_text(data: bytes, name: str) -> Container:
    """The kind of a text; a text without marks may still be no table, which shows when it is read."""
    lowered = data[:4096].replace(b"\x00", b"").lower()
    if lowered.startswith(b"mime-version:"):
        raise UnreadableFile(f"“{name}”是单个文件网页(mht)，不能直接导入。")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in lowered:
        return Container.XML
    if any(tag in lowered for tag in (b"<html", b"<table", b"<!doctype html", b"<head", b"<tr")):
        return Container.HTML
    if data[:2] in _OLDEST:
        return Container.XLS
    start = data[:4096].rstrip(b"\x00")
    if (b"\x00" in start or not start) and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile(f"“{name}”不是电子表格文件，里面是文字以外的数据。", todo=_CHOOSE)
    return Container.TEXT


def _recognise_zip(data: bytes, name: str) -> Container:
    archive = Archive(data, name)
    parts = archive.parts
    if "xl/workbook.bin" in parts:
        raise UnreadableFile(f"“{name}”是二进制工作簿(xlsb)，不能直接导入。")
    if any(part.startswith("xl/worksheets/") for part in parts) or _holds_workbook(archive):
        return Container.XLSX
    if "content.xml" in parts and "mimetype" in parts:
        return _recognise_open_document(archive)
    kind = "Word 文档" if any(part.startswith("word/") for part in parts) else "压缩包"
    if any(part.startswith("ppt/") for part in parts):
        kind = "演示文稿"
    raise UnreadableFile(f"“{name}”不是电子表格文件，里面是{kind}。", todo=_choose_other(kind))


def workbook_part(archive: Archive) -> str:
    """The part that holds the workbook of an xlsx package: where its relations say, else where it usually is."""
    relations = archive.read("_rels/.rels", CHUNK)
    for relation in _RELATION.findall(relations):
        target = _TARGET.search(relation)
        if target and _WORKBOOK.search(relation):
            return target.group(1).decode("utf-8", "replace").replace("\\", "/").lstrip("/").lower()
    return "xl/workbook.xml"


def _holds_workbook(archive: Archive) -> bool:
    """Whether the main part is a workbook."""
    part = workbook_part(archive)
    return part in archive.parts and b"workbook" in archive.read(part, 4096).replace(b"\0", b"")


def _recognise_open_document(archive: Archive) -> Container:
    if b"encryption-data" in archive.read("meta-inf/manifest.xml", CHUNK):
        raise protected(archive.name)
    if b"spreadsheet" not in archive.read("mimetype", 200):
        kind = "OpenDocument 文字文档"
        raise UnreadableFile(f"“{archive.name}”不是电子表格文件，里面是{kind}。", todo=_choose_other(kind))
    return Container.ODS


def protected(name: str) -> PasswordWanted:
    """The situation of a file that wants a password."""
    return PasswordWanted(f"“{name}”设了打开密码，程序读不到里面的内容。")


def damaged(name: str, detail: str = "") -> UnreadableFile:
    """The situation of a file that is broken."""
    return UnreadableFile(f"“{name}”已损坏或不完整，读不出来{f'({detail})' if detail else ''}。")


def too_big(name: str, detail: str) -> UnreadableFile:
    """The situation of a file that unpacks to an unreasonable size."""
    return UnreadableFile(
        f"“{name}”展开后大得不合常理({detail})，为安全起见没有读取。",
        todo="请核对文件来源；确为登记表的，请用 Excel 或 WPS 打开，只把有内容的区域复制到新工作簿后再导入。",
    )


def _choose_other(kind: str) -> str:
    return f"{_CHOOSE}如果内容在{kind}里，请先复制到 Excel 或 WPS 表格中再导入。"


class Archive:
    """A zip file whose parts are unpacked within bounds.

    Attributes:
        name: File name for the sentences.
        data: The file.
        parts: Part name in lower case, its folders set off by /, to its entry.
        odd: Whether folders are set off by other signs.
    """

    def __init__(self, data: bytes, name: str) -> None:
        """Read the directory.

        Raises:
            UnreadableFile: Damaged, protected, with a part twice, or with more parts than a workbook has.
        """
        self.name = name
        self.data = data
        self._unpacked = 0
        self._limit = min(max(FREE_UNPACKED, MAX_RATIO * len(data)), MAX_UNPACKED)
        self.parts: dict[str, zipfile.ZipInfo] = {}
        self.odd = False
        for entry in self._directory():
            self._require_name(entry)
            part = entry.filename.replace("\\", "/")
            self.odd = self.odd or part != entry.orig_filename
            if self.parts.setdefault(part.lstrip("/").lower(), entry) is not entry:
                raise damaged(name, f"部件“{entry.filename}”重复")

    def forget(self) -> None:
        """Begin anew to count what is unpacked: the parts are read a second time."""
        self._unpacked = 0

    def _directory(self) -> list[zipfile.ZipInfo]:
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError, IndexError) as error:
            raise damaged(self.name) from error
        if len(entries) > MAX_ENTRIES:
            raise too_big(self.name, f"内含 {len(entries)} 个部件")
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise protected(self.name)
        return entries

    def _require_name(self, entry: zipfile.ZipInfo) -> None:
        """Make sure that a part is called in the directory what it is called where it lies: neither has a checksum.

        Raises:
            UnreadableFile: It is not; one of the two is damaged, and the part would be taken for another or missed.
        """
        start = entry.header_offset + _NAME_AT
        length = int.from_bytes(self.data[start - 4 : start - 2], "little")
        written = self.data[start : start + length].decode("utf-8" if entry.flag_bits & _UTF8 else "cp437", "replace")
        if written.split("\0")[0] != entry.orig_filename.split("\0")[0]:
            raise damaged(self.name, f"部件“{entry.filename}”的名字前后不符")

    def unpack(self, part: str) -> Iterator[bytes]:
        """The content of a part in chunks, inflated here so that a false size in the directory has no effect.

        Raises:
            UnreadableFile: Damaged, or all parts together unpack beyond bounds.
        """
        entry = self.parts[part]
        check = 0
        try:
            packed = self._packed(entry)
            for chunk in _inflate(packed) if entry.compress_type == zipfile.ZIP_DEFLATED else _slices(packed):
                self._unpacked += len(chunk)
                if self._unpacked > self._limit:
                    raise too_big(self.name, f"部件“{entry.filename}”的压缩率异常")
                check = zlib.crc32(chunk, check)
                yield chunk
            if check != entry.CRC:
                raise damaged(self.name, f"部件“{entry.filename}”的校验和不符")
        except (zlib.error, struct.error) as error:
            raise damaged(self.name) from error

    def _packed(self, entry: zipfile.ZipInfo) -> memoryview:
        signature, name_length, extra_length = struct.unpack_from("<4s22xHH", self.data, entry.header_offset)
        start = entry.header_offset + 30 + name_length + extra_length
        if signature != _ZIP or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise zlib.error("no such entry")
        return memoryview(self.data)[start : start + entry.compress_size]

    def measure(self, part: str) -> None:
        """Make sure that a part unpacks within bounds.

        Raises:
            UnreadableFile: Damaged or beyond bounds.
        """
        for _ in self.unpack(part) if part in self.parts else ():
            pass

    def read(self, part: str, limit: int) -> bytes:
        """The first ``limit`` bytes of a part, empty where it is missing.

        Raises:
            UnreadableFile: Damaged or beyond bounds.
        """
        content = bytearray()
        for chunk in self.unpack(part) if part in self.parts else ():
            content += chunk
            if len(content) >= limit:
                break
        return bytes(content[:limit])


def _inflate(packed: memoryview) -> Iterator[bytes]:
    machine = zlib.decompressobj(-15)
    rest: bytes | memoryview = packed
    while rest and not machine.eof:
        chunk = machine.decompress(rest, CHUNK)
        rest = machine.unconsumed_tail
        if chunk:
            yield chunk
    if not machine.eof:
        raise zlib.error("cut short")


def _slices(packed: memoryview) -> Iterator[bytes]:
    for start in range(0, len(packed), CHUNK):
        yield bytes(packed[start : start + CHUNK])
