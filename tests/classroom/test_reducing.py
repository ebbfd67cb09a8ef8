"""Whatever a class is asked, its facts alone give its state again, and repeats change nothing."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from rapprochement_sim.classroom import commands
from rapprochement_sim.classroom.fact_text import fact_kinds, format_fact, parse_fact
from rapprochement_sim.classroom.facts import TEACHER, SeatDecision
from rapprochement_sim.classroom.reducing import Recorded, kinds_with_a_step, reduce_facts
from rapprochement_sim.classroom.state import ClassState
from rapprochement_sim.classroom.writer import ClassWriter
from tests.classroom.made import SEATS, joining, open_writer

PEOPLE = st.integers(1, 4)
WORLDS = st.integers(1, 3)
SEAT = st.sampled_from(SEATS)
TEXT = st.text(max_size=12)
TURN = st.integers(1, 3)

WISHES = st.one_of(
    st.tuples(PEOPLE, st.builds(commands.TakeSeat, WORLDS, st.one_of(SEAT, st.just("")))),
    st.tuples(PEOPLE, st.just(commands.LeaveSeat())),
    st.tuples(PEOPLE, st.just(commands.ReclaimSeat())),
    st.tuples(PEOPLE, st.builds(commands.HandOnCaptaincy, PEOPLE)),
    st.tuples(PEOPLE, st.builds(commands.DropDraft, st.integers(1, 3))),
    st.tuples(
        PEOPLE,
        st.builds(commands.SayDone, TURN, st.sampled_from(["talks", "orders"]), st.booleans()),
    ),
    st.tuples(PEOPLE, st.builds(commands.Say, TEXT, st.lists(SEAT, max_size=2).map(tuple))),
    st.tuples(
        PEOPLE,
        st.builds(commands.Foretell, TEXT, st.just(50.0), TURN, st.floats(0, 1), st.just("f")),
    ),
    st.tuples(st.just(TEACHER), st.builds(commands.GiveToModel, WORLDS, SEAT, TEXT)),
    st.tuples(st.just(TEACHER), st.builds(commands.Inject, WORLDS, TURN, TEXT, TEXT)),
    st.tuples(st.just(TEACHER), st.builds(commands.WithdrawInject, WORLDS, st.integers(1, 2))),
    st.tuples(st.just(TEACHER), st.builds(commands.Rewind, WORLDS, TURN, TEXT)),
    st.tuples(st.just(TEACHER), st.builds(commands.SetClock, WORLDS, st.floats(0, 10))),
    st.tuples(st.just(TEACHER), st.builds(commands.SetTime, st.floats(0, 9), st.booleans())),
    st.tuples(st.just(TEACHER), st.builds(commands.Pause, TEXT)),
    st.tuples(st.just(TEACHER), st.just(commands.Resume())),
    st.tuples(st.just(TEACHER), st.builds(commands.Remove, PEOPLE, TEXT)),
    st.tuples(st.just(TEACHER), st.builds(commands.Withdraw, st.integers(1, 3), TEXT)),
    st.tuples(st.just(TEACHER), st.builds(commands.Say, TEXT, st.just(()), st.integers(0, 3))),
    st.tuples(PEOPLE, st.just("decide")),
    st.tuples(st.just(TEACHER), st.just("close")),
)


def made(state: ClassState, person: int, wish: object) -> commands.Command:
    """Make a wish that depends on the table: a decision of one's seat, or the end of a phase."""
    if isinstance(wish, commands.Command):
        return wish
    who = state.persons.get(person)
    world = state.worlds[who.world if who and who.world else 1]
    if wish == "close":
        at = (world.number, world.open_turn, world.phase, world.revision)
        return commands.ClosePhase(*at, world.played_seats, "d")
    seat = who.seat if who and who.seat else "seoul"
    decision = SeatDecision("order", seat, seat, "hold", ("quietly",))
    drafts = world.seats[seat].drafts
    return commands.Decide(
        world.open_turn,
        world.phase,
        decision,
        "hold",
        world.revision,
        (*world.decisions, decision),
        ("tokyo",),
        drafts[0].id if drafts else 0,
    )


def ask_all(
    writer: ClassWriter, wishes: list[tuple[int, object]]
) -> list[tuple[int, commands.Command, str, str]]:
    """Ask one wish after the other; return who got which answer to what, and its key."""
    carried_out = []
    for number, (person, wish) in enumerate(wishes):
        command, key = made(writer.state, person, wish), f"key {number}"
        answer = writer.submit(command, by=person, key=key)
        if answer.exception() is None:
            carried_out.append((person, command, key, answer.result()))
    return carried_out


@settings(max_examples=8)
@given(st.lists(WISHES, max_size=30))
def test_facts_give_the_state_again_and_repeats_change_nothing(
    wishes: list[tuple[int, object]],
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "class.db"
        writer = open_writer(path, n_worlds=2, rule="majority" if len(wishes) % 2 else "captain")
        for name in ("Ann", "Ben", "Cho"):
            writer.submit(joining(name), by=0, key=name).result()
        carried_out = ask_all(writer, wishes)
        before, history = writer.state, list(writer.history)
        for person, command, key, answer in carried_out:
            assert writer.submit(command, by=person, key=key).result() == answer
        assert writer.state == before
        writer.close()
        again = open_writer(path)
        assert again.state == before == reduce_facts(history) == reduce_facts(again.history)
        for person, command, key, answer in carried_out:
            assert again.submit(command, by=person, key=key).result() == answer
        assert again.history == history
        again.close()


@settings(max_examples=8)
@given(st.lists(WISHES, max_size=30))
def test_every_fact_reads_back_as_it_was_written(wishes: list[tuple[int, object]]) -> None:
    with TemporaryDirectory() as folder:
        writer = open_writer(Path(folder) / "class.db")
        for name in ("Ann", "Ben", "Cho"):
            writer.submit(joining(name), by=0).result()
        ask_all(writer, wishes)
        writer.close()
        for record in writer.history:
            name = type(record.fact).__name__
            assert parse_fact(name, format_fact(record.fact), "") == record.fact


def test_every_kind_of_fact_has_its_step() -> None:
    assert set(fact_kinds().values()) == kinds_with_a_step()


def test_reducing_leaves_the_state_before_as_it_was() -> None:
    with TemporaryDirectory() as folder:
        writer = open_writer(Path(folder) / "class.db")
        before = writer.state
        text = repr(before)
        writer.submit(joining("Ann"), by=0).result()
        writer.submit(commands.TakeSeat(1, "seoul"), by=1).result()
        writer.close()
        assert repr(before) == text
        assert isinstance(writer.history[0], Recorded)
