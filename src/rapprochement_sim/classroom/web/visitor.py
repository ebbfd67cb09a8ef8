"""Who sends a request: known by a cookie that no script can read and no other site can send."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapprochement_sim.classroom.facts import TEACHER
from rapprochement_sim.classroom.secrets_of_class import form_token, hash_of, same
from rapprochement_sim.errors import MalformedInput, NotAllowedNow

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from rapprochement_sim.classroom.classroom import Classroom
    from rapprochement_sim.classroom.state import ClassWorld, Person
    from rapprochement_sim.classroom.web.forms import Form

COOKIE = "rapprochement"
TEACHER_COOKIE = "rapprochement_teacher"
_COOKIE_SECONDS = 14 * 24 * 3600
_SHORTEST_KEY, _LONGEST_KEY = 8, 64


class NotHere(NotAllowedNow):
    """Somebody who has not come in, or not as a teacher, asks for an inner page."""


@dataclass(frozen=True)
class Visitor:
    """Who looks: a person's number or the teacher, and the proof that goes into their forms."""

    number: int
    csrf: str
    person: Person | None = None

    @property
    def is_teacher(self) -> bool:
        """Whether it is the teacher."""
        return self.person is None

    def key(self, form: Form) -> str:
        """Return the key under which a form is carried out once, this visitor's alone."""
        return f"{self.number}:{form_key(form)}"

    def check(self, form: Form) -> None:
        """Refuse a form that is not from a page of this visitor's.

        Raises
        ------
        NotAllowedNow
            If it is not.
        """
        if not same(form.text("csrf", ""), self.csrf):
            what = "this form is not from a page of yours"
            raise NotAllowedNow(what, todo="Go back, load the page again, then send it.")


def form_key(form: Form) -> str:
    """Return the key that a page put into its form.

    Raises
    ------
    MalformedInput
        If it is none of ours.
    """
    key = form.text("key")
    if not (key.isascii() and key.isprintable() and _SHORTEST_KEY <= len(key) <= _LONGEST_KEY):
        what = "the form has no proper key"
        raise MalformedInput(what, todo="Go back to the page and send its form.")
    return key


def new_key() -> str:
    """Make a key for a form."""
    return secrets.token_urlsafe(12)


def student(room: Classroom, request: Request) -> Visitor | None:
    """Return the student whose cookie came with a request."""
    token = request.cookies.get(COOKIE, "")
    person = room.person_of(hash_of(token)) if token else None
    if person is None:
        return None
    room.see(person.id)
    return Visitor(person.id, form_token(room.state.signing_key, token), person)


def teacher(room: Classroom, request: Request) -> Visitor | None:
    """Return the teacher, if the teacher's cookie came with a request."""
    found = request.cookies.get(TEACHER_COOKIE, "")
    if not found or not same(hash_of(found), room.state.teacher_hash):
        return None
    return Visitor(TEACHER, form_token(room.state.signing_key, found))


def required_student(room: Classroom, request: Request) -> Visitor:
    """Return the student of a request.

    Raises
    ------
    NotHere
        If there is none.
    """
    visitor = student(room, request)
    if visitor is None:
        what = "you have not come in"
        raise NotHere(what, todo="Come in by the code of your class.")
    return visitor


def required_teacher(room: Classroom, request: Request) -> Visitor:
    """Return the teacher of a request.

    Raises
    ------
    NotHere
        If it is not the teacher.
    """
    visitor = teacher(room, request)
    if visitor is None:
        what = "this page is the teacher's"
        raise NotHere(what, todo="Open the link that the terminal shows.")
    return visitor


def own_world(room: Classroom, visitor: Visitor) -> tuple[ClassWorld, str]:
    """Return the world and seat of a student.

    Raises
    ------
    NotAllowedNow
        If they have no seat.
    """
    person = visitor.person
    if person is None or not person.world or not person.seat:
        what = "you have no seat"
        raise NotAllowedNow(what, todo="Take one first.")
    return room.state.worlds[person.world], person.seat


def keep_cookie(response: Response, name: str, value: str, *, is_secure: bool) -> None:
    """Let a browser keep who it is."""
    response.set_cookie(
        name,
        value,
        max_age=_COOKIE_SECONDS,
        path="/",
        secure=is_secure,
        httponly=True,
        samesite="lax",
    )
