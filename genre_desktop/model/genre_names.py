"""Names of genres, styles and tags as people read them, translated; files and the code use the English labels."""

from __future__ import annotations

import unicodedata
from typing import Final

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

# The tags of MSD_musicnn, in the words of the shipped model's card.
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

# The styles of ``resources/genres.json`` that are no such tags.
_STYLES = (
    *(mark("bluegrass"), mark("children's music"), mark("choral"), mark("drum and bass"), mark("dubstep")),
    *(mark("flamenco"), mark("gospel"), mark("Indian"), mark("latin"), mark("Middle Eastern"), mark("new age")),
    *(mark("opera"), mark("rap"), mark("salsa"), mark("soundtrack"), mark("swing"), mark("techno"), mark("trance")),
    mark("video game music"),
)
_ANSWERS: Final = (UNSURE, NOT_MUSIC)
_KNOWN_TAGS = frozenset(_TAGS)
_KNOWN_STYLES = frozenset((*_TAGS, *_STYLES))


def genre_name(genre: str) -> str:
    """The name of a genre within a sentence: "hip-hop" for ``hiphop``; an unknown genre is returned unchanged."""
    name = _GENRES.get(genre)
    return genre if name is None else tr(name)


def is_reserved_name(genre: str) -> bool:
    """Whether a genre is called like an answer that names no genre, in any spelling, also in the user's language."""
    return plain_name(genre) in {plain_name(word) for answer in _ANSWERS for word in (answer, genre_name(answer))}


def plain_name(name: str) -> str:
    """A tag or genre in lower case, letters and digits alone: "Hip-Hop" and "hiphop" are equal then."""
    return "".join(char for char in unicodedata.normalize("NFKC", name).casefold() if char.isalnum())


def tag_name(tag: str) -> str:
    """The name of a tag within a sentence; an unknown tag is returned unchanged."""
    return tr(tag) if tag in _KNOWN_TAGS else tag


def style_name(style: str) -> str:
    """The name of a style within a sentence; an unknown style is returned unchanged."""
    return tr(style) if style in _KNOWN_STYLES else style
