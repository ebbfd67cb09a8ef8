"""What a joined seat's advisers are told: the seat's knowledge, whole, and nothing else."""

from __future__ import annotations

from dataclasses import fields, replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from rapprochement_sim.classroom.adviser_papers import AdviserPaper, adviser_paper
from rapprochement_sim.classroom.joining.adviser_questions import read_question
from rapprochement_sim.classroom.joining.advisers import ClassAdvisers, ClassDesk
from rapprochement_sim.classroom.wire import packed, unpacked
from rapprochement_sim.effects.scalers import View
from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.game.adviser import Adviser
from rapprochement_sim.game.adviser_desk import SessionDesk
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.vocabulary import Capital, Order
from tests.game.games import new_game, play_busily
from tests.game.test_secrecy import alter_hidden, hide_elsewhere

if TYPE_CHECKING:
    from rapprochement_sim.classroom.joining.class_line import ClassLine
    from rapprochement_sim.game.session import Session

TOKYO = Capital.TOKYO


@pytest.fixture(scope="module")
def played() -> Session:
    session = new_game(TOKYO)
    play_busily(session, 2)
    return session


def paper_of(session: Session) -> str:
    return packed(adviser_paper(session.case, "sandbox", SessionDesk(session, TOKYO).asked(())))


def line_that_sends(session: Session, paper: AdviserPaper) -> ClassLine:
    """Return a line to a class that says what a session's seat may know."""
    seat = LocalSeat(session, TOKYO)
    pages = SimpleNamespace(briefing=seat.brief(), figures=seat.figures(), phase=seat.phase.value)
    standing = SimpleNamespace(world=1, is_ended=False)
    line = SimpleNamespace(pages=pages, standing=standing, ask=lambda *_: paper)
    return cast("ClassLine", line)


def test_advisers_here_see_what_those_of_a_local_seat_see(played: Session) -> None:
    paper = unpacked(paper_of(played))
    there, named_there = SessionDesk(played, TOKYO).asked(())
    here, named = ClassDesk(line_that_sends(played, paper), TOKYO, played.case).asked(())
    assert (named, here.desk, here.horizon) == (named_there, there.desk, there.horizon)
    assert [turn.acts for turn in here.seen.turns] == [turn.acts for turn in there.seen.turns]
    for mine, theirs in ((here.seen.start, there.seen.start), (here.seen.now, there.seen.now)):
        assert (mine.turn, mine.attention) == (theirs.turn, theirs.attention)
        for name in ("polls", "poll_errors", "protest"):
            assert np.array_equal(getattr(mine, name), getattr(theirs, name))
        for field in fields(View):
            assert np.array_equal(getattr(mine.view, field.name), getattr(theirs.view, field.name))


def test_no_hidden_value_and_no_seed_is_sent() -> None:
    session = new_game(TOKYO)
    play_busily(session, 1)
    before = paper_of(session)
    hide_elsewhere(session, TOKYO, 0.17)
    session.states = [alter_hidden(state, TOKYO, 0.17) for state in session.states]
    session.header = replace(session.header, seed=session.header.seed + 1)
    assert paper_of(session) == before


def test_what_another_seat_orders_is_not_sent() -> None:
    session = start_game("sandbox", seats=[Capital.SEOUL, TOKYO], seed=3)
    seoul = LocalSeat(session, Capital.SEOUL)
    before = paper_of(session)
    option = next(o for o in seoul.options() if o.is_allowed and not o.is_joint)
    seoul.submit(Order(Capital.SEOUL, option.action, option.target))
    assert paper_of(session) == before


def test_advice_rests_on_rollouts_here(played: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rapprochement_sim.game.adviser_slices.STAGES", (16,))
    line = line_that_sends(played, unpacked(paper_of(played)))
    state = Adviser(ClassDesk(line, TOKYO, played.case)).state(wait=True)
    assert state.advice is not None
    assert state.advice.outlooks[0].is_nothing_more
    assert state.advice.n_rollouts >= 16


def test_other_rules_are_told_in_a_sentence_and_figures_of_another_scenario_refused(
    played: Session,
) -> None:
    paper = unpacked(paper_of(played))
    for other in (replace(paper, scenario=""), replace(paper, rules_hash="0")):
        state = ClassAdvisers(line_that_sends(played, other), TOKYO).state(wait=True)
        assert (state.is_working, state.advice) == (False, None)
        assert state.problem.startswith("Not in this class")
    short = replace(paper, start=replace(paper.start, view=paper.start.view[1:]))
    with pytest.raises(ValueError, match=r"zip|reshape"):
        read_question(played.case, TOKYO, 1, short)
    with pytest.raises(MalformedInput, match="not understood here"):
        ClassDesk(line_that_sends(played, short), TOKYO, played.case).asked(())
