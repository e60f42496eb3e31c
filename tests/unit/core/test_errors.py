from __future__ import annotations

import inspect
import pickle
import string

import pytest

from genre_desktop.core import errors, i18n
from genre_desktop.core.errors import DamagedAudioError, GenreDesktopError, error_list

KINDS = sorted(
    (kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, GenreDesktopError)),
    key=lambda kind: kind.code,
)


def _example(kind: type[GenreDesktopError]) -> GenreDesktopError:
    fields = {name for _, name, _, _ in string.Formatter().parse(kind.template) if name}
    return kind(**dict.fromkeys(fields, 1.5))


def test_codes_are_unique_among_the_errors_that_are_raised() -> None:
    own = [kind for kind in KINDS if "code" in vars(kind)]
    codes = [kind.code for kind in own]
    assert len(codes) == len(set(codes)), codes


@pytest.mark.parametrize("kind", KINDS)
def test_code_and_sentence(kind: type[GenreDesktopError]) -> None:
    error = _example(kind)
    assert kind.code.startswith("GD-")
    assert len(kind.code) == 6
    assert str(error) == f"{kind.code}: {error.message}"
    # Sentences go into rows, dialogs and JSON: one line, ready to read.
    assert "\n" not in error.message
    assert "  " not in error.message


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_crosses_a_process_border(kind: type[GenreDesktopError]) -> None:
    error = _example(kind)
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is kind
    assert copy.values == error.values
    assert str(copy) == str(error)


def test_codes_never_change_their_meaning() -> None:
    # Scripts rely on these; add lines, never edit one.
    released = {
        "GD-101": "AudioNotFoundError",
        "GD-102": "AudioPermissionError",
        "GD-103": "AudioIsFolderError",
        "GD-104": "AudioEmptyError",
        "GD-105": "NoAudioStreamError",
        "GD-106": "DamagedAudioError",
        "GD-107": "AudioTooShortError",
        "GD-108": "AudioReadError",
        "GD-109": "EncryptedAudioError",
        "GD-110": "SampleRateError",
        "GD-111": "UnknownCodecError",
        "GD-112": "OtherTracksError",
        "GD-113": "PartNotReadError",
        "GD-114": "PathTooLongError",
        "GD-115": "AddressNotPathError",
        "GD-116": "LowSampleRateError",
        "GD-201": "BundleNotFoundError",
        "GD-203": "BundleHashError",
        "GD-211": "BundleRefusedError",
        "GD-212": "TrialError",
        "GD-215": "BundleUnchangedError",
        "GD-216": "BundlePathNotFoundError",
        "GD-301": "NothingFoundError",
        "GD-303": "TableTargetError",
        "GD-312": "EmptyPlaylistError",
        "GD-401": "DatasetNotFoundError",
        "GD-501": "NoDisplayError",
        "GD-502": "StorageError",
        "GD-503": "NoPortAudioError",
        "GD-504": "NoSoundDeviceError",
        "GD-505": "SoundDeviceError",
        "GD-506": "SoundDeviceLostError",
        "GD-507": "SoundProcessError",
    }
    now = {kind.code: kind.__name__ for kind in KINDS}
    assert {code: now.get(code) for code in released} == released


def test_values_stay_with_the_error() -> None:
    error = DamagedAudioError(path="a.mp3", seconds_read=12.34, reason="bad header")
    assert error.values["seconds_read"] == 12.34
    assert "12.3 s" in error.message


def test_a_missing_value_is_noticed_where_it_is_raised() -> None:
    with pytest.raises(KeyError):
        DamagedAudioError(path="a.mp3")


def test_the_list_of_errors_names_each_code_once_with_a_sentence() -> None:
    listed = error_list()
    codes = [code for code, _ in listed]
    assert codes == sorted(codes) and len(set(codes)) == len(codes)
    known = {value.code for value in vars(errors).values() if isinstance(value, type) and "template" in vars(value)}
    assert set(codes) == known
    by_code = dict(listed)
    assert by_code["GD-101"] == "There is no file or folder at …. It may have been moved or its drive unplugged."
    assert "… s could be read" in by_code["GD-106"], "a format is no part of the sentence"
    assert not any("{" in sentence for sentence in by_code.values())


def test_the_list_of_errors_speaks_the_users_language() -> None:
    i18n.set_translator(lambda text: "Es gibt {path} nicht." if text == errors.AudioNotFoundError.template else text)
    assert dict(error_list())["GD-101"] == "Es gibt … nicht."


def test_warnings_of_which_sound_is_missing() -> None:
    # They make an answer one for a part: exit status 1, a triangle, "read in part" in the report.
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.AudioError)]
    losing = {kind.__name__ for kind in kinds if kind.loses_sound}
    assert losing == {"DamagedAudioError", "PartNotReadError"} & {kind.__name__ for kind in kinds}
