from __future__ import annotations

import ast
import pickle
import re
import string
from collections.abc import Iterator
from pathlib import Path

from genre_desktop.core import i18n
from genre_desktop.core.errors import AudioNotFoundError
from genre_desktop.core.i18n import Sentence, english, numeral, set_translator, tr

GERMAN = {
    "{count} tracks": "{count} Titel",
    AudioNotFoundError.template: "Es gibt keine Datei {path}.",
}


def test_english_without_a_translator() -> None:
    assert tr("{count} tracks", count=3) == "3 tracks"


def test_a_text_without_fields_may_hold_braces() -> None:
    assert tr("a {literal} brace") == "a {literal} brace"


def test_values_are_filled_in_after_translation() -> None:
    set_translator(lambda text: GERMAN.get(text, text))
    assert tr("{count} tracks", count=3) == "3 Titel"
    assert tr("Not in the table") == "Not in the table"
    set_translator(None)
    assert tr("{count} tracks", count=3) == "3 tracks"


def test_values_with_braces_stay_what_they_are() -> None:
    assert tr("open {path}", path="{count}") == "open {count}"


def test_errors_speak_the_users_language_but_keep_their_code() -> None:
    error = AudioNotFoundError(path="a.mp3")
    set_translator(lambda text: GERMAN.get(text, text))
    assert str(error) == "GD-101: Es gibt keine Datei a.mp3."


def _german(text: str) -> str:
    return text.translate(str.maketrans(",.", ".,"))


def test_figures_follow_the_language() -> None:
    assert (tr("{x:.1f} of {n:,}", x=1.5, n=12_345), numeral(1234.5, ",.1f")) == ("1.5 of 12,345", "1,234.5")
    set_translator(None, punctuate=_german)
    assert (tr("{x:.1f} of {n:,}", x=1.5, n=12_345), numeral(1234.5, ",.1f")) == ("1,5 of 12.345", "1.234,5")
    assert tr("{name}: {n}", name="a.mp3, 1.5", n=3) == "a.mp3, 1.5: 3", "text is no figure"


def test_a_sentence_from_another_process_is_in_the_language_of_this_one() -> None:
    inner = tr("{count} tracks", count=2)
    sent = pickle.dumps((tr("only {told} ({x:.1f})", told=inner, x=0.5), AudioNotFoundError(path=inner)))
    set_translator(lambda text: GERMAN.get(text, text), punctuate=_german)
    sentence, error = pickle.loads(sent)
    assert sentence == "only 2 Titel (0,5)"
    assert error.message == "Es gibt keine Datei 2 Titel."


def test_files_for_programs_are_english_in_every_language() -> None:
    set_translator(lambda text: GERMAN.get(text, text), punctuate=_german)
    error = AudioNotFoundError(path=tr("{count} tracks", count=2))
    assert error.message == "Es gibt keine Datei 2 Titel."
    assert english(error.message).startswith("There is no file or folder at 2 tracks.")
    assert english(tr("{x:.1f}", x=1.5)) == "1.5" and english("as it is") == "as it is"
    assert english(tr("a {literal} brace")) == "a {literal} brace"


def test_a_sentence_keeps_nothing_alive_but_text_and_numbers() -> None:
    error = ValueError("x")
    sentence = tr("{a} {b} {c}", a=error, b=Path("p"), c=2)
    assert isinstance(sentence, Sentence)
    assert sentence == "x p 2" and sentence.values == {"a": "x", "b": "p", "c": 2}


def _tr_at_import(node: ast.AST) -> Iterator[int]:
    """Lines at which `tr` is called while a module is imported."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            parts: list[ast.AST] = [*child.decorator_list, *child.args.defaults, *filter(None, child.args.kw_defaults)]
        elif isinstance(child, ast.Lambda):
            parts = [*child.args.defaults, *filter(None, child.args.kw_defaults)]
        else:
            parts = [child]
        for part in parts:
            if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == "tr":
                yield part.lineno
            yield from _tr_at_import(part)


def test_nothing_is_translated_before_there_is_a_language() -> None:
    assert list(_tr_at_import(ast.parse("A = {1: tr('a')}\ndef f(x=tr('b')): tr('c')\nB = lambda: tr('d')"))) == [1, 2]
    package = Path(i18n.__file__).parents[1]
    early = [
        f"{path.relative_to(package)}:{line}"
        for path in package.rglob("*.py")
        for line in _tr_at_import(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert early == []


def _calls_of_tr() -> list[tuple[str, ast.Call]]:
    package = Path(i18n.__file__).parents[1]
    found = []
    for path in sorted([*package.rglob("*.py"), *(package.parent / "training").rglob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr":
                found.append((f"{path.relative_to(package.parent)}:{node.lineno}", node))
    return found


def test_every_sentence_is_a_literal_that_a_translator_can_be_given() -> None:
    calls = _calls_of_tr()
    assert calls
    # The message of an error stands in its class; names of genres, tags and columns stand marked in a table.
    tables = ("core/errors", "core/i18n", "core/setting_fields", "model/genre_names", "gui/tracks/columns")
    elsewhere = tuple(f"genre_desktop/{name}.py" for name in tables)
    wrong = [
        place
        for place, call in calls
        if not (call.args and isinstance(call.args[0], ast.Constant)) and not place.startswith(elsewhere)
    ]
    assert wrong == []


def test_reasons_inside_the_messages_of_errors_are_translated_too() -> None:
    package = Path(i18n.__file__).parents[1]
    rooms = [package / name for name in ("audio", "library", "commands")]
    paths = [package / "model" / "bundles" / "catalogue.py", *(path for room in rooms for path in room.rglob("*.py"))]
    assert len(paths) > 80
    literals = [
        f"{path.relative_to(package)}:{node.lineno}"
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id != "InternalError"
        for keyword in node.keywords
        if keyword.arg == "reason" and isinstance(keyword.value, (ast.Constant, ast.JoinedStr))
    ]
    assert literals == []


def test_figures_of_the_window_follow_the_language() -> None:
    gui = Path(i18n.__file__).parents[1] / "gui"
    plain = [
        f"{path.name}:{node.lineno}"
        for path in sorted(gui.rglob("*.py"))
        if path.name != "crash_report.py"  # the diagnostics, in English for developers
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FormattedValue) and isinstance(node.format_spec, ast.JoinedStr)
        if re.search(r",|[fgn%]$", ast.unparse(node.format_spec).strip("f'\""))
        if not ast.unparse(node.format_spec).strip("f'\"").startswith("%")  # a date
    ]
    assert plain == [], "i18n.numeral, or a number in a field of tr, writes decimals and thousands as the language does"


def test_fields_of_a_sentence_are_the_values_it_is_given() -> None:
    for place, call in _calls_of_tr():
        text = call.args[0].value if isinstance(call.args[0], ast.Constant) else None
        names = {keyword.arg for keyword in call.keywords}
        if text is None or not names or None in names:
            continue  # no fields, or they are known at run time only
        # A missing value raises KeyError; one that no field uses would be lost to the reader.
        fields = {field.split(".")[0].split("[")[0] for _, field, _, _ in string.Formatter().parse(text) if field}
        assert fields == names, place
