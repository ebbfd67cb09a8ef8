"""A seat of a class elsewhere, played on this computer."""
