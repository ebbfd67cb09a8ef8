"""The plain game: every command answers, in 80 columns, and nothing typed breaks it."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapprochement_sim.game.session import Session
from rapprochement_sim.plain.game import PlainGame
from rapprochement_sim.plain.layout import WIDTH
from rapprochement_sim.vocabulary import CAPITALS, Capital
from tests.game.games import new_game, seated


def transcript(session: Session, lines: Iterable[str], capital: Capital = Capital.TOKYO) -> str:
    """Play lines and return all that was said."""
    said: list[str] = []
    waiting = iter([*lines])
    PlainGame(seated(session, capital), lambda _: next(waiting, None), said.append).play()
    return "".join(said)


def answer(session: Session, line: str, capital: Capital = Capital.TOKYO) -> str:
    """Return what one line is answered with."""
    said: list[str] = []
    PlainGame(seated(session, capital), lambda _: None, said.append).obey(line)
    return "".join(said)


def test_a_whole_game_can_be_played_by_numbers() -> None:
    session = new_game(Capital.TOKYO)
    lines = [
        line for _ in range(12) for line in ("accept", "order 1", "talks", "order 4", "resolve")
    ]
    told = transcript(session, lines)
    assert session.is_over
    for words in (
        "Turn 12 of 12, Oct-Dec 2025",
        "What moved, and why",
        "Staff papers",
        "A dissenting view",
        "DEBRIEF: Rekindled, 2023, after 12 turns",
        "What it decided:",
        "sum of all causes = the change",
        "of it chance,",
        "Goodbye.",
    ):
        assert words in told
    assert "Traceback" not in told


@pytest.mark.parametrize("capital", CAPITALS)
def test_every_line_fits_80_columns(capital: Capital) -> None:
    session = new_game(capital)
    commands = ["", "orders", "polls", "disputes", "trust", "institutions", "goals", "figures"]
    commands += ["offers", "papers", "preview 1", "modifiers 1", "sources 1", "help", "help order"]
    lines = [*commands, "order 1", "resolve", *commands, "why bandwidth", "undo", "save", "note x"]
    told = transcript(session, lines, capital)
    too_long = [line for line in told.splitlines() if len(line) > WIDTH]
    assert not too_long


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("brifing", "did you mean 'briefing'?"),
        ("xyzzy", "there is no command 'xyzzy'. `help` lists them."),
        ("order sumit", "did you mean 'summit"),
        ("order 99", "there is no staff paper 99. Allowed: 1 to"),
        ("order", "no order is named"),
        ("accept mars", "there is no capital 'mars'"),
        ("why aproval tokyo", "did you mean 'approval_tokyo'?"),
        ("why", "no figure is named"),
        ("why approval_tokyo", "no turn has been resolved"),
        ("explain sumit", "did you mean 'summit'?"),
        ("explain", "no name is given"),
        ("undo", "there is nothing to take back"),
        ("debrief", "the debrief opens when the last turn has been resolved"),
        ("note", "the note is empty"),
        ("help ordr", "did you mean 'order'?"),
    ],
)
def test_what_cannot_be_done_says_why(line: str, words: str) -> None:
    told = " ".join(answer(new_game(Capital.TOKYO), line).split())
    assert words in told
    assert told.startswith("! ")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("goals", "(secret)"),
        ("polls", "korea_unfavourable_of_japan:"),
        ("disputes", "[forced_labour]"),
        ("trust", "Your own row is exact"),
        ("institutions", "none > ad hoc > regular > treaty"),
        ("orders", "Orders you can give now"),
        ("orders summit", "summit seoul"),
        ("preview summit seoul", "What it may do within the turn"),
        ("1", "What it may do within the turn"),
        ("modifiers summit seoul", "[ ] Put history on the agenda"),
        ("explain summit", "Summit"),
        ("explain forced_labour", "(disputes:forced_labour)"),
        ("explain forced labour", "(disputes:forced_labour)"),
        ("sources summit seoul", "who says so"),
        ("sources trust", "variables:trust"),
        ("figures gsomia", "institution_gsomia_seoul_tokyo"),
        ("figures nonsense", "None with 'nonsense' in its name."),
        ("help", "order N or ORDER [with MODIFIER, ..]"),
        ("save", "kept in memory only"),
        ("  HELP  why", "what changed a figure last turn"),
    ],
)
def test_every_command_answers(line: str, words: str) -> None:
    assert words in answer(new_game(Capital.TOKYO), line)


def test_comments_and_empty_lines_are_passed_over() -> None:
    assert answer(new_game(Capital.TOKYO), "   ") == ""
    assert answer(new_game(Capital.TOKYO), "# a script's remark") == ""


def test_the_end_of_input_leaves_politely() -> None:
    assert transcript(new_game(Capital.TOKYO), []).endswith("Goodbye.\n")


def test_ctrl_c_at_the_prompt_leaves_politely() -> None:
    def interrupt(_: str) -> str:
        raise KeyboardInterrupt

    said: list[str] = []
    PlainGame(seated(new_game(Capital.TOKYO)), interrupt, said.append).play()
    assert said[-1].endswith("Goodbye.\n")


def test_a_seat_that_waits_for_another_is_told_so() -> None:
    session = new_game(Capital.TOKYO, Capital.SEOUL)
    assert "when the other seats are done as well" in answer(session, "resolve")
    assert session.turn == 0


def test_a_finished_game_shows_its_debrief_and_takes_no_orders() -> None:
    session = new_game(Capital.TOKYO)
    while not session.is_over:
        session.play_turn()
    told = transcript(session, ["order summit seoul", "resolve", "talks", "briefing", "offers"])
    assert "DEBRIEF" in told
    assert "the game is over" in told
    assert told.count("The game is over.") == 2


def test_the_why_of_an_earlier_turn_can_be_asked_for() -> None:
    session = new_game(Capital.TOKYO)
    answer(session, "order lift export controls")
    answer(session, "resolve")
    answer(session, "resolve")
    told = answer(session, "why coercion seoul tokyo in turn 1")
    assert "[you] Tokyo lifted export controls on Seoul" in told
    assert "turn 9 has not been resolved" in answer(session, "why approval_tokyo turn 9")


def test_results_tell_the_causes_of_what_moved() -> None:
    session = new_game(Capital.TOKYO)
    answer(session, "order lift export controls")
    told = answer(session, "resolve")
    assert "What moved, and why" in told
    assert "Tokyo lifted export controls on Seoul." in told


words = st.sampled_from(
    [
        "order",
        "preview",
        "why",
        "explain",
        "accept",
        "refuse",
        "undo",
        "with",
        "summit",
        "seoul",
        "1",
    ]
)


@settings(max_examples=15)
@given(st.lists(st.one_of(words, st.text(max_size=8)), max_size=6).map(" ".join))
def test_nothing_that_can_be_typed_breaks_the_game(line: str) -> None:
    if line.strip().casefold().split(" ")[0] in ("resolve", "r"):
        return
    session = SHARED
    for each in (line, f"order {line}", f"why {line}", f"explain {line}", f"help {line}"):
        is_said = bool(each.strip()) and not each.strip().startswith("#")
        assert bool(answer(session, each)) == is_said
    assert session.turn == 0


SHARED = new_game(Capital.TOKYO)
