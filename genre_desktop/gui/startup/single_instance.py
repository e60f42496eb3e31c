"""One window for each user and data folder: a second launch hands its files to the first window and ends.

Every start of the window imports this module, and a second launch needs nothing else: only Qt's core and network
modules are imported here.

The first launch holds a lock file for as long as it runs, and listens on a local socket beside it. A launch that finds
no listener tries to take the lock; if another process holds the lock, it waits for that process to listen. So two
launches at the same moment end up with one window, and lock and socket of a killed process are replaced.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import logging
import os
import stat
import sys
import tempfile
import time
from collections.abc import Sequence
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from genre_desktop.core import locations
from genre_desktop.gui.startup.launch_message import MAX_BYTES, VERSION, LaunchMessage, current_launch, decode, encode

_log = logging.getLogger(__name__)

ANSWER_S = 2.0
"""Time for an open window to answer; one that hangs must not make the next launch hang."""

LISTEN_S = 10.0
"""Time for a launch that holds the lock to open its socket; the first one from a slow disk takes a while."""

_N_DIGITS = 8
"""Digits of the hash in the name of a socket: macOS allows 103 bytes for its path, half of which the folder takes."""

_RETRY_S = 0.05
_MESSAGE_TIMEOUT_MS = 5000
"""Time for the message of a connection to arrive; then the connection is closed."""


class _Reply(Enum):
    """Answer to a launch message."""

    ACCEPTED = auto()
    NO_LISTENER = auto()
    NOT_ACCEPTED = auto()


class InstanceSocket:
    """Lock file and socket address by which the launches of one user with one data folder find each other.

    Parameters
    ----------
    folder : Path
        Folder of lock and socket; only the user may write into it.
    name : str
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.lock_path = folder / f"{name}.lock"
        # On Windows the address is the name of a pipe, not a file.
        self.address = name if sys.platform == "win32" else str(folder / f"{name}.socket")

    @classmethod
    def of_this_user(cls) -> InstanceSocket:
        """The socket for this user and the data folder of `locations`.

        Raises
        ------
        OSError
            The folder cannot be created, or belongs to another user.
        """
        home = os.path.abspath(locations.user_data())
        digest = hashlib.sha256(f"{_user()}\0{home}".encode("utf-8", "surrogateescape"))
        return cls(_own_folder(), f"genre-desktop-{digest.hexdigest()[:_N_DIGITS]}")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without a name, as in some containers
        return str(os.getuid()) if hasattr(os, "getuid") else ""


def _own_folder() -> Path:
    """A folder that only the user can write to, with a path short enough for a socket (about 100 bytes)."""
    if sys.platform == "win32":
        return Path(tempfile.gettempdir())
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime and os.access(runtime, os.W_OK):
        return Path(runtime)
    folder = Path(tempfile.gettempdir()) / f"genre-desktop-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    # The temporary folder is shared: another user may have created this one first.
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise PermissionError(f"{folder} is not of this user alone")
    return folder


