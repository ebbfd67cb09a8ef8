"""The few kinds of error that people meet, each saying what, where and what to do.

The text of these errors is public interface: the command line prints it and ends with
status 2, the screens show it as it is, and tests hold its words.
"""
# ruff: noqa: N818 - the names say which of the kinds it is: malformed, not allowed now, ambiguous

from __future__ import annotations

from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from rapprochement_sim.naming import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SHOWN_AT_ONCE = 5
_LISTED_AT_ONCE = 16
_LONGEST_PART = 800


class RapprochementError(Exception):
    """Something a person can put right.

    Parameters
    ----------
    what
        What is wrong, in one clause without a full stop.
    where
        ``file:line:key``, or the world, turn and capital.
    allowed
        What would have been accepted.
    nearest
        The valid name closest to the one found, or empty.
    todo
        What to do next, as a sentence.
    others
        Further errors of the same file or the same order, shown beneath this one.
    """

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        allowed: str = "",
        nearest: str = "",
        todo: str = "",
        others: Sequence[RapprochementError] = (),
    ) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.allowed = allowed
        self.nearest = nearest
        self.todo = todo
        self.others = tuple(others)

    @classmethod
    def gather(cls, errors: Sequence[Self]) -> Self:
        """Put several errors into one: the first leads, the others stand beneath it."""
        first = errors[0]
        beneath: list[RapprochementError] = []
        for error in errors[1:]:
            beneath += [error, *error.others]
        return cls(
            first.what,
            where=first.where,
            allowed=first.allowed,
            nearest=first.nearest,
            todo=first.todo,
            others=(*first.others, *beneath),
        )

    def __str__(self) -> str:
        """Whole message: one line for each error, at most five of them."""
        lines = [self._line()]
        shown = self.others[: SHOWN_AT_ONCE - 1]
        lines.extend(f"  also {other._line()}" for other in shown)  # noqa: SLF001 - same family
        left = len(self.others) - len(shown)
        if left:
            lines.append(f"  and {left} more like these")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[Callable[[], Self], tuple[()]]:
        """Keep every field when a worker process hands the error to its parent."""
        fields: dict[str, Any] = {
            "where": self.where,
            "allowed": self.allowed,
            "nearest": self.nearest,
            "todo": self.todo,
            "others": self.others,
        }
        return partial(type(self), self.what, **fields), ()

    def _line(self) -> str:
        # Under a mask no name is told, whoever made the error; a place on disk is as it is.
        what, nearest, allowed, todo = (
            printable(told(part)) for part in (self.what, self.nearest, self.allowed, self.todo)
        )
        parts = [f"{printable(self.where)}: {what}" if self.where else what]
        if nearest:
            parts.append(f"did you mean '{nearest}'?")
        if allowed:
            parts.append(f"Allowed: {allowed}.")
        if todo:
            parts.append(todo)
        parts[0] += ";" if nearest else "."
        return " ".join(parts)


class MalformedInput(RapprochementError):
    """A file, a name or an argument that cannot be understood as it stands."""


class NotAllowedNow(RapprochementError):
    """A well-formed wish that the rules refuse at this moment."""


class Ambiguous(RapprochementError):
    """A wish that fits more than one thing; ``allowed`` lists the candidates."""


class OutputProblem(RapprochementError):
    """A place that cannot be written to, or holds something else than expected."""


class WrongVersion(RapprochementError):
    """A save, run folder or class kept by another version of the rules or the code."""


def printable(text: str) -> str:
    """Return a text on one line of bounded length, with what no screen should obey written out.

    A hostile file cannot clear the terminal of the person who checks it.
    """
    safe = "".join(sign if sign.isprintable() else _escaped(sign) for sign in text[:_LONGEST_PART])
    return safe if len(text) <= _LONGEST_PART else f"{safe}..."


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape").decode("ascii")


def nearest_name(found: str, known: Iterable[str]) -> str:
    """Return the known name closest to the one found, or an empty text if none is close.

    Where none is, one that has it among its parts is: ``momentum_opens_a_window`` for
    ``momentum``.
    """
    by_folded = {name.casefold(): name for name in known}
    wanted = found.casefold()
    close = get_close_matches(wanted, list(by_folded), n=1, cutoff=0.55)
    having = [name for name in by_folded if wanted in name.split("_")]
    return by_folded[(close or having)[0]] if close or having else ""


def listed(names: Iterable[str]) -> str:
    """Join names for an ``allowed`` text; a long list is cut and says how much is left."""
    every = list(names)
    shown = ", ".join(every[:_LISTED_AT_ONCE])
    left = len(every) - _LISTED_AT_ONCE
    return f"{shown} and {left} more" if left > 0 else shown
