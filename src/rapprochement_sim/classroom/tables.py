"""Worlds on the table: sessions of the game, made from recipes and kept while they fit.

A table is never changed by what somebody looks at: each request first lays it as its
recipe says. A recipe that goes on from the one before only plays what is new.
"""

from __future__ import annotations

from collections import OrderedDict
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from rapprochement_sim.classroom.facts import SeatDecision
from rapprochement_sim.classroom.state import PlayedTurn
from rapprochement_sim.errors import NotAllowedNow, RapprochementError, WrongVersion
from rapprochement_sim.game.debrief import debrief
from rapprochement_sim.game.decisions import Decision
from rapprochement_sim.game.injects import (
    OwnInject,
    check_act,
    let_act,
    let_befall,
    with_own_injects,
)
from rapprochement_sim.game.journal import Header
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.opening import program_version
from rapprochement_sim.game.session import Session
from rapprochement_sim.game.table import LANE
from rapprochement_sim.game.wording import capital_named
from rapprochement_sim.model import load_case
from rapprochement_sim.scenario.wearing import wear_labels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rapprochement_sim.classroom.recipe import Recipe
    from rapprochement_sim.classroom.state import Inject
    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.game.debrief import Debrief
    from rapprochement_sim.vocabulary import Capital, Order

_TABLES_KEPT = 32
_CASES_KEPT = 8
_OWN = "own_inject_"


def name_of(inject: Inject) -> str:
    """Return the name of the event that an inject brings, empty if it is news alone."""
    return f"{_OWN}{inject.id}" if inject.changes else inject.event


def own_injects(recipe: Recipe) -> tuple[OwnInject, ...]:
    """Return the injects of a recipe that are the teacher's own."""
    return tuple(
        OwnInject(name_of(i), i.headline, tuple((c.figure, c.change) for c in i.changes))  # type: ignore[misc]
        for i in recipe.injects
        if i.changes
    )


class Table:
    """One world, laid as a recipe says."""

    def __init__(self, case: Case, recipe: Recipe) -> None:
        header = Header(
            scenario=recipe.scenario,
            content_hash=recipe.content_hash,
            rules_hash=recipe.rules_hash,
            program=program_version(),
            seed=recipe.seed,
            run=0,
            seats=(),
        )
        self.session = Session(case, header)
        self.recipe = recipe
        self.has_closed_talks = False
        self._own = own_injects(recipe)
        self._seats: dict[Capital, LocalSeat] = {}
        self._debrief: tuple[int, Debrief] | None = None

    def can_become(self, recipe: Recipe) -> bool:
        """Whether a recipe goes on from where the table stands."""
        mine, theirs = self.recipe, recipe
        n_played = self.session.turn
        return (
            mine.scenario == theirs.scenario
            and mine.seed == theirs.seed
            and self._own == own_injects(theirs)
            and mine.turns[:n_played] == theirs.turns[:n_played]
            and len(theirs.turns) >= n_played
            and _played_out(mine, n_played) == _played_out(theirs, n_played)
            and not (self.has_closed_talks and not self._same_talks(theirs))
        )

    def _same_talks(self, recipe: Recipe) -> bool:
        """Whether the talks that were closed here ended like this in the recipe, too."""
        at = self.session.turn
        if len(recipe.turns) > at:
            turn = recipe.turns[at]
            seats, decisions = turn.talk_seats, turn.decisions
        elif recipe.talk_seats is not None:
            seats, decisions = recipe.talk_seats, recipe.decisions
        else:
            return False
        if seats != self.recipe.talk_seats:
            return False
        return _talked(decisions) == _talked(self.recipe.decisions)

    def become(self, recipe: Recipe) -> None:
        """Lay the table as a recipe says that goes on from where it stands."""
        for turn in recipe.turns[self.session.turn :]:
            self._close_talks(turn.talk_seats, turn.decisions)
            self._resolve(turn.order_seats, turn.decisions, recipe)
        if recipe.talk_seats is not None and not self.session.is_over:
            self._close_talks(recipe.talk_seats, recipe.decisions)
        self._seat(recipe.seats)
        self.session.restore(_decisions(recipe.decisions), (), closed=False)
        self.recipe = recipe

    def play_turn(self) -> str:
        """Resolve the open turn as it stands; return the digest of its end."""
        recipe = self.recipe
        self._resolve(recipe.seats, recipe.decisions, recipe)
        digest = self.digest_of(self.session.turn)
        at = (self.session.turn, recipe.talk_seats or (), recipe.seats)
        played = PlayedTurn(*at, recipe.decisions, digest)
        turns = (*recipe.turns, played)
        self.recipe = replace(recipe, turns=turns, talk_seats=None, decisions=())
        return digest

    def seat(self, key: str) -> LocalSeat:
        """Return a seat of this world; it keeps its previews while the turn is open."""
        capital = capital_named(key)
        if capital not in self._seats:
            self._seats[capital] = LocalSeat(self.session, capital)
        return self._seats[capital]

    def digest_of(self, turn: int) -> str:
        """Return the digest of a turn's end, whatever injects of one's own came later.

        Such an inject adds a row to the rule book; what was played before it had none.
        """
        if not self._own:
            return self.session.turns[turn - 1].digest
        state, n_rows = self.session.states[turn], len(self.session.case.effects.rows)
        own_rows = state.pauses[: n_rows - len(self._own)]
        return replace(state, pauses=own_rows).digest(LANE)

    def debrief(self) -> Debrief:
        """Return how the seats fare, which changes when a turn resolves; for the teacher."""
        turn = self.session.turn
        if self._debrief is None or self._debrief[0] != turn:
            self._debrief = (turn, debrief(self.session))
        return self._debrief[1]

    def _seat(self, keys: tuple[str, ...]) -> None:
        seats = tuple(capital_named(key) for key in keys)
        self.session.header = replace(self.session.header, seats=seats)

    def _close_talks(self, seats: tuple[str, ...], decisions: tuple[SeatDecision, ...]) -> None:
        if not self.has_closed_talks:
            self._seat(seats)
            self.session.restore(_decisions(_talked(decisions)), (), closed=True)
            self.has_closed_talks = True

    def _resolve(
        self, seats: tuple[str, ...], decisions: tuple[SeatDecision, ...], recipe: Recipe
    ) -> None:
        self._seat(seats)
        self.session.restore(_decisions(decisions), (), closed=False)
        turn = self.session.turn + 1
        let_befall(
            self.session.model,
            [name for i in recipe.injects if i.turn == turn and (name := name_of(i))],
        )
        for order in _acts_let_befall(recipe, turn, seats):
            with suppress(NotAllowedNow):  # the talks may have taken what it would cost
                check_act(self.session, order)
                let_act(self.session.model, order)
        self.session.advance()
        self.has_closed_talks = False


