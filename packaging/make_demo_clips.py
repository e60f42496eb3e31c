"""Synthesise the clips of ``resources/demo``, so that anyone can try the program at once.

    python packaging/make_demo_clips.py [FOLDER]

Six short pieces, each written for this project and played by the instruments below: nothing
is sampled from a recording, so nobody else has rights in them. What a model trained on
recordings makes of synthesisers is part of the try-out.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
import soundfile
from synth import (
    RATE,
    Sound,
    Track,
    band,
    bass,
    clap,
    cymbal,
    electric_piano,
    kick,
    organ,
    piano,
    pluck,
    power_chord,
    reed,
    reverb,
    rim,
    rng,
    shape,
    snare,
    strings,
)

BLOCK = 4_096
# Enough for mono at this rate; six clips stay under a megabyte.
VORBIS_COMPRESSION = 0.6


# --- the pieces -------------------------------------------------------------------------


def four_on_the_floor() -> Sound:
    """Disco in A minor, 122 beats a minute."""
    bars, chords = 6, ((57, 60, 64, 67), (62, 66, 69, 72), (55, 59, 62, 66), (60, 64, 67, 71))
    drums, band_, lead = (Track(122, bars * 4) for _ in range(3))
    for beat in range(bars * 4):
        drums.lay(beat, kick(50), 0.95, 0)
        drums.lay(beat + 0.5, cymbal(0.22, 12), 0.4, 0.001)
        for sixteenth in (0, 0.25, 0.75):
            drums.lay(beat + sixteenth, cymbal(0.05, 70), 0.2)
        if beat % 2:
            drums.lay(beat, clap(), 0.55)
            drums.lay(beat, snare(), 0.35)
    for bar in range(bars):
        chord = chords[bar % 4]
        root = chord[0] - 24 if chord[0] > 58 else chord[0] - 12
        for eighth in range(8):
            band_.lay(bar * 4 + eighth / 2, bass(root + 12 * (eighth % 2), 0.2, 1.6, 900), 0.55)
        for sixteenth in (0, 3, 4, 6, 7, 10, 11, 12, 14):
            for note in chord:
                band_.lay(bar * 4 + sixteenth / 4, pluck(note + 12, 0.09, 0.9, 0.97), 0.22)
        for note in chord[1:]:
            lead.lay(bar * 4, strings(note + 12, 1.5, 0.08), 0.13)
        for when, note in ((2.0, chord[2] + 24), (2.75, chord[3] + 24), (3.25, chord[2] + 24)):
            lead.lay(bar * 4 + when, strings(note, 0.3, 0.03), 0.2)
    return drums.samples + band_.samples + reverb(lead.samples, 1.4, 0.5)


def slow_strings() -> Sound:
    """A ground bass as the seventeenth century had them, for strings and piano."""
    beats = 16
    low, high, keys = (Track(72, beats) for _ in range(3))
    ground = ((50, (62, 66, 69)), (45, (61, 64, 69)), (47, (62, 66, 71)), (42, (61, 66, 69)),
              (43, (62, 67, 71)), (38, (62, 66, 69)), (43, (62, 67, 71)), (45, (61, 64, 69)))  # fmt: skip
    melody = ((78, 76), (76, 73), (74, 78), (73, 69), (71, 74), (69, 66), (71, 79), (76, 73))
    for index, (root, chord) in enumerate(ground):
        beat, length = index * 2, 2 * low.beat_s
        low.lay(beat, strings(root, length, 0.2), 0.42, 0.01)
        for note in chord:
            low.lay(beat, strings(note, length, 0.3, 4), 0.2, 0.015)
        for half, note in enumerate(melody[index]):
            high.lay(beat + half, strings(note, length / 2, 0.12), 0.34, 0.012)
        arpeggio = (root + 12, *chord, chord[1] + 12, *reversed(chord))
        for eighth, note in enumerate(arpeggio[:8]):
            keys.lay(beat + eighth / 4, piano(note, 0.9, 0.5), 0.2, 0.01)
    return reverb(low.samples + high.samples + keys.samples, 2.6, 0.75, 4_000)


def heavy_riff() -> Sound:
    """Palm-muted E, double kick, 168 beats a minute."""
    bars = 9
    drums, guitars, low = (Track(168, bars * 4) for _ in range(3))
    gallop = (40, 40, 40, 43, 40, 40, 45, 40, 40, 40, 40, 46, 45, 43, 40, 38)
    for bar in range(bars):
        start = bar * 4
        if bar % 4 == 3:
            for beat, note in ((0, 43), (1, 45), (2, 46), (3, 45)):
                guitars.lay(start + beat, power_chord(note, 0.36, False), 0.34)
                low.lay(start + beat, bass(note - 12, 0.34, 3, 1_800), 0.4)
        else:
            for eighth in range(8):
                note = gallop[(bar % 2) * 8 + eighth]
                muted = note == 40
                guitars.lay(start + eighth / 2, power_chord(note, 0.17 if muted else 0.2, muted), 0.36)
                low.lay(start + eighth / 2, bass(note - 12, 0.17, 3, 1_800), 0.4)
                if muted:
                    guitars.lay(start + eighth / 2 + 0.25, power_chord(note, 0.08, True), 0.3)
        if bar % 2 == 0:
            drums.lay(start, cymbal(1.4, 2.6, 3_500), 0.4)
        for sixteenth in range(16):
            drums.lay(start + sixteenth / 4, kick(58, 0.14, 0.9), 0.9, 0.001)
        for beat in range(4):
            drums.lay(start + beat, cymbal(0.3, 9, 4_000), 0.3)
            if beat % 2:
                drums.lay(start + beat, snare(210, 0.22, 0.9), 1.5)
    return np.tanh(1.3 * (reverb(drums.samples, 0.7, 0.2) + guitars.samples + low.samples))


def walking_bass() -> Sound:
    """A swinging trio and a reed over a blues turnaround, 152 beats a minute."""
    bars = 8
    drums, low, keys, lead = (Track(152, bars * 4, swing=0.64) for _ in range(4))
    walk = ((46, 50, 53, 55), (51, 55, 58, 52), (46, 53, 50, 47), (41, 45, 48, 52),
            (48, 51, 55, 54), (53, 51, 48, 45), (46, 50, 55, 54), (48, 49, 53, 45))  # fmt: skip
    voicings = (
        (56, 62, 67),
        (55, 61, 65),
        (56, 62, 67),
        (57, 63, 67),
        (58, 63, 67),
        (57, 63, 67),
        (56, 62, 65),
        (57, 63, 67),
    )
    line = (
        (0, 77, 0.5), (0.5, 74, 0.4), (1.5, 70, 0.9), (3, 73, 0.4), (3.5, 74, 0.9), (5.5, 68, 0.4), (6, 67, 1.2),
        (8.5, 65, 0.4), (9, 68, 0.4), (9.5, 70, 0.4), (10, 74, 0.8), (11.5, 72, 1.6), (16, 75, 0.4),
        (16.5, 74, 0.4), (17, 72, 0.4), (17.5, 70, 0.9), (19, 69, 0.5), (19.5, 67, 0.4), (20, 65, 1.3),
        (23.5, 68, 0.4), (24, 70, 0.8), (25.5, 74, 0.4), (26, 77, 0.4), (26.5, 75, 0.4), (27, 73, 0.4), (27.5, 70, 2.2),
    )  # fmt: skip
    for bar in range(bars):
        start = bar * 4
        for beat in range(4):
            low.lay(start + beat, bass(walk[bar][beat] - 12, 0.42, 1.0, 500), 0.6, 0.006)
            drums.lay(start + beat, cymbal(0.5, 6, 5_000, 0.12), 0.2, 0.003)
            if beat % 2:
                drums.lay(start + beat + 0.5, cymbal(0.4, 8, 5_000, 0.1), 0.15, 0.003)
                drums.lay(start + beat, cymbal(0.05, 60), 0.2)
        if bar % 3 == 2:
            drums.lay(start + 3.5, snare(200, 0.16, 0.5), 0.18)
        for comp, length in ((0.5, 0.2), (2.5, 0.5)) if bar % 2 else ((0.0, 0.4), (1.5, 0.2)):
            for note in voicings[bar]:
                keys.lay(start + comp, piano(note, length, 0.6), 0.3, 0.006)
    for when, note, length in line:
        lead.lay(when, reed(note, length * lead.beat_s), 0.3, 0.008)
    return reverb(drums.samples + low.samples + keys.samples + lead.samples, 1.1, 0.28)


def off_beat() -> Sound:
    """One drop in G minor, 74 beats a minute."""
    bars = 4
    drums, low, chops = (Track(74, bars * 4, swing=0.55) for _ in range(3))
    chords = ((55, 58, 62), (53, 57, 60), (51, 55, 58), (50, 54, 57))
    lines = ((0, 31), (0.75, 31), (1.5, 34), (2.5, 29), (3, 31), (3.5, 26))
    for bar in range(bars):
        start, chord = bar * 4, chords[bar % 4]
        for eighth in range(8):
            drums.lay(start + eighth / 2, cymbal(0.06, 50), 0.22 if eighth % 2 else 0.14)
        drums.lay(start + 2, kick(52), 0.9)
        drums.lay(start + 2, rim(), 0.6)
        if bar % 2:
            drums.lay(start + 3.5, snare(260, 0.18, 0.4), 0.5)
            drums.lay(start + 3.75, snare(200, 0.18, 0.4), 0.5)
        for beat in range(4):
            for note in chord:
                chops.lay(start + beat + 0.5, pluck(note + 12, 0.11, 0.7, 0.985), 0.5)
                chops.lay(start + beat + 0.5, organ(note + 12, 0.1), 0.24)
                chops.lay(start + beat + 0.25, organ(note, 0.07), 0.07)
                chops.lay(start + beat + 0.75, organ(note, 0.07), 0.07)
        shift = chord[0] - 55
        for when, note in lines:
            low.lay(start + when, bass(note + shift + (12 if note + shift < 28 else 0), 0.5, 1.4, 350), 0.85)
    echo = np.zeros(len(chops.samples))
    delay = round(0.75 * chops.beat_s * RATE)
    for repeat in (1, 2, 3):
        echo[repeat * delay :] += 0.4**repeat * chops.samples[: -repeat * delay]
    return reverb(drums.samples, 0.9, 0.2) + low.samples + reverb(chops.samples + band(echo, 400, 3_000), 1.2, 0.25)


def boom_bap() -> Sound:
    """Sampled-sounding chords and a heavy backbeat, 90 beats a minute."""
    bars = 5
    drums, low, keys = (Track(90, bars * 4, swing=0.58) for _ in range(3))
    chords = ((50, 57, 60, 64, 65), (55, 59, 62, 65, 69), (48, 55, 59, 62, 64), (45, 55, 60, 61, 64))
    for bar in range(bars):
        start, chord = bar * 4, chords[bar % 4]
        for beat in (0, 0.75, 2.5) if bar % 2 else (0, 1.75, 2.5):
            drums.lay(start + beat, kick(46, 0.4, 0.5), 1.1)
            low.lay(start + beat, bass(chord[0] - 12 if chord[0] > 46 else chord[0], 0.5, 2.0, 260), 0.6)
        for beat in (1, 3):
            drums.lay(start + beat, snare(175, 0.3, 1.0), 0.95, 0.006)
            drums.lay(start + beat, clap(), 0.3)
        for eighth in range(8):
            drums.lay(start + eighth / 2, cymbal(0.06, 55), 0.3, 0.006)
        for beat, length in ((0, 1.3), (2.25, 0.4), (3, 0.8)):
            for note in chord[1:]:
                keys.lay(start + beat, electric_piano(note + 12, length), 0.17, 0.01)
        for beat, note in ((1.5, 76), (1.75, 74), (3.5, 72)):
            keys.lay(start + beat, electric_piano(note, 0.3), 0.3)
    dust = rng.standard_normal(len(keys.samples)) * (rng.random(len(keys.samples)) < 0.0006)
    record = band(reverb(keys.samples, 0.8, 0.3), 150, 3_200) + 0.12 * band(dust, 1_500)
    record += 0.003 * rng.standard_normal(len(record))
    return np.tanh(1.2 * (drums.samples + low.samples + record))


PIECES: dict[str, Callable[[], Sound]] = {
    "01 four on the floor": four_on_the_floor,
    "02 slow strings": slow_strings,
    "03 heavy riff": heavy_riff,
    "04 walking bass": walking_bass,
    "05 off-beat": off_beat,
    "06 boom bap": boom_bap,
}


def write_clip(path: Path, sound: Sound) -> None:
    """Write a clip at a common loudness."""
    sound = shape(band(sound, 28), 0.005, 0.5)
    sound = np.tanh(sound * (0.16 / np.sqrt(np.mean(sound**2))))
    sound *= min(1.0, 0.97 / np.max(np.abs(sound)))
    with soundfile.SoundFile(
        path, "w", RATE, 1, format="OGG", subtype="VORBIS", compression_level=VORBIS_COMPRESSION
    ) as file:
        # libvorbis overflows the stack on a long single write.
        for start in range(0, len(sound), BLOCK):
            file.write(sound[start : start + BLOCK])


def main() -> None:
    """Write all clips into a folder."""
    parser = argparse.ArgumentParser(description="Synthesise the demo clips.")
    shipped = Path(__file__).resolve().parent.parent / "resources" / "demo"
    parser.add_argument("folder", nargs="?", type=Path, default=shipped, help="default: %(default)s")
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for name, piece in PIECES.items():
        path = folder / f"{name}.ogg"
        sound = piece()
        write_clip(path, sound)
        print(f"{path.name}: {len(sound) / RATE:.1f} s, {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
