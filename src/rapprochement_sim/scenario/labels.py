"""A scenario's own labels: what it calls the chairs, disputes and institutions that it borrows.

They stand in ``labels.yaml`` beside the scenario and are no part of what it computes: ids, saves
and hashes are the same with and without them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from rapprochement_sim.naming import Skin, worn
from rapprochement_sim.scenario.composing import read_document
from rapprochement_sim.scenario.name_table import dressed
from rapprochement_sim.scenario.problems import validated
from rapprochement_sim.scenario.schema import CapitalKey, RuleBook, Scenario, Schema

if TYPE_CHECKING:
    from pathlib import Path

LABELS_FILE = "labels.yaml"


class Labels(Schema):
    """What stands in place of the frame's names, in titles, texts and ids.

    ``masked`` is what stands under the mask in place of names that occur in this scenario
    alone.
    """

    titles: dict[CapitalKey, str]
    words: dict[str, str]
    parts: dict[str, str]
    masked: dict[str, str]


@cache
def labels_beside(scenario: Path) -> Labels | None:
    """Read the labels that stand beside a scenario file, if any do.

    Raises
    ------
    MalformedInput
        If the file is malformed.
    """
    file = scenario.with_name(LABELS_FILE)
    return validated(Labels, read_document(file)) if file.is_file() else None


def dressed_scenario(scenario: Scenario, skin: Skin) -> Scenario:
    """Return a scenario's sentences as a skin says them.

    They are its own: its labels say what the frame's words are called and leave its own alone.
    """
    if not skin.hides_history:
        return dressed(scenario, skin.base)
    years = -(-scenario.turns * scenario.turn_months // 12)
    era = f"Years 1 to {years}" if years > 1 else "Year 1"
    return dressed(scenario, skin).model_copy(update={"era": era, "initial": scenario.initial})


def dressed_rules(rules: RuleBook, skin: Skin) -> RuleBook:
    """Return the rules' sentences as a skin says them.

    What works are called and where they disagree stays as it is under labels; it is about them.
    """
    if not skin.words:
        return rules
    said = dressed(rules, skin)
    kept = {"sources": rules.sources, "conflicts": rules.conflicts}
    return said if skin.hides_history else said.model_copy(update=kept)


def skin_of(scenario: Path | None) -> Skin:
    """Return what a scenario wears: its own labels over what this process wears.

    Parameters
    ----------
    scenario
        The scenario file; None for no scenario.
    """
    base = worn().base
    labels = None if scenario is None else labels_beside(scenario)
    return base if scenario is None or labels is None else _labelled(base, scenario, labels)


_made: dict[tuple[str, Path], Skin] = {}


def _labelled(base: Skin, scenario: Path, labels: Labels) -> Skin:
    """Return a skin of labels over another; the same one for the same scenario."""
    key = (base.name, scenario)
    if key not in _made:
        name = f"{base.name}, labels of {scenario.parent.name}"
        if base.hides_history:
            words = {**base.words, **labels.masked}
            _made[key] = replace(base, name=name, words=words, under=base)
        else:
            titles = {str(capital): title for capital, title in labels.titles.items()}
            _made[key] = Skin(name, titles, labels.words, labels.parts, under=base)
    return _made[key]
