"""The pages of a class over HTTP: no rule and no arithmetic is here."""
