"""Commands to facts: what a class allows now. Pure; the log's only writer asks it.

A refused command leaves no fact. What people see of a refusal is its error's text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rapprochement_sim.classroom import commands, deciding_people, deciding_play, deciding_teacher
from rapprochement_sim.classroom.facts import TEACHER
from rapprochement_sim.classroom.outcome import Asked, Outcome, Stale
from rapprochement_sim.errors import NotAllowedNow

if TYPE_CHECKING:
    from rapprochement_sim.classroom.state import ClassState

__all__ = ["Asked", "Outcome", "Stale", "decide"]

_Deciding = Callable[["ClassState", Any, Asked], Outcome]

_WHENEVER: dict[type[commands.Command], _Deciding] = {
    commands.OpenClass: deciding_teacher.open_class,
    commands.Join: deciding_people.join,
    commands.Return: deciding_people.come_back,
}
"""What is open to people who have not come in yet."""

_STUDENT: dict[type[commands.Command], _Deciding] = {
    commands.TakeSeat: deciding_people.take_seat,
    commands.LeaveSeat: deciding_people.leave_seat,
    commands.ReclaimSeat: deciding_people.reclaim_seat,
    commands.HandOnCaptaincy: deciding_people.hand_on_captaincy,
    commands.Decide: deciding_play.put_forward,
    commands.DropDraft: deciding_play.drop_draft,
    commands.TakeBack: deciding_play.take_back,
    commands.SayDone: deciding_play.say_done,
    commands.Foretell: deciding_play.foretell,
    commands.Say: deciding_play.say,
}

_TEACHER: dict[type[commands.Command], _Deciding] = {
    commands.Say: deciding_teacher.announce,
    commands.ClosePhase: deciding_play.close_phase,
    commands.AddWorld: deciding_teacher.add_world,
    commands.IssueReturnWord: deciding_teacher.issue_word,
    commands.Remove: deciding_teacher.remove,
    commands.Withdraw: deciding_teacher.withdraw,
    commands.GiveToModel: deciding_teacher.give_to_model,
    commands.NameCaptain: deciding_teacher.name_captain,
    commands.Inject: deciding_teacher.inject,
    commands.WithdrawInject: deciding_teacher.withdraw_inject,
    commands.Rewind: deciding_teacher.rewind,
    commands.SetClock: deciding_teacher.set_clock,
    commands.SetTime: deciding_teacher.set_time,
    commands.Pause: deciding_teacher.pause,
    commands.Resume: deciding_teacher.resume,
    commands.End: deciding_teacher.end,
    commands.LiftMask: deciding_teacher.lift_mask,
}
"""What the teacher and the clock may do."""

_AFTER_THE_END = frozenset({commands.LiftMask})


def decide(state: ClassState, command: commands.Command, asked: Asked) -> Outcome:
    """Return what a command brings about.

    Raises
    ------
    NotAllowedNow
        If the class does not allow it at this moment.
    MalformedInput
        If it makes no sense.
    Stale
        If it rests on a table that has changed since.
    """
    kind = type(command)
    if kind in _WHENEVER:
        return _WHENEVER[kind](state, command, asked)
    if asked.by > TEACHER:
        person = state.persons.get(asked.by)
        if person is None or person.is_removed:
            what = "you are not in this class any more"
            raise NotAllowedNow(what)
    allowed = _STUDENT if asked.by > TEACHER else _TEACHER
    if kind not in allowed:
        what = "this is for the teacher" if kind in _TEACHER else "this is for students"
        raise NotAllowedNow(what)
    if state.is_ended and kind not in _AFTER_THE_END:
        what = "the class has ended"
        raise NotAllowedNow(what)
    return allowed[kind](state, command, asked)
