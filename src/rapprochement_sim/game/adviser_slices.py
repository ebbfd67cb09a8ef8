"""How many rollouts, and in which portions: first a few at once, then more.

Portions depend on the number of courses alone, so that advice from so many rollouts is
the same on one worker, on two, or without any.
"""

from __future__ import annotations

from dataclasses import dataclass

STAGES = (128, 1000, 4000)
"""Rollouts, all courses counted, after which advice is given anew."""
STANDARD = STAGES[1]
_LANES = 128
_AT_ONCE = 2
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

    The first stage is cut in two, one for each of two workers.
    """
    found: list[Slice] = []
    done = 0
    for stage, total in enumerate(STAGES):
        wanted = max(-(-total // n_courses), done + _FEWEST_WORLDS)
        at_once = max(_LANES // n_courses, _FEWEST_WORLDS)
        if stage == 0:
            at_once = max(-(-wanted // _AT_ONCE), _FEWEST_WORLDS)
        while done < wanted:
            left = wanted - done
            size = left if left < at_once + _FEWEST_WORLDS else at_once
            found.append(Slice(len(found), stage, done, done + size))
            done += size
    return tuple(found)
