"""Playback of a track on an output device, in a process of its own."""
