"""``genre-desktop live``: classification of the sound of a microphone or line input."""

from __future__ import annotations

import argparse
import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from genre_desktop.audio.capture.messages import InputBlock, InputEnded, InputOpened, InputsFound
from genre_desktop.audio.capture.recording_recovery import recover_recordings
from genre_desktop.audio.devices.sound_system import Device
from genre_desktop.commands.arguments import given_name, named_path
from genre_desktop.commands.console import NOTHING_DONE, OK, SOME_FAILED, Console, percent, printable, table
from genre_desktop.core.errors import (
    ExportTargetError,
    GenreDesktopError,
    SoundDeviceError,
    StorageError,
)
from genre_desktop.core.i18n import tr
from genre_desktop.library.files.atomic_write import atomic_write, require_replaceable, require_writable
from genre_desktop.library.keep_awake import kept_awake
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.bundles.catalogue import default_bundle, find_bundle
from genre_desktop.model.live.live_classifier import LiveAnswer
from genre_desktop.model.live.live_engine import Answered, ClassifyingFailed, LiveEngine, Recorded
from genre_desktop.model.live.live_timeline import CSV_HEAD, LiveTimeline
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE
from genre_desktop.model.predictor import Predictor

_POLL_S = 0.2
"""Seconds between two reads of the engine's events."""

_LIST_S = 20.0
"""Seconds to wait for the list of inputs."""

_FINISH_S = 30.0
"""Seconds to wait for the end of a recording."""

_ENDING_SIGNALS = "SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"  # those that the system has


