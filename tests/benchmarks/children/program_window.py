"""The program as it is started, from the start of the process to its first page drawn; then its memory when idle."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

# A clerk starts without a word; which data folder to open is what the PC remembers from the start before.
os.environ["XDG_CONFIG_HOME"] = os.environ["APPDATA"] = str(Path(sys.argv[1]))

from PySide6.QtWidgets import QApplication

from fupin_desktop.__main__ import main
from tests.benchmarks.measuring import memory_mib

IDLE_SECONDS = 2.0


def stay_a_moment() -> int:
    """In place of the event loop: draw, say so, be idle for a while."""
    application = QApplication.instance()
    application.processEvents()
    print("ready", flush=True)
    end = time.monotonic() + IDLE_SECONDS
    while time.monotonic() < end:
        application.processEvents()
        time.sleep(0.02)
    print(json.dumps({"mib": memory_mib()}))
    return 0


QApplication.exec = staticmethod(stay_a_moment)
sys.exit(main([]))
