import pickle

import pytest

from rapprochement_sim.errors import (
    Ambiguous,
    MalformedInput,
    NotAllowedNow,
    OutputProblem,
    RapprochementError,
    WrongVersion,
    listed,
    nearest_name,
)

KINDS = [MalformedInput, NotAllowedNow, Ambiguous, OutputProblem, WrongVersion]


def test_message_says_what_where_nearest_allowed_and_todo() -> None:
    error = MalformedInput(
        "unknown key 'turnz'",
        where="scenario.yaml:9:turnz",
        allowed="turns, title",
        nearest="turns",
        todo="Correct the key.",
    )
    assert str(error) == (
        "scenario.yaml:9:turnz: unknown key 'turnz'; did you mean 'turns'? "
        "Allowed: turns, title. Correct the key."
    )


def test_message_of_one_clause_ends_with_a_full_stop() -> None:
    assert str(NotAllowedNow("the offer was refused last turn")) == (
        "the offer was refused last turn."
    )


def test_gathered_errors_show_five_and_count_the_rest() -> None:
    gathered = MalformedInput.gather([MalformedInput(f"fault {n}") for n in range(8)])
    assert str(gathered).splitlines() == [
        "fault 0.",
        "  also fault 1.",
        "  also fault 2.",
        "  also fault 3.",
        "  also fault 4.",
        "  and 3 more like these",
    ]


def test_gathering_keeps_what_was_gathered_before() -> None:
    inner = MalformedInput.gather([MalformedInput("a"), MalformedInput("b")])
    outer = MalformedInput.gather([inner, MalformedInput("c")])
    assert [error.what for error in outer.others] == ["b", "c"]
    later = MalformedInput.gather([MalformedInput("c"), inner])
    assert [error.what for error in later.others] == ["a", "b"]


@pytest.mark.parametrize("kind", KINDS)
def test_worker_hands_over_the_whole_error(kind: type[RapprochementError]) -> None:
    error = kind("a", where="b", allowed="c", nearest="d", todo="e", others=[kind("f")])
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(copy) is kind
    assert str(copy) == str(error)
    assert copy.where == "b"


@pytest.mark.parametrize(
    ("found", "nearest"),
    [("soul", "seoul"), ("SEOUL", "seoul"), ("tokio", "tokyo"), ("paris", ""), ("", "")],
)
def test_nearest_name(found: str, nearest: str) -> None:
    assert nearest_name(found, ["seoul", "tokyo", "washington"]) == nearest


def test_where_none_is_close_one_that_has_the_word_among_its_parts_is_nearest() -> None:
    known = ["no_panacea", "momentum_opens_a_window"]
    assert nearest_name("Momentum", known) == "momentum_opens_a_window"
    assert nearest_name("opening", known) == ""


def test_nearest_name_among_none_is_empty() -> None:
    assert nearest_name("seoul", []) == ""


def test_long_lists_are_cut_and_counted() -> None:
    assert listed(["a", "b"]) == "a, b"
    assert listed(str(n) for n in range(20)).endswith("14, 15 and 4 more")
