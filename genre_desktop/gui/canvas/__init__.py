"""Waveform, spectrogram and timeline of a track."""
