"""Start of the program: from the process to the window on screen."""
