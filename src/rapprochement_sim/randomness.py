"""Chance, keyed by seed, process, run and turn. Nobody else makes a generator.

A draw belongs to a decision point, never to a place in a sequence: the stream of a
process at a turn is a Philox generator whose key is (seed, process) and whose counter
starts at (tile of 32 runs, turn, draw). Tiles are drawn whole and sliced, so run k meets
the same chance alone, in any block and on any worker. Neither the policy nor the
scenario's parameters enter the key, so policies compared on one seed share their chance.
"""

from collections.abc import Callable, Collection, Mapping
from enum import IntEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from rapprochement_sim.vocabulary import CAPITALS, Capital

TILE = 32
_TABLE_SIZE = 65536
_CELLS_AT_ONCE = 500
"""Normals looked up together: few enough to stay in a processor's cache."""


class Process(IntEnum):
    """Decision points. Append only: a number, once given, never changes its meaning."""

    POPULATION = 1
    EVENTS = 2
    POLLS = 3
    INTELLIGENCE = 4
    PROPOSALS = 5
    CONSENTS = 6
    ORDERS = 7
    RATIFICATION = 8
    INCIDENTS = 9
    OPINION = 10
    OPINION_COMMON = 11
    APPROVAL = 12
    ELECTIONS = 13
    BANDWIDTH = 14
    DISPUTE_POLLS = 15
    BELIEF_PARTICLES = 16
    EFFECTIVE_PARAMETERS = 17
    SURVEY_ERRORS = 18
    ASSIMILATION = 19
    UPDATES = 20
    SHUFFLES = 21
    COURSES = 22
    STARTS = 23
    RESAMPLING = 30
    DRESSING = 31


DRAWS_PER_CAPITAL = {Process.PROPOSALS: 2, Process.CONSENTS: len(CAPITALS), Process.ORDERS: 4}
"""Uniforms a turn that each capital decides by; those of one capital stand together."""


def draws_of(process: Process, capital: Capital) -> range:
    """Return the rows of a process of decision that belong to one capital.

    Raises
    ------
    KeyError
        If nobody decides by this process.
    """
    per_capital = DRAWS_PER_CAPITAL[process]
    return range(per_capital * capital, per_capital * (capital + 1))


def decisions_of(*capitals: Capital) -> dict[Process, Collection[int]]:
    """Return all draws by which these capitals decide, as :class:`MixedChance` takes them."""
    return {
        process: [row for capital in capitals for row in draws_of(process, capital)]
        for process in DRAWS_PER_CAPITAL
    }


_NOTHING_LEFT = np.zeros(4, dtype=np.uint64)
"""The buffer of a Philox generator whose words are all used up, as before the first draw."""


@cache
def _normal_table() -> NDArray[np.float64]:
    midpoints = (np.arange(_TABLE_SIZE) + 0.5) / _TABLE_SIZE
    table = ndtri(midpoints)
    table.flags.writeable = False
    return np.asarray(table, dtype=np.float64)


