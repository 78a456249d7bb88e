"""What the machine itself must have, and how it is put there on Debian and Ubuntu.

Nothing here knows the program: only Python's venv module and Qt's shared libraries.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

# Shared libraries Qt's modules and its xcb and offscreen platforms load, and the Debian package that holds each.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}

# Files below PySide6's folder whose libraries must all be found.
QT_FILES = (
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/printsupport/libcupsprintersupport.so",
    "QtGui.abi3.so",
    "QtWidgets.abi3.so",
    "QtPrintSupport.abi3.so",
    "QtSvg.abi3.so",
    "QtNetwork.abi3.so",
)


class Trouble(Exception):  # noqa: N818 - not a bug: something for the reader to do
    """Something the person at the keyboard must do; the text says what to type."""


def say(text: str) -> None:
    """Print a line at once, so that it stands before the output of what follows."""
    print(text, flush=True)


def missing_libraries(qt_folder: Path) -> list[str]:
    """Shared libraries that Qt's files need and the machine has not, by soname."""
    found: set[str] = set()
    for name in QT_FILES:
        listing = subprocess.run(["ldd", str(qt_folder / name)], capture_output=True, text=True, check=False).stdout
        found.update(line.split()[0] for line in listing.splitlines() if "not found" in line)
    return sorted(found)


def ensure_libraries(qt_folder: Path) -> None:
    """Install the shared libraries Qt needs (Linux only).

    Raises:
        Trouble: A library is missing and cannot be installed from here.
    """
    if not sys.platform.startswith("linux") or not shutil.which("ldd"):
        return
    missing = missing_libraries(qt_folder)
    if not missing:
        return
    packages = sorted({QT_LIBRARIES[name] for name in missing if name in QT_LIBRARIES})
    say(f"Qt needs {', '.join(missing)}; installing {' '.join(packages) or 'nothing known'} ...")
    if packages:
        apt_install(packages)
    still = missing_libraries(qt_folder)
    if still:
        raise Trouble(f"Qt still lacks these libraries: {', '.join(still)}. Please install them.")


def absent_packages() -> list[str]:
    """Packages with Qt's libraries that dpkg does not list as installed; empty where there is no dpkg."""
    wanted = sorted(set(QT_LIBRARIES.values()))
    if not shutil.which("dpkg-query"):
        return []
    command = ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *wanted]
    listing = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    installed = {line.split()[0] for line in listing.splitlines() if line.endswith(" installed")}
    return [package for package in wanted if package not in installed]


def apt_install(packages: list[str]) -> None:
    """Install Debian packages as root or through sudo.

    Raises:
        Trouble: There is no apt-get, no right to use it, or it failed; the text holds the command to type.
    """
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    by_hand = f"Please type:  sudo apt-get update && sudo {shlex.join(command)}"
    if not shutil.which("apt-get"):
        raise Trouble(f"this machine has no apt-get; please install the equivalents of: {' '.join(packages)}.")
    prefix = _root_prefix()
    if prefix is None:
        raise Trouble(f"some system packages are missing, and only root may install them. {by_hand}")
    # Old package lists may still do, so a failing update (no network, a dead third-party source) is not the end.
    if _run_as_root(prefix, ["apt-get", "-q", "update"]) != 0:
        say("apt-get update failed; trying with the package lists at hand.")
    if _run_as_root(prefix, command) != 0:
        raise Trouble(f"apt-get could not install {' '.join(packages)}. {by_hand}")


def _root_prefix() -> list[str] | None:
    """Words before a command that make it run as root, or None where that is not possible."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    silent = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    if silent:
        return ["sudo", "-n"]
    return ["sudo"] if sys.stdin.isatty() else None


def _run_as_root(prefix: list[str], command: list[str]) -> int:
    """Run without questions; ``env`` carries the setting through sudo."""
    return subprocess.run([*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *command], check=False).returncode
