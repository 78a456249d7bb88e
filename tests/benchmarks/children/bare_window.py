"""A bare PySide6 window with a line of text: what any window costs on this machine."""

from __future__ import annotations

import json
import sys

from tests.benchmarks.children import pyside

pyside.take(sys.argv[1])

from PySide6.QtWidgets import QApplication, QLabel, QMainWindow  # noqa: E402 - after its shiboken6 was chosen

application = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("产业扶贫工作台"))
window.resize(1366, 768)
window.show()
application.processEvents()
print("ready", flush=True)

from tests.benchmarks.measuring import memory_mib  # noqa: E402 - what it loads belongs to no start

application.processEvents()
print(json.dumps({"mib": memory_mib()}))
