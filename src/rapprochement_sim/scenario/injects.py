"""Injects of a teacher's own: what befalls in their words, moving figures they name by so much.

How much is small, medium or large is read off the rule book: what its own acts and events
do to that kind of figure. So nothing can be let befall that the rules could not bring.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, model_validator

from rapprochement_sim.errors import MalformedInput, listed, nearest_name
from rapprochement_sim.scenario.changes import CHANGES, Change
from rapprochement_sim.scenario.composing import read_document
from rapprochement_sim.scenario.indicator_names import Cell, indicator_cells
from rapprochement_sim.scenario.labels import skin_of
from rapprochement_sim.scenario.loading import LoadedScenario, load_scenario
from rapprochement_sim.scenario.name_table import dressed
from rapprochement_sim.scenario.names import VARIABLES
from rapprochement_sim.scenario.problems import validated
from rapprochement_sim.scenario.schema import (
    CapitalKey,
    Effect,
    Event,
    Quantity,
    RuleBook,
    Schema,
)
from rapprochement_sim.scenario.text_files import shown_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import Self

    from rapprochement_sim.scenario.composing import DataPath

INJECTS_FILE = "injects.yaml"
MOST_CHANGES = 5
MOST_WORDS = 200
MOVABLE = (
    "trust",
    "glow",
    "provocation",
    "hurt",
    "salience",
    "settlement",
    "approval",
    "channel",
    "programme",
    "bandwidth",
)
_SHARES = {"small": 0.25, "medium": 0.6, "large": 0.95}
"""How many of the rule book's own effects on such a figure are smaller, as a share."""
_DOUBT = 0.5
Words = Annotated[str, Field(min_length=1, max_length=MOST_WORDS)]


class OwnChange(Schema):
    """How one figure moves, by its indicator's name, on top of all else that moves it."""

    indicator: str
    change: Change


class PreparedAct(Schema):
    """An act that a government gives, as it would by itself: one that needs nobody's consent."""

    capital: CapitalKey
    action: str
    target: CapitalKey


class PreparedInject(Schema):
    """Something a teacher may let befall: an event, changes of one's own, an act, or news.

    ``title`` is for the teacher alone, ``headline`` is what everyone reads.
    """

    title: Words
    headline: Words
    event: str = ""
    changes: Annotated[list[OwnChange], Field(max_length=MOST_CHANGES)] = []  # noqa: RUF012 - pydantic copies it
    act: PreparedAct | None = None

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if bool(self.event) + bool(self.changes) + (self.act is not None) > 1:
            msg = "an inject is an event of the rules, changes of its own or an act, not both"
            raise ValueError(msg)
        return self


class PreparedInjects(Schema):
    """The file ``injects.yaml`` beside a scenario."""

    injects: dict[str, PreparedInject]


def movable_cells(rules: RuleBook) -> dict[str, Cell]:
    """Return the cells that an inject may move, by indicator; of a dispute its parties' alone."""
    return {
        name: cell
        for name, cell in indicator_cells(rules).items()
        if cell.of in MOVABLE and _is_a_partys(rules, cell)
    }


def _is_a_partys(rules: RuleBook, cell: Cell) -> bool:
    """Whether a cell is of no dispute, or of one that its capital is a party to."""
    if VARIABLES[cell.of].axes[:1] != ("dispute",):
        return True
    dispute, capital = cell.names
    return capital in rules.disputes[dispute].parties


def size_of_change(rules: RuleBook, variable: str, change: Change) -> float:
    """Return the latent size of a change, signed: as the rule book's own effects go."""
    word, _, direction = change.partition(" ")
    sizes = _sizes_of(rules, variable)
    size = sizes[min(int(_SHARES[word] * len(sizes)), len(sizes) - 1)]
    return size if direction == "rise" else -size


def _sizes_of(rules: RuleBook, variable: str) -> list[float]:
    acts = (effect for action in rules.actions.values() for effect in action.effects)
    events = (effect for event in rules.events.values() for effect in event.effects)
    sizes = (abs(effect.size) for effect in (*acts, *events) if effect.on == variable)
    return sorted(size for size in sizes if size > 0.0)


