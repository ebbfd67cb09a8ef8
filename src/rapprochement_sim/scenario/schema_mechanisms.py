"""What the registry of mechanisms may contain, and how it chooses coefficients to switch off.

A choice says which effects, or which values of lenses, are meant. Every field that it gives
must fit; one that it leaves out fits all.
"""

from typing import Annotated

from pydantic import Field

from rapprochement_sim.scenario.names import parse_scaler
from rapprochement_sim.scenario.schema import Effect, Number, Schema, Valuation


class _Choice(Schema):
    on: list[str] = Field(default_factory=list)
    at: list[str] = Field(default_factory=list)
    scaled_by: list[str] = Field(default_factory=list)
    sources: list[str] = Field(default_factory=list)
    contested: list[str] = Field(default_factory=list)

    def fits(self, part: Effect | Valuation) -> bool:
        """Whether an effect or a value is meant."""
        return (
            (not self.on or part.on in self.on)
            and set(self.at) <= set(part.at)
            and (not self.scaled_by or parse_scaler(part.scaled_by)[0] in self.scaled_by)
            and (not self.sources or part.source in self.sources)
            and (not self.contested or part.contested in self.contested)
        )


class EffectChoice(_Choice):
    """Effects of acts and events.

    ``of`` names the acts and events, ``modifiers`` those modifiers of theirs that alone are
    meant; ``on`` variables, ``at`` coordinates that must all stand there, ``scaled_by``
    scalers by name, ``sources`` and ``contested`` references.
    """

    of: list[str] = Field(default_factory=list)
    modifiers: list[str] = Field(default_factory=list)


class ValueChoice(_Choice):
    """Values of lenses: fields as for effects, ``lenses`` by name."""

    lenses: list[str] = Field(default_factory=list)


class Without(Schema):
    """What switches a mechanism off: parameters at a neutral value, effects and values at nought.

    ``lenses_alike`` gives every seat the three schools of thought in equal parts;
    ``carried_without_a_vote`` names acts that no parliament stops.
    """

    parameters: dict[str, Number] = Field(default_factory=dict)
    effects: list[EffectChoice] = Field(default_factory=list)
    values: list[ValueChoice] = Field(default_factory=list)
    lenses_alike: bool = False
    carried_without_a_vote: list[str] = Field(default_factory=list)


class Mechanism(Schema):
    """A row of the table of mechanisms.

    ``scenarios`` are those in which it matters, most first; ``indicators`` show it beside
    the main ones of a study; ``figures`` are rows of the record that give it a size.
    """

    number: Annotated[int, Field(ge=1, le=40)]
    title: str
    summary: str
    passages: Annotated[list[str], Field(min_length=1)]
    carried_by: Annotated[list[str], Field(min_length=1)]
    worked_case: str
    scenarios: Annotated[list[str], Field(min_length=1)]
    indicators: list[str] = Field(default_factory=list)
    figures: list[str] = Field(default_factory=list)
    without: Without
