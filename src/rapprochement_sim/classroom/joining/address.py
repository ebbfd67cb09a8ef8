"""Where a class is, read from the link that a teacher reads out."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from rapprochement_sim.errors import MalformedInput

_USUAL = {"http": 80, "https": 443}
_LONGEST = 300


@dataclass(frozen=True)
class Address:
    """Where a class is served; ``code`` is what a scanned link holds beside that."""

    is_secure: bool
    host: str
    port: int
    code: str = ""

    @property
    def link(self) -> str:
        """The link without its code."""
        scheme = "https" if self.is_secure else "http"
        return f"{scheme}://{self.netloc}/"

    @property
    def netloc(self) -> str:
        """Host and port as a Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _USUAL[self._scheme] else f"{host}:{self.port}"

    @property
    def _scheme(self) -> str:
        return "https" if self.is_secure else "http"


def parse_link(text: str) -> Address:
    """Read a link: whole, without ``http://``, or with the code behind ``/join/``.

    Raises
    ------
    MalformedInput
        If it is no link of a class.
    """
    written = text.strip()
    whole = written if "://" in written else f"http://{written}"
    try:
        parts = urlsplit(whole)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        port, host = None, ""
    is_sound = (
        (parts.scheme in _USUAL if host else False)
        and len(written) <= _LONGEST
        and host.isprintable()
        and not (parts.username or parts.password)
    )
    if not is_sound:
        what = f"'{written[:60]}' is no link of a class"
        raise MalformedInput(what, todo="It looks like http://192.168.1.20:8765/.")
    if parts.path.startswith("/teacher"):
        what = "this is the teacher's own link"
        raise MalformedInput(what, todo="Take the one above it, which students open.")
    before, _, code = parts.path.rpartition("/join/")
    return Address(
        is_secure=parts.scheme == "https",
        host=host,
        port=port or _USUAL[parts.scheme],
        code="" if before else code.strip("/"),
    )
