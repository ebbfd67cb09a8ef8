"""Updates on known rows: they pull towards what was published, and to nothing else."""

import numpy as np
import pytest

from rapprochement_sim.experiments.effective import read_prior
from rapprochement_sim.experiments.hindcast import Hindcast, hindcast_draws
from rapprochement_sim.experiments.observations import read_observations
from rapprochement_sim.experiments.record import load_record
from rapprochement_sim.experiments.updating import one_step_ahead, updated_draws


@pytest.fixture(scope="module")
def hindcast() -> Hindcast:
    record = load_record()
    rows = [each for each in read_observations().observations if each.month < 58]
    return hindcast_draws(record, rows, n_draws=128, beliefs=read_prior(record.folder))


def rows_of(hindcast: Hindcast, key: str) -> list[int]:
    return [row for row, link in enumerate(hindcast.links) if link.key == key]


def test_without_known_rows_nothing_is_learnt(hindcast: Hindcast) -> None:
    rows = rows_of(hindcast, "genron_eai:seoul>tokyo:unfavourable")
    free = updated_draws(hindcast, [], rows)
    assert np.median(free) == pytest.approx(np.median(hindcast.predicted[rows]), abs=4.0)


def test_a_known_row_pulls_the_next_of_its_series(hindcast: Hindcast) -> None:
    first, second = rows_of(hindcast, "genron_eai:seoul>tokyo:unfavourable")[:2]
    free = updated_draws(hindcast, [], [second])
    told = updated_draws(hindcast, [first], [second])
    surprise = hindcast.values[first] - np.median(updated_draws(hindcast, [], [first]))
    assert told.std() < 0.7 * free.std()
    assert np.sign(np.median(told) - np.median(free)) == np.sign(surprise)


def test_a_level_is_learnt_from_known_rows_alone(hindcast: Hindcast) -> None:
    rows = rows_of(hindcast, "jp_cabinet_office_diplomacy:tokyo>seoul:no_affinity")
    blind = updated_draws(hindcast, [], rows[1:2])
    told = updated_draws(hindcast, rows[:1], rows[1:2])
    assert blind.std() > 20.0
    assert told.std() < 0.4 * blind.std()


def test_one_step_ahead_never_looks_ahead(hindcast: Hindcast) -> None:
    draws = one_step_ahead(hindcast)
    months = np.array([each.month for each in hindcast.observations])
    last = int(months.max())
    asked = np.flatnonzero(months == last)
    known = np.flatnonzero(months < last)
    alone = updated_draws(hindcast, list(known), list(asked))
    assert np.array_equal(draws[asked], alone)


def test_a_row_cannot_be_known_and_asked(hindcast: Hindcast) -> None:
    with pytest.raises(ValueError, match="known and asked"):
        updated_draws(hindcast, [1], [1])
