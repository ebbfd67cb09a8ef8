"""A worked case: a small world, what is done in it, and what a reader expects from it.

A case is played twice under the same chance: with its orders, and with those of ``instead``
(nothing, by default), or ``without`` the mechanism; ``befalls`` names events of the first
alone. What it expects are differences between the two, or ``against: start`` changes since
the start, or ``against: nothing`` the figure itself. A figure is an indicator, or one of
those in ``figures``, such as ``worth(seat, act)``: how good an act looks to a seat.

A case that says ``quiet: true``, as most do, has no chance and nobody acts unless it says
so: such numbers can be followed by hand. See ``playing`` for how cases are played, and
README.md beside this file for how to do a sum.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

FOLDER = Path(__file__).resolve().parent

Orders = dict[int, list[str]]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Expectation(Strict):
    """One difference: its sign, and where a source or a calculation gives it, its size.

    ``crowded: false`` where the sign is that of a quiet world only: other governments react.
    ``hand`` is a sum that comes to the difference in a quiet world, ``within`` a share of it;
    ``by_hand`` says what stands in it.
    """

    figure: str
    after: int
    sign: Literal["+", "-", "0"]
    between: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None
    against: Literal["instead", "start", "nothing"] = "instead"
    crowded: bool = True
    by_hand: str = ""
    hand: str = ""
    within: float = 0.03


class WorkedCase(Strict):
    name: str
    scenario: str = "rekindled_2023"
    quiet: bool = True
    turns: int = 1
    start: dict[str, float] = {}
    parameters: dict[str, float] = {}
    orders: Orders = {}
    befalls: Orders = {}
    lenses: dict[str, str] = {}
    instead: Orders | None = None
    instead_start: dict[str, float] = {}
    instead_lenses: dict[str, str] = {}
    without: bool = False
    expect: Annotated[list[Expectation], Field(min_length=1)]


class Row(Strict):
    """The cases of one mechanism of the registry."""

    mechanism: str
    cases: Annotated[list[WorkedCase], Field(min_length=1)]


@dataclass(frozen=True)
class Told:
    """A case and the mechanism that it shows."""

    mechanism: str
    number: int
    case: WorkedCase

    @property
    def id(self) -> str:
        """Number and name, for a test's id."""
        return f"{self.number:02d}-{self.case.name.lower().replace(' ', '-')[:60]}"


@cache
def rows() -> dict[str, Row]:
    """Read every row, by the name of its file."""
    read = {path.name: yaml.safe_load(path.read_text()) for path in sorted(FOLDER.glob("*.yaml"))}
    return {name: Row.model_validate(data) for name, data in read.items()}


@cache
def told_cases() -> tuple[Told, ...]:
    """Return every case, in the sequence of the files."""
    return tuple(
        Told(row.mechanism, int(name[:2]), case)
        for name, row in rows().items()
        for case in row.cases
    )


def figures(entry: Any) -> list[str]:
    """Name the figures that a case expects something of."""
    return [expected.figure for expected in entry.expect]
