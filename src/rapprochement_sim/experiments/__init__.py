"""Studies: many runs kept in a folder, and what they say together."""
