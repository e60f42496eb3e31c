"""A live session: a process that captures sound, threads that classify and record it, and one queue of events."""

from __future__ import annotations

import logging
import threading
from collections import deque
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.capture import capture_process
from genre_desktop.audio.capture.capture_process import MakeSystem
from genre_desktop.audio.capture.messages import (
    CloseInput,
    InputBlock,
    InputEnded,
    InputOpened,
    InputsFound,
    ListInputs,
    OpenInput,
)
from genre_desktop.audio.capture.wav_recorder import Subtype
from genre_desktop.audio.devices.portaudio import PortAudioSystem
from genre_desktop.core.child_process import ChildProcess
from genre_desktop.core.errors import GenreDesktopError, InternalError, SoundProcessError
from genre_desktop.core.i18n import tr
from genre_desktop.model.live.live_classifier import TIME_CONSTANT_S, LiveAnswer, LiveClassifier
from genre_desktop.model.live.live_recording import LiveRecording
from genre_desktop.model.predictor import Predictor

_log = logging.getLogger(__name__)

BACKLOG_S = 15.0
"""Sound that is kept while no model is loaded: enough for an answer as soon as one is. Older sound is dropped."""

_MOST_EVENTS = 2_000
"""Events that wait for `LiveEngine.poll`; beyond that those with sound, which nobody can draw any more, are dropped."""

_RECORDING_END_S = 10.0  # that closing waits for a recording, whose disk may not answer


@dataclass(frozen=True)
class Answered:
    """An answer of the classifier.

    Attributes
    ----------
    ticket : int
        Of the session, see `LiveEngine.listen`.
    answer : LiveAnswer
    real_time_factor : float or None
        Seconds of computing per second of sound, over the last blocks.
    """

    ticket: int
    answer: LiveAnswer
    real_time_factor: float | None


@dataclass(frozen=True)
class ClassifyingFailed:
    """The model raised an error and is not used any more; sound is still captured."""

    error: GenreDesktopError


@dataclass(frozen=True)
class Recorded:
    """A recording has ended.

    Attributes
    ----------
    path : str or None
        The finished file; None where nothing could be kept.
    seconds : float
        Its length.
    error : GenreDesktopError or None
        Why the recording ended early.
    """

    path: str | None
    seconds: float
    error: GenreDesktopError | None = None


_SessionEvent = InputOpened | InputBlock | InputEnded | Answered
Event = InputsFound | _SessionEvent | ClassifyingFailed | Recorded


@dataclass(frozen=True, eq=False)
class _QueuedBlock:
    """Captured sound (mono, 1 for full scale) that waits for the classifier."""

    ticket: int
    sample_rate: int
    first_sample: int
    samples: NDArray[np.float32]
    recorded_at: float


