"""Every shipped scenario: small, told whole, playable from every seat, and the same again."""

from pathlib import Path

import numpy as np
import pytest

from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.game.replaying import open_game
from rapprochement_sim.model import RapprochementModel, load_case
from rapprochement_sim.scenario.loading import list_scenarios, list_starts, scenarios_folder
from rapprochement_sim.scenario.wearing import wear_labels
from rapprochement_sim.vocabulary import CAPITALS, Capital
from tests.game.games import play_busily

LESSON = "sandbox"
STORIES = [name for name in list_scenarios() if name != LESSON]
MOST_LINES = 300
HEADINGS = (
    "## The situation",
    "## Seats",
    "## What the record says, until ",
    "## Questions for discussion",
    "## How far to trust it",
)


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("path", sorted(scenarios_folder().rglob("*.yaml")), ids=lambda p: p.stem)
def test_no_file_of_a_scenario_is_long(path: Path) -> None:
    assert len(lines_of(path)) < MOST_LINES


@pytest.mark.parametrize("name", STORIES)
def test_the_page_for_players_has_its_parts_and_keeps_the_ending_apart(name: str) -> None:
    page = lines_of(scenarios_folder() / name / "README.md")
    for heading in HEADINGS:
        assert sum(line.startswith(heading) for line in page) == 1
    seats = {line.split("|")[1].strip(" *") for line in page if line.startswith("| **")}
    wear_labels(name)
    assert {capital.title for capital in CAPITALS} <= seats
    n_questions = sum(line[:1].isdigit() and line[1:3] == ". " for line in page)
    assert n_questions >= 6


def test_what_several_scenarios_start_from_is_no_scenario() -> None:
    assert set(list_starts()).isdisjoint(list_scenarios())
    assert len(STORIES) == 8


@pytest.mark.parametrize("name", list_scenarios())
def test_every_scenario_has_aims_in_public_and_in_secret_and_takes_two_to_six_years(
    name: str,
) -> None:
    case = load_case(name)
    schema = case.loaded.schema
    assert 8 <= schema.turns <= 24
    assert schema.calendar
    assert schema.hazards
    assert len(schema.outcomes) >= 6
    for brief in schema.seats.values():
        assert len(brief.public_goals) >= 2
        assert brief.secret_goals
        assert brief.win_score is not None


@pytest.mark.parametrize("name", list_scenarios())
def test_no_seat_is_ever_left_without_a_choice(name: str) -> None:
    """In automated worlds every seat may always order something else than to hold."""
    model = RapprochementModel(load_case(name), root_seed=5, runs=range(8), collect=False)
    rows = model.case.rows
    while not model.is_over:
        open_to = model.legal & ~rows.is_hold[:, np.newaxis]
        for capital in CAPITALS:
            assert (open_to[rows.actor == capital].sum(axis=0) >= 5).all()
        model.step()


@pytest.mark.parametrize("name", list_scenarios())
def test_automated_worlds_end_within_bounds(name: str) -> None:
    model = RapprochementModel(load_case(name), root_seed=6, runs=range(32), collect=False)
    while not model.is_over:
        model.step()
    table = model.case.indicators
    low = np.array([entry.low for entry in table.entries])[:, np.newaxis]
    high = np.array([entry.high for entry in table.entries])[:, np.newaxis]
    read = model.indicators[[entry.index for entry in table.entries]]
    assert (read >= low - 1e-9).all()
    assert (read <= high + 1e-9).all()
    assert model.state.values["escalation"].max() < 0.9


def whole_game(name: str, seat: Capital, path: Path) -> list[str]:
    """Play to the end, looking at every turn's papers; return the digest of every turn."""
    session = start_game(name, seats=[seat], seed=4, path=path)
    digests = []
    while not session.is_over:
        papers = LocalSeat(session, seat).brief().papers
        assert 5 <= len(papers) <= 7
        play_busily(session, 1)
        digests.append(session.states[-1].digest())
    return digests


@pytest.mark.slow
@pytest.mark.parametrize("seat", CAPITALS, ids=lambda capital: capital.key)
@pytest.mark.parametrize("name", list_scenarios())
def test_a_whole_game_from_every_seat_and_the_same_again(
    name: str, seat: Capital, tmp_path: Path
) -> None:
    path = tmp_path / "game.jsonl"
    digests = whole_game(name, seat, path)
    again = open_game(path)
    assert again.is_over
    assert [state.digest() for state in again.states[1:]] == digests
