"""Asking a class over HTTP: one connection, kept open, made anew when it has gone."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
import ssl
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from rapprochement_sim.classroom.veiling import laid_open, veiled
from rapprochement_sim.classroom.wire import VERSION, harmless
from rapprochement_sim.errors import MalformedInput, NotAllowedNow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rapprochement_sim.classroom.joining.address import Address

COOKIE = "rapprochement"
PATIENCE_SECONDS = 10.0
"""As long as an answer may take: a turn of many worlds may be played out before it."""
_AT_FIRST_SECONDS = 60.0
"""As long as the first page may take: the class may still be loading its rules."""
_MOST_BYTES = 16 * 1024 * 1024
_TRIES = 2
Fields = tuple[tuple[str, str], ...]


class ConnectionLost(NotAllowedNow):
    """The class cannot be reached at this moment."""


class NotKnownThere(NotAllowedNow):
    """The class does not know who this is (any more)."""


def no_connection() -> ConnectionLost:
    """Say that the class cannot be reached, and that nothing is lost."""
    what = "the class cannot be reached at this moment"
    todo = "It is tried again by itself; what was confirmed is safe."
    return ConnectionLost(what, todo=todo)


def trusting(certificate: Path | None) -> ssl.SSLContext:
    """Return what an encrypted class is checked by: the system's authorities, or a file's.

    Raises
    ------
    MalformedInput
        If the file holds no certificate.
    """
    try:
        return ssl.create_default_context(cafile=certificate)
    except (OSError, ssl.SSLError) as error:
        what = f"there is no certificate to trust ({error})"
        raise MalformedInput(what, where=str(certificate)) from None


class Wiring:
    """One connection to a class; for one thread at a time.

    Parameters
    ----------
    address
        Where the class is.
    token
        Who one is, empty before one has come in.
    certificate
        Authorities to trust beside none, for a class that is encrypted.
    """

    def __init__(self, address: Address, token: str = "", certificate: Path | None = None) -> None:
        self.address = address
        self.token = token
        self.certificate = certificate
        self.patience = _AT_FIRST_SECONDS
        self._connection: http.client.HTTPConnection | None = None

    def again(self) -> Wiring:
        """Return another connection of the same person."""
        return Wiring(self.address, self.token, self.certificate)

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def interrupt(self) -> None:
        """Let whoever waits for an answer on this connection stop waiting."""
        sock = self._connection.sock if self._connection is not None else None
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    # ---------------------------------------------------------------- asking

    def get(self, path: str, query: Iterable[tuple[str, str]] = ()) -> bytes:
        """Look at something.

        Raises
        ------
        ConnectionLost
            If the class cannot be reached.
        NotAllowedNow
            If it refuses.
        """
        asked = urlencode([(name, veiled(value)) for name, value in query])
        return self._answer("GET", _api(path) + (f"?{asked}" if asked else ""), None)

    def post(self, path: str, form: Iterable[tuple[str, str]]) -> Any:
        """Send a form; its key lets it be sent again without counting twice."""
        fields = [(name, veiled(value)) for name, value in form]
        return _object(self._answer("POST", _api(path), urlencode(fields).encode()))

    def look(self, path: str) -> Any:
        """Look at something that is answered in plain JSON."""
        return _object(self.get(path))

    def opened(self, path: str, patience: float) -> http.client.HTTPResponse:
        """Open a stream.

        Raises
        ------
        ConnectionLost
            If the class cannot be reached.
        """
        try:
            self.close()
            answer = self._asked("GET", path, None, patience)
        except (OSError, http.client.HTTPException):
            self.close()
            raise no_connection() from None
        if answer.status != http.client.OK:
            self.close()
            raise _refusal(answer.status, b"")
        return answer

    # ---------------------------------------------------------------- within

    def _answer(self, method: str, target: str, body: bytes | None) -> bytes:
        for _ in range(_TRIES):
            was_kept = self._connection is not None
            try:
                with self._asked(method, target, body, self.patience) as answer:
                    found = answer.read(_MOST_BYTES)
                if answer.getheader("content-encoding") == "gzip":
                    found = gzip.decompress(found)
                self._keep_token(answer)
            except (OSError, EOFError, http.client.HTTPException) as error:
                self.close()
                if was_kept and not isinstance(error, TimeoutError):
                    continue
                raise no_connection() from None
            if answer.status != http.client.OK:
                raise _refusal(answer.status, found)
            return found
        raise no_connection()

    def _asked(
        self, method: str, target: str, body: bytes | None, patience: float
    ) -> http.client.HTTPResponse:
        if self._connection is None:
            self._connection = self._made(patience)
        if self._connection.sock is not None:
            self._connection.sock.settimeout(patience)
        headers = {"cookie": f"{COOKIE}={self.token}"} if self.token else {}
        if body is not None:
            headers["content-type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, target, body, headers)
        return self._connection.getresponse()

    def _made(self, patience: float) -> http.client.HTTPConnection:
        host, port = self.address.host, self.address.port
        if self.address.is_secure:
            context = trusting(self.certificate)
            return http.client.HTTPSConnection(host, port, timeout=patience, context=context)
        return http.client.HTTPConnection(host, port, timeout=patience)

    def _keep_token(self, answer: http.client.HTTPResponse) -> None:
        for header in answer.headers.get_all("set-cookie") or ():
            try:
                found = SimpleCookie(header).get(COOKIE)
            except CookieError:
                continue
            if found is not None:
                self.token = found.value


def stream_lines(stream: http.client.HTTPResponse) -> Iterator[bytes]:
    """Read a stream line by line until it ends or falls silent."""
    with suppress(OSError, ValueError, AttributeError, http.client.HTTPException):
        while line := stream.readline():
            yield line


def _api(path: str) -> str:
    return f"/api/{VERSION}{path}"


def _object(text: bytes) -> Any:
    try:
        return laid_open(json.loads(text))
    except ValueError:
        raise _not_a_class() from None


def _refusal(status: int, found: bytes) -> NotAllowedNow | MalformedInput:
    """Return what an answer refuses, in the words of the class."""
    try:
        what = harmless(str(json.loads(found)["error"])).rstrip(".")
    except (ValueError, KeyError, TypeError):
        if status >= http.client.INTERNAL_SERVER_ERROR:
            return no_connection()
        what = harmless(found[:200].decode("utf-8", "replace")).rstrip(".")
    if status == http.client.FORBIDDEN:
        return NotKnownThere(what)
    if status == http.client.NOT_FOUND:
        return _not_a_class()
    return NotAllowedNow(what)


def _not_a_class() -> MalformedInput:
    what = "no class that can be joined answers there"
    todo = "Check the link, and that your program is as new as your teacher's."
    return MalformedInput(what, todo=todo)
