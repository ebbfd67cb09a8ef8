"""What a rule file or a scenario file may say, and reading it from disk."""
