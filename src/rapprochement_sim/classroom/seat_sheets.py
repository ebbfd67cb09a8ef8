"""What one seat may see, from the seat itself: nothing here looks past it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.classroom.figure_lines import effect_lines, figure_line, why_line
from rapprochement_sim.classroom.sheets import (
    DisputeRow,
    GoalLine,
    ModifierLine,
    NewsLine,
    OfferLine,
    OptionLine,
    OrderSheet,
    PaperLine,
    RelationRow,
    SeatSheet,
    WhyLine,
)
from rapprochement_sim.game.figure_text import shown_change, shown_value, signed
from rapprochement_sim.vocabulary import CAPITALS, Capital

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rapprochement_sim.game.briefing import (
        Briefing,
        Deadline,
        NewsItem,
        Offer,
        Relation,
        StaffPaper,
    )
    from rapprochement_sim.game.briefing import GoalLine as Goal
    from rapprochement_sim.game.odds import Odds
    from rapprochement_sim.game.preview import Preview
    from rapprochement_sim.game.seat import Option, Seat

_POLLS_EXPLAINED = 4
_LOUD = 0.02
_EFFECTS_ON_PAPER = 4


def seat_sheet(seat: Seat) -> SeatSheet:
    """Lay out everything a seat may see of its open turn."""
    brief, options = seat.brief(), seat.options()
    return SeatSheet(
        seat=brief.seat.key,
        scenario=brief.scenario,
        introduction=brief.introduction,
        turn=brief.turn,
        n_turns=brief.n_turns,
        months=brief.months,
        phase=brief.phase,
        attention=f"{brief.attention:g}",
        capital_left=f"{100 * brief.capital_left:.0f}",
        approval=shown_value(brief.approval.name, brief.approval.value, brief.approval.unit),
        win=_win_text(brief),
        goals=tuple(_goal(goal) for goal in brief.goals),
        news=news_lines(brief.news),
        headlines=tuple(figure_line(reading) for reading in brief.headlines),
        polls=tuple(figure_line(reading) for reading in brief.polls),
        deadlines=deadline_lines(brief.deadlines),
        disputes=tuple(_disputes(brief)),
        relations=tuple(_relation(who, brief) for who in CAPITALS),
        ladders=tuple(
            (f"{line.between[0].title}–{line.between[1].title}", line.title, line.rung)
            for line in brief.ladders
        ),
        offers=tuple(_offer(offer) for offer in brief.offers),
        papers=_papers(brief.papers, options),
        options=tuple(_option(option) for option in options),
        desk=tuple((item.kind, item.text) for item in brief.desk),
        answers=brief.answers,
        whys=_whys(seat, brief),
    )


def _win_text(brief: Briefing) -> str:
    rule = brief.win
    if rule is None:
        return ""
    return (
        f"You win with more than {rule.bar:.1f} of 100 points at the end. Left to its own "
        f"government, this seat ends between {rule.automated_low:.1f} and "
        f"{rule.automated_high:.1f} in four of five automated worlds."
    )


def _goal(goal: Goal) -> GoalLine:
    reading = goal.reading
    now, start, end = (
        shown_value(reading.name, value, reading.unit)
        for value in (reading.value, goal.from_value, goal.to_value)
    )
    counts = f"counts from {start} to {end}"
    percent = round(100 * goal.progress)
    return GoalLine(goal.text, goal.is_secret, reading.title, now, counts, percent)


def news_lines(news: Iterable[NewsItem]) -> tuple[NewsLine, ...]:
    """Lay out what everyone learnt of a turn."""
    return tuple(
        NewsLine(
            item.kind,
            f"{item.text} ({'; '.join(item.details)})" if item.details else item.text,
            item.is_own,
        )
        for item in news
    )


def deadline_lines(deadlines: Iterable[Deadline]) -> tuple[tuple[str, str], ...]:
    """Lay out what is announced: title, and when."""
    return tuple((deadline.title, _when(deadline)) for deadline in deadlines)


def _when(deadline: Deadline) -> str:
    turns = deadline.turns_ahead
    when = "this turn" if turns == 0 else f"in {turns} turn{'s' if turns > 1 else ''}"
    return f"{when}; averted if: {' '.join(deadline.averted_if)}" if deadline.averted_if else when


def _disputes(brief: Briefing) -> Iterable[DisputeRow]:
    for line in brief.disputes:
        for side in line.sides:
            shown = (
                f"{reading.value:.2f} {reading.mark if reading.mark != '=' else ''}".strip()
                for reading in (side.hurt, side.salience, side.settlement)
            )
            yield DisputeRow(line.title, side.capital.title, side.role, *shown)


def _relation(who: Capital, brief: Briefing) -> RelationRow:
    row: dict[Capital, Relation] = {r.partner: r for r in brief.relations if r.observer == who}
    about = "" if who == brief.seat else "~"

    def cells(word: str) -> tuple[str, ...]:
        return tuple(
            "" if other == who else f"{about}{getattr(row[other], word).value:.2f}"
            for other in CAPITALS
        )

    return RelationRow(who.title, who == brief.seat, cells("trust"), cells("threat"))


def _offer(offer: Offer) -> OfferLine:
    answer = {None: "", True: "accepted", False: "refused"}[offer.answer]
    return OfferLine(
        proposer=offer.proposer.key,
        title=offer.preview.title,
        terms=offer.modifiers,
        also_asked=tuple(capital.title for capital in offer.also_asked),
        effects=effect_lines(offer.preview.effects),
        refusal=tuple(
            f"{effect.title} {shown_change('', effect.change, 'index')}"
            for effect in offer.if_refused[:_EFFECTS_ON_PAPER]
        ),
        reason=offer.reason,
        answer=answer,
    )


def _papers(papers: Sequence[StaffPaper], options: Sequence[Option]) -> tuple[PaperLine, ...]:
    joint = {(option.action, option.target): option.is_joint for option in options}
    return tuple(
        PaperLine(
            number=paper.number,
            action=paper.action,
            target=paper.target.key,
            modifiers=paper.modifiers,
            title=paper.preview.title,
            terms=tuple(m.title for m in paper.preview.modifiers if m.is_chosen),
            purpose=paper.purpose,
            voice=paper.voice,
            price=price_text(paper.preview),
            dissent=paper.preview.dissent,
            reason=paper.reason,
            is_joint=joint.get((paper.action, paper.target), False),
            effects=effect_lines(paper.preview.effects, _EFFECTS_ON_PAPER),
        )
        for paper in papers
    )


def _option(option: Option) -> OptionLine:
    price = f"attention {option.attention:g}, political capital {100 * option.cost:.0f}"
    return OptionLine(
        option.action,
        option.target.key,
        option.title,
        option.summary,
        price,
        option.is_joint,
        option.reason,
    )


def order_sheet(preview: Preview, option: Option) -> OrderSheet:
    """Lay out an order before it is given."""
    return OrderSheet(
        action=option.action,
        target=option.target.key,
        title=preview.title,
        summary=preview.summary,
        price=price_text(preview),
        dissent=preview.dissent,
        is_joint=option.is_joint,
        reason=option.reason,
        effects=effect_lines(preview.effects, 2 * _EFFECTS_ON_PAPER + 4),
        modifiers=tuple(
            ModifierLine(
                modifier.id,
                modifier.title,
                modifier.summary,
                signed(100 * modifier.cost, 0) if modifier.cost else "",
                modifier.is_chosen,
                effect_lines(modifier.effects, _EFFECTS_ON_PAPER),
            )
            for modifier in preview.modifiers
        ),
        voices=tuple((lens.value, _leaning(score)) for lens, score in preview.voices),
        sources=preview.sources,
    )


def _leaning(score: float) -> str:
    word = "for" if score > _LOUD else "against" if score < -_LOUD else "indifferent"
    return f"{word} ({signed(score, 2)})"


def price_text(preview: Preview) -> str:
    """Tell what an order costs and how likely others are to agree."""
    text = f"Attention {preview.attention:g}, political capital {100 * preview.cost:.0f}."
    for label, odds in (("consent", preview.consent), ("ratification", preview.ratification)):
        if odds:
            text += f" Odds of {label}: {_odds_text(odds)}."
    return text


def _odds_text(odds: Sequence[Odds]) -> str:
    return ", ".join(f"{each.capital.title} {100 * each.probability:.0f}%" for each in odds)


def _whys(seat: Seat, brief: Briefing) -> tuple[WhyLine, ...]:
    """Say why what moved last turn moved: composites first, then the polls of the pair."""
    if not seat.turn:
        return ()
    moved = [
        reading
        for reading in (*brief.headlines, *brief.polls[:_POLLS_EXPLAINED])
        if reading.mark != "="
    ]
    return tuple(why_line(seat.why(reading.name)) for reading in moved)
