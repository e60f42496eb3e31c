"""The colours of genres, the same in bars, timeline, charts and reports.

Paul Tol's muted set (https://personal.sran.nl/~pault/, "Introduction to colour schemes",
2021) can be distinguished by people with the common colour vision deficiencies. It has nine
colours; the tests compare the tenth and the neutral grey with them in a simulation. Colour is
never the only sign: the name of the genre is always shown beside it.
"""

from __future__ import annotations

import hashlib

GENRE_COLOURS: dict[str, str] = {
    "blues": "#332288",
    "classical": "#ddcc77",
    "country": "#999933",
    "disco": "#aa4499",
    "hiphop": "#882255",
    "jazz": "#44aa99",
    "metal": "#555555",
    "pop": "#cc6677",
    "reggae": "#117733",
    "rock": "#88ccee",
}

NEUTRAL_COLOUR = "#bbbbbb"
"""The colour of "unsure", "not music" and of everything that is no genre."""

_PALETTE = tuple(GENRE_COLOURS.values())


def genre_colour(genre: str) -> str:
    """The colour of a genre as ``#rrggbb``.

    Other genres than the ten get a colour of the same set by a hash of the name, so that it is
    the same at every start.
    """
    known = GENRE_COLOURS.get(genre)
    if known is not None:
        return known
    if genre in ("unsure", "not music"):
        return NEUTRAL_COLOUR
    digest = hashlib.sha256(genre.encode("utf-8", "surrogateescape")).digest()
    return _PALETTE[digest[0] % len(_PALETTE)]
