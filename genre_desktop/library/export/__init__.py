"""Results as files: tables, playlists, reports, timelines."""
