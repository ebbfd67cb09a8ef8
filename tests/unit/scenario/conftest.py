from pathlib import Path

import pytest

from rapprochement_sim.scenario.loading import load_rules
from rapprochement_sim.scenario.schema import RuleBook

SMALL = Path(__file__).parent / "small"


@pytest.fixture(scope="session")
def small_rules() -> RuleBook:
    return load_rules(SMALL / "rules")
