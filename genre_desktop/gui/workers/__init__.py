"""Work beside the GUI thread: threads and child processes."""
