"""Sound with a known answer, made by code: no music at all, music-like pieces, degraded music."""
