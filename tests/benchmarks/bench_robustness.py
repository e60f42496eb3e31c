"""What every shipped model makes of signals that are no music, and of degraded music.

    pytest tests/benchmarks/bench_robustness.py

Prints two tables a model and keeps nothing. Settings, as environment variables:

GENRE_DESKTOP_PROBE_CLIPS
    How many recordings are degraded (60), spread evenly over the genres.
GENRE_DESKTOP_PROBE_LIST
    ``valid`` (recordings that the models were not fitted to) or ``train``.
GENRE_DESKTOP_PROBE_SEED
    Which recordings, and the seed of signals and noise (0).
GENRE_DESKTOP_PROBE_SOUNDS
    A folder of further recordings for the gates: ``music``, ``no music``, ``speech in noise``, ``speech over music``.
"""

from __future__ import annotations

import os
from collections import defaultdict
from itertools import chain, islice, zip_longest
from pathlib import Path

import numpy as np
import pytest

from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.bundles.catalogue import find_bundle, list_bundles
from genre_desktop.model.bundles.feature_gate import FeatureGate
from genre_desktop.model.classify_file import classify_file
from genre_desktop.model.prediction import NOT_MUSIC
from genre_desktop.model.predictor import Predictor
from training.datasets.name_list import read_names
from training.robustness.degradations import DEGRADATIONS
from training.robustness.gates import (
    MUSIC_KIND,
    gate_table,
    largest_speech_share,
    made_sounds,
    measure,
    recordings,
    set_limit,
    sound_of,
)
from training.robustness.measure import probe_degradations, probe_signals
from training.robustness.synthetic_music import MUSIC, make_music

SEED = int(os.environ.get("GENRE_DESKTOP_PROBE_SEED", "0"))
N_CLIPS = int(os.environ.get("GENRE_DESKTOP_PROBE_CLIPS", "60"))
LIST = os.environ.get("GENRE_DESKTOP_PROBE_LIST", "valid")

# Minutes are the normal case here, not a test that hangs.
pytestmark = pytest.mark.timeout(7_200)
each_model = pytest.mark.parametrize("bundle", list_bundles(), ids=lambda bundle: bundle.name)


@pytest.fixture(scope="module")
def clips(shared_data: Path) -> list[Path]:
    """A seeded sample, one genre after the other so that each is there as often as it can be."""
    names = set(read_names(shared_data / "gtzan" / "splits" / f"{LIST}_filtered.txt"))
    by_genre: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((shared_data / "gtzan" / "audio").rglob("*.ogg")):
        if path.stem in names:
            by_genre[path.parent.name].append(path)
    rng = np.random.default_rng(SEED)
    for paths in by_genre.values():
        rng.shuffle(paths)  # type: ignore[arg-type]
    spread = chain.from_iterable(zip_longest(*by_genre.values()))
    return list(islice((path for path in spread if path is not None), N_CLIPS))


@each_model
def test_signals_that_are_no_music(bundle: ModelBundle, capsys: pytest.CaptureFixture[str]) -> None:
    answers = probe_signals(Predictor.load(bundle), seed=SEED)
    made = [answer for answer in answers if answer.genre is not None]
    fooled = [answer for answer in made if answer.is_fooled]
    with capsys.disabled():
        print(f"\n\n{bundle.name}: {len(made)} signals that are no music, a genre for {len(fooled)} of them")
        print(f"{'signal':26} {'answer':10} {'nearest':10} {'p':>5}  why")
        for answer in answers:
            p = "" if answer.confidence is None else f"{answer.confidence:.2f}"
            mark = "  <-- a genre" if answer.is_fooled else ""
            why = " ".join(answer.reasons)
            print(
                f"{answer.signal.name:26} {answer.genre or '-':10} {answer.first_genre or '-':10} {p:>5}  {why}{mark}"
            )
    assert made


@each_model
def test_music_is_not_refused(
    bundle: ModelBundle, clips: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import soundfile

    predictor = Predictor.load(bundle)
    refused = [path.stem for path in clips if classify_file(path, predictor).genre == NOT_MUSIC]
    pieces = {}
    for name in MUSIC:
        soundfile.write(tmp_path / "piece.wav", make_music(name, 15.0, 44_100, seed=SEED), 44_100, subtype="FLOAT")
        pieces[name] = classify_file(tmp_path / "piece.wav", predictor)
    with capsys.disabled():
        print(f"\n\n{bundle.name}: {len(refused)} of {len(clips)} recordings ({LIST} list) refused {refused}")
        for name, answer in pieces.items():
            print(f"{name:26} {answer.genre:10} {answer.confidence or 0:.2f}  {' '.join(answer.reasons)}")
    assert clips


def test_gates_side_by_side(clips: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    predictor = Predictor.load(find_bundle("gtzan-musicnn"))
    card, rate = predictor.bundle.card, predictor.bundle.config.sample_rate
    distance = FeatureGate.from_card(card["tagger"]["gate"])
    limits = card["sound_gate"]["least_music"], card["sound_gate"]["most_speech"]
    folder = os.environ.get("GENRE_DESKTOP_PROBE_SOUNDS")
    heard = chain(
        made_sounds(rate, seed=SEED),
        (sound_of(path, MUSIC_KIND, rate) for path in clips),
        recordings(Path(folder), rate) if folder else (),
    )
    measured = [measure(predictor, distance, sound) for sound in heard]
    with capsys.disabled():
        print(f"\n\nsounds that get no genre: before by signal and distance, now by signal and sounds {limits}")
        print("\n".join(gate_table(measured, *limits)))
        print(f"half that sets limits: music {set_limit(measured):.3f}, speech {largest_speech_share(measured):.3f}")
        for one in sorted(measured, key=lambda one: (one.kind, one.name)):
            is_refused = one.refused_now(*limits)
            if is_refused == (one.kind == MUSIC_KIND):
                half = "sets" if one.sets_limits else "reports"
                print(f"wrong: {one.kind:18} {one.name:44} {half:8} music {one.music:.3f} speech {one.speech:.3f}")
    assert measured


@each_model
def test_degraded_music(bundle: ModelBundle, clips: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    kept = probe_degradations(Predictor.load(bundle), clips, seed=SEED)
    with capsys.disabled():
        print(f"\n\n{bundle.name}: recordings ({LIST} list) that keep their most probable genre")
        for degradation in DEGRADATIONS:
            same, n = kept[degradation.name]
            mark = "" if same >= degradation.goal * n else f"  <-- below {degradation.goal:.0%}"
            print(f"{degradation.name:20} {same:4} of {n:4}  {same / max(1, n):6.1%}{mark}")
    assert kept
