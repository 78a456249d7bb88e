"""The files of an office's own form: read out of a folder, a file or a zip, and packed for taking out."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from fupin_desktop import paths
from fupin_desktop.errors import FileMissing, UnreadableFile
from fupin_desktop.services.documents.forms import FORM_FILE, UsedForm

_BESIDE = ("README.md", "BINDINGS.md")
_LARGEST = 1 << 20


def taken_out(used: UsedForm) -> dict[str, bytes]:
    """The files of a form for changing, by name: its own, where it comes from, and the pages that explain it."""
    shipped = paths.forms()
    files = {FORM_FILE: used.text.encode()}
    for path in (shipped / used.form.id / "source.md", *(shipped / name for name in _BESIDE)):
        if path.is_file():
            files[path.name] = path.read_bytes()
    return files


def zipped(files: dict[str, bytes], folder: str) -> bytes:
    """Files in one folder of a zip file; equal files give equal bytes."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(f"{folder}/{name}"), content)
    return packed.getvalue()


def form_text(path: Path) -> str:
    """The text of a form's file, in its folder or in a zip.

    Raises:
        FileMissing: There is no form file.
        UnreadableFile: It is damaged, too large or no text.
    """
    try:
        content = _zip_member(path) if path.suffix.lower() == ".zip" else _file(path)
    except FileNotFoundError:
        raise FileMissing(f"“{path.name}”里找不到 {FORM_FILE}。") from None
    except OSError:
        raise UnreadableFile(f"读不了“{path.name}”。", todo="请检查文件和权限后再试。") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile(f"“{path.name}”不是 UTF-8 编码的文本。", todo="请用记事本另存，编码选 UTF-8。") from None


def _file(path: Path) -> bytes:
    file = path / FORM_FILE if path.is_dir() else path
    if file.stat().st_size > _LARGEST:
        raise _too_large(path)
    return file.read_bytes()


def _zip_member(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.rpartition("/")[2] == FORM_FILE]
            if len(names) != 1:
                raise UnreadableFile(f"压缩包“{path.name}”里应有、且只有一个 {FORM_FILE}。", todo="请检查压缩包。")
            with archive.open(names[0]) as stream:
                content = stream.read(_LARGEST + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        raise UnreadableFile(f"压缩包“{path.name}”损坏或加了密码。", todo="请重新压缩为普通 zip 后再试。") from None
    if len(content) > _LARGEST:
        raise _too_large(path)
    return content


def _too_large(path: Path) -> UnreadableFile:
    return UnreadableFile(f"“{path.name}”太大，不像表样文件。", todo="请检查选的是不是 form.toml。")
