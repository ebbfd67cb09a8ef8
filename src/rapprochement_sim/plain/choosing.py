"""What a typed line means: which order, modifier, capital or figure. Near misses are told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapprochement_sim.errors import Ambiguous, MalformedInput, listed, nearest_name
from rapprochement_sim.naming import shown_id
from rapprochement_sim.vocabulary import CAPITALS, Capital, Order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rapprochement_sim.game.briefing import StaffPaper
    from rapprochement_sim.game.seat import Option

_WORD = re.compile(r"[\w']+")
_WITH = re.compile(r"\s+with\s+", re.IGNORECASE)
_FILLERS = frozenset({"a", "an", "the", "on", "of", "in", "at", "to", "towards", "for"})


def words_of(text: str) -> list[str]:
    """Split a text into lower-case words; underscores and signs part words too."""
    return _WORD.findall(text.casefold().replace("_", " "))


def parse_order(
    text: str, seat: Capital, options: Sequence[Option], papers: Sequence[StaffPaper]
) -> Order:
    """Read an order: a staff paper's number, or a name; ``with`` adds modifiers.

    Raises
    ------
    MalformedInput
        If nothing is called so; the error gives the nearest name.
    Ambiguous
        If several orders fit.
    """
    name, *rest = _WITH.split(f" {text} ", maxsplit=1)
    name, wished = name.strip(), " ".join(rest)
    paper = _paper_numbered(name, papers)
    if paper is not None:
        option = next(o for o in options if (o.action, o.target) == (paper.action, paper.target))
        modifiers = _modifiers(option, wished) if wished.strip() else paper.modifiers
    else:
        option = find_option(name, options)
        modifiers = _modifiers(option, wished)
    return Order(seat, option.action, option.target, modifiers)


def _paper_numbered(name: str, papers: Sequence[StaffPaper]) -> StaffPaper | None:
    if not name.isdecimal():
        return None
    for paper in papers:
        if paper.number == int(name):
            return paper
    what = f"there is no staff paper {name}"
    raise MalformedInput(what, allowed=f"1 to {len(papers)}" if papers else "none is on the desk")


def find_option(name: str, options: Sequence[Option]) -> Option:
    """Find an order by its key, id, title or the beginnings of its words."""
    if not name:
        what = "no order is named"
        raise MalformedInput(what, todo="Give a paper's number or a name; `orders` lists them.")
    typed = words_of(name)
    exact = [o for o in options if typed in _exact_names(o) or name == o.key]
    fitting = exact or [o for o in options if _fits(typed, _bag(o))]
    if not fitting:
        known = {name: None for o in options for name in (_short(o), shown_id(o.action), o.title)}
        what = f"no order of yours is called '{name}'"
        todo = "`orders` lists them all."
        raise MalformedInput(what, nearest=nearest_name(name, known), todo=todo)
    if len(fitting) > 1:
        what = f"'{name}' fits several orders"
        raise Ambiguous(what, allowed=listed(_short(option) for option in fitting))
    return fitting[0]


def _short(option: Option) -> str:
    return shown_id(f"{option.action} {option.target.key}")


def _exact_names(option: Option) -> list[list[str]]:
    ids = (f"{option.action} {option.target.key}", option.action, option.key)
    return [words_of(text) for text in (*ids, *map(shown_id, ids), option.title)]


def _bag(option: Option) -> list[str]:
    ids = f"{option.action} {option.target.key}"
    return words_of(f"{ids} {shown_id(ids)} {option.title}")


def _fits(typed: Iterable[str], bag: Sequence[str]) -> bool:
    asked = [word for word in typed if word not in _FILLERS]
    return bool(asked) and all(any(known.startswith(word) for known in bag) for word in asked)


def _modifiers(option: Option, wished: str) -> tuple[str, ...]:
    parts = [part.strip() for part in re.split(r",|\band\b", wished) if part.strip()]
    return tuple(dict.fromkeys(_modifier(option, part) for part in parts))


def _modifier(option: Option, text: str) -> str:
    typed = words_of(text)
    bags = {key: words_of(f"{key} {shown_id(key)} {title}") for key, title in option.modifiers}
    exact = [key for key, title in option.modifiers if typed in (words_of(key), words_of(title))]
    fitting = exact or [key for key, bag in bags.items() if _fits(typed, bag)]
    if not fitting:
        what = f"'{shown_id(option.action)}' has no modifier '{text}'"
        known = [shown_id(key) for key in bags]
        allowed = listed(known) or "it takes none"
        raise MalformedInput(what, allowed=allowed, nearest=nearest_name(text, known))
    if len(fitting) > 1:
        what = f"'{text}' fits several modifiers"
        raise Ambiguous(what, allowed=listed(map(shown_id, fitting)))
    return fitting[0]


def find_capital(text: str) -> Capital:
    """Find a capital by the beginning of its name."""
    typed = text.strip().casefold()
    fitting = [c for c in CAPITALS if typed and _is_called(c, typed)]
    if len(fitting) == 1:
        return fitting[0]
    keys = [shown_id(capital.key) for capital in CAPITALS]
    what = f"there is no capital '{text.strip()}'" if typed else "no capital is named"
    raise MalformedInput(what, allowed=listed(keys), nearest=nearest_name(typed, keys))


def _is_called(capital: Capital, typed: str) -> bool:
    names = (capital.key, shown_id(capital.key), capital.title.casefold())
    return any(name.startswith(typed) for name in names) or typed == names[2].split()[-1]


def find_figure(text: str, titles: Mapping[str, str]) -> str:
    """Find a figure by its name, or by the beginnings of words of its name and title."""
    typed = words_of(text.removeprefix("published_"))
    exact = [
        name
        for name, title in titles.items()
        if typed in (words_of(name), words_of(shown_id(name)), words_of(title))
    ]
    fitting = exact or [
        name
        for name, title in titles.items()
        if _fits(typed, words_of(f"{name} {shown_id(name)} {title}"))
    ]
    if not fitting:
        what = f"you have no figure called '{text}'"
        near = nearest_name("_".join(typed), [shown_id(name) for name in titles])
        raise MalformedInput(what, nearest=near, todo="`figures WORD` finds them.")
    if len(fitting) > 1:
        what = f"'{text}' fits {len(fitting)} figures"
        raise Ambiguous(what, allowed=listed(map(shown_id, fitting)), todo="Add a word.")
    return fitting[0]
