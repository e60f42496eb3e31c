from __future__ import annotations

import pytest

from genre_desktop.audio.devices.sound_system import choose_device
from genre_desktop.core.errors import NoSoundDeviceError
from tests.support.fake_portaudio import HEADPHONES, MICROPHONE, SPEAKERS


def test_chooses_by_name_then_by_default() -> None:
    known = (HEADPHONES, SPEAKERS, MICROPHONE)
    assert choose_device(known, "output", HEADPHONES.key) == HEADPHONES
    assert choose_device(known, "output", "Fake: gone") == SPEAKERS
    assert choose_device(known, "input", SPEAKERS.key) == MICROPHONE
    assert choose_device((HEADPHONES,), "output") == HEADPHONES
    with pytest.raises(NoSoundDeviceError, match="input"):
        choose_device((SPEAKERS,), "input")
