"""Sound that is missing in the middle of a file, measured while the file is read."""
