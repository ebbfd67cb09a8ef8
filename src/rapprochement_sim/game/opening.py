"""Starting a game."""

from __future__ import annotations

from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, listed, nearest_name
from rapprochement_sim.game.journal import Header
from rapprochement_sim.game.journal_files import write_whole
from rapprochement_sim.game.session import Session
from rapprochement_sim.game.wording import capital_named
from rapprochement_sim.model import load_case
from rapprochement_sim.scenario.loading import scenarios_folder
from rapprochement_sim.vocabulary import CAPITAL_KEYS, LENSES, Capital

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rapprochement_sim.decision.case import Case

_SUM_TOLERANCE = 1e-9
_HASH_SHOWN = 16


def start_game(
    scenario: str,
    *,
    seats: Sequence[Capital] = (),
    seed: int = 1,
    run: int = 0,
    lenses: Mapping[str, Mapping[str, float]] | None = None,
    path: Path | None = None,
) -> Session:
    """Start a game and save its first line.

    Parameters
    ----------
    scenario
        Name or path of the scenario.
    seats
        Capitals that people play; the others decide by themselves.
    seed, run
        With them all chance is fixed: run k under a seed is run k of that ensemble.
    lenses
        Capital to lens weights that replace the scenario's.
    path
        Where to save; None for a game in memory.

    Raises
    ------
    MalformedInput
        If the scenario cannot be read or lens weights do not sum to 1.
    """
    case = load_case(scenario)
    header = Header(
        scenario=scenario,
        content_hash=case.loaded.content_hash,
        rules_hash=case.loaded.rules_hash,
        program=program_version(),
        seed=seed,
        run=run,
        seats=tuple(dict.fromkeys(seats)),
        lenses=lenses or {},
    )
    session = Session(with_lenses(case, header.lenses), header, path)
    if path is not None:
        keep_scenario(case, path)
    session.save()
    return session


def keep_scenario(case: Case, path: Path) -> None:
    """Keep a scenario that is not a shipped one beside the save, under its content hash."""
    source = case.loaded.path
    if scenarios_folder() not in source.parents:
        write_whole(kept_scenario(path, case.loaded.content_hash), source.read_text("utf-8"))


def kept_scenario(path: Path, content_hash: str) -> Path:
    """Name the file beside a save that keeps its scenario."""
    return path.with_name(f"scenario-{content_hash[:_HASH_SHOWN]}.yaml")


def program_version() -> str:
    """Return the version of this program, as far as it is installed."""
    try:
        return version("rapprochement-sim")
    except PackageNotFoundError:
        return "unknown"


def with_lenses(case: Case, lenses: Mapping[str, Mapping[str, float]]) -> Case:
    """Return a case in which some seats judge by the lens weights that a game has chosen."""
    if not lenses:
        return case
    weights = case.lens_weights.copy()
    schools = [lens.value for lens in LENSES]
    for key, mix in lenses.items():
        _check_known(key, CAPITAL_KEYS, "capital")
        for lens in mix:
            _check_known(lens, schools, "school of thought")
        if not (abs(sum(mix.values()) - 1.0) <= _SUM_TOLERANCE and min(mix.values()) >= 0.0):
            what = f"lens weights of {key} must be 0 or more and sum to 1"
            raise MalformedInput(what)
        weights[capital_named(key)] = [mix.get(lens, 0.0) for lens in schools]
    return replace(case, lens_weights=weights)


def _check_known(name: str, known: Sequence[str], what_kind: str) -> None:
    if name not in known:
        what = f"there is no {what_kind} '{name}'"
        raise MalformedInput(what, allowed=listed(known), nearest=nearest_name(name, known))
