"""How many rollouts, and in which portions: first a few at once, then more.

Portions depend on the number of courses alone, so that advice from so many rollouts is
the same on one worker, on two, or without any.
"""

from __future__ import annotations

from dataclasses import dataclass

STAGES = (128, 1000, 4000)
"""Rollouts, all courses counted, after which advice is given anew."""
STANDARD = STAGES[1]
_LANES = 256
"""Worlds under all courses that are stepped side by side at most: more of them save little."""
_HANDS = 2
_FEWEST_WORLDS = 2


@dataclass(frozen=True)
class Slice:
    """A portion of rollouts: its place, and which worlds are played on in it."""

    index: int
    stage: int
    first: int
    stop: int

    @property
    def numbers(self) -> range:
        """Numbers of its worlds."""
        return range(self.first, self.stop)


def slices_of(n_courses: int) -> tuple[Slice, ...]:
    """Cut the rollouts of a question into portions, stage by stage.

    The portions of a stage are as many for each of two workers, and of one size, give or
    take a world.
    """
    found: list[Slice] = []
    done = 0
    at_once = max(_LANES // n_courses, _FEWEST_WORLDS)
    for stage, total in enumerate(STAGES):
        left = max(-(-total // n_courses) - done, _FEWEST_WORLDS)
        n_portions = _HANDS * -(-left // (_HANDS * at_once))
        n_portions = min(n_portions, left // _FEWEST_WORLDS)
        ends = [done + left * (n + 1) // n_portions for n in range(n_portions)]
        for stop in ends:
            found.append(Slice(len(found), stage, done, stop))
            done = stop
    return tuple(found)
