"""Genres and tags as people call them; in files and between the rooms they keep their English names."""

from __future__ import annotations

from genre_desktop.core.i18n import mark, tr
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE

_GENRES = {
    "blues": mark("blues"),
    "classical": mark("classical"),
    "country": mark("country"),
    "disco": mark("disco"),
    "hiphop": mark("hip-hop"),
    "jazz": mark("jazz"),
    "metal": mark("metal"),
    "pop": mark("pop"),
    "reggae": mark("reggae"),
    "rock": mark("rock"),
    UNSURE: mark("unsure"),
    NOT_MUSIC: mark("not music"),
}

# Those of MSD_musicnn, as the shipped model's card words them.
_TAGS = (
    *(mark("60s"), mark("70s"), mark("80s"), mark("90s"), mark("00s")),
    *(mark("acoustic"), mark("alternative"), mark("alternative rock"), mark("ambient"), mark("blues")),
    *(mark("chillout"), mark("classic rock"), mark("country"), mark("dance"), mark("easy listening")),
    *(mark("electro"), mark("electronic"), mark("experimental"), mark("female vocals"), mark("folk")),
    *(mark("funk"), mark("guitar"), mark("happy"), mark("hard rock"), mark("heavy metal"), mark("hip-hop")),
    *(mark("house"), mark("indie"), mark("indie pop"), mark("indie rock"), mark("instrumental"), mark("jazz")),
    *(mark("male vocals"), mark("mellow"), mark("metal"), mark("oldies"), mark("party"), mark("pop")),
    *(mark("progressive rock"), mark("punk"), mark("R&B"), mark("rock"), mark("sad"), mark("soul")),
)
_KNOWN_TAGS = frozenset(_TAGS)


def genre_name(genre: str) -> str:
    """A genre within a sentence: "hip-hop" for ``hiphop``; that of a user's own model stays as it is."""
    name = _GENRES.get(genre)
    return genre if name is None else tr(name)


def tag_name(tag: str) -> str:
    """What is heard beside the genre, as `genre_name` does it."""
    return tr(tag) if tag in _KNOWN_TAGS else tag
