"""Pictures of screens: SVG that any browser shows, small enough to be kept and compared.

Not Textual's own export, which carries its style sheet, a font from the network and three
numbers a piece in every file, and which changes with Textual's versions: a picture here is
the text and how each piece looks. Light and dark are one picture, since nothing but
colours may differ between them; a browser shows what its reader prefers.
"""

from __future__ import annotations

import difflib
import html
import re
from collections import Counter
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.color import Color
    from textual.strip import Strip

FOLDER = Path(__file__).parent / "snapshots"
REFRESH = "python -m tests.tui.refresh"
_CELL, _ROW, _BASELINE = 8, 17, 13
_SAVED_AT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
_TAG = re.compile(r"<[^>]*>")


class Ink(NamedTuple):
    """How letters look in one theme."""

    colour: str
    bold: bool
    underline: bool

    @property
    def rule(self) -> str:
        """The style of an SVG."""
        bold = "; font-weight: bold" if self.bold else ""
        underline = "; text-decoration: underline" if self.underline else ""
        return f"fill: {self.colour}{bold}{underline}"


class Ground(NamedTuple):
    """What letters stand on in one theme."""

    colour: str

    @property
    def rule(self) -> str:
        """The style of an SVG."""
        return f"fill: {self.colour}"


class Cell(NamedTuple):
    """A character, its inks and its grounds in the dark and in the light theme."""

    character: str
    inks: tuple[Ink, Ink]
    grounds: tuple[Ground, Ground]


class _Names:
    """Names looks in the sequence in which they are met."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._names: dict[tuple[Ink, Ink] | tuple[Ground, Ground], str] = {}

    def of(self, looks: tuple[Ink, Ink] | tuple[Ground, Ground]) -> str:
        """Return the name of a look in both themes."""
        return self._names.setdefault(looks, f"{self._kind}{len(self._names)}")

    def rules(self, theme: int) -> list[str]:
        """Return the style sheet of a theme: 0 dark, 1 light."""
        return [f".{name} {{ {looks[theme].rule} }}" for looks, name in self._names.items()]


def picture(dark: Sequence[Strip], light: Sequence[Strip]) -> str:
    """Draw a screen of which both themes were read.

    Raises
    ------
    ValueError
        If the themes differ in more than looks.
    """
    rows = [_row(one, other) for one, other in zip(dark, light, strict=True)]
    inks, grounds = _Names("ink"), _Names("ground")
    width, height = _CELL * max(map(len, rows)), _ROW * len(rows)
    usual = Counter(cell.grounds for row in rows for cell in row).most_common(1)[0][0]
    body = [f'<rect class="{grounds.of(usual)}" width="{width}" height="{height}"/>']
    for number, row in enumerate(rows):
        body += _grounds(row, _ROW * number, usual, grounds)
        body += _letters(row, _ROW * number + _BASELINE, inks)
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    font = 'font-family="monospace" font-size="13.33" xml:space="preserve"'
    head = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font}>',
        "<style>",
        *grounds.rules(0),
        *inks.rules(0),
        "@media (prefers-color-scheme: light) {",
        *grounds.rules(1),
        *inks.rules(1),
        "}",
        "</style>",
    ]
    return "\n".join([*head, *body, "</svg>", ""])


def difference(name: str, size: tuple[int, int], drawn: str) -> list[str]:
    """Say how a screen differs from its snapshot; nothing if it does not."""
    path = path_of(name, size)
    if not path.exists():
        return [f"{name}: there is no snapshot"]
    kept = path.read_text("utf-8")
    if kept == drawn:
        return []
    words = difflib.unified_diff(_words(kept), _words(drawn), "snapshot", "now", "", "", 0, "")
    lines = [f"  {line}" for line in words][2:]
    return [f"{name} changed", *(lines or ["  in colours alone"])]


def path_of(name: str, size: tuple[int, int]) -> Path:
    """Return where a snapshot is kept."""
    return FOLDER / f"{size[0]}x{size[1]}" / f"{name}.svg"


def _row(dark: Strip, light: Strip) -> list[Cell]:
    one, other = _cells(dark), _cells(light)
    words = ["".join(character for character, _, _ in cells) for cells in (one, other)]
    if words[0] != words[1]:
        message = f"the themes say different things: {words}"
        raise ValueError(message)
    # The hour of a save depends on the zone that one lives in.
    text = _SAVED_AT.sub("0000-00-00 00:00", words[0])
    return [
        Cell(character, (a[1], b[1]), (a[2], b[2]))
        for character, a, b in zip(text, one, other, strict=True)
    ]


def _cells(strip: Strip) -> list[tuple[str, Ink, Ground]]:
    cells = []
    for text, style, control in strip:
        if control or style is None:
            continue
        colours = [_hex(style.color), _hex(style.bgcolor)]
        colour, ground = reversed(colours) if style.reverse else colours
        ink = Ink(colour, bool(style.bold), bool(style.underline))
        cells += [(character, ink, Ground(ground)) for character in text]
    return cells


def _hex(colour: Color | None) -> str:
    return colour.get_truecolor().hex if colour is not None else "none"


def _grounds(row: list[Cell], y: int, usual: tuple[Ground, Ground], names: _Names) -> Iterator[str]:
    x = 0
    for grounds, cells in groupby(row, key=lambda cell: cell.grounds):
        width = _CELL * len(list(cells))
        if grounds != usual:
            place = f'x="{x}" y="{y}" width="{width}" height="{_ROW}"'
            yield f'<rect class="{names.of(grounds)}" {place}/>'
        x += width


def _letters(row: list[Cell], y: int, names: _Names) -> Iterator[str]:
    x, pieces = 0, []
    for inks, cells in groupby(row, key=lambda cell: cell.inks):
        text = "".join(cell.character for cell in cells)
        if text.strip():
            start = x + _CELL * (len(text) - len(text.lstrip()))
            told = html.escape(text.strip(), quote=False)
            pieces.append(f'<tspan class="{names.of(inks)}" x="{start}">{told}</tspan>')
        x += _CELL * len(text)
    if pieces:
        yield f'<text y="{y}">{"".join(pieces)}</text>'


def _words(drawn: str) -> list[str]:
    rows = [line for line in drawn.splitlines() if line.startswith("<text")]
    return [html.unescape(_TAG.sub(" ", row)).strip() for row in rows]
