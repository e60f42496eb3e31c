from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from genre_desktop.__main__ import main
from genre_desktop.commands import selfcheck
from genre_desktop.commands.selfcheck import Finding, all_checks
from genre_desktop.core import locations
from genre_desktop.core.errors import BundleHashError
from genre_desktop.model import processor
from genre_desktop.model.bundles.bundle import ModelBundle, read_bundle
from genre_desktop.model.predictor import Predictor
from genre_desktop.model.processor import ProcessorPath
from tests.conftest import REPOSITORY
from tests.support.odd_files import music, write_sound


def shipped_bundle(name: str) -> ModelBundle:
    return read_bundle(REPOSITORY / "resources" / "models" / name)


def test_every_container_is_decoded() -> None:
    findings = list(selfcheck._containers())
    decoding = {finding.title.split()[-1]: finding for finding in findings if finding.title.startswith("decoding")}
    assert set(decoding) == {"wav", "aiff", "au", "flac", "ogg", "opus", "mp3", "m4a", "wma"}
    assert {finding.state for finding in findings} == {"ok"}


def test_a_decoder_that_drops_half_is_a_failure(tmp_path: Path) -> None:
    half = music(2.0, 44_100, 2)
    (finding,) = selfcheck._check_decoding(tmp_path / "x.wav", lambda: write_sound(tmp_path / "x.wav", half, 44_100))
    assert (finding.state, finding.detail) == ("failure", "2.0 s were read, 4.0 s expected")
    (finding,) = selfcheck._check_decoding(tmp_path / "y.wav", (tmp_path / "y.wav").touch)
    assert finding.state == "failure" and finding.detail.startswith("GD-104")


def test_a_format_that_cannot_be_made_is_no_failure(tmp_path: Path) -> None:
    def write() -> None:
        raise OSError("no encoder")

    (finding,) = selfcheck._check_decoding(tmp_path / "x.wma", write)
    assert finding.state == "warning" and "no encoder" in finding.detail


