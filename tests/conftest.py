"""What every test shares. Fixtures for one family of tests belong beside that family."""

from hypothesis import settings

# A loaded machine is slow now and then; a law is not broken by that.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
