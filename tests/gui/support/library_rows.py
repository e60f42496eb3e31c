"""Rows of a made-up music library of any size, for tests, benchmarks and pictures of the table."""

from __future__ import annotations

import random
from collections.abc import Iterator

from genre_desktop.core.errors import AudioEmptyError, GenreDesktopError, NoAudioStreamError
from genre_desktop.library.result import FileFacts, Summary
from genre_desktop.model.genre_colours import GENRE_COLOURS

GENRES = tuple(GENRE_COLOURS)
_WORDS = ("Morning", "River", "Brass", "Static", "Night", "Paper", "Old", "Silver", "Train", "Garden", "Été", "Über")
_THINGS = ("Train", "Heart", "Drive", "Letters", "Season", "Machine", "Avenue", "Parade", "Lights", "Winter")
_TAGS = {"hiphop": "Hip-Hop/Rap", "metal": "Heavy Metal", "rock": "Alternative Rock", "classical": "Klassik"}
_STYLES: dict[str, tuple[tuple[str, ...], ...]] = {
    "classical": (("opera",), ("choral",), ("soundtrack",)),
    "country": (("bluegrass", "folk"), ("folk",)),
    "disco": (("house", "dance", "electronic"), ("funk", "soul")),
    "hiphop": (("rap",), ("rap", "R&B")),
    "jazz": (("swing",), ("salsa", "latin")),
    "metal": (("heavy metal", "hard rock"), ("punk",)),
    "pop": (("trance", "techno", "electronic"), ("R&B", "soul"), ("drum and bass", "electronic")),
    "rock": (("indie", "alternative rock"), ("hard rock",), ("punk",)),
}


def library(n: int, seed: int = 0) -> Iterator[tuple[str, Summary]]:
    """Paths and summaries, twelve tracks an album; some unsure, not music, set by hand or failed."""
    random_ = random.Random(seed)
    for number in range(n):
        album, place = divmod(number, 12)
        album_random = random.Random(seed * 1_000_003 + album)
        artist = f"{album_random.choice(_WORDS)} {album_random.choice(_THINGS)} Quartet"
        record = f"{album_random.choice(_WORDS)} {album_random.choice(_THINGS)}"
        own = album_random.choice(GENRES)
        title = f"{random_.choice(_WORDS)} {random_.choice(_THINGS)}"
        path = f"/music/{artist}/{record}/{place + 1:02d} {title} {number}.mp3"
        tags = (_TAGS.get(own, own.title()),) if album_random.random() < 0.8 else ()
        facts = FileFacts(5_000_000 + number, 10**18 + number, f"{number:032x}", title, artist, record, tags)
        yield path, _summary(random_, own, facts, path)


def _summary(random_: random.Random, own: str, facts: FileFacts, path: str) -> Summary:
    chance = random_.random()
    if chance < 0.01:
        return Summary(error=_error(random_, path), facts=facts)
    best = own if random_.random() < 0.8 else random_.choice(GENRES)
    second = random_.choice([genre for genre in GENRES if genre != best])
    confidence = 0.3 + 0.7 * random_.random()
    genre = "not music" if chance < 0.03 else "unsure" if confidence < 0.45 else best
    return Summary(
        genre=genre,
        confidence=confidence,
        best=best,
        second=second,
        second_confidence=min(confidence, 1 - confidence) * (0.3 + 0.6 * random_.random()),
        duration_s=100 + 300 * random_.random(),
        is_complete=False,
        facts=facts,
        styles=_styles(own, facts) if genre != "not music" else (),
        by_hand="ska" if chance > 0.985 else "jazz" if chance > 0.97 else None,
    )


def _styles(own: str, facts: FileFacts) -> tuple[str, ...]:
    """Styles of two tracks in three of a genre that has some."""
    known = _STYLES.get(own, ())
    return known[facts.size // 3 % len(known)] if known and facts.size % 3 else ()


def _error(random_: random.Random, path: str) -> GenreDesktopError:
    if random_.random() < 0.5:
        return AudioEmptyError(path=path)
    return NoAudioStreamError(path=path, looks_like="an HTML page")
