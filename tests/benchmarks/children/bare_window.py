"""A bare PySide6 window: what any window costs on this machine."""

from __future__ import annotations

import json

from PySide6.QtWidgets import QApplication, QMainWindow

from tests.benchmarks.measuring import memory_mib

application = QApplication([])
window = QMainWindow()
window.resize(1366, 768)
window.show()
application.processEvents()
print("ready", flush=True)
application.processEvents()
print(json.dumps({"mib": memory_mib()}))
