"""A second launch: the open window accepts it, does not answer, or is not there."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLockFile, Qt, QUrl
from PySide6.QtGui import QFileOpenEvent
from pytestqt.qtbot import QtBot

from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.startup import main as app
from genre_desktop.gui.startup import single_instance
from genre_desktop.gui.startup.application import Application, bring_to_front
from genre_desktop.gui.startup.launch_message import LaunchMessage
from genre_desktop.gui.startup.single_instance import InstanceSocket, SingleInstance, hand_over_or_claim
from tests.gui.conftest import MakeSound, wait_for_rows
from tests.support.waiting import PATIENCE_S

REPOSITORY = Path(__file__).resolve().parents[3]
posix = pytest.mark.skipif(sys.platform == "win32", reason="sockets are files")


# --- lock and socket ----------------------------------------------------------------------------


def test_each_data_folder_and_each_user_has_a_socket_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    here = InstanceSocket.of_this_user().address
    assert InstanceSocket.of_this_user().address == here
    assert sys.platform == "win32" or here.startswith(str(tmp_path))
    monkeypatch.setenv("GENRE_DESKTOP_HOME", str(tmp_path / "other"))
    assert InstanceSocket.of_this_user().address != here
    monkeypatch.undo()
    monkeypatch.setattr(single_instance.getpass, "getuser", lambda: "somebody else")
    assert Path(InstanceSocket.of_this_user().address).name != Path(here).name


@posix
@pytest.mark.parametrize("error", [OSError, KeyError, ImportError])
def test_a_user_without_a_name_has_a_socket_too(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def nobody() -> str:
        raise error("uid not found")

    monkeypatch.setattr(single_instance.getpass, "getuser", nobody)
    instance = hand_over_or_claim([])
    assert instance is not None
    instance.listen()
    assert instance._server is not None
    instance.close()


@posix
def test_without_a_runtime_folder_a_private_one_is_created(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr(single_instance.tempfile, "gettempdir", lambda: str(tmp_path))
    folder = Path(InstanceSocket.of_this_user().address).parent
    assert folder.parent == tmp_path and stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o777)
    with pytest.raises(PermissionError):
        InstanceSocket.of_this_user()
    instance = hand_over_or_claim([])
    assert instance is not None, "a window opens all the same"
    instance.listen()
    assert not list(folder.iterdir())


@posix
def test_the_path_of_the_socket_is_short_enough_for_macos(monkeypatch: pytest.MonkeyPatch) -> None:
    there = "/var/folders/zz/zyxvpxvq6csfxvn_n0000000000000/T"
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr(single_instance.tempfile, "gettempdir", lambda: there)
    monkeypatch.setattr(os, "getuid", lambda: 1_234_567_890)  # of a company's directory
    monkeypatch.setattr(Path, "mkdir", lambda *_args, **_options: None)
    found = os.stat_result((stat.S_IFDIR | 0o700, 0, 0, 0, 1_234_567_890, 0, 0, 0, 0, 0))
    monkeypatch.setattr(Path, "lstat", lambda _path: found)
    address = InstanceSocket.of_this_user().address
    assert address.startswith(there) and len(os.fsencode(address)) <= 103


# --- two processes --------------------------------------------------------------------------------


@pytest.fixture
def instance_socket(tmp_path_factory: pytest.TempPathFactory) -> InstanceSocket:
    return InstanceSocket(tmp_path_factory.mktemp("m"), "gd-test")


@pytest.fixture
def first(instance_socket: InstanceSocket) -> Iterator[SingleInstance]:
    instance = hand_over_or_claim([], instance_socket)
    assert instance is not None
    instance.listen()
    yield instance
    instance.close()
    instance.deleteLater()


class SecondLaunch:
    """A later launch, in a process of its own."""

    _CODE = (
        "import sys; from pathlib import Path\n"
        "from genre_desktop.gui.startup import single_instance\n"
        "from genre_desktop.gui.startup.single_instance import InstanceSocket, hand_over_or_claim\n"
        f"single_instance.ANSWER_S = single_instance.LISTEN_S = {PATIENCE_S}\n"
        "instance = hand_over_or_claim(sys.argv[2:], InstanceSocket(Path(sys.argv[1]), 'gd-test'))\n"
        "sys.stdout.write('handed over' if instance is None else '-')"
    )

    def __init__(self, instance_socket: InstanceSocket, *paths: str) -> None:
        command = [sys.executable, "-c", self._CODE, str(instance_socket.lock_path.parent), *paths]
        self.process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)

    def handed_over(self, qtbot: QtBot) -> bool:
        qtbot.waitUntil(lambda: self.process.poll() is not None)
        return self.process.communicate()[0] == "handed over"


def test_a_second_launch_hands_its_paths_over(
    qtbot: QtBot, instance_socket: InstanceSocket, first: SingleInstance
) -> None:
    launches: list[LaunchMessage] = []
    first.launched.connect(launches.append)
    odd = os.fsdecode(b"/m/caf\xe9.mp3")
    assert SecondLaunch(instance_socket, "a.mp3", odd).handed_over(qtbot)
    assert launches[0].paths == (str(REPOSITORY / "a.mp3"), odd)
    assert SecondLaunch(instance_socket).handed_over(qtbot), "without files it only comes to the front"
    assert launches[1].paths == ()


def test_ten_thousand_paths_are_handed_over(
    qtbot: QtBot, instance_socket: InstanceSocket, first: SingleInstance
) -> None:
    launches: list[LaunchMessage] = []
    first.launched.connect(launches.append)
    paths = [f"/m/{'x' * 100} {n}.mp3" for n in range(10_000)]
    assert SecondLaunch(instance_socket, *paths).handed_over(qtbot)
    assert launches[0].paths == tuple(paths)


@posix
def test_only_the_user_may_connect(instance_socket: InstanceSocket, first: SingleInstance) -> None:
    assert stat.S_IMODE(os.stat(instance_socket.address).st_mode) == 0o700


def test_a_launch_after_the_window_was_closed_opens_one(qtbot: QtBot, instance_socket: InstanceSocket) -> None:
    one = hand_over_or_claim([], instance_socket)
    assert one is not None
    one.listen()
    one.close()
    one.close()
    two = hand_over_or_claim(["a.mp3"], instance_socket)
    assert two is not None and not two.is_second
    two.listen()
    assert SecondLaunch(instance_socket).handed_over(qtbot)
    two.close()


@posix
def test_lock_and_socket_of_a_killed_process_are_replaced(qtbot: QtBot, instance_socket: InstanceSocket) -> None:
    code = (
        "import sys, os, signal; from pathlib import Path\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from genre_desktop.gui.startup.single_instance import InstanceSocket, hand_over_or_claim\n"
        "app = QCoreApplication([])\n"
        "instance = hand_over_or_claim([], InstanceSocket(Path(sys.argv[1]), 'gd-test')); instance.listen()\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(instance_socket.lock_path.parent)], cwd=REPOSITORY, timeout=PATIENCE_S
    )
    assert instance_socket.lock_path.exists() and os.path.exists(instance_socket.address)
    instance = hand_over_or_claim([], instance_socket)
    assert instance is not None and not instance.is_second
    instance.listen()
    assert SecondLaunch(instance_socket).handed_over(qtbot)
    instance.close()


@posix
def test_a_window_that_hangs_does_not_make_the_next_launch_hang(
    instance_socket: InstanceSocket, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(single_instance, "ANSWER_S", 0.3)
    with socket.socket(socket.AF_UNIX) as hangs:
        hangs.bind(instance_socket.address)
        hangs.listen()  # and never answers
        instance = hand_over_or_claim(["a.mp3"], instance_socket)
    assert instance is not None and instance.is_second
    assert "does not answer" in caplog.text
    instance.listen()  # nobody hears of this one
    assert not instance_socket.lock_path.exists()


def test_a_launch_that_never_listens_is_not_waited_for_long(
    instance_socket: InstanceSocket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "LISTEN_S", 0.2)
    other = QLockFile(str(instance_socket.lock_path))
    assert other.tryLock(0)
    instance = hand_over_or_claim([], instance_socket)
    assert instance is not None and instance.is_second
    other.unlock()


def test_a_launch_that_is_about_to_listen_is_waited_for(qtbot: QtBot, instance_socket: InstanceSocket) -> None:
    one = hand_over_or_claim([], instance_socket)
    assert one is not None
    second = SecondLaunch(instance_socket)
    qtbot.wait(1000)
    assert second.process.poll() is None
    one.listen()
    assert second.handed_over(qtbot)
    one.close()


@posix
def test_launches_at_the_same_time_end_up_with_one_window(instance_socket: InstanceSocket) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from PySide6.QtCore import QCoreApplication, QTimer\n"
        "from genre_desktop.gui.startup import single_instance\n"
        "from genre_desktop.gui.startup.single_instance import InstanceSocket, hand_over_or_claim\n"
        f"single_instance.ANSWER_S = single_instance.LISTEN_S = {PATIENCE_S}\n"
        "app = QCoreApplication([])\n"
        "sys.stdin.readline()\n"
        "instance = hand_over_or_claim(sys.argv[2:], InstanceSocket(Path(sys.argv[1]), 'gd-test'))\n"
        "if instance is None: print('handed over'); sys.exit()\n"
        "launches = []\n"
        "instance.launched.connect(lambda launch: (launches.append(launch.paths), len(launches) == 5 and app.quit()))\n"
        "instance.listen(); app.exec(); instance.close(); print('window', len(launches))"
    )
    command = [sys.executable, "-c", code, str(instance_socket.lock_path.parent), "a.mp3"]
    starts = [
        subprocess.Popen(command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    for start in starts:
        assert start.stdin is not None
        start.stdin.write("\n")
        start.stdin.flush()
    said = sorted(start.communicate(timeout=PATIENCE_S)[0].strip() for start in starts)
    assert said == ["handed over"] * 5 + ["window 5"]


@posix
@pytest.mark.parametrize("message", [b"nonsense\n", b'{"version": 1, "paths": ["relative"]}\n'])
def test_an_invalid_message_is_logged_and_ignored(
    qtbot: QtBot,
    instance_socket: InstanceSocket,
    first: SingleInstance,
    caplog: pytest.LogCaptureFixture,
    message: bytes,
) -> None:
    launches: list[LaunchMessage] = []
    first.launched.connect(launches.append)
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.connect(instance_socket.address)
        stranger.sendall(message)
        qtbot.waitUntil(lambda: "no launch" in caplog.text)
        assert json.loads(stranger.recv(100))["taken"] is False
    assert launches == []
    assert SecondLaunch(instance_socket, "/m").handed_over(qtbot)


@posix
def test_an_endless_and_a_silent_connection_are_closed(
    qtbot: QtBot,
    instance_socket: InstanceSocket,
    first: SingleInstance,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(single_instance, "MAX_BYTES", 1000)
    monkeypatch.setattr(single_instance, "_MESSAGE_TIMEOUT_MS", 100)
    with socket.socket(socket.AF_UNIX) as talker, socket.socket(socket.AF_UNIX) as silent:
        silent.connect(instance_socket.address)
        talker.connect(instance_socket.address)
        talker.sendall(b"x" * 2000)
        qtbot.waitUntil(lambda: "too long" in caplog.text)
        qtbot.waitUntil(lambda: first._received == {})
        assert talker.recv(10) == b"" and silent.recv(10) == b""
    assert SecondLaunch(instance_socket, "/m").handed_over(qtbot)


def test_without_a_folder_for_the_socket_a_window_opens_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    instance = hand_over_or_claim([], InstanceSocket(tmp_path / "missing", "gd-test"))
    assert instance is not None and not instance.is_second
    instance.listen()
    assert "will not find this window" in caplog.text


# --- in the window ------------------------------------------------------------------------------


@pytest.fixture
def listening(window: MainWindow, first: SingleInstance) -> MainWindow:
    app.connect_later_launches(window, first)
    return window


def test_the_window_opens_the_files_of_a_second_launch_and_comes_to_the_front(
    qtbot: QtBot,
    listening: MainWindow,
    instance_socket: InstanceSocket,
    make_sound: MakeSound,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "token")
    listening.showMinimized()
    assert SecondLaunch(instance_socket, str(make_sound("a.wav"))).handed_over(qtbot)
    wait_for_rows(qtbot, listening, 1)
    assert not listening.isMinimized()
    assert "XDG_ACTIVATION_TOKEN" not in os.environ, "it is good for once, and no child's"


def test_the_activation_token_is_set_while_the_window_is_activated(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str | None] = []
    monkeypatch.setattr(window, "activateWindow", lambda: seen.append(os.environ.get("XDG_ACTIVATION_TOKEN")))
    window.setWindowState(Qt.WindowState.WindowMaximized | Qt.WindowState.WindowMinimized)
    bring_to_front(window, LaunchMessage((), "token"))
    assert seen == ["token"]
    assert window.isMaximized() and not window.isMinimized()


def test_a_second_window_beside_one_that_hangs_shows_a_message(window: MainWindow) -> None:
    app.connect_later_launches(window, SingleInstance(is_second=True))
    assert "does not answer" in window.job_bar.message.text()


def test_a_file_open_event_of_macos_opens_the_file(
    qtbot: QtBot, qapp: Application, window: MainWindow, make_sound: Callable[..., Path]
) -> None:
    app.connect_file_open_events(qapp, window)
    try:
        event = QFileOpenEvent(QUrl.fromLocalFile(str(make_sound("naïve name.wav"))))
        assert QCoreApplication.sendEvent(qapp, event)
        wait_for_rows(qtbot, window, 1)
        assert window.session.tracks.tracks()[0].name == "naïve name.wav"
    finally:
        qapp.url_requested.disconnect()
