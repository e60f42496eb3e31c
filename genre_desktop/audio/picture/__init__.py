"""Peaks and spectrograms of a track, as a view draws them."""
