"""Orders, offers, staff papers and previews as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.game.figure_text import shown_band, shown_change, signed
from rapprochement_sim.game.wording import few_papers_told
from rapprochement_sim.naming import shown_id
from rapprochement_sim.plain.layout import capitalised, heading, item, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rapprochement_sim.game.briefing import Briefing, Offer, StaffPaper
    from rapprochement_sim.game.odds import Odds
    from rapprochement_sim.game.preview import ExpectedEffect, Preview
    from rapprochement_sim.game.seat import Option

_EFFECTS_ON_PAPER = 4
_EFFECTS_IN_PREVIEW = 14
_LABEL_WIDTH = 49
_LOUD = 0.02


def effect_lines(effect: ExpectedEffect) -> Iterator[str]:
    """Lay out one expected effect: arrows, figure, change and its 5-95 per cent band.

    The numbers stand behind the last line of a long title, so that nothing of it is cut.
    """
    arrows = effect.sign * effect.strength
    *before, last = wrapped(effect.title, 9, first=f"   {arrows:<3} ", width=_LABEL_WIDTH)
    yield from before
    change = shown_change("", effect.change, "index")
    doubt = "contested" if effect.is_contested else "" if effect.is_sure_of_sign else "unsure"
    yield (
        f"{last:<{_LABEL_WIDTH}} {change:>6} {shown_band(effect.low, effect.high)} {doubt}"
    ).rstrip()


def offer_lines(briefing: Briefing) -> Iterator[str]:
    """Lay out the offers that wait for an answer."""
    if not briefing.offers:
        return
    yield from heading("Offers to you (answer with: accept CAPITAL, refuse CAPITAL)")
    for offer in briefing.offers:
        yield from _offer_lines(offer)
    yield ""
    yield " An offer left unanswered when the talks close counts as refused."


def _offer_lines(offer: Offer) -> Iterator[str]:
    also = (
        f" Also asked: {', '.join(c.title for c in offer.also_asked)}." if offer.also_asked else ""
    )
    terms = f" Terms: {'; '.join(offer.modifiers)}." if offer.modifiers else ""
    state = {None: "waits for your answer", True: "you accept", False: "you refuse"}[offer.answer]
    yield ""
    yield from item(
        f"{offer.proposer.title} offers: {offer.preview.title} ({state}).{terms}{also}", ">"
    )
    said = f'says: "{offer.reason}"' if offer.reason else "gives no reason."
    yield from wrapped(f"{offer.proposer.title} {said}", 7, first="   ")
    for effect in offer.preview.effects[:_EFFECTS_ON_PAPER]:
        yield from effect_lines(effect)
    if offer.if_refused:
        refused = [f"{e.title} {shown_change('', e.change, 'index')}" for e in offer.if_refused[:2]]
        yield from wrapped(f"a refusal: {'; '.join(refused)}", 7, first="   x   ")


def paper_lines(briefing: Briefing) -> Iterator[str]:
    """Lay out the staff papers."""
    if not briefing.papers:
        return
    yield from heading("Staff papers (preview N, order N)")
    few = few_papers_told(len(briefing.papers))
    if few:
        yield f" {few}"
    for paper in briefing.papers:
        yield from _paper_lines(paper)


def _paper_lines(paper: StaffPaper) -> Iterator[str]:
    preview = paper.preview
    chosen = [modifier.title for modifier in preview.modifiers if modifier.is_chosen]
    terms = f", with: {'; '.join(chosen)}" if chosen else ""
    yield ""
    yield from wrapped(f"{preview.title}{terms}", 4, first=f" {paper.number}. ")
    if paper.reason:
        yield from wrapped(f"Not now: {paper.reason}", 4)
        return
    yield from wrapped(f"{paper.purpose} ({paper.voice}). {price_text(preview)}", 4)
    for effect in preview.effects[:_EFFECTS_ON_PAPER]:
        yield from effect_lines(effect)
    yield from wrapped(f"But: {preview.dissent}", 4)


def price_text(preview: Preview) -> str:
    """Tell what an order costs and how likely others are to agree."""
    text = f"Attention {preview.attention:g}, political capital {100 * preview.cost:.0f}."
    for label, odds in (("consent", preview.consent), ("ratification", preview.ratification)):
        if odds:
            text += f" Odds of {label}: {odds_text(odds)}."
    return text


def odds_text(odds: Sequence[Odds]) -> str:
    """Tell odds capital by capital."""
    return ", ".join(f"{each.capital.title} {100 * each.probability:.0f}%" for each in odds)


def preview_lines(preview: Preview) -> Iterator[str]:
    """Lay out a preview in full: effects, both edges of each modifier, voices, sources."""
    yield from heading(preview.title)
    yield from wrapped(preview.summary)
    yield ""
    yield from wrapped(price_text(preview))
    yield from heading("What it may do within the turn, as you see it (5-95 per cent)")
    for effect in preview.effects[:_EFFECTS_IN_PREVIEW]:
        yield from effect_lines(effect)
    left = len(preview.effects) - _EFFECTS_IN_PREVIEW
    if left > 0:
        yield f"   and {left} smaller effects"
    if preview.modifiers:
        yield from modifier_lines(preview)
    yield from heading("Voices")
    for lens, score in preview.voices:
        leaning = "for" if score > _LOUD else "against" if score < -_LOUD else "indifferent"
        yield f"   {capitalised(lens.value):<16}{leaning:<12}{signed(score, 2)}"
    yield from wrapped(f"Against it: {preview.dissent}", 3)
    yield ""
    yield from wrapped(
        f"Sources: {'; '.join(preview.sources)}. (`sources` with the order tells more)", 3
    )


def modifier_lines(preview: Preview) -> Iterator[str]:
    """Lay out modifiers, each with what it helps and what it hurts."""
    yield from heading("Modifiers (at most two: order NAME with MODIFIER, MODIFIER)")
    for modifier in preview.modifiers:
        box = "[x]" if modifier.is_chosen else "[ ]"
        cost = f", political capital {signed(100 * modifier.cost, 0)}" if modifier.cost else ""
        yield ""
        yield f" {box} {modifier.title}  ({shown_id(modifier.id)}{cost})"
        yield from wrapped(modifier.summary, 5)
        for effect in modifier.effects:
            yield from effect_lines(effect)


def reason_lines(preview: Preview) -> Iterator[str]:
    """Lay out why each effect is expected and who says so."""
    for effect in preview.effects:
        yield f"   {effect.sign * effect.strength:<3} {effect.title}"
        for reason in effect.reasons:
            contested = " (contested)" if reason.contested else ""
            yield from wrapped(f"{reason.why} ({reason.source}){contested}", 9, first="       - ")


def option_lines(options: Sequence[Option]) -> Iterator[str]:
    """Lay out every order of the seat: those allowed now, then the others with reasons."""
    allowed = [option for option in options if option.is_allowed]
    refused = [option for option in options if not option.is_allowed]
    yield from heading("Orders you can give now (joint ones are offered and need consent)")
    for option in allowed:
        joint = "offer" if option.is_joint else "order"
        price = f"{joint}, attention {option.attention:g}, capital {100 * option.cost:.0f}"
        yield from wrapped(f"{option.title}: {price}", 5, first=" - ")
        yield f"     {shown_id(option.action)} {shown_id(option.target.key)}"
    if not allowed:
        yield " None."
    if refused:
        yield from heading("Not now")
        for option in refused:
            reason = capitalised(option.reason)
            yield from item(f"{option.title}. {reason}{'' if reason.endswith('.') else '.'}", "x")
