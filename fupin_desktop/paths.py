"""Where the program's own files and the office's data folder are."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path, PurePath

_RENAMES, _RENAME_PAUSE_S = 10, 0.1
_HELD = {5, 32, 33}
"""Windows: access denied, sharing violation, lock violation."""
DATA_FOLDER = "产业扶贫数据"
PORTABLE_MARK = "便携版.txt"
"""Lies beside the program in a copy that runs from a stick."""
PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
_SECOND_DISK, _FIXED = "D:\\", 3
_LONGEST_PATH = 32_768
_PACKAGE = Path(__file__).resolve().parent


def rename(source: Path, target: Path) -> None:
    """Rename a finished file over another, for good; on Windows a virus scanner may hold a fresh file for a moment.

    Raises:
        OSError: It could not be renamed, on Windows after ten tries in a second.
    """
    for left in range(_RENAMES - 1, -1, -1):
        try:
            os.replace(source, target)  # noqa: PTH105 - one call that works while a reader holds the old file
        except OSError as error:
            if left == 0 or getattr(error, "winerror", None) not in _HELD:
                raise
            time.sleep(_RENAME_PAUSE_S)
        else:
            flush_folder(target.parent)
            return


def drop(path: Path) -> None:
    """Remove a file that nobody needs any more; one that a virus scanner holds just now is left where it is."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def begin_private(path: Path) -> None:
    """Make an empty file that its owner alone may read and write, where there is none; SQLite and others fill it.

    Raises:
        OSError: It cannot be made.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE))


def private_folder(folder: Path) -> None:
    """Make a folder that its owner alone may look into, where there is none.

    Raises:
        OSError: It cannot be made.
    """
    folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)


def flush_folder(folder: Path) -> None:
    """Make names made, changed and removed in a folder durable where the system lets it be flushed (not on Windows)."""
    if os.name == "nt":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _shipped(name: str) -> Path:
    """A folder shipped with the program: inside the wheel, else beside the package in a checkout."""
    inside = _PACKAGE / "_data" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def resources() -> Path:
    """The folder of policy files, fonts, icons, styles, manual and samples."""
    return _shipped("resources")


def forms() -> Path:
    """The folder of form definitions, one folder per form."""
    return _shipped("forms")


def portable_folder() -> Path | None:
    """The folder of a copy that runs from a stick without being installed; None for an installed program."""
    folder = Path(sys.executable).parent
    return folder if (folder / PORTABLE_MARK).is_file() else None


def default_data_folder() -> Path:
    """The data folder proposed at the first start: never the program's own, and on Windows not on C: where D: is fixed.

    A clerk finds a folder of D: again, and it outlives Windows when the PC is set up anew.
    """
    portable = portable_folder()
    if portable is not None:
        return portable.parent / DATA_FOLDER
    if _has_second_disk():
        return Path(_SECOND_DISK) / DATA_FOLDER
    return _own_data()


def sample_folder() -> Path:
    """Where the sample office is kept, apart from the office's own data."""
    portable = portable_folder()
    return (portable.parent if portable is not None else _own_data()) / "示范数据"


def self_test_folder() -> Path:
    """Where ``--selftest`` writes its report where no folder is named."""
    portable = portable_folder()
    return (portable.parent if portable is not None else _own_data()) / "自检"


def settings_file() -> Path:
    """The per-user file that remembers which data folder this PC uses; a portable copy keeps it on the stick."""
    portable = portable_folder()
    if portable is not None:
        return portable / "设置" / "settings.toml"
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
        return base / "产业扶贫工作台" / "settings.toml"
    base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "fupin-desktop" / "settings.toml"


def on_this_stick(folder: str) -> str:
    """A remembered folder as this PC names it: a stick has another letter on another PC.

    Args:
        folder: As it was remembered; it stays where it can be found, and where the program is installed.
    """
    portable = portable_folder()
    if portable is None or not folder or Path(folder).exists():
        return folder
    remembered = PurePath(folder)
    here = Path(portable.anchor, *remembered.relative_to(remembered.anchor).parts)
    return str(here) if here.exists() else folder


def short_name(path: Path) -> str:
    """A file's name in ASCII where Windows keeps a short one (8.3) for it; else, and elsewhere, its name as it is."""
    name = str(path)
    if sys.platform == "win32" and not name.isascii():
        import ctypes

        short = ctypes.create_unicode_buffer(_LONGEST_PATH)
        found = ctypes.windll.kernel32.GetShortPathNameW(name, short, _LONGEST_PATH)
        return short.value if 0 < found < _LONGEST_PATH else name
    return name


def _own_data() -> Path:
    """The folder the system gives a program for a user's data."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        return base / "产业扶贫工作台"
    base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "fupin-desktop"


def _has_second_disk() -> bool:
    """Whether D: is a disk built into this PC, and not a stick, a CD or a network folder."""
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(_SECOND_DISK) == _FIXED)
    return False
