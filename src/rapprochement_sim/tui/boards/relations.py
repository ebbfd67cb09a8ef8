"""Who trusts and fears whom, and how each pair of capitals stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.tui.boards.columns import columned
from rapprochement_sim.tui.boards.figures import cell, change_role, reading_line
from rapprochement_sim.tui.lines import BLANK, Line, Span, figure_spot
from rapprochement_sim.vocabulary import CAPITALS, Capital

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rapprochement_sim.game.briefing import Briefing, DyadLine, Reading

_NAME, _CELL, _SHORT = 11, 7, 3
_PAIRS_IN_A_LINE = 62
_NARROWEST_LIST = 56
_IN_SHORT = "Own row exact; ~ intelligence estimates."
_SIDE_BY_SIDE = 2 * (_NAME + 5 * _CELL) + 2
_HEADS = {"trust": "TRUST of row in column", "threat": "THREAT that row sees in column"}


def short(capital: Capital) -> str:
    """Name a capital in at most three letters, by what it is called here: ``SEO``, ``A``."""
    words = capital.title.upper().split()
    if len(words) > 1:
        return words[-1] if len(words[-1]) == 1 else "".join(word[0] for word in words)[:_SHORT]
    return words[0][:_SHORT]


def relation_lines(
    briefing: Briefing, width: int, kinds: tuple[str, ...] = ("trust", "threat")
) -> Iterator[Line]:
    """Lay out the matrices, side by side where there is room."""
    tables = [_matrix(briefing, kind) for kind in kinds]
    if width >= _SIDE_BY_SIDE and len(tables) > 1:
        for left, right in zip(*tables, strict=True):
            used = sum(len(span.text) for span in left)
            gap = Span(" " * (_SIDE_BY_SIDE // 2 + 1 - used))
            yield (*left, gap, *right)
    else:
        for number, table in enumerate(tables):
            if number:
                yield BLANK
            yield from table
    text = "Your own row is exact; ~ is what intelligence estimates."
    yield (Span(text if len(text) <= width else _IN_SHORT, "dim"),)


def _matrix(briefing: Briefing, kind: str) -> list[Line]:
    found = {
        (r.observer, r.partner): (r.trust if kind == "trust" else r.threat)
        for r in briefing.relations
    }
    table: list[Line] = [(Span(_HEADS[kind], "title"),)]
    heads = "".join(f"{short(capital):>{_CELL}}" for capital in CAPITALS)
    table.append((Span(f"{'':<{_NAME}}{heads}", "dim"),))
    for observer in CAPITALS:
        is_own = observer == briefing.seat
        spans = [Span(f"{observer.title:<{_NAME}}", "own" if is_own else "plain")]
        for partner in CAPITALS:
            if partner == observer:
                spans.append(Span(f"{'.':>{_CELL}}", "dim"))
                continue
            shown = cell(found[observer, partner], about="" if is_own else "~")
            # The change mark stands in a column of its own, so that digits line up.
            moved = shown.text[-1] in "+-"
            pad = _CELL - len(shown.text) - (0 if moved else 1)
            spans += [Span(" " * pad), shown, *(() if moved else (Span(" "),))]
        table.append(tuple(spans))
    return table


def movement_lines(briefing: Briefing, width: int) -> Iterator[Line]:
    """Lay out how the seat's own relations moved: what it feels, and what is felt of it."""
    seat = briefing.seat
    own = [r for r in briefing.relations if r.observer == seat]
    of_it = [r for r in briefing.relations if r.partner == seat]

    def blocks(room: int) -> Iterator[list[Line]]:
        for title, relations in (
            (f"What {seat.title} thinks of others", own),
            (f"What others think of {seat.title}, by intelligence", of_it),
        ):
            readings = [each for r in relations for each in (r.trust, r.threat)]
            yield [(Span(title, "title"),), *(reading_line(each, room) for each in readings)]

    yield from columned(blocks, width, _NARROWEST_LIST)


