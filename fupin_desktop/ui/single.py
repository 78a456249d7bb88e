"""One window per data folder: a second start brings the first window forward and ends."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, QThread, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE_MS = 10_000
_WAIT_MS, _PAUSE_MS = 800, 100


def _name(data_folder: Path) -> str:
    """A name for the local socket, the same for each start on this folder."""
    place = str(data_folder.resolve()).casefold()
    return "fupin-desktop-" + hashlib.sha256(place.encode()).hexdigest()[:24]


def _let_come_forward() -> None:
    """Windows lets a program raise its window only where the one in front allows it; else the taskbar flashes."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)


def raise_first(data_folder: Path, patience_ms: int = PATIENCE_MS) -> bool:
    """Ask a window already open on this folder to come forward.

    Args:
        data_folder: The folder.
        patience_ms: How long to go on asking: the first start may have the folder and not listen yet.

    Returns:
        Whether there was one; this start then has nothing to do.
    """
    waited = QElapsedTimer()
    waited.start()
    socket = QLocalSocket()
    while True:
        socket.connectToServer(_name(data_folder))
        if socket.waitForConnected(_WAIT_MS):
            break
        if waited.elapsed() >= patience_ms:
            return False
        QThread.msleep(_PAUSE_MS)
    _let_come_forward()
    socket.write(b"raise")
    socket.waitForBytesWritten(_WAIT_MS)
    socket.disconnectFromServer()
    return True


class FirstWindow(QObject):
    """Listens for later starts.

    Signals:
        called: A later start wants this window forward.
    """

    called = Signal()

    def __init__(self, data_folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        name = _name(data_folder)
        if not self._server.listen(name):
            QLocalServer.removeServer(name)  # left by a killed process
            self._server.listen(name)
        self._server.newConnection.connect(self._called)

    def _called(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.disconnected.connect(socket.deleteLater)
        self.called.emit()

    def close(self) -> None:
        """Stop listening."""
        self._server.close()
