import pytest

import rapprochement_sim
from rapprochement_sim.errors import RapprochementError


def test_every_public_name_loads() -> None:
    for name in rapprochement_sim.__all__:
        assert getattr(rapprochement_sim, name).__name__ == name
        assert name in dir(rapprochement_sim)
    assert rapprochement_sim.RapprochementError is RapprochementError


def test_other_names_are_not_there() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'peace'"):
        _ = rapprochement_sim.peace
