"""What the window does, without its widgets."""
