"""From folders and playlists to the paths of sound files."""
