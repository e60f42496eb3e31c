from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from genre_desktop.core import locations
from genre_desktop.core.third_party import Part
from genre_desktop.gui.help import about_task
from genre_desktop.gui.help.about_task import FindModels, LicenceRead, ModelsFound, ReadLicence, make_about_task
from tests.gui.conftest import make_bundle


def test_finding_versions_imports_nothing_heavy() -> None:
    code = (
        "import sys; from genre_desktop.gui.help.about_task import FindParts, make_about_task;"
        "make_about_task(list)(FindParts(), None);"
        "print({'tensorflow', 'keras', 'librosa', 'scipy'} & set(sys.modules))"
    )
    root = Path(about_task.__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_licence_texts_that_are_missing_or_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"caf\xe9 licence\n")
    (tmp_path / "two").write_bytes(b"second\n")
    read = make_about_task(list)

    def text_of(*texts: Path, licence: str = "MIT") -> str:
        answer = read(ReadLicence(Part("x", "1", licence, texts)), None)  # type: ignore[arg-type]
        assert isinstance(answer, LicenceRead)
        return answer.text

    assert text_of(tmp_path / "one") == "caf\ufffd licence"
    both = text_of(tmp_path / "one", tmp_path / "two")
    assert both.index("one") < both.index("caf") < both.index("two") < both.index("second")
    assert "cannot be read" in text_of(tmp_path / "gone")
    assert "Licence: MIT" in text_of() and "without the wording" in text_of()
    assert "Licence: not stated" in text_of(licence="")


def test_the_own_licence_may_be_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert about_task.own_part().texts
    monkeypatch.setattr(locations, "resources", lambda: tmp_path / "resources")
    assert about_task.own_part().texts == ()


def test_licences_of_a_megabyte_are_shown_in_part() -> None:
    bundle = make_bundle()
    card = {**bundle.card, "licences": {f"part {n}": "so\n" * 6_000 for n in range(50)}, "sources": ["a" * 20_000]}
    answer = make_about_task(lambda: [bundle, replace(bundle, card=card)])
    found = answer(FindModels(), None)  # type: ignore[arg-type]
    assert isinstance(found, ModelsFound)
    short, long = found.models
    assert "card.json" not in short.text
    assert long.text.startswith("part 0: so\nso\n") and len(long.text) < 5_000
    assert long.text.endswith(f"The rest stands in {bundle.path / 'card.json'}.")
