from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.library.analysis.tag_agreement import agrees_with_tags, named_genres
from genre_desktop.model.genre_colours import GENRE_COLOURS
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE

GTZAN = tuple(GENRE_COLOURS)


@pytest.mark.parametrize("label", GTZAN)
def test_a_genre_agrees_with_its_own_name_alone(label: str) -> None:
    assert agrees_with_tags(label, [label.upper()], GTZAN) is True
    assert [other for other in GTZAN if agrees_with_tags(other, [label], GTZAN)] == [label]


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("Hip-Hop/Rap", "hiphop"),
        ("Hip Hop", "hiphop"),
        ("HIP‐HOP", "hiphop"),  # a hyphen of its own
        ("Rap", "hiphop"),
        ("Gangsta Rap", "hiphop"),
        ("Heavy Metal", "metal"),
        ("death-metal", "metal"),
        ("Rock & Roll", "rock"),
        ("Rock'n'Roll", "rock"),
        ("Classic Rock", "rock"),
        ("Punk", "rock"),
        ("Classical", "classical"),
        ("Música clásica", "classical"),
        ("Mu\u0301sica cla\u0301sica", "classical"),  # the same in letters and accents apart
        ("Klassik", "classical"),
        ("Opera", "classical"),
        ("Bebop", "jazz"),
        ("Big Band", "jazz"),
        ("Jazz+Funk", "jazz"),
        ("Dub", "reggae"),
        ("Lovers Rock", "reggae"),
        ("Rocksteady", "reggae"),
        ("Western Swing", "country"),
        ("Country & Western", "country"),
        ("K-Pop", "pop"),
        ("Baroque Pop", "pop"),
        ("Nu-Disco", "disco"),
        ("Pop/Rock", "pop rock"),
        ("Blues-Rock", "blues rock"),
        ("Soul; Jazz, Blues", "blues jazz"),
        ("Jazz\0Rock", "jazz rock"),
        ("Rap Metal", "hiphop metal"),
        # Genres that are none of the ten, though words of them are.
        ("Techno", ""),
        ("R&B", ""),
        ("Rhythm & Blues", ""),
        ("rhythm and blues", ""),
        ("Trip-Hop", ""),
        ("Dubstep", ""),
        ("Dub Step", ""),
        ("Dub Techno", ""),
        ("Electro Swing", ""),
        ("New Jack Swing", ""),
        ("Folk, World, & Country", ""),
        ("Popcorn Rocket Blueset", ""),
        ("", ""),
        (" ;/ ", ""),
        ("\udcff\0", ""),
    ],
)
def test_tags_as_people_write_them(tag: str, expected: str) -> None:
    assert named_genres([tag], GTZAN) == set(expected.split())


def test_disagreement_and_agreement_with_any_of_several_tags() -> None:
    assert agrees_with_tags("jazz", ["Heavy Metal"], GTZAN) is False
    assert agrees_with_tags("jazz", ["Soul", "Vocal Jazz"], GTZAN) is True
    assert agrees_with_tags("jazz", ["Pop/Rock", "Techno"], GTZAN) is False


@pytest.mark.parametrize("genre", [None, UNSURE, NOT_MUSIC])
def test_no_genre_cannot_be_compared(genre: str | None) -> None:
    assert agrees_with_tags(genre, ["Jazz"], GTZAN) is None


@pytest.mark.parametrize("tagged", [(), ("",), ("Techno",), ("Other", "Unknown")])
def test_tags_that_name_none_of_the_models_genres_cannot_be_compared(tagged: tuple[str, ...]) -> None:
    assert agrees_with_tags("jazz", tagged, GTZAN) is None


def test_models_of_other_genres() -> None:
    labels = ["Death Metal", "metal", "R'n'B", "rap", "Techno", "drum and bass", "Dub"]
    assert named_genres(["death metal"], labels) == {"Death Metal", "metal"}
    assert named_genres(["Heavy Metal"], labels) == {"metal"}
    assert named_genres(["Rhythm & Blues"], labels) == named_genres(["R&B"], labels) == {"R'n'B"}
    assert named_genres(["New Jack Swing"], labels) == {"R'n'B"}
    assert named_genres(["Hip-Hop"], labels) == {"rap"}
    assert named_genres(["Detroit Techno"], labels) == {"Techno"}
    assert named_genres(["Dub Techno"], labels) == {"Techno"}
    assert named_genres(["Drum and Bass"], labels) == {"drum and bass"}
    assert named_genres(["Reggae"], labels) == set()  # not every reggae is dub
    assert named_genres(["Dub"], ["reggae"]) == {"reggae"}


def test_a_long_name_of_a_genre_is_found_in_a_longer_tag() -> None:
    label = "Music of the Whole Wide World"
    assert named_genres(["Traditional music of the whole wide world!"], [label]) == {label}


def test_a_genre_given_by_hand_need_not_be_the_models() -> None:
    assert agrees_with_tags("Soul", ["soul"], GTZAN) is True
    assert agrees_with_tags("Soul", ["Jazz"], GTZAN) is False
    assert agrees_with_tags("Soul", ["Techno"], GTZAN) is None
    assert agrees_with_tags("Hip Hop", ["Rap"], GTZAN) is True


@given(genre=st.text(), tagged=st.lists(st.text(max_size=30), max_size=4), labels=st.lists(st.text(), max_size=4))
def test_any_text_is_answered(genre: str, tagged: list[str], labels: list[str]) -> None:
    named = named_genres(tagged, labels)
    assert named <= set(labels)
    assert named_genres(reversed(tagged), tuple(reversed(labels))) == named
    answer = agrees_with_tags(genre, tagged, labels)
    assert answer in (True, False, None)
    if genre in named and genre not in (UNSURE, NOT_MUSIC):
        assert answer is True
