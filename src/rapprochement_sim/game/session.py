"""A game in progress: who plays, what has been decided, and when a turn resolves.

A turn has two phases. In the *talks* every seat may offer one joint act and answers what
it is offered; once all seats that people play have committed, the answers are known.
Then come *orders*; once all have committed again, the turn resolves. Seats that nobody
plays decide by themselves, as in an ensemble, so a game in which nobody plays is that
run of the ensemble, bit for bit.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from rapprochement_sim.errors import NotAllowedNow, OutputProblem
from rapprochement_sim.game.chronicle import (
    ResolvedTurn,
    acts_of_turn,
    offers_and_answers,
    orders_given,
)
from rapprochement_sim.game.decisions import (
    Decision,
    DecisionKind,
    Purse,
    find_row,
    modifier_bits,
    purse_after,
    refusal_of,
)
from rapprochement_sim.game.forecasts import in_place
from rapprochement_sim.game.journal import Header, Journal, LessonMark, Note, TurnEntry
from rapprochement_sim.game.journal_text import journal_text
from rapprochement_sim.game.knowledge import KnownFigures, known_figures, observe
from rapprochement_sim.game.publishing import published_figures
from rapprochement_sim.game.rows import actor_of
from rapprochement_sim.game.save_claim import SaveClaim, claim_save
from rapprochement_sim.game.table import (
    LANE,
    OfferOnTable,
    offers_on_table,
    refusals_of_turn,
    talks_told,
    write_orders,
    write_talks,
)
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.naming import shown_id
from rapprochement_sim.scenario.cell_words import figure_titles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.effects.rows import Row
    from rapprochement_sim.game.forecasts import ForecastSheet
    from rapprochement_sim.vocabulary import Capital, Order
    from rapprochement_sim.world.ledger import Ledger
    from rapprochement_sim.world.state import WorldState


class Phase(StrEnum):
    """Where a turn stands."""

    TALKS = "talks"
    ORDERS = "orders"
    OVER = "over"


class Session:
    """One game.

    Parameters
    ----------
    case
        The compiled scenario, with the lens weights of this game.
    header
        What the game is started with; a save repeats it.
    path
        Where the game is saved after every decision; None keeps it in memory only.
    """

    def __init__(self, case: Case, header: Header, path: Path | None = None) -> None:
        self.case = case
        self.header = header
        self.path = path
        self.claim: SaveClaim | None = None
        self.model = RapprochementModel(
            case, root_seed=header.seed, run_seed=header.run, ledger=True, collect=False
        )
        self.turns: list[ResolvedTurn] = []
        self.states: list[WorldState] = [self.model.state]
        self.phase = Phase.TALKS
        self.notes: list[Note] = []
        self.forecasts: list[ForecastSheet] = []
        self.lesson: LessonMark | None = None
        self._decisions: list[Decision] = []
        self._committed: set[Capital] = set()
        self._known: dict[tuple[Capital, int], KnownFigures] = {}
        start = published_figures(case, self.model.state)
        self.start = TurnEntry(0, (), start, self.model.state.digest(LANE))
        self._refusals = refusals_of_turn(self.model)

    # -------------------------------------------------------------- reading

    @property
    def seats(self) -> tuple[Capital, ...]:
        """Capitals that people play in the open turn."""
        return self.header.seats_in(self.turn + 1)

    @property
    def turn(self) -> int:
        """Turns resolved so far; the open turn is number ``turn + 1``."""
        return self.model.turn

    @property
    def ledger(self) -> Ledger:
        """Who caused what, exactly: for debriefs, and for what a seat may see of it."""
        if self.model.ledger is None:
            msg = "a game is always played with its ledger"
            raise RuntimeError(msg)
        return self.model.ledger

    @cached_property
    def titles(self) -> dict[str, str]:
        """What every figure is called."""
        return figure_titles(self.case.loaded.rules)

    def known(self, seat: Capital, turns_resolved: int) -> KnownFigures:
        """Return the figures that a seat knew once so many turns were resolved."""
        at = (seat, turns_resolved)
        if at not in self._known:
            knowledge = observe(self.states[turns_resolved], seat)
            self._known[at] = known_figures(self.case, knowledge)
        return self._known[at]

    @property
    def is_over(self) -> bool:
        """Whether the last turn has been resolved."""
        return self.phase is Phase.OVER

    def decisions_of(self, seat: Capital) -> tuple[Decision, ...]:
        """Return what a seat has decided in the open turn."""
        return tuple(d for d in self._decisions if d.seat == seat)

    def has_committed(self, seat: Capital) -> bool:
        """Whether a seat waits for the others in this phase."""
        return seat in self._committed

    def offers_to(self, seat: Capital) -> tuple[tuple[Row, int], ...]:
        """Return the joint acts that others offer a seat, with their modifiers as bits."""
        found = []
        for proposer, row, bits in self._offers():
            if proposer != seat and seat in row.consenting:
                found.append((row, bits))
        return tuple(found)

    def purse(self, seat: Capital) -> Purse:
        """Return what a seat can still spend; an offer on the table counts in full."""
        own = self.decisions_of(seat)
        if self.phase is Phase.ORDERS:
            attention = float(self.model.deals.attention_left[seat, LANE])
            capital = float(self.model.deals.capital_left[seat, LANE])
            own = tuple(d for d in own if d.kind == "order")
        else:
            state = self.model.state
            attention = float(state.attention[seat, LANE])
            capital = float(state.values["political_capital"][seat, LANE])
        return purse_after(self.case, Purse(attention, capital), own)

    def refusal(self, row: Row, modifiers: int = 0) -> str:
        """Return why the actor of a row cannot order or offer it now; empty if it can.

        ``modifiers`` are what is asked for with it, as bits: they have their price.
        """
        actor = actor_of(row)
        if row.is_joint and self.phase is Phase.ORDERS:
            return "the talks of this turn are closed; offer it next turn"
        reason = self._refusals[row.index]
        own, purse = self.decisions_of(actor), self.purse(actor)
        return refusal_of(row, own, purse, reason=reason, modifiers=modifiers)

    def is_legal(self, row: Row) -> bool:
        """Whether the rules allowed a row when the turn opened, whatever was decided since."""
        return not self._refusals[row.index]

    def talks(self) -> tuple[tuple[tuple[Capital, ...], str], ...]:
        """Tell how the offers of the open turn ended: who took part, and the result."""
        return tuple(talks_told(self.model, self._offers()))

    def journal(self) -> Journal:
        """Return the game as a journal."""
        entries = tuple(
            TurnEntry(turn.turn, turn.decisions, turn.published, turn.digest) for turn in self.turns
        )
        return Journal(
            header=self.header,
            start=self.start,
            turns=entries,
            pending=tuple(self._decisions),
            are_talks_closed=self.phase is Phase.ORDERS,
            notes=tuple(self.notes),
            forecasts=tuple(self.forecasts),
            lesson=self.lesson,
        )

    # -------------------------------------------------------------- deciding

    def submit(self, order: Order) -> Decision:
        """Give an order, or offer a joint act.

        Raises
        ------
        MalformedInput
            If there is no such act, target or modifier.
        NotAllowedNow
            If the rules refuse it at this moment; the error says why.
        """
        row = find_row(self.case, order)
        bits = modifier_bits(row, order.modifiers)
        self._check_open(order.actor)
        reason = self.refusal(row, bits)
        if reason:
            what = f"{shown_id(order.action)} is not allowed now: {reason.rstrip('.')}"
            raise NotAllowedNow(what, where=self._where(order.actor))
        ordered = tuple(name for bit, name in enumerate(row.modifiers) if bits >> bit & 1)
        kind: DecisionKind = "offer" if row.is_joint else "order"
        decision = Decision(kind, order.actor, order.target, order.action, ordered)
        self._take(decision)
        if row.is_joint:
            self._committed -= set(row.consenting)
        return decision

    def answer(self, seat: Capital, proposer: Capital, *, accepts: bool) -> Decision:
        """Answer an offer; a second answer replaces the first.

        Raises
        ------
        NotAllowedNow
            If there is no such offer, or the talks are closed.
        """
        self._check_open(seat)
        if self.phase is not Phase.TALKS:
            what = "the talks of this turn are closed"
            raise NotAllowedNow(what, where=self._where(seat))
        if proposer not in [row.actor for row, _ in self.offers_to(seat)]:
            what = f"{proposer.title} has made no offer that waits for {seat.title}"
            raise NotAllowedNow(what, where=self._where(seat))
        answered = Decision("answer", seat, proposer, accepts=accepts)
        earlier = replace(answered, accepts=not accepts)
        self._take(answered, instead_of=(answered, earlier))
        return answered

    def undo(self, seat: Capital) -> Decision:
        """Take back a seat's last decision, as long as nobody has acted on it.

        Raises
        ------
        NotAllowedNow
            If there is none that can be taken back.
        """
        self._check_open(seat)
        for decision in reversed(self._decisions):
            is_final = self.phase is Phase.ORDERS and decision.kind != "order"
            if decision.seat == seat and not is_final:
                before = list(self._decisions)
                self._decisions.remove(decision)
                if decision.kind == "offer":
                    self._forget_answers_to(seat)
                self._save_or_restore(before)
                return decision
        what = "there is nothing to take back"
        if self.phase is Phase.ORDERS and self.decisions_of(seat):
            what += ": the offers of this turn have been answered"
        elif self.turns:
            what += ": a resolved turn is final"
        raise NotAllowedNow(what, where=self._where(seat))

    def commit(self, seat: Capital) -> None:
        """Say that a seat is done with this phase; the last one to say so ends it."""
        self._check_open(seat)
        self._committed.add(seat)
        if self._committed >= set(self.seats):
            self.advance()

    def advance(self) -> None:
        """End the phase whether or not all have committed; after the last turn do nothing."""
        if self.is_over:
            return
        self._committed.clear()
        if self.phase is Phase.TALKS:
            self._close_talks()
        else:
            self._resolve()
        self.save()

    def play_turn(self) -> ResolvedTurn:
        """Resolve the open turn with what has been decided."""
        n_before = len(self.turns)
        while len(self.turns) == n_before and not self.is_over:
            self.advance()
        return self.turns[-1]

    def note(self, seat: Capital, text: str) -> None:
        """Keep a player's note with the save."""
        storable = text.encode("utf-8", "replace").decode("utf-8")
        self.notes.append(Note(self.turn + 1, seat, storable))
        self.save()

    def keep_forecasts(self, sheets: Sequence[ForecastSheet], *, at_once: bool = True) -> None:
        """Keep forecasts, those of the same turn replaced; write them now, or with what is next."""
        kept = in_place(self.forecasts, sheets)
        if kept != self.forecasts:
            self.forecasts = kept
            if at_once:
                self.save()

    def save(self) -> None:
        """Write the save, if the game has one; from then on no other process plays it."""
        if self.path is not None:
            self.claim = claim_save(self.path)
            self.claim.write(journal_text(self.journal()))

    def restore(
        self,
        pending: Iterable[Decision],
        notes: Iterable[Note],
        *,
        closed: bool,
        forecasts: Iterable[ForecastSheet] = (),
    ) -> None:
        """Put back what was decided in the open turn of a save, and what is kept beside."""
        self._decisions = list(pending)
        self.notes = list(notes)
        self.forecasts = list(forecasts)
        if closed and self.phase is Phase.TALKS:
            self._close_talks()

    # -------------------------------------------------------------- within

    def _take(self, decision: Decision, *, instead_of: tuple[Decision, ...] = ()) -> None:
        before = list(self._decisions)
        self._decisions = [d for d in before if d not in instead_of] + [decision]
        self._save_or_restore(before)
        self._committed.discard(decision.seat)

    def _save_or_restore(self, before: list[Decision]) -> None:
        """Save; if that fails the decision does not count, so that file and game agree."""
        try:
            self.save()
        except OutputProblem:
            self._decisions = before
            raise

    def _forget_answers_to(self, proposer: Capital) -> None:
        self._decisions = [
            d for d in self._decisions if d.kind != "answer" or d.partner != proposer
        ]

    def _check_open(self, seat: Capital) -> None:
        if self.is_over:
            what = "the game is over"
            raise NotAllowedNow(what, where=self._where(seat))
        if seat not in self.seats:
            what = f"nobody plays {seat.title} in this game"
            raise NotAllowedNow(what, where=self._where(seat))

    def _where(self, seat: Capital) -> str:
        n_turns = self.case.world.n_turns
        return f"{seat.title}, turn {min(self.turn + 1, n_turns)} of {n_turns}"

    def _offers(self) -> Iterator[OfferOnTable]:
        return offers_on_table(self.model, self.seats, self._decisions)

    def _close_talks(self) -> None:
        write_talks(self.model, self.seats, self._decisions)
        self.model.settle_proposals()
        self.phase = Phase.ORDERS

    def _resolve(self) -> None:
        model = self.model
        write_orders(model, self.seats, self._decisions)
        talked = tuple(offers_and_answers(model))
        model.step()
        self.turns.append(
            ResolvedTurn(
                turn=model.turn,
                decisions=(*talked, *orders_given(model)),
                acts=acts_of_turn(model),
                published=published_figures(self.case, model.state),
                digest=model.state.digest(LANE),
            )
        )
        self.states.append(model.state)
        self._decisions = []
        self.phase = Phase.OVER if model.is_over else Phase.TALKS
        self._refusals = refusals_of_turn(model)
