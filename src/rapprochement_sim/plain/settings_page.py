"""What a player can set, as text; the choices are those of the screens and kept with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, listed, nearest_name
from rapprochement_sim.game.settings import CHOICES, HEEDED_IN_PLAIN
from rapprochement_sim.plain.layout import heading, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rapprochement_sim.game.settings import Settings

_VALUE = 11
_NOTE = (
    "Kept for the next time, for both faces. Line by line only the advisers' setting makes a "
    "difference: they answer once, after at most 1,000 rollouts. No colours are used here, and "
    "letters are as large as your terminal draws them."
)


def settings_answer(settings: Settings, text: str) -> Iterator[str]:
    """Show what can be set, or set something and say so.

    Raises
    ------
    MalformedInput
        If there is no such thing to set, or it has no such value.
    """
    if text:
        yield from _chosen(settings, text.split())
    else:
        yield from settings_lines(settings)


def settings_lines(settings: Settings) -> Iterator[str]:
    """List what can be set, the present values marked."""
    yield from heading("Settings (settings NAME VALUE chooses)")
    for name, each in CHOICES.items():
        yield ""
        heeded = "" if name in HEEDED_IN_PLAIN else ", on the screens"
        yield f" {each.title} ({name}{heeded})"
        for value, about in each.values.items():
            mark = "(o)" if getattr(settings, name) == value else "( )"
            yield from wrapped(about, 19, first=f"   {mark} {value:<{_VALUE}} ")
    yield ""
    yield from wrapped(_NOTE, 1)


def _chosen(settings: Settings, words: list[str]) -> Iterator[str]:
    name = _named(words[0], {key: (key, each.title) for key, each in CHOICES.items()}, "setting")
    values = CHOICES[name].values
    if len(words) == 1:
        what = f"no value is named for {name}"
        raise MalformedInput(what, allowed=listed(values))
    value = _named(words[1], {key: (key,) for key in values}, f"value of {name}")
    settings.choose(name, value)
    yield from wrapped(f"{CHOICES[name].title}: {value}, {values[value]}. Kept.", 1)


def _named(word: str, names: dict[str, Iterable[str]], what: str) -> str:
    folded = word.casefold()
    for key, called in names.items():
        if folded in (each.casefold() for each in called):
            return key
    problem = f"there is no {what} '{word}'"
    raise MalformedInput(problem, allowed=listed(names), nearest=nearest_name(folded, names))
