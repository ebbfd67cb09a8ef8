"""An instructor lets an event befall that the calendar did not have, and sees what it may do.

The event is one of the rule book's own, with its declared effects and sources, or an act of a
government that nobody plays, given as that government would give it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.errors import MalformedInput, NotAllowedNow, listed, nearest_name
from rapprochement_sim.game.debrief import main_figures
from rapprochement_sim.game.decisions import find_row, modifier_bits
from rapprochement_sim.model import RapprochementModel, compile_case
from rapprochement_sim.scenario.cell_words import figure_titles
from rapprochement_sim.scenario.injects import own_event
from rapprochement_sim.vocabulary import CAPITALS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.effects.rows import Row
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.scenario.changes import Change
    from rapprochement_sim.vocabulary import Order

N_WORLDS = 64
FIRST_RUN = 1_000_000
"""Runs of the preview are none that a game plays: its own chance is not told ahead."""
_BAND = (0.1, 0.9)


@dataclass(frozen=True)
class PossibleEvent:
    """An event of the rule book that may be let befall."""

    name: str
    title: str
    summary: str


@dataclass(frozen=True)
class InjectEffect:
    """What an event does to a figure over some turns: mean and 10-90 per cent band of worlds."""

    figure: str
    title: str
    unit: str
    mean: float
    low: float
    high: float


def possible_events(case: Case) -> tuple[PossibleEvent, ...]:
    """List the events that may be let befall."""
    events = case.loaded.rules.events
    names = (case.row(index).name for index in case.event_rows)
    return tuple(PossibleEvent(name, events[name].title, events[name].summary) for name in names)


def check_event(case: Case, name: str) -> None:
    """Refuse a name that no event has.

    Raises
    ------
    MalformedInput
        If it is none.
    """
    known = [case.row(index).name for index in case.event_rows]
    if name not in known:
        what = f"there is no event '{name}'"
        raise MalformedInput(what, allowed=listed(known), nearest=nearest_name(name, known))


@dataclass(frozen=True)
class OwnInject:
    """An inject of a teacher's own: a name that no event has, a headline, changes of figures."""

    name: str
    headline: str
    changes: tuple[tuple[str, Change], ...]


def with_own_injects(case: Case, injects: tuple[OwnInject, ...]) -> Case:
    """Return a case whose rule book has further events, which nothing else brings.

    What is played without them is the same, bit for bit.

    Raises
    ------
    MalformedInput
        If an inject moves what none may move.
    """
    if not injects:
        return case
    rules = case.loaded.rules
    added = {each.name: own_event(rules, each.headline, each.changes) for each in injects}
    extended = rules.model_copy(update={"events": {**rules.events, **added}})
    compiled = compile_case(replace(case.loaded, rules=extended))
    return replace(compiled, n_added_events=len(injects))


def let_befall(model: RapprochementModel, names: Iterable[str]) -> None:
    """Let events befall in the open turn, in its first month, whatever would have averted them."""
    row, month = model.events.row.copy(), model.events.month.copy()
    places = {model.case.row(index).name: n for n, index in enumerate(model.case.event_rows)}
    for name in names:
        check_event(model.case, name)
        place = places[name]
        row[place], month[place] = model.case.event_rows[place], 0
    model.events = replace(model.events, row=row, month=month)


def possible_acts(session: Session) -> tuple[Row, ...]:
    """List the acts that governments could be given now and that need nobody's consent."""
    return tuple(
        row
        for row in session.case.effects.rows
        if row.kind == "act"
        and not row.is_joint
        and row.name != "hold"
        and not session.refusal(row)
    )


def let_act(model: RapprochementModel, order: Order) -> None:
    """Let a government give an order as its first of the turn; the second is its own."""
    row = find_row(model.case, order)
    model.order_override[order.actor, 0] = row.index
    bits = modifier_bits(row, order.modifiers)
    model.order_modifiers_override[order.actor, 0] = bits


def check_act(session: Session, order: Order) -> None:
    """Refuse an act that its government could not give now, or not without others.

    Raises
    ------
    MalformedInput
        If there is no such act.
    NotAllowedNow
        If the rules refuse it.
    """
    row = find_row(session.case, order)
    reason = session.refusal(row, modifier_bits(row, order.modifiers))
    if row.is_joint:
        reason = "it needs the consent of others, who answer for themselves"
    if reason:
        what = f"{order.actor.title} cannot do this now: {reason.rstrip('.')}"
        raise NotAllowedNow(what)


def expected_of_inject(
    session: Session, name: str, turns: int, order: Order | None = None
) -> tuple[InjectEffect, ...]:
    """Play on from the true state with and without an inject, the same chance on both sides.

    Every seat decides by itself. For an instructor: it rests on what no seat may know.

    Parameters
    ----------
    session
        The game, whose open turn the event would befall in.
    name
        The event, empty for none.
    turns
        Turns to look ahead, at most those that are left.
    order
        An act that its government gives in the open turn.
    """
    if name:
        check_event(session.case, name)
    if order is not None:
        check_act(session, order)
    plain = _followed(session, (), turns)
    hit = _followed(session, (name,) if name else (), turns, order)
    titles = figure_titles(session.case.loaded.rules)
    effects = []
    approvals = (f"approval_{capital.key}" for capital in CAPITALS)
    for figure in (*main_figures(session.case), *approvals):
        entry = session.case.indicators.by_name[figure]
        difference = hit[entry.index] - plain[entry.index]
        low, high = (float(end) for end in np.quantile(difference, _BAND))
        mean = float(difference.mean())
        effects.append(InjectEffect(figure, titles[figure], entry.unit, mean, low, high))
    return tuple(effects)


def _followed(
    session: Session, names: tuple[str, ...], turns: int, order: Order | None = None
) -> np.ndarray:
    model = RapprochementModel(
        session.case,
        root_seed=session.header.seed,
        runs=range(FIRST_RUN, FIRST_RUN + N_WORLDS),
        state=session.model.state.lane(np.zeros(N_WORLDS, dtype=np.int64)),
        collect=False,
    )
    let_befall(model, names)
    if order is not None:
        let_act(model, order)
    for _ in range(turns):
        model.step()
    return session.case.indicators.read(model.state)