def summary() -> str:
    """One line for the list of commands."""
    return tr("tell the genre of what plays at a microphone or line input, twice a second")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    source = parser.add_mutually_exclusive_group()
    source.add_argument(
        "--device",
        metavar=tr("NAME"),
        type=given_name,
        help=tr("input to listen to: a part of a name that --list-devices gives (default: the system's choice)"),
    )
    source.add_argument(
        "--input", metavar=tr("FILE"), type=named_path, help=tr("listen to a sound file, at real speed, instead")
    )
    parser.add_argument(
        "--model", metavar=tr("NAME_OR_DIR"), type=given_name, help=tr("model to use instead of the default one")
    )
    parser.add_argument(
        "--seconds", metavar="N", type=_seconds, help=tr("stop after N seconds of sound (default: at Ctrl+C)")
    )
    parser.add_argument("--wav", metavar=tr("FILE"), type=named_path, help=tr("record what is heard to FILE"))
    parser.add_argument(
        "--csv", metavar=tr("FILE"), type=named_path, help=tr("write the genres over time as a table to FILE")
    )
    parser.add_argument("--json", action="store_true", help=tr("print one JSON object a line and half second"))
    parser.add_argument("--list-devices", action="store_true", help=tr("name the inputs and end"))


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not seconds > 0.0:  # nor is "nan"
        raise argparse.ArgumentTypeError(tr("a number of seconds above 0 is needed, received {text}", text=text))
    return seconds


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Classify sound until Ctrl+C, the given time, or the end of the file.

    Returns
    -------
    int
        0; 1 if sound broke off or is damaged, or a file could not be written; 2 if there is neither an answer nor
        a recording.

    Raises
    ------
    ExportTargetError, StorageError
        If a file cannot be written, or another one would be lost.
    """
    if not arguments.list_devices:
        _require_targets(arguments)  # before hours of recording
        if arguments.wav is not None:
            _recover(os.path.dirname(os.path.realpath(arguments.wav)), console)
    with ExitStack() as stack:
        engine = LiveEngine()
        stack.callback(engine.close)
        if arguments.list_devices:
            return _print_inputs(engine, console)
        bundle = find_bundle(arguments.model) if arguments.model else default_bundle()
        key = None if arguments.device is None else _find_input(_list_inputs(engine), arguments.device).key
        predictor = Predictor.load(bundle)
        engine.set_predictor(predictor)
        is_stopped = stack.enter_context(_stop_on_signal())
        session = _LiveSession(arguments, console, engine, bundle)
        stack.enter_context(kept_awake())
        engine.listen(key, file=None if arguments.input is None else str(arguments.input))
        return session.run(is_stopped)


def _recover(folder: str, console: Console) -> None:
    """Complete the recordings in a folder whose process was killed."""
    for found in recover_recordings(Path(folder)):
        if found.error is not None:
            console.error(found.error)
        else:
            console.message(tr("A recording that was left unfinished has been recovered: {path}.", path=found.path))


def _require_targets(arguments: argparse.Namespace) -> None:
    """Refuse files that cannot be written, or would overwrite others."""
    wav, table, source = arguments.wav, arguments.csv, arguments.input
    targets = [target for target in (wav, table) if target is not None]
    for target in targets:
        if source is not None and _is_same(target, source):
            raise ExportTargetError(path=target, reason=tr("it is the file that is listened to"))
    if len(targets) == 2 and _is_same(wav, table):
        raise ExportTargetError(path=table, reason=tr("the recording and the table want the same file"))
    # A recording of this program cannot be distinguished from another one.
    if wav is not None and os.path.lexists(wav) and not (os.path.isfile(wav) and os.path.getsize(wav) == 0):
        raise ExportTargetError(path=wav, reason=tr("something is there already, which would be lost"))
    if table is not None:
        require_replaceable(table, lambda head: head.startswith(CSV_HEAD.encode()))
    for target in targets:
        require_writable(os.path.dirname(os.path.realpath(target)))


def _is_same(one: str | os.PathLike[str], other: str | os.PathLike[str]) -> bool:
    try:
        return os.path.samefile(one, other)
    except OSError:  # one of them does not exist yet
        return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))


class _LiveSession:
    """One live session: it prints the answers, and completes the recording and the table at the end."""

    def __init__(
        self, arguments: argparse.Namespace, console: Console, engine: LiveEngine, bundle: ModelBundle
    ) -> None:
        self._arguments = arguments
        self._console = console
        self._engine = engine
        self._timeline = LiveTimeline(bundle.labels)
        self._needed_s = bundle.config.min_samples / bundle.config.sample_rate
        self._width = max(len(printable(word)) for word in (*bundle.labels, UNSURE, NOT_MUSIC))
        self._received_s = 0.0
        self._rate = 0
        self._is_over = False
        self._has_ended = False
        self._is_recording = False
        self._n_failed = 0
        self._n_overflows = 0
        self._has_recorded = False

    def run(self, is_stopped: threading.Event) -> int:
        try:
            self._listen(is_stopped)
        finally:  # also where an answer cannot be printed: the recording and the table are complete then
            self._engine.stop()
            self._wait_for_recording()
            self._write_table()
        if self._n_overflows:
            self._console.message(tr("Sound was lost {n} times: the machine was too busy.", n=self._n_overflows))
        if not len(self._timeline):
            self._explain_silence()
            if not self._has_recorded:
                return NOTHING_DONE
        return SOME_FAILED if self._n_failed else OK

    def _listen(self, is_stopped: threading.Event) -> None:
        while not self._is_over and not is_stopped.is_set():
            self._engine.wait(_POLL_S)
            is_enough = self._is_enough()
            for event in self._engine.poll():
                self._on_event(event)
            self._is_over |= is_enough

    def _wait_for_recording(self) -> None:
        until = time.monotonic() + _FINISH_S
        while self._is_recording and time.monotonic() < until:
            self._engine.wait(_POLL_S)
            for event in self._engine.poll():
                if isinstance(event, Recorded):
                    self._on_event(event)

    def _explain_silence(self) -> None:
        """Say why no answer came; where no input could be opened, an error has been printed."""
        if not self._rate:
            return
        self._n_failed += self._has_ended  # all of a file was heard, or a device is gone
        limit_s = self._arguments.seconds
        self._console.message(
            tr(
                "No answer came: {heard:.1f} s of sound were heard, and the model needs {needed:.1f} s.",
                heard=self._received_s if limit_s is None else min(self._received_s, limit_s),
                needed=self._needed_s,
            )
        )

    def _is_enough(self) -> bool:
        """Whether the answers of all the time that was asked for have come, also where the machine is behind."""
        limit_s = self._arguments.seconds
        return limit_s is not None and self._received_s > limit_s + 1.0 and self._engine.is_caught_up

    def _on_event(self, event: object) -> None:
        limit_s = self._arguments.seconds
        match event:
            case InputOpened():
                self._on_opened(event)
            case InputBlock(block=block):
                self._received_s += len(block.samples) / self._rate
                self._n_overflows = block.n_overflows
            case Answered(answer=answer, real_time_factor=factor):
                if limit_s is None or answer.time_s <= limit_s:
                    self._timeline.add(answer)
                    self._print_answer(answer, factor)
                self._is_over |= limit_s is not None and answer.time_s >= limit_s
            case InputEnded(error=error, notes=notes):
                self._is_over = self._has_ended = True
                self._on_error(error)
                for note in notes:
                    if note.loses_sound:
                        self._on_error(note)
                    else:
                        self._console.message(str(note), "yellow")
            case ClassifyingFailed(error=error):
                self._is_over = True
                self._on_error(error)
            case Recorded(path=path, seconds=seconds, error=error):
                self._is_recording = False
                self._on_error(error)
                if path is not None:
                    self._has_recorded = True
                    self._console.message(tr("Recorded {seconds:.1f} s to {path}.", seconds=seconds, path=path))

    def _on_opened(self, opened: InputOpened) -> None:
        self._rate = opened.sample_rate
        if self._arguments.wav is not None:
            self._is_recording = True
            self._engine.record(str(self._arguments.wav))
        self._console.message(
            tr("Listening to {device} at {rate} Hz. Ctrl+C ends.", device=opened.device.name, rate=opened.sample_rate)
        )

    def _on_error(self, error: GenreDesktopError | None) -> None:
        if error is not None:
            self._n_failed += 1
            self._console.error(error)

    def _print_answer(self, answer: LiveAnswer, factor: float | None) -> None:
        if self._arguments.json:
            self._console.result(json.dumps(_record(answer, factor), ensure_ascii=True, allow_nan=False))
            return
        sure = "" if answer.genre == NOT_MUSIC else percent(answer.confidence)
        style = "yellow" if answer.genre in (UNSURE, NOT_MUSIC) else "bold"
        genre = self._console.styled(printable(answer.genre).ljust(self._width), style)
        said = answer.sentence or printable(", ".join(answer.styles))
        line = f"{answer.time_s:8.1f} s  {genre}  {sure:>5}  {answer.level_db:6.1f} dB  {said}"
        self._console.result(line.rstrip())

    def _write_table(self) -> None:
        if self._arguments.csv is None:
            return
        try:
            with atomic_write(self._arguments.csv) as file:
                file.write(self._timeline.to_csv().encode("utf-8", "surrogateescape"))
        except StorageError as error:
            self._on_error(error)


def _record(answer: LiveAnswer, factor: float | None) -> dict[str, object]:
    def rounded(value: float | None, digits: int = 4) -> float | None:
        return None if value is None else round(value, digits)

    shares = answer.probabilities
    return {
        "time_s": round(answer.time_s, 3),
        "genre": answer.genre,
        "confidence": rounded(answer.confidence),
        "probabilities": None if shares is None else {label: round(share, 4) for label, share in shares.items()},
        "reason": answer.reason or None,
        "patch_genre": answer.patch_genre,
        "patch_confidence": rounded(answer.patch_confidence),
        "styles": list(answer.styles),
        "level_db": round(answer.level_db, 1),
        "latency_s": round(answer.age_s(), 3),
        "real_time_factor": rounded(factor),
    }


def _list_inputs(engine: LiveEngine) -> tuple[Device, ...]:
    engine.list_inputs()
    until = time.monotonic() + _LIST_S
    while time.monotonic() < until:
        engine.wait(_POLL_S)
        for event in engine.poll():
            if isinstance(event, InputsFound):
                if event.error is not None:
                    raise event.error
                return event.devices
            if isinstance(event, InputEnded) and event.error is not None:
                raise event.error
    raise SoundDeviceError(device="PortAudio", reason=tr("it does not answer"))


def _find_input(devices: tuple[Device, ...], name: str) -> Device:
    exact = [device for device in devices if name in (device.name, device.key)]
    alike = [device for device in devices if name.casefold() in device.key.casefold()]
    for device in (*exact, *alike):
        return device
    known = ", ".join(device.name for device in devices) or tr("none")
    raise SoundDeviceError(device=name, reason=tr("there is none of that name, but {known}", known=known))


def _print_inputs(engine: LiveEngine, console: Console) -> int:
    devices = _list_inputs(engine)
    if not devices:
        console.message(tr("There is no input."))
        return NOTHING_DONE
    rows = [(tr("input"), tr("host"), tr("channels"), tr("rate"), "")]
    for device in devices:
        rate, default = f"{device.default_sample_rate:.0f} Hz", tr("default") if device.is_default_input else ""
        rows.append((printable(device.name), device.host_api, str(device.max_input_channels), rate, default))
    for line in table(rows):
        console.result(line)
    return OK


@contextmanager
def _stop_on_signal() -> Iterator[threading.Event]:
    """An event that Ctrl+C and other ending signals set, so that the files are completed; a second one interrupts."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {}
    try:
        for name in _ENDING_SIGNALS:
            number = getattr(signal, name, None)
            # A signal that is ignored stays ignored, as under nohup.
            if number is not None and signal.getsignal(number) != signal.SIG_IGN:
                before[number] = signal.signal(number, interrupted)
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
