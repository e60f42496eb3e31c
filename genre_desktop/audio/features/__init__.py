"""Features: from blocks of samples to patches of a log-mel spectrogram."""
