from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import MappingProxyType

import pytest

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core.errors import (
    AudioEmptyError,
    AudioIsFolderError,
    DamagedAudioError,
    ExportTargetError,
    InternalError,
)
from genre_desktop.library.analysis.statistics import gather_statistics
from genre_desktop.library.export import html_report as page_module
from genre_desktop.library.export.html_charts import MAX_BARS, confidence_chart, genre_chart
from genre_desktop.library.export.html_report import report_page, write_report
from genre_desktop.library.result import FileFacts, Summary
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE

FIGURES = {"accuracy": 0.82, "accuracy_ci95": [0.75, 0.89], "n_tracks": 443, "leaking": False}
CARD = {"name": "m<odel>", "labels": ["jazz", "metal", "rock"], "metrics": {"artist": FIGURES}}
BUNDLE = ModelBundle(Path("m"), MappingProxyType(CARD), FeatureConfig())

Row = tuple[str, Summary | None]


def facts(title: str, *genres: str) -> FileFacts:
    return FileFacts(1, 1, "i", title, "Miles & Co", "Kind of <Blue>", genres)


def rows() -> list[Row]:
    album: list[Row] = [
        (f"/m/{n}.mp3", Summary("jazz", 0.9, "jazz", "rock", 0.1, 3600.0, facts=facts(f"t{n}", "Jazz")))
        for n in range(4)
    ]
    return [
        *album,
        ("/m/odd.mp3", Summary("metal", 0.6, "metal", facts=facts("<script>alert(1)</script>", "Jazz"))),
        ("/m/caf\udce9.mp3", Summary(UNSURE, 0.3, "rock")),
        ("/m/talk.mp3", Summary(NOT_MUSIC, 0.4, "rock")),
        ("/m/hand.mp3", Summary("jazz", 0.5, "jazz", by_hand="$x$ \\frac{\x07")),
        ("/m/e.mp3", Summary(error=AudioEmptyError(path="/m/e.mp3"))),
        ("/m/waits.mp3", None),
    ]


