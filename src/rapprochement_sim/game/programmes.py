"""What the articles recommend, as one seat can play it now: done, open, refused, up to others.

Nothing is told here that the seat's own pages do not tell: what others did is what everyone
learnt, and whether others could act is theirs to know.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rapprochement_sim.errors import listed
from rapprochement_sim.game.decisions import modifier_bits
from rapprochement_sim.game.figure_text import shown_value
from rapprochement_sim.game.rows import actor_of, target_of
from rapprochement_sim.game.session import Phase
from rapprochement_sim.game.wording import capital_named, modifier_title, row_title
from rapprochement_sim.naming import shown
from rapprochement_sim.scenario.citing import cited, resolved_source
from rapprochement_sim.scenario.loading import passages_for
from rapprochement_sim.scenario.programmes import shipped_programmes
from rapprochement_sim.vocabulary import Capital, Order

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rapprochement_sim.effects.rows import Row
    from rapprochement_sim.game.briefing import Reading
    from rapprochement_sim.game.session import Session
    from rapprochement_sim.scenario.programmes import Programme, ProgrammeAct

Standing = Literal["done", "given", "open", "refused", "others", "absent"]


@dataclass(frozen=True)
class ProgrammeStep:
    """A step of a programme, and where it stands for one seat.

    Attributes
    ----------
    number
        In the programme, from 1.
    title
        The act with its terms.
    actor, asks
        Who gives or offers it, and whose consent it needs.
    order
        What this seat gives or offers for it; None if it is up to others.
    standing, told
        Where it stands, in a word and in words.
    tried
        What became of it before, if it did not come about; empty if nothing.
    is_instead
        Whether it stands in place of the step before it.
    """

    number: int
    title: str
    actor: Capital
    asks: tuple[Capital, ...]
    order: Order | None
    standing: Standing
    told: str
    tried: str
    is_instead: bool


@dataclass(frozen=True)
class ProgrammePage:
    """A programme: who says so, what it asks of whom, and how far it has come.

    ``seat`` is whom it asks first, ``figure`` what to look at, None where the seat does not
    know it. ``passage`` is our own summary of the passage, empty where sources are withheld.
    """

    number: int
    name: str
    title: str
    about: str
    seat: Capital
    is_own: bool
    source: str
    passage: str
    figure: Reading | None
    steps: tuple[ProgrammeStep, ...]

    @property
    def look_at(self) -> str:
        """Tell the figure to look at, from the start until now; empty without one."""
        figure = self.figure
        if figure is None:
            return ""
        ends = (figure.trend[0], figure.trend[-1])
        start, now = (shown_value(figure.name, value, figure.unit) for value in ends)
        return f"{figure.title}: {start} at the start, {now} now"

    @property
    def n_steps(self) -> int:
        """How many steps it takes; those that stand in place of another count once."""
        return sum(not step.is_instead for step in self.steps)

    @property
    def n_done(self) -> int:
        """How many of them are done."""
        done, is_counted = 0, False
        for step in self.steps:
            is_counted = is_counted and step.is_instead
            if step.standing == "done" and not is_counted:
                done, is_counted = done + 1, True
        return done

    @property
    def n_open(self) -> int:
        """How many acts of it are open to the seat now."""
        return sum(step.standing == "open" for step in self.steps)

    @property
    def standing(self) -> str:
        """Say how far it has come, and how much of it is open to the seat."""
        opened = f", {self.n_open} open to you" if self.n_open else ""
        return f"{self.n_done} of {self.n_steps} done{opened}"


def programme_pages(
    session: Session, seat: Capital, figures: Mapping[str, Reading]
) -> tuple[ProgrammePage, ...]:
    """Lay every programme out for a seat.

    Parameters
    ----------
    session, seat
        The game, and who looks.
    figures
        What the seat knows, by name.
    """
    return tuple(
        _page(session, seat, figures, number, name)
        for number, name in enumerate(shipped_programmes(), start=1)
    )


def _page(
    session: Session, seat: Capital, figures: Mapping[str, Reading], number: int, name: str
) -> ProgrammePage:
    programme: Programme = shipped_programmes()[name]
    loaded = session.case.loaded
    source = resolved_source(programme.source, loaded.rules, passages_for(loaded.path))
    asked = capital_named(programme.seat)
    return ProgrammePage(
        number=number,
        name=name,
        title=shown(programme.title),
        about=shown(programme.about),
        seat=asked,
        is_own=asked == seat,
        source=cited(source),
        passage=source["passage"],
        figure=figures.get(programme.look_at),
        steps=tuple(_step(session, seat, n, act) for n, act in enumerate(programme.acts, 1)),
    )


def _step(session: Session, seat: Capital, number: int, act: ProgrammeAct) -> ProgrammeStep:
    case = session.case
    actor = capital_named(act.actor)
    index = case.effects.row_by_key.get(act.key)
    if index is None:
        title = shown(act.action.replace("_", " ")).capitalize()
        told = "the rules of this game have no such act"
        return ProgrammeStep(number, title, actor, (), None, "absent", told, "", act.is_instead)
    row = case.row(index)
    terms = [modifier_title(case, row, name) for name in act.modifiers]
    title = f"{row_title(case, row)}, with: {'; '.join(terms)}" if terms else row_title(case, row)
    own = _own_row(session, seat, row)
    standing, told = _standing(session, seat, row, own, act.modifiers)
    return ProgrammeStep(
        number=number,
        title=title,
        actor=actor,
        asks=row.consenting,
        order=None if own is None else Order(seat, own.name, target_of(own), act.modifiers),
        standing=standing,
        told=told,
        tried="" if standing == "done" else "; ".join(_tried(session, row, act.modifiers)),
        is_instead=act.is_instead,
    )


def _own_row(session: Session, seat: Capital, row: Row) -> Row | None:
    """Return the act as this seat gives it; a joint one may be offered from either side."""
    if row.actor == seat:
        return row
    if row.is_joint and row.target == seat:
        found = session.case.effects.row_by_key.get(_turned(row))
        return None if found is None else session.case.row(found)
    return None


def _turned(row: Row) -> str:
    return f"{row.name}:{target_of(row).key}>{actor_of(row).key}"


def _standing(
    session: Session, seat: Capital, row: Row, own: Row | None, modifiers: tuple[str, ...]
) -> tuple[Standing, str]:
    turns = [str(turn) for turn, is_whole in _came_about(session, row, modifiers) if is_whole]
    if turns:
        return "done", f"done in turn{'s' if len(turns) > 1 else ''} {listed(turns)}"
    if own is None:
        return _up_to_others(session, seat, row)
    for decision in session.decisions_of(seat):
        if (decision.action, decision.partner) == (own.name, own.target):
            return "given", f"{'offered' if own.is_joint else 'ordered'} by you in this turn"
    if session.phase is Phase.OVER:
        return "refused", "not done; the game is over"
    reason = session.refusal(own, modifier_bits(own, modifiers))
    if reason:
        return "refused", f"not now: {reason}"
    return "open", f"open to you now{_consents(own)}"


def _up_to_others(session: Session, seat: Capital, row: Row) -> tuple[Standing, str]:
    if session.phase is Phase.OVER:
        return "others", "not done; the game is over"
    if row.closed_reason and session.turn < row.closed_turns:
        return "others", f"{actor_of(row).title} cannot now: {row.closed_reason}"
    verb = "offer" if row.is_joint else "order"
    asked = ", and you are asked" if seat in row.consenting else ""
    return "others", f"{actor_of(row).title} must {verb} it{asked}{_consents(row, but=seat)}"


def _consents(row: Row, but: Capital | None = None) -> str:
    others = [capital.title for capital in row.consenting if capital != but]
    *most, last = others or [""]
    named = f"{', '.join(most)} and {last}" if most else last
    return f"; {named} must agree" if named else ""


def _came_about(
    session: Session, row: Row, modifiers: tuple[str, ...]
) -> Iterator[tuple[int, bool]]:
    """Yield the turns in which an act came about, and whether it had all its terms."""
    keys = {row.key, _turned(row)} if row.is_joint else {row.key}
    terms = {modifier_title(session.case, row, name) for name in modifiers}
    for turn in session.turns:
        for act in turn.acts:
            if act.kind == "act" and act.key in keys:
                yield turn.turn, terms <= set(act.modifiers)


def _tried(session: Session, row: Row, modifiers: tuple[str, ...]) -> Iterator[str]:
    for turn, is_whole in _came_about(session, row, modifiers):
        if not is_whole:
            yield f"on other terms in turn {turn}"
    keys = (row.key, _turned(row)) if row.is_joint else (row.key,)
    words = {"refused": "refused", "failed": "not ratified"}
    names = {f"{key}:{kind}": kind for key in keys for kind in words}
    for resolved in session.turns:
        for act in resolved.acts:
            if act.key in names:
                yield f"{words[names[act.key]]} in turn {resolved.turn}"
