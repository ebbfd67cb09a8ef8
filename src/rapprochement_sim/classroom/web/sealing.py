"""Names of the rules as pages carry them: in a masked class sealed, so that none can be read.

Addresses and form values of a masked class hold no "seoul" and no "forced_labour": a page puts
a sealed name there, and what a browser sends is opened again before anything else reads it. No
table is kept; the class's own key seals, so that a page that was open when the class was stopped
is still good when it goes on.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

from rapprochement_sim.errors import MalformedInput

NAMED_FIELDS = frozenset(
    {
        "act",
        "action",
        "event",
        "figure",
        "modifier",
        "order",
        "partner",
        "prepared",
        "seat",
        "target",
        "to",
    }
)
"""Fields of forms and addresses that hold names of the rules."""
PLAIN_WORDS = frozenset({"", "all"})
"""What such a field may hold that is no name."""
_BLOCK = 24
_MARK = 6


class Seal:
    """Seals names and opens them.

    Parameters
    ----------
    signing_key
        Of the class.
    is_on
        Whether names are sealed at all; in a class without a mask they stay as they are.
    """

    def __init__(self, signing_key: str, *, is_on: bool) -> None:
        self._key = hashlib.sha256(f"names {signing_key}".encode()).digest()
        self.is_on = is_on

    def sealed(self, name: str) -> str:
        """Return a name as a page carries it; the same name always looks the same."""
        if not self.is_on or name in PLAIN_WORDS:
            return name
        text = name.encode()
        # Padded: the length would tell one capital from another.
        text += b"\0" * (-len(text) % _BLOCK)
        mark = self._mark(text)
        found = mark + bytes(a ^ b for a, b in zip(text, self._pad(mark, len(text)), strict=True))
        return base64.b32encode(found).decode().rstrip("=").lower()

    def opened(self, found: str) -> str:
        """Return the name that a browser sent sealed.

        Raises
        ------
        MalformedInput
            If no page of this class has sealed it.
        """
        if not self.is_on or found in PLAIN_WORDS:
            return found
        try:
            raw = base64.b32decode(found.upper() + "=" * (-len(found) % 8))
        except (binascii.Error, ValueError):
            raw = b""
        mark, hidden = raw[:_MARK], raw[_MARK:]
        text = bytes(a ^ b for a, b in zip(hidden, self._pad(mark, len(hidden)), strict=True))
        if not text or not hmac.compare_digest(self._mark(text), mark):
            what = "no page of this class offers that"
            raise MalformedInput(what, todo="Go back to the page and choose there.")
        return text.rstrip(b"\0").decode()

    def opened_field(self, field: str, value: str) -> str:
        """Return the value of a field of a form, opened if it is one that holds names."""
        return self.opened(value) if field.rstrip("0123456789") in NAMED_FIELDS else value

    def _mark(self, text: bytes) -> bytes:
        return hmac.digest(self._key, text, "sha256")[:_MARK]

    def _pad(self, mark: bytes, length: int) -> bytes:
        return hashlib.shake_256(self._key + mark).digest(length)
