"""The state of many worlds: one array a variable, the run axis last. Replaced, never edited."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any, Self

import numpy as np

from rapprochement_sim.world.axes import Array, Integers


@dataclass(frozen=True)
class Beliefs:
    """What seats can know at the start of a turn.

    Attributes
    ----------
    secret
        Each seat's estimate of the secret cells (seat, cell, run), on latent scales; its
        own cells are exact. Cells: see :mod:`rapprochement_sim.decision.beliefs`.
    published
        Public surveys on disputes and governments (cell, run), 0..1, with sampling error.
    polls
        Published poll shares (survey, run), 0..1, with sampling error.
    poll_errors
        Standard errors of these shares, same shape.
    """

    secret: Array
    published: Array
    polls: Array
    poll_errors: Array


@dataclass(frozen=True)
class WorldState:
    """Everything that a turn starts from.

    Attributes
    ----------
    turn
        Turns resolved so far.
    values
        Variable name to array (axes of the variable, run); ``logit`` variables on the
        logit scale.
    attitude
        Citizen n of capital i towards j (capital, citizen, partner, run), latent.
    displacement
        What disputes and warmth have moved a public by (capital, partner, run), latent.
    participation
        Share of taking part in protest (capital, citizen, run), 0..1.
    crowd
        Share of protesting neighbours that citizens last reacted to, same shape.
    protest
        Mean participation over citizens (capital, run), 0..1.
    threat
        i's appraisal of j, logit scale (capital, partner, run).
    shares
        True poll shares (survey, run), 0..1.
    years_in_office
        Of each leader (capital, run), years.
    attention
        Attention at hand (capital, run).
    pauses
        Turns until a row of the rule book may be used again (row, run).
    beliefs
        See :class:`Beliefs`.
    """

    turn: int
    values: Mapping[str, Array]
    attitude: Array
    displacement: Array
    participation: Array
    crowd: Array
    protest: Array
    threat: Array
    shares: Array
    years_in_office: Array
    attention: Array
    pauses: Integers
    beliefs: Beliefs

    @property
    def n_lanes(self) -> int:
        """Number of worlds held side by side."""
        return int(self.attitude.shape[-1])

    def with_values(self, **values: Array) -> Self:
        """Return a copy in which some variables are replaced."""
        return replace(self, values=MappingProxyType({**self.values, **values}))

    def arrays(self) -> dict[str, Array]:
        """Return every array by name, the run axis last."""
        named: dict[str, Array] = dict(self.values)
        for name in _OWN_ARRAYS:
            named[name] = getattr(self, name)
        named["pauses"] = self.pauses.astype(np.float64)
        for name in ("secret", "published", "polls", "poll_errors"):
            named[f"belief_{name}"] = getattr(self.beliefs, name)
        return named

    def lane(self, lanes: Integers) -> "WorldState":
        """Return the worlds of some lanes, in that sequence (repeats allowed)."""
        picked = {name: a.take(lanes, axis=-1) for name, a in self.values.items()}
        own = {name: getattr(self, name).take(lanes, axis=-1) for name in _OWN_ARRAYS}
        beliefs = Beliefs(
            **{
                name: getattr(self.beliefs, name).take(lanes, axis=-1)
                for name in ("secret", "published", "polls", "poll_errors")
            }
        )
        return WorldState(
            turn=self.turn,
            values=MappingProxyType(picked),
            pauses=self.pauses.take(lanes, axis=-1),
            beliefs=beliefs,
            **own,
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Let a state travel to another process: a mapping proxy cannot by itself."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        return _received, ({**own, "values": dict(self.values)},)

    def digest(self, lane: int = 0) -> str:
        """Return a SHA-256 of every bit of one world."""
        digest = hashlib.sha256(str(self.turn).encode())
        for name, array in sorted(self.arrays().items()):
            digest.update(name.encode())
            digest.update(np.ascontiguousarray(array[..., lane]).tobytes())
        return digest.hexdigest()


def _received(own: dict[str, Any]) -> WorldState:
    return WorldState(**{**own, "values": MappingProxyType(own["values"])})


_OWN_ARRAYS = (
    "attitude",
    "displacement",
    "participation",
    "crowd",
    "protest",
    "threat",
    "shares",
    "years_in_office",
    "attention",
)
