"""Where the program's own files and the office's data folder are."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

_RENAMES, _RENAME_PAUSE_S = 10, 0.1
_HELD = {5, 32, 33}
"""Windows: access denied, sharing violation, lock violation."""
_PACKAGE = Path(__file__).resolve().parent


def rename(source: Path, target: Path) -> None:
    """Rename a finished file over another; on Windows a virus scanner may hold a fresh file for a moment.

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
            return


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


def default_data_folder() -> Path:
    """The data folder proposed at the first start: never the program's own folder."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        return base / "产业扶贫工作台"
    base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "fupin-desktop"


def settings_file() -> Path:
    """The per-user file that remembers which data folder this PC uses."""
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
        return base / "产业扶贫工作台" / "settings.toml"
    base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "fupin-desktop" / "settings.toml"
