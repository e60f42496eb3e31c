"""What a canvas draws of a track: peaks and spectrogram."""
