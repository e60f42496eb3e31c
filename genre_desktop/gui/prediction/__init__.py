"""The panel with the genre of a track."""
