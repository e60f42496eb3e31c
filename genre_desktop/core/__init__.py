"""Basics of all other packages: errors, translation, locations, settings, log, child processes. No sound, model, Qt."""
