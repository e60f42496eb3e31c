"""Agreement of a genre with those in a file's tags, whose spelling varies."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from genre_desktop.model.prediction import NOT_MUSIC, UNSURE

_SPELLINGS: Final[Mapping[str, str]] = {
    "classical": "classical music, klassik, classique, classica, clasica, musica clasica",
    "country": "country music, country western",
    "disco": "discotheque, disko",
    "hiphop": "rap, rap hip hop, hip hop rap",
    "pop": "pop music, popular",
    "rnb": "r b, r and b, rhythm blues, rhythm n blues, rhythm and blues",
    "rock": "rock music, rock roll, rock n roll, rock and roll",
}
"""Other spellings of a genre, by its plain name; capitals, accents, hyphens and spaces do not matter."""

_SUBGENRES: Final[Mapping[str, str]] = {
    "blues": "boogie woogie, bluesrock",
    "classical": "baroque, chamber music, concerto, early music, kammermusik, oper, opera, operetta, oratorio, "
    "orchestral, renaissance, requiem, sonata, string quartet, symphonies, symphony",
    "country": "americana, bluegrass, honky tonk, western swing",
    "disco": "eurodisco, italodisco",
    "hiphop": "boom bap, crunk, drill, gangsta, grime, horrorcore, turntablism",
    "jazz": "bebop, be bop, big band, bossa nova, dixieland, hard bop, ragtime, swing",
    "metal": "deathcore, djent, grindcore, heavymetal, metalcore, numetal, thrash",
    "pop": "baroque pop, britpop, chanson, dreampop, electropop, europop, jpop, kpop, powerpop, schlager, synthpop",
    "reggae": "dancehall, dub, lovers rock, ragga, raggamuffin, rocksteady, rock steady, ska",
    "rnb": "new jack swing",
    "rock": "aor, bluesrock, grunge, hardrock, indierock, krautrock, postpunk, postrock, punk, rockabilly, shoegaze, "
    "softrock",
    "techno": "dub techno",
}
"""Sub-genres of a genre whose names do not contain its name as a word ("heavy metal" needs no entry)."""

_OTHERS: Final = (
    "rhythm blues, rhythm n blues, rhythm and blues, lovers rock, rock steady, dub step, dub techno, "
    "electro swing, new jack swing, western swing, baroque pop"
)
"""Phrases in which a word does not name the genre that it names alone: "rhythm and blues" does not name blues."""

_CATCH_ALLS: Final = frozenset({"folkworldcountry"})
"""Categories of catalogues that contain many genres, and so name none (this one is of Discogs)."""

_SEPARATORS: Final = re.compile(r"[;/,|\\\0+•·]")
_WORD: Final = re.compile(r"[^\W_]+")

_CACHED_TAGS: Final = 20_000
"""Tags whose genres are cached: a library has some hundred different ones, for a hundred thousand comparisons."""


def agrees_with_tags(genre: str | None, tagged: Sequence[str], labels: Sequence[str]) -> bool | None:
    """Whether a genre is among those that the tags of a file name.

    Parameters
    ----------
    genre : str or None
        A label, ``"unsure"``, ``"not music"``, or a genre by hand.
    tagged : sequence of str
        Genres in the tags, in any spelling; one may name several ("Hip-Hop/Rap; R&B").
    labels : sequence of str
        Genres of the model.

    Returns
    -------
    bool or None
        None where nothing can be compared: there is no genre or no tag, or the tags name none
        of the model's genres.

    Examples
    --------
    >>> labels = ["hiphop", "metal", "rock"]
    >>> agrees_with_tags("hiphop", ["Hip-Hop/Rap"], labels)
    True
    >>> agrees_with_tags("rock", ["Heavy Metal"], labels)
    False
    >>> agrees_with_tags("rock", ["Techno"], labels) is None
    True
    """
    if genre is None or genre in (UNSURE, NOT_MUSIC) or not tagged:
        return None
    known = tuple(labels) if genre in labels else (*labels, genre)
    named = named_genres(tagged, known)
    return genre in named if named else None


def named_genres(tagged: Iterable[str], labels: Sequence[str]) -> frozenset[str]:
    """The labels that tags name: by name, by another spelling, or by a sub-genre."""
    known = tuple(labels)
    return frozenset(chain.from_iterable(_named_by(tag, known) for tag in tagged))


@lru_cache(maxsize=_CACHED_TAGS)
def _named_by(tag: str, labels: tuple[str, ...]) -> frozenset[str]:
    if _plain(tag) in _CATCH_ALLS:
        return frozenset()
    table, longest = _names_of(labels)
    named: set[str] = set()
    for piece in _SEPARATORS.split(tag):
        words = _words(piece)
        taken = _words_of_other_phrases(words)
        for start in range(len(words)):
            for end in range(start + 1, min(start + longest, len(words)) + 1):
                # A word that is part of such a phrase does not name a genre by itself.
                if end - start > 1 or start not in taken:
                    named |= table.get("".join(words[start:end]), frozenset())
    return frozenset(named)


def _words_of_other_phrases(words: Sequence[str]) -> set[int]:
    taken: set[int] = set()
    for start in range(len(words)):
        for end in range(start + 2, min(start + 3, len(words)) + 1):
            if "".join(words[start:end]) in _OTHER_PHRASES:
                taken.update(range(start, end))
    return taken


@lru_cache(maxsize=8)
def _names_of(labels: tuple[str, ...]) -> tuple[Mapping[str, frozenset[str]], int]:
    """The labels by each plain name that means them, and the most words of such a name."""
    by_genre: dict[str, set[str]] = {}
    table: dict[str, set[str]] = {}
    longest = 3
    for label in labels:
        plain = _plain(label)
        longest = max(longest, len(_words(label)))
        table.setdefault(plain, set()).add(label)
        by_genre.setdefault(_SAME.get(plain, plain), set()).add(label)
    for name, genre in _SAME.items():
        table.setdefault(name, set()).update(by_genre.get(genre, ()))
    for name, genres in _PARENTS.items():
        table.setdefault(name, set()).update(*(by_genre.get(genre, ()) for genre in genres))
    return {name: frozenset(found) for name, found in table.items() if name and found}, longest


def _words(text: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(char for char in decomposed if not unicodedata.combining(char)))


def _plain(text: str) -> str:
    return "".join(_words(text))


def _phrases(text: str) -> list[str]:
    return [_plain(phrase) for phrase in text.split(",")]


_SAME: Final = {name: genre for genre, names in _SPELLINGS.items() for name in (genre, *_phrases(names))}
_PARENTS: Final[dict[str, list[str]]] = {}
for _genre, _names in _SUBGENRES.items():
    for _name in _phrases(_names):
        _PARENTS.setdefault(_name, []).append(_genre)
_OTHER_PHRASES: Final = frozenset(_phrases(_OTHERS))
