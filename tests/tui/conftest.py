"""Games that the tests of the screens share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.vocabulary import Capital
from tests.game.games import new_game, play_busily

if TYPE_CHECKING:
    from rapprochement_sim.game.briefing import Briefing
    from rapprochement_sim.game.seat import Seat


@pytest.fixture(autouse=True)
def _in_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(scope="module")
def midgame() -> Seat:
    """Sit at Seoul in the fourth turn of a game; tests that share it decide nothing."""
    session = new_game(Capital.SEOUL)
    play_busily(session, 3)
    return LocalSeat(session, Capital.SEOUL)


@pytest.fixture(scope="module")
def briefing(midgame: Seat) -> Briefing:
    """Return the page of that turn."""
    return midgame.brief()
