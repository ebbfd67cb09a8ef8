"""Questions to advisers as a class sends them, read against the same scenario compiled here."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.agents.starting import start_state
from rapprochement_sim.effects.scalers import View
from rapprochement_sim.game.adviser_question import Course, Desk, Question
from rapprochement_sim.game.adviser_reading import NamedCourse
from rapprochement_sim.game.believed_worlds import Seen, TurnSeen, adviser_seed
from rapprochement_sim.game.knowledge import Knowledge, observe
from rapprochement_sim.game.retelling import ActSeen

if TYPE_CHECKING:
    from rapprochement_sim.classroom.adviser_papers import (
        AdviserPaper,
        Figures,
        KnownPaper,
        TurnPaper,
    )
    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.game.adviser_desk import Asked
    from rapprochement_sim.vocabulary import Capital
    from rapprochement_sim.world.axes import Array


def read_question(case: Case, seat: Capital, world: int, paper: AdviserPaper) -> Asked:
    """Read a question to advisers.

    Parameters
    ----------
    case
        The same scenario, compiled here.
    seat, world
        Who asks, in which world of the class: they fix the advisers' own chance.
    paper
        What the class sent.

    Raises
    ------
    ValueError
        If figures are missing, or of another scenario.
    """
    like = observe(start_state(case, 1), seat)
    courses = tuple(
        NamedCourse(Course(each.orders, each.accepts), each.title, each.paper or None)
        for each in paper.courses
    )
    question = Question(
        seen=Seen(_known(paper.start, like), tuple(_turn(turn, like) for turn in paper.turns)),
        desk=Desk(
            are_talks_closed=paper.are_talks_closed,
            offers_received=paper.offers_received,
            offer=paper.offer,
            orders=paper.orders,
            accepted=paper.accepted,
            answers=paper.answers,
        ),
        courses=tuple(each.course for each in courses),
        worlds_seed=adviser_seed(world, 0, seat, "worlds"),
        seed=adviser_seed(world, 0, seat, "rollouts"),
        horizon=paper.horizon,
    )
    return question, courses


def _turn(paper: TurnPaper, like: Knowledge) -> TurnSeen:
    acts = tuple(ActSeen(act.slot, act.row, act.bits, act.month) for act in paper.acts)
    return TurnSeen(acts, _known(paper.known, like))


def _known(paper: KnownPaper, like: Knowledge) -> Knowledge:
    shapes = (getattr(like.view, field.name) for field in fields(View))
    return Knowledge(
        seat=like.seat,
        turn=paper.turn,
        view=View(*(_array(*both) for both in zip(paper.view, shapes, strict=True))),
        polls=_array(paper.polls, like.polls),
        poll_errors=_array(paper.poll_errors, like.poll_errors),
        protest=_array(paper.protest, like.protest),
        attention=paper.attention,
    )


def _array(found: Figures, like: Array) -> Array:
    return np.array(found, dtype=np.float64).reshape(like.shape)
