"""One window for each user and home: a second start hands its files to the first and ends.

On the way of every start of the window, and all that a second one needs: nothing but Qt's
core and network modules is imported.

The first start holds a lock file for as long as it runs and listens on a socket beside it. Who
finds nobody listening tries the lock; who cannot have it waits for the other to listen. So two
starts at the very same time end up with one window, and what a killed process left is replaced.
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
from genre_desktop.gui.startup.launch_message import MOST_BYTES, VERSION, LaunchMessage, current_launch, decode, encode

_log = logging.getLogger(__name__)

ANSWER_S = 2.0
"""For a window that is open to answer; one that hangs must not make the next start hang."""

LISTEN_S = 10.0
"""For a start that holds the lock to open its socket: a first start from a slow disk takes a while."""

_DIGITS = 8
"""That tell the homes of a user apart: macOS takes at most 103 bytes for a socket, and half of them for its folder."""

_LOOK_AGAIN_S = 0.05
_SILENT_MS = 5000
"""After which a connection that says nothing is closed."""


class _Reply(Enum):
    TAKEN = auto()
    NOBODY = auto()  # listens
    NOT_TAKEN = auto()


class InstanceSocket:
    """Where the starts of one user for one home meet.

    Parameters
    ----------
    folder : Path
        Of the lock and the socket; only the user may write into it.
    name : str
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.lock_path = folder / f"{name}.lock"
        # Windows has names of pipes instead of files.
        self.address = name if sys.platform == "win32" else str(folder / f"{name}.socket")

    @classmethod
    def of_this_user(cls) -> InstanceSocket:
        """The one for this user and `locations`.

        Raises
        ------
        OSError
            There is no place for it, or somebody else has taken it.
        """
        home = os.path.abspath(locations.user_data())
        digest = hashlib.sha256(f"{_user()}\0{home}".encode("utf-8", "surrogateescape"))
        return cls(_own_folder(), f"genre-desktop-{digest.hexdigest()[:_DIGITS]}")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without a name: containers have such
        return str(os.getuid()) if hasattr(os, "getuid") else ""


def _own_folder() -> Path:
    """A folder of the user alone, with a path short enough for a socket (about 100 bytes)."""
    if sys.platform == "win32":
        return Path(tempfile.gettempdir())
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime and os.access(runtime, os.W_OK):
        return Path(runtime)
    folder = Path(tempfile.gettempdir()) / f"genre-desktop-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    # In a folder for everybody another user may have been first.
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise PermissionError(f"{folder} is not of this user alone")
    return folder


class SingleInstance(QObject):
    """A start that opens a window, and hears of later starts.

    Parameters
    ----------
    meeting : Meeting or None
        None: nobody hears of this window.
    lock : QLockFile or None
        Held by this process.
    is_second : bool
        There is another window, which does not answer.
    """

    called = Signal(object)  # Call

    def __init__(
        self, meeting: InstanceSocket | None = None, lock: QLockFile | None = None, *, is_second: bool = False
    ) -> None:
        super().__init__()
        self._meeting = meeting
        self._lock = lock
        self.is_second = is_second
        self._server: QLocalServer | None = None
        self._heard: dict[QLocalSocket, bytearray] = {}

    def listen(self) -> None:
        """Hear of later starts from now on; needs the event loop."""
        if self._meeting is None or self._lock is None:
            return
        # The lock is held: whatever is there was left by a process that is gone.
        QLocalServer.removeServer(self._meeting.address)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_connection)
        if server.listen(self._meeting.address):
            self._server = server
        else:
            _log.warning("later starts will not find this window: %s", server.errorString())
            self.close()

    def close(self) -> None:
        """Let the next start be the first; twice does no harm."""
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
            connection.setParent(self)  # it may outlive the server by its farewell
            self._heard[connection] = bytearray()
            connection.readyRead.connect(lambda connection=connection: self._read(connection))
            connection.disconnected.connect(lambda connection=connection: self._forget(connection))
            QTimer.singleShot(_SILENT_MS, connection, connection.abort)
            self._read(connection)  # what came before anybody listened

    def _read(self, connection: QLocalSocket) -> None:
        heard = self._heard.get(connection)
        if heard is None:
            return
        heard += bytes(connection.readAll().data())
        line, end, _ = heard.partition(b"\n")
        if len(heard) > MOST_BYTES:
            _log.warning("a message from another start is too long; ignored")
            connection.abort()
        elif end:
            del self._heard[connection]
            self._answer(connection, bytes(line))

    def _answer(self, connection: QLocalSocket, line: bytes) -> None:
        call = None
        try:
            call = decode(line)
        except ValueError as error:
            _log.warning("a message that is no call was ignored: %s", error)
        connection.write(json.dumps({"version": VERSION, "taken": call is not None}).encode("ascii") + b"\n")
        connection.flush()  # now: what follows may take a while, or end the program
        connection.disconnectFromServer()
        if call is not None:
            _log.info("another start hands over %d paths", len(call.paths))
            self.called.emit(call)

    def _forget(self, connection: QLocalSocket) -> None:
        self._heard.pop(connection, None)
        connection.deleteLater()


