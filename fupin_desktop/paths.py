"""Where the program's own files and the office's data folder are."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


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
