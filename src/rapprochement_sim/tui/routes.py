"""Which screen has which name. Each is imported when it is first opened."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen

    from rapprochement_sim.scenario.lessons import Deed

_SCREENS = {
    "start": "start.StartScreen",
    "new_game": "new_game.NewGameScreen",
    "load": "load.LoadScreen",
    "open_run": "open_run.OpenRunScreen",
    "settings": "settings.SettingsScreen",
    "instructions": "instructions.InstructionsScreen",
    "room": "room.RoomScreen",
    "orders": "orders.OrdersScreen",
    "offers": "orders.OffersScreen",
    "order": "order.OrderScreen",
    "advisers": "advisers.AdvisersScreen",
    "forecasts": "forecasts.ForecastsScreen",
    "proposals": "proposals.ProposalsScreen",
    "offer": "offer.OfferScreen",
    "closing": "closing.ClosingScreen",
    "resolution": "resolution.ResolutionScreen",
    "figure": "figure.FigureScreen",
    "why": "why.WhyScreen",
    "source": "source.SourceScreen",
    "debrief": "debrief.DebriefScreen",
    "export": "export.ExportScreen",
    "behind": "behind.BehindScreen",
    "timeline": "timeline.TimelineScreen",
    "branch": "branch.BranchScreen",
    "codex": "codex.CodexScreen",
    "programmes": "programmes.ProgrammesScreen",
    "programme": "programme.ProgrammeScreen",
    "note": "note.NoteScreen",
    "letters": "letters.LettersScreen",
    "drafts": "drafts.DraftsScreen",
    "keys": "keys.KeysScreen",
    "too_small": "too_small.TooSmallScreen",
}

PLACES = tuple(_SCREENS)
"""Names of all screens."""

DEEDS: dict[str, Deed] = {
    "figure": "figure_opened",
    "why": "why_asked",
    "source": "source_seen",
    "order": "order_opened",
    "timeline": "timeline_opened",
}
"""What a player has done, for a lesson, by opening a screen."""


def screen_for(place: str, details: tuple[object, ...]) -> Screen[None]:
    """Make the screen of a name; ``details`` are its arguments."""
    module, _, name = _SCREENS[place].partition(".")
    found = import_module(f"rapprochement_sim.tui.screens.{module}")
    screen: Screen[None] = getattr(found, name)(*details)
    return screen
