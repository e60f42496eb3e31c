"""A second start: what it says, who answers, and what happens when nobody does."""

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
from genre_desktop.gui.startup.launch_message import LaunchMessage, current_launch, decode, encode
from genre_desktop.gui.startup.single_instance import InstanceSocket, SingleInstance, join
from tests.gui.conftest import MakeSound, wait_for_rows
from tests.support.waiting import PATIENCE_S

REPOSITORY = Path(__file__).resolve().parents[3]
posix = pytest.mark.skipif(sys.platform == "win32", reason="sockets are files")


# --- what is said ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a b.mp3", "naïve ♫.flac", "line\nbreak.wav", os.fsdecode(b"caf\xe9 \xff.mp3")])
def test_any_name_survives_the_way(name: str) -> None:
    call = LaunchMessage((os.path.abspath(name), "/music"), "token-1")
    line = encode(call)
    assert line.count(b"\n") == 1 and line.isascii()
    assert decode(line) == call


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff\xfe",
        b"GET / HTTP/1.1",
        b"[]",
        b"{}",
        b'{"version": "1", "paths": []}',
        b'{"version": 1}',
        b'{"version": 1, "paths": "/m"}',
        b'{"version": 1, "paths": [7]}',
        b'{"version": 1, "paths": ["relative.mp3"]}',
        b'{"version": 1, "paths": ["/a\\u0000b"]}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_call_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):
        decode(line)


def test_other_versions_are_understood_as_far_as_they_go() -> None:
    line = json.dumps({"version": 9, "paths": [os.path.abspath("a")], "activation": 7, "speed": "high"}).encode()
    assert decode(line) == LaunchMessage((os.path.abspath("a"),), "")


def test_paths_are_meant_from_where_the_program_was_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    monkeypatch.setenv("DESKTOP_STARTUP_ID", "launcher-7")
    assert current_launch(["a.mp3", "/m"]) == LaunchMessage(
        (str(tmp_path / "a.mp3"), os.path.abspath("/m")), "launcher-7"
    )
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "wayland-8")
    assert current_launch([]).activation == "wayland-8"


# --- where they meet --------------------------------------------------------------------------


def test_each_home_and_each_user_has_a_meeting_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
def test_a_user_without_a_name_has_a_meeting_too(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def nobody() -> str:
        raise error("uid not found")

    monkeypatch.setattr(single_instance.getpass, "getuser", nobody)
    instance = join([])
    assert instance is not None
    instance.listen()
    assert instance._server is not None
    instance.close()


@posix
def test_without_a_runtime_folder_there_is_one_for_the_user_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr(single_instance.tempfile, "gettempdir", lambda: str(tmp_path))
    folder = Path(InstanceSocket.of_this_user().address).parent
    assert folder.parent == tmp_path and stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.chmod(0o777)
    with pytest.raises(PermissionError):
        InstanceSocket.of_this_user()
    instance = join([])
    assert instance is not None, "a window opens all the same"
    instance.listen()
    assert not list(folder.iterdir())


@posix
def test_the_socket_has_a_name_that_macos_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    there = "/var/folders/zz/zyxvpxvq6csfxvn_n0000000000000/T"
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr(single_instance.tempfile, "gettempdir", lambda: there)
    monkeypatch.setattr(os, "getuid", lambda: 1_234_567_890)  # of a company's directory
    monkeypatch.setattr(Path, "mkdir", lambda *_args, **_options: None)
    found = os.stat_result((stat.S_IFDIR | 0o700, 0, 0, 0, 1_234_567_890, 0, 0, 0, 0, 0))
    monkeypatch.setattr(Path, "lstat", lambda _path: found)
    address = InstanceSocket.of_this_user().address
    assert address.startswith(there) and len(os.fsencode(address)) <= 103


# --- first and second ---------------------------------------------------------------------------


@pytest.fixture
def meeting(tmp_path_factory: pytest.TempPathFactory) -> InstanceSocket:
    return InstanceSocket(tmp_path_factory.mktemp("m"), "gd-test")


@pytest.fixture
def first(meeting: InstanceSocket) -> Iterator[SingleInstance]:
    instance = join([], meeting)
    assert instance is not None
    instance.listen()
    yield instance
    instance.close()
    instance.deleteLater()


class Second:
    """Another start, in a process of its own."""

    _CODE = (
        "import sys; from pathlib import Path\n"
        "from genre_desktop.gui.startup import single_instance\n"
        "from genre_desktop.gui.startup.single_instance import InstanceSocket, join\n"
        f"single_instance.ANSWER_S = single_instance.LISTEN_S = {PATIENCE_S}\n"
        "socket = InstanceSocket(Path(sys.argv[1]), 'gd-test')\n"
        "sys.stdout.write('handed over' if join(sys.argv[2:], socket) is None else '-')"
    )

    def __init__(self, meeting: InstanceSocket, *paths: str) -> None:
        command = [sys.executable, "-c", self._CODE, str(meeting.lock_path.parent), *paths]
        self.process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)

    def handed_over(self, qtbot: QtBot) -> bool:
        qtbot.waitUntil(lambda: self.process.poll() is not None)
        return self.process.communicate()[0] == "handed over"


