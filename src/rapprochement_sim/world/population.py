"""Citizens: cohort, ideology, attention, thresholds, neighbours and anchors. Fixed in a run."""

from dataclasses import dataclass, replace
from typing import Any

import networkx as nx
import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from rapprochement_sim.world.axes import N_CAPITALS, Array
from rapprochement_sim.world.forms import soft_step

_BISECTIONS = 60


@dataclass(frozen=True)
class Population:
    """The publics of five capitals.

    Attributes
    ----------
    cohort, ideology
        Age rank 0 (young) to 1 (old), ideology -1 to 1 (capital, citizen).
    receptivity
        How strongly a citizen answers to what moves the public (capital, citizen, 1, 1), mean 1.
    thresholds
        Bar to join a protest (capital, citizen, 1).
    anchor
        What memory and identity pull back to (capital, citizen, partner, 1), latent.
    neighbours
        Row-stochastic sparse matrix over the citizens of each capital.
    """

    cohort: Array
    ideology: Array
    receptivity: Array
    thresholds: Array
    anchor: Array
    neighbours: tuple[Any, ...]

    @property
    def n_citizens(self) -> int:
        """Citizens in each public."""
        return int(self.cohort.shape[1])


def build_population(
    generator: np.random.Generator, n_citizens: int, parameters: dict[str, float]
) -> Population:
    """Draw the citizens of a scenario; the same for every run of it."""
    shape = (N_CAPITALS, n_citizens)
    cohort = np.tile((np.arange(n_citizens) + 0.5) / n_citizens, (N_CAPITALS, 1))
    cohort = generator.permuted(cohort, axis=1)
    leaning = generator.standard_normal(shape)
    ideology = leaning / np.sqrt(1.0 + leaning * leaning)
    spread = parameters["receptivity_spread"]
    receptivity = np.exp(spread * generator.standard_normal(shape))
    receptivity /= receptivity.mean(axis=1, keepdims=True)
    thresholds = parameters["protest_threshold"] + parameters["protest_threshold_spread"] * (
        generator.standard_normal(shape)
    )
    own = parameters["anchor_spread"] * generator.standard_normal((*shape, N_CAPITALS))
    shared = -parameters["cohort_slope"] * (cohort - 0.5) - parameters["ideology_slope"] * ideology
    anchor = own + shared[:, :, np.newaxis]
    anchor -= anchor.mean(axis=1, keepdims=True)
    return Population(
        cohort=cohort,
        ideology=ideology,
        receptivity=receptivity[:, :, np.newaxis, np.newaxis],
        thresholds=thresholds[:, :, np.newaxis],
        anchor=anchor[..., np.newaxis],
        neighbours=_small_world(generator, n_citizens, parameters),
    )


def _small_world(
    generator: np.random.Generator, n_citizens: int, parameters: dict[str, float]
) -> tuple[Any, ...]:
    """Join citizens of each capital in a small-world network [WattsStrogatz1998]_."""
    n_neighbours = min(int(parameters["neighbours"]), n_citizens - 1)
    blocks = []
    for _ in range(N_CAPITALS):
        graph = nx.connected_watts_strogatz_graph(
            n_citizens,
            n_neighbours,
            parameters["rewiring_prob"],
            tries=200,
            seed=int(generator.integers(2**31)),
        )
        ties = nx.to_scipy_sparse_array(graph, format="csr", dtype=np.float64)
        degree = np.asarray(ties.sum(axis=1)).ravel()
        matrix = sparse.csr_array(sparse.diags_array(1.0 / degree) @ ties)
        matrix.sort_indices()
        blocks.append(matrix)
    return tuple(blocks)


def calibrate_anchors(
    population: Population,
    *,
    targets: Array,
    polls: dict[tuple[int, int], tuple[float, float, float, float]],
    displacement: Array,
    social_pull: float,
) -> Population:
    """Shift each public's anchors so that it starts at rest and at its polls.

    Parameters
    ----------
    population
        Citizens with anchors of mean zero.
    targets
        Mean attitude at the start for pairs without a poll (capital, partner), latent.
    polls
        (respondent, target) to threshold, width, sign and share of the poll to meet.
    displacement
        What open disputes already weigh at the start (capital, partner, 1), latent.
    social_pull
        Social rate over anchor rate; neighbours narrow the spread of attitudes, so the
        anchors are those whose resting attitudes meet the poll.
    """
    anchor = population.anchor.copy()
    resting = resting_attitude(population, displacement, social_pull)
    for i in range(N_CAPITALS):
        for j in range(N_CAPITALS):
            held = resting[i, :, j, 0]
            if (i, j) in polls:
                shift = _shift_to_share(held, *polls[i, j])
            else:
                shift = float(targets[i, j]) - float(held.mean())
            anchor[i, :, j, 0] += shift
    return replace(population, anchor=anchor)


def resting_attitude(population: Population, displacement: Array, social_pull: float) -> Array:
    """Return attitudes at which anchor and neighbours balance (capital, citizen, partner, 1)."""
    pulled = population.anchor + population.receptivity * displacement[:, np.newaxis]
    size = population.n_citizens
    resting = []
    for i, ties in enumerate(population.neighbours):
        laplacian = sparse.eye_array(size) - ties
        system = sparse.csc_array(sparse.eye_array(size) + social_pull * laplacian)
        resting.append(splu(system).solve(np.ascontiguousarray(pulled[i, :, :, 0])))
    return np.stack(resting)[..., np.newaxis]


def _shift_to_share(
    held: Array, threshold: float, width: float, sign: float, share: float
) -> float:
    low, high = -8.0, 8.0
    for _ in range(_BISECTIONS):
        middle = 0.5 * (low + high)
        found = float(soft_step(sign * (held + middle - threshold) / width).mean())
        if (found < share) == (sign > 0):
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)
