from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.core.errors import GenreNameError
from genre_desktop.core.i18n import set_translator
from tests.support.tones import tone
from training.datasets.audio_folder import list_sound_files
from training.datasets.dataset import require_trainable
from training.datasets.dataset_check import check_dataset
from training.datasets.genre_names import genre_name_problem
from training.datasets.loading import load_dataset
from training.datasets.npz_dataset import read_npz


@pytest.mark.parametrize(
    "name",
    ["unsure", "Unsure", "UNSURE ", "not music", "Not Music", "not_music", "not-music", "notmusic", "ｕｎｓｕｒｅ"],
)
def test_a_genre_called_like_an_answer_of_the_program_is_refused(name: str) -> None:
    problem = genre_name_problem(["jazz", name])
    assert problem is not None and "answer of the program" in problem and "Rename" in problem


def test_the_answers_in_the_language_of_the_window_are_reserved_too() -> None:
    words = {"unsure": "unsicher", "not music": "keine Musik"}
    assert genre_name_problem(["jazz", "Unsicher"]) is None
    set_translator(lambda text: words.get(text, text), language="de")
    for name in ("Unsicher", "keine musik", "unsure"):
        problem = genre_name_problem(["jazz", name])
        assert problem is not None and "answer of the program" in problem


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["Jazz", "jazz"], "spelled alike"),
        (["Rock  Pop", "rock pop"], "spelled alike"),
        (["caf\u00e9", "cafe\u0301"], "spelled alike"),
        (["jazz", "x" * 101], "longer than 100"),
        (["jazz", "  "], "no name"),
        (["jazz", "ro\nck"], "cannot be shown"),
        (["jazz", "\u202ekcor"], "cannot be shown"),
        (["jazz", "caf\udce9"], "cannot be shown"),
        ([f"genre {number}" for number in range(1001)], "at most 1000"),
        (["jazz", "R&B/Soul", "hip-hop", "!!!", "日本", "x" * 100, "unsure of it", "music"], None),
    ],
)
def test_names_that_no_model_can_have(names: list[str], told: str | None) -> None:
    problem = genre_name_problem(names)
    assert problem is None if told is None else told in (problem or "")


def make_folder(folder: Path, *genres: str) -> Path:
    for genre in genres:
        (folder / genre).mkdir(parents=True)
        for number in range(2):
            tone(folder / genre / f"{number}.wav", 440.0 + 10 * number + len(genre))
    return folder


@pytest.mark.parametrize("genre", ["unsure", "Not Music"])
def test_it_is_refused_before_the_features_are_computed(tmp_path: Path, genre: str) -> None:
    folder = make_folder(tmp_path / "music", "jazz", genre)
    told: list[str] = []
    with pytest.raises(GenreNameError, match="Rename that genre"):
        load_dataset(folder, None, None, 0, told.append)
    assert told == []
    assert any("cannot be learned as they are" in line for line in check_dataset(folder))


def test_the_genres_of_a_file_of_spectrograms_are_checked_too(tmp_path: Path) -> None:
    names = np.array([f"{genre}.{number}" for genre in ("jazz", "unsure") for number in range(2)])
    q, vmin_db = np.zeros((4, 128, 200), np.uint8), np.full(4, -80, np.float32)
    np.savez(tmp_path / "mels.npz", q=q, vmin_db=vmin_db, names=names)
    with pytest.raises(GenreNameError):
        require_trainable(read_npz(tmp_path / "mels.npz"))


def test_a_training_passes_over_what_a_scan_passes_over(tmp_path: Path) -> None:
    folder = make_folder(
        tmp_path / "music", "jazz", "rock", "#recycle", "@eaDir", ".hidden", "$RECYCLE.BIN", "__MACOSX"
    )
    for name in ("._0.wav", "@eaDir/0.wav", ".old/0.wav", "#recycle/0.wav"):
        (folder / "jazz" / name).parent.mkdir(exist_ok=True)
        tone(folder / "jazz" / name)
    (folder / "jazz" / "Thumbs.db").write_bytes(b"x" * 500)
    tone(folder / "loose.wav")
    assert [file.name for file in list_sound_files(folder)] == ["jazz/0.wav", "jazz/1.wav", "rock/0.wav", "rock/1.wav"]
    assert not any("recycle" in line for line in check_dataset(folder))


@pytest.mark.skipif(sys.platform == "win32", reason="names of POSIX systems")
def test_a_name_of_other_bytes_is_told_so_that_it_can_be_printed(tmp_path: Path) -> None:
    problem = genre_name_problem(["jazz", "caf\udce9\x1b[2J"])
    assert problem is not None and problem.isprintable()
