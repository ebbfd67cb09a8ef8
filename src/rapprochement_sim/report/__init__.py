"""The report of a game: one HTML file that needs no network and no script, and prints."""
