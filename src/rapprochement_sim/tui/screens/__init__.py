"""Screens, one a file. They ask the desk and lay out boards; they compute nothing."""