class SingleInstance(QObject):
    """The launch that opens the window, and receives the messages of later launches.

    Parameters
    ----------
    socket : InstanceSocket or None
        None: later launches cannot reach this window.
    lock : QLockFile or None
        Held by this process.
    is_second : bool
        Another window is open but does not answer.
    """

    launched = Signal(object)  # LaunchMessage

    def __init__(
        self, socket: InstanceSocket | None = None, lock: QLockFile | None = None, *, is_second: bool = False
    ) -> None:
        super().__init__()
        self._socket = socket
        self._lock = lock
        self.is_second = is_second
        self._server: QLocalServer | None = None
        self._received: dict[QLocalSocket, bytearray] = {}

    def listen(self) -> None:
        """Begin to receive later launches; needs the event loop."""
        if self._socket is None or self._lock is None:
            return
        # The lock is held: a socket that exists was left behind by a process that has ended.
        QLocalServer.removeServer(self._socket.address)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_connection)
        if server.listen(self._socket.address):
            self._server = server
        else:
            _log.warning("later starts will not find this window: %s", server.errorString())
            self.close()

    def close(self) -> None:
        """Release socket and lock, so that the next launch opens a window; may be called twice."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
            server.deleteLater()
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.unlock()

    def _on_connection(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            connection = self._server.nextPendingConnection()
            connection.setParent(self)  # it may outlive the server while its last bytes are sent
            self._received[connection] = bytearray()
            connection.readyRead.connect(lambda connection=connection: self._read(connection))
            connection.disconnected.connect(lambda connection=connection: self._on_disconnected(connection))
            QTimer.singleShot(_MESSAGE_TIMEOUT_MS, connection, connection.abort)
            self._read(connection)  # bytes that came before readyRead was connected

    def _read(self, connection: QLocalSocket) -> None:
        received = self._received.get(connection)
        if received is None:
            return
        received += bytes(connection.readAll().data())
        line, end, _ = received.partition(b"\n")
        if len(received) > MAX_BYTES:
            _log.warning("a message from another start is too long; ignored")
            connection.abort()
        elif end:
            del self._received[connection]
            self._answer(connection, bytes(line))

    def _answer(self, connection: QLocalSocket, line: bytes) -> None:
        launch = None
        try:
            launch = decode(line)
        except ValueError as error:
            _log.warning("a message that is no launch was ignored: %s", error)
        connection.write(json.dumps({"version": VERSION, "taken": launch is not None}).encode("ascii") + b"\n")
        connection.flush()  # before the signal: its slots may take a while, or end the program
        connection.disconnectFromServer()
        if launch is not None:
            _log.info("another start hands over %d paths", len(launch.paths))
            self.launched.emit(launch)

    def _on_disconnected(self, connection: QLocalSocket) -> None:
        self._received.pop(connection, None)
        connection.deleteLater()


def hand_over_or_claim(paths: Sequence[str], socket: InstanceSocket | None = None) -> SingleInstance | None:
    """Hand paths over to the window that is open, or claim the right to open it.

    Parameters
    ----------
    paths : sequence of str
    socket : InstanceSocket, optional
        That of this user by default.

    Returns
    -------
    SingleInstance or None
        None if the paths were handed over: this process has nothing left to do.
    """
    try:
        socket = socket or InstanceSocket.of_this_user()
        launch = current_launch(paths)
    except OSError as error:
        _log.warning("later starts will not find this window: %s", error)
        return SingleInstance()
    lock = QLockFile(str(socket.lock_path))
    lock.setStaleLockTime(0)  # no limit by age, as a lock is held for days; the lock of a dead process is stale anyway
    until = time.monotonic() + LISTEN_S
    while True:
        reply = _hand_over(launch, socket.address)
        if reply is _Reply.ACCEPTED:
            return None
        if reply is _Reply.NOT_ACCEPTED:
            break
        if lock.tryLock(0):
            return SingleInstance(socket, lock)
        if lock.error() is not QLockFile.LockError.LockFailedError:
            _log.warning("later starts will not find this window: no lock in %s", socket.lock_path)
            return SingleInstance()
        if time.monotonic() > until:
            break
        time.sleep(_RETRY_S)
    _log.warning("the window that is open does not answer; this start opens one of its own")
    return SingleInstance(is_second=True)


def _hand_over(launch: LaunchMessage, address: str) -> _Reply:
    until = time.monotonic() + ANSWER_S

    def left_ms() -> int:
        return max(0, round(1000 * (until - time.monotonic())))

    message = encode(launch)
    if len(message) > MAX_BYTES:
        return _Reply.NOT_ACCEPTED
    _allow_other_process_in_front()
    connection = QLocalSocket()
    connection.connectToServer(address)
    if not connection.waitForConnected(left_ms()):
        return _Reply.NO_LISTENER
    connection.write(message)
    while connection.bytesToWrite() and left_ms():
        connection.waitForBytesWritten(left_ms())
    # The answer may be here already, and the connection closed.
    while not connection.bytesAvailable() and left_ms() and connection.waitForReadyRead(left_ms()):
        pass
    answer = bytes(connection.readAll().data())  # a line this short comes in one piece
    was_closed = connection.state() != QLocalSocket.LocalSocketState.ConnectedState
    connection.abort()
    if _is_accepted(answer):
        return _Reply.ACCEPTED
    # A window that is being closed ends the connection without an answer, and has released its lock.
    return _Reply.NO_LISTENER if was_closed and not answer else _Reply.NOT_ACCEPTED


def _is_accepted(line: bytes) -> bool:
    try:
        reply = json.loads(line)
    except ValueError:
        return False
    return isinstance(reply, dict) and reply.get("taken") is True


def _allow_other_process_in_front() -> None:
    """On Windows: let another process raise its window, which only the process in front may permit."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # ASFW_ANY