def test_a_second_start_hands_its_paths_over(qtbot: QtBot, meeting: InstanceSocket, first: SingleInstance) -> None:
    calls: list[LaunchMessage] = []
    first.called.connect(calls.append)
    odd = os.fsdecode(b"/m/caf\xe9.mp3")
    assert Second(meeting, "a.mp3", odd).handed_over(qtbot)
    assert calls[0].paths == (str(REPOSITORY / "a.mp3"), odd)
    assert Second(meeting).handed_over(qtbot), "without files it only comes to the front"
    assert calls[1].paths == ()


def test_ten_thousand_paths_are_handed_over(qtbot: QtBot, meeting: InstanceSocket, first: SingleInstance) -> None:
    calls: list[LaunchMessage] = []
    first.called.connect(calls.append)
    paths = [f"/m/{'x' * 100} {n}.mp3" for n in range(10_000)]
    assert Second(meeting, *paths).handed_over(qtbot)
    assert calls[0].paths == tuple(paths)


@posix
def test_the_socket_is_the_users_alone(meeting: InstanceSocket, first: SingleInstance) -> None:
    assert stat.S_IMODE(os.stat(meeting.address).st_mode) == 0o700


def test_after_the_first_has_closed_the_next_is_the_first(qtbot: QtBot, meeting: InstanceSocket) -> None:
    one = join([], meeting)
    assert one is not None
    one.listen()
    one.close()
    one.close()
    two = join(["a.mp3"], meeting)
    assert two is not None and not two.is_second
    two.listen()
    assert Second(meeting).handed_over(qtbot)
    two.close()


