"""Smoke test of the packaged program, used by somebody who has nothing but its folder.

    python3 run.py package --smoke

Copies the built folder to a path with spaces and letters beyond ASCII, makes it read-only, and runs it as a user
without rights, without Python on the path, in a nearly empty environment: command line, training, and the window on a
virtual screen (Xvfb) with a file that is really dropped.
"""
