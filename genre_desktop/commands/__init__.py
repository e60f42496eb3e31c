"""The subcommands of the command line, one module each. No Qt.

A module has ``summary()``, ``add_arguments(parser)`` and ``run(arguments, console)``, which
returns the exit status. No module imports a heavy library before `run`.
"""
