"""What an ensemble is: the same settings, many runs, cut into blocks of lanes."""

from __future__ import annotations

from dataclasses import dataclass

from rapprochement_sim.errors import MalformedInput

DEFAULT_BLOCK_SIZE = 128
"""Measured: see docs/decisions/0001."""

NARROW_BLOCK_SIZE = 256
"""Lanes side by side where few attitudes are followed, so that more of them stay in a cache."""

SMALLEST_BLOCK, LARGEST_BLOCK = 2, 128
LARGEST_SEED = 2**63 - 1
MOST_RUNS = 10_000_000

LensWeights = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class EnsembleSpec:
    """Everything that decides the bits of an ensemble, and how it is cut.

    Attributes
    ----------
    scenario
        Name of a shipped scenario, or the path of a scenario file.
    content_hash, rules_hash
        Of the scenario and the rules as they were when the ensemble was asked for.
    root_seed
        Seed of the study; with the run number it fixes all chance.
    n_runs
        Runs are numbered from 0.
    block_size
        Runs stepped side by side. It never changes a result.
    indicators
        Names of the indicators to keep by turn.
    explained_runs
        The ledger is kept for the runs below this number.
    lens_weights
        Weights of the schools of thought (capital, lens) in place of the scenario's.
    """

    scenario: str
    content_hash: str
    rules_hash: str
    root_seed: int
    n_runs: int
    block_size: int
    indicators: tuple[str, ...]
    explained_runs: int
    lens_weights: LensWeights | None = None

    def __post_init__(self) -> None:
        """Refuse numbers that make no ensemble."""
        _check_range("the number of runs", self.n_runs, 1, MOST_RUNS)
        _check_range("the seed", self.root_seed, 0, LARGEST_SEED)
        _check_range("the number of explained runs", self.explained_runs, 0, self.n_runs)
        _check_range("the block size", self.block_size, SMALLEST_BLOCK, LARGEST_BLOCK)

    @property
    def n_blocks(self) -> int:
        """Number of blocks; the last one may be short."""
        return -(-self.n_runs // self.block_size)

    def block_runs(self, block: int) -> range:
        """Run numbers of a block."""
        first = block * self.block_size
        return range(first, min(first + self.block_size, self.n_runs))


def _check_range(what: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        message = f"{what} is {value}"
        raise MalformedInput(message, allowed=f"{low} to {high}")
