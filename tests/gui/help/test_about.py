from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from genre_desktop import __version__
from genre_desktop.core import locations
from genre_desktop.core.errors import BundleUnreadableError
from genre_desktop.core.third_party import Part
from genre_desktop.gui.help import about_task as about_facts
from genre_desktop.gui.help.about_dialog import AboutDialog
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.model.bundles.catalogue import list_bundles
from tests.gui.conftest import changed, make_bundle

MakeWindow = Callable[..., MainWindow]


@pytest.fixture
def about(qtbot: QtBot, make_window: MakeWindow, services: Services) -> AboutDialog:
    window = make_window(changed(services, list_bundles=list_bundles), wait_for_plots=False)
    return opened(qtbot, window)


def opened(qtbot: QtBot, window: MainWindow) -> AboutDialog:
    window.actions_.about.trigger()
    found = window.findChild(AboutDialog)
    qtbot.waitUntil(lambda: not found.worker.busy)
    return found


def words(widget: object) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))  # type: ignore[attr-defined]


def test_it_tells_versions_and_the_licence_of_the_whole(about: AboutDialog) -> None:
    text = words(about.versions)
    assert f"Genre Desktop {__version__}" in text
    assert "MIT" in text and "GPL-3.0-or-later" in text and "mutagen" in text
    names = [name for name, _ in about.versions.known]
    assert {"Genre Desktop", "Python", "Qt", "keras", "numpy"} < set(names)
    assert any(name.startswith("tensorflow") for name in names)
    about.copy_versions()
    copied = QGuiApplication.clipboard().text()
    assert copied.splitlines()[0] == f"Genre Desktop {__version__}"
    assert all(f"{name} {version}" in copied for name, version in about.versions.known)


def test_finding_versions_imports_nothing_heavy() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from genre_desktop.gui.help.about_task import FindParts, work;"
        "work(list)(FindParts(), None);"
        "print({'tensorflow', 'keras', 'librosa', 'scipy'} & set(sys.modules))"
    )
    root = Path(about_facts.__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_each_part_shows_its_licence(qtbot: QtBot, about: AboutDialog) -> None:
    parts = about.parts
    assert parts.list.count() > 20
    assert parts.list.item(0).text() == f"Genre Desktop {__version__}"
    qtbot.waitUntil(lambda: "MIT License" in parts.text.toPlainText())
    row = next(row for row in range(parts.list.count()) if parts.list.item(row).text().startswith("mutagen"))
    parts.list.setCurrentRow(row)
    qtbot.waitUntil(lambda: "GENERAL PUBLIC LICENSE" in parts.text.toPlainText())
    assert parts.licence.text() == "GPL-2.0-or-later"
    assert parts.title.text().startswith("mutagen")


def test_models_and_what_their_cards_say(about: AboutDialog) -> None:
    text = words(about.models)
    assert "gtzan-musicnn" in text and "gtzan-cnn" in text
    assert "Universitat Pompeu Fabra" in text and "GTZAN" in text and "carries no licence" in text


def test_texts_that_are_missing_or_odd(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"caf\xe9 licence\n")
    (tmp_path / "two").write_bytes(b"second\n")
    read = about_facts.work(list)

    def text_of(*texts: Path, licence: str = "MIT") -> str:
        news = read(about_facts.ReadTexts(Part("x", "1", licence, texts)), None)  # type: ignore[arg-type]
        assert isinstance(news, about_facts.TextsRead)
        return news.text

    assert text_of(tmp_path / "one") == "caf\ufffd licence"
    both = text_of(tmp_path / "one", tmp_path / "two")
    assert both.index("one") < both.index("caf") < both.index("two") < both.index("second")
    assert "cannot be read" in text_of(tmp_path / "gone")
    assert "Licence: MIT" in text_of() and "without the wording" in text_of()
    assert "Licence: not stated" in text_of(licence="")


def test_the_own_licence_need_not_be_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert about_facts.own_part().texts
    monkeypatch.setattr(locations, "resources", lambda: tmp_path / "resources")
    assert about_facts.own_part().texts == ()


def test_models_that_cannot_be_listed_are_told(qtbot: QtBot, make_window: MakeWindow, services: Services) -> None:
    window = make_window(services, wait_for_plots=False)

    def refuse() -> list[object]:
        raise BundleUnreadableError(path="x", reason="the drive is gone")

    window.help_controller._list_bundles = refuse  # type: ignore[assignment]
    about = opened(qtbot, window)
    assert "the drive is gone" in about.message.text()
    assert about.parts.list.count() > 20, "the rest is there"


def test_it_opens_once_and_leaves_with_the_window(qtbot: QtBot, make_window: MakeWindow, services: Services) -> None:
    window = make_window(services, wait_for_plots=False)
    first = opened(qtbot, window)
    assert opened(qtbot, window) is first
    assert first.minimumSizeHint().height() < 700 and first.width() <= 1280 and first.height() <= 760
    window.close_now()
    assert not first.isVisible()


def test_a_card_of_a_megabyte_about_rights_is_told_in_part() -> None:
    bundle = make_bundle()
    card = {**bundle.card, "licences": {f"part {n}": "so\n" * 6_000 for n in range(50)}, "sources": ["a" * 20_000]}
    answer = about_facts.work(lambda: [bundle, replace(bundle, card=card)])
    found = answer(about_facts.FindModels(), None)  # type: ignore[arg-type]
    assert isinstance(found, about_facts.ModelsFound)
    short, long = found.models
    assert "card.json" not in short.text
    assert long.text.startswith("part 0: so\nso\n") and len(long.text) < 5_000
    assert long.text.endswith(f"The rest stands in {bundle.path / 'card.json'}.")
