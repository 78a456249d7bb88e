"""One window per data folder: a second start brings the first window forward and ends."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 800


def _name(data_folder: Path) -> str:
    """A name for the local socket, the same for each start on this folder."""
    place = str(data_folder.resolve()).casefold()
    return "fupin-desktop-" + hashlib.sha256(place.encode()).hexdigest()[:24]


def raise_first(data_folder: Path) -> bool:
    """Ask a window already open on this folder to come forward.

    Returns:
        Whether there was one; this start then has nothing to do.
    """
    socket = QLocalSocket()
    socket.connectToServer(_name(data_folder))
    if not socket.waitForConnected(_WAIT_MS):
        return False
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
