"""What every test shares. Fixtures for one family of tests belong beside that family."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from rapprochement_sim.naming import REAL, wear

# A loaded machine is slow now and then; a law is not broken by that.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


@pytest.fixture(autouse=True)
def _own_names_afterwards() -> Iterator[None]:
    """Let no test leave a skin on: it is worn by the whole process."""
    yield
    wear(REAL)
