"""Which shiboken6 a child loads: as pip leaves it, or as the program is installed, its Python modules laid out as files."""

from __future__ import annotations

import sys
from os.path import isdir, join


def take(folder: str) -> None:
    """Load shiboken6 from a folder; before the environment's own, behind all that does not matter.

    Args:
        folder: Holds the shiboken6 to be taken.
    """
    # Nothing more is loaded for it, pathlib neither.
    place = next(at for at, path in enumerate(sys.path) if isdir(join(path, "shiboken6")))  # noqa: PTH112, PTH118
    sys.path.insert(place, folder)
