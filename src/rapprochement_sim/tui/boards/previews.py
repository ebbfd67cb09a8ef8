"""What an order or an offer may do, and the lists to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import shown_band, shown_change, signed
from rapprochement_sim.game.wording import few_papers_told
from rapprochement_sim.naming import shown_id
from rapprochement_sim.tui.lines import (
    BLANK,
    Line,
    Span,
    capitalised,
    choice,
    clipped,
    figure_spot,
    paragraph,
    sentence,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rapprochement_sim.game.briefing import Briefing, Offer, StaffPaper
    from rapprochement_sim.game.preview import ExpectedEffect, ModifierPreview, Preview
    from rapprochement_sim.game.seat import Option
    from rapprochement_sim.tui.lines import Role

_ARROWS, _BAND = 4, 20
_LOUD = 0.02
_PRICE = 16
_EFFECTS_ON_PAPER = 4
_STATES = {None: "waits for your answer", True: "you accept", False: "you refuse"}


def effect_lines(effect: ExpectedEffect, width: int, *, indent: int = 0) -> Iterator[Line]:
    """Lay out one effect: arrows, figure, expected change, its 5-95 per cent band, a doubt.

    ``?`` stands where the band holds zero, ``c`` where the sources disagree. A title that
    is too long for its column has a line of its own.
    """
    doubt = "c" if effect.is_contested else " " if effect.is_sure_of_sign else "?"
    room = width - indent - _ARROWS - _BAND - 2
    arrows = f"{effect.sign * effect.strength:<{_ARROWS}}"
    spot = figure_spot(effect.figure)
    head = (Span(" " * indent), Span(arrows, "up" if effect.sign == "+" else "down"))
    change = shown_change("", effect.change, "index")
    numbers = (
        Span(f" {change:>5}", "title"),
        Span(f" {shown_band(effect.low, effect.high)}", "dim"),
        Span(f" {doubt}", "alert"),
    )
    if len(effect.title) <= room:
        yield (*head, Span(f"{effect.title:<{room}}", "plain", spot), *numbers)
        return
    longest = width - indent - _ARROWS
    yield (*head, Span(clipped(effect.title, longest), "plain", spot))
    yield (Span(" " * (indent + _ARROWS + room)), *numbers)


def price_text(preview: Preview) -> str:
    """Tell what an order costs and how likely others are to agree."""
    text = f"Attention {preview.attention:g}, political capital {100 * preview.cost:.0f}."
    for label, odds in (("consent", preview.consent), ("ratification", preview.ratification)):
        if odds:
            told = ", ".join(f"{each.capital.title} {100 * each.probability:.0f}%" for each in odds)
            text += f" Odds of {label}: {told}."
    return text


def preview_lines(preview: Preview, width: int) -> Iterator[Line]:
    """Lay out what an order may do: effects, both edges of each modifier, voices, sources."""
    yield from paragraph(preview.summary, width, "dim")
    yield from paragraph(price_text(preview), width, "key")
    if preview.modifiers:
        yield BLANK
        yield (Span("Modifiers: at most two, each pulls two ways", "title"),)
        for modifier in preview.modifiers:
            yield from modifier_lines(modifier, width)
    yield BLANK
    head = "What it may do this turn, as you see it: change [5-95% band]"
    yield from paragraph(head, width, "title")
    for effect in preview.effects:
        yield from effect_lines(effect, width)
    yield (Span("? the band holds zero   c the sources disagree", "dim"),)
    yield BLANK
    yield from voice_lines(preview, width)


def modifier_lines(modifier: ModifierPreview, width: int) -> Iterator[Line]:
    """Lay out a modifier as a toggle, with what it helps and what it hurts."""
    box = "[x]" if modifier.is_chosen else "[ ]"
    cost = f", capital {signed(100 * modifier.cost, 0)}" if modifier.cost else ""
    text = f"{modifier.title}{cost}: {modifier.summary}"
    role: Role = "own" if modifier.is_chosen else "plain"
    yield from paragraph(
        text, width, role, indent=4, first=f"{box} ", spot=choice(f"modifier:{modifier.id}")
    )
    for effect in modifier.effects[:_EFFECTS_ON_PAPER]:
        yield from effect_lines(effect, width, indent=4)


def voice_lines(preview: Preview, width: int) -> Iterator[Line]:
    """Lay out what each school of thought says, and the case against."""
    yield (Span("Voices", "title"),)
    for lens, score in preview.voices:
        leaning = "for" if score > _LOUD else "against" if score < -_LOUD else "indifferent"
        role: Role = "up" if leaning == "for" else "down" if leaning == "against" else "dim"
        yield (
            Span(f"  {capitalised(lens.value):<16}"),
            Span(f"{leaning:<12}{signed(score, 2)}", role),
        )
    yield from paragraph(f"Against it: {preview.dissent}", width, indent=2)
    sources = f"Sources: {'; '.join(preview.sources)} (s tells more)"
    yield from paragraph(sources, width, "dim", indent=2)


# ------------------------------------------------------------------ lists


def paper_lines(briefing: Briefing, width: int) -> Iterator[Line]:
    """List the staff papers."""
    yield (Span("Staff papers: what your ministry puts before you", "title"),)
    few = few_papers_told(len(briefing.papers))
    if few:
        yield from paragraph(few, width, "dim")
    # They keep their numbers, but what can still be given stands first.
    for paper in sorted(briefing.papers, key=lambda paper: bool(paper.reason)):
        yield from _paper(paper, width)


def _paper(paper: StaffPaper, width: int) -> Iterator[Line]:
    preview, spot = paper.preview, choice(f"paper:{paper.number}")
    chosen = [modifier.title for modifier in preview.modifiers if modifier.is_chosen]
    terms = f", with: {'; '.join(chosen)}" if chosen else ""
    role: Role = "dim" if paper.reason else "plain"
    first = f"{paper.number}. "
    yield from paragraph(f"{preview.title}{terms}", width, role, indent=3, first=first, spot=spot)
    if paper.reason:
        yield from paragraph(f"Not now: {paper.reason}", width, "alert", indent=3)
        return
    text = f"{paper.purpose}. {price_text(preview)}"
    yield from paragraph(text, width, "dim", indent=3)


def option_lines(
    options: Sequence[Option], width: int, *, word: str = "", joint_only: bool = False
) -> Iterator[Line]:
    """List all orders: those allowed now, then the others with the reason against each."""
    folded = word.casefold()
    shown = [
        option
        for option in options
        if folded in f"{shown_id(option.key)} {option.title} {option.summary}".casefold()
        and (option.is_joint or not joint_only)
    ]
    allowed = [option for option in shown if option.is_allowed]
    refused = [option for option in shown if not option.is_allowed]
    which = f"with '{word}'" if word else "you can give now"
    yield (Span(f"All orders {which}", "title"),)
    text = "/ searches; a: attention, c: political capital; offers need consent"
    yield from paragraph(text, width, "dim")
    for option in allowed:
        kind = "offer" if option.is_joint else "order"
        price = f"{kind}  a{option.attention:g} c{100 * option.cost:.0f}"
        room, spot = width - _PRICE, choice(f"option:{option.key}")
        first, *more = wrapped(option.title, room, indent=2, first="")
        yield (Span(f"{first:<{room}}", "plain", spot), Span(f"{price:>{_PRICE}}", "dim"))
        yield from ((Span(part, "plain", spot),) for part in more)
    if not allowed:
        yield (Span("None.", "dim"),)
    if refused:
        yield BLANK
        yield (Span("Not now", "title"),)
        for option in refused:
            spot = choice(f"option:{option.key}")
            yield from paragraph(option.title, width, "dim", indent=2, first="x ", spot=spot)
            yield from paragraph(sentence(option.reason), width, "dim", indent=4)


def offers_lines(briefing: Briefing, width: int) -> Iterator[Line]:
    """List what others offer."""
    if not briefing.offers:
        yield (Span("No offer waits for you.", "dim"),)
    for number, offer in enumerate(briefing.offers):
        if number:
            yield BLANK
        yield from offer_head(offer, width)
        for effect in offer.preview.effects[:_EFFECTS_ON_PAPER]:
            yield from effect_lines(effect, width, indent=4)


def offer_head(offer: Offer, width: int) -> Iterator[Line]:
    """Tell who offers what, on which terms, and how it stands."""
    also = (
        f" Also asked: {', '.join(c.title for c in offer.also_asked)}." if offer.also_asked else ""
    )
    terms = f" Terms: {'; '.join(offer.modifiers)}." if offer.modifiers else ""
    text = f"{offer.proposer.title} offers: {offer.preview.title} ({_STATES[offer.answer]})."
    role: Role = "plain" if offer.answer is None else "own"
    spot = choice(f"offer:{offer.proposer.key}")
    yield from paragraph(f"{text}{terms}{also}", width, role, indent=2, first="> ", spot=spot)
    yield from paragraph(said_text(offer), width, "dim", indent=4, first="  ")


def said_text(offer: Offer) -> str:
    """Tell what a proposer says for its offer."""
    if not offer.reason:
        return f"{offer.proposer.title} gives no reason."
    return f'{offer.proposer.title} says: "{offer.reason}"'


def offer_lines(offer: Offer, width: int) -> Iterator[Line]:
    """Lay out one offer in full."""
    yield from offer_head(offer, width)
    yield BLANK
    yield from paragraph(offer.preview.summary, width, "dim")
    yield BLANK
    yield (Span("If it comes about: change [5-95% band]", "title"),)
    for effect in offer.preview.effects:
        yield from effect_lines(effect, width)
    if offer.if_refused:
        yield BLANK
        yield (Span("If you refuse", "title"),)
        for effect in offer.if_refused:
            yield from effect_lines(effect, width)
    yield BLANK
    yield from voice_lines(offer.preview, width)
