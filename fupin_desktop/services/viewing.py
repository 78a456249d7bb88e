"""Looking at attached files: photographs and PDF within the program, from memory; others in a program of the PC's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fupin_desktop.services import attachments, protection
from fupin_desktop.services.attachments import Attached
from fupin_desktop.services.workbench import Workbench

if TYPE_CHECKING:
    from fupin_desktop.documents.drawing.pictures import Pages


def is_kept_inside(bench: Workbench) -> bool:
    """Whether files are looked at within the program, because they lie encrypted."""
    return protection.has_password(bench.data_folder)


def pages(bench: Workbench, file: Attached) -> Pages:
    """An attached file page by page; without pages where it is neither photograph nor PDF.

    Raises:
        FileMissing, UnreadableFile: It is gone, changed or damaged.
    """
    from fupin_desktop.documents.drawing.pictures import Pages

    return Pages(attachments.content(bench.data_folder, file), file.name)


def copy(bench: Workbench, file: Attached) -> Path:
    """A copy that a program of the PC's can show; it is removed when the window is locked or closed.

    Raises:
        FileMissing, UnreadableFile: It is gone, changed or damaged.
        DiskFull, PlaceGone, NotWritable: The copy cannot be written.
    """
    return attachments.copy_to_view(bench.data_folder, file, read_only=bench.read_only)
