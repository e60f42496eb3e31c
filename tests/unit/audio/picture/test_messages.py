from __future__ import annotations

import pickle

from genre_desktop.audio.picture.messages import TrackFailed
from genre_desktop.core.errors import DamagedAudioError


def test_failures_can_be_sent_between_processes() -> None:
    failed = TrackFailed(3, DamagedAudioError(path="a.mp3", seconds_read=2.0, reason="cut off"))
    back = pickle.loads(pickle.dumps(failed))
    assert back.ticket == 3 and str(back.error) == str(failed.error)
