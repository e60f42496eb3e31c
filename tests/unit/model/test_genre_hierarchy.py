"""The table of genres and styles: what it holds, and what is refused of one that was changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from mutagen import id3

from genre_desktop.core import locations
from genre_desktop.core.untrusted.bounded_json import JsonLimitError
from genre_desktop.model.bundles.json_schema import SchemaError
from genre_desktop.model.genre_colours import GENRE_COLOURS
from genre_desktop.model.genre_hierarchy import MAX_TABLE_BYTES, TABLE_NAME, read_hierarchy
from genre_desktop.model.genre_names import is_reserved_name, plain_name, style_name

HIERARCHY = read_hierarchy()
GENRE = {"name": "rock", "discogs_genre": "Rock", "discogs_style": None, "id3v1": [17, "Rock"]}
STYLE = {
    "name": "punk",
    "genre": "rock",
    "discogs_style": "Punk",
    "id3v1": [43, "Punk"],
    "heard_by": [{"audioset": ["Punk rock"]}, {"msd": ["punk"]}],
    "threshold": 0.15,
}


def write(folder: Path, genres: list[Any], styles: list[Any]) -> Path:
    path = folder / TABLE_NAME
    path.write_text(json.dumps({"genres": genres, "styles": styles}), "utf-8")
    return path


def test_the_ten_genres_of_the_shipped_models_are_in_it() -> None:
    assert set(GENRE_COLOURS) <= set(HIERARCHY.genres)
    assert (
        HIERARCHY.genres["metal"].discogs_genre == "Rock" and HIERARCHY.genres["metal"].discogs_style == "Heavy Metal"
    )


def test_styles_belong_to_genres_and_have_their_names_elsewhere() -> None:
    house = HIERARCHY.styles["house"]
    assert (house.genre, house.elsewhere.discogs_genre, house.elsewhere.discogs_style) == (
        "electronic",
        "Electronic",
        "House",
    )
    assert house.elsewhere.id3v1 == (35, "House")
    assert house.heard_by == ((("audioset", "House music"),), (("msd", "House"),)) and house.threshold == 0.08
    assert {"techno", "trance", "ambient"} <= {style.name for style in HIERARCHY.styles_of("electronic")}
    assert HIERARCHY.styles["ska"].heard_by == () and HIERARCHY.styles["ska"].threshold is None


def test_names_of_id3v1_are_those_of_its_list() -> None:
    everything = [*HIERARCHY.genres.values(), *(style.elsewhere for style in HIERARCHY.styles.values())]
    numbered = [elsewhere.id3v1 for elsewhere in everything if elsewhere.id3v1 is not None]
    assert len(numbered) > 40
    for number, name in numbered:
        assert id3.TCON(encoding=3, text=[f"({number})"]).genres == [name]


def test_names_of_styles_are_different_and_are_no_answers() -> None:
    names = [plain_name(name) for name in HIERARCHY.styles]
    assert len(set(names)) == len(names)
    assert not any(map(is_reserved_name, HIERARCHY.styles))


def test_styles_that_are_told_can_be_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    from genre_desktop.model import genre_names

    monkeypatch.setattr(genre_names, "tr", lambda text: f"<{text}>")
    told = [name for name, style in HIERARCHY.styles.items() if style.heard_by]
    assert [style_name(name) for name in told] == [f"<{name}>" for name in told]
    assert style_name("vaporwave") == "vaporwave"


def test_a_table_that_was_changed_is_read(tmp_path: Path) -> None:
    hierarchy = read_hierarchy(write(tmp_path, [GENRE], [STYLE]))
    assert set(hierarchy.styles) == {"punk"} and hierarchy.styles_of("rock")[0].threshold == 0.15


def changed(**values: Any) -> dict[str, Any]:
    """The style with other values; None removes one."""
    return {key: value for key, value in {**STYLE, **values}.items() if value is not None}


@pytest.mark.parametrize(
    ("genres", "styles"),
    [
        ([], []),
        ([GENRE, GENRE], []),
        ([{**GENRE, "name": ""}], []),
        ([{**GENRE, "id3v1": "Rock"}], []),
        ([{**GENRE, "id3v1": [17]}], []),
        ([{**GENRE, "id3v1": [192, "Rock"]}], []),
        ([{**GENRE, "id3v1": [17.0, "Rock"]}], []),
        ([GENRE], [STYLE, STYLE]),
        ([GENRE], [changed(genre="pop")]),
        ([GENRE], [changed(name="a\nb")]),
        ([GENRE], [changed(threshold=None)]),
        ([GENRE], [changed(heard_by=None)]),
        ([GENRE], [changed(heard_by=None, threshold=None)]),
        ([GENRE], [changed(left_out="for a reason")]),
        ([GENRE], [changed(threshold=0)]),
        ([GENRE], [changed(threshold=True)]),
        ([GENRE], [changed(heard_by=[])]),
        ([GENRE], [changed(heard_by=[{}])]),
        ([GENRE], [changed(heard_by=[{"audioset": []}])]),
        ([GENRE], [changed(heard_by=[{"discogs": ["Punk"]}])]),
        ([GENRE], [changed(heard_by=[{"discogs": 3}])]),
        ([GENRE], [changed(heard_by=[{"audioset": ["Punk rock"], "msd": ["punk"]}])]),
        ([GENRE], [changed(heard_by="Punk rock")]),
    ],
)
def test_a_table_with_a_mistake_is_refused(tmp_path: Path, genres: list[Any], styles: list[Any]) -> None:
    with pytest.raises(SchemaError):
        read_hierarchy(write(tmp_path, genres, styles))


def test_a_huge_table_is_not_read(tmp_path: Path) -> None:
    path = write(tmp_path, [GENRE], [])
    path.write_text(path.read_text("utf-8") + " " * MAX_TABLE_BYTES, "utf-8")
    with pytest.raises(JsonLimitError):
        read_hierarchy(path)
    assert (locations.resources() / TABLE_NAME).stat().st_size < MAX_TABLE_BYTES / 10
