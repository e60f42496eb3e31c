from __future__ import annotations

from genre_desktop.gui.crash.crash_report import crash_report, window_facts
from genre_desktop.gui.main_window.main_window import MainWindow


def test_the_window_adds_its_screen_model_and_tracks(window: MainWindow) -> None:
    window.session.tracks.add(["/music/a.mp3"])
    facts = dict(window_facts(window))
    assert "platform offscreen" in facts["Qt"]
    assert facts["Window"].startswith(f"{window.width()} x {window.height()}")
    assert facts["Model in use"].startswith("one of the user's") and facts["Model in use"].endswith(", loaded")
    assert facts["Tracks"].startswith("1 (1 ")


def test_names_of_files_are_included_only_on_request(window: MainWindow) -> None:
    trace = "ValueError: /home/anna/Music/Song.mp3"
    assert "anna" not in crash_report(window, trace, with_names=False)
    report = crash_report(window, trace, with_names=True)
    assert trace in report and "Screens" in report
