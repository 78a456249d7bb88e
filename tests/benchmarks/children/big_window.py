"""The window on an office: the register brought to the front, and searches typed key by key until the rows are drawn."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fupin_desktop.ahead import local_time
from fupin_desktop.app import make_application, open_window
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.ui.preferences import Preferences
from tests.benchmarks.measuring import timed

TYPED = ("ly", "lyq", "9", "95", "0011", "zz")
PAUSE_SECONDS = 0.6


class Drawn(QObject):
    """Knows whether a widget was drawn since it was last asked."""

    def __init__(self, watched: Any) -> None:
        super().__init__()
        self.seen = False
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.seen = self.seen or event.type() is QEvent.Type.Paint
        return False


def rest() -> None:
    """The clerk's pause."""
    end = time.monotonic() + PAUSE_SECONDS
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.005)


def key_to_rows(tab: Any, drawn: Drawn, sign: str) -> float:
    """Milliseconds from a key in the search field to the rows drawn that it leaves."""
    front = tab.state.front

    def type_it() -> None:
        drawn.seen = False
        QTest.keyClicks(tab.finder, sign)
        while front.query.text != tab.finder.text() or not (drawn.seen or tab.stack.currentWidget() is tab.empty):
            QApplication.processEvents()

    return timed(type_it)[0] * 1000


def main() -> None:
    """Measure, and print what was found."""
    make_application(Preferences())
    print("ready", flush=True)
    bench = open_workbench(Path(sys.argv[1]), clock=local_time)
    window = open_window(bench)
    window.resize(1366, 768)
    window.shell.tasks.wait()
    QApplication.processEvents()

    def show() -> Any:
        tab = window.show_tab("households")
        QApplication.processEvents()
        return tab

    shown, tab = timed(show)
    drawn = Drawn(tab.table.viewport())
    keys = []
    for text in TYPED:
        tab.finder.clear()
        rest()
        for sign in text:
            keys.append(key_to_rows(tab, drawn, sign))
            rest()
    window.close()
    bench.close()
    print(json.dumps({"shown": shown * 1000, "keys": keys}))


if __name__ == "__main__":
    main()
