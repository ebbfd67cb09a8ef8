"""What a browser sent, read strictly: a field that is not what it should be is refused."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect

from rapprochement_sim.classroom.veiling import laid_open
from rapprochement_sim.errors import MalformedInput

if TYPE_CHECKING:
    from starlette.requests import Request

MOST_FIELDS = 40
MOST_FIELD = 4000
_MOST_NUMBER = 18
FOR_PROGRAMS = "/api/"
"""Where addresses begin that a joined seat asks, and no browser."""


class Form:
    """The fields of a form or of an address.

    Parameters
    ----------
    fields
        Names with their values, in the sequence in which they came.
    """

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        self._fields = fields
        for name, value in fields:
            if len(name) + len(value) > MOST_FIELD:
                what = "a field is too long"
                raise MalformedInput(what, allowed=f"at most {MOST_FIELD} characters")

    def text(self, name: str, default: str | None = None) -> str:
        """Return a field; without a default it must be there.

        Raises
        ------
        MalformedInput
            If it is missing or there twice.
        """
        found = self.every(name)
        if len(found) > 1 or (not found and default is None):
            what = f"the field '{name}' is {'there twice' if found else 'missing'}"
            raise MalformedInput(what, todo="Go back to the page and send its form.")
        return found[0] if found else str(default)

    def every(self, name: str) -> tuple[str, ...]:
        """Return all values of a field, for check boxes."""
        return tuple(value for key, value in self._fields if key == name)

    def integer(self, name: str, default: int | None = None) -> int:
        """Return a whole number of nought or more.

        Raises
        ------
        MalformedInput
            If it is none.
        """
        text = self.text(name, None if default is None else str(default)).strip()
        if not (text.isascii() and text.isdigit() and len(text) <= _MOST_NUMBER):
            what = f"'{name}' is no whole number"
            raise MalformedInput(what)
        return int(text)

    def number(self, name: str) -> float:
        """Return a finite number.

        Raises
        ------
        MalformedInput
            If it is none.
        """
        text = self.text(name).strip().replace(",", ".")
        try:
            value = float(text) if text.isascii() else math.nan
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            what = f"'{name}' is no number"
            raise MalformedInput(what)
        return value


async def read_form(request: Request) -> Form:
    """Read the form that a page sent.

    Raises
    ------
    MalformedInput
        If it is none.
    """
    try:
        body = await request.body()
    except ClientDisconnect:
        what = "the form is too long, or was cut off"
        raise MalformedInput(what) from None
    return Form(_opened(request, _fields(body)))


def read_query(request: Request) -> Form:
    """Read what stands behind the question mark of an address."""
    return Form(_opened(request, _fields(request.scope["query_string"])))


def _opened(request: Request, fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Open the names that a page of a masked class has sealed, or a program has veiled."""
    if request.url.path.startswith(FOR_PROGRAMS):
        return [(name, laid_open(value)) for name, value in fields]
    seal = request.app.state.seal
    return [(name, seal.opened_field(name, value)) for name, value in fields]


def _fields(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            text.decode("ascii"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except (ValueError, UnicodeError):
        what = "this form cannot be read"
        raise MalformedInput(what) from None
