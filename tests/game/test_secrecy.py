"""A seat's page is the same bits whatever is hidden from it."""

from dataclasses import dataclass, fields, replace
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapprochement_sim.decision.case import Case
from rapprochement_sim.effects.scalers import View
from rapprochement_sim.game.briefing import Briefing
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.preview import Preview
from rapprochement_sim.game.session import Session
from rapprochement_sim.scenario.schema import Goal
from rapprochement_sim.vocabulary import CAPITALS, Capital
from rapprochement_sim.world.axes import VARIABLES, Array
from rapprochement_sim.world.state import WorldState
from tests.game.games import new_game, order_of

OWN_ROW_KNOWN = ("trust", "political_capital", "abandonment", "programme")
PUBLISHED_WITH_ERROR = ("hurt", "salience", "settlement", "approval")
SHOWN_TO_NOBODY = tuple(name for name in VARIABLES if name not in {f.name for f in fields(View)})


@dataclass(frozen=True)
class Page:
    """Everything that a seat is shown in a turn."""

    briefing: Briefing
    previews: tuple[Preview, ...]
    options: tuple[object, ...]
    figures: tuple[object, ...]
    programmes: tuple[object, ...]


def page_of(session: Session, capital: Capital) -> Page:
    """Read a whole page, through a seat that has kept nothing."""
    seat = LocalSeat(session, capital)
    options = seat.options()
    sample = options[capital :: 1 + len(options) // 8]
    orders = [
        order_of(capital, o.action, o.target, [m for m, _ in o.modifiers[:2]]) for o in sample
    ]
    return Page(
        briefing=seat.brief(),
        previews=tuple(seat.preview(order) for order in orders),
        options=options,
        figures=seat.figures(),
        programmes=seat.programmes(),
    )


def shuffled(array: Array, capital: Capital | None, shift: float) -> Array:
    """Change an array everywhere, but in one capital's row if one is given."""
    changed = 0.5 * array + 0.1 + shift * np.cos(np.arange(array.size)).reshape(array.shape)
    if capital is not None:
        changed[capital] = array[capital]
    return changed


def alter_hidden(state: WorldState, capital: Capital, shift: float) -> WorldState:
    """Change all that one seat cannot know: the truth behind surveys, others' minds and means."""
    values = dict(state.values)
    for name in (*PUBLISHED_WITH_ERROR, *SHOWN_TO_NOBODY):
        values[name] = shuffled(values[name], None, shift)
    for name in OWN_ROW_KNOWN:
        values[name] = shuffled(values[name], capital, shift)
    secret = shuffled(state.beliefs.secret, capital, shift)
    return replace(
        state,
        values=MappingProxyType(values),
        attitude=shuffled(state.attitude, None, shift),
        displacement=shuffled(state.displacement, None, shift),
        participation=shuffled(state.participation, None, shift),
        shares=shuffled(state.shares, None, shift),
        threat=shuffled(state.threat, capital, shift),
        attention=shuffled(state.attention, capital, shift),
        beliefs=replace(state.beliefs, secret=secret),
    )


def without_others_secrets(case: Case, capital: Capital) -> Case:
    """Give the other seats other secret goals."""
    schema = case.loaded.schema
    other = Goal(
        indicator="bandwidth",
        from_value=0.9,
        to_value=0.1,
        weight=9.0,
        text="?",
        source="assumption",
    )
    seats = {
        key: brief if key == capital.key else brief.model_copy(update={"secret_goals": [other]})
        for key, brief in schema.seats.items()
    }
    changed = schema.model_copy(update={"seats": seats})
    return replace(case, loaded=replace(case.loaded, schema=changed))


def hide_elsewhere(session: Session, capital: Capital, shift: float) -> None:
    """Change a session's hidden parts in place: state, others' plans, events to come, goals."""
    model = session.model
    model.state = alter_hidden(model.state, capital, shift)
    model.events = replace(model.events, row=np.roll(model.events.row, 1, axis=0))
    model.order_row = np.full_like(model.order_row, 1)
    for proposer in CAPITALS:
        row = int(model.proposal_row[proposer, 0])
        concerns = row >= 0 and capital in model.case.row(row).consenting
        if not concerns:
            model.proposal_row[proposer] = -1
    for agent in model.capitals:
        if agent.capital != capital:
            agent.values = agent.values + 1.0
    session.case = without_others_secrets(session.case, capital)


@settings(max_examples=12)
@given(
    capital=st.sampled_from(CAPITALS),
    seed=st.integers(0, 2**40),
    n_turns=st.integers(0, 4),
    shift=st.floats(-0.2, 0.2),
)
def test_no_hidden_value_reaches_the_page(
    capital: Capital, seed: int, n_turns: int, shift: float
) -> None:
    session = new_game(capital, seed=seed)
    for _ in range(n_turns):
        session.play_turn()
    open_page = page_of(session, capital)
    hide_elsewhere(session, capital, shift)
    assert page_of(session, capital) == open_page


@pytest.mark.parametrize("capital", CAPITALS)
def test_the_page_does_answer_to_what_is_public(capital: Capital) -> None:
    session = new_game(capital)
    before = page_of(session, capital)
    state = session.model.state
    polls = replace(state.beliefs, polls=state.beliefs.polls * 0.9)
    session.model.state = replace(state, beliefs=polls)
    assert page_of(session, capital) != before


def test_looking_changes_nothing() -> None:
    looked_at, left_alone = new_game(Capital.TOKYO), new_game(Capital.TOKYO)
    for _ in range(3):
        page_of(looked_at, Capital.TOKYO)
        assert looked_at.play_turn().digest == left_alone.play_turn().digest


def test_others_secret_goals_are_not_on_the_page() -> None:
    session = new_game(Capital.TOKYO)
    told = repr(LocalSeat(session, Capital.TOKYO).brief())
    for key, brief in session.case.loaded.schema.seats.items():
        for goal in brief.secret_goals:
            assert (goal.text in told) == (key == "tokyo")
