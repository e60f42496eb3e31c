"""Labelled tracks: loading, checking, splitting."""
