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
    ground = widget.background_colors[1].hex6
    return _styles(widget.app.theme, ground, is_coloured=not widget.app.no_color)


@cache
def _styles(theme_name: str, ground: str, *, is_coloured: bool) -> dict[Role, Style]:
    theme = next(theme for theme in THEMES if theme.name == theme_name)
    # A colour turned into grey would make what it sets off paler than the text around it.
    return {
        role: Style(
            color=colour if is_coloured or role == "dim" else theme.foreground,
            bgcolor=ground,
            bold=role in _BOLD,
        )
        for role, colour in role_colours(theme).items()
    }


def role_colours(theme: Theme) -> dict[Role, str | None]:
    """Return the colour of each role in a theme."""
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