class Chance:
    """Draws for a set of runs under one seed.

    Parameters
    ----------
    seed
        Root seed, 0 <= seed < 2**63.
    runs
        Run numbers, one per lane; any numbers, in any sequence, repeats allowed.
    is_on
        If false, every normal is 0 and every uniform 0.5: the world without chance.
    """

    def __init__(self, seed: int, runs: NDArray[np.int64], *, is_on: bool = True) -> None:
        self.seed = int(seed)
        self.is_on = is_on
        self.runs = np.asarray(runs, dtype=np.int64)
        tiles, lanes = np.divmod(self.runs, TILE)
        self._tiles = np.unique(tiles)
        self._columns = np.searchsorted(self._tiles, tiles) * TILE + lanes
        whole = np.arange(self._tiles.size * TILE)
        self._is_whole = bool(np.array_equal(self._columns, whole))
        self._words = np.random.Philox(key=np.zeros(2, dtype=np.uint64))

    def uniforms(
        self, process: Process, turn: int, n_cells: int, *, draw: int = 0
    ) -> NDArray[np.float64]:
        """Draw uniforms on [0, 1), shape (n_cells, run)."""
        if not self.is_on:
            return np.full((n_cells, self.runs.size), 0.5)
        raw = self._raw(process, turn, draw, n_cells)
        values = (raw >> np.uint64(11)).astype(np.float64)
        values *= 2.0**-53
        flat = values.transpose(1, 0, 2).reshape(n_cells, self._tiles.size * TILE)
        return flat if self._is_whole else flat.take(self._columns, axis=1)

    def normals(
        self,
        process: Process,
        turn: int,
        n_cells: int,
        *,
        draw: int = 0,
        only: NDArray[np.int64] | None = None,
    ) -> NDArray[np.float64]:
        """Draw standard normals, shape (n_cells, run), from a table of 65,536 quantiles.

        ``only`` names the cells that are wanted, (cell, run) then: each as it would be
        among all of them.
        """
        n_wanted = n_cells if only is None else only.size
        if not self.is_on:
            return np.zeros((n_wanted, self.runs.size))
        n_words = -(-n_cells // 4)
        raw = self._raw(process, turn, draw, n_words)
        index = raw.view(np.uint16).reshape(self._tiles.size, n_words * 4, TILE)
        if only is not None:
            index = index[:, only]
        drawn = np.empty((n_wanted, self.runs.size))
        for first in range(0, n_wanted, _CELLS_AT_ONCE):
            part = slice(first, min(first + _CELLS_AT_ONCE, n_wanted))
            places = index[:, part].transpose(1, 0, 2).astype(np.intp, order="C")
            flat = places.reshape(part.stop - first, -1)
            picked = flat if self._is_whole else flat.take(self._columns, axis=1)
            _normal_table().take(picked, out=drawn[part], mode="clip")
        return drawn

    def _raw(self, process: Process, turn: int, draw: int, n_rows: int) -> NDArray[np.uint64]:
        """Return the words of each tile (tile, row, run of the tile)."""
        raw = np.empty((self._tiles.size, n_rows * TILE), dtype=np.uint64)
        key = np.array([self.seed, int(process)], dtype=np.uint64)
        for place, tile in enumerate(self._tiles):
            counter = np.array([0, int(tile), turn, draw], dtype=np.uint64)
            self._words.state = {
                "bit_generator": "Philox",
                "state": {"key": key, "counter": counter},
                "buffer": _NOTHING_LEFT,
                "buffer_pos": _NOTHING_LEFT.size,
                "has_uint32": 0,
                "uinteger": 0,
            }
            raw[place] = self._words.random_raw(n_rows * TILE)
        return raw.reshape(self._tiles.size, n_rows, TILE)


class MixedChance(Chance):
    """One chance in all but the chosen draws, which come from another.

    The world of ``base`` in which chosen decision points meet another fate: how much of an
    outcome hangs on them is what changes.

    Parameters
    ----------
    base, other
        Draws of as many lanes; ``runs``, ``seed`` and ``is_on`` are those of ``base``.
    taken
        Processes that draw from ``other``: a collection of rows (as from
        :func:`decisions_of`), or None for all of a process's draws. Rows that a process
        does not have are left aside.

    Raises
    ------
    ValueError
        If the two have another number of lanes.
    """

    def __init__(
        self, base: Chance, other: Chance, taken: Mapping[Process, Collection[int] | None]
    ) -> None:
        if base.runs.size != other.runs.size:
            msg = f"as many lanes in both: {base.runs.size} and {other.runs.size}"
            raise ValueError(msg)
        super().__init__(base.seed, base.runs, is_on=base.is_on)
        self._base = base
        self._other = other
        self._taken = dict(taken)

    def uniforms(
        self, process: Process, turn: int, n_cells: int, *, draw: int = 0
    ) -> NDArray[np.float64]:
        """Draw uniforms on [0, 1), shape (n_cells, run)."""
        return self._mix(
            process,
            lambda chance: chance.uniforms(process, turn, n_cells, draw=draw),
        )

    def normals(
        self,
        process: Process,
        turn: int,
        n_cells: int,
        *,
        draw: int = 0,
        only: NDArray[np.int64] | None = None,
    ) -> NDArray[np.float64]:
        """Draw standard normals, shape (n_cells, run), or those of ``only`` some cells."""
        drawn = self._mix(
            process,
            lambda chance: chance.normals(process, turn, n_cells, draw=draw),
        )
        return drawn if only is None else drawn[only]

    def _mix(
        self, process: Process, drawn_by: Callable[[Chance], NDArray[np.float64]]
    ) -> NDArray[np.float64]:
        if process not in self._taken:
            return drawn_by(self._base)
        rows = self._taken[process]
        if rows is None:
            return drawn_by(self._other)
        mixed = drawn_by(self._base).copy()
        from_other = drawn_by(self._other)
        for row in rows:
            if row < len(mixed):
                mixed[row] = from_other[row]
        return mixed


def population_generator(seed: int) -> np.random.Generator:
    """Return the generator that builds a scenario's citizens: the same for every run."""
    return study_generator(seed, Process.POPULATION)


def study_generator(seed: int, process: Process) -> np.random.Generator:
    """Return the generator of a study's own draws, which belong to no run and no turn."""
    bits = np.random.Philox(
        key=np.array([seed, int(process)], dtype=np.uint64),
        counter=np.zeros(4, dtype=np.uint64),
    )
    return np.random.Generator(bits)
