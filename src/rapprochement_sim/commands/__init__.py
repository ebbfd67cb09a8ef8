"""The commands of the command line, one a module, each with a ``command``.

A module imports what it needs when its command runs, so that ``--help`` stays fast.
"""