class Outline(HTMLParser):
    """Which elements there are, properly nested, and the text of each."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs
        if tag != "meta":
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open:
            self.texts.append((self._open[-1], data.strip()))

    def close(self) -> None:
        super().close()
        assert self._open == []


def outline(page: str) -> Outline:
    parsed = Outline()
    parsed.feed(page)
    parsed.close()
    return parsed


def test_the_content_of_the_page() -> None:
    page = report_page(rows(), BUNDLE, date="24 November 2026")
    parsed = outline(page)
    texts = [text for _, text in parsed.texts]
    assert "Genres of 10 tracks" in texts
    assert "24 November 2026, by the model m<odel>" in texts
    assert "It was right on 82 % of 443 tracks by artists it had not learned from (95 % interval 75–89 %)." in texts
    figures = dict(
        zip([t for tag, t in parsed.texts if tag == "dt"], [t for tag, t in parsed.texts if tag == "dd"], strict=True)
    )
    assert figures == {
        "with a genre": "6",
        "unsure": "1",
        "not music": "1",
        "failed": "1",
        "not classified yet": "1",
        "set by hand": "1",
        "hours of sound": "4.0",
        "agree with their tag, where it names one of the model's genres": "4 of 5",
    }
    assert "4 of 5 tracks on Kind of <Blue> by Miles & Co say jazz, one says metal" in texts
    assert "e.mp3 is empty (0 bytes). The copy or download may have failed: get it again." in texts
    assert "<script>alert(1)</script>" in texts
    assert parsed.names.count("svg") == 2
    cells = [text for tag, text in parsed.texts if tag == "td"]
    assert "Files in /m" in texts and "odd.mp3" in cells and "/m/odd.mp3" not in cells
    assert "unsure, closest: rock" in cells
    assert "by hand" in cells and "40 %" not in cells  # what is no music has no genre to be sure of


def test_minutes_and_certainty_are_not_rounded_to_nothing_and_to_all() -> None:
    page = report_page([("/m/a.mp3", Summary("jazz", 0.9965, "jazz", duration_s=90.0))], BUNDLE, date="d")
    assert "<dt>minutes of sound</dt><dd>2</dd>" in page and "hours of sound" not in page
    assert "<td>&gt;99\u00a0%</td>" in page


def test_no_two_parts_of_the_page_have_the_same_id() -> None:
    page = report_page(rows(), BUNDLE, date="d")
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids)) > 10
    assert {link for links in re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', page) for link in links if link} <= set(
        ids
    )


def test_nothing_runs_and_nothing_is_fetched() -> None:
    page = report_page(rows(), BUNDLE, date="d")
    parsed = outline(page)
    assert not {"script", "link", "iframe", "img", "object"} & set(parsed.names)
    assert not [name for name, _ in parsed.attributes if name.startswith("on")]
    links = [value for name, value in parsed.attributes if name in ("href", "xlink:href", "src")]
    assert all(value is not None and value.startswith("#") for value in links)
    assert "default-src 'none'" in page
    assert not re.search(r"url\((?!#)", page) and "@import" not in page
    assert "\x07" not in page


@pytest.mark.parametrize(
    "text", ['"><script>x</script>', "' onload='x", "</title><img src=x onerror=y>", "]]>&\x00\x1b\ufffe"]
)
def test_names_of_a_strangers_model_are_escaped(text: str) -> None:
    bundle = ModelBundle(Path("m"), MappingProxyType({**CARD, "name": text, "labels": [text, "rock"]}), FeatureConfig())
    known = FileFacts(1, 1, "i", text, text, text, (text,))
    some: list[Row] = [
        (f"/m/{text}{n}.mp3", Summary(text, 0.9, text, "rock", 0.1, 60.0, facts=known)) for n in range(4)
    ]
    some.append(("/m/e.mp3", Summary(error=InternalError(reason=text))))
    parsed = outline(report_page(some, bundle, date="d"))
    clean = outline(report_page([(path, replace_all(summary)) for path, summary in some], BUNDLE, date="d"))
    assert set(parsed.names) <= set(clean.names)
    assert {name for name, _ in parsed.attributes} <= {name for name, _ in clean.attributes}


def replace_all(summary: Summary | None) -> Summary | None:
    """The same with harmless names."""
    if summary is None or summary.error is not None:
        return summary
    return Summary("jazz", 0.9, "jazz", "rock", 0.1, 60.0, facts=facts("title", "Jazz"))


def test_light_dark_and_paper() -> None:
    page = report_page(rows(), BUNDLE, date="d")
    assert "prefers-color-scheme: dark" in page and "@media print" in page
    assert "currentColor" in page and "#010203" not in page


def test_a_leaking_figure_is_called_one() -> None:
    card = {**CARD, "metrics": {"patch": {**FIGURES, "leaking": True}}}
    page = report_page(rows(), ModelBundle(Path("m"), card, FeatureConfig()), date="d")
    assert "expect less here" in page
    assert "It was right" not in report_page(
        rows(), ModelBundle(Path("m"), {**CARD, "metrics": {}}, FeatureConfig()), date="d"
    )


@pytest.mark.parametrize("some", [[], [("x", None)], [("x", Summary(error=InternalError(reason="y")))]])
def test_little_makes_a_page_too(some: list[Row]) -> None:
    assert "svg" not in outline(report_page(some, BUNDLE, date="d")).names


def test_limits_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MAX_TRACKS", "MAX_FAILURES", "MAX_GROUPS"):
        monkeypatch.setattr(page_module, name, 2)
    many: list[Row] = [(f"/{album}/{n}", Summary("jazz" if n else "rock", 0.5)) for album in range(3) for n in range(4)]
    many += [(f"e{n}", Summary(error=AudioEmptyError(path=f"e{n}"))) for n in range(3)]
    parsed = outline(report_page(many, BUNDLE, date="d"))
    limits = [text for _, text in parsed.texts if text.startswith("The first")]
    assert limits == ["The first 2 of 3.", "The first 2 of 3.", "The first 2 of 12."]
    assert parsed.names.count("li") == 2 and parsed.names.count("td") == 2 * 3 + 2 * 3, (
        "without the columns of tags, of which there are none"
    )


def test_charts_have_the_names_and_numbers_as_text() -> None:
    summaries: list[Row] = [(str(n), Summary("jazz", 0.9)) for n in range(1234)]
    summaries += [(f"u{n}", Summary(UNSURE, 0.2)) for n in range(3)]
    summaries += [
        (f"g{n}", Summary(None, by_hand=f"genre {n:02} \udcff $a$ " + "long " * 20)) for n in range(MAX_BARS + 4)
    ]
    counted = gather_statistics(summaries, ["jazz"])
    genres = genre_chart(counted)
    assert ">jazz<" in genres and ">1,234<" in genres and ">unsure<" in genres and ">5 more genres<" in genres
    assert "genre 00 ? $a$ long long long…" in genres
    assert "#44aa99" in genres  # jazz, the same everywhere
    assert ">unsure<" in confidence_chart(counted) and ">100 %<" in confidence_chart(counted)
    assert genre_chart(counted) == genres


def test_written_whole_over_an_older_one_only(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(path, iter(rows()), BUNDLE, date="first")
    write_report(path, rows(), BUNDLE, date="second")
    text = path.read_text("utf-8")
    assert "second" in text and "caf\\udce9.mp3" in text
    mine = tmp_path / "mine.html"
    mine.write_text("<!DOCTYPE html><title>My page</title>")
    with pytest.raises(ExportTargetError, match="GD-310"):
        write_report(mine, rows(), BUNDLE, date="d")
    assert mine.read_text().endswith("My page</title>")


def test_the_module_loads_no_matplotlib() -> None:
    code = "import sys, genre_desktop.library.export.html_report; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_warnings_have_a_mark_a_sentence_and_a_section() -> None:
    damage = DamagedAudioError(path="/m/half.mp3", seconds_read=2.0, reason="<the end> is missing")
    note = AudioIsFolderError(path="/m/two.mka", kind="folder")
    page = report_page(
        [
            ("/m/half.mp3", Summary("jazz", 0.9, "jazz", warnings=(damage,))),
            ("/m/two.mka", Summary("jazz", 0.9, "jazz", warnings=(note,))),
            ("/m/whole.mp3", Summary("jazz", 0.9, "jazz")),
        ],
        BUNDLE,
        date="2026",
    )
    outline = Outline()
    outline.feed(page)
    told = [value for name, value in outline.attributes if name == "aria-label"]
    assert told == [f"GD-106: {damage.message}", f"GD-103: {note.message}"]
    assert page.count("\u26a0") == 1 and page.count("\u24d8") == 1
    assert "Files that were read only in part, or with a note" in page and "&lt;the end&gt; is missing" in page
    assert "<dt>read in part</dt><dd>1</dd>" in page
    assert "read in part" not in report_page(rows(), BUNDLE, date="2026")


def test_genres_in_letters_that_the_font_of_the_charts_lacks_are_no_warning() -> None:
    page = report_page([("/m/a.mp3", Summary("jazz", 0.9, "jazz", by_hand="歌謡曲"))], BUNDLE, date="2026-11-30")
    assert "歌謡曲" in page


def test_the_accuracy_of_a_model_that_was_measured_on_few_tracks_says_so() -> None:
    few = {"accuracy": 1.0, "accuracy_ci95": [0.76, 1.0], "n_tracks": 12, "leaking": False}
    bundle = ModelBundle(Path("m"), MappingProxyType({**CARD, "metrics": {"track": few}}), FeatureConfig())
    assert "12 tracks are too few to tell" in report_page(rows(), bundle, date="2026-11-30")
    assert "too few" not in report_page(rows(), BUNDLE, date="2026-11-30")


def test_styles_have_a_column_where_a_track_has_some() -> None:
    assert "Sounds like" not in report_page(rows(), BUNDLE, date="today")
    styled = Summary("jazz", 0.9, "jazz", styles=("swing", "R&B"))
    page = report_page([*rows(), ("/m/new.mp3", styled)], BUNDLE, date="today")
    assert '<th scope="col">Sounds like</th><th scope="col">Tagged</th>' in page
    assert "<td>90\u00a0%</td><td>swing, R&amp;B</td>" in page
    cells = {row.count("<td") for row in page[page.index("Tracks</h2>") :].split("<tr>")[2:]}
    assert cells == {7}
