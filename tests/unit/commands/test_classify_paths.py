"""The paths that ``genre-desktop classify`` accepts: files, folders, playlists."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core import locations
from genre_desktop.core.errors import AudioNotFoundError
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.predictor import Predictor

Run = Callable[..., tuple[int, str, str]]


def test_folders_are_walked(run: Run, jazz_model: ModelBundle, song: Path, broken: Path) -> None:
    status, out, err = run(song.parent)
    assert status == 1
    assert out.endswith(f"  {song}\n") and "GD-104" in err and str(broken) in err


def test_what_a_scan_passes_over_is_reported(run: Run, jazz_model: ModelBundle, song: Path) -> None:
    (song.parent / "cover.jpg").touch()
    (song.parent / ".hidden.wav").touch()
    status, out, err = run(song.parent)
    assert status == 0 and out.endswith(f"  {song}\n")
    assert err == "1 found, 2 skipped: 1 file of another kind (.jpg), 1 hidden\n"


def test_a_playlist_is_read(run: Run, jazz_model: ModelBundle, song: Path, tmp_path: Path) -> None:
    playlist = tmp_path / "list.m3u8"
    playlist.write_text(f"#EXTM3U\n{song.name}\nhttp://radio.example/stream\n", "utf-8")
    status, out, err = run(playlist)
    assert status == 0 and out.endswith(f"  {song}\n")
    assert err == "1 found, 1 skipped: 1 on the network\n"


def test_only_missing_paths_need_no_model_to_be_loaded(
    run: Run, jazz_model: ModelBundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Predictor, "load", lambda bundle: pytest.fail("the network was loaded"))
    status, out, err = run(tmp_path / "a.wav", tmp_path / "b.wav", "--json")
    assert status == 2 and "needs quotes" in err
    assert [json.loads(line)["error"]["code"] for line in out.splitlines()] == [AudioNotFoundError.code] * 2


def test_an_address_is_no_path(run: Run, jazz_model: ModelBundle) -> None:
    status, out, err = run("http://radio.example/a.mp3")
    assert (status, out) == (2, "") and err.startswith("GD-115: http://radio.example/a.mp3 is an address")


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX systems")
def test_a_path_that_is_too_long(run: Run, jazz_model: ModelBundle) -> None:
    status, out, err = run("/" + "/".join(["d" * 200] * 30))
    assert (status, out) == (1, "") and err.startswith("GD-114: ")


def test_a_missing_path_beside_a_good_one(run: Run, jazz_model: ModelBundle, song: Path, tmp_path: Path) -> None:
    status, out, err = run(tmp_path / "gone.wav", song)
    assert status == 1 and out.endswith(f"{song}\n") and "GD-101" in err


def test_a_folder_without_sound(run: Run, jazz_model: ModelBundle, tmp_path: Path) -> None:
    status, out, err = run(tmp_path)
    assert (status, out) == (2, "") and err.startswith("GD-301: ") and ".mp3" in err


@pytest.mark.parametrize(
    ("name", "content"),
    [("e.m3u8", ""), ("e.m3u", "#EXTM3U\n# nothing\n\n"), ("e.pls", "[playlist]\n"), ("e.xspf", "<playlist/>")],
)
def test_a_playlist_that_lists_nothing(
    name: str, content: str, run: Run, jazz_model: ModelBundle, song: Path, tmp_path: Path
) -> None:
    playlist = tmp_path / name
    playlist.write_text(content)
    status, out, err = run(playlist)
    assert (status, out) == (2, "") and err.startswith("GD-312: ") and str(playlist) in err
    nested = tmp_path / "nested.m3u8"
    nested.write_text(f"{name}\n")
    status, out, err = run(nested)
    assert (status, out) == (2, "") and str(playlist) in err
    status, out, err = run(song, playlist)
    assert status == 0 and out.endswith(f"  {song}\n") and err.startswith("GD-312: ")


def test_an_empty_folder_beside_a_good_one_is_reported(run: Run, jazz_model: ModelBundle, song: Path) -> None:
    (song.parent / "empty").mkdir()
    status, out, err = run(song.parent, song.parent / "empty", "--json")
    assert status == 0 and len(out.splitlines()) == 1
    assert err.startswith("GD-301: ") and str(song.parent / "empty") in err and len(err.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_folder_and_a_link_to_it_are_one(
    run: Run, jazz_model: ModelBundle, song: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    album = song.parent / "album"
    album.mkdir()
    song.rename(album / "song.wav")
    link = tmp_path_factory.mktemp("links") / "link"
    link.symlink_to(album)
    for paths in ([link, album], [album, link], [link.parent, album], [link, song.parent]):
        status, out, err = run(*paths, "--json")
        assert (status, err) == (0, "") and len(out.splitlines()) == 1
    empty = link.parent / "empty"
    empty.mkdir()
    (link.parent / "link to empty").symlink_to(empty)
    status, out, err = run(link, link.parent / "link to empty", empty)
    assert status == 0 and err.count("GD-301: ") == len(err.splitlines()) == 1


def test_an_unlistable_folder_is_a_failure(
    run: Run, jazz_model: ModelBundle, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (song.parent / "locked").mkdir()
    real = os.scandir

    def scandir(path: Any) -> Any:
        if os.path.basename(path) == "locked":
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    status, out, err = run(song.parent)
    assert status == 1 and out.endswith(f"{song}\n")
    assert "GD-302" in err and "locked" in err


def test_without_a_path_the_demo_clips(
    run: Run, jazz_model: ModelBundle, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locations, "demo_clips", lambda: song.parent)
    status, out, err = run()
    assert status == 0 and out.endswith(f"{song}\n") and "demo clips" in err


def test_names_with_a_leading_dash(
    run: Run, jazz_model: ModelBundle, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    song.rename(song.with_name("-rf.wav"))
    monkeypatch.chdir(song.parent)
    for words in (["--", "-rf.wav"], ["./-rf.wav"], ["--json", "--", "-rf.wav"]):
        status, out, _ = run(*words)
        assert status == 0 and "-rf.wav" in out


def test_an_empty_path_is_not_the_current_folder(run: Run, jazz_model: ModelBundle) -> None:
    status, out, err = run("")
    assert (status, out) == (2, "")
    assert "empty" in err
