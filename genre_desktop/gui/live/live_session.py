"""A live session without its widgets: inputs, listening, answers, recording."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from genre_desktop.core.errors import GenreDesktopError, StorageError
from genre_desktop.core.i18n import tr
from genre_desktop.gui.live.performance_meter import LivePerformance, PerformanceMeter
from genre_desktop.gui.live.recording_path import new_recording_path
from genre_desktop.gui.live.timeline_recorder import TimelineRecorder
from genre_desktop.gui.session.keep_awake import KeepAwake
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.text.display import displayable, error_message
from genre_desktop.gui.text.formatting import clock

if TYPE_CHECKING:
    from genre_desktop.audio.devices.sound_system import Device
    from genre_desktop.model.live.live_classifier import LiveAnswer
    from genre_desktop.model.live.live_engine import LiveEngine
    from genre_desktop.model.live.live_timeline import LiveTimeline

_FRAME_MS = 16
_POLL_MS = 50
_SILENCE_S = 3.0
_RECORDING_END_S = 10.0  # that a recording may take to be finished when the program ends


class LiveState(Enum):
    """State of a live session."""

    IDLE = "idle"
    OPENING = "opening"
    LISTENING = "listening"
    BROKEN = "broken"  # by an error; choosing an input continues the session
    ENDED = "ended"  # a file is at its end


class LiveSession(QObject):
    """Listens to an input by a `LiveEngine`, which a timer polls; all signals come on the GUI thread.

    Parameters
    ----------
    services : Services

    Attributes
    ----------
    state : LiveState
    devices : tuple of Device
    is_looking : bool
        The inputs have been requested and not come yet.
    error : GenreDesktopError or None
        Why there are no inputs, or why listening ended.
    answer : LiveAnswer or None
        The last one.
    is_digital_silence : bool
        For some seconds nothing but zeros has come.
    wants_recording : bool
        Whether this session, or the next one, is recorded.
    recording : str or None
        Path of the file that is being recorded or finished.
    """

    changed = Signal()  # state, devices, recording
    began = Signal()  # an input is about to be opened
    opened = Signal(object)  # InputOpened
    block_received = Signal(object)  # InputBlock
    answered = Signal()
    frame_due = Signal()  # time to draw the next picture
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
        self.is_digital_silence = False
        self.wants_recording = False
        self.recording: str | None = None
        self._rate = 1
        self._began_s = 0.0  # on the timeline: where this part of the session begins
        self._zeros_s = 0.0
        self._meter = PerformanceMeter()
        self._timeline = TimelineRecorder(services.recordings, self)
        self._timeline.message.connect(self.message)
        self._awake = KeepAwake(services.stay_awake, self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._poll)

    # -- state ---------------------------------------------------------------------------

    @property
    def is_listening(self) -> bool:
        """Whether an input is open, or about to be."""
        return self.state in (LiveState.OPENING, LiveState.LISTENING)

    @property
    def has_model(self) -> bool:
        """Whether a model is loaded."""
        return self._predictor is not None

    @property
    def timeline(self) -> LiveTimeline | None:
        """The answers so far; None before the first one."""
        return self._timeline.timeline

    @property
    def performance(self) -> LivePerformance:
        """How well the classification keeps up."""
        return self._meter.performance

    # -- commands ------------------------------------------------------------------------

    def set_predictor(self, predictor: Any) -> None:
        """Classify with this predictor from now on; None while another is loaded."""
        self._predictor = predictor
        if self._engine is not None:
            self._engine.set_predictor(predictor)
        self.changed.emit()

    def look_for_inputs(self) -> None:
        """Request the inputs; not while listening."""
        if not self.is_listening and not self.is_looking:
            self.is_looking = True
            self._need_engine().list_inputs()
            self._set_timer()
            self.changed.emit()

    def listen(self, key: str | None = None, file: str | None = None) -> None:
        """Listen to an input, or to a file in its place; a session that an error broke off is continued."""
        timeline = self.timeline
        if self.state is LiveState.BROKEN and timeline is not None and len(timeline):
            self._began_s = timeline.end_s
        else:
            self._timeline.finish()
            self._began_s = 0.0
        self.is_looking = False
        self.error = self.answer = None
        self._meter.reset()
        self._zeros_s, self.is_digital_silence = 0.0, False
        self._need_engine().listen(key, file=file)
        self._set_state(LiveState.OPENING)
        self.began.emit()

    def stop_listening(self) -> None:
        """End the session; its timeline stays."""
        if self._engine is not None:
            self._engine.stop()
            self._handle(self._engine.poll())
        if self.is_listening:
            self._set_state(LiveState.IDLE)

    def set_recording(self, is_wanted: bool) -> None:
        """Record the sound from now on, or from the start of the next session on."""
        self.wants_recording = is_wanted
        if self.state is LiveState.LISTENING and self._engine is not None:
            if is_wanted:
                self._record()
            else:
                self._engine.stop_recording()
        self.changed.emit()

    def save_timeline(self, path: str) -> None:
        """Save the genres of the session as a table."""
        self._timeline.save(path)

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
            self._wait_for_recording(engine)
        ended = [self._timeline.shutdown(), self._awake.worker.shutdown()]
        return all(ended)

    # -- events of the engine ------------------------------------------------------------

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
            self._timer.start(_POLL_MS)
        else:
            self._timer.stop()

    def _poll(self) -> None:
        if self._engine is not None:
            self._handle(self._engine.poll())
        if self.state is LiveState.LISTENING:
            self.frame_due.emit()

    def _handle(self, events: list[Any]) -> None:
        from genre_desktop.audio.capture.messages import InputBlock, InputEnded, InputOpened, InputsFound
        from genre_desktop.model.live.live_engine import Answered, ClassifyingFailed, Recorded

        for event in events:
            match event:
                case InputsFound(devices=devices, error=error):
                    self.devices, self.error, self.is_looking = devices, error, False
                    self._set_timer()
                    self.changed.emit()
                case Recorded():
                    self._on_recorded(event.path, event.seconds, event.error)
                case ClassifyingFailed(error=error):
                    self.message.emit(error_message(error))
                case InputEnded(error=error, notes=notes):
                    for note in notes:
                        self.message.emit(error_message(note))
                    if self.state is not LiveState.IDLE or self.is_looking:  # else the session was stopped before
                        self._on_end(error)
                case InputOpened():
                    self._on_opened(event)
                case InputBlock():
                    self._on_block(event)
                case Answered(answer=answer, real_time_factor=factor):
                    self._on_answer(answer, factor)

    def _wait_for_recording(self, engine: LiveEngine) -> None:
        """Handle the last answers and the end of a recording, so that it gets its table when the program ends."""
        from genre_desktop.model.live.live_engine import Answered, Recorded

        until = time.monotonic() + _RECORDING_END_S
        while True:
            self._handle([event for event in engine.poll() if isinstance(event, Answered | Recorded)])
            left_s = until - time.monotonic()
            if self.recording is None or left_s <= 0.0:
                break
            engine.wait(left_s)
        self._timer.stop()

    def _on_opened(self, opened: Any) -> None:
        self._rate = opened.sample_rate
        self.opened.emit(opened)
        if self.wants_recording:
            self._record()
        self._set_state(LiveState.LISTENING)

    def _on_block(self, message: Any) -> None:
        block = message.block
        self._zeros_s = 0.0 if block.peak > 0.0 else self._zeros_s + len(block.samples) / self._rate
        is_silent = self._zeros_s > _SILENCE_S
        self._meter.set_overflows(block.n_overflows)
        self.block_received.emit(message)
        if is_silent != self.is_digital_silence:
            self.is_digital_silence = is_silent
            self.changed.emit()

    def _on_answer(self, answer: LiveAnswer, factor: float | None) -> None:
        if self._predictor is None:
            return
        self.answer = replace(answer, time_s=answer.time_s + self._began_s)
        self._timeline.add(self.answer, self._predictor.bundle.labels, recording=self.recording)
        self._meter.add_answer(answer.age_s(), factor)  # the answer is shown with the next frame
        self.answered.emit()

    def _on_end(self, error: GenreDesktopError | None) -> None:
        self.is_looking = False
        self.error = error
        if self._engine is not None:
            self._engine.stop_recording()
        self._set_state(LiveState.ENDED if error is None else LiveState.BROKEN)

    # -- recording -----------------------------------------------------------------------

    def _record(self) -> None:
        try:
            self.recording = new_recording_path(self._services.recordings(), ".wav")
        except StorageError as error:
            self.recording, self.wants_recording = None, False
            self.message.emit(error_message(error))
        else:
            self._need_engine().record(self.recording)

    def _on_recorded(self, path: str | None, seconds: float, error: GenreDesktopError | None) -> None:
        self.recording = None
        if error is not None:
            self.wants_recording = False
            self.message.emit(error_message(error))
        if path is not None:
            message = tr("Recorded {time} to {path}.", time=clock(seconds), path=displayable(path))
            self.message.emit(message)
            self._timeline.save(os.path.splitext(path)[0] + ".csv", message)
        self._set_timer()
        self.changed.emit()