class Tables:
    """The tables of this process, the ones looked at last kept laid."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, Table] = OrderedDict()
        self._last: LocalSeat | None = None

    def prepare(self, scenario: str) -> None:
        """Compile a scenario before a world of it is asked for; what is wrong is told then."""
        with suppress(RapprochementError):
            load_case(scenario)

    def lay(self, world: int, recipe: Recipe) -> Table:
        """Return a world's table as its recipe says.

        Raises
        ------
        WrongVersion
            If the scenario or the rules are not those that the class began with.
        """
        table = self._kept.pop(world, None)
        if table is None or not table.can_become(recipe):
            table = Table(case_of(recipe), recipe)
        table.become(recipe)
        self._kept[world] = table
        while len(self._kept) > _TABLES_KEPT:
            self._kept.popitem(last=False)
        return table

    def seat(self, table: Table, key: str) -> LocalSeat:
        """Return a seat; the possible worlds of the one before are let go, for they are large."""
        seat = table.seat(key)
        if self._last is not None and self._last is not seat:
            self._last.let_cloud_go()
        self._last = seat
        return seat

    def forget(self, world: int) -> None:
        """Let a world go; it is made again when it is looked at."""
        self._kept.pop(world, None)


def case_of(recipe: Recipe) -> Case:
    """Return the compiled scenario of a recipe.

    Raises
    ------
    WrongVersion
        If scenario or rules have changed since the class began.
    """
    wear_labels(recipe.scenario)
    case = load_case(recipe.scenario)
    found = (case.loaded.content_hash, case.loaded.rules_hash)
    if found != (recipe.content_hash, recipe.rules_hash):
        what = "the class began with other rules or another scenario text"
        todo = "Go on with the version of the program that it began with."
        raise WrongVersion(what, where=recipe.scenario, todo=todo)
    own = own_injects(recipe)
    return _extended(recipe.scenario, own) if own else case


@lru_cache(maxsize=_CASES_KEPT)
def _extended(scenario: str, own: tuple[OwnInject, ...]) -> Case:
    return with_own_injects(load_case(scenario), own)


def as_decision(decision: SeatDecision) -> Decision:
    """Return a decision of the log as the game takes it."""
    return Decision(
        kind=decision.kind,  # type: ignore[arg-type]
        seat=capital_named(decision.seat),
        partner=capital_named(decision.partner),
        action=decision.action,
        modifiers=decision.modifiers,
        accepts=decision.accepts,
    )


def as_kept(decision: Decision) -> SeatDecision:
    """Return a decision of the game as the log keeps it."""
    return SeatDecision(
        kind=decision.kind,
        seat=decision.seat.key,
        partner=decision.partner.key,
        action=decision.action,
        modifiers=decision.modifiers,
        accepts=decision.accepts,
    )


def _acts_let_befall(recipe: Recipe, turn: int, seats: tuple[str, ...]) -> list[Order]:
    """Return what governments are given in a turn; people who sit down there decide themselves."""
    return [
        as_decision(kept).order
        for inject in recipe.injects
        if inject.turn == turn
        for kept in inject.orders
        if kept.seat not in seats
    ]


def _decisions(kept: Iterable[SeatDecision]) -> list[Decision]:
    return [as_decision(decision) for decision in kept]


def _talked(decisions: tuple[SeatDecision, ...]) -> tuple[SeatDecision, ...]:
    return tuple(decision for decision in decisions if decision.kind != "order")


def _played_out(
    recipe: Recipe, n_turns: int
) -> tuple[tuple[int, str, tuple[SeatDecision, ...]], ...]:
    named = ((i.turn, name_of(i), i.orders) for i in recipe.injects if i.turn <= n_turns)
    return tuple((turn, name, orders) for turn, name, orders in named if name or orders)
