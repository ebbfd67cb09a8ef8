"""Two thousand runs in blocks of odd sizes: every run the same bits as in even ones."""

import numpy as np
import pytest

from rapprochement_sim.model import RapprochementModel
from tests.laws.worlds import play, shipped
from tests.soak.shares import share_of

pytestmark = pytest.mark.soak

N_RUNS = share_of(2000)


def _digests(sizes: list[int]) -> list[str]:
    digests: list[str] = []
    first = 0
    while first < N_RUNS:
        last = min(first + sizes[len(digests) % len(sizes)], N_RUNS)
        model = RapprochementModel(shipped(), root_seed=5, runs=range(first, last), collect=False)
        play(model)
        digests += [model.state.digest(lane) for lane in range(last - first)]
        first = last
    return digests


def test_two_thousand_runs_do_not_depend_on_their_blocks() -> None:
    sizes = np.random.Philox(1).random_raw(97) % 126 + 2
    assert _digests([128]) == _digests([int(size) for size in sizes])
