"""Three looks: dark, light, and one for a projector in a bright room.

Colours are those of Okabe and Ito, which people with the common forms of colour blindness
tell apart. Nothing depends on them: signs and letters say the same.
"""

from __future__ import annotations

from textual.theme import Theme

ORANGE, SKY, GREEN, YELLOW = "#E69F00", "#56B4E9", "#009E73", "#F0E442"
BLUE, VERMILION, PURPLE = "#0072B2", "#D55E00", "#CC79A7"

DARK = Theme(
    name="dark",
    primary=SKY,
    secondary=PURPLE,
    accent=YELLOW,
    warning=ORANGE,
    error="#FF8C42",
    success="#3CCB9F",
    foreground="#E4E4E4",
    background="#14161A",
    surface="#1B1E24",
    panel="#262A33",
    dark=True,
    variables={"faint": "#9AA3B2", "edge": "#667085", "first-line": SKY, "second-line": ORANGE},
)
LIGHT = Theme(
    name="light",
    primary="#00527F",
    secondary="#8A3E68",
    accent="#7A4B00",
    warning="#8F5200",
    error="#A84300",
    success="#00664A",
    foreground="#1A1A1A",
    background="#FBFAF7",
    surface="#F2F0EA",
    panel="#E4E1D8",
    dark=False,
    variables={
        "faint": "#5A5F66",
        "edge": "#8F8A7D",
        "first-line": "#005F96",
        "second-line": "#A84300",
    },
)
PROJECTOR = Theme(
    name="projector",
    primary="#003F66",
    secondary="#5C2044",
    accent="#000000",
    warning="#6B3A00",
    error="#7E2A00",
    success="#004C36",
    foreground="#000000",
    background="#FFFFFF",
    surface="#FFFFFF",
    panel="#E8E8E8",
    dark=False,
    variables={
        "faint": "#333333",
        "edge": "#666666",
        "first-line": "#003F66",
        "second-line": "#7E2A00",
    },
)
THEMES = (DARK, LIGHT, PROJECTOR)
