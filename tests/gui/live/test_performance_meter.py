from __future__ import annotations

from genre_desktop.gui.live.performance_meter import LivePerformance, PerformanceMeter


def test_the_worst_latency_is_that_of_the_last_minute() -> None:
    meter = PerformanceMeter()
    assert meter.performance == LivePerformance()
    meter.add_answer(0.9, 0.1)
    meter.add_answer(0.4, 0.2)
    assert meter.performance == LivePerformance(0.2, 0.4, 0.9)
    for _ in range(119):  # two answers a second
        meter.add_answer(0.5, 0.2)
    assert meter.performance.worst_latency_s == 0.5


def test_lost_sound_is_counted_beside_the_answers_and_a_reset_clears_all() -> None:
    meter = PerformanceMeter()
    meter.set_overflows(2)
    meter.add_answer(0.3, None)
    assert meter.performance == LivePerformance(None, 0.3, 0.3, 2)
    meter.reset()
    assert meter.performance == LivePerformance()
    meter.add_answer(0.1, None)
    assert meter.performance.worst_latency_s == 0.1
