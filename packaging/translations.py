"""The window's sentences in other languages: Qt's files of translations.

    python packaging/translations.py update     take new sentences into the .ts files, drop those that are gone
    python packaging/translations.py release    make the .qm files that the program reads
    python packaging/translations.py check      say what is missing or wrong

The .ts files are edited with Qt Linguist (``pyside6-linguist``) or any editor. Both kinds are
committed: a checkout, an installed package and the packaged program need no tool to start.

Sentences are found here and not by ``lupdate``: it gives a plain ``tr()`` no context, passes by
literals in brackets, and knows nothing of the errors' templates. What the command line says
stays English, as it has no Qt: its rooms are left out.
"""

from __future__ import annotations

import argparse
import ast
import re
import shutil
import string
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
FOLDER = REPOSITORY / "resources" / "translations"
LANGUAGES = ("de", "es")
CONTEXT = "genre_desktop"

# What Qt's own Spanish lacks of the dialogs that the window opens (6.11): the window's file has it too.
QT_GAPS: dict[str, dict[str, dict[str, str]]] = {
    "de": {},
    "es": {"QFileDialog": {"&Look in:": "&Buscar en:", "Files of &type:": "Archivos de &tipo:"}},
}

_PACKAGE = REPOSITORY / "genre_desktop"
_COMMAND_LINE = frozenset({_PACKAGE / "commands", _PACKAGE / "cli.py", _PACKAGE / "__main__.py"})
_NBSP = "\u00a0"


def source_files() -> list[Path]:
    """Modules whose sentences the window may show."""
    return [
        path
        for path in sorted(_PACKAGE.rglob("*.py"))
        if path not in _COMMAND_LINE and path.parent not in _COMMAND_LINE
    ]


def find_sentences() -> dict[str, list[str]]:
    """Every sentence, with the files it stands in, in the order of files and lines."""
    found: dict[str, list[str]] = {}
    for path in source_files():
        name = path.relative_to(REPOSITORY).as_posix()
        literals = sorted(_literals(ast.parse(path.read_text(encoding="utf-8"))), key=lambda each: each[:2])
        for _line, _column, text in literals:
            files = found.setdefault(text, [])
            if name not in files:
                files.append(name)
    return found


def _literals(tree: ast.Module) -> Iterator[tuple[int, int, str]]:
    for node in ast.walk(tree):
        literal: ast.expr | None = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tr", "mark"):
            literal = node.args[0] if node.args else None
        elif isinstance(node, ast.Assign | ast.AnnAssign):  # the sentence of an error's class
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id == "template" for target in targets):
                literal = node.value
        if isinstance(literal, ast.Constant) and isinstance(literal.value, str):
            yield literal.lineno, literal.col_offset, literal.value


# --- .ts files ------------------------------------------------------------------------------


def ts_file(language: str) -> Path:
    """Where the translations into a language are edited."""
    return FOLDER / f"genre-desktop_{language}.ts"


def read_translations(path: Path) -> dict[str, str]:
    """Translations by source text; empty where there is none, or none that is finished."""
    known = {}
    for message in ET.parse(path).iterfind(f"context[name='{CONTEXT}']/message"):
        translation = message.find("translation")
        finished = translation is not None and translation.get("type") is None
        known[message.findtext("source", "")] = (translation.text or "") if translation is not None and finished else ""
    return known


