"""What the articles recommend, as programmes that a seat can play: read from their file.

They describe the rules and are no part of them: changing them changes no result.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from rapprochement_sim.naming import capital_title
from rapprochement_sim.scenario.cell_words import figure_titles
from rapprochement_sim.scenario.composing import read_document
from rapprochement_sim.scenario.problems import validated
from rapprochement_sim.scenario.schema import CapitalKey, RuleBook, Schema

_FILE = Path(__file__).resolve().parents[1] / "data" / "programmes.yaml"
_Key = Annotated[str, Field(pattern=r"^[a-z0-9_]+:[a-z]+>[a-z]+$")]


class ProgrammeAct(Schema):
    """An act of a programme, with its terms.

    ``is_instead`` says that it stands in place of the act before it, not after it.
    """

    key: Annotated[_Key, Field(alias="act")]
    modifiers: Annotated[tuple[str, ...], Field(alias="with", max_length=2, strict=False)] = ()
    is_instead: Annotated[bool, Field(alias="or")] = False

    @property
    def action(self) -> str:
        """Id of the action."""
        return self.key.partition(":")[0]

    @property
    def actor(self) -> str:
        """Key of the capital that gives or offers it."""
        return self.key.partition(":")[2].partition(">")[0]

    @property
    def target(self) -> str:
        """Key of the capital that it is directed at."""
        return self.key.partition(">")[2]


class Programme(Schema):
    """A recommendation: who says so, whom it asks first, what to do, and what to look at."""

    title: str
    about: Annotated[str, Field(max_length=140)]
    source: str
    seat: CapitalKey
    look_at: str
    acts: Annotated[list[ProgrammeAct], Field(min_length=1)]


class _File(Schema):
    programmes: dict[str, Programme]


def read_programmes(path: Path) -> dict[str, Programme]:
    """Read programmes from a file.

    Raises
    ------
    MalformedInput
        If the file is malformed.
    """
    return validated(_File, read_document(path)).programmes


def programmes_of(rules: RuleBook) -> dict[str, Programme]:
    """Return the programmes whose every act is in a rule book."""
    shipped = shipped_programmes()
    return {
        name: programme
        for name, programme in shipped.items()
        if all(act.action in rules.actions for act in programme.acts)
    }


@cache
def shipped_programmes() -> dict[str, Programme]:
    """Return the programmes of the reading list, by their ids."""
    return read_programmes(_FILE)


def programme_facts(programme: Programme, rules: RuleBook) -> dict[str, str]:
    """Describe a programme's plain fields in the titles of a rule book."""
    figure = figure_titles(rules)[programme.look_at]
    steps = "; ".join(_told(act, rules) for act in programme.acts)
    return {"asks first": capital_title(programme.seat), "steps": steps, "look at": figure}


def _told(act: ProgrammeAct, rules: RuleBook) -> str:
    action = rules.actions[act.action]
    terms = " and ".join(action.modifiers[name].title for name in act.modifiers)
    title = f"{capital_title(act.actor)}: {action.title} ({capital_title(act.target)})"
    return f"{'or ' if act.is_instead else ''}{title}{f', with: {terms}' if terms else ''}"
