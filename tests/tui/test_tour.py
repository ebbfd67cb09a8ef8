"""Every screen at every size, light and dark: what must stand on it, and nothing cut."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rapprochement_sim.tui.routes import PLACES
from tests.tui import hand
from tests.tui.tour import BY_HAND, STOPS, Stop, Tour

if TYPE_CHECKING:
    from tests.tui.playing import Player

LEAVING = "q Leave"
"""The last key of every footer: it stands there unless the footer is cut."""
TYPING = {"note", "orders-search"}
"""Where letters are typed, q is one of them."""


def faults(stop: Stop, shown: str, size: tuple[int, int]) -> list[str]:
    """Say what is missing or cut on a screen."""
    lines = shown.split("\n")
    found = [f"{stop.name}: '{word}' is missing" for word in stop.words if word not in shown]
    if len(lines) != size[1] or max(map(len, lines)) > size[0]:
        found.append(f"{stop.name}: not of the window's size")
    if stop.name not in TYPING and LEAVING not in lines[-1]:
        found.append(f"{stop.name}: the footer is cut: {lines[-1]}")
    return found


@pytest.mark.parametrize(
    "size",
    [(80, 24), *(pytest.param(size, marks=pytest.mark.slow) for size in [(120, 40), (160, 50)])],
    ids=lambda size: f"{size[0]}x{size[1]}",
)
def test_every_screen_says_what_it_must_in_light_and_dark(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("saves").mkdir()
    found: list[str] = []

    async def doing(player: Player) -> None:
        for stop in STOPS:
            shown = await tour.go(player, stop)
            found.extend(faults(stop, shown, size))
            if stop.place == "settings":
                continue
            player.app.theme = "light" if player.app.theme == "dark" else "dark"
            await hand.settle(player.app)
            if player.read() != shown:
                found.append(f"{stop.name}: words change with the theme")

    tour = Tour(Path("saves"))
    tour.visit(doing, size)
    assert not found


def test_the_tour_leaves_no_screen_out() -> None:
    assert {stop.place for stop in STOPS} | set(BY_HAND) == set(PLACES)
    assert len({stop.name for stop in STOPS}) == len(STOPS)
