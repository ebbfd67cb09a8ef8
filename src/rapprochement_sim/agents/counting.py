"""Numbers for agents that do not keep their model alive.

Mesa 3.3 counts agents in a dictionary on the class whose keys are models, so that no model
is ever freed. A worker that runs a thousand models in turn would keep them all.
"""

from collections.abc import Iterator
from itertools import count
from weakref import WeakKeyDictionary

import mesa


class WeakCounters:
    """Counters from 1, one a model, dropped with the model."""

    def __init__(self) -> None:
        self._counters: WeakKeyDictionary[mesa.Model, Iterator[int]] = WeakKeyDictionary()

    def __getitem__(self, model: mesa.Model) -> Iterator[int]:
        """Return the counter of a model."""
        return self._counters.setdefault(model, count(1))


class CountedAgent(mesa.Agent):
    """An agent whose number does not keep its model alive."""

    _ids = WeakCounters()
