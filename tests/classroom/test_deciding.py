"""What a class allows: seats, captains and majorities, late posts, pauses, going back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rapprochement_sim.classroom import commands
from rapprochement_sim.classroom.facts import CLOCK, TEACHER, SeatDecision
from rapprochement_sim.classroom.log import ClassLog
from rapprochement_sim.classroom.outcome import Stale
from rapprochement_sim.classroom.secrets_of_class import hash_of, hash_of_word
from rapprochement_sim.classroom.state import ClassWorld
from rapprochement_sim.classroom.writer import ClassWriter
from rapprochement_sim.errors import MalformedInput, NotAllowedNow
from tests.classroom.made import deciding, joining, open_writer, opening, seat_people


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[ClassWriter]:
    opened = open_writer(tmp_path / "class.db", n_worlds=2)
    yield opened
    opened.close()


def world_of(writer: ClassWriter, number: int = 1) -> ClassWorld:
    return writer.state.worlds[number]


def closing(world: ClassWorld) -> commands.ClosePhase:
    digest = "d" if world.phase == "orders" else ""
    return commands.ClosePhase(
        world.number, world.open_turn, world.phase, world.revision, world.played_seats, digest
    )


def resolve(writer: ClassWriter, number: int = 1) -> None:
    for _ in range(2):
        writer.submit(closing(world_of(writer, number)), by=CLOCK).result()


def test_the_first_of_a_seat_speaks_for_it_and_others_put_forward(writer: ClassWriter) -> None:
    ann, ben = seat_people(writer, "Ann", "Ben", seat="seoul")
    asked = deciding("seoul", "hold", revision=world_of(writer).revision)
    assert "Put forward" in writer.submit(asked, by=ben).result()
    (draft,) = world_of(writer).seats["seoul"].drafts
    assert not world_of(writer).decisions
    backed = replace(asked, draft=draft.id, revision=world_of(writer).revision)
    assert "Decided" in writer.submit(backed, by=ann).result()
    assert world_of(writer).decisions == (asked.decision,)
    assert not world_of(writer).seats["seoul"].drafts


def test_by_majority_more_than_half_must_be_for_it(tmp_path: Path) -> None:
    writer = open_writer(tmp_path / "class.db", rule="majority")
    people = seat_people(writer, "Ann", "Ben", "Cho", "Dan", seat="seoul")
    for number, person in enumerate(people[:3]):
        revision = world_of(writer).revision
        asked = deciding("seoul", "hold", revision=revision, draft=1 if number else 0)
        writer.submit(asked, by=person).result()
        assert bool(world_of(writer).decisions) == (number == 2)
    for number, person in enumerate(people[1:]):
        writer.submit(commands.SayDone(1, "talks", is_done=True), by=person).result()
        assert world_of(writer).seats["seoul"].is_done == (number == 2)
    writer.close()


def test_nobody_decides_for_another_seat(writer: ClassWriter) -> None:
    (ann,) = seat_people(writer, "Ann", seat="seoul")
    asked = deciding("tokyo", "hold", revision=world_of(writer).revision)
    with pytest.raises(NotAllowedNow, match="one's own seat"):
        writer.submit(asked, by=ann).result()


def test_a_decision_on_a_table_that_has_changed_must_look_again(writer: ClassWriter) -> None:
    (ann,) = seat_people(writer, "Ann", seat="seoul")
    seen = world_of(writer).revision
    seat_people(writer, "Ben", seat="tokyo")
    with pytest.raises(Stale):
        writer.submit(deciding("seoul", "hold", revision=seen), by=ann).result()


def test_a_late_post_is_told_so_and_changes_nothing(writer: ClassWriter) -> None:
    (ann,) = seat_people(writer, "Ann", seat="seoul")
    asked = deciding("seoul", "hold", revision=world_of(writer).revision)
    resolve(writer)
    before = writer.state
    with pytest.raises(NotAllowedNow, match="the talks of turn 1 are closed"):
        writer.submit(asked, by=ann).result()
    with pytest.raises(NotAllowedNow, match="the talks of turn 1 are closed"):
        writer.submit(commands.SayDone(1, "talks", is_done=True), by=ann).result()
    assert writer.state == before


def test_a_turn_keeps_who_played_and_what_was_decided(writer: ClassWriter) -> None:
    (ann,) = seat_people(writer, "Ann", seat="seoul")
    asked = deciding("seoul", "hold", revision=world_of(writer).revision)
    writer.submit(asked, by=ann).result()
    resolve(writer)
    (turn,) = world_of(writer).turns
    assert turn.talk_seats == turn.order_seats == ("seoul",)
    assert turn.decisions == (asked.decision,)
    assert world_of(writer).open_turn == 2
    assert not world_of(writer).decisions
    assert world_of(writer, 2).open_turn == 1


def test_an_empty_seat_is_the_models_and_a_seat_can_be_reclaimed(writer: ClassWriter) -> None:
    (ann,) = seat_people(writer, "Ann", seat="seoul")
    assert world_of(writer).played_seats == ("seoul",)
    writer.submit(commands.GiveToModel(1, "seoul", "not here"), by=TEACHER).result()
    assert world_of(writer).played_seats == ()
    with pytest.raises(NotAllowedNow, match="the model plays your seat"):
        writer.submit(commands.SayDone(1, "talks", is_done=True), by=ann).result()
    writer.submit(commands.ReclaimSeat(), by=ann).result()
    assert world_of(writer).played_seats == ("seoul",)
    writer.submit(commands.LeaveSeat(), by=ann).result()
    assert world_of(writer).played_seats == ()


def test_what_a_seat_had_on_the_table_goes_with_its_people(writer: ClassWriter) -> None:
    (ann,) = seat_people(writer, "Ann", seat="seoul")
    (ben,) = seat_people(writer, "Ben", seat="tokyo")
    offer = SeatDecision("offer", "seoul", "tokyo", "summit")
    answer = SeatDecision("answer", "tokyo", "seoul", accepts=True)
    for person, decision, stands in ((ann, offer, (offer,)), (ben, answer, (offer, answer))):
        revision = world_of(writer).revision
        asked = commands.Decide(1, "talks", decision, "x", revision, stands, ())
        writer.submit(asked, by=person).result()
    assert len(world_of(writer).decisions) == 2
    writer.submit(commands.GiveToModel(1, "seoul", "gone"), by=TEACHER).result()
    assert world_of(writer).decisions == ()


def test_the_captaincy_goes_on_when_the_captain_leaves(writer: ClassWriter) -> None:
    ann, ben = seat_people(writer, "Ann", "Ben", seat="seoul")
    writer.submit(commands.LeaveSeat(), by=ann).result()
    assert world_of(writer).seats["seoul"].captain == ben


def test_who_knows_a_secret_brief_cannot_play_the_other_side(writer: ClassWriter) -> None:
    (ann,) = seat_people(writer, "Ann", seat="seoul")
    resolve(writer)
    with pytest.raises(NotAllowedNow, match="secret brief"):
        writer.submit(commands.TakeSeat(1, "tokyo"), by=ann).result()
    writer.submit(commands.TakeSeat(2, "tokyo"), by=ann).result()
    assert world_of(writer).seats["seoul"].members == ()


def test_a_pause_holds_the_game_and_stops_the_clock(tmp_path: Path) -> None:
    now = [1000.0]
    writer = ClassWriter(ClassLog(tmp_path / "class.db"), clock=lambda: now[0])
    writer.submit(opening(), by=TEACHER).result()
    (ann,) = seat_people(writer, "Ann", seat="seoul")
    writer.submit(commands.SetClock(1, 1300.0), by=TEACHER).result()
    writer.submit(commands.Pause("the bell rang"), by=TEACHER).result()
    with pytest.raises(NotAllowedNow, match="the class is paused: the bell rang"):
        writer.submit(commands.SayDone(1, "talks", is_done=True), by=ann).result()
    now[0] = 1600.0
    writer.submit(commands.Resume(), by=TEACHER).result()
    assert world_of(writer).closes_at == 1900.0
    writer.close()


def test_going_back_keeps_what_was_played_as_a_branch(writer: ClassWriter) -> None:
    seat_people(writer, "Ann", seat="seoul")
    writer.submit(commands.Inject(1, 1, "disaster", "wrong one"), by=TEACHER).result()
    resolve(writer)
    resolve(writer)
    played = world_of(writer).turns
    writer.submit(commands.Rewind(1, 1, "the wrong inject"), by=TEACHER).result()
    assert world_of(writer).turns == ()
    (branch,) = world_of(writer).branches
    assert branch.turns == played
    (inject,) = world_of(writer).injects
    writer.submit(commands.WithdrawInject(1, inject.id), by=TEACHER).result()
    assert world_of(writer).injects == ()


def test_an_act_is_let_befall_for_a_government_that_nobody_plays(writer: ClassWriter) -> None:
    seat_people(writer, "Ann", seat="seoul")
    for seat, partner in (("tokyo", "seoul"), ("seoul", "tokyo")):
        act = (SeatDecision("order", seat, partner, "hostile_statement"),)
        inject = commands.Inject(1, 1, "", "Words", (), act)
        if seat == "tokyo":
            writer.submit(inject, by=TEACHER).result()
            with pytest.raises(NotAllowedNow, match="one act in this turn"):
                writer.submit(inject, by=TEACHER).result()
        else:
            with pytest.raises(NotAllowedNow, match="people play Seoul"):
                writer.submit(inject, by=TEACHER).result()
    (kept,) = world_of(writer).injects
    assert [order.seat for order in kept.orders] == ["tokyo"]


def test_who_has_gone_speaks_for_nobody_any_longer(writer: ClassWriter) -> None:
    seat_people(writer, "Ann", seat="seoul")
    (ben,) = seat_people(writer, "Ben", seat="seoul")
    done = commands.SayDone(1, "talks", is_done=True)
    assert "your seat is not yet" in writer.submit(done, by=ben).result()
    with pytest.raises(MalformedInput, match="do not sit there"):
        writer.submit(commands.NameCaptain(1, "tokyo", ben), by=TEACHER).result()
    take = commands.NameCaptain(1, "seoul", ben)
    with pytest.raises(NotAllowedNow, match="for the teacher"):
        writer.submit(take, by=ben).result()
    writer.submit(take, by=TEACHER).result()
    assert writer.submit(done, by=ben).result() == "Your seat is done."


def test_an_inject_that_was_played_out_is_not_simply_withdrawn(writer: ClassWriter) -> None:
    writer.submit(commands.Inject(1, 1, "", "News"), by=TEACHER).result()
    resolve(writer)
    with pytest.raises(NotAllowedNow, match="open turn"):
        writer.submit(commands.WithdrawInject(1, 1), by=TEACHER).result()


def test_the_removed_are_out_on_every_device_and_their_name_is_free(writer: ClassWriter) -> None:
    (ann,) = seat_people(writer, "Ann", seat="seoul")
    writer.submit(commands.Remove(ann, "asked to"), by=TEACHER).result()
    assert not writer.state.tokens
    with pytest.raises(NotAllowedNow, match="not in this class any more"):
        writer.submit(commands.TakeSeat(1, "seoul"), by=ann).result()
    assert int(writer.submit(joining("Ann"), by=0).result()) != ann


def test_one_comes_back_by_name_and_word_alone(writer: ClassWriter) -> None:
    (ann,) = seat_people(writer, "Ann", seat="seoul")
    wrong = commands.Return("Ann", hash_of_word("a guess"), hash_of("new"))
    nobody = commands.Return("Nobody", hash_of_word("a guess"), hash_of("new"))
    told = []
    for asked in (wrong, nobody):
        with pytest.raises(NotAllowedNow) as refused:
            writer.submit(asked, by=0).result()
        told.append(str(refused.value))
    assert told[0] == told[1]
    right = commands.Return("ann", hash_of_word("WORD of ann"), hash_of("n"))
    assert int(writer.submit(right, by=0).result()) == ann
    assert writer.state.tokens[hash_of("n")] == ann


def test_with_a_list_only_those_on_it_come_in(tmp_path: Path) -> None:
    writer = open_writer(tmp_path / "class.db", roster=("Ann Lee",))
    with pytest.raises(NotAllowedNow, match="not on the list"):
        writer.submit(joining("Bob"), by=0).result()
    writer.submit(joining(" ann  LEE "), by=0).result()
    assert writer.state.persons[1].name == "Ann Lee"
    writer.close()


@pytest.mark.parametrize("name", ["", "  ", "\u202e\u200b", "x" * 41])
def test_a_name_is_short_and_can_be_seen(writer: ClassWriter, name: str) -> None:
    with pytest.raises(MalformedInput):
        writer.submit(joining(name), by=0).result()


def test_students_cannot_do_what_is_the_teachers(writer: ClassWriter) -> None:
    (ann,) = seat_people(writer, "Ann", seat="seoul")
    for command in (
        closing(world_of(writer)),
        commands.Pause("x"),
        commands.Rewind(1, 1, "x"),
        commands.Remove(ann, "x"),
        commands.End("x"),
        commands.AddWorld(),
    ):
        with pytest.raises(NotAllowedNow, match="for the teacher"):
            writer.submit(command, by=ann).result()


def test_an_ended_class_can_only_be_read(writer: ClassWriter) -> None:
    (ann,) = seat_people(writer, "Ann", seat="seoul")
    writer.submit(commands.End("the bell"), by=TEACHER).result()
    for person, command in ((ann, commands.Say("x", ())), (TEACHER, commands.AddWorld())):
        with pytest.raises(NotAllowedNow, match="the class has ended"):
            writer.submit(command, by=person).result()
