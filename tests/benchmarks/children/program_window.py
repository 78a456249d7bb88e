"""The program's window on the sample office, from the start of the process to the first page drawn and usable."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

from fupin_desktop import app
from fupin_desktop.services.workbench import open_workbench
from fupin_desktop.ui.preferences import Preferences
from tests.benchmarks.measuring import memory_mib

chosen = Preferences()
application = app.make_application(chosen)
bench = open_workbench(Path(sys.argv[1]), clock=datetime.now)
window = app.open_window(bench, chosen=chosen)
window.tab("home")
application.processEvents()
print("ready", flush=True)
application.processEvents()
print(json.dumps({"mib": memory_mib()}))
sys.stdout.flush()
bench.close()
