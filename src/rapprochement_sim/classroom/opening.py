"""Opening a class: a new one of a scenario, or one that stands in a file."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.classroom import commands, requests
from rapprochement_sim.classroom.conductor import clocks_later
from rapprochement_sim.classroom.facts import CLOCK, TEACHER, ClassOpened
from rapprochement_sim.classroom.log import ClassLog
from rapprochement_sim.classroom.recipe import recipe_of
from rapprochement_sim.classroom.secrets_of_class import (
    form_token,
    hash_of,
    new_code,
    new_token,
    nobodys_tokens,
)
from rapprochement_sim.classroom.state import CAPTAIN
from rapprochement_sim.classroom.writer import ClassWriter
from rapprochement_sim.errors import MalformedInput, WrongVersion

if TYPE_CHECKING:
    from pathlib import Path

    from rapprochement_sim.classroom.sheets import ScenarioSheet
    from rapprochement_sim.classroom.worlds import Worlds


@dataclass(frozen=True)
class Settings:
    """How a new class is played.

    Attributes
    ----------
    scenario
        Name or path of the scenario.
    seed
        With it all chance is fixed, alike in every world.
    n_worlds
        Parallel worlds.
    submit_rule
        ``captain`` or ``majority``: who decides for a seat of several.
    minutes
        Of each phase; 0 for no clock.
    is_automatic
        Whether a phase ends when all are done or time has run out.
    roster
        Names that may come in; empty for everyone.
    is_rehearsal
        Whether the teacher acts for every seat, to try the lesson out.
    is_masked
        Whether the class names no country; it stays so when it goes on.
    """

    scenario: str
    seed: int
    n_worlds: int = 1
    submit_rule: str = CAPTAIN
    minutes: float = 0.0
    is_automatic: bool = True
    roster: tuple[str, ...] = ()
    is_rehearsal: bool = False
    is_masked: bool = False


def teacher_secret(signing_key: str) -> str:
    """Return the secret of the teacher's link: it stays the same when a class is resumed."""
    return form_token(signing_key, "the teacher's link")


def open_new(path: Path, settings: Settings, worlds: Worlds) -> tuple[ClassWriter, ScenarioSheet]:
    """Open a new class in a file that does not stand there yet.

    Raises
    ------
    MalformedInput
        If the scenario cannot be read, or a setting makes no sense.
    OutputProblem
        If the file cannot be written.
    """
    sheet: ScenarioSheet = worlds.ask(requests.LookAtScenario(settings.scenario))
    signing_key = new_token()
    command = commands.OpenClass(
        scenario=settings.scenario,
        content_hash=sheet.content_hash,
        rules_hash=sheet.rules_hash,
        program=sheet.program,
        seed=settings.seed,
        n_turns=sheet.n_turns,
        seats=tuple(key for key, _ in sheet.seats),
        code=new_code(),
        signing_key=signing_key,
        teacher_hash=hash_of(teacher_secret(signing_key)),
        submit_rule=settings.submit_rule,
        minutes=settings.minutes,
        is_automatic=settings.is_automatic,
        roster=settings.roster,
        n_worlds=settings.n_worlds,
        rehearsers=nobodys_tokens(len(sheet.seats) * settings.n_worlds)
        if settings.is_rehearsal
        else (),
        is_masked=settings.is_masked,
    )
    writer = ClassWriter(ClassLog(path))
    try:
        writer.submit(command, by=TEACHER).result()
    except BaseException:
        writer.close()
        raise
    return writer, sheet


def was_masked(path: Path) -> bool:
    """Whether the class of a file names no country, as its log says.

    Raises
    ------
    RapprochementError
        If the file is no sound class, or another program has it open.
    """
    log = ClassLog(path)
    try:
        first = next(log.read(), None)
    finally:
        log.close()
    return first is not None and isinstance(first.fact, ClassOpened) and first.fact.is_masked


def open_again(path: Path, worlds: Worlds) -> tuple[ClassWriter, ScenarioSheet]:
    """Go on with the class of a file; every world is replayed and compared with its log.

    Clocks go on from the last thing that was written down: nobody could play meanwhile.

    Raises
    ------
    MalformedInput
        If the file is no sound class.
    WrongVersion
        If other rules, or another processor, would play its worlds differently.
    """
    writer = ClassWriter(ClassLog(path))
    try:
        sheet = _checked(writer, path, worlds)
        for later in clocks_later(writer.state, time.time() - writer.history[-1].at):
            writer.submit(later, by=CLOCK).result()
    except BaseException:
        writer.close()
        raise
    return writer, sheet


def _checked(writer: ClassWriter, path: Path, worlds: Worlds) -> ScenarioSheet:
    """Replay every world of a class; return what it plays."""
    state = writer.state
    if not state.is_open:
        what = "this file holds a class that was never opened"
        raise MalformedInput(what, where=str(path), todo="Remove it and start anew.")
    sheet: ScenarioSheet = worlds.ask(requests.LookAtScenario(state.scenario))
    for world in state.worlds.values():
        differs = worlds.ask(requests.CheckReplay(world.number, recipe_of(state, world)))
        if differs:
            what = f"turn {differs} of world {world.number} does not replay to what it was"
            todo = "Go on with the class on the computer it was played on."
            raise WrongVersion(what, where=str(path), todo=todo)
    return sheet
