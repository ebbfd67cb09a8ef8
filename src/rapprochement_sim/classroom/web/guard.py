"""What stands before every page: hosts, origins, sizes, headers. Pure ASGI."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BODY = 16 * 1024
MOST_TARGET = 2000
_SAFE = ("GET", "HEAD")
_KNOWN = (*_SAFE, "POST")

HEADERS = (
    (
        b"content-security-policy",
        (
            b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            b"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    # With "no-referrer" a browser would send "Origin: null" with our own forms.
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


@dataclass(frozen=True)
class Refusal:
    """A status and a plain sentence."""

    status: int
    text: str


class Guard:
    """Lets through what a page of this server may have sent, and dresses every answer.

    Parameters
    ----------
    app
        What is guarded.
    hosts
        Values of the Host header under which the server is known.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request, then answer it or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                names = {name.lower() for name, _ in headers}
                headers += [entry for entry in HEADERS if entry[0] not in names]
                if b"cache-control" not in names:
                    headers.append((b"cache-control", b"no-store"))
                message = {**message, "headers": headers}
            await send(message)

        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1002})
            return
        refusal = self.refusal(scope)
        if refusal is not None:
            await _refuse(refusal, dressed)
            return
        await self.app(scope, _limited(receive), dressed)

    def refusal(self, scope: Scope) -> Refusal | None:
        """Return why a request is refused before anybody looks at it; None if it is not."""
        headers = scope["headers"]
        method = scope["method"]
        target = len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b"")
        if method not in _KNOWN:
            return Refusal(405, "Pages are read and forms are sent; nothing else is done here.")
        if target > MOST_TARGET:
            return Refusal(414, "This address is too long.")
        if b"%00" in (scope.get("raw_path") or b"") or b"\x00" in scope["path"].encode():
            return Refusal(400, "This address holds what no address holds.")
        hosts = [value for name, value in headers if name == b"host"]
        if len(hosts) != 1 or hosts[0].decode("latin-1").lower() not in self.hosts:
            return Refusal(421, "This server is not known under that name.")
        if method in _SAFE:
            return None
        return self._refused_form(headers, hosts[0].decode("latin-1").lower())

    def _refused_form(self, headers: list[tuple[bytes, bytes]], host: str) -> Refusal | None:
        found = {name: value.decode("latin-1") for name, value in headers}
        origin = found.get(b"origin")
        if origin is not None and not _is_own(origin, host):
            return Refusal(403, "This form was sent from another site.")
        if found.get(b"sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return Refusal(403, "This form was sent from another site.")
        kind = found.get(b"content-type", "").split(";")[0].strip().lower()
        if kind != "application/x-www-form-urlencoded":
            return Refusal(415, "Forms of these pages are sent in another way.")
        length = found.get(b"content-length", "0")
        if not length.isdigit() or int(length) > MOST_BODY:
            return Refusal(413, "This is too much for one form.")
        return None


def _is_own(origin: str, host: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host


def _limited(receive: Receive) -> Receive:
    """Return a receiver that gives up on a body that is longer than it said."""
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BODY:
            return {"type": "http.disconnect"}
        return message

    return limited


async def _refuse(refusal: Refusal, send: Send) -> None:
    body = refusal.text.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
