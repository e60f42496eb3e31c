"""Checks of the command line of the packaged program."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from genre_desktop import __version__
from genre_desktop.core.third_party import INDEX_NAME, read_index
from smoke import music
from smoke.journal import Journal, demand
from smoke.sandbox import Sandbox


def check_start(sandbox: Sandbox, journal: Journal) -> None:
    """Check that the program starts, knows its version and finds all of its parts."""
    with journal.step("genre-desktop --version") as step:
        sandbox.run("--version")  # from the disk
        done = sandbox.run("--version")
        demand(done.output == f"genre-desktop {__version__}\n", f"it says {done.output!r}")
        demand(done.problems == "", f"it complains: {done.problems}")
        step.note(f"{done.seconds:.2f} s")
        journal.figure("genre-desktop --version", f"{done.seconds:.2f} s")
    with journal.step("genre-desktop check"):
        done = sandbox.run("check")
        bad = [line for line in done.output.splitlines() if not line.startswith(("ok ", "All is well"))]
        # Neither a sound card nor, here, a screen.
        unexpected = [line for line in bad if not line.startswith(("warning  sound devices", "warning  window"))]
        demand(not unexpected, "\n".join(unexpected))
    with journal.step("the default network needs no TensorFlow") as step:
        done = sandbox.run("check", "--json")
        (speed,) = [each["figures"] for each in json.loads(done.output)["checks"] if "library" in each["figures"]]
        demand(speed["library"] == "NumPy", f"NumPy does not compute it: {speed}")
        step.note(f"{speed['ms_per_patch']} ms a patch")
    with journal.step("it leaves others their libraries"):
        # Qt's variables are PyInstaller's, and would reach the file manager that the program opens.
        said = sandbox.run("check", "--diagnostics").output
        demand("KERAS_BACKEND=" in said and "QT_PLUGIN_PATH" not in said, said[:2000])
    with journal.step("licences of all parts") as step:
        step.note(f"{check_licences(sandbox.program)} parts")
    with journal.step("genre-desktop models list") as step:
        done = sandbox.run("models", "list")
        names = [name for name in ("gtzan-musicnn", "gtzan-cnn") if name in done.output]
        demand(len(names) == 2, f"the shipped models are not all there:\n{done.output}")
        step.note(", ".join(names))


def check_licences(program: Path) -> int:
    """Check that the package has its licence and that of each part; gives the number of parts."""
    demand((program / "LICENSE").is_file(), "there is no LICENSE")
    licences = program / "_internal" / "licences"
    index = licences / INDEX_NAME
    demand(index.is_file(), "there is no list of parts with their licences")
    parts = read_index(index)
    bare = [part.name for part in parts if not part.texts or not all(text.is_file() for text in part.texts)]
    demand(not bare, f"the wording of the licence is missing of {', '.join(bare)}")
    demand({"FFmpeg", "Qt", "Genre Desktop"} <= {part.name for part in parts}, "there are parts that are not listed")
    return len(parts)


def check_classify(sandbox: Sandbox, journal: Journal) -> None:
    """Check that files of all formats get a genre, and odd ones an error."""
    good = sandbox.music / "gute Stücke"
    paths = music.write_good(good)
    odd = sandbox.music / "odd ones"
    expected = music.write_odd(odd)
    sandbox.give_to_user(sandbox.music)
    with journal.step(f"classify {len(paths)} files ({', '.join(music.FORMATS)})") as step:
        done = sandbox.run("classify", str(good), "--json")
        records = _records(done.output)
        wrong = [record for record in records if record["status"] != "ok"]
        demand(len(records) == len(paths) and not wrong, f"{len(records)} records, not all well: {wrong[:3]}")
        step.note(f"{len(paths) / done.seconds:.1f} files/s, start and model included")
        first_s = done.seconds
    with journal.step("classify them again, known by now"):
        again = sandbox.run("classify", str(good), "--json")
        demand(_genres(again.output) == _genres(done.output), "other genres than the first time")
    with journal.step("classify them with the other model, afresh") as step:
        done = sandbox.run("classify", str(good), "--json", "--no-cache", "--model", "gtzan-cnn")
        demand(len(_records(done.output)) == len(paths), done.output[-500:])
        step.note(f"{len(paths) / done.seconds:.1f} files/s, start and model included")
    journal.figure(
        "classify (12 s each), start and model included",
        f"{len(paths)} files in {first_s:.1f} s, {len(paths) / first_s:.1f} files/s",
    )
    with journal.step(f"classify {len(expected)} odd files") as step:
        done = sandbox.run("classify", str(odd), "--json", expected=1)
        found = {Path(record["path"]).name: record for record in _records(done.output)}
        for name, code in expected.items():
            record = found.get(name) or found.get(name.encode("utf-8", "backslashreplace").decode())
            demand(record is not None, f"nothing is said of {name!a}; there are {list(found)}")
            assert record is not None
            said = json.dumps(record)
            demand(code in said if code else record["status"] in ("ok", "partial"), f"{name!a}: {said[:400]}")
        step.note("each with its own error, none of them the end")
    with journal.step("live --input FILE (a reading process)"):
        done = sandbox.run("live", "--input", str(paths[0]), "--json", "--seconds", "6")
        demand(len(_records(done.output)) >= 4, f"too few answers: {done.output[-500:]} {done.problems[-500:]}")


def check_training(sandbox: Sandbox, journal: Journal) -> None:
    """Check that two models are trained on small folders, evaluated, and used."""
    data = music.write_data_set(sandbox.music / "my genres")
    sandbox.give_to_user(data)
    song = music.write(sandbox.music / "new song.flac", hz=120.0)
    sandbox.give_to_user(song)
    for recipe, options in (("musicnn", ()), ("cnn", ("--epochs", "1"))):
        model = sandbox.home / f"my {recipe}"
        with journal.step(f"train --recipe {recipe} {' '.join(options)}".rstrip()):
            arguments = ("train", str(data), "--out", str(model), "--recipe", recipe, *options)
            done = sandbox.run(*arguments, "--artists", str(data / "artists.tsv"), "--split", "artist")
            demand((model / "card.json").is_file(), f"no model was made:\n{done.output[-800:]}")
        with journal.step(f"classify with the new {recipe} model") as step:
            record = _records(sandbox.run("classify", str(song), "--json", "--model", str(model)).output)[0]
            demand(record["status"] == "ok", f"{record}")
            step.note(str(record.get("genre")))
    with journal.step("evaluate --report, models import, models list"):
        report = sandbox.home / "report"
        sandbox.run("evaluate", str(sandbox.home / "my musicnn"), str(data), "--report", str(report))
        demand(any(report.rglob("*.png")), f"no picture in the report: {sorted(report.rglob('*'))}")
        sandbox.run("models", "import", str(sandbox.home / "my musicnn"))
        demand("my musicnn" in sandbox.run("models", "list").output, "the imported model is not listed")


def _records(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def _genres(output: str) -> dict[str, Any]:
    return {record["path"]: record.get("genre") for record in _records(output)}
