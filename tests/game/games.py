"""Ways to play that several tests of the game share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.vocabulary import Capital, Order

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rapprochement_sim.game.session import Session

SCENARIO = "rekindled_2023"


def new_game(*seats: Capital, seed: int = 7, run: int = 0, path: Path | None = None) -> Session:
    """Start a game of the first scenario."""
    return start_game(SCENARIO, seats=seats, seed=seed, run=run, path=path)


def seated(session: Session, capital: Capital = Capital.TOKYO) -> LocalSeat:
    """Sit down at a game."""
    return LocalSeat(session, capital)


def play_busily(session: Session, n_turns: int) -> None:
    """Play turns in which every played seat accepts, offers and orders what it is allowed.

    Which acts are taken depends on the turn only, so that two games played so are alike.
    """
    for _ in range(n_turns):
        for capital in session.seats:
            accept_all(session, capital)
            give_some(session, capital)
        session.play_turn()


def accept_all(session: Session, capital: Capital) -> None:
    """Accept every offer that waits."""
    for row, _ in session.offers_to(capital):
        assert row.actor is not None
        session.answer(capital, row.actor, accepts=True)


def give_some(session: Session, capital: Capital) -> None:
    """Give two allowed orders or offers, others in each turn, with their first modifier."""
    seat = LocalSeat(session, capital)
    for step in range(2):
        allowed = [o for o in seat.options() if o.is_allowed and o.action != "hold"]
        if not allowed:
            return
        option = allowed[(session.turn * 5 + step * 3) % len(allowed)]
        modifiers = tuple(key for key, _ in option.modifiers[:1])
        session.submit(
            order_of(capital, option.action, option.target, modifiers),
        )


def order_of(
    capital: Capital, action: str, target: Capital, modifiers: Sequence[str] = ()
) -> Order:
    """Write an order down."""
    return Order(capital, action, target, tuple(modifiers))