def own_event(rules: RuleBook, headline: str, changes: tuple[tuple[str, Change], ...]) -> Event:
    """Return an event that says a headline and moves figures.

    Parameters
    ----------
    rules
        The rule book, which says how large a change is.
    headline
        What everyone reads.
    changes
        Indicator and change of each figure.

    Raises
    ------
    MalformedInput
        If a figure is none that an inject may move.
    """
    cells = movable_cells(rules)
    effects = []
    for name, change in changes:
        if name not in cells:
            what = f"no inject can move '{name}'"
            raise MalformedInput(what, nearest=nearest_name(name, cells))
        if change not in CHANGES:
            what = f"there is no change '{change}'"
            raise MalformedInput(what, allowed=listed(CHANGES))
        size = size_of_change(rules, cells[name].of, change)
        ends = sorted(size * share for share in (1.0 - _DOUBT, 1.0 + _DOUBT))
        effects.append(
            Effect(
                on=cells[name].of,
                at=list(cells[name].names),
                size=size,
                range=ends,
                source="assumption",
                why="as the teacher has set it",
            )
        )
    never = Quantity(value=0.0, range=[0.0, 0.0], unit="per year", source="assumption")
    return Event(
        title=headline,
        summary=headline,
        narration=headline if headline.endswith((".", "!", "?")) else f"{headline}.",
        per_year=never,
        parties=[],
        effects=effects,
        sources=["assumption"],
    )


def load_injects(loaded: LoadedScenario) -> dict[str, PreparedInject]:
    """Read the injects prepared beside a scenario; none if there is no such file.

    Raises
    ------
    MalformedInput
        If the file is malformed, or names an event or a figure that there is not.
    """
    path = loaded.path.parent / INJECTS_FILE
    if not path.is_file():
        return {}
    document = read_document(path)
    found = validated(PreparedInjects, document).injects
    problems = list(_problems(found, loaded.rules, document.where))
    if problems:
        raise MalformedInput.gather(problems)
    skin = skin_of(loaded.path)
    return {name: dressed(inject, skin) for name, inject in found.items()}


def report_injects(path: Path) -> str:
    """Check a file of injects by the scenario that it stands beside; tell what it holds.

    Raises
    ------
    MalformedInput
        If it, or the scenario, is malformed.
    """
    found = load_injects(load_scenario(path.parent))
    return f"{shown_path(path)}: in order, {len(found)} prepared injects"


def _problems(
    found: dict[str, PreparedInject], rules: RuleBook, where: Callable[[DataPath], str]
) -> Iterator[MalformedInput]:
    cells = movable_cells(rules)
    for name, inject in found.items():
        if inject.event and inject.event not in rules.events:
            yield MalformedInput(
                f"there is no event '{inject.event}'",
                where=where(("injects", name, "event")),
                allowed=listed(rules.events),
                nearest=nearest_name(inject.event, rules.events),
            )
        if inject.act is not None:
            yield from _problems_of_act(inject.act, rules, where(("injects", name, "act")))
        for number, each in enumerate(inject.changes):
            if each.indicator not in cells:
                yield MalformedInput(
                    f"no inject can move '{each.indicator}'",
                    where=where(("injects", name, "changes", number, "indicator")),
                    nearest=nearest_name(each.indicator, cells),
                )


def _problems_of_act(act: PreparedAct, rules: RuleBook, where: str) -> Iterator[MalformedInput]:
    own = {
        name: action
        for name, action in rules.actions.items()
        if not action.is_joint and any(seat.actor == act.capital for seat in action.seats)
    }
    if act.action not in own:
        yield MalformedInput(
            f"{act.capital} has no act '{act.action}' that needs nobody's consent",
            where=where,
            allowed=listed(own),
            nearest=nearest_name(act.action, own),
        )
        return
    targets = [seat.target for seat in own[act.action].seats if seat.actor == act.capital]
    if act.target not in targets:
        yield MalformedInput(
            f"'{act.action}' cannot be directed at {act.target}",
            where=where,
            allowed=listed(targets),
        )
