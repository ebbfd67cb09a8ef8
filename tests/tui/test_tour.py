"""Every screen at every size, light and dark: what must stand on it, and nothing cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from rapprochement_sim.tui.routes import PLACES
from tests.tui.snapshots import FOLDER, REFRESH, difference, path_of
from tests.tui.tour import BY_HAND, SIZES, STOPS, Seen, Stop, Tour

LEAVING = "q Leave"
"""The last key of every line of keys: it stands there unless the line is cut."""
TYPING = {"note", "orders-search", "export"}
"""Where letters are typed, q is one of them."""


def faults(stop: Stop, seen: Seen, size: tuple[int, int]) -> list[str]:
    """Say what is missing or cut on a screen."""
    lines = seen.text.split("\n")
    found = [f"{stop.name}: '{word}' is missing" for word in stop.words if word not in seen.text]
    if len(lines) != size[1] or max(map(len, lines)) > size[0]:
        found.append(f"{stop.name}: not of the window's size")
    found += [f"{stop.name}: cut: {line}" for line in seen.cut]
    if stop.name not in TYPING and (LEAVING not in lines[-1] or ".." in lines[-1]):
        found.append(f"{stop.name}: the keys are cut: {lines[-1]}")
    return found


@pytest.mark.parametrize(
    "size",
    [SIZES[0], *(pytest.param(size, marks=pytest.mark.slow) for size in SIZES[1:])],
    ids=lambda size: f"{size[0]}x{size[1]}",
)
def test_every_screen_says_what_it_must_in_light_and_dark(
    size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("saves").mkdir()
    seen = Tour(Path("saves")).pictures(size)
    found = [fault for stop in STOPS for fault in faults(stop, seen[stop.name], size)]
    assert not found, "\n".join(found)
    changed = [
        line for stop in STOPS for line in difference(stop.name, size, seen[stop.name].picture)
    ]
    assert not changed, "\n".join([*changed, f"If this was meant: {REFRESH}"])


def test_no_snapshot_is_left_of_a_screen_that_is_gone() -> None:
    kept = {path_of(stop.name, size) for stop in STOPS for size in SIZES}
    assert set(FOLDER.rglob("*.svg")) == kept, f"Run {REFRESH}"


def test_the_tour_leaves_no_screen_out() -> None:
    assert {stop.place for stop in STOPS} | set(BY_HAND) == set(PLACES)
    assert len({stop.name for stop in STOPS}) == len(STOPS)
