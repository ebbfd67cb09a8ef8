"""What stands behind a figure: the coefficients of its variable and the acts that move it.

A figure such as ``trust_seoul_tokyo`` has no source of its own: it comes out of the model.
Its sources are those of its own coefficients and of every declared effect on its cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.scenario.citing import ASSUMPTION, references_in
from rapprochement_sim.scenario.crosschecks import PLACEHOLDERS, parts
from rapprochement_sim.scenario.names import VARIABLES
from rapprochement_sim.scenario.schema import Effect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rapprochement_sim.scenario.indicator_names import Cell
    from rapprochement_sim.scenario.schema import Quantity, RuleBook, Scenario, StartValue

_ANYBODY = frozenset((*PLACEHOLDERS["actions"], *PLACEHOLDERS["events"], "any"))

_ATTENTION = (
    "What a government can take up in one turn: each order takes a part of it, and a turn has "
    "enough for two ordinary orders, so that choosing means leaving out."
)
_SCORE = (
    "Weighted progress of a seat's goals from where they start to count to where they are met, "
    "0 to 100; who wants what is cited goal by goal in the scenario."
)
TERMS: dict[str, tuple[str, str]] = {
    "attention": ("Attention", _ATTENTION),
    "score": ("Score", _SCORE),
}
"""Figures of the game itself, with title and meaning: they claim nothing of the world."""

UNMOVED = "assumption:no act or event moves it, it stays near where the scenario starts it"
_SHORT_NAMES = {"political_capital": "capital"}


def coefficients_of(variable: str, rules: RuleBook) -> dict[str, Quantity]:
    """Return the parameters that bear the name of a variable: in front, or else anywhere."""
    name = _SHORT_NAMES.get(variable, variable)
    known = rules.parameters
    found = {key: known[key] for key in known if key.startswith(f"{name}_")}
    return found or {key: known[key] for key in known if f"_{name}_" in f"_{key}_"}


def references_behind(
    variable: str, names: Sequence[str], rules: RuleBook, effects: Sequence[Effect]
) -> list[str]:
    """List what the effects on a cell rest on, the most used first, assumptions last.

    Parameters
    ----------
    variable
        A state variable.
    names
        Names along its axes; none stands for all of its cells.
    rules
        The rule book.
    effects
        Its :func:`effects_of`, which whoever asks about many cells lists once.
    """
    uses: dict[str, int] = {}
    if names and variable in VARIABLES:
        named = {**rules.institutions, **rules.disputes}
        uses = dict.fromkeys(references_in(named.get(names[0])), 1)
    for effect in effects:
        if effect.on != variable:
            continue
        if not names or any(_fits(effect.at, order) for order in _orders(variable, names)):
            uses[effect.source] = uses.get(effect.source, 0) + 1
    ranked = sorted(uses, key=lambda reference: (-uses[reference], reference))
    return sorted(ranked, key=lambda reference: reference.startswith(ASSUMPTION))


def start_of(cell: Cell, scenario: Scenario) -> StartValue | None:
    """Return the start value that a scenario gives a cell: the last one that fits it."""
    given = scenario.initial.get(cell.of, [])
    orders = _orders(cell.of, cell.names)
    fitting = [value for value in given if any(_fits(value.at, order) for order in orders)]
    return fitting[-1] if fitting else None


def _orders(variable: str, names: Sequence[str]) -> list[list[str]]:
    """List the ways to name a cell: a pair without direction can be named both ways."""
    orders = [list(names)]
    if variable in VARIABLES and "dyad" in VARIABLES[variable].axes:
        orders.append([*names[:-2], names[-1], names[-2]])
    return orders


def _fits(at: Sequence[str], names: Sequence[str]) -> bool:
    pairs = zip(at, names, strict=True)
    return all(there in _ANYBODY or there == here for there, here in pairs)


def effects_of(rules: RuleBook) -> list[Effect]:
    """List every declared effect of actions and events."""
    sections = (rules.actions, rules.events)
    return [part for each in sections for _, part in parts(each) if isinstance(part, Effect)]