class LiveEngine:
    """Captures sound in a child process, classifies and records it on threads, and queues events for `poll`.

    Parameters
    ----------
    make_system : callable
        Makes the sound system, in the child process.
    time_constant_s : float
        Of the smoothing, see `genre_desktop.model.live.smoothing.Smoother`.
    """

    def __init__(self, make_system: MakeSystem = PortAudioSystem, *, time_constant_s: float = TIME_CONSTANT_S) -> None:
        self._make_system = make_system
        self._time_constant_s = time_constant_s
        self._process: ChildProcess | None = None
        self._events: deque[Event] = deque()
        self._has_events = threading.Event()
        self._lock = threading.Lock()
        self._ticket = 0
        self._sample_rate = 0
        self._n_samples = 0
        # For the classifier's thread:
        self._changed = threading.Condition(self._lock)
        self._pending: deque[_QueuedBlock | InputEnded] = deque()
        self._pending_s = 0.0
        self._predictor: Predictor | None = None
        self._is_closed = False
        self._is_classifying = False
        self._classifier_thread: threading.Thread | None = None
        # For the recorder's thread:
        self._recording: LiveRecording | None = None
        self._recordings: list[LiveRecording] = []  # this one, and earlier ones that are not finished

    # -- commands ------------------------------------------------------------------------

    def list_inputs(self) -> None:
        """Request the inputs, which come as `InputsFound`; not while listening."""
        self._send(ListInputs())

    def listen(self, key: str | None = None, *, file: str | None = None, speed: float = 1.0, repeats: int = 1) -> int:
        """Begin a session, and drop the events of earlier ones that have not been polled.

        Parameters
        ----------
        key : str or None
            `Device.key` of the input; None for the system's choice.
        file : str or None
            A sound file to read in place of an input.
        speed : float
            At which the file is read; 1 is real time.
        repeats : int
            How often the file is read.

        Returns
        -------
        int
            The ticket of the session, which its events carry.
        """
        self.stop()
        with self._lock:
            self._ticket += 1
            ticket = self._ticket
            self._events = deque(one for one in self._events if not isinstance(one, _SessionEvent))
        self._send(OpenInput(ticket, key, file, speed, repeats))
        return ticket

    def stop(self) -> None:
        """End the session: no event of it is queued any more, except the end of its recording."""
        with self._lock:
            was_listening = self._sample_rate > 0
            self._ticket += 1
            self._end_session()
        self.stop_recording()
        if was_listening or self._process is not None:
            self._send(CloseInput())

    def set_predictor(self, predictor: Predictor | None) -> None:
        """Classify with this model from now on; without one the last `BACKLOG_S` of sound are kept for the next."""
        with self._changed:
            self._set_predictor(predictor)

    def _set_predictor(self, predictor: Predictor | None) -> None:
        self._predictor = predictor
        if predictor is None:  # no answer is to come any more before the end of the input
            ends = [one for one in self._pending if isinstance(one, InputEnded)]
            self._pending = deque(one for one in self._pending if isinstance(one, _QueuedBlock))
            for end in ends:
                self._add_event(end)
        self._changed.notify()

    def record(self, path: str, subtype: Subtype = "PCM_24") -> None:
        """Record the sound from now on to a WAV file; does nothing while no input is open."""
        with self._lock:
            self._stop_recording()
            if self._sample_rate:
                self._recording = LiveRecording(path, self._sample_rate, subtype, self._on_recorded)
                self._recordings = [one for one in self._recordings if not one.is_done] + [self._recording]

    def stop_recording(self) -> None:
        """End the recording; `Recorded` is queued when its file is finished."""
        with self._lock:
            self._stop_recording()

    def _stop_recording(self) -> None:
        recording, self._recording = self._recording, None
        if recording is not None:
            recording.stop()

    def _on_recorded(self, path: str | None, seconds: float, error: GenreDesktopError | None) -> None:
        with self._lock:
            self._add_event(Recorded(path, seconds, error))

    def poll(self) -> list[Event]:
        """The events since the last call, in order."""
        self._has_events.clear()
        with self._lock:
            events = list(self._events)
            self._events.clear()
        return events

    @property
    def is_caught_up(self) -> bool:
        """Whether all sound that has come so far is classified, and `poll` gives or gave its answers."""
        with self._lock:
            return not self._pending and not self._is_classifying

    def wait(self, timeout_s: float) -> bool:
        """Wait until there is an event to poll; False after `timeout_s` seconds without one."""
        return self._has_events.wait(timeout_s)

    def close(self) -> None:
        """End the process, the threads and the recording, whose file is finished. Harmless when done twice."""
        self.stop()
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        process, self._process = self._process, None
        if process is not None:
            process.close()
        if self._classifier_thread is not None:
            self._classifier_thread.join()
        for recording in self._recordings:
            recording.join(_RECORDING_END_S)

    # -- the child process ---------------------------------------------------------------

    def _send(self, request: object) -> None:
        if self._process is None or not self._process.is_alive:
            if isinstance(request, CloseInput):
                return
            if self._process is not None:
                self._process.close()
            self._process = ChildProcess(
                "listen",
                capture_process.serve,
                (self._make_system,),
                on_message=self._on_message,
                on_end=self._on_process_end,
            )
        self._process.send(request)

    def _on_message(self, message: Any) -> None:
        with self._changed:
            if isinstance(message, InputsFound):
                self._add_event(message)
                return
            if message.ticket != self._ticket:  # of an earlier session
                return
            if isinstance(message, InputOpened):
                self._sample_rate = message.sample_rate
                self._n_samples = 0
                if self._classifier_thread is None:
                    self._classifier_thread = threading.Thread(target=self._run_classifier, name="live", daemon=True)
                    self._classifier_thread.start()
            elif isinstance(message, InputEnded):
                self._sample_rate = 0
                if self._predictor is not None and self._classifier_thread is not None:
                    self._pending.append(message)  # queued behind the last answers
                    self._changed.notify()
                    return
            elif isinstance(message, InputBlock):
                self._queue_block(message)
            self._add_event(message)

    def _queue_block(self, message: InputBlock) -> None:
        samples, rate = message.block.samples, self._sample_rate
        self._pending.append(_QueuedBlock(self._ticket, rate, self._n_samples, samples, message.block.recorded_at))
        self._n_samples += len(samples)
        self._pending_s += len(samples) / rate
        while self._pending_s > BACKLOG_S and isinstance(oldest := self._pending.popleft(), _QueuedBlock):
            self._pending_s -= len(oldest.samples) / rate
        self._changed.notify()
        if self._recording is not None:
            self._recording.push(samples)

    def _on_process_end(self) -> None:
        with self._lock:
            ticket = self._ticket
            self._end_session()
            self._add_event(InputEnded(ticket, SoundProcessError(does=tr("listens"))))

    def _end_session(self) -> None:
        self._sample_rate = 0
        self._pending.clear()
        self._pending_s = 0.0

    def _add_event(self, event: Event) -> None:
        """Queue an event; the caller holds the lock."""
        self._events.append(event)
        if len(self._events) > _MOST_EVENTS:
            self._events = deque(one for one in self._events if not isinstance(one, InputBlock))
        self._has_events.set()

    # -- the thread that classifies ------------------------------------------------------

    def _run_classifier(self) -> None:
        classifier: LiveClassifier | None = None
        made_for: tuple[int, Predictor] | None = None
        while True:
            with self._changed:
                while not self._is_closed and not (self._pending and self._predictor is not None):
                    self._changed.wait()
                if self._is_closed or self._predictor is None:
                    return
                taken, predictor = list(self._pending), self._predictor
                self._pending.clear()
                self._pending_s = 0.0
                self._is_classifying = True
            blocks = [one for one in taken if isinstance(one, _QueuedBlock)]
            events: list[Event] = []
            if blocks:
                first = blocks[0]
                wanted = first.ticket, predictor
                if classifier is None or made_for != wanted or classifier.position != first.first_sample:
                    made_for = wanted
                    classifier = LiveClassifier(
                        predictor,
                        first.sample_rate,
                        first_sample=first.first_sample,
                        time_constant_s=self._time_constant_s,
                    )
                events += self._answers(classifier, blocks, predictor)
            events += [one for one in taken if isinstance(one, InputEnded)]
            with self._lock:
                self._is_classifying = False
                if taken[0].ticket == self._ticket:
                    for event in events:
                        self._add_event(event)

    def _answers(self, classifier: LiveClassifier, blocks: list[_QueuedBlock], predictor: Predictor) -> list[Event]:
        samples = np.concatenate([block.samples for block in blocks])
        try:
            answers = classifier.push(samples, blocks[-1].recorded_at)
        except Exception as problem:
            _log.exception("the model raised an error")
            error = InternalError(reason=f"{type(problem).__name__}: {problem}")
            with self._changed:  # whatever the session: the next one has no model either
                self._add_event(ClassifyingFailed(problem if isinstance(problem, GenreDesktopError) else error))
                if self._predictor is predictor:
                    self._set_predictor(None)
            return []
        factor = classifier.real_time_factor
        return [Answered(blocks[0].ticket, answer, factor) for answer in answers]
