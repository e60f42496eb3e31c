"""Live mode without its widgets: which inputs there are, listening, what was heard so far."""

from __future__ import annotations

import os
import time
from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from genre_desktop.core.errors import GenreDesktopError, StorageError
from genre_desktop.core.i18n import tr
from genre_desktop.gui.session.keep_awake import KeepAwake
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.text.display import displayable, error_message
from genre_desktop.gui.text.formatting import clock
from genre_desktop.gui.workers.worker import TaskContext, Worker

if TYPE_CHECKING:
    from genre_desktop.audio.devices.sound_system import Device
    from genre_desktop.model.live.live_classifier import LiveAnswer
    from genre_desktop.model.live.live_engine import LiveEngine
    from genre_desktop.model.live.live_timeline import LiveTimeline

_FRAME_MS = 16
_LOOK_MS = 50
_SILENT_S = 3.0
_LATENCIES = 120  # a minute of answers
_WORTH_SAVING = 120
"""Answers that no table has, a minute of them: a shorter session was a try, and a longer one is not to be lost."""

_FINISHING_S = 10.0  # that a recording may take to find its place when everything ends


class LiveState(Enum):
    """How a session stands."""

    IDLE = "idle"
    OPENING = "opening"
    LISTENING = "listening"
    BROKEN = "broken"  # by an error; choosing an input goes on with the session
    ENDED = "ended"  # a file is at its end


@dataclass(frozen=True)
class LiveFigures:
    """How well it keeps up.

    Attributes
    ----------
    real_time_factor : float or None
        Seconds of computing for a second of sound.
    latency_s, worst_latency_s : float or None
        From air to window, of the last answer and of the worst one in the last minute.
    n_overflows : int
        How often sound was lost.
    """

    real_time_factor: float | None = None
    latency_s: float | None = None
    worst_latency_s: float | None = None
    n_overflows: int = 0


@dataclass(frozen=True)
class _Save:
    path: str
    text: str
    told: str