@posix
def test_what_a_killed_process_left_is_replaced(qtbot: QtBot, meeting: InstanceSocket) -> None:
    code = (
        "import sys, os, signal; from pathlib import Path\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from genre_desktop.gui.startup.single_instance import InstanceSocket, join\n"
        "app = QCoreApplication([])\n"
        "instance = join([], InstanceSocket(Path(sys.argv[1]), 'gd-test')); instance.listen()\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code, str(meeting.lock_path.parent)], cwd=REPOSITORY, timeout=PATIENCE_S)
    assert meeting.lock_path.exists() and os.path.exists(meeting.address)
    instance = join([], meeting)
    assert instance is not None and not instance.is_second
    instance.listen()
    assert Second(meeting).handed_over(qtbot)
    instance.close()


@posix
def test_a_window_that_hangs_does_not_make_the_next_start_hang(
    meeting: InstanceSocket, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(single_instance, "ANSWER_S", 0.3)
    with socket.socket(socket.AF_UNIX) as hangs:
        hangs.bind(meeting.address)
        hangs.listen()  # and never answers
        instance = join(["a.mp3"], meeting)
    assert instance is not None and instance.is_second
    assert "does not answer" in caplog.text
    instance.listen()  # nobody hears of this one
    assert not meeting.lock_path.exists()


def test_a_start_that_never_comes_to_listening_is_not_waited_for_long(
    meeting: InstanceSocket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "LISTEN_S", 0.2)
    other = QLockFile(str(meeting.lock_path))
    assert other.tryLock(0)
    instance = join([], meeting)
    assert instance is not None and instance.is_second
    other.unlock()


def test_a_start_that_is_about_to_listen_is_waited_for(qtbot: QtBot, meeting: InstanceSocket) -> None:
    one = join([], meeting)
    assert one is not None
    second = Second(meeting)
    qtbot.wait(1000)
    assert second.process.poll() is None
    one.listen()
    assert second.handed_over(qtbot)
    one.close()


@posix
def test_starts_at_the_same_time_end_up_with_one_window(meeting: InstanceSocket) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from PySide6.QtCore import QCoreApplication, QTimer\n"
        "from genre_desktop.gui.startup import single_instance\n"
        "from genre_desktop.gui.startup.single_instance import InstanceSocket, join\n"
        f"single_instance.ANSWER_S = single_instance.LISTEN_S = {PATIENCE_S}\n"
        "app = QCoreApplication([])\n"
        "sys.stdin.readline()\n"
        "instance = join(sys.argv[2:], InstanceSocket(Path(sys.argv[1]), 'gd-test'))\n"
        "if instance is None: print('handed over'); sys.exit()\n"
        "calls = []\n"
        "instance.called.connect(lambda call: (calls.append(call.paths), len(calls) == 5 and app.quit()))\n"
        "instance.listen(); app.exec(); instance.close(); print('window', len(calls))"
    )
    command = [sys.executable, "-c", code, str(meeting.lock_path.parent), "a.mp3"]
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
def test_a_bad_message_is_logged_and_harms_nothing(
    qtbot: QtBot, meeting: InstanceSocket, first: SingleInstance, caplog: pytest.LogCaptureFixture, message: bytes
) -> None:
    calls: list[LaunchMessage] = []
    first.called.connect(calls.append)
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.connect(meeting.address)
        stranger.sendall(message)
        qtbot.waitUntil(lambda: "no call" in caplog.text)
        assert json.loads(stranger.recv(100))["taken"] is False
    assert calls == []
    assert Second(meeting, "/m").handed_over(qtbot)


@posix
def test_too_much_and_too_little_are_cut_off(
    qtbot: QtBot,
    meeting: InstanceSocket,
    first: SingleInstance,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(single_instance, "MOST_BYTES", 1000)
    monkeypatch.setattr(single_instance, "_SILENT_MS", 100)
    with socket.socket(socket.AF_UNIX) as talker, socket.socket(socket.AF_UNIX) as silent:
        silent.connect(meeting.address)
        talker.connect(meeting.address)
        talker.sendall(b"x" * 2000)
        qtbot.waitUntil(lambda: "too long" in caplog.text)
        qtbot.waitUntil(lambda: first._heard == {})
        assert talker.recv(10) == b"" and silent.recv(10) == b""
    assert Second(meeting, "/m").handed_over(qtbot)


def test_a_folder_that_cannot_be_written_costs_only_the_meeting(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    instance = join([], InstanceSocket(tmp_path / "missing", "gd-test"))
    assert instance is not None and not instance.is_second
    instance.listen()
    assert "will not find this window" in caplog.text


# --- in the window ------------------------------------------------------------------------------


@pytest.fixture
def hearing(window: MainWindow, first: SingleInstance) -> MainWindow:
    app._hear_of_later_starts(window, first)
    return window


def test_the_window_opens_what_a_second_start_names_and_comes_to_the_front(
    qtbot: QtBot, hearing: MainWindow, meeting: InstanceSocket, make_sound: MakeSound, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "token")
    hearing.showMinimized()
    assert Second(meeting, str(make_sound("a.wav"))).handed_over(qtbot)
    wait_for_rows(qtbot, hearing, 1)
    assert not hearing.isMinimized()
    assert "XDG_ACTIVATION_TOKEN" not in os.environ, "it is good for once, and no child's"


def test_the_desktops_token_is_there_when_qt_asks(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str | None] = []
    monkeypatch.setattr(window, "activateWindow", lambda: seen.append(os.environ.get("XDG_ACTIVATION_TOKEN")))
    window.setWindowState(Qt.WindowState.WindowMaximized | Qt.WindowState.WindowMinimized)
    bring_to_front(window, LaunchMessage((), "token"))
    assert seen == ["token"]
    assert window.isMaximized() and not window.isMinimized()


def test_a_window_beside_one_that_hangs_says_so(window: MainWindow) -> None:
    app._hear_of_later_starts(window, SingleInstance(is_second=True))
    assert "does not answer" in window.job_bar.message.text()


def test_open_with_of_macos_reaches_the_window(
    qtbot: QtBot, qapp: Application, window: MainWindow, make_sound: Callable[..., Path]
) -> None:
    app.open_what_the_desktop_names(qapp, window)
    try:
        event = QFileOpenEvent(QUrl.fromLocalFile(str(make_sound("naïve name.wav"))))
        assert QCoreApplication.sendEvent(qapp, event)
        wait_for_rows(qtbot, window, 1)
        assert window.session.tracks.tracks()[0].name == "naïve name.wav"
    finally:
        qapp.url_requested.disconnect()