def write_translations(path: Path, language: str, known: Mapping[str, str]) -> None:
    """Write all sentences of now, with the translations that are known."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = _add_context(root, CONTEXT)
    for text, files in find_sentences().items():
        _add_message(context, text, known.get(text, ""), files)
    for name, messages in QT_GAPS[language].items():
        context = _add_context(root, name)
        for text, told in messages.items():
            _add_message(context, text, told)
    ET.indent(root, "    ")
    content = ET.tostring(root, encoding="unicode", short_empty_elements=False).replace(_NBSP, "&#xa0;")
    content = content.replace("></location>", "/>")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{head}{content}\n", encoding="utf-8", newline="\n")


def _add_context(root: ET.Element, name: str) -> ET.Element:
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = name
    return context


def _add_message(context: ET.Element, text: str, told: str, files: Sequence[str] = ()) -> None:
    message = ET.SubElement(context, "message")
    for name in files:  # without lines, which would change with every edit
        ET.SubElement(message, "location", filename=f"../../{name}")
    ET.SubElement(message, "source").text = text
    translation = ET.SubElement(message, "translation")
    if told:
        translation.text = told
    else:
        translation.set("type", "unfinished")


# --- what is wrong --------------------------------------------------------------------------


def find_faults(language: str) -> list[str]:
    """What is missing or wrong in a language's .ts file, a line each."""
    known = read_translations(ts_file(language))
    sentences = find_sentences()
    faults = [f"gone from the program: {text!r}" for text in known if text not in sentences]
    for text in sentences:
        if not known.get(text):
            faults.append(f"not translated: {text!r}")
        else:
            faults += [f"{fault}: {text!r} -> {known[text]!r}" for fault in _faults(text, known[text], language)]
    return faults


def _faults(text: str, told: str, language: str) -> Iterator[str]:
    if fields(text) != fields(told):
        yield "other fields"
    if (n_marks := mnemonics(text)) != mnemonics(told) or n_marks > 1:
        yield "another number of mnemonics"
    if text.endswith("…") != told.endswith("…"):
        yield "an ellipsis more or less"
    if len(text.split()) > 2 and _last(text) != _last(told):  # a shorter one may be abbreviated
        yield "another end of sentence"
    if (text[:1].isspace(), text[-1:].isspace()) != (told[:1].isspace(), told[-1:].isspace()):
        yield "another space at an end"
    if text.count("\n") != told.count("\n"):
        yield "other line breaks"
    if re.search(r"(?<=[\d}]) ?%", told):
        yield "no non-breaking space before the percent sign"
    if re.search(r"[\"'`]", told) and not re.search(r"[\"'`]", text):
        yield "straight quotation marks"
    if language == "de" and re.search(r"\b(Ctrl|Shift|Del)\b", told):
        yield "an English key"
    if language == "es" and (" …" in told or re.search(r"\b(Ctrl|Shift|Del)\b", told)):
        yield "not as Spanish writes it"


def fields(text: str) -> list[tuple[str, str]]:
    """Fields of a sentence with how they are formatted, sorted."""
    try:
        return sorted((name, form or "") for _, name, form, _ in string.Formatter().parse(text) if name is not None)
    except ValueError:  # braces that are none
        return []


def mnemonics(text: str) -> int:
    """How many letters an ampersand marks; two of them stand for the sign itself, one before a space too."""
    return len(re.findall(r"&(?![&\s])", text.replace("&&", "")))


def _last(text: str) -> str:
    return text.rstrip()[-1:] if text.rstrip()[-1:] in ".?!:…" else ""


# --- the command line -----------------------------------------------------------------------


def update() -> None:
    for language in LANGUAGES:
        path = ts_file(language)
        known = read_translations(path) if path.exists() else {}
        write_translations(path, language, known)
        now = read_translations(path)
        n_open = sum(not told for told in now.values())
        print(f"{path.name}: {len(now)} sentences, {n_open} to translate, {len(known.keys() - now.keys())} dropped")


def release(folder: Path = FOLDER) -> None:
    tool = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent))
    if tool is None:
        raise SystemExit("pyside6-lrelease, a part of PySide6-Essentials, is not beside this Python")
    for language in LANGUAGES:
        target = folder / ts_file(language).with_suffix(".qm").name
        # In one step: a window that runs has the file mapped into its memory.
        part = target.with_suffix(".part")
        subprocess.run([tool, str(ts_file(language)), "-qm", str(part)], check=True)
        part.replace(target)


def check() -> int:
    n = 0
    for language in LANGUAGES:
        for fault in find_faults(language):
            print(f"{language}: {fault}")
            n += 1
    print(f"{n} faults" if n else "all sentences are translated")
    return 1 if n else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=("update", "release", "check"))
    what = parser.parse_args().what
    if what == "check":
        return check()
    update() if what == "update" else release()
    return 0


if __name__ == "__main__":
    sys.exit(main())
