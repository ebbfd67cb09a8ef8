"""The same publics as objects and as arrays, met by the same news."""

from collections.abc import Callable

import numpy as np

from rapprochement_sim.decision.case import Case
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.world.axes import N_CAPITALS, Array
from tests.oracle.citizens import CitizensModel, Habits, News, Person


class Listening(RapprochementModel):
    """The array model, which notes the news of every turn for the oracle."""

    grievances: list[Array]

    def carry_out(self) -> None:
        """Note displacement and grievance while acts fall, month by month."""
        self.grievances = []
        super().carry_out()

    def _let_protest_spread(self) -> None:
        super()._let_protest_spread()
        self.grievances.append(self.grievance)

    def news(self, lane: int) -> list[News]:
        """Return what the turn did to every public in one lane."""
        assert len(self.grievances) == self.case.world.turn_months
        return [
            News(
                displaced_before=[float(x) for x in self.displacement_before[i, :, lane]],
                displaced_after=[float(x) for x in self.state.displacement[i, :, lane]],
                grievances=[float(month[i, lane]) for month in self.grievances],
            )
            for i in range(N_CAPITALS)
        ]


def objects_of(case: Case) -> CitizensModel:
    """Return the publics of a case as objects, at the start."""
    numbers, population = case.world.parameters, case.world.population
    n = population.n_citizens
    persons = [
        Person(
            capital=i,
            receptivity=float(population.receptivity[i, c, 0, 0]),
            threshold=float(population.thresholds[i, c, 0]),
            anchor=tuple(float(x) for x in population.anchor[i, c, :, 0]),
            attitude=tuple(float(x) for x in case.start_attitude[i, c, :, 0]),
            participation=float(case.start_participation[i, c, 0]),
            crowd=float(case.start_crowd[i, c, 0]),
        )
        for i in range(N_CAPITALS)
        for c in range(n)
    ]
    neighbours = [
        [i * n + int(other) for other in ties.indices[ties.indptr[c] : ties.indptr[c + 1]]]
        for i, ties in enumerate(population.neighbours)
        for c in range(n)
    ]
    habits = Habits(
        anchor_rate=numbers["anchor_rate_per_year"],
        social_rate=numbers["social_rate_per_year"],
        turn_years=case.world.turn_years,
        contagion=numbers["protest_contagion"],
        width=numbers["protest_width"],
    )
    return CitizensModel(persons, neighbours, habits)


def play_twins(
    case: Case,
    lanes: int,
    turns: int,
    force: Callable[[RapprochementModel], None],
    compare: Callable[[Listening, list[CitizensModel]], None],
) -> None:
    """Play arrays and objects side by side; compare after every turn."""
    arrays = Listening(case, runs=[0] * lanes, chance=False, collect=False)
    objects = [objects_of(case) for _ in range(lanes)]
    for _ in range(turns):
        force(arrays)
        arrays.step()
        for lane, twin in enumerate(objects):
            twin.news = arrays.news(lane)
            twin.step()
        compare(arrays, objects)


def attitudes_of(twin: CitizensModel) -> Array:
    """Return the attitudes of all citizens of a twin (capital, citizen, partner)."""
    table = np.array([citizen.attitude for citizen in twin.citizens])
    return table.reshape(N_CAPITALS, -1, N_CAPITALS)


def participation_of(twin: CitizensModel) -> Array:
    """Return who takes part in protest in a twin (capital, citizen)."""
    taking_part = np.array([citizen.participation for citizen in twin.citizens])
    return taking_part.reshape(N_CAPITALS, -1)
