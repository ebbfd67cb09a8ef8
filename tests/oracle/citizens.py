"""The publics once more, the plain way: one Python object a citizen, noise off.

A slow oracle for the arrays. It shares no formula with the package: every equation is
written out again in scalars, from the model description, and citizens are Mesa agents who
look at their neighbours and then act together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, sqrt
from typing import Any

import mesa


@dataclass(frozen=True)
class Habits:
    """What all citizens have in common: rates a year, and how protest spreads."""

    anchor_rate: float
    social_rate: float
    turn_years: float
    contagion: float
    width: float


@dataclass(frozen=True)
class Person:
    """What sets one citizen apart; attitudes and anchors by partner."""

    capital: int
    receptivity: float
    threshold: float
    anchor: tuple[float, ...]
    attitude: tuple[float, ...]
    participation: float
    crowd: float


@dataclass(frozen=True)
class News:
    """What a turn does to one public: its displacement before and after, by partner.

    ``grievances`` are the public's weighted stakes in open disputes, month by month.
    """

    displaced_before: Sequence[float]
    displaced_after: Sequence[float]
    grievances: Sequence[float]


def soft_step(distance: float) -> float:
    """Return one half plus half of the sine of the angle to the threshold."""
    return 0.5 + 0.5 * distance / sqrt(1.0 + distance * distance)


class Citizen(mesa.Agent):
    """One citizen, who remembers, listens to neighbours and may take to the streets."""

    def __init__(self, model: "CitizensModel", person: Person) -> None:
        super().__init__(model)
        self.capital = person.capital
        self.receptivity = person.receptivity
        self.threshold = person.threshold
        self.anchor = person.anchor
        self.attitude = list(person.attitude)
        self.participation = person.participation
        self.crowd = person.crowd
        self.neighbours: list[Citizen] = []
        self._heard: list[float] = []

    def listen(self) -> None:
        """Hear what neighbours think of every partner."""
        n = len(self.neighbours)
        self._heard = [
            sum(other.attitude[partner] for other in self.neighbours) / n
            for partner in range(len(self.attitude))
        ]

    def react(self) -> None:
        """Be moved by the news at once, then by memory and neighbours over the turn."""
        habits, news = self.model.habits, self.model.news[self.capital]
        rate = habits.anchor_rate + habits.social_rate
        covered = 1.0 - exp(-rate * habits.turn_years)
        for partner, held in enumerate(self.attitude):
            before, after = news.displaced_before[partner], news.displaced_after[partner]
            pulled_anchor = self.anchor[partner] + self.receptivity * before
            self.attitude[partner] = (
                held
                + self.receptivity * (after - before)
                + covered * habits.anchor_rate / rate * (pulled_anchor - held)
                + covered * habits.social_rate / rate * (self._heard[partner] - held)
            )

    def look_around(self) -> None:
        """See how many neighbours protest."""
        seen = sum(other.participation for other in self.neighbours)
        self.crowd = seen / len(self.neighbours)

    def join(self) -> None:
        """Take part as far as grievance and crowd pass the own bar."""
        habits = self.model.habits
        push = self.model.grievance[self.capital] + habits.contagion * self.crowd
        self.participation = soft_step((push - self.threshold) / habits.width)


class CitizensModel(mesa.Model):
    """All publics of one world. Set ``news`` and step."""

    def __init__(
        self,
        persons: Sequence[Person],
        neighbours: Sequence[Sequence[int]],
        habits: Habits,
    ) -> None:
        super().__init__(rng=0)
        self.habits = habits
        self.news: list[News] = []
        self.grievance: list[float] = []
        citizens = Citizen.create_agents(self, len(persons), list(persons))
        self.citizens: list[Citizen] = list(citizens)
        for citizen, known in zip(self.citizens, neighbours, strict=True):
            citizen.neighbours = [self.citizens[number] for number in known]

    def step(self) -> None:
        """Let protest spread month by month, then let attitudes move over the turn."""
        for month in range(len(self.news[0].grievances)):
            self.grievance = [public.grievances[month] for public in self.news]
            self.agents.do("look_around")
            self.agents.do("join")
        self.agents.do("listen")
        self.agents.do("react")

    def share_answering(
        self, capital: int, partner: int, *, threshold: float, width: float, sign: float
    ) -> float:
        """Return the share of a public that gives a survey's answer."""
        asked: Any = self.agents.select(lambda citizen: citizen.capital == capital)
        answers = [
            soft_step(sign * (citizen.attitude[partner] - threshold) / width) for citizen in asked
        ]
        return sum(answers) / len(answers)
