"""Smoke test of the packaged program, as somebody would use it who has nothing but its folder.

    python3 run.py package --smoke

Copies the built folder to a path with spaces and letters beyond ASCII, takes away the right to write into it,
and uses it as a user without rights, without Python on the path and with an environment that is all but empty:
command line, training, and the window on a screen of its own (Xvfb) with a file that is really dropped.
"""
