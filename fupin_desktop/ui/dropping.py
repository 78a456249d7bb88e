"""Files dragged onto the window."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent


_OF_WINDOW = r"(?i)(.*\.fupin|.*\.sqlite|fupin_.*\.zip)"


def is_of_office(path: Path) -> bool:
    """Whether a file is a package or a backup of a whole office, which the window takes and no tab."""
    return re.fullmatch(_OF_WINDOW, path.name) is not None


def dropped_file(event: QDragEnterEvent | QDropEvent) -> Path | None:
    """The single local file that is being dropped, or None."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
