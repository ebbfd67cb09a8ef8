"""Text stands out from its ground in every theme, as WCAG 2 counts it; without colours too."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from textual.color import Color

from rapprochement_sim.tui.themes import THEMES
from rapprochement_sim.tui.widgets.roles import role_colours
from tests.tui.playing import LESSON, new_seat, play

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.segment import Segment
    from textual.theme import Theme

    from tests.tui.playing import Player

LEAST = {"dark": 4.5, "light": 4.5, "projector": 7.0}
LEAST_OF_LINES = 3.0
"""What WCAG asks of frames and of the line of a chart."""
FRAMES = frozenset("╭╮╰╯│─┌┐└┘▁▂▃▄▅▆▇█▊▎▔▕ ")


def ratio(one: Color, other: Color) -> float:
    """Return the contrast of two colours, 1 to 21."""
    low, high = sorted(_luminance(each) for each in (one, other))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Color) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour.normalized
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def test_contrast_is_counted_as_its_authors_do() -> None:
    assert ratio(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21.0)
    assert ratio(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_role_can_be_read_on_every_ground(theme: Theme) -> None:
    grounds = {"background": theme.background, "panel": theme.panel}
    told = {
        f"{role} on {name}": ratio(Color.parse(str(colour)), Color.parse(str(ground)))
        for (role, colour), (name, ground) in product(role_colours(theme).items(), grounds.items())
    }
    assert {each: n for each, n in told.items() if n < LEAST[theme.name]} == {}
    ground = Color.parse(str(theme.background))
    for frame in (theme.variables["edge"], theme.primary):
        assert ratio(Color.parse(frame), ground) >= LEAST_OF_LINES


def drawn(player: Player) -> Iterator[Segment]:
    """Return every piece of text that the screen shows."""
    for strip in player.look():
        yield from (piece for piece in strip if set(piece.text) - FRAMES)


def _unclear(player: Player, least: float) -> dict[str, float]:
    """Return the pieces of text on the screen that stand out too little."""
    found = {}
    for text, style, _ in drawn(player):
        assert style is not None
        assert style.color is not None
        assert style.bgcolor is not None
        ink, ground = (Color(*each.get_truecolor()) for each in (style.color, style.bgcolor))
        if (contrast := ratio(ink, ground)) < least:
            found[text.strip()] = round(contrast, 2)
    return found


@pytest.mark.parametrize("theme", LEAST)
def test_every_text_that_is_drawn_can_be_read(theme: str, tmp_path: Path) -> None:
    seat = new_seat(tmp_path, scenario=LESSON)

    async def doing(player: Player) -> None:
        await player.press("escape")
        for keys in ((), ("o",), ("slash",), ("s", "u", "m"), ("escape", "escape", "w")):
            await player.press(*keys)
            assert _unclear(player, LEAST[theme]) == {}, keys

    play(doing, tmp_path, seat=seat, theme=theme)


def test_without_colours_nothing_that_matters_is_paler_than_plain_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    seat = new_seat(tmp_path, scenario=LESSON)

    async def doing(player: Player) -> None:
        await player.press("escape")
        (name,) = (piece for piece in drawn(player) if piece.text.strip() == "SEOUL")
        plain = next(piece for piece in drawn(player) if "First lesson" in piece.text)
        assert name.style is not None
        assert plain.style is not None
        assert name.style.color == plain.style.color
        assert name.style.bold
        assert not plain.style.bold

    play(doing, tmp_path, seat=seat)
