from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.core.errors import AudioEmptyError
from genre_desktop.library.analysis.statistics import N_BINS, gather_statistics, genre_of
from genre_desktop.library.result import FileFacts, Summary
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE

LABELS = ("jazz", "metal", "rock")
FAILED = Summary(error=AudioEmptyError(path="x"))


def tagged(*genres: str) -> FileFacts:
    return FileFacts(1, 1, "i", tagged_genres=genres)


def rows(*summaries: Summary | None) -> list[tuple[str, Summary | None]]:
    return [(f"{number}.wav", summary) for number, summary in enumerate(summaries)]


def test_a_genre_by_hand_goes_before_the_models() -> None:
    assert genre_of(Summary(genre="jazz")) == "jazz"
    assert genre_of(Summary(genre="jazz", by_hand="Soul")) == "Soul"
    assert genre_of(Summary(error=FAILED.error, by_hand="Soul")) == "Soul"
    assert genre_of(FAILED) is None
    assert genre_of(None) is None


def test_each_track_counts_in_one_place() -> None:
    counted = gather_statistics(
        rows(
            Summary(genre="rock", confidence=0.9, duration_s=10.0),
            Summary(genre="jazz", confidence=0.8, duration_s=20.0),
            Summary(genre="jazz", confidence=0.8),
            Summary(genre="metal", confidence=0.8, by_hand="jazz"),
            Summary(genre=UNSURE, confidence=0.3, duration_s=5.0),
            Summary(genre=NOT_MUSIC, confidence=0.3),
            Summary(genre=NOT_MUSIC),
            FAILED,
            Summary(error=FAILED.error, by_hand="Soul"),
            Summary(),
            None,
        ),
        LABELS,
    )
    assert counted.n_tracks == 11
    assert (counted.n_named, counted.n_unsure, counted.n_not_music, counted.n_failed, counted.n_waiting) == (
        5,
        1,
        2,
        1,
        2,
    )
    assert counted.n_by_hand == 2
    assert counted.genre_counts == (("jazz", 3), ("Soul", 1), ("rock", 1))
    assert counted.duration_s == 35.0


def test_confidences_are_counted_in_bins() -> None:
    counted = gather_statistics(
        rows(
            Summary(genre="rock", confidence=0.0),
            Summary(genre="rock", confidence=0.099),
            Summary(genre="rock", confidence=0.1),
            Summary(genre="rock", confidence=1.0, by_hand="jazz"),
            Summary(genre=UNSURE, confidence=0.3000001),
            Summary(genre=NOT_MUSIC, confidence=0.5),
            Summary(error=FAILED.error, by_hand="jazz"),
        ),
        LABELS,
    )
    assert counted.named_bins == (2, 1, 0, 0, 0, 0, 0, 0, 0, 1)
    assert counted.unsure_bins == (0, 0, 0, 1, 0, 0, 0, 0, 0, 0)


def test_tags_agree_disagree_or_cannot_be_compared() -> None:
    counted = gather_statistics(
        rows(
            Summary(genre="rock", facts=tagged("Hard Rock")),
            Summary(genre="rock", facts=tagged("Jazz")),
            Summary(genre="rock", by_hand="jazz", facts=tagged("Jazz")),
            Summary(genre="rock", facts=tagged("Techno")),
            Summary(genre=UNSURE, facts=tagged("Jazz")),
            Summary(genre="rock", facts=tagged()),
        ),
        LABELS,
    )
    assert (counted.n_agreeing, counted.n_disagreeing) == (2, 1)


def test_nothing_is_counted_as_nothing() -> None:
    counted = gather_statistics([], LABELS)
    assert counted.n_tracks == 0 and counted.genre_counts == () and counted.named_bins == (0,) * N_BINS


@given(
    st.lists(
        st.one_of(
            st.none(),
            st.builds(
                Summary,
                genre=st.sampled_from([None, "jazz", "rock", UNSURE, NOT_MUSIC]),
                confidence=st.one_of(st.none(), st.floats(0, 1)),
                by_hand=st.sampled_from([None, "jazz", "Soul"]),
                error=st.sampled_from([None, FAILED.error]),
            ),
        )
    )
)
def test_the_parts_sum_to_the_whole(summaries: list[Summary | None]) -> None:
    counted = gather_statistics(iter(rows(*summaries)), LABELS)
    assert counted.n_tracks == len(summaries)
    assert counted.n_named == sum(n for _, n in counted.genre_counts)
    assert sum(counted.named_bins) + sum(counted.unsure_bins) <= len(summaries)


def test_a_track_counts_for_each_of_its_styles() -> None:
    counted = gather_statistics(
        rows(
            Summary("jazz", 0.9, styles=("swing", "latin")),
            Summary(UNSURE, 0.3, styles=("latin",)),
            Summary("rock", 0.9, by_hand="jazz", styles=("indie",)),
            None,
        ),
        LABELS,
    )
    assert counted.style_counts == (("latin", 2), ("indie", 1), ("swing", 1))
