"""Serving a class until it is told to stop: then at once, with everything closed."""

from __future__ import annotations

import asyncio
import signal
import socket
import ssl
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import uvicorn

from rapprochement_sim.classroom.conductor import conduct
from rapprochement_sim.classroom.web.app import make_app
from rapprochement_sim.classroom.web.desk import Desk
from rapprochement_sim.classroom.web.pages import Pages
from rapprochement_sim.errors import MalformedInput, OutputProblem

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path
    from types import FrameType

    from starlette.types import ASGIApp, Receive, Scope, Send

    from rapprochement_sim.classroom.classroom import Classroom
    from rapprochement_sim.classroom.reducing import Recorded
    from rapprochement_sim.classroom.state import ClassState

_GOODBYE_SECONDS = 1
_WAITING = 512
_MOST_LINES = 4096
_ANY = ("0.0.0.0", "::")  # noqa: S104 - only if a teacher asks for it
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True)
class Place:
    """Where a class is served.

    Attributes
    ----------
    bind, port
        Address and port to listen on; port 0 takes a free one.
    names
        Further names under which browsers may reach it.
    certificate, key
        Files for TLS, or None.
    """

    bind: str = "127.0.0.1"
    port: int = 0
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    key: Path | None = None


class _Server(uvicorn.Server):
    """A server whose open streams end as soon as it is told to stop."""

    def __init__(self, config: uvicorn.Config, room: Classroom) -> None:
        super().__init__(config)
        self.room = room
        self.loop: asyncio.AbstractEventLoop | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop, and let streams end."""
        if self.loop is not None:
            self.loop.call_soon_threadsafe(self.room.streams.end)
        super().handle_exit(sig, frame)


def allow_many_lines() -> None:
    """Let this process hold a line for every page of a large class, if the system allows it.

    Some systems begin with 256, and a browser takes up to six.
    """
    try:
        import resource  # noqa: PLC0415 - Unix alone has it
    except ModuleNotFoundError:
        return
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_LINES if most == resource.RLIM_INFINITY else min(_MOST_LINES, most)
    if now == resource.RLIM_INFINITY or now >= wanted:
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def listening(place: Place) -> socket.socket:
    """Open the socket of a class.

    Raises
    ------
    OutputProblem
        If the address or the port cannot be had.
    """
    family = socket.AF_INET6 if ":" in place.bind else socket.AF_INET
    # Named, or asyncio does not see that it is TCP, and every answer waits 40 ms to be sent.
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((place.bind, place.port))
        # From now on a browser waits for the server instead of being turned away.
        opened.listen(_WAITING)
    except (OSError, OverflowError) as error:
        opened.close()
        what = f"port {place.port} of {place.bind} cannot be had ({error})"
        raise OutputProblem(
            what,
            todo="A class of yours may still run: end it there, or name another port with --port.",
        ) from None
    return opened


def check_certificate(place: Place) -> None:
    """Refuse files with which nothing could be encrypted, before a class is made.

    Raises
    ------
    MalformedInput
        If certificate and key are none, or not of each other.
    """
    if place.certificate is None or place.key is None:
        return
    found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        # A server that starts by itself has nobody to ask for a passphrase.
        found.load_cert_chain(place.certificate, place.key, password="")
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        what = f"the certificate and its key cannot be used ({reason})"
        todo = "Give both in PEM, the key without a passphrase and made with that certificate."
        raise MalformedInput(what, where=f"{place.certificate}, {place.key}", todo=todo) from None


def link_of(place: Place, port: int) -> str:
    """Return the link that students open, with the address of this computer in its network."""
    scheme = "https" if place.certificate else "http"
    host = place.names[0] if place.names else place.bind
    if host in _ANY:
        host = _own_address()
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}:{port}/"


def hosts_of(place: Place, port: int) -> frozenset[str]:
    """Return the Host headers under which the server is known."""
    names = {place.bind, *place.names, *_LOOPBACK}
    if place.bind in _ANY:
        names.add(_own_address())
    shown = {f"[{name}]" if ":" in name else name.lower() for name in names}
    usual = 443 if place.certificate else 80
    return frozenset({f"{name}:{port}" for name in shown} | (shown if port == usual else set()))


def _own_address() -> str:
    """Return this computer's address in its network; nothing is sent to find it."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        return str(probe.getsockname()[0])
    return "127.0.0.1"


def serve(
    room: Classroom, place: Place, opened: socket.socket, announce: Callable[[str], None]
) -> None:
    """Serve a class until SIGTERM or Ctrl-C; then its log and its worlds are closed.

    Parameters
    ----------
    room
        The class.
    place
        Where to listen.
    opened
        The socket of that place.
    announce
        Given the link once the class can be reached.
    """
    link = link_of(place, opened.getsockname()[1])
    # Ctrl-C is how a class ends; all is closed when it gets here.
    with suppress(KeyboardInterrupt):
        asyncio.run(_served(room, place, opened, lambda: announce(link)))


async def _served(
    room: Classroom, place: Place, opened: socket.socket, announce: Callable[[], None]
) -> None:
    port = opened.getsockname()[1]
    loop = asyncio.get_running_loop()

    def heard(state: ClassState, records: tuple[Recorded, ...]) -> None:
        loop.call_soon_threadsafe(room.hear, state, records)

    room.writer.listen_with(heard)
    pages = Pages(room, is_secure=place.certificate is not None)
    app = make_app(Desk(room, pages, link_of(place, port)), hosts_of(place, port))
    config = uvicorn.Config(
        _with_announcement(app, announce),
        lifespan="on",
        log_level="error",
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=_GOODBYE_SECONDS,
        timeout_keep_alive=30,
        limit_concurrency=2000,
        ssl_certfile=place.certificate,
        ssl_keyfile=place.key,
    )
    server = _Server(config, room)
    server.loop = loop
    async with _conducted(room):
        await server.serve(sockets=[opened])


@asynccontextmanager
async def _conducted(room: Classroom) -> AsyncIterator[None]:
    conducting = asyncio.create_task(conduct(room))
    try:
        yield
    finally:
        room.streams.end()
        room.worlds.close()
        conducting.cancel()
        with suppress(asyncio.CancelledError):
            await conducting
        room.close()
        room.writer.close()


def _with_announcement(app: ASGIApp, announce: Callable[[], None]) -> ASGIApp:
    """Say that the class is open once the server takes requests."""

    async def announced(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await app(scope, receive, send)
            return

        async def sent(message: Any) -> None:
            await send(message)
            if message["type"] == "lifespan.startup.complete":
                announce()

        await app(scope, receive, sent)

    return announced


def stop_quietly() -> None:
    """Let SIGTERM end this process in order, with status 0, once the class is closed."""

    def stopped(_: int, __: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stopped)
