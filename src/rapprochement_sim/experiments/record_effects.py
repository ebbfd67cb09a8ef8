"""What an act of the record does to disputes: whom it injures, whom it relieves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, listed, nearest_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rapprochement_sim.scenario.schema import Action, Effect, RuleBook, Seat

_OF_DISPUTES = frozenset({"hurt", "relief", "salience", "settlement", "restraint"})
_KINDS = ("act", "refused", "failed")


@dataclass(frozen=True)
class Touched:
    """Disputes that an act touches; injured and relieved publics as ``dispute:capital``."""

    disputes: tuple[str, ...]
    injured: tuple[str, ...]
    relieved: tuple[str, ...]


@dataclass(frozen=True)
class _Hand:
    effects: tuple[Effect, ...]
    names: Mapping[str, str]
    parties: tuple[str, ...]


def touched(rules: RuleBook, act: str, modifiers: tuple[str, ...] = ()) -> Touched:
    """Return what an act touches, read off its declared effects.

    Parameters
    ----------
    rules
        The rule book.
    act
        ``action:actor>target``, with ``:refused`` or ``:failed`` at its end if it came to
        nothing, or ``event:name``.
    modifiers
        Of the action.

    Raises
    ------
    MalformedInput
        If there is no such event, action, seat, ending or modifier.
    """
    hand = _hand_of(rules, act, modifiers)
    disputes: dict[str, None] = {}
    injured: dict[str, None] = {}
    relieved: dict[str, None] = {}
    for effect in hand.effects:
        if effect.on not in _OF_DISPUTES:
            continue
        for capital in _capitals(effect, hand):
            dispute = effect.at[0]
            disputes[dispute] = None
            if effect.on == "hurt" and effect.size > 0.0:
                injured[f"{dispute}:{capital}"] = None
            if effect.on == "relief" and effect.size > 0.0:
                relieved[f"{dispute}:{capital}"] = None
    return Touched(tuple(disputes), tuple(injured), tuple(relieved))


def _capitals(effect: Effect, hand: _Hand) -> Iterator[str]:
    word = effect.at[1]
    if word in {"party", "partner"}:
        yield from hand.parties
    else:
        yield hand.names.get(word, word)


def _hand_of(rules: RuleBook, act: str, modifiers: tuple[str, ...]) -> _Hand:
    head, _, rest = act.partition(":")
    if head == "event":
        event = rules.events.get(rest)
        if event is None:
            fault = _unknown("event", rest, rules.events)
            raise fault
        if modifiers:
            msg = "an event has no modifiers"
            raise MalformedInput(msg, todo="Leave the cell empty.")
        return _Hand(tuple(event.effects), {}, tuple(event.parties))
    action = rules.actions.get(head)
    if action is None:
        fault = _unknown("action", head, rules.actions)
        raise fault
    seats, _, ending = rest.partition(":")
    seat = _seat_of(action, head, seats)
    effects = _effects_of(action, seat, ending or "act")
    for name in modifiers:
        if name not in action.modifiers:
            fault = _unknown(f"modifier of {head}", name, action.modifiers)
            raise fault
        effects = (*effects, *action.modifiers[name].effects)
    third = seat.third or seat.target
    names = {"actor": seat.actor, "target": seat.target, "third": third}
    return _Hand(effects, names, tuple(dict.fromkeys([seat.actor, seat.target, third])))


def _seat_of(action: Action, name: str, seats: str) -> Seat:
    known = {f"{seat.actor}>{seat.target}": seat for seat in action.seats}
    if seats not in known:
        fault = _unknown(f"seat of {name}", seats, known)
        raise fault
    return known[seats]


def _effects_of(action: Action, seat: Seat, ending: str) -> tuple[Effect, ...]:
    if ending not in _KINDS:
        fault = _unknown("ending of an act", ending, _KINDS)
        raise fault
    if ending == "refused":
        if not seat.consent:
            msg = "nobody is asked for consent, so nobody can refuse"
            raise MalformedInput(msg, todo="Leave ':refused' away.")
        return tuple(action.refusal)
    if ending == "failed":
        if action.ratification is None:
            msg = "no parliament is asked, so none can withhold its consent"
            raise MalformedInput(msg, todo="Leave ':failed' away.")
        return tuple(action.ratification.failure)
    return tuple(action.effects)


def _unknown(kind: str, found: str, known: Iterable[str]) -> MalformedInput:
    names = list(known)
    what = f"there is no {kind} '{found}'"
    return MalformedInput(what, allowed=listed(names), nearest=nearest_name(found, names))
