"""Letting a process call the chairs of the one scenario that it shows as that scenario does."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.naming import REAL, capital_title, shown_id, title_under, wear, wearing, worn
from rapprochement_sim.scenario.afterwards import HAPPENED, what_happened
from rapprochement_sim.scenario.labels import skin_of
from rapprochement_sim.scenario.loading import list_scenarios, load_scenario, scenario_path
from rapprochement_sim.vocabulary import CAPITAL_KEYS

if TYPE_CHECKING:
    from pathlib import Path


def named_scenario(path_or_name: str) -> str:
    """Return the id of a shipped scenario that is named as the worn skin spells it.

    A save or a study names its scenario by its id, whatever skin it was begun under.
    """
    called = {shown_id(name): name for name in list_scenarios()}
    return called.get(path_or_name, path_or_name)


def wear_labels(path_or_name: Path | str | None) -> None:
    """Wear a scenario's own labels over the skin of this process.

    Nothing but that skin is worn for a scenario without labels, for None, and for one that is
    not there: whoever loads it says so.
    """
    try:
        path = None if path_or_name is None else scenario_path(path_or_name).resolve()
    except MalformedInput:
        path = None
    wear(skin_of(path))


def behind_the_mask(path_or_name: Path | str) -> tuple[str, ...]:
    """Say which history a scenario is if this process wears a mask, else nothing."""
    return tuple(which_history(path_or_name)) if worn().hides_history else ()


def which_history(path_or_name: Path | str) -> list[str]:
    """Say which history a masked scenario is, who was who, what was what and what came after."""
    return list(_told_behind(path_or_name, worn().name))


@cache
def _told_behind(path_or_name: Path | str, _: str) -> tuple[str, ...]:
    titles = {key: capital_title(key) for key in CAPITAL_KEYS}
    masked = load_scenario(path_or_name).rules
    with wearing(REAL):
        loaded = load_scenario(path_or_name)
        skin, after = skin_of(loaded.path), what_happened(loaded)
        who = [f"{titles[key]} was {title_under(skin, key)}." for key in CAPITAL_KEYS]
    what = [
        f'"{worn_as[key].title}" was: {named[key].title}.'
        for worn_as, named in (
            (masked.disputes, loaded.rules.disputes),
            (masked.institutions, loaded.rules.institutions),
        )
        for key in named
        if named[key].title != worn_as[key].title
    ]
    told = (f"{HAPPENED}:", *after) if after else ()
    return f"This was: {loaded.schema.title} ({loaded.schema.era}).", *who, *what, *told
