"""The pictures of the README: a small library of music made for it, judged by the shipped model."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import mutagen
import numpy as np
import soundfile
import soxr
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QPoint
from PySide6.QtWidgets import QWidget

from genre_desktop.gui.live.live_session import LiveState
from genre_desktop.gui.widgets.theme import ThemeSwitch
from genre_desktop.model.live.live_engine import LiveEngine
from tests.gui.conftest import changed
from tests.gui.screenshots.screenshot_taker import ScreenshotTaker
from tests.gui.support.library_rows import library
from tests.support.fake_input import two_inputs
from training.robustness.synthetic_music import make_music
from training.robustness.tones import hum

_SIZE = (1280, 800)
_RATE = 32_000
_COLOURS = ((150, 50), (0, 48))
"""Of a picture's palette, exact and averaged ones, for the window and for the plots in it: a third of the bytes."""
_TAIL_S = 0.6
"""How long a piece of the demo clips sounds on after its last bar."""


@dataclass(frozen=True)
class _Song:
    """A track of the made-up library: its tags and what it is made of."""

    artist: str
    album: str
    title: str
    tag: str
    parts: tuple[str, ...]
    speed: float = 1.0


_LIBRARY = (
    _Song("Blue Lantern Trio", "After Hours", "Late Session", "Jazz", ("strings", *["jazz"] * 7, "strings", "strings")),
    _Song("Blue Lantern Trio", "After Hours", "Corner Table", "Jazz", ("jazz",) * 8, 1.05),
    _Song("Blue Lantern Trio", "After Hours", "Two Left Shoes", "Jazz", ("jazz",) * 6, 0.94),
    _Song("Iron Orchard", "Plough", "Furrow", "Metal", ("metal",) * 9, 1.04),
    _Song("Kitchen Radio", "Side B", "Second Kettle", "Hip-Hop", ("hip-hop",) * 8, 0.95),
    _Song("Mara Field", "Letters Home", "Eleven Letters", "Folk", ("guitar alone",)),
    _Song("Mara Field", "Letters Home", "Porch Light", "Folk", ("piano alone",)),
    _Song("Mirror Avenue", "Saturday", "Elevator", "Disco", ("disco",) * 9, 1.02),
    _Song("Mirror Avenue", "Saturday", "Saturday Lights", "Disco", ("disco",) * 12),
    _Song("Quartetto Alba", "Ground", "Chaconne", "Classical", ("strings",) * 11, 0.95),
    _Song("Quartetto Alba", "Ground", "Largo", "Classical", ("strings",) * 9, 1.06),
    _Song("Saltwater Sound", "Harbour", "Slow Ferry", "Reggae", ("reggae",) * 10, 0.97),
    _Song("Saltwater Sound", "Harbour", "Tide Table", "Dub", ("reggae",) * 12, 1.02),
)


def _pieces() -> dict[str, np.ndarray]:
    """The demo clips' pieces, and two of the signals that are music however sparse they are."""
    packaging = Path(__file__).parents[3] / "packaging"
    sys.path.insert(0, str(packaging))
    import make_demo_clips as clips

    made = {
        "disco": clips.four_on_the_floor(),
        "strings": clips.slow_strings(),
        "metal": clips.heavy_riff(),
        "jazz": clips.walking_bass(),
        "reggae": clips.off_beat(),
        "hip-hop": clips.boom_bap(),
    }
    made |= {name: make_music(name, 95.0, _RATE) for name in ("guitar alone", "piano alone")}
    return {name: sound * (0.2 / np.sqrt(np.mean(sound**2))) for name, sound in made.items()}


def _one_after_the_other(parts: Sequence[np.ndarray]) -> np.ndarray:
    """The pieces in time: each begins while the last note of the one before dies away."""
    tail = round(_TAIL_S * _RATE)
    sound = np.zeros(sum(len(part) - tail for part in parts) + tail)
    at = 0
    for part in parts:
        sound[at : at + len(part)] += part
        at += len(part) - tail
    return sound


def _write(folder: Path, song: _Song, number: int, pieces: dict[str, np.ndarray]) -> Path:
    """A FLAC file with tags, each repeat a little louder or softer than the one before."""
    gains = 10 ** (np.random.default_rng(number).uniform(-3, 1.5, len(song.parts)) / 20)
    sound = _one_after_the_other([gain * pieces[part] for part, gain in zip(song.parts, gains, strict=True)])
    sound = np.tanh(soxr.resample(sound, _RATE * song.speed, _RATE)).astype(np.float32)
    path = folder / song.artist / song.album / f"{number:02d} {song.title}.flac"
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, sound, _RATE)
    tags = mutagen.File(path)
    tags.update({"title": song.title, "artist": song.artist, "album": song.album, "genre": song.tag})
    tags.save()
    return path


def _write_library(folder: Path, pieces: dict[str, np.ndarray]) -> Iterator[Path]:
    number, album = 0, ""
    for song in _LIBRARY:
        number = number + 1 if song.album == album else 1
        album = song.album
        yield _write(folder, song, number, pieces)


