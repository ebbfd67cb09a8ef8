"""Coming into a class from this computer: who one is, and which seat one takes."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rapprochement_sim.classroom.joining.class_line import ClassLine
from rapprochement_sim.classroom.joining.kept import Kept
from rapprochement_sim.classroom.joining.network_seat import NetworkSeat
from rapprochement_sim.classroom.joining.notes import ClassNotes
from rapprochement_sim.classroom.joining.standing import title_of
from rapprochement_sim.classroom.joining.wiring import ConnectionLost, NotKnownThere, Wiring
from rapprochement_sim.classroom.veiling import laid_open
from rapprochement_sim.classroom.wire import VERSION, harmless
from rapprochement_sim.errors import NotAllowedNow, WrongVersion
from rapprochement_sim.game.wording import capital_named
from rapprochement_sim.naming import wear, worn
from rapprochement_sim.scenario.name_table import masked_skin
from rapprochement_sim.vocabulary import CAPITAL_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rapprochement_sim.classroom.joining.address import Address
    from rapprochement_sim.vocabulary import Capital


@dataclass(frozen=True)
class Place:
    """A seat of one of the worlds, and how many sit there; an empty seat is to look on."""

    world: int
    seat: str
    n_members: int

    @property
    def text(self) -> str:
        """The seat in words; without a seat one looks on."""
        if not self.seat:
            return f"only look on, world {self.world}"
        here = f"{self.n_members} here" if self.n_members else "free"
        return f"{title_of(self.seat)}, world {self.world} ({here})"


def _wear(found: dict[str, Any]) -> None:
    """Call the seats as the class does, under the mask if it wears it."""
    skin = masked_skin() if found.get("masked") is True else worn().base
    wear(skin)
    titles = laid_open(found).get("titles")
    if isinstance(titles, dict):
        known = {key: harmless(str(titles[key])) for key in CAPITAL_KEYS if key in titles}
        skin = replace(skin, titles={**skin.titles, **known}, under=skin)
    wear(skin)


class Visit:
    """Somebody at the door of a class, and then inside.

    Parameters
    ----------
    address
        Where the class is.
    token
        What this computer was known by, empty if it was not.
    certificate
        Authorities to trust, for a class that is encrypted.

    Raises
    ------
    ConnectionLost
        If nothing answers there.
    MalformedInput
        If what answers is no class.
    WrongVersion
        If it speaks another version.
    """

    def __init__(self, address: Address, token: str = "", certificate: Path | None = None) -> None:
        self.wiring = Wiring(address, token, certificate)
        found = self._greeted()
        version = found.get("version") if isinstance(found, dict) else None
        if version != VERSION:
            what = f"the class speaks version {version}, this program version {VERSION}"
            raise WrongVersion(what, todo="Use the same program as your teacher.")
        self.scenario = harmless(str(found.get("scenario", "")))
        _wear(found)
        self._me: dict[str, Any] = self._known() if token else {}

    def _greeted(self) -> Any:
        try:
            return self.wiring.look("")
        except ConnectionLost:
            self.wiring.close()
            # Nothing tries again before one has come in.
            what = "no class answers there"
            todo = "Compare the link with the teacher's; the class must be open, on this network."
            raise NotAllowedNow(what, where=self.wiring.address.link, todo=todo) from None

    @property
    def is_in(self) -> bool:
        """Whether the class knows who this is."""
        return bool(self._me)

    @property
    def name(self) -> str:
        """Under which name one has come in."""
        return harmless(str(self._me["name"]))

    def close(self) -> None:
        """Go away; whoever has come in stays in."""
        self.wiring.close()

    def come_in(self, code: str, name: str, word: str = "") -> Kept:
        """Come in by the code, or back by one's return word; return what is to be kept.

        Raises
        ------
        NotAllowedNow
            If the code or the word is wrong, or the name is taken.
        """
        form = (("key", secrets.token_urlsafe(12)), ("code", code), ("name", name))
        if word:
            self.wiring.post("/return", (*form, ("word", word)))
        else:
            word = str(self.wiring.post("/join", form)["word"])
        self._me = self._known()
        return Kept(self.wiring.token, self.name, harmless(word))

    def places(self) -> tuple[Place, ...]:
        """List all seats of all worlds."""
        return tuple(
            Place(int(number), key, int(n_members))
            for number, seats in self._me["worlds"].items()
            for key, n_members in seats.items()
            if key in CAPITAL_KEYS
        )

    @property
    def seat(self) -> Capital | None:
        """Where one sits already."""
        key = self._me["seat"]
        return capital_named(key) if key in CAPITAL_KEYS else None

    @property
    def world(self) -> int:
        """In which world one is, 0 if in none."""
        return int(self._me["world"])

    def looking_on(self, world: int | None) -> Place:
        """Return where one looks on: at a world, or at the first.

        Raises
        ------
        NotAllowedNow
            If there is no such world, or one sits at a seat.
        """
        worlds = sorted({place.world for place in self.places()})
        if self.seat is not None:
            what = f"you sit in {self.seat.title}, and a seat is not left from here"
            todo = "Stand up in the browser, or look on as --someone-else."
            raise NotAllowedNow(what, todo=todo)
        if world is not None and world not in worlds:
            what = f"there is no world {world}"
            raise NotAllowedNow(what, allowed=", ".join(map(str, worlds)))
        return Place(world or worlds[0], "", 0)

    def best_place(self, capital: Capital, world: int | None) -> Place:
        """Return a capital's seat: of a world, or of the one where fewest sit there.

        Raises
        ------
        NotAllowedNow
            If there is none.
        """
        found = [
            place
            for place in self.places()
            if place.seat == capital.key and world in (None, place.world)
        ]
        if not found:
            what = f"there is no world {world}"
            worlds = sorted({place.world for place in self.places()})
            raise NotAllowedNow(what, allowed=", ".join(map(str, worlds)))
        return min(found, key=lambda place: (place.n_members, place.world))

    def take(self, place: Place) -> str:
        """Take a seat; return what came of it."""
        form = (
            ("csrf", self._me["csrf"]),
            ("key", secrets.token_urlsafe(12)),
            ("world", str(place.world)),
            ("seat", place.seat),
        )
        told = harmless(str(self.wiring.post("/take", form)["told"]))
        self._me = self._known()
        return told

    def sit_down(self, notes_folder: Path) -> NetworkSeat:
        """Open the line of the seat that was taken; notes are kept in a folder."""
        capital = self.seat
        if capital is None:
            what = "you have no seat"
            raise NotAllowedNow(what, todo="Take one first.")
        link = "".join(c if c.isalnum() else "-" for c in self.wiring.address.link).strip("-")
        notes = ClassNotes(notes_folder / f"{link}.txt")
        return NetworkSeat(ClassLine(self.wiring, self._me["csrf"], capital), capital, notes)

    def _known(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = self.wiring.look("/me")
        except NotKnownThere:
            self.wiring.token = ""
            return {}
        return found


def listed_places(places: tuple[Place, ...]) -> Iterator[str]:
    """List seats with numbers to choose by."""
    for number, place in enumerate(places, start=1):
        yield f"  {number}. {place.text}"
