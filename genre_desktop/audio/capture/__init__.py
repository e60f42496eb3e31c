"""Capture of sound from an input device, in a process of its own, and recording it."""
