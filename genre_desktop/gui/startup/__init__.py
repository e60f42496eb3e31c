"""From the process to the window on screen."""