def test_folders(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {finding.state for finding in selfcheck._folders()} == {"ok"}
    assert (home / "data").is_dir()
    (home / "blocked").touch()
    monkeypatch.setenv("GENRE_DESKTOP_HOME", str(home / "blocked"))
    findings = list(selfcheck._folders())
    assert {finding.state for finding in findings} == {"warning"}
    assert all("GENRE_DESKTOP_HOME" in finding.detail for finding in findings)


@pytest.mark.skipif(sys.platform == "win32", reason="a limit of POSIX systems")
def test_a_full_disk_has_room_for_empty_files_only(home: Path) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        findings = list(selfcheck._folders())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [finding.state for finding in findings] == ["warning"] * 4


@pytest.fixture
def keras(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Keras that is loaded at once."""
    fake = SimpleNamespace(__version__="3.0", backend=SimpleNamespace(backend=lambda: "numpy"))
    monkeypatch.setitem(sys.modules, "keras", fake)


def test_the_model_classifies_a_clip(
    jazz_model: ModelBundle, keras: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = write_sound(tmp_path / "clip.wav", music(8.0))
    monkeypatch.setattr(locations, "demo_clips", lambda: clip.parent)
    findings = list(selfcheck._model())
    assert [finding.state for finding in findings] == ["ok"] * 4
    assert findings[1].detail.startswith("Keras 3.0, numpy")
    assert findings[3].detail == "clip.wav: jazz"
    clip.unlink()
    assert list(selfcheck._model())[-1].state == "warning"


@pytest.fixture
def speed(jazz_model: ModelBundle, monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], Finding]:
    """What is said of a network that takes 5 ms, with or without oneDNN."""

    def find(onednn: bool) -> Finding:
        monkeypatch.setattr(processor, "processor_path", lambda: ProcessorPath(onednn, "AVX2"))
        monkeypatch.setattr(processor, "milliseconds_a_patch", lambda predictor, batch: 5.04)
        return selfcheck._measure_speed(Predictor.load(jazz_model))

    return find


def test_the_instructions_and_the_speed_of_the_model_are_found(speed: Callable[[bool], Finding]) -> None:
    found = speed(True)
    assert (found.state, found.detail) == ("ok", "AVX2, oneDNN on; 5.0 ms a patch, 16 at a time")
    expected = {"onednn": True, "instructions": "AVX2", "batch": 16, "ms_per_patch": 5.04}
    assert {name: found.figures[name] for name in expected} == expected


def test_onednn_switched_off_by_a_person_is_a_warning(
    speed: Callable[[bool], Finding], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "0")
    found = speed(False)
    assert found.state == "warning" and "TF_ENABLE_ONEDNN_OPTS is set to 0" in found.detail
    assert not found.figures["onednn"]
    monkeypatch.setenv("TF_ENABLE_ONEDNN_OPTS", "1")
    assert speed(False).state == "ok", "a build of TensorFlow that has none"


def test_a_model_that_does_not_load(jazz_model: ModelBundle, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(bundle: ModelBundle) -> None:
        raise BundleHashError(path=bundle.path, received="a", expected="b")

    monkeypatch.setattr(Predictor, "load", load)
    assert list(selfcheck._model())[-1].detail.startswith("GD-203")


@pytest.mark.parametrize("agrees", [True, False])
def test_numpy_is_compared_with_keras(monkeypatch: pytest.MonkeyPatch, agrees: bool) -> None:
    monkeypatch.setattr("genre_desktop.model.predictor.numpy_agrees", lambda _bundle: agrees)
    monkeypatch.setattr(selfcheck, "_keras_versions", lambda: "Keras 3.0, numpy 2.0")
    found = selfcheck._compare_with_keras(shipped_bundle("gtzan-cnn"))
    assert found.state == ("ok" if agrees else "failure") and found.detail.startswith("Keras 3.0, numpy 2.0")


def test_keras_that_does_not_load_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def compare(_bundle: ModelBundle) -> bool:
        raise ImportError("no TensorFlow here")

    monkeypatch.setattr("genre_desktop.model.predictor.numpy_agrees", compare)
    found = selfcheck._compare_with_keras(shipped_bundle("gtzan-cnn"))
    assert (found.state, found.detail) == ("failure", "no TensorFlow here")


def test_a_shipped_model_is_computed_by_numpy() -> None:
    found = selfcheck._measure_speed(Predictor.load(shipped_bundle("gtzan-cnn")))
    assert found.state == "ok" and found.detail.startswith("NumPy on one processor; ")
    assert found.figures["library"] == "NumPy" and not found.figures["onednn"]


def test_no_model() -> None:
    (finding,) = selfcheck._model()
    assert finding.state == "failure" and finding.detail.startswith("GD-201")


def test_missing_portaudio_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    (finding,) = selfcheck._sound_devices()
    assert finding.state == "warning" and "libportaudio2" in finding.detail


def test_sound_devices_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    devices = [{"max_output_channels": 2, "max_input_channels": 0}, {"max_output_channels": 2, "max_input_channels": 1}]
    monkeypatch.setitem(sys.modules, "sounddevice", SimpleNamespace(query_devices=lambda: devices))
    (finding,) = selfcheck._sound_devices()
    assert (finding.state, finding.detail) == ("ok", "2 for playback, 1 for recording")


def test_window(monkeypatch: pytest.MonkeyPatch) -> None:
    (finding,) = selfcheck._window()
    assert finding.state == "ok" and finding.detail.endswith("platform offscreen")
    monkeypatch.setitem(sys.modules, "PySide6.QtWidgets", None)
    (finding,) = selfcheck._window()
    assert finding.state == "warning" and "libegl1" in finding.detail


def test_missing_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selfcheck, "_PACKAGES", ("numpy", "nonesuch_package"))
    found, missing = selfcheck._packages()
    assert found.state == "ok" and found.detail.startswith("numpy ")
    assert missing.state == "failure" and "nonesuch_package" in missing.detail


def test_a_check_that_breaks_off_is_a_failure_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> Iterator[Finding]:
        yield Finding("ok", "half", "")
        raise RuntimeError("oh")

    for name in ("_packages", "_folders", "_model", "_sound_devices", "_window"):
        monkeypatch.setattr(selfcheck, name, lambda: iter(()))
    monkeypatch.setattr(selfcheck, "_containers", broken)
    findings = list(all_checks())
    assert [finding.state for finding in findings] == ["ok", "ok", "ok", "failure"]
    assert findings[-1].detail == "RuntimeError: oh"


@pytest.mark.parametrize(("state", "status"), [("ok", 0), ("warning", 0), ("failure", 1)])
def test_status(state: str, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    finding = Finding(state, "thing", "detail")  # type: ignore[arg-type]
    monkeypatch.setattr(selfcheck, "all_checks", lambda: iter([finding]))
    assert main(["check"]) == status
    out, err = capsys.readouterr()
    assert out.split() == [state, "thing:", "detail"] and err.endswith(".\n")


@pytest.mark.parametrize(("state", "status"), [("warning", 0), ("failure", 1)])
def test_json(state: str, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    finding = Finding(state, "thing", "détail", {"ms_per_patch": 5.0})  # type: ignore[arg-type]
    monkeypatch.setattr(selfcheck, "all_checks", lambda: iter([Finding("ok", "other", ""), finding]))
    assert main(["check", "--json"]) == status
    (line,) = capsys.readouterr().out.splitlines()
    assert line.isascii()
    said = json.loads(line)
    assert said["ok"] is (status == 0)
    expected = {"state": state, "title": "thing", "detail": "détail", "figures": {"ms_per_patch": 5.0}}
    assert said["checks"][1] == expected


def test_json_of_a_data_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for genre in ("blues", "jazz"):
        (tmp_path / genre).mkdir()
        write_sound(tmp_path / genre / "one.wav", music(4.0))
    status = main(["check", str(tmp_path), "--json"])
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {"ok", "summary", "findings"}
    assert said["ok"] is (status == 0) is (said["findings"] == [])
