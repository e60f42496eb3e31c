from __future__ import annotations

import pytest

from genre_desktop.gui.text import accuracy_text
from genre_desktop.model.bundles.accuracy import Measured, MeasuredAccuracy


def test_accuracy_has_its_interval_or_a_warning_of_a_leak() -> None:
    honest = MeasuredAccuracy(0.57, 0.5, 0.64, 197, "lists", leaking=False)
    line = accuracy_text.accuracy_line(honest)
    assert "57\u00a0%" in line and "197" in line and "50–64\u00a0%" in line
    assert "expect" not in line and "set aside" in accuracy_text.measured_on_line(honest)
    leaking = MeasuredAccuracy(0.95, 0.94, 0.96, 5000, "patch", leaking=True)
    assert "expect less" in accuracy_text.accuracy_line(leaking)


@pytest.mark.parametrize("protocol", ["lists", "artist", "track", "folds", "patch"])
def test_every_protocol_has_words_of_its_own_without_jargon(protocol: str) -> None:
    def line(protocol: str) -> str:
        return accuracy_text.measured_on_line(
            MeasuredAccuracy(0.5, 0.4, 0.6, 99, protocol, leaking=protocol == "patch")
        )

    others = {"lists", "artist", "track", "folds", "patch"} - {protocol}
    assert "99 " in line(protocol) and line(protocol) not in map(line, others)
    assert not any(word in line(protocol).lower() for word in ("protocol", "lists", "fold", "patch", "split"))


def test_coverage_and_calibration_are_sentences() -> None:
    line = accuracy_text.coverage_line(Measured(0.749, 0.661, 0.832), Measured(0.919, 0.874, 0.957))
    assert "75\u00a0% (66–83)" in line and "92\u00a0% (87–96)" in line
    assert accuracy_text.calibration_line(Measured(0.0374, 0.0, 0.0632)) == (
        "Its confidence is off by 3.7 (0–6.3) points on average."
    )
    assert accuracy_text.calibration_line(Measured(0.08)) == "Its confidence is off by 8 points on average."
    assert "3.6 points" in accuracy_text.calibration_chance_line(0.0358)
    assert accuracy_text.share_and_interval(Measured(0.68)) == "68\u00a0%"
