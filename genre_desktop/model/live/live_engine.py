"""A live session: a process that listens, threads that classify and record, and one queue of what became of it."""

from __future__ import annotations

import logging
import threading
from collections import deque
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.capture import capture_process
from genre_desktop.audio.capture.capture_process import (
    CloseInput,
    InputBlock,
    InputEnded,
    InputOpened,
    InputsFound,
    ListInputs,
    MakeSystem,
    OpenInput,
)
from genre_desktop.audio.capture.wav_recorder import Subtype
from genre_desktop.audio.devices.sound_system import PortAudioSystem
from genre_desktop.core.child_process import ChildProcess
from genre_desktop.core.errors import GenreDesktopError, InternalError, SoundProcessError
from genre_desktop.core.i18n import tr
from genre_desktop.model.live.live_classifier import TIME_CONSTANT_S, LiveAnswer, LiveClassifier
from genre_desktop.model.live.live_recording import LiveRecording
from genre_desktop.model.predictor import Predictor

_log = logging.getLogger(__name__)

BACKLOG_S = 15.0
"""Of sound that waits for a model: enough for an answer at once when it comes."""

_KEPT_EVENTS = 2_000
_FINISH_S = 10.0  # for a disk that does not answer


@dataclass(frozen=True)
class Answered:
    """An answer of the session with that ticket.

    Attributes
    ----------
    real_time_factor : float or None
        Seconds of computing for a second of sound, lately.
    """

    ticket: int
    answer: LiveAnswer
    real_time_factor: float | None


@dataclass(frozen=True)
class ClassifyingFailed:
    """The model fell over; sound still comes."""

    error: GenreDesktopError


@dataclass(frozen=True)
class Recorded:
    """A recording has found its place, whole or, with an error, as far as it went; without a path there is none."""

    path: str | None
    seconds: float
    error: GenreDesktopError | None = None


Event = InputsFound | InputOpened | InputBlock | InputEnded | Answered | ClassifyingFailed | Recorded


@dataclass(frozen=True, eq=False)
class _Sound:
    """A block on its way to the classifier."""

    ticket: int
    sample_rate: int
    first_sample: int
    samples: NDArray[np.float32]
    heard_at: float