def join(paths: Sequence[str], meeting: InstanceSocket | None = None) -> SingleInstance | None:
    """Hand the paths to the window that is open, or become the one that opens it.

    Parameters
    ----------
    paths : sequence of str
    meeting : Meeting, optional
        That of this user by default.

    Returns
    -------
    Instance or None
        None when the paths were handed over and nothing is left to do.
    """
    try:
        meeting = meeting or InstanceSocket.of_this_user()
        call = current_launch(paths)
    except OSError as error:
        _log.warning("later starts will not find this window: %s", error)
        return SingleInstance()
    lock = QLockFile(str(meeting.lock_path))
    lock.setStaleLockTime(0)  # it is held for days; that its process is gone is noticed all the same
    until = time.monotonic() + LISTEN_S
    while True:
        reply = _hand_over(call, meeting.address)
        if reply is _Reply.TAKEN:
            return None
        if reply is _Reply.NOT_TAKEN:
            break
        if lock.tryLock(0):
            return SingleInstance(meeting, lock)
        if lock.error() is not QLockFile.LockError.LockFailedError:
            _log.warning("later starts will not find this window: no lock in %s", meeting.lock_path)
            return SingleInstance()
        if time.monotonic() > until:
            break
        time.sleep(_LOOK_AGAIN_S)
    _log.warning("the window that is open does not answer; this start opens one of its own")
    return SingleInstance(is_second=True)


def _hand_over(call: LaunchMessage, address: str) -> _Reply:
    until = time.monotonic() + ANSWER_S

    def left_ms() -> int:
        return max(0, round(1000 * (until - time.monotonic())))

    message = encode(call)
    if len(message) > MOST_BYTES:
        return _Reply.NOT_TAKEN
    _let_it_come_to_the_front()
    connection = QLocalSocket()
    connection.connectToServer(address)
    if not connection.waitForConnected(left_ms()):
        return _Reply.NOBODY
    connection.write(message)
    while connection.bytesToWrite() and left_ms():
        connection.waitForBytesWritten(left_ms())
    # The answer may be here already, and the connection closed.
    while not connection.bytesAvailable() and left_ms() and connection.waitForReadyRead(left_ms()):
        pass
    heard = bytes(connection.readAll().data())  # so short a line comes in one piece
    was_closed = connection.state() != QLocalSocket.LocalSocketState.ConnectedState
    connection.abort()
    if _is_taken(heard):
        return _Reply.TAKEN
    # A window that is just closing hangs up, and does not hold its lock any more.
    return _Reply.NOBODY if was_closed and not heard else _Reply.NOT_TAKEN


def _is_taken(line: bytes) -> bool:
    try:
        reply = json.loads(line)
    except ValueError:
        return False
    return isinstance(reply, dict) and reply.get("taken") is True


def _let_it_come_to_the_front() -> None:
    """Windows lets a program come to the front only when the one in front allows it."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # ASFW_ANY
