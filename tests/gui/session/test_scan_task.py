"""Finding sound files, on a worker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QUrl

from genre_desktop.core.errors import NothingFoundError
from genre_desktop.gui.session.scan_task import PathsFound, ScanRequest, ScanTask
from genre_desktop.gui.session.services import Services
from tests.gui.conftest import MakeSound, changed
from tests.gui.support.task_context import RecordingContext


def test_dropped_urls_and_paths_are_scanned_and_counted(
    services: Services, make_sound: MakeSound, tmp_path: Path
) -> None:
    first, second = make_sound("a.wav", seconds=0.1), make_sound("folder/b.wav", seconds=0.1)
    context, away = RecordingContext(), QUrl("https://example.org/c.wav")
    summary = ScanTask(services)(ScanRequest((first,), (QUrl.fromLocalFile(str(second.parent)), away)), context)
    assert [path for part in context.parts for path in part.paths] == [str(first), str(second)]
    assert summary.tally.n_found == 2 and summary.foreign == (away,)
    assert summary.paths == (first, second.parent)
    assert summary.messages() == ["Only files on this computer can be opened, not https://example.org/c.wav."]


def test_the_first_path_is_reported_alone_and_the_others_in_batches(services: Services) -> None:
    def scan(_paths: object, **_options: object) -> Iterator[Path]:
        yield from (Path(f"/music/{n}.wav").absolute() for n in range(500))

    context = RecordingContext()
    ScanTask(changed(services, scan=scan))(ScanRequest((Path("/music"),)), context)
    first, *others = context.parts
    assert isinstance(first, PathsFound) and first.is_first and len(first.paths) == 1
    assert others and not any(part.is_first for part in others)
    assert max(len(part.paths) for part in others) <= 200
    assert sum(len(part.paths) for part in context.parts) == 500


def test_a_folder_without_sound_is_told(services: Services, tmp_path: Path) -> None:
    context = RecordingContext()
    summary = ScanTask(services)(ScanRequest((tmp_path,)), context)
    assert context.parts == []
    (message,) = summary.messages()
    assert str(tmp_path) in message
    assert message.startswith(NothingFoundError(path=str(tmp_path), endings="").message.partition(str(tmp_path))[0])


def test_a_playlist_that_lists_nothing_is_told(services: Services, tmp_path: Path) -> None:
    playlist = tmp_path / "mix.m3u8"
    playlist.touch()
    summary = ScanTask(services)(ScanRequest((playlist,)), RecordingContext())
    (message,) = summary.messages()
    assert str(playlist) in message and "lists no file" in message
