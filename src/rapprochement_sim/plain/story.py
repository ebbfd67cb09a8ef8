"""A game told: one that plays itself, one replayed, or one only read from its save."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.debrief import debrief
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.wording import turn_title
from rapprochement_sim.plain.briefing_page import headline_lines
from rapprochement_sim.plain.debrief_page import debrief_lines, outcome_lines, score_lines
from rapprochement_sim.plain.layout import heading, item, wrapped
from rapprochement_sim.plain.why_page import why_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rapprochement_sim.game.chronicle import Act, ResolvedTurn
    from rapprochement_sim.game.decisions import Decision
    from rapprochement_sim.game.journal import Journal
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.vocabulary import Capital

_CAUSES_SHOWN = 4
_MARKS = {"event": "!", "act": "*", "refused": "x", "failed": "x"}


def story_lines(session: Session, onlooker: Capital, n_turns: int | None) -> Iterator[str]:
    """Play up to ``n_turns`` turns and tell them, as one capital could follow them."""
    scenario = session.case.loaded.schema
    seat = LocalSeat(session, onlooker)
    yield "=" * 80
    yield f"{scenario.title} | {scenario.era}"
    yield f"Every seat decides by itself; told from {onlooker.title}. Seed {session.header.seed}."
    yield "=" * 80
    yield from wrapped(scenario.summary)
    yield from headline_lines(seat.brief())
    yield ""
    yield " Marks: * done, x refused or failed, ! befell."
    for _ in range(scenario.turns if n_turns is None else n_turns):
        if session.is_over:
            break
        session.play_turn()
        yield from turn_lines(session, seat)
    yield from closing_lines(session)


def turn_lines(session: Session, seat: LocalSeat) -> Iterator[str]:
    """Tell the last resolved turn: what happened, what moved and why."""
    yield from happened_lines(session, session.turns[-1])
    briefing = seat.brief()
    moved = [r for r in (*briefing.headlines, *briefing.polls[:4]) if r.mark != "="]
    if moved:
        yield ""
    for reading in moved:
        yield from why_lines(seat.why(reading.name), most=_CAUSES_SHOWN)


def happened_lines(session: Session, turn: ResolvedTurn) -> Iterator[str]:
    """Tell what a resolved turn brought."""
    months = turn_title(session.case.loaded.schema, turn.turn - 1)
    yield from heading(f"Turn {turn.turn}, {months}")
    for act in turn.acts:
        yield from item(_told(act), _MARKS[act.kind])
    if not turn.acts:
        yield " A quiet season."


def _told(act: Act) -> str:
    return f"{act.told} ({'; '.join(act.modifiers)})" if act.modifiers else act.told


def closing_lines(session: Session) -> Iterator[str]:
    """Tell the scores so far and which outcomes have come true."""
    opened = debrief(session)
    yield from heading(f"Scores after {session.turn} of {session.case.world.n_turns} turns")
    yield from score_lines(opened)
    for seat in opened.seats:
        for goal in seat.goals:
            points = f"{goal.points:.0f} of {goal.weight_points:.0f}"
            yield from item(f"{seat.capital.title}, {points}: {goal.text}", "o")
    yield from outcome_lines(opened)


# ------------------------------------------------------------------ saves


def retold_lines(session: Session, turn: int | None) -> Iterator[str]:
    """Tell a replayed game, or one of its turns, with the debrief at its end."""
    scenario = session.case.loaded.schema
    seats = ", ".join(seat.title for seat in session.seats) or "nobody: every seat is automated"
    yield f"{scenario.title} | seed {session.header.seed} | played by {seats}"
    parent = session.header.parent
    if parent is not None:
        yield f"Goes on from turn {parent.turn} of {parent.name}"
    for resolved in session.turns:
        if turn in (None, resolved.turn):
            yield from happened_lines(session, resolved)
            for name in ("korea_unfavourable_of_japan", "japan_unfavourable_of_korea"):
                value = resolved.published.get(f"published_{name}")
                if value is not None:
                    yield f"   {session.case.loaded.rules.surveys[name].title}: {value:.0f}%"
    if turn is None and session.is_over:
        yield from debrief_lines(debrief(session))


def recorded_lines(journal: Journal, turn: int | None, why: str) -> Iterator[str]:
    """Tell what a save recorded, without playing it: for saves of other rules."""
    yield from wrapped(why)
    yield ""
    yield from wrapped("Read-only: these are the figures as they were recorded then.")
    for entry in journal.turns:
        if turn not in (None, entry.turn):
            continue
        yield from heading(f"Turn {entry.turn}")
        for decision in entry.decisions:
            yield from item(_recorded(decision))
        for name, value in entry.published.items():
            if turn is not None or (name.startswith("published_") and "_of_" in name):
                yield f"   {name:<60} {value:12.6g}"
    for note in journal.notes:
        yield from wrapped(f"Note of {note.seat.title} in turn {note.turn}: {note.text}")


def _recorded(decision: Decision) -> str:
    if decision.kind == "answer":
        word = "accepted" if decision.accepts else "refused"
        return f"{decision.seat.title} {word} the offer of {decision.partner.title}"
    verb = "offered" if decision.kind == "offer" else "ordered"
    name = decision.action.replace("_", " ")
    terms = f" ({', '.join(decision.modifiers)})" if decision.modifiers else ""
    return f"{decision.seat.title} {verb}: {name}, {decision.partner.title}{terms}"
