"""Decoding sound files to blocks of samples."""
