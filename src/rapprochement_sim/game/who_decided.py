"""Who decided this: shares of what varies between automated worlds, by source of chance.

Governments choose by chance among what looks good to them, events befall, votes are cast,
polls err and opinions wander. Each of these draws is a source; worlds are played again with
one source exchanged and all others frozen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.game.estimates import derived_seed
from rapprochement_sim.game.futures import Futures, play_futures
from rapprochement_sim.game.variance_shares import (
    VarianceShares,
    bootstrap_worlds,
    variance_shares,
)
from rapprochement_sim.randomness import Chance, MixedChance, Process, decisions_of
from rapprochement_sim.vocabulary import CAPITALS, Capital

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from rapprochement_sim.game.arms import Report
    from rapprochement_sim.game.beside import AutomatedWorlds
    from rapprochement_sim.world.axes import Array, Integers


@dataclass(frozen=True)
class Source:
    """A source of what differs between worlds; ``seat`` if it is what a capital decides."""

    key: str
    title: str
    seat: Capital | None
    is_played: bool
    taken: Mapping[Process, Collection[int] | None]


@dataclass(frozen=True)
class Decided:
    """Shares of one number's variance; they stand in the sequence of the sources.

    ``seat`` is whose score it is, None for an outcome of the scenario.
    """

    title: str
    seat: Capital | None
    shares: VarianceShares


@dataclass(frozen=True)
class WhoDecided:
    """Who decided, for every seat's score and every outcome that varies enough.

    Attributes
    ----------
    n_worlds
        Pairs of worlds that the shares were estimated from.
    sources
        Where chance came from.
    numbers
        What was explained.
    """

    n_worlds: int
    sources: tuple[Source, ...]
    numbers: tuple[Decided, ...]


_LEAST_CASES = 10
"""Worlds in which an outcome must come true, and in which it must not, to be explained."""

_OTHER_SOURCES: dict[str, tuple[str, tuple[Process, ...]]] = {
    "events": ("Events and incidents", (Process.EVENTS, Process.INCIDENTS)),
    "votes": ("Elections and parliaments", (Process.ELECTIONS, Process.RATIFICATION)),
    "knowledge": (
        "Polls and intelligence",
        (Process.POLLS, Process.DISPUTE_POLLS, Process.INTELLIGENCE),
    ),
    "opinion": (
        "Moods of publics, and distractions",
        (Process.OPINION, Process.OPINION_COMMON, Process.APPROVAL, Process.BANDWIDTH),
    ),
}


def sources_of(played: Collection[Capital]) -> tuple[Source, ...]:
    """List the sources: what each capital decides, then the kinds of chance."""
    seats = [
        Source(
            seat.key, f"Decisions of {seat.title}", seat, seat in played, dict(decisions_of(seat))
        )
        for seat in CAPITALS
    ]
    rest = [
        Source(key, title, None, is_played=False, taken=dict.fromkeys(processes))
        for key, (title, processes) in _OTHER_SOURCES.items()
    ]
    return (*seats, *rest)


def who_decided(
    worlds: AutomatedWorlds,
    played: Collection[Capital],
    n_pairs: int,
    *,
    block_size: int,
    report: Report = lambda _: None,
) -> WhoDecided:
    """Estimate who decided how automated worlds of a scenario ended.

    Parameters
    ----------
    worlds
        The worlds; the first ``2 * n_pairs`` of them are compared.
    played
        Seats that people play in the game, which are marked.
    n_pairs
        Worlds that are played again for each source: world k with the source of world
        ``k + n_pairs``.
    block_size
        Worlds stepped side by side; it changes no result.
    report
        Told after each source how many turns of a world were played.
    """
    whole = worlds.first(2 * n_pairs)
    sources = sources_of(played)
    swapped = []
    for source in sources:
        swapped.append(_exchanged(worlds, source, n_pairs, block_size))
        report(n_pairs * worlds.case.world.n_turns)
    resampled = bootstrap_worlds(derived_seed("bootstrap", worlds.seed, 0), n_pairs)

    def shares(name: str, seat: Capital | None, read: Callable[[Futures], Array]) -> list[Decided]:
        values = read(whole)
        found = variance_shares(
            values[:n_pairs],
            values[n_pairs : 2 * n_pairs],
            np.stack([read(futures) for futures in swapped]),
            resampled,
        )
        return [] if found is None else [Decided(name, seat, found)]

    numbers = [
        decided
        for seat in CAPITALS
        for decided in shares(f"{seat.title}'s score", seat, partial(Futures.score, seat=seat))
    ]
    for name, outcome in worlds.case.loaded.schema.outcomes.items():
        came_true = int(whole.outcome(name)[: 2 * n_pairs].sum())
        if _LEAST_CASES <= came_true <= 2 * n_pairs - _LEAST_CASES:
            numbers += shares(outcome.title, None, partial(_outcome, name=name))
    return WhoDecided(n_pairs, sources, tuple(numbers))


def _outcome(futures: Futures, name: str) -> Array:
    return futures.outcome(name).astype(np.float64)


def _exchanged(worlds: AutomatedWorlds, source: Source, n_pairs: int, block_size: int) -> Futures:
    """Play the first worlds again with one source from the worlds after them."""

    def mixed(runs: Integers) -> Chance:
        base, other = Chance(worlds.seed, runs), Chance(worlds.seed, runs + n_pairs)
        return MixedChance(base, other, source.taken)

    return play_futures(
        worlds.case,
        None,
        seed=worlds.seed,
        runs=range(n_pairs),
        chance=mixed,
        block_size=block_size,
    )
