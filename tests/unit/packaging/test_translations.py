"""German and Spanish hold every sentence that the window can show."""

from __future__ import annotations

import importlib.util
import re
import string
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]


def _load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", REPOSITORY / "packaging" / "translations.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


translations = _load_tool()
FINISH = "python packaging/translations.py update, translate with Qt Linguist, python packaging/translations.py release"


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_sentence_of_the_window_is_translated_and_none_is_left_over(language: str) -> None:
    assert translations.find_faults(language) == [], FINISH


def test_the_rooms_below_the_window_are_part_of_it_and_the_command_line_is_not() -> None:
    files = {name for names in translations.find_sentences().values() for name in names}
    rooms = {name.split("/")[1] for name in files}
    assert {"audio", "model", "library", "gui", "core"} <= rooms
    assert not rooms & {"commands", "cli.py", "__main__.py"}


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_what_the_program_reads_is_what_the_translators_wrote(language: str) -> None:
    from PySide6.QtCore import QTranslator

    translator = QTranslator()
    assert translator.load(str(translations.ts_file(language).with_suffix(".qm")))
    known = translations.read_translations(translations.ts_file(language))
    stale = [text for text, told in known.items() if translator.translate(translations.CONTEXT, text) != told]
    assert stale == [], FINISH


def test_languages_of_the_settings_are_those_that_are_translated() -> None:
    from genre_desktop.core.settings import LANGUAGES

    assert set(LANGUAGES) == {"en", *translations.LANGUAGES}


@pytest.mark.parametrize(
    ("text", "told", "fault"),
    [
        ("{n:.1f} of {total}", "{n} von {total}", "other fields"),
        ("{n} tracks", "{m} Titel", "other fields"),
        ("&File", "Datei", "another number of mnemonics"),
        ("&File", "&D&atei", "another number of mnemonics"),
        ("Open …", "Öffnen", "an ellipsis more or less"),
        ("It is too quiet.", "Es ist zu leise", "another end of sentence"),
        ("one ", "eins", "another space at an end"),
        ("a\nb", "a b", "other line breaks"),
        ("{n}\u00a0%", "{n} %", "no non-breaking space before the percent sign"),
        ("{n}\u00a0%", "{n}%", "no non-breaking space before the percent sign"),
        ("a “b”", 'a "b"', "straight quotation marks"),
        ("Pause (Ctrl+P)", "Pause (Ctrl+P)", "an English key"),
    ],
)
def test_slips_are_found(text: str, told: str, fault: str) -> None:
    assert fault in list(translations._faults(text, told, "de"))


def test_good_translations_have_no_faults() -> None:
    for text, told in (
        ("&Open {n:.1f}\u00a0% …", "{n:.1f}\u00a0% ö&ffnen …"),
        ("Privacy & Security", "Datenschutz & Sicherheit"),
        ("{share} ({low:.0f}–{high:.0f})", "{high:.0f}–{low:.0f} ({share})"),
        ("● Rec", "● Aufn."),
    ):
        assert list(translations._faults(text, told, "de")) == []


def test_update_keeps_what_is_translated_and_marks_what_is_new(tmp_path: Path) -> None:
    path = tmp_path / "de.ts"
    text = next(iter(translations.find_sentences()))
    translations.write_translations(path, "de", {text: "5\u00a0% <&> fertig", "gone": "weg"})
    known = translations.read_translations(path)
    assert known[text] == "5\u00a0% <&> fertig" and "gone" not in known
    assert set(known) == set(translations.find_sentences()) and sum(map(bool, known.values())) == 1
    content = path.read_text(encoding="utf-8")
    assert "&#xa0;" in content and 'type="unfinished"' in content


def test_release_makes_files_that_qt_reads(tmp_path: Path) -> None:
    from PySide6.QtCore import QTranslator

    translations.release(tmp_path)
    for language in translations.LANGUAGES:
        assert QTranslator().load(str(tmp_path / f"genre-desktop_{language}.qm"))


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_translation_can_be_filled(language: str) -> None:
    for told in translations.read_translations(translations.ts_file(language)).values():
        for _text, name, form, _conversion in string.Formatter().parse(told):
            assert name != "", told
            if form:
                format(0.5, form)


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_the_help_is_translated_page_for_page(language: str) -> None:
    folder = REPOSITORY / "resources" / "help"
    pages = {path.name: path.read_text(encoding="utf-8") for path in (folder / "en").glob("*.md")}
    told = {path.name: path.read_text(encoding="utf-8") for path in (folder / language).glob("*.md")}
    assert pages and told.keys() == pages.keys()
    # What is generated, the links, the headings, the steps and the rows of tables are those of the English page.
    for parts in (r"\{\{\w+\}\}", r"\]\(([\w:-]+)\)", r"^#+ ", r"^\* ", r"^\d\. ", r"^\|"):
        for name, page in pages.items():
            theirs, ours = (sorted(re.findall(parts, text, re.MULTILINE)) for text in (page, told[name]))
            assert theirs == ours, (name, parts)


@pytest.mark.parametrize("language", ["en", *translations.LANGUAGES])
def test_the_help_calls_things_what_the_window_calls_them(language: str) -> None:
    if language == "en":
        names: Iterable[str] = translations.read_translations(translations.ts_file(translations.LANGUAGES[0]))
    else:
        names = translations.read_translations(translations.ts_file(language)).values()
    said = {_plain(text) for text in names}
    for path in (REPOSITORY / "resources" / "help" / language).glob("*.md"):
        page = " ".join(path.read_text(encoding="utf-8").split())
        quoted = re.findall(r"(?<![*\w])\*(?=\S)([^*]+)(?<=\S)\*(?!\*)", page) + re.findall(r"[„«]([^“»]+)[“»]", page)
        for name in quoted:
            assert _plain(name) in said, (path.name, name)


def _plain(text: str) -> str:
    return re.sub(r"&(?=\w)|[●▾…]", "", text).strip().casefold()


def test_the_tool_runs_by_itself() -> None:
    import subprocess

    ended = subprocess.run(
        [sys.executable, str(REPOSITORY / "packaging" / "translations.py"), "check"], capture_output=True, text=True
    )
    assert (ended.returncode, ended.stdout) == (0, "all sentences are translated\n"), ended.stdout
