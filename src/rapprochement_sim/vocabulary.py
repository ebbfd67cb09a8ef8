"""The nouns of the simulation: capitals, lenses, orders, consents, causes.

Nothing here knows numpy, a file or a screen.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from rapprochement_sim.naming import capital_title


class Capital(IntEnum):
    """A government that decides. The value is its index on every capital axis."""

    SEOUL = 0
    TOKYO = 1
    WASHINGTON = 2
    BEIJING = 3
    PYONGYANG = 4

    @property
    def key(self) -> str:
        """Lower-case name, as written in YAML, saves and commands."""
        return self.name.lower()

    @property
    def title(self) -> str:
        """Name as shown to people."""
        return capital_title(self.key)


CAPITALS: tuple[Capital, ...] = tuple(Capital)
CAPITAL_KEYS: tuple[str, ...] = tuple(capital.key for capital in CAPITALS)
DEMOCRACIES: tuple[Capital, ...] = (Capital.SEOUL, Capital.TOKYO, Capital.WASHINGTON)

COUNTRY_CODES: dict[str, Capital] = {
    "KR": Capital.SEOUL,
    "JP": Capital.TOKYO,
    "US": Capital.WASHINGTON,
    "CN": Capital.BEIJING,
    "KP": Capital.PYONGYANG,
}

DYADS: tuple[tuple[Capital, Capital], ...] = tuple(
    (a, b) for a in CAPITALS for b in CAPITALS if a < b
)


def dyad_key(a: Capital, b: Capital) -> str:
    """Name of the unordered pair, in axis sequence: ``seoul-tokyo``."""
    low, high = sorted((a, b))
    return f"{low.key}-{high.key}"


class Lens(StrEnum):
    """A school of thought that scores orders. Eclectic is a mix, not a fourth score."""

    REALIST = "realist"
    LIBERAL = "liberal"
    CONSTRUCTIVIST = "constructivist"


LENSES: tuple[Lens, ...] = tuple(Lens)

QUARTER_MONTHS = 3
"""Months of the turn that the rules are written for."""

ATTENTION_PER_TURN = 2.0
ORDERS_PER_TURN = 2
MODIFIERS_PER_ORDER = 2


class CauseKind(StrEnum):
    """Where a term of the ledger comes from."""

    ORDER = "order"
    CONSENT = "consent"
    EVENT = "event"
    PROCESS = "process"
    CHANCE = "chance"


@dataclass(frozen=True)
class Order:
    """What a seat submits: an action towards a target, with at most two modifiers.

    ``action`` and ``modifiers`` are ids of the rule book; ``target`` is the partner
    that the action names (the actor itself for acts without one).
    """

    actor: Capital
    action: str
    target: Capital
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Consent:
    """An answer to another capital's proposal."""

    capital: Capital
    proposer: Capital
    accepts: bool
