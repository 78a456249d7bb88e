"""A bare PySide6 window with a line of text: what any window costs on this machine."""

from __future__ import annotations

import json

from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

from tests.benchmarks.measuring import memory_mib

application = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("产业扶贫工作台"))
window.resize(1366, 768)
window.show()
application.processEvents()
print("ready", flush=True)
application.processEvents()
print(json.dumps({"mib": memory_mib()}))
