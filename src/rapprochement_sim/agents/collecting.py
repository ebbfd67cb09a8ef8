"""What Mesa's data collector keeps of a single world."""

from typing import TYPE_CHECKING

import mesa

if TYPE_CHECKING:
    from collections.abc import Callable

    from rapprochement_sim.model import RapprochementModel


def collector_of(model: "RapprochementModel") -> mesa.DataCollector:
    """Return a collector of every named indicator."""

    def reader(index: int) -> "Callable[[RapprochementModel], float]":
        return lambda model: float(model.indicators[index, 0])

    entries = model.case.indicators.entries
    return mesa.DataCollector(
        model_reporters={"turn": "turn", **{e.name: reader(e.index) for e in entries}},
        agent_reporters={"capital": lambda agent: agent.capital.key},
    )
