"""The full-screen face of the game. Draws a seat's briefing; knows no rule.

How it is built, and how to add a screen: ``README.md`` beside this file.
"""
