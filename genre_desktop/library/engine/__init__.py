"""Classifying many files: decoding processes, one network, results."""
