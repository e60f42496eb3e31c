"""The hierarchy of genres and styles, with their names elsewhere and what a network hears them by.

It stands in ``resources/genres.json``, a line for each genre and each style, to be read and changed by people:

* ``discogs_genre``, ``discogs_style``: the names at Discogs; a style has the Discogs genre of its genre.
* ``id3v1``: the number and the name in the list of ID3v1 with Winamp's additions.
* ``heard_by``: classes of AudioSet (``audioset``, spelt as YAMNet's outputs) and tags of the Million Song Dataset
  (``msd``, spelt as MSD_musicnn's). The probabilities of one group are added, and the geometric mean over the groups
  has to reach ``threshold``: each group has to say so. How that was chosen is in ``training/EXPERIMENTS.md``.
* ``left_out``: why a style that has a name is never told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genre_desktop.core import locations
from genre_desktop.core.untrusted.bounded_json import read_json
from genre_desktop.model.bundles.json_schema import SchemaError, either, number, one_line, rows, table, whole

TABLE_NAME = "genres.json"

MAX_TABLE_BYTES = 200_000
"""Most bytes of the table, which has 10 kB."""

SOURCES = frozenset({"audioset", "msd"})
"""Where the classes and tags are from that styles are heard by."""

_NAME = one_line(60)
_NAMES = {"name": _NAME, "discogs_style": either(_NAME)}
_CLASSES = rows(one_line(100), 1, 50)
_TABLE = table(
    {
        "genres": rows(
            table({**_NAMES, "discogs_genre": _NAME}, needed=["name", "discogs_genre", "discogs_style", "id3v1"]),
            1,
            500,
        ),
        "styles": rows(
            table(
                {
                    **_NAMES,
                    "genre": _NAME,
                    "heard_by": rows(table(dict.fromkeys(SOURCES, _CLASSES), most=1), 1, 4),
                    "threshold": number(1e-4, 10.0),
                    "left_out": one_line(200),
                },
                needed=["name", "genre", "discogs_style", "id3v1"],
            ),
            0,
            1_000,
        ),
    },
    needed=["genres", "styles"],
)
_ID3V1_NUMBER = whole(0, 191)


@dataclass(frozen=True)
class ElsewhereNames:
    """The names of a genre or style in other collections.

    Attributes
    ----------
    discogs_genre : str
    discogs_style : str or None
        None where it is a whole genre there, or has no name.
    id3v1 : tuple of (int, str), or None
        Number and name in the list of ID3v1 with Winamp's additions.
    """

    discogs_genre: str
    discogs_style: str | None
    id3v1: tuple[int, str] | None


@dataclass(frozen=True)
class Style:
    """A style of music, which belongs to a genre.

    Attributes
    ----------
    name : str
    genre : str
    elsewhere : ElsewhereNames
    heard_by : tuple of (tuple of (str, str))
        Groups of outputs, each as (``"audioset"`` or ``"msd"``, name); none for a style that is never told.
    threshold : float or None
        Least geometric mean over the groups of the sums of their probabilities; None without groups.
    """

    name: str
    genre: str
    elsewhere: ElsewhereNames
    heard_by: tuple[tuple[tuple[str, str], ...], ...] = ()
    threshold: float | None = None


@dataclass(frozen=True)
class GenreHierarchy:
    """Genres, and their styles.

    Attributes
    ----------
    genres : dict of str to ElsewhereNames
    styles : dict of str to Style
    """

    genres: Mapping[str, ElsewhereNames]
    styles: Mapping[str, Style]

    def styles_of(self, genre: str) -> tuple[Style, ...]:
        """The styles of a genre, in the order of the table."""
        return tuple(style for style in self.styles.values() if style.genre == genre)


def read_hierarchy(path: Path | None = None) -> GenreHierarchy:
    """Read the table and check it.

    Parameters
    ----------
    path : Path, optional
        That of the program if None.

    Raises
    ------
    SchemaError
        Where it does not satisfy the schema, a name stands twice, or a style's genre is none of the genres.
    JsonLimitError
    OSError
    """
    values = read_json(locations.resources() / TABLE_NAME if path is None else path, max_bytes=MAX_TABLE_BYTES)
    _TABLE(values, TABLE_NAME)
    genres = {row["name"]: _elsewhere(row, row["discogs_genre"]) for row in values["genres"]}
    styles: dict[str, Style] = {}
    for row in values["styles"]:
        if row["genre"] not in genres:
            raise SchemaError(f"{TABLE_NAME}: {row['name']} belongs to {row['genre']}, which is no genre of the table")
        styles[row["name"]] = _style(row, genres[row["genre"]].discogs_genre)
    if len(genres) != len(values["genres"]) or len(styles) != len(values["styles"]):
        raise SchemaError(f"{TABLE_NAME}: a name stands twice")
    return GenreHierarchy(genres, styles)


def _style(row: Mapping[str, Any], discogs_genre: str) -> Style:
    is_heard = "heard_by" in row
    if ("threshold" in row) != is_heard or ("left_out" in row) == is_heard:
        raise SchemaError(f"{TABLE_NAME}: {row['name']} needs heard_by with threshold, or left_out")
    groups = row.get("heard_by", ())
    if any(len(group) != 1 or not group.keys() <= SOURCES for group in groups):
        raise SchemaError(f"{TABLE_NAME}: a group of {row['name']} is of none of {', '.join(sorted(SOURCES))}")
    heard_by = tuple(tuple((source, name) for source, names in group.items() for name in names) for group in groups)
    return Style(row["name"], row["genre"], _elsewhere(row, discogs_genre), heard_by, row.get("threshold"))


def _elsewhere(row: Mapping[str, Any], discogs_genre: str) -> ElsewhereNames:
    id3v1 = row["id3v1"]
    if id3v1 is None:
        return ElsewhereNames(discogs_genre, row["discogs_style"], None)
    where = f"{TABLE_NAME}: id3v1 of {row['name']}"
    rows(lambda _value, _where: None, 2, 2)(id3v1, where)
    _ID3V1_NUMBER(id3v1[0], where)
    _NAME(id3v1[1], where)
    return ElsewhereNames(discogs_genre, row["discogs_style"], (id3v1[0], id3v1[1]))
