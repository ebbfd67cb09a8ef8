"""The player's forecasts on the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.tui.boards.forecasting import forecast_lines
from rapprochement_sim.tui.lines import choice
from rapprochement_sim.tui.widgets.board import Board
from tests.tui.playing import LESSON, Player, new_seat, play
from tests.tui.test_boards import WIDTHS, text_of

if TYPE_CHECKING:
    from pathlib import Path


def test_a_forecast_is_said_typed_kept_and_scored(tmp_path: Path) -> None:
    seat = new_seat(tmp_path, scenario=LESSON)
    poll = next(q.number for q in seat.forecasts().questions if "unfavourable" in q.figure)

    async def doing(player: Player) -> None:
        await player.press("escape", "f")
        player.app.screen.query_one("#sheet", Board).move_to(choice(f"say:{poll}:65"))
        assert "you: 65%" in await player.press("enter")
        await player.press("t", *"30", "space", *"to", "space", *"70", "enter")
        question = seat.forecasts().questions[poll - 1]
        assert (question.said, question.band) == (0.65, (30.0, 70.0))

    play(doing, tmp_path, seat=seat)
    while seat.turn < 1:
        seat.commit()
    figures = {reading.name: reading for reading in seat.figures()}
    for width in WIDTHS:
        text = text_of(forecast_lines(seat.forecasts(), figures, width))
        assert "you said 65%" in " ".join(text.split())
        assert "You   " in text
        shown = text.split("\n")
        assert [line for line in shown if len(line.rstrip()) > max(width, 75)] == []
