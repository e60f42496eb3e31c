from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.core.errors import AudioEmptyError
from genre_desktop.library.analysis.album_consistency import MIN_SHARE, MIN_TRACKS, Outlier, find_inconsistencies
from genre_desktop.library.result import FileFacts, Summary
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE

Row = tuple[str, Summary | None]


def row(path: str, genre: str, *, artist: str = "", album: str = "", by_hand: str | None = None) -> Row:
    facts = FileFacts(1, 1, path, artist=artist, album=album) if artist or album else None
    return path, Summary(genre=genre, confidence=0.7, facts=facts, by_hand=by_hand)


def album(genres: str, artist: str = "Miles", title: str = "Kind of Blue", folder: str = "m") -> list[Row]:
    return [row(f"{folder}/{n:02}.mp3", genre, artist=artist, album=title) for n, genre in enumerate(genres.split())]


def test_one_of_twelve_tracks_of_an_album() -> None:
    (found,) = find_inconsistencies(album("jazz " * 7 + "metal" + " jazz" * 4))
    assert (found.kind, found.name, found.artist) == ("album", "Kind of Blue", "Miles")
    assert (found.genre, found.n_agreeing, found.n_tracks) == ("jazz", 11, 12)
    assert found.outliers == (Outlier("m/07.mp3", "metal", 0.7),)
    assert found.sentence == "11 of 12 tracks on Kind of Blue by Miles say jazz, one says metal"


def test_no_clear_majority_and_one_genre_alone_are_no_news() -> None:
    assert find_inconsistencies(album("jazz " * 8)) == []
    assert find_inconsistencies(album("jazz jazz rock rock")) == []
    assert find_inconsistencies(album("jazz jazz jazz jazz jazz rock rock")) == []  # 5 of 7: below three quarters
    assert len(find_inconsistencies(album("jazz jazz jazz jazz jazz jazz rock rock"))) == 1


def test_too_few_named_tracks() -> None:
    assert find_inconsistencies(album("jazz jazz rock")) == []
    assert find_inconsistencies([*album(f"jazz jazz {UNSURE} {NOT_MUSIC} rock")]) == []
    failed = Summary(error=AudioEmptyError(path="x"))
    assert find_inconsistencies([*album("jazz jazz rock"), ("m/9.mp3", failed), ("m/8.mp3", None)]) == []


def test_an_album_is_one_across_folders_and_spellings() -> None:
    first = album("jazz jazz", artist="The Band", title="Best  Of", folder="cd1")
    second = album("jazz rock", artist="THE BAND ", title="best of", folder="cd2")
    (found,) = find_inconsistencies(first + second)
    assert found.n_tracks == 4 and [outlier.path for outlier in found.outliers] == ["cd2/01.mp3"]


def test_albums_of_one_name_are_distinguished() -> None:
    hits = album("jazz jazz jazz", "A", "Hits", "a") + album("rock", "B", "Hits", "b")
    assert find_inconsistencies(hits) == []
    nameless = album("jazz jazz jazz", "", "Hits", "a") + album("rock", "", "Hits", "b")
    assert find_inconsistencies(nameless) == []
    (found,) = find_inconsistencies(album("jazz jazz jazz rock", "", "Hits", "a"))
    assert found.sentence == "3 of 4 tracks on Hits say jazz, one says rock"


def test_without_albums_the_folder_counts_and_then_the_artist() -> None:
    (found,) = find_inconsistencies([row(f"live/{n}.mp3", "rock" if n else "jazz") for n in range(5)])
    assert found.sentence == "4 of 5 tracks in the folder live say rock, one says jazz"
    scattered = [row(f"{n}/x.mp3", "rock" if n else "jazz", artist="Someone") for n in range(5)]
    (found,) = find_inconsistencies(scattered)
    assert found.sentence == "4 of 5 tracks by Someone say rock, one says jazz"


def test_a_compilation_is_judged_by_its_folder() -> None:
    tracks = [row(f"c/{n}.mp3", "disco" if n else "metal", artist=f"artist {n}", album="Hits") for n in range(6)]
    (found,) = find_inconsistencies(tracks)
    assert (found.kind, found.name, found.artist, found.n_tracks) == ("folder", "c", "", 6)


def test_a_track_is_judged_once() -> None:
    # The album is of one genre; its folder holds others, who alone are no group.
    others = [row("m/x.mp3", "rock"), row("m/y.mp3", "rock")]
    assert find_inconsistencies(album("jazz " * 10) + others) == []


def test_by_hand_counts_as_the_genre_but_is_no_outlier() -> None:
    tracks = album("jazz jazz jazz")
    by_hand = row("m/10.mp3", "jazz", artist="Miles", album="Kind of Blue", by_hand="rock")
    assert find_inconsistencies([*tracks, by_hand]) == []
    corrected = row("m/10.mp3", "rock", artist="Miles", album="Kind of Blue", by_hand="jazz")
    (found,) = find_inconsistencies([*tracks, corrected, row("m/11.mp3", "pop", artist="Miles", album="Kind of Blue")])
    assert found.n_agreeing == 4 and found.n_tracks == 5 and [each.genre for each in found.outliers] == ["pop"]


def test_sentences_of_several_outliers() -> None:
    (same,) = find_inconsistencies(album("jazz " * 10 + "pop pop"))
    assert same.sentence.endswith("say jazz, 2 say pop")
    (mixed,) = find_inconsistencies(album("jazz " * 10 + "rock pop pop"))
    assert mixed.sentence.endswith("say jazz, 3 say something else (2 × pop, rock)")
    (braces,) = find_inconsistencies(album("jazz jazz jazz pop", artist="{0}", title="{name}"))
    assert "on {name} by {0} say" in braces.sentence


def test_tracks_that_differ_by_hand_are_counted_in_the_sentence() -> None:
    by_hand = [row(f"m/2{n}.mp3", "jazz", artist="Miles", album="Kind of Blue", by_hand="soul") for n in range(2)]
    (one,) = find_inconsistencies([*album("jazz " * 9 + "pop"), by_hand[0]])
    assert one.sentence.endswith("say jazz, one says pop, one differs by hand") and one.n_tracks == 11
    (two,) = find_inconsistencies([*album("jazz " * 9 + "pop"), *by_hand])
    assert two.sentence.endswith("say jazz, one says pop, 2 differ by hand")


def test_the_clearest_come_first() -> None:
    tracks = (
        album("jazz jazz jazz rock", title="three", folder="a")
        + album("jazz " * 11 + "rock", title="eleven", folder="b")
        + album("jazz jazz jazz jazz jazz jazz rock rock", title="six", folder="c")
    )
    assert [found.name for found in find_inconsistencies(iter(tracks))] == ["eleven", "six", "three"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from("ab"),
            st.sampled_from(["jazz", "rock", UNSURE]),
            st.sampled_from(" xy"),
            st.sampled_from(" mn"),
        ),
        max_size=40,
    )
)
def test_what_is_found_holds(tracks: list[tuple[str, str, str, str]]) -> None:
    rows = [
        row(f"{folder}/{n}", genre, artist=artist.strip(), album=title.strip())
        for n, (folder, genre, artist, title) in enumerate(tracks)
    ]
    seen: set[str] = set()
    for found in find_inconsistencies(rows):
        assert found.n_tracks >= MIN_TRACKS
        assert found.n_agreeing >= MIN_SHARE * found.n_tracks
        assert found.n_agreeing + len(found.outliers) == found.n_tracks
        assert all(outlier.genre not in (found.genre, UNSURE) for outlier in found.outliers)
        paths = {outlier.path for outlier in found.outliers}
        assert not paths & seen
        seen |= paths
