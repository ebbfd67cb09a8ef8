"""What the plain game answers to each command: looks at a seat, lays out text."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from time import sleep
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput, NotAllowedNow, listed
from rapprochement_sim.game.figure_text import shown_margin, shown_value
from rapprochement_sim.game.settings import ROLLOUTS, Settings
from rapprochement_sim.naming import shown_id
from rapprochement_sim.plain import briefing_page
from rapprochement_sim.plain.advice_page import advice_lines
from rapprochement_sim.plain.choosing import find_capital, find_figure, parse_order
from rapprochement_sim.plain.codex_page import codex_lines, link_lines
from rapprochement_sim.plain.figure_page import figure_lines
from rapprochement_sim.plain.forecast_page import forecast_answer
from rapprochement_sim.plain.layout import heading, wrapped
from rapprochement_sim.plain.order_page import (
    modifier_lines,
    offer_lines,
    option_lines,
    paper_lines,
    preview_lines,
    reason_lines,
)
from rapprochement_sim.plain.programme_page import programme_answer
from rapprochement_sim.plain.region_page import region_lines
from rapprochement_sim.plain.why_page import why_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rapprochement_sim.game.advice import AdviceState
    from rapprochement_sim.game.preview import Preview
    from rapprochement_sim.game.seat import Seat
    from rapprochement_sim.vocabulary import Order


_ENOUGH = ROLLOUTS["usual"]
_LOOK_SECONDS = 0.05
_IN_TURN = re.compile(r"\s+(?:in\s+)?turn\s+(\d{1,4})\s*$", re.IGNORECASE | re.ASCII)


class Answers:
    """Answers of one seat; every method takes the rest of the line and returns lines."""

    def __init__(self, seat: Seat, settings: Settings | None = None) -> None:
        self.seat = seat
        self._settings = settings or Settings()

    # -------------------------------------------------------------- looking

    def briefing(self, _: str) -> Iterable[str]:
        """Show the page of the turn."""
        return briefing_page.briefing_lines(self.seat.brief(), is_first=self.seat.turn == 0)

    def polls(self, _: str) -> Iterable[str]:
        """Show all polls."""
        return briefing_page.poll_lines(self.seat.brief())

    def disputes(self, _: str) -> Iterable[str]:
        """Show all disputes."""
        return briefing_page.dispute_lines(self.seat.brief())

    def trust(self, _: str) -> Iterable[str]:
        """Show who trusts and fears whom."""
        return briefing_page.relation_lines(self.seat.brief())

    def institutions(self, _: str) -> Iterable[str]:
        """Show agreements."""
        return briefing_page.ladder_lines(self.seat.brief())

    def region(self, _: str) -> Iterable[str]:
        """Show how each pair of capitals stands, and what threatens."""
        figures = {reading.name: reading for reading in self.seat.figures()}
        return region_lines(self.seat.brief(), figures)

    def instructions(self, _: str) -> Iterable[str]:
        """Show who the player is, how a turn goes, and what it takes to win."""
        return briefing_page.instruction_lines(self.seat.brief())

    def goals(self, _: str) -> Iterable[str]:
        """Show goals."""
        return briefing_page.goal_lines(self.seat.brief())

    def papers(self, _: str) -> Iterator[str]:
        """Show the staff papers."""
        lines = list(paper_lines(self.seat.brief()))
        yield from lines or [" No staff papers: nothing is allowed now."]

    def offers(self, _: str) -> Iterator[str]:
        """Show offers."""
        lines = list(offer_lines(self.seat.brief()))
        yield from lines or [" No offer waits for you."]

    def figures(self, word: str) -> Iterator[str]:
        """Show every known figure whose name or title holds a word."""
        yield from heading("Figures you know (~ estimate, margin of 95 per cent)")
        n_shown = 0
        for reading in self.seat.figures():
            name = shown_id(reading.name)
            if word.casefold() in f"{name} {reading.title}".casefold():
                shown = shown_value(reading.name, reading.value, reading.unit)
                margin = shown_margin(reading.name, reading.margin, reading.unit)
                yield f" {name:<56} {shown:>5} {margin:<6} {reading.mark}".rstrip()
                n_shown += 1
        if not n_shown:
            yield f" None with '{word}' in its name."

    def figure(self, text: str) -> Iterable[str]:
        """Show one figure in detail."""
        if not text:
            what = "no figure is named"
            raise MalformedInput(what, todo="For example: figure rapprochement.")
        readings = {reading.name: reading for reading in self.seat.figures()}
        name = find_figure(text, {each.name: each.title for each in readings.values()})
        return figure_lines(readings[name], self.seat.codex.page(name))

    def why(self, text: str) -> Iterable[str]:
        """Show why a figure changed."""
        if not text:
            what = "no figure is named"
            raise MalformedInput(what, todo=f"For example: why {shown_id('korea')} unfavourable.")
        named = _IN_TURN.search(text)
        turn = int(named[1]) if named else None
        titles = {reading.name: reading.title for reading in self.seat.figures()}
        figure = find_figure(text[: named.start()] if named else text, titles)
        return why_page(self.seat.why(figure, turn))

    def explain(self, text: str) -> Iterable[str]:
        """Explain a name of the rules; an order's name will do."""
        if not text:
            what = "no name is given"
            raise MalformedInput(what, todo="For example: explain summit.")
        try:
            return self._explained(text)
        except MalformedInput:
            return self._explained(self._parsed(text).action)

    def codex(self, word: str) -> Iterator[str]:
        """List everything that can be explained, or what holds a word."""
        return codex_lines(self.seat.codex, word)

    def sources(self, text: str) -> Iterator[str]:
        """Show who says so: of an order, reason by reason; of anything else, its explanation."""
        if not text.strip().isdecimal():
            with suppress(MalformedInput):
                yield from self._explained(text)
                return
        preview = self._preview(text)
        yield from heading(f"{preview.title}: why each effect is expected, and who says so")
        yield from reason_lines(preview)
        yield ""
        yield from wrapped(f"The act as a whole: {'; '.join(preview.sources)}", 2)
        yield from wrapped("`explain` with the order's name gives every source in full.", 2)

    def advisers(self, text: str) -> Iterable[str]:
        """Show what the advisers say; an order named with it is compared as well."""
        if text:
            self.seat.ask_advice([self._parsed(text)])
        return advice_lines(self._rested_advice())

    def forecast(self, text: str) -> Iterable[str]:
        """Show the questions and scores, or keep a forecast of the player's own."""
        return forecast_answer(self.seat, text)

    def programmes(self, text: str) -> Iterable[str]:
        """Show what the articles recommend, or give a step of it."""
        return programme_answer(self.seat, text)

    # -------------------------------------------------------------- orders

    def orders(self, word: str) -> Iterable[str]:
        """Show every order of the seat."""
        options = self.seat.options()
        folded = word.casefold()
        if folded:
            options = tuple(o for o in options if folded in f"{o.key} {o.title}".casefold())
        return option_lines(options)

    def preview(self, text: str) -> Iterable[str]:
        """Show what an order may do."""
        return preview_lines(self._preview(text))

    def modifiers(self, text: str) -> Iterator[str]:
        """Show an order's modifiers."""
        preview = self._preview(text)
        if preview.modifiers:
            yield from modifier_lines(preview)
        else:
            yield f" {preview.title} takes no modifiers."

    def order(self, text: str) -> Iterator[str]:
        """Give an order or offer."""
        order = self._parsed(text)
        told = self.seat.submit(order)
        briefing = self.seat.brief()
        yield from wrapped(f"Noted: {told}.", 1)
        left = f"attention {briefing.attention:g}, capital {100 * briefing.capital_left:.0f}"
        yield f" Left for this turn: {left}. (undo takes it back)"

    def accept(self, text: str) -> Iterator[str]:
        """Accept an offer."""
        yield from self._answered(text, accepts=True)

    def refuse(self, text: str) -> Iterator[str]:
        """Refuse an offer."""
        yield from self._answered(text, accepts=False)

    def counter(self, text: str) -> Iterator[str]:
        """Refuse an offer and offer the same act on own terms."""
        who, _, terms = f"{text} ".partition(" with ")
        proposer = find_capital(who)
        offer = next((o for o in self.seat.brief().offers if o.proposer == proposer), None)
        if offer is None:
            what = f"{proposer.title} has made no offer that waits for you"
            raise NotAllowedNow(what)
        action = offer.preview.key.partition(":")[0]
        own = f"{action} {proposer.key}" + (f" with {terms}" if terms.strip() else "")
        order = self._parsed(own)
        yield from wrapped(f"Noted: {self.seat.answer(proposer, accepts=False)}.", 1)
        yield from wrapped(f"Noted: {self.seat.submit(order)}.", 1)

    def undo(self, _: str) -> Iterator[str]:
        """Take back the last decision."""
        yield from wrapped(f"Taken back: {self.seat.undo()}.", 1)

    def note(self, text: str) -> Iterator[str]:
        """Keep a note."""
        if not text:
            what = "the note is empty"
            raise MalformedInput(what, todo="For example: note wait for the election.")
        yield from wrapped(f"Noted, {self.seat.note(text)}.", 1)

    def save(self, _: str) -> Iterator[str]:
        """Tell where the game is saved."""
        where = self.seat.save()
        if where:
            yield f"Saved, as after every decision, in {where}"
        else:
            yield " This game is kept in memory only."

    # -------------------------------------------------------------- within

    def _explained(self, text: str) -> list[str]:
        found = self.seat.codex.page(text.strip())
        return [*found.text.rstrip().split("\n"), *link_lines(found.links)]

    def _answered(self, text: str, *, accepts: bool) -> Iterator[str]:
        offers = self.seat.brief().offers
        is_only_one = not text and len(offers) == 1
        if not text and not offers:
            what = "no offer waits for you"
            raise NotAllowedNow(what)
        if not text and not is_only_one:
            what = "several offers wait for you, and none is named"
            raise MalformedInput(what, allowed=listed(o.proposer.title for o in offers))
        proposer = offers[0].proposer if is_only_one else find_capital(text)
        yield from wrapped(f"Noted: {self.seat.answer(proposer, accepts=accepts)}.", 1)

    def _rested_advice(self) -> AdviceState:
        """Wait until the advisers have worked as much as is set; they answer once here."""
        most = ROLLOUTS[self._settings.advisers]
        if most >= _ENOUGH:
            return self.seat.advice(wait=True)
        state = self.seat.advice()
        while state.is_working and (state.advice is None or state.advice.n_rollouts < most):
            sleep(_LOOK_SECONDS)
            state = self.seat.advice()
        self.seat.cancel_advice()
        if state.advice is None:
            return state
        return replace(state, status="done", wanted=state.advice.n_rollouts)

    def _parsed(self, text: str) -> Order:
        papers = self.seat.brief().papers
        return parse_order(text, self.seat.capital, self.seat.options(), papers)

    def _preview(self, text: str) -> Preview:
        return self.seat.preview(self._parsed(text))
