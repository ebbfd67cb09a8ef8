"""A class plays together: its log, its worlds, and the pages on which people see them."""
