"""Where sources disagree, and what each of them says: one entry for each contested name."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

_STRICT = ConfigDict(frozen=True, strict=True, extra="forbid")
_Number = Annotated[float, Field(allow_inf_nan=False)]


class ConflictReading(BaseModel):
    """One side of a disagreement.

    ``scale`` multiplies every number that carries the contested name, ``value`` stands
    in for it; what the rules ship is scale 1.
    """

    model_config = _STRICT

    name: str
    text: str
    scale: _Number | None = None
    value: _Number | None = None
    sources: Annotated[list[str], Field(min_length=1)]


class Conflict(BaseModel):
    """A disagreement between sources, kept with its readings and never averaged.

    ``about`` is ``rules`` if numbers carry it under this name in ``contested``, and
    ``record`` if it is about what happened and no number depends on it. ``where`` says
    in words where it stands, or how the rules treat it.
    """

    model_config = _STRICT

    title: str
    about: Literal["rules", "record"] = "rules"
    where: str
    readings: Annotated[list[ConflictReading], Field(min_length=2)]

    @model_validator(mode="after")
    def _readings_of_rules_say_how_they_read_a_number(self) -> Self:
        for reading in self.readings:
            n_given = (reading.scale is not None) + (reading.value is not None)
            if n_given != (self.about == "rules"):
                wanted = "exactly one of" if self.about == "rules" else "neither of"
                msg = f"the reading '{reading.name}' needs {wanted} 'scale' and 'value'"
                raise ValueError(msg)
        return self