def region_lines(briefing: Briefing, width: int) -> Iterator[Line]:
    """Draw the region: five capitals and a word on each line between two of them."""
    dyads = {line.between: line for line in briefing.dyads}
    yield from _map_lines(dyads, briefing.seat, width)
    spans: list[Span] = []
    is_wide = width >= _PAIRS_IN_A_LINE
    for pair in ((Capital.TOKYO, Capital.BEIJING), (Capital.WASHINGTON, Capital.PYONGYANG)):
        one, other = (each.title if is_wide else short(each) for each in pair)
        spans += [Span(f"  {one}-{other}:", "dim"), _word(dyads[pair])]
    yield tuple(spans)


def _map_lines(
    dyads: Mapping[tuple[Capital, Capital], DyadLine], seat: Capital, width: int
) -> Iterator[Line]:
    seoul, tokyo, washington, beijing, pyongyang = CAPITALS
    margin = Span(" " * max((width - 46) // 2, 0))

    def town(capital: Capital, size: int) -> Span:
        name = capital.title.upper()
        name = name if len(name) <= size else short(capital)
        return Span(f"{name:^{size}}", "own" if capital == seat else "title")

    def word(a: Capital, b: Capital, size: int, fill: str = " ") -> tuple[Span, Span, Span]:
        shown = _word(dyads[min(a, b), max(a, b)])
        spare = size - len(shown.text)
        left = spare // 2
        return Span(fill * left, "dim"), shown, Span(fill * (spare - left), "dim")

    def dim(text: str) -> Span:
        return Span(text, "dim")

    spokes = (word(seoul, beijing, 12), word(seoul, pyongyang, 12))
    feet = (word(seoul, washington, 12), word(seoul, tokyo, 12))
    yield (margin, town(beijing, 9), *word(beijing, pyongyang, 26, "-"), town(pyongyang, 11))
    yield (margin, dim("   |   \\                            /   |"))
    yield (margin, dim("   |    \\"), *spokes[0], dim("  "), *spokes[1], dim("/    |"))
    sides = (word(washington, beijing, 8), word(tokyo, pyongyang, 10))
    yield (margin, *sides[0], dim(f" \\{'':24}/ "), *sides[1])
    yield (margin, dim("   |      +------"), town(seoul, 10), dim("------+      |"))
    yield (margin, dim("   |     /                        \\     |"))
    yield (margin, dim("   |    /"), *feet[0], dim("  "), *feet[1], dim("\\    |"))
    yield (margin, dim("   |   /                            \\   |"))
    yield (margin, town(washington, 12), *word(tokyo, washington, 24, "-"), town(tokyo, 9))


def _word(dyad: DyadLine) -> Span:
    mark = "" if dyad.mark == "=" else f" {dyad.mark}"
    spot = figure_spot(dyad.trust[0].name)
    return Span(f" {dyad.word}{mark} ", change_role(dyad.mark) if mark else "key", spot)


def threat_lines(briefing: Briefing, figures: Mapping[str, Reading], width: int) -> Iterator[Line]:
    """Lay out what threatens: appraisals, weapons, postures, quarrels that climb."""
    seat, pyongyang = briefing.seat, Capital.PYONGYANG
    names = {
        f"threat_{seat.key}_{other.key}": f"Threat from {other.title}"
        for other in CAPITALS
        if other != seat
    }
    names["programme_pyongyang"] = f"Weapons of {pyongyang.title}"
    for capital in (pyongyang, Capital.BEIJING, Capital.WASHINGTON):
        names[f"posture_{capital.key}"] = f"Posture of {capital.title}"
    names["bandwidth"] = f"{Capital.WASHINGTON.title}'s attention"
    for name, told in names.items():
        if name in figures:
            yield reading_line(figures[name], width, short=told)
    for dyad in sorted(briefing.dyads, key=lambda line: -line.escalation.value)[:3]:
        one, other = dyad.between
        told = f"Escalation {short(one)}-{short(other)}"
        yield reading_line(dyad.escalation, width, short=told)


def pair_lines(briefing: Briefing, width: int) -> Iterator[Line]:
    """Lay out every pair of capitals: trust both ways, and how far a quarrel has climbed."""

    def blocks(room: int) -> Iterator[list[Line]]:
        for dyad in briefing.dyads:
            one, other = dyad.between
            head = (Span(f"{one.title} and {other.title}:", "title"), _word(dyad))
            readings = (*dyad.trust, dyad.escalation)
            yield [head, *(reading_line(each, room) for each in readings)]

    yield from columned(blocks, width, _NARROWEST_LIST, most=3)
