"""The plain face: the whole game line by line, 80 columns, no colour."""
