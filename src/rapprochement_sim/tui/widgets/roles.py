"""How roles look in each theme.

Not component classes of the style sheet: Textual works those out for every widget anew,
and eleven of them on each board took most of the time that a screen needs to open.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rich.style import Style

from rapprochement_sim.tui.themes import THEMES

if TYPE_CHECKING:
    from textual.theme import Theme
    from textual.widget import Widget

    from rapprochement_sim.tui.lines import Role

CURSOR = Style(reverse=True, bold=True)
_BOLD: frozenset[Role] = frozenset({"title", "up", "down", "own", "chart", "chart2"})


def role_styles(widget: Widget) -> dict[Role, Style]:
    """Return the styles of all roles on a widget's ground."""
    return _styles(widget.app.theme, widget.background_colors[1].hex6)


@cache
def _styles(theme_name: str, ground: str) -> dict[Role, Style]:
    theme = next(theme for theme in THEMES if theme.name == theme_name)
    return {
        role: Style(color=colour, bgcolor=ground, bold=role in _BOLD)
        for role, colour in _colours(theme).items()
    }


def _colours(theme: Theme) -> dict[Role, str | None]:
    return {
        "plain": theme.foreground,
        "dim": theme.variables["faint"],
        "title": theme.foreground,
        "up": theme.success,
        "down": theme.error,
        "alert": theme.warning,
        "own": theme.primary,
        "key": theme.accent,
        "chart": theme.variables["first-line"],
        "chart2": theme.variables["second-line"],
    }
