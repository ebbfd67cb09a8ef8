"""Playing: a seat at one of the capitals, what it may see, and what it decides."""
