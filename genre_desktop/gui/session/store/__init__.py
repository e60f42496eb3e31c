"""The result store as the window uses it: on a worker."""
