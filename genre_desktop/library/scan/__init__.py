"""Scan: the paths of sound files in folders and playlists."""
