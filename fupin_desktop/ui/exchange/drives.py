"""The sticks that are plugged in now, as Qt's library tells of them on Windows and Linux alike."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStorageInfo

from fupin_desktop.services.exchange.model import Drive
from fupin_desktop.ui.data_folder import drive_kind


def sticks() -> list[Drive]:
    """The removable disks; may take a while where a network disk does not answer."""
    found = [one for one in QStorageInfo.mountedVolumes() if one.isValid() and one.isReady()]
    return [_drive(one) for one in found if drive_kind(Path(one.rootPath())) == "removable"]


def drive_of(folder: Path) -> Drive:
    """The disk that a folder lies on, to be written to in that folder."""
    info = QStorageInfo(str(folder))
    return Drive(folder, "", info.bytesAvailable(), _system(info), info.isReadOnly())


def _drive(info: QStorageInfo) -> Drive:
    root = Path(info.rootPath())
    return Drive(root, info.name() or root.name or "U盘", info.bytesAvailable(), _system(info), info.isReadOnly())


def _system(info: QStorageInfo) -> str:
    return bytes(info.fileSystemType().data()).decode("ascii", "replace")
