from __future__ import annotations

import av.error
import pytest

from genre_desktop.audio.decode.decoder import decoder_reason


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (av.error.PatchWelcomeError(1, "Not yet implemented in FFmpeg, patches welcome"), "decoder does not know"),
        (av.error.PermissionError(1, "Operation not permitted"), "data are invalid"),
        (av.error.InvalidDataError(1, "Invalid data found when processing input"), "data are invalid"),
        (IndexError("list index out of range"), "data are invalid"),
        (av.error.EOFError(1, "End of file"), "end is missing"),
        (MemoryError(), "memory"),
    ],
)
def test_no_text_of_a_library_reaches_a_person(error: Exception, expected: str) -> None:
    reason = decoder_reason(error)
    assert expected in reason
    assert not str(error) or str(error) not in reason
