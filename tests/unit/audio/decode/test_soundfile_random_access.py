from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.decode.containers.streams import show_only_stream
from genre_desktop.audio.decode.decoder import CannotSeekError
from genre_desktop.audio.decode.soundfile_random_access import SoundFileRandomAccess
from genre_desktop.audio.decode.source_file import SourceFile
from tests.support.odd_files import write_sound

SOUND = np.random.default_rng(2).uniform(-1, 1, (5_000, 2)).astype(np.float32)


def test_reads_any_range_as_far_as_the_sound_goes(tmp_path: Path) -> None:
    access = SoundFileRandomAccess(SourceFile(write_sound(tmp_path / "a.wav", SOUND, subtype="FLOAT")), "WAV")
    assert (access.n_frames, access.channels) == (5_000, 2)
    for start, count in ((4_000, 500), (0, 100), (4_900, 1_000), (6_000, 10)):
        np.testing.assert_array_equal(access.frames_at(start, count), SOUND[start : start + count])
    access.close()
    access.close()


def test_a_truncated_file_is_refused(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", np.tile(SOUND, (40, 1)))
    os.truncate(path, path.stat().st_size // 2)
    source = SourceFile(path)
    show_only_stream(source)
    with pytest.raises(CannotSeekError):
        SoundFileRandomAccess(source, "WAV")
    source.close()


def test_a_drive_that_fails_is_no_silence(tmp_path: Path) -> None:
    source = SourceFile(write_sound(tmp_path / "a.wav", SOUND))
    access = SoundFileRandomAccess(source, "WAV")
    source.error = OSError("pulled out")
    with pytest.raises(CannotSeekError):
        access.frames_at(0, 10)
    access.close()
