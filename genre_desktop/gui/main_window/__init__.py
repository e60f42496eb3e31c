"""The main window: panes, job bar, commands."""
