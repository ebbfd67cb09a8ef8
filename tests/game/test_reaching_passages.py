"""From any figure on the screen to who says so, in two commands at most.

The first is `explain FIGURE`; where a figure only sums up others, the second explains one of
those that it names.
"""

import re
from collections.abc import Iterator

import pytest

from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.plain.answers import Answers
from rapprochement_sim.scenario.cell_words import figure_titles
from rapprochement_sim.vocabulary import CAPITALS, Capital
from rapprochement_sim.world.axes import VARIABLES
from tests.game.games import new_game

SOURCE = re.compile(r"\[(\w+:[^\s\]]+|[a-z]+\d{4})\]")
"""A passage of an article, a row of a record, or a study: never an assumption alone."""

ASSUMED = {
    *(f"programme_{key}" for key in ("seoul", "tokyo", "washington", "beijing")),
    "us_favourable_of_japan",
    "us_favourable_of_korea",
}
"""Figures that rest on assumptions alone, as their pages say: arsenals that are no issue here
and stay at zero, and two surveys whose series was not seen."""


def seats() -> Iterator[LocalSeat]:
    session = new_game(*CAPITALS)
    session.play_turn()
    for capital in CAPITALS:
        yield LocalSeat(session, capital)


def shown_figures(seat: LocalSeat) -> set[str]:
    """Name every figure that any page of a seat shows."""
    briefing = seat.brief()
    readings = [
        *seat.figures(),
        briefing.capital,
        briefing.approval,
        *briefing.headlines,
        *briefing.polls,
        *(ladder.level for ladder in briefing.ladders),
        *(reading for line in briefing.relations for reading in (line.trust, line.threat)),
        *(
            reading
            for line in briefing.disputes
            for side in line.sides
            for reading in (side.hurt, side.salience, side.settlement)
        ),
    ]
    return {reading.name for reading in readings}


@pytest.fixture(scope="module")
def tables() -> list[LocalSeat]:
    return list(seats())


def kind_of(name: str) -> str:
    """Return what decides a figure's explanation: its variable, or itself if it has none."""
    return next((v for v in VARIABLES if name.startswith(f"{v}_")), name)


def unreached(seat: LocalSeat, names: set[str]) -> list[str]:
    """Return the figures from which no source is reached in two commands.

    The second command is given a title, as it is read in the first one's answer.
    """
    answers, found = Answers(seat), {}
    titles = set(figure_titles(seat.session.case.loaded.rules).values())

    def sources_of(name: str) -> bool:
        if name not in found:
            found[name] = "\n".join(answers.explain(name))
        return bool(SOURCE.search(found[name]))

    missing = []
    for name in sorted(names):
        if not sources_of(name):
            told = " ".join(found[name].split())
            if not any(title in told and sources_of(title) for title in sorted(titles)):
                missing.append(name)
    return missing


def test_every_kind_of_figure_leads_to_its_sources(tables: list[LocalSeat]) -> None:
    """One figure of each kind, since what a kind rests on is told with each of its cells."""
    seat = tables[Capital.PYONGYANG]
    by_kind = {kind_of(name): name for name in sorted(shown_figures(seat)) if name not in ASSUMED}
    assert len(by_kind) > 20
    assert not unreached(seat, set(by_kind.values()))


@pytest.mark.slow
def test_every_figure_leads_to_its_sources(tables: list[LocalSeat]) -> None:
    seat = tables[Capital.SEOUL]
    names = shown_figures(seat)
    assert len(names) > 100
    for name in sorted(names):
        seat.why(name)
    assert set(unreached(seat, names)) <= ASSUMED


def test_goals_lead_to_their_sources_too(tables: list[LocalSeat]) -> None:
    for seat in tables[:2]:
        brief = seat.session.case.loaded.schema.seats[seat.capital.key]  # type: ignore[index]
        for goal in (*brief.public_goals, *brief.secret_goals):
            assert goal.source
            assert list(Answers(seat).explain(goal.indicator))
