"""What a typed line means: numbers, names, beginnings of words, and near misses."""

import pytest

from rapprochement_sim.errors import Ambiguous, MalformedInput
from rapprochement_sim.game.seat import Option
from rapprochement_sim.plain.choosing import find_capital, find_figure, parse_order
from rapprochement_sim.vocabulary import Capital, Order


def option(action: str, target: Capital, title: str, *modifiers: tuple[str, str]) -> Option:
    """Make an option."""
    return Option(
        key=f"{action}:tokyo>{target.key}",
        action=action,
        target=target,
        title=title,
        summary="",
        is_joint=False,
        cost=0.0,
        attention=1.0,
        modifiers=modifiers,
        reason="",
    )


AGENDA = (("history_on_agenda", "Put history on the agenda"), ("quiet", "Keep it quiet"))
OPTIONS = (
    option("summit", Capital.SEOUL, "Summit (Seoul)", *AGENDA),
    option("summit", Capital.BEIJING, "Summit (Beijing)", *AGENDA),
    option("lift_export_controls", Capital.SEOUL, "Lift export controls (Seoul)"),
    option("export_controls", Capital.SEOUL, "Tighten export controls (Seoul)"),
)


def parsed(text: str) -> Order:
    """Read an order of Tokyo's."""
    return parse_order(text, Capital.TOKYO, OPTIONS, ())


@pytest.mark.parametrize(
    ("text", "action", "target"),
    [
        ("summit seoul", "summit", Capital.SEOUL),
        ("summit:tokyo>beijing", "summit", Capital.BEIJING),
        ("a summit in Beijing", "summit", Capital.BEIJING),
        ("SUMMIT bei", "summit", Capital.BEIJING),
        ("lift", "lift_export_controls", Capital.SEOUL),
        ("lift export controls", "lift_export_controls", Capital.SEOUL),
        ("export_controls", "export_controls", Capital.SEOUL),
        ("tighten", "export_controls", Capital.SEOUL),
    ],
)
def test_names_and_beginnings_of_words_find_an_order(
    text: str, action: str, target: Capital
) -> None:
    order = parsed(text)
    assert (order.action, order.target, order.actor) == (action, target, Capital.TOKYO)


@pytest.mark.parametrize(
    ("text", "modifiers"),
    [
        ("summit seoul", ()),
        ("summit seoul with quiet", ("quiet",)),
        ("summit seoul with history, quiet", ("history_on_agenda", "quiet")),
        ("summit seoul WITH  Keep it quiet", ("quiet",)),
        ("summit seoul with hist and quiet", ("history_on_agenda", "quiet")),
        ("summit seoul with quiet, quiet", ("quiet",)),
    ],
)
def test_modifiers_follow_the_word_with(text: str, modifiers: tuple[str, ...]) -> None:
    assert parsed(text).modifiers == modifiers


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sumit seul", "did you mean 'summit seoul'?"),
        ("lift_export_contrls", "did you mean 'lift_export_controls'?"),
        ("", "no order is named. Give a paper's number or a name"),
        ("with quiet", "no order is named"),
        ("3", "there is no staff paper 3"),
        ("summit seoul with trumpets", "'summit' has no modifier 'trumpets'"),
        ("summit seoul with histroy_on_agenda", "did you mean 'history_on_agenda'?"),
        ("lift with quiet", "it takes none"),
    ],
)
def test_near_misses_are_told(text: str, words: str) -> None:
    with pytest.raises(MalformedInput) as raised:
        parsed(text)
    assert words in str(raised.value)


def test_what_fits_several_lists_them() -> None:
    with pytest.raises(Ambiguous, match="Allowed: summit seoul, summit beijing"):
        parsed("summit")


def test_capitals_by_their_beginning() -> None:
    assert find_capital(" Wash") is Capital.WASHINGTON
    with pytest.raises(MalformedInput, match="did you mean 'beijing'"):
        find_capital("bejing")
    with pytest.raises(MalformedInput, match="no capital is named"):
        find_capital("")


TITLES = {
    "korea_unfavourable_of_japan": "Koreans with an unfavourable impression of Japan",
    "japan_unfavourable_of_korea": "Japanese with an unfavourable impression of Korea",
    "approval_tokyo": "Approval of Tokyo's government",
}


def test_figures_by_name_and_by_words() -> None:
    assert find_figure("approval_tokyo", TITLES) == "approval_tokyo"
    assert find_figure("published_approval_tokyo", TITLES) == "approval_tokyo"
    assert find_figure("appr tok", TITLES) == "approval_tokyo"
    assert find_figure("koreans unfav", TITLES) == "korea_unfavourable_of_japan"
    with pytest.raises(Ambiguous, match="fits 2 figures"):
        find_figure("unfavourable", TITLES)
    with pytest.raises(MalformedInput, match="did you mean 'approval_tokyo'"):
        find_figure("aproval tokio", TITLES)
