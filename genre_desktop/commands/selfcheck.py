"""The checks of ``genre-desktop check`` for an installation: folders, decoders, model, sound devices, window."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import math
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from genre_desktop import __version__
from genre_desktop.core import locations
from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import tr

if TYPE_CHECKING:
    from genre_desktop.model.bundles.bundle import ModelBundle
    from genre_desktop.model.predictor import Predictor

_SAMPLE_RATE = 44_100
_CLIP_S = 4.0

_NEEDED_BYTES = 4096
"""Bytes for which there has to be room in each folder of the program."""

_PACKAGES = (
    "numpy",
    "scipy",
    "soundfile",
    "soxr",
    "av",
    "librosa",
    "keras",
    "matplotlib",
    "mutagen",
    "sounddevice",
    "tqdm",
)

_SOUNDFILE_FORMATS = (
    ("wav", "WAV", "PCM_16"),
    ("aiff", "AIFF", "PCM_24"),
    ("au", "AU", "FLOAT"),
    ("flac", "FLAC", "PCM_16"),
    ("ogg", "OGG", "VORBIS"),
    ("opus", "OGG", "OPUS"),
    ("mp3", "MP3", "MPEG_LAYER_III"),
)

_PYAV_FORMATS = (("m4a", "aac"), ("wma", "wmav2"))


@dataclass(frozen=True)
class Finding:
    """The result of a check, one line of the output.

    Attributes
    ----------
    state : {"ok", "warning", "failure"}
        With a warning, files can still be classified.
    title : str
    detail : str
        What was found; for a warning or failure also advice.
    figures : mapping
        Values for scripts, whose names do not change.
    """

    state: Literal["ok", "warning", "failure"]
    title: str
    detail: str
    figures: Mapping[str, object] = field(default_factory=dict)


def all_checks() -> Iterator[Finding]:
    """Run every check, the quick ones first; an exception is a failure."""
    for check in (_versions, _packages, _folders, _containers, _model, _sound_devices, _window):
        yield from _guarded(check)


def _guarded(check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from check()
    except Exception as error:  # anything may be wrong with an installation
        yield Finding("failure", check.__name__.strip("_"), f"{type(error).__name__}: {error}")


def _versions() -> Iterator[Finding]:
    yield Finding("ok", "Genre Desktop", __version__)
    yield Finding("ok", "Python", f"{platform.python_version()} ({platform.system()} {platform.machine()})")


def _packages() -> Iterator[Finding]:
    missing = []
    found = []
    for name in _PACKAGES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            # A packaged program has the modules without their metadata.
            if importlib.util.find_spec(name) is None:
                missing.append(name)
            else:
                found.append(name)
    yield Finding("ok", tr("packages"), ", ".join(found))
    if missing:
        sentence = tr("{names}: not installed. Install the program again.", names=", ".join(missing))
        yield Finding("failure", tr("packages"), sentence)


def _folders() -> Iterator[Finding]:
    for title, folder in (
        (tr("data folder"), locations.user_data()),
        (tr("settings folder"), locations.user_config()),
        (tr("cache folder"), locations.user_cache()),
        (tr("log folder"), locations.user_log()),
    ):
        try:
            locations.private_folder(folder)
            with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
                file.write(bytes(_NEEDED_BYTES))  # on a full disk there is still room for an empty file
        except OSError as error:
            advice = tr(
                "{path} cannot be written ({reason}). Check free space and permissions, or set {variable}.",
                path=folder,
                reason=error.strerror or error,
                variable=locations.HOME_VARIABLE,
            )
            yield Finding("warning", title, advice)
        else:
            yield Finding("ok", title, str(folder))


def _containers() -> Iterator[Finding]:
    import av
    import soundfile

    yield Finding("ok", "libsndfile", soundfile.__libsndfile_version__)
    yield Finding("ok", "FFmpeg (PyAV)", ".".join(map(str, av.library_versions["libavcodec"])) + " libavcodec")
    with tempfile.TemporaryDirectory() as folder:
        for ending, container, codec in _SOUNDFILE_FORMATS:
            path = Path(folder) / f"clip.{ending}"
            # libsndfile's Opus encoder supports 48 kHz only.
            rate = 48_000 if codec == "OPUS" else _SAMPLE_RATE
            write = partial(soundfile.write, path, _sweep(rate), rate, subtype=codec, format=container)
            yield from _check_decoding(path, write)
        for ending, codec in _PYAV_FORMATS:
            path = Path(folder) / f"clip.{ending}"
            yield from _check_decoding(path, partial(_encode, path, codec))


def _check_decoding(path: Path, write: Callable[[], None]) -> Iterator[Finding]:
    """Write a clip, read it as the program does, and compare the length."""
    from genre_desktop.audio.decode.audio_reader import open_audio

    title = tr("decoding {ending}", ending=path.suffix[1:])
    try:
        write()
    except Exception as error:
        sentence = tr("not tried: no such clip could be made here ({reason})", reason=error)
        yield Finding("warning", title, sentence)
        return
    try:
        with open_audio(path) as reader:
            n_samples = sum(len(block) for block in reader.blocks(22_050))
            backend, problem = reader.info.backend, reader.problem
    except GenreDesktopError as error:
        yield Finding("failure", title, str(error))
        return
    seconds = n_samples / 22_050
    if problem is not None or abs(seconds - _CLIP_S) > 0.5:
        sentence = tr("{n:.1f} s were read, {expected:.1f} s expected", n=seconds, expected=_CLIP_S)
        yield Finding("failure", title, sentence + (f" ({problem})" if problem is not None else ""))
    else:
        yield Finding("ok", title, tr("{n:.1f} s with {backend}", n=seconds, backend=backend))


def _sweep(rate: int) -> NDArray[np.float32]:
    """A rising tone of `_CLIP_S` seconds, two channels float32 [shape=(n, 2)]."""
    time_s = np.arange(int(rate * _CLIP_S)) / rate
    tone = 0.5 * np.sin(2 * math.pi * (200.0 + 400.0 * time_s) * time_s)
    return np.stack([tone, 0.5 * tone], axis=1).astype(np.float32)


def _encode(path: Path, codec: str) -> None:
    import av

    with av.open(os.fspath(path), "w") as container:
        stream = container.add_stream(codec, rate=_SAMPLE_RATE, layout="stereo")
        stream.bit_rate = 128_000  # the WMA encoder has no default
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(_sweep(_SAMPLE_RATE).T), format="fltp", layout="stereo")
        frame.sample_rate = _SAMPLE_RATE
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _model() -> Iterator[Finding]:
    from genre_desktop.model.bundles.catalogue import default_bundle

    try:
        bundle = default_bundle()
    except GenreDesktopError as error:
        yield Finding("failure", tr("default model"), str(error))
        return
    yield Finding("ok", tr("default model"), f"{bundle.name} ({', '.join(bundle.labels)})")

    from genre_desktop.model.predictor import Predictor

    try:
        predictor = Predictor.load(bundle)
    except GenreDesktopError as error:
        yield Finding("failure", tr("loading the model"), str(error))
        return
    is_numpy = predictor.numpy_network is not None
    yield Finding("ok", tr("loading the model"), f"NumPy {np.__version__}" if is_numpy else _keras_versions())
    yield _measure_speed(predictor)
    yield _classify_demo_clip(predictor)
    if is_numpy:
        yield _compare_with_keras(bundle)


def _keras_versions() -> str:
    import keras

    backend = keras.backend.backend()
    return f"Keras {keras.__version__}, {backend} {importlib.import_module(backend).__version__}"


def _compare_with_keras(bundle: ModelBundle) -> Finding:
    """Compare what NumPy computes with the network in Keras, which trains models and is the reference."""
    from genre_desktop.model.predictor import numpy_agrees

    title = tr("the same with Keras")
    try:
        is_same = numpy_agrees(bundle)
    except (GenreDesktopError, ImportError) as error:
        return Finding("failure", title, str(error))
    from genre_desktop.model.processor import processor_path

    versions = _keras_versions()
    if is_same:
        return Finding("ok", title, f"{versions}; {processor_path()}")
    return Finding("failure", title, tr("{versions} computes other answers than NumPy", versions=versions))


def _measure_speed(predictor: Predictor) -> Finding:
    """Measure the time of the network for a patch, with the library and instructions that are used."""
    from genre_desktop.library.engine.engine import BATCH
    from genre_desktop.model.processor import library_of, milliseconds_a_patch, processor_path

    is_numpy = predictor.numpy_network is not None
    took_ms = milliseconds_a_patch(predictor, BATCH)
    path = processor_path()
    figures = {
        "library": "NumPy" if is_numpy else "Keras",
        "onednn": path.onednn and not is_numpy,
        "instructions": path.instructions,
        "model": predictor.bundle.name,
        "batch": BATCH,
        "ms_per_patch": round(took_ms, 2),
    }
    library = library_of(predictor)
    detail = tr("{path}; {ms:.1f} ms a patch, {n} at a time", path=library, ms=took_ms, n=BATCH)
    switch = os.environ.get("TF_ENABLE_ONEDNN_OPTS", "1")
    if not is_numpy and not path.onednn and switch.lower() not in ("1", "true"):
        advice = tr(
            "{found}. Without oneDNN the model takes several times as long. TF_ENABLE_ONEDNN_OPTS is set to {value} "
            "here: remove it, and the program chooses by itself.",
            found=detail,
            value=switch,
        )
        return Finding("warning", tr("speed of the model"), advice, figures)
    return Finding("ok", tr("speed of the model"), detail, figures)


def _classify_demo_clip(predictor: Predictor) -> Finding:
    from genre_desktop.library.scan.scan import scan
    from genre_desktop.model.classify_file import classify_file

    title = tr("classifying a demo clip")
    clip = next(scan([locations.demo_clips()]), None) if locations.demo_clips().is_dir() else None
    if clip is None:
        advice = tr("There are no clips in {path}. Install the program again.", path=locations.demo_clips())
        return Finding("warning", title, advice)
    try:
        prediction = classify_file(clip, predictor)
    except GenreDesktopError as error:
        return Finding("failure", title, str(error))
    return Finding("ok", title, f"{clip.name}: {prediction.genre}")


def _sound_devices() -> Iterator[Finding]:
    title = tr("sound devices")
    try:
        # The import loads PortAudio, which is a package of the system on Linux.
        import sounddevice

        devices = sounddevice.query_devices()
    except Exception as error:
        advice = tr(
            "no playback and no microphone ({reason}). On Linux install PortAudio (libportaudio2).", reason=error
        )
        yield Finding("warning", title, advice)
        return
    n_out = sum(device["max_output_channels"] > 0 for device in devices)
    n_in = sum(device["max_input_channels"] > 0 for device in devices)
    found = tr("{n_out} for playback, {n_in} for recording", n_out=n_out, n_in=n_in)
    if n_out and n_in:
        yield Finding("ok", title, found)
    else:
        yield Finding("warning", title, tr("{found}. Connect what is missing to hear or record.", found=found))


def _window() -> Iterator[Finding]:
    title = tr("window")
    try:
        # The one exception from "Qt stays in gui" (pyproject.toml): the check is whether Qt can be loaded.
        import PySide6.QtWidgets
    except ImportError as error:
        advice = tr("Qt cannot be loaded ({reason}). On Linux install libegl1 and libxkbcommon0.", reason=error)
        yield Finding("warning", title, advice)
        return
    version = PySide6.__version__
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    if chosen:
        yield Finding("ok", title, tr("Qt {version}, platform {platform}", version=version, platform=chosen))
    elif sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        advice = tr("Qt {version}, but there is no screen; the command line works without one.", version=version)
        yield Finding("warning", title, advice)
    else:
        yield Finding("ok", title, tr("Qt {version}", version=version))