def _find(songs: Sequence[Path], title: str) -> Path:
    return next(path for path in songs if title in path.name)


def _palette(colours: np.ndarray, counts: np.ndarray, n_exact: int, n_means: int) -> np.ndarray:
    """The colours [shape=(n_exact + n_means, 3)] that stand for all of them: the most frequent ones, and means."""
    frequent = np.argsort(counts)[::-1][:n_exact]
    # By their counts alone the large surfaces would take the others too, and leave none to small letters.
    weighted = np.repeat(colours, np.ceil(counts**0.4).astype(int), axis=0)
    others = Image.fromarray(weighted[None]).quantize(n_means, Image.Quantize.MEDIANCUT).getpalette()
    return np.concatenate([colours[frequent], np.array(others, np.uint8).reshape(-1, 3)])


def _save(window: QWidget, plots: QWidget | None, path: Path) -> None:
    """Save a picture of the window with a palette: small enough for a page."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    pixels = np.asarray(Image.open(io.BytesIO(bytes(buffer.data()))).convert("RGB"))
    packed, places = np.unique(pixels.astype(np.uint32) @ [65_536, 256, 1], return_inverse=True)
    colours = np.stack([packed >> 16, packed >> 8 & 255, packed & 255], axis=1).astype(np.uint8)
    places = places.reshape(pixels.shape[:2])
    is_plot = np.zeros(places.shape, bool)
    if plots is not None:
        at = plots.mapTo(window, QPoint())
        is_plot[at.y() : at.y() + plots.height(), at.x() : at.x() + plots.width()] = True
    palettes = []
    for part, numbers in zip((~is_plot, is_plot), _COLOURS, strict=True):
        counts = np.bincount(places[part], minlength=len(colours))
        palettes.append(_palette(colours[counts > 0], counts[counts > 0], *numbers) if part.any() else colours[:0])
    palette = np.concatenate(palettes)
    distances = ((colours[:, None].astype(int) - palette[None]) ** 2).sum(axis=2)
    picture = Image.fromarray(distances.argmin(axis=1).astype(np.uint8)[places])
    picture.putpalette(palette.tobytes())
    picture.save(path, optimize=True)
    print(path, path.stat().st_size)


def take_readme(taker: ScreenshotTaker) -> None:
    """The window with a whole track (light) and near (dark), the overview of a large library, and live mode."""
    wait, settle, folder = taker.wait, taker.settle, taker.folder
    pieces = _pieces()
    music = Path(taker.scratch) / "music"
    songs = list(_write_library(music, pieces))
    others = [music / "Recordings" / "Fridge hum.wav", music / "Recordings" / "Rehearsal (download).mp3"]
    others[0].parent.mkdir()
    soundfile.write(others[0], hum(20.0, _RATE, np.random.default_rng(0)), _RATE)
    others[1].write_text("<html><body>Sign in to download this file.</body></html>\n" * 40)

    def show(theme: str) -> None:
        (themes,) = taker.app.findChildren(ThemeSwitch)
        themes.choose(theme)
        settle(0.3)

    window = taker.open()
    window.resize(*_SIZE)
    window.session.open([music])
    wait(lambda: len(window.session.tracks) == len(songs) + len(others) and not window.session.is_busy)
    wait(lambda: not window.session.status().needs_model)
    track, folk = (window.session.tracks.find(_find(songs, title)) for title in ("Late Session", "Eleven Letters"))
    assert track is not None and folk is not None
    window.session.set_by_hand([folk], "folk")
    window.table.select(track)
    wait(lambda: not window.session.queue.full_classifier.busy and not window.session.reader.is_reading)
    settle(1.0)
    plots = window.canvas.plots
    assert plots is not None
    _save(window, plots, folder / "window-light.png")
    show("dark")
    plots.time_axis.show(8.0, 28.0)
    plots.set_playhead(17.3)
    settle(1.5)
    _save(window, plots, folder / "window-dark.png")
    taker.close(window)

    window = taker.open()
    window.resize(*_SIZE)
    wait(lambda: not window.session.status().needs_model and not window.session.store_client.is_reading_list)
    rows = list(library(12_000))
    window.session.tracks.add(path for path, _ in rows)
    window.session.tracks.set_summaries(rows)
    window.actions_.overview.trigger()
    wait(lambda: bool(window.overview.genres.counts))
    settle(1.0)
    _save(window, None, folder / "overview-light.png")
    taker.close(window)

    evening = Path(taker.scratch) / "An evening.wav"
    soundfile.write(
        evening, np.tanh(_one_after_the_other([pieces[name] for name in ("strings", "jazz", "jazz")])), _RATE
    )
    window = taker.open(changed(taker.services, new_live_engine=lambda: LiveEngine(two_inputs)))
    window.resize(*_SIZE)
    window.live_button.click()
    wait(lambda: bool(window.live.session.devices) and window.live.session.has_model)
    window.live.simulate(str(evening))
    wait(lambda: window.live.session.state is LiveState.LISTENING)
    settle(34.0)
    show("dark")
    _save(window, window.live.view.spectrogram, folder / "live-dark.png")
    taker.close(window)