class LiveSession(QObject):
    """Everything that live mode does; all signals come on the GUI thread.

    Attributes
    ----------
    state : LiveState
    devices : tuple of Device
    error : GenreDesktopError or None
        Why there are no inputs, or why listening ended.
    answer : LiveAnswer or None
        The last one.
    timeline : LiveTimeline or None
    figures : LiveFigures
    is_digital_silence : bool
        For some seconds nothing but zeros has come.
    """

    changed = Signal()  # state, devices, recording
    began = Signal()  # an input is about to be opened
    opened = Signal(object)  # InputOpened
    heard = Signal(object)  # InputBlock
    answered = Signal()
    frame = Signal()  # draw
    message = Signal(str)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._engine: LiveEngine | None = None
        self._predictor: Any = None
        self.state = LiveState.IDLE
        self.devices: tuple[Device, ...] = ()
        self.is_looking = False
        self.error: GenreDesktopError | None = None
        self.answer: LiveAnswer | None = None
        self.timeline: LiveTimeline | None = None
        self.figures = LiveFigures()
        self.is_digital_silence = False
        self.wants_recording = False
        self.recording: str | None = None
        self._ticket = 0
        self._rate = 1
        self._began_s = 0.0
        self._zeros_s = 0.0
        self._latencies: deque[float] = deque(maxlen=_LATENCIES)
        self._n_saved = 0  # answers of the timeline that a table has
        self._n_tried = 0  # those that were there when its own table was written last, or could not be
        self._table: str | None = None  # its own one, which is written as it grows
        self._saver = Worker("live timeline", _save, self)
        self._saver.failed.connect(self._on_not_saved)
        self._saver.succeeded.connect(lambda told: self.message.emit(told) if told else None)
        self._awake = KeepAwake(services.stay_awake, self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)

    # -- what is asked of it -------------------------------------------------------------

    @property
    def is_listening(self) -> bool:
        """Whether sound comes, or is about to."""
        return self.state in (LiveState.OPENING, LiveState.LISTENING)

    @property
    def has_model(self) -> bool:
        """Whether there is a network to ask."""
        return self._predictor is not None

    def set_predictor(self, predictor: Any) -> None:
        """Ask this network from now on; None while another is loaded."""
        self._predictor = predictor
        if self._engine is not None:
            self._engine.set_predictor(predictor)
        self.changed.emit()

    def look_for_inputs(self) -> None:
        """Ask which inputs there are; not while listening."""
        if not self.is_listening and not self.is_looking:
            self.is_looking = True
            self._need_engine().list_inputs()
            self._set_timer()
            self.changed.emit()

    def listen(self, key: str | None = None, file: str | None = None) -> None:
        """Listen to an input, or to a file in its place; a session that broke off goes on."""
        if self.state is LiveState.BROKEN and self.timeline is not None and len(self.timeline):
            self._began_s = self.timeline.end_s
        else:
            self._drop_timeline()
            self._began_s = 0.0
        self.is_looking = False
        self.error = self.answer = None
        self.figures = LiveFigures()
        self._latencies.clear()
        self._zeros_s, self.is_digital_silence = 0.0, False
        self._ticket = self._need_engine().listen(key, file=file)
        self._set_state(LiveState.OPENING)
        self.began.emit()

    def stop_listening(self) -> None:
        """End the session; its timeline stays."""
        if self._engine is not None:
            self._engine.stop()
            self._take(self._engine.poll())
        if self.is_listening:
            self._set_state(LiveState.IDLE)

    def set_recording(self, is_wanted: bool) -> None:
        """Record what is heard, from now on or from the start on."""
        self.wants_recording = is_wanted
        if self.state is LiveState.LISTENING and self._engine is not None:
            if is_wanted:
                self._record()
            else:
                self._engine.stop_recording()
        self.changed.emit()

    def save_timeline(self, path: str, told: str | None = None) -> None:
        """Write the genres of the session as a table, then say so; nothing where `told` is empty."""
        if self.timeline is not None:
            told = tr("Timeline saved to {path}.", path=displayable(path)) if told is None else told
            self._n_saved = len(self.timeline)
            self._saver.submit(_Save(path, self.timeline.to_csv(), told))

    def _on_not_saved(self, error: GenreDesktopError) -> None:
        self._n_saved = 0
        self.message.emit(error_message(error))

    def _keep_timeline(self, *, is_last: bool = False) -> None:
        """Save the timeline where recordings are, once a minute: it is there whatever ends the program."""
        if self._table is None:
            self._table = _table_of(self.recording) if self.recording else self._new_path(".csv")
        if self._table is not None:
            told = tr("The timeline of the last session was saved to {path}.", path=displayable(self._table))
            self.save_timeline(self._table, told if is_last else "")

    def _drop_timeline(self) -> None:
        """Let another session begin; what nobody has saved of the timeline is saved first."""
        n_unsaved = 0 if self.timeline is None else len(self.timeline) - self._n_saved
        if self.timeline is not None and n_unsaved >= (_WORTH_SAVING if self._table is None else 1):
            self._keep_timeline(is_last=True)
        self.timeline, self._table, self._n_saved, self._n_tried = None, None, 0, 0

    def stop(self) -> None:
        """End everything soon; see `shutdown`."""
        self._timer.stop()
        self._awake.stop()
        if self._engine is not None:
            self._engine.stop()

    def shutdown(self) -> bool:
        """Wait until everything has ended, recordings and their tables too."""
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()
            self._take_last(engine)
        self._drop_timeline()
        self._saver.finish()
        ended = [worker.shutdown() for worker in (self._saver, self._awake.worker)]
        return all(ended)

    # -- what it hears -------------------------------------------------------------------

    def _need_engine(self) -> LiveEngine:
        if self._engine is None:
            self._engine = self._services.new_live_engine()
            self._engine.set_predictor(self._predictor)
        return self._engine

    def _set_state(self, state: LiveState) -> None:
        self.state = state
        self._awake.set_wanted(state is LiveState.LISTENING)
        self._set_timer()
        self.changed.emit()

    def _set_timer(self) -> None:
        if self.state is LiveState.LISTENING:
            self._timer.start(_FRAME_MS)
        elif self.state is LiveState.OPENING or self.is_looking or self.recording is not None:
            self._timer.start(_LOOK_MS)
        else:
            self._timer.stop()

    def _look(self) -> None:
        if self._engine is not None:
            self._take(self._engine.poll())
        if self.state is LiveState.LISTENING:
            self.frame.emit()

    def _take(self, events: list[Any]) -> None:
        from genre_desktop.audio.capture.capture_process import InputBlock, InputEnded, InputOpened, InputsFound
        from genre_desktop.model.live.live_engine import Answered, ClassifyingFailed, Recorded

        for event in events:
            match event:
                case InputsFound(devices=devices, error=error):
                    self.devices, self.error, self.is_looking = devices, error, False
                    self._set_timer()
                    self.changed.emit()
                case Recorded():
                    self._take_recording(event.path, event.seconds, event.error)
                case ClassifyingFailed(error=error):
                    self.message.emit(error_message(error))
                case InputEnded(error=error) if event.ticket == self._ticket or self.is_looking:
                    self._end(error)
                case _ if getattr(event, "ticket", self._ticket) != self._ticket:
                    pass
                case InputOpened():
                    self._open(event)
                case InputBlock():
                    self._hear(event)
                case Answered(answer=answer, real_time_factor=factor):
                    self._take_answer(answer, factor)

    def _take_last(self, engine: LiveEngine) -> None:
        """Nobody looks any more, but a recording that ends now is to have its table, with the last answers."""
        from genre_desktop.model.live.live_engine import Answered, Recorded

        until = time.monotonic() + _FINISHING_S
        while True:
            self._take([event for event in engine.poll() if isinstance(event, Answered | Recorded)])
            left_s = until - time.monotonic()
            if self.recording is None or left_s <= 0.0:
                break
            engine.wait(left_s)
        self._timer.stop()

    def _open(self, opened: Any) -> None:
        self._rate = opened.sample_rate
        self.opened.emit(opened)
        if self.wants_recording:
            self._record()
        self._set_state(LiveState.LISTENING)

    def _hear(self, message: Any) -> None:
        block = message.block
        self._zeros_s = 0.0 if block.peak > 0.0 else self._zeros_s + len(block.samples) / self._rate
        is_silent = self._zeros_s > _SILENT_S
        if block.n_overflows != self.figures.n_overflows:
            self.figures = replace(self.figures, n_overflows=block.n_overflows)
        self.heard.emit(message)
        if is_silent != self.is_digital_silence:
            self.is_digital_silence = is_silent
            self.changed.emit()

    def _take_answer(self, answer: LiveAnswer, factor: float | None) -> None:
        from genre_desktop.model.live.live_timeline import LiveTimeline

        if self._predictor is None:
            return
        labels = self._predictor.bundle.labels
        if self.timeline is None or self.timeline.labels != labels:
            self._drop_timeline()
            self.timeline = LiveTimeline(labels)
        self.answer = replace(answer, time_s=answer.time_s + self._began_s)
        self.timeline.add(self.answer)
        if len(self.timeline) - max(self._n_saved, self._n_tried) >= _WORTH_SAVING:
            self._n_tried = len(self.timeline)
            self._keep_timeline()
        # This frame is the one that shows it.
        latency_s = answer.age_s()
        self._latencies.append(latency_s)
        self.figures = replace(
            self.figures, real_time_factor=factor, latency_s=latency_s, worst_latency_s=max(self._latencies)
        )
        self.answered.emit()

    def _end(self, error: GenreDesktopError | None) -> None:
        self.is_looking = False
        self.error = error
        if self._engine is not None:
            self._engine.stop_recording()
        self._set_state(LiveState.ENDED if error is None else LiveState.BROKEN)

    # -- recording -----------------------------------------------------------------------

    def _record(self) -> None:
        self.recording = self._new_path(".wav")
        if self.recording is None:
            self.wants_recording = False
        else:
            self._need_engine().record(self.recording)

    def _new_path(self, ending: str) -> str | None:
        """A file that is not there yet; None where recordings cannot be kept, which is told."""
        folder = self._services.recordings()
        name = tr("Live {time}", time=f"{datetime.now():%Y-%m-%d %H.%M.%S}")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self.message.emit(error_message(StorageError(path=folder, reason=error.strerror or error)))
            return None
        return _free(folder, name, ending)

    def _take_recording(self, path: str | None, seconds: float, error: GenreDesktopError | None) -> None:
        self.recording = None
        if error is not None:
            self.wants_recording = False
            self.message.emit(error_message(error))
        if path is not None:
            told = tr("Recorded {time} to {path}.", time=clock(seconds), path=displayable(path))
            self.message.emit(told)
            self.save_timeline(_table_of(path), told)
        self._set_timer()
        self.changed.emit()


def _table_of(recording: str) -> str:
    return os.path.splitext(recording)[0] + ".csv"


def _free(folder: Path, name: str, ending: str) -> str:
    """A name that is not taken; two sessions may begin in one second."""
    number, path = 1, folder / f"{name}{ending}"
    while path.exists():
        number += 1
        path = folder / f"{name} ({number}){ending}"
    return str(path)


def _save(request: _Save, _report: TaskContext) -> str:
    from genre_desktop.library.files.atomic_write import atomic_write

    with atomic_write(request.path) as file:
        file.write(request.text.encode("utf-8", "surrogateescape"))
    return request.told
