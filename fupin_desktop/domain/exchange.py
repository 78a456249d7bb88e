"""Words of what is handed to others (数据交换)."""

from __future__ import annotations

from fupin_desktop.domain.vocabulary import Word


class HandoverKind(Word):
    """How something left the office."""

    STICK = "stick", "导出"
    PACKAGE = "package", "移交包"
    SUCCESSOR = "successor", "移交工作"


def said_size(size: int) -> str:
    """Bytes as people read them: ``3.2 MB``."""
    for unit, bytes_ in (("GB", 1024**3), ("MB", 1024**2)):
        if size >= bytes_:
            return f"{size / bytes_:,.1f} {unit}"
    return f"{max(1, round(size / 1024))} KB"
