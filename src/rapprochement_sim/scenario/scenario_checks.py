"""Whether a scenario fits the rule book: its start values, events, surveys and seats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, listed
from rapprochement_sim.scenario.names import EXTRA_STARTS, VARIABLES, coordinate_kinds
from rapprochement_sim.vocabulary import CAPITAL_KEYS

if TYPE_CHECKING:
    from rapprochement_sim.scenario.composing import DataPath
    from rapprochement_sim.scenario.crosschecks import CrossChecker, Problems
    from rapprochement_sim.scenario.schema import Scenario, StartValue

STARTS = {**{name: variable.axes for name, variable in VARIABLES.items()}, **EXTRA_STARTS}
REASONED = ("polls", "calendar", "scheduled", "closed", "seats")
"""Parts of a scenario, beside start values, whose assumptions ``reasons`` may explain."""

HOLD = "hold"
_MONTHS = frozenset(f"{number:02d}" for number in range(1, 13))


def scenario_problems(scenario: Scenario, checker: CrossChecker) -> Problems:
    """Check a scenario against the rule book that the checker holds."""
    yield from checker.entry(scenario, ())
    for name, entries in scenario.initial.items():
        if name not in STARTS:
            yield from checker.known(name, STARTS, ("initial", name))
            continue
        for number, entry in enumerate(entries):
            yield from _start_problems(name, entry, checker, ("initial", name, number))
    yield from _reference_problems(scenario, checker)
    yield from _seat_problems(scenario, checker)
    yield from _month_problems(scenario, checker)
    known = [f"initial.{name}" for name in STARTS] + list(REASONED)
    for name in scenario.reasons:
        yield from checker.known(name, known, ("reasons", name))


def _start_problems(
    name: str, entry: StartValue, checker: CrossChecker, path: DataPath
) -> Problems:
    yield from checker.cell(coordinate_kinds(STARTS[name]), entry.at, (*path, "at"))
    low, high = entry.range
    if not low <= entry.value <= high:
        what = f"value {entry.value:g} lies outside its own range [{low:g}, {high:g}]"
        yield MalformedInput(what, where=checker.where((*path, "value")))
    variable = VARIABLES.get(name)
    if variable is None:
        return
    for key, value in (("value", entry.value), ("rest", entry.rest)):
        if value is not None and not variable.low <= value <= variable.high:
            yield MalformedInput(
                f"{name} cannot be {value:g}",
                where=checker.where((*path, key)),
                allowed=f"from {variable.low:g} to {variable.high:g}",
            )


def _reference_problems(scenario: Scenario, checker: CrossChecker) -> Problems:
    rules = checker.rules
    for number, hazard in enumerate(scenario.hazards):
        yield from checker.known(hazard, rules.events, ("hazards", number))
    for number, scheduled in enumerate(scenario.scheduled):
        yield from checker.known(scheduled.event, rules.events, ("scheduled", number, "event"))
    for number, closed in enumerate(scenario.closed):
        for place, action in enumerate(closed.actions):
            path = ("closed", number, "actions", place)
            yield from checker.known(action, rules.actions, path)
            if action == HOLD:
                what = "'hold' cannot be closed: a government can always do nothing"
                yield MalformedInput(what, where=checker.where(path))
    for number, poll in enumerate(scenario.polls):
        yield from checker.known(poll.survey, rules.surveys, ("polls", number, "survey"))
    for name in scenario.parameters:
        yield from checker.known(name, rules.parameters, ("parameters", name))


def _seat_problems(scenario: Scenario, checker: CrossChecker) -> Problems:
    missing = [capital for capital in CAPITAL_KEYS if capital not in scenario.seats]
    if missing:
        yield MalformedInput(
            f"no brief for {listed(missing)}",
            where=checker.where(("seats",)),
            allowed="a brief for each of the five capitals",
            todo=f"Add 'seats.{missing[0]}'.",
        )


def _month_problems(scenario: Scenario, checker: CrossChecker) -> Problems:
    months: list[tuple[DataPath, str]] = [(("start",), scenario.start)]
    months += [(("calendar", n, "month"), e.month) for n, e in enumerate(scenario.calendar)]
    months += [(("scheduled", n, "month"), e.month) for n, e in enumerate(scenario.scheduled)]
    months += [(("closed", n, "until"), e.until) for n, e in enumerate(scenario.closed) if e.until]
    for path, month in months:
        if month[-2:] not in _MONTHS:
            yield MalformedInput(
                f"found the month '{month}'",
                where=checker.where(path),
                allowed="months 01 to 12, such as 2023-07",
            )
