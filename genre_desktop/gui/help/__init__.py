"""Help, log and about windows."""
