"""Nobody's page stirs at what others decide in secret, and a phase ends when it is due."""

from dataclasses import replace
from pathlib import Path

import pytest

from rapprochement_sim.classroom import commands
from rapprochement_sim.classroom.audience import concern_of, hears
from rapprochement_sim.classroom.conductor import is_due
from rapprochement_sim.classroom.facts import CLOCK, TEACHER
from rapprochement_sim.classroom.reducing import reduce_facts
from rapprochement_sim.classroom.state import ClassState
from rapprochement_sim.classroom.writer import ClassWriter
from tests.classroom.made import SEATS, deciding, joining, open_writer, seat_people


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> ClassWriter:
    """Return a closed class: five seated students, an observer, somebody of another world."""
    path: Path = tmp_path_factory.mktemp("class") / "c.class"
    writer = open_writer(path, n_worlds=2)
    people = [seat_people(writer, f"P{seat}", seat=seat)[0] for seat in SEATS]
    seat_people(writer, "Elsewhere", seat="seoul", world=2)
    observer = int(writer.submit(joining("Observer"), by=0).result())
    writer.submit(commands.TakeSeat(1, ""), by=observer).result()
    world = writer.state.worlds[1]
    writer.submit(deciding("seoul", "hold", revision=world.revision), by=people[0]).result()
    writer.submit(commands.Say("to tokyo", ("tokyo",)), by=people[0]).result()
    writer.submit(commands.Say("to all", ()), by=people[0]).result()
    writer.submit(commands.Foretell("f", 50.0, 1, 0.5, "f"), by=people[0]).result()
    writer.submit(commands.SayDone(1, "talks", is_done=True), by=people[0]).result()
    writer.submit(commands.SetClock(1, 5.0), by=TEACHER).result()
    writer.submit(commands.Pause("x"), by=TEACHER).result()
    writer.close()
    return writer


def listeners(writer: ClassWriter, kind: str) -> set[str]:
    """Name those whose pages stir at the last fact of a kind."""
    found = [record for record in writer.history if type(record.fact).__name__ == kind]
    concern = concern_of(writer.state, found[-1])
    assert concern is not None
    return {person.name for person in writer.state.persons.values() if hears(concern, person)}


EVERYONE_IN_IT = {*(f"P{seat}" for seat in SEATS), "Observer"}


@pytest.mark.parametrize(
    ("kind", "heard_by"),
    [
        ("DecisionsChanged", {"Pseoul"}),
        ("ForecastMade", {"Pseoul"}),
        ("SeatDone", EVERYONE_IN_IT),
        ("ClockSet", EVERYONE_IN_IT),
        ("ClassPaused", {*EVERYONE_IN_IT, "Elsewhere"}),
    ],
)
def test_a_fact_stirs_those_whom_it_concerns(
    played: ClassWriter, kind: str, heard_by: set[str]
) -> None:
    assert listeners(played, kind) == heard_by


def test_a_private_message_stirs_two_and_a_public_one_the_world(played: ClassWriter) -> None:
    private = next(r for r in played.history if getattr(r.fact, "text", "") == "to tokyo")
    public = next(r for r in played.history if getattr(r.fact, "text", "") == "to all")
    heard = []
    for record in (private, public):
        concern = concern_of(played.state, record)
        assert concern is not None
        people = played.state.persons.values()
        heard.append({person.name for person in people if hears(concern, person)})
    assert heard == [{"Pseoul", "Ptokyo"}, EVERYONE_IN_IT]


def test_a_phase_ends_when_all_are_done_or_time_has_run_out(tmp_path: Path) -> None:
    writer = open_writer(tmp_path / "c.class")
    state = writer.state
    assert not is_due(state, state.worlds[1], 10.0)  # nobody plays: nothing goes on by itself
    (ann,) = seat_people(writer, "Ann", seat="seoul")
    assert not is_due(writer.state, writer.state.worlds[1], 10.0)
    timed = replace(writer.state.worlds[1], closes_at=9.0)
    assert is_due(writer.state, timed, 10.0)
    assert not is_due(writer.state, timed, 8.0)
    assert not is_due(replace(writer.state, is_automatic=False), timed, 10.0)
    assert not is_due(replace(writer.state, paused_at=1.0), timed, 10.0)
    writer.submit(commands.SayDone(1, "talks", is_done=True), by=ann).result()
    assert is_due(writer.state, writer.state.worlds[1], 10.0)
    world = writer.state.worlds[1]
    at = (1, world.open_turn, world.phase, world.revision, world.played_seats)
    writer.submit(commands.ClosePhase(*at), by=CLOCK).result()
    assert not is_due(writer.state, writer.state.worlds[1], 10.0)
    writer.close()


def test_a_seat_sees_no_change_in_what_another_decides(played: ClassWriter) -> None:
    seen = []
    state = ClassState()
    for record in played.history:
        state = reduce_facts([record], state)
        if type(record.fact).__name__ == "DecisionsChanged":
            seen.append([state.worlds[1].seen_by(seat) for seat in (*SEATS, "")])
    world = reduce_facts(
        [r for r in played.history if type(r.fact).__name__ != "DecisionsChanged"]
    ).worlds[1]
    without = [world.seen_by(seat) for seat in (*SEATS, "")]
    assert [a == b for a, b in zip(seen[-1], without, strict=True)] == [False, *([True] * 5)]
