import re

import pytest

from rapprochement_sim.scenario.names import (
    SCALER_ARGUMENTS,
    SCALERS,
    VARIABLES,
    coordinate_kinds,
    parse_scaler,
)


@pytest.mark.parametrize("name", SCALERS)
def test_every_scaler_is_written_as_name_and_arguments(name: str) -> None:
    arguments = tuple("abc"[: SCALERS[name]])
    text = f"{name}({', '.join(arguments)})" if arguments else name
    assert parse_scaler(text) == (name, arguments)


def test_spaces_in_a_scaler_do_not_matter() -> None:
    assert parse_scaler(" hurt( textbooks ,seoul ) ") == ("hurt", ("textbooks", "seoul"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is written"),
        ("2 * one", "is written"),
        ("hurt(a, b)(c)", "is written"),
        ("hurt((a), b)", "is written"),
        ("hurted(a, b)", "unknown scaler 'hurted'"),
        ("hurt", "takes 2 arguments, found 0"),
        ("hurt()", "takes 2 arguments, found 0"),
        ("hurt(a)", "takes 2 arguments, found 1"),
        ("hurt(a, )", "takes 2 arguments"),
        ("one(a)", "takes 0 arguments, found 1"),
    ],
)
def test_malformed_scalers_are_refused(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        parse_scaler(text)


def test_numbers_of_arguments_agree() -> None:
    assert {name: len(kinds) for name, kinds in SCALER_ARGUMENTS.items()} == SCALERS


def test_dyads_take_two_capitals() -> None:
    assert coordinate_kinds(VARIABLES["institution"].axes) == ("institution", "capital", "capital")
    assert coordinate_kinds(VARIABLES["trust"].axes) == ("capital", "capital")
    assert coordinate_kinds(VARIABLES["hurt"].axes) == ("dispute", "capital")
    assert coordinate_kinds(VARIABLES["bandwidth"].axes) == ()
