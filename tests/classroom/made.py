"""Commands that open and fill a small class, without a model behind it."""

from pathlib import Path

from rapprochement_sim.classroom import commands
from rapprochement_sim.classroom.facts import TEACHER, SeatDecision
from rapprochement_sim.classroom.log import ClassLog
from rapprochement_sim.classroom.secrets_of_class import hash_of, hash_of_word
from rapprochement_sim.classroom.writer import ClassWriter

SEATS = ("seoul", "tokyo", "washington", "beijing", "pyongyang")


def opening(
    *,
    n_worlds: int = 1,
    rule: str = "captain",
    roster: tuple[str, ...] = (),
    rehearsers: tuple[str, ...] = (),
) -> commands.OpenClass:
    """Ask for a class of six turns."""
    return commands.OpenClass(
        scenario="sandbox",
        content_hash="c",
        rules_hash="r",
        program="test",
        seed=1,
        n_turns=6,
        seats=SEATS,
        code="ABCDEF",
        signing_key="key",
        teacher_hash=hash_of("teacher"),
        submit_rule=rule,
        minutes=0.0,
        is_automatic=True,
        roster=roster,
        n_worlds=n_worlds,
        rehearsers=rehearsers,
    )


def joining(name: str) -> commands.Join:
    """Ask to come in."""
    return commands.Join(name, hash_of(f"token of {name}"), hash_of_word(f"word of {name}"))


def deciding(seat: str, action: str, *, revision: int, draft: int = 0) -> commands.Decide:
    """Ask for an order as the rules would have allowed it on an empty table."""
    decision = SeatDecision("order", seat, seat, action)
    return commands.Decide(
        turn=1,
        phase="talks",
        decision=decision,
        told=action,
        revision=revision,
        result=(decision,),
        reopened=(),
        draft=draft,
    )


def open_writer(path: Path, **settings: object) -> ClassWriter:
    """Open a class in a file, or go on with the one that stands there."""
    writer = ClassWriter(ClassLog(path))
    if not writer.state.is_open:
        writer.submit(opening(**settings), by=TEACHER).result()  # type: ignore[arg-type]
    return writer


def seat_people(writer: ClassWriter, *names: str, seat: str, world: int = 1) -> list[int]:
    """Let people in and seat them; return their numbers."""
    numbers = []
    for name in names:
        number = int(writer.submit(joining(name), by=0).result())
        writer.submit(commands.TakeSeat(world, seat), by=number).result()
        numbers.append(number)
    return numbers
