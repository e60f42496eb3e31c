"""Windows beside the main window: help, log, about."""
