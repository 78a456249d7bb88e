"""The program as it is started, from the start of the process to its first page drawn; then its memory when idle.

Given are where the settings lie, then the shiboken6 to be taken, then for how many seconds it is idle.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.children import pyside

# A clerk starts without a word; which data folder to open is what the PC remembers from the start before.
os.environ["XDG_CONFIG_HOME"] = os.environ["APPDATA"] = str(Path(sys.argv[1]))
if len(sys.argv) > 2:
    pyside.take(sys.argv[2])

from fupin_desktop.__main__ import main
from fupin_desktop.ui import qt_loading

IDLE_SECONDS = float(sys.argv[3]) if len(sys.argv) > 3 else 1.0
"""Before it loads beforehand what the tabs will need, if nobody says otherwise."""


def stay_a_moment() -> int:
    """In place of the event loop: draw, say so, be idle for a while."""
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    application.processEvents()
    print("ready", flush=True)
    end = time.monotonic() + IDLE_SECONDS
    while time.monotonic() < end:
        application.processEvents()
        time.sleep(0.02)
    from tests.benchmarks.measuring import memory_mib

    print(json.dumps({"mib": memory_mib()}))
    return 0


def load_and_stay(load: Any = qt_loading.load) -> None:
    """Qt is loaded when the program loads it, after it has begun to open the data."""
    load()
    from PySide6.QtWidgets import QApplication

    QApplication.exec = staticmethod(stay_a_moment)


qt_loading.load = load_and_stay
sys.exit(main([]))