class LiveEngine:
    """Listens, classifies and records on its own threads.

    Parameters
    ----------
    make_system : callable
        Makes the sound system, in the process that listens.
    time_constant_s : float
        Of the smoothing.
    """

    def __init__(self, make_system: MakeSystem = PortAudioSystem, *, time_constant_s: float = TIME_CONSTANT_S) -> None:
        self._make_system = make_system
        self._time_constant_s = time_constant_s
        self._servant: ChildProcess | None = None
        self._events: deque[Event] = deque()
        self._has_events = threading.Event()
        self._lock = threading.Lock()
        self._ticket = 0
        self._sample_rate = 0
        self._n_samples = 0
        # To the classifier:
        self._changed = threading.Condition(self._lock)
        self._pending: deque[_Sound | InputEnded] = deque()
        self._pending_s = 0.0
        self._predictor: Predictor | None = None
        self._is_closed = False
        self._is_classifying = False
        self._classifying: threading.Thread | None = None
        # To the recorder:
        self._recording: LiveRecording | None = None
        self._recordings: list[LiveRecording] = []  # those that are not finished, too

    # -- what is asked of it -------------------------------------------------------------

    def list_inputs(self) -> None:
        """Ask for the devices; not while listening."""
        self._send(ListInputs())

    def listen(self, key: str | None = None, *, file: str | None = None, speed: float = 1.0, repeats: int = 1) -> int:
        """Begin a session; the number that its events carry."""
        self.stop()
        with self._lock:
            self._ticket += 1
            ticket = self._ticket
        self._send(OpenInput(ticket, key, file, speed, repeats))
        return ticket

    def stop(self) -> None:
        """End the session: nothing is heard of it any more but its recording."""
        with self._lock:
            was_listening = self._sample_rate > 0
            self._ticket += 1
            self._end_session()
        self.stop_recording()
        if was_listening or self._servant is not None:
            self._send(CloseInput())

    def set_predictor(self, predictor: Predictor | None) -> None:
        """Ask this network from now on; without one sound waits, the last seconds of it."""
        with self._changed:
            self._set_predictor(predictor)

    def _set_predictor(self, predictor: Predictor | None) -> None:
        self._predictor = predictor
        if predictor is None:  # no answer comes any more that an end could wait for
            ends = [one for one in self._pending if isinstance(one, InputEnded)]
            self._pending = deque(one for one in self._pending if isinstance(one, _Sound))
            for end in ends:
                self._tell(end)
        self._changed.notify()

    def record(self, path: str, subtype: Subtype = "PCM_24") -> None:
        """Write what comes from now on to a WAV file; only while a device is open."""
        with self._lock:
            self._stop_recording()
            if self._sample_rate:
                self._recording = LiveRecording(path, self._sample_rate, subtype, self._recorded)
                self._recordings = [one for one in self._recordings if not one.is_done] + [self._recording]

    def stop_recording(self) -> None:
        """Let the recording be finished; `Recorded` tells when it is."""
        with self._lock:
            self._stop_recording()

    def _stop_recording(self) -> None:
        recording, self._recording = self._recording, None
        if recording is not None:
            recording.stop()

    def _recorded(self, path: str | None, seconds: float, error: GenreDesktopError | None) -> None:
        with self._lock:
            self._tell(Recorded(path, seconds, error))

    def poll(self) -> list[Event]:
        """What happened since the last call, in order."""
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
        """Wait until `poll` has something to give."""
        return self._has_events.wait(timeout_s)

    def close(self) -> None:
        """End everything; recordings are finished. Harmless when done twice."""
        self.stop()
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        servant, self._servant = self._servant, None
        if servant is not None:
            servant.close()
        if self._classifying is not None:
            self._classifying.join()
        for recording in self._recordings:
            recording.join(_FINISH_S)

    # -- the process that listens ----------------------------------------------------------

    def _send(self, request: object) -> None:
        if self._servant is None or not self._servant.is_alive:
            if isinstance(request, CloseInput):
                return
            if self._servant is not None:
                self._servant.close()
            self._servant = ChildProcess(
                "listen", capture_process.serve, (self._make_system,), on_message=self._hear, on_end=self._lose_process
            )
        self._servant.send(request)

    def _hear(self, message: Any) -> None:
        with self._changed:
            if isinstance(message, InputsFound):
                self._tell(message)
                return
            if message.ticket != self._ticket:  # of a session that was ended
                return
            if isinstance(message, InputOpened):
                self._sample_rate = message.sample_rate
                self._n_samples = 0
                if self._classifying is None:
                    self._classifying = threading.Thread(target=self._classify, name="live", daemon=True)
                    self._classifying.start()
            elif isinstance(message, InputEnded):
                self._sample_rate = 0
                if self._predictor is not None and self._classifying is not None:
                    self._pending.append(message)  # told behind the last answers
                    self._changed.notify()
                    return
            elif isinstance(message, InputBlock):
                self._take(message)
            self._tell(message)

    def _take(self, message: InputBlock) -> None:
        samples, rate = message.block.samples, self._sample_rate
        self._pending.append(_Sound(self._ticket, rate, self._n_samples, samples, message.block.heard_at))
        self._n_samples += len(samples)
        self._pending_s += len(samples) / rate
        while self._pending_s > BACKLOG_S and isinstance(oldest := self._pending.popleft(), _Sound):
            self._pending_s -= len(oldest.samples) / rate
        self._changed.notify()
        if self._recording is not None:
            self._recording.push(samples)

    def _lose_process(self) -> None:
        with self._lock:
            ticket = self._ticket
            self._end_session()
            self._tell(InputEnded(ticket, SoundProcessError(does=tr("listens"))))

    def _end_session(self) -> None:
        self._sample_rate = 0
        self._pending.clear()
        self._pending_s = 0.0

    def _tell(self, event: Event) -> None:
        """With the lock held."""
        self._events.append(event)
        if len(self._events) > _KEPT_EVENTS:  # whoever polls stands still; pictures are the first to go
            self._events = deque(kept for kept in self._events if not isinstance(kept, InputBlock))
        self._has_events.set()

    # -- the thread that classifies ----------------------------------------------------------

    def _classify(self) -> None:
        classifier: LiveClassifier | None = None
        asked: tuple[int, Predictor] | None = None
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
            sounds = [one for one in taken if isinstance(one, _Sound)]
            events: list[Event] = []
            if sounds:
                first = sounds[0]
                wanted = first.ticket, predictor
                if classifier is None or asked != wanted or classifier.position != first.first_sample:
                    asked = wanted
                    classifier = LiveClassifier(
                        predictor,
                        first.sample_rate,
                        first_sample=first.first_sample,
                        time_constant_s=self._time_constant_s,
                    )
                events += self._answers(classifier, sounds, predictor)
            events += [one for one in taken if isinstance(one, InputEnded)]
            with self._lock:
                self._is_classifying = False
                if taken[0].ticket == self._ticket:
                    for event in events:
                        self._tell(event)

    def _answers(self, classifier: LiveClassifier, sounds: list[_Sound], predictor: Predictor) -> list[Event]:
        samples = np.concatenate([sound.samples for sound in sounds])
        try:
            answers = classifier.push(samples, sounds[-1].heard_at)
        except Exception as problem:
            _log.exception("the model fell over")
            error = InternalError(reason=f"{type(problem).__name__}: {problem}")
            with self._changed:  # told whatever the session: the next one has no model either
                self._tell(ClassifyingFailed(problem if isinstance(problem, GenreDesktopError) else error))
                if self._predictor is predictor:
                    self._set_predictor(None)
            return []
        factor = classifier.real_time_factor
        return [Answered(sounds[0].ticket, answer, factor) for answer in answers]
