"""Genre Desktop: what genre is this music, how sure is the model, and why."""

__version__ = "0.1.0"
