"""Files to start from: a scenario like another one, and a small action that works at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, OutputProblem
from rapprochement_sim.scenario.loading import (
    OWN_RULES,
    SCENARIO_FILE,
    list_scenarios,
    load_rules,
    load_scenario,
    own_rule_files,
)
from rapprochement_sim.scenario.text_files import shown_path

if TYPE_CHECKING:
    from pathlib import Path

_NAME = re.compile(r"[a-z][a-z0-9_]{1,59}")

_SCENARIO_HEAD = """\
# yaml-language-server: $schema=./scenario.schema.json
# A scenario of your own, started from {origin}. The line above lets editors complete it, once
# `rapprochement schema scenario --out scenario.schema.json` has been run in this folder.
# Check it with `rapprochement validate`, play it with `rapprochement play`, and see what it rests
# on with `rapprochement cite --audit`, each followed by the path of this folder.
# Rules that only this scenario has go into a folder named rules beside this file.
"""

_README = """\
# {title}

*What players should know before they start. Started from {origin}.*

## The situation

## Seats

## Sources
"""

_ACTION = """\
# yaml-language-server: $schema=./rules.schema.json
# An order of your own. It works as it stands: change one thing at a time, and check it with
# `rapprochement validate`. Every number says how far it may plausibly lie and who says so:
# a passage (`rapprochement cite` lists them), a record, a study, or "assumption" with a reason.
actions:
  {name}:
    title: "{title}"
    # What the player reads before ordering it, and what the news says afterwards.
    summary: "Two or three sentences: what is done, what it helps, what it puts at risk."
    narration: "{{actor}} turned to {{target}}: {words}."
    refusal_narration: "{{target}} declined what {{actor}} had proposed: {words}."
    # CAMEO code of the act and its weight on Goldstein's scale, from -10 to 10.
    cameo: "050"
    goldstein:
      value: 3.5
      range: [1.0, 5.0]
      unit: "Goldstein"
      source: "assumption"
      about: "A friendly act of diplomacy, by the look of the scale."
    # Who may give it to whom, and who must agree. Without `consent` it needs nobody.
    seats:
      - {{actor: seoul, target: tokyo, consent: [tokyo]}}
      - {{actor: tokyo, target: seoul, consent: [seoul]}}
    # A turn has 2 units of attention; political capital runs from 0 to 1.
    attention: 0.5
    capital_cost: {{value: 0.03, range: [0.0, 0.1], source: "assumption", about: "Some object."}}
    readiness:
      value: 0.0
      range: [-1.0, 1.0]
      unit: "standardised score"
      source: "assumption"
      about: "Neither habit nor taboo."
    # When it is allowed; the reason is shown to the player. Leave `requires` out if always.
    requires:
      - {{on: trust, at: [actor, target], above: 0.05, reason: "There is too little trust to ask."}}
    pause_turns: 1
    dissent: "What an adviser who is against it would say."
    sources: ["assumption"]
    # One consequence a line: the variable, the cell, the size on the latent scale, what multiplies
    # it, who says so, and why. actor, target and third are the capitals of the order; party is
    # each that takes part, and partner each other one.
    effects:
      - on: trust
        at: [target, actor]
        size: 0.05
        range: [0.0, 0.15]
        source: "assumption"
        why: "an offer kept is remembered"
      - on: channel
        at: [actor, target]
        size: 0.1
        range: [0.0, 0.3]
        source: "assumption"
        why: "people who meet keep each other's numbers"
      - on: approval
        at: [actor]
        size: -0.03
        range: [-0.1, 0.0]
        scaled_by: "stake(forced_labour, actor)"
        source: "assumption"
        why: "opponents say that it comes too early"
    # What a refusal does.
    refusal:
      - on: gesture
        at: [actor, target]
        size: -0.1
        range: [-0.3, 0.0]
        source: "assumption"
        why: "the refuser has shown no goodwill"
    # A modifier pulls two ways: it needs at least two effects, one for and one against.
    modifiers:
      quietly:
        title: "Quietly"
        summary: "No cameras. Fewer object, and fewer notice."
        effects:
          - on: approval
            at: [actor]
            size: 0.02
            range: [0.0, 0.1]
            source: "assumption"
            why: "what is not seen is not opposed"
          - on: trust
            at: [target, actor]
            size: -0.02
            range: [-0.1, 0.0]
            source: "assumption"
            why: "a step in the dark binds nobody"
"""


def new_scenario(name: str, origin: str, folder: Path) -> list[Path]:
    """Write a scenario that starts as a copy of another one, with its own rules if it has any.

    Parameters
    ----------
    name
        Its id: small letters, digits and underscores.
    origin
        Name or path of the scenario to start from.
    folder
        Where the scenario's folder is made.

    Returns
    -------
    list of Path
        The files written, the scenario file first.

    Raises
    ------
    MalformedInput
        If the name cannot be used, or there is no such scenario to start from.
    OutputProblem
        If something stands there already, or it cannot be written.
    """
    _check_name(name)
    if name in list_scenarios():
        what = f"'{name}' is the name of a shipped scenario"
        raise MalformedInput(what, where="NAME", todo="Choose another name.")
    loaded = load_scenario(origin)
    title = _title(name)
    text = loaded.path.read_text(encoding="utf-8")
    text = "".join(line for line in text.splitlines(keepends=True) if "$schema=" not in line)
    text = re.sub(r"^title: .*$", f'title: "{title}"', text, count=1, flags=re.MULTILINE)
    made = folder / name
    texts = {
        made / SCENARIO_FILE: f"{_SCENARIO_HEAD.format(origin=loaded.id)}{text}",
        made / "README.md": _README.format(title=title, origin=loaded.schema.title),
    }
    own = own_rule_files(loaded.path)
    rules = loaded.path.parent / OWN_RULES
    for path in {document.path for document in own.origins.values()} if own else ():
        texts[made / OWN_RULES / path.relative_to(rules)] = path.read_text(encoding="utf-8")
    return _written(texts)


def new_action(name: str, path: Path) -> list[Path]:
    """Write a rule file with one small action, and a comment on every part of it.

    Raises
    ------
    MalformedInput
        If the name cannot be used, or a shipped action has it.
    OutputProblem
        If something stands there already, or it cannot be written.
    """
    _check_name(name)
    if name in load_rules().actions:
        what = f"'{name}' is the name of a shipped action"
        raise MalformedInput(what, where="NAME", todo="Choose another name.")
    if path.suffix != ".yaml":
        what = f"a rule file's name ends in .yaml, found '{path.name}'"
        raise MalformedInput(what, where="--out", todo=f"Write it to {name}.yaml.")
    words = name.replace("_", " ")
    return _written({path: _ACTION.format(name=name, title=_title(name), words=words)})


def _written(texts: dict[Path, str]) -> list[Path]:
    for path in texts:
        if path.exists():
            what = "something stands here already, and nothing was changed"
            todo = "Choose another name or place, or take it away."
            raise OutputProblem(what, where=shown_path(path), todo=todo)
    for path, text in texts.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
        except OSError as error:
            what = f"it cannot be written: {error.strerror}"
            todo = "Choose another place."
            raise OutputProblem(what, where=shown_path(path), todo=todo) from None
    return list(texts)


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        what = f"'{name}' cannot be a name"
        allowed = "2 to 60 small letters, digits and underscores, a letter first"
        nearest = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")
        is_usable = bool(_NAME.fullmatch(nearest))
        raise MalformedInput(
            what, where="NAME", allowed=allowed, nearest=nearest if is_usable else ""
        )


def _title(name: str) -> str:
    words = name.replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}"
