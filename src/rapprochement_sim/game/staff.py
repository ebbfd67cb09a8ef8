"""Staff papers: a handful of orders worth reading, chosen by purpose, one of them dissenting.

Nobody is shown sixty actions. Each paper answers another question: what would a realist
do, a liberal, a constructivist, what helps at home, what serves the declared goals. The
dissent is the favourite of the school that likes the leading paper least.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rapprochement_sim.decision.choice import pick_modifiers
from rapprochement_sim.game.judging import lens_scores, mixed_scores
from rapprochement_sim.game.session import Phase
from rapprochement_sim.vocabulary import LENSES, MODIFIERS_PER_ORDER
from rapprochement_sim.world.axes import VARIABLES, Array, Integers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rapprochement_sim.decision.case import Case
    from rapprochement_sim.effects.rows import Row
    from rapprochement_sim.game.knowledge import Knowledge
    from rapprochement_sim.game.session import Session

_OFFICE = len(LENSES)
BALANCE, DISSENT, OFFICE, GOALS, NEXT = "balance", "dissent", "office", "goals", "next"
PURPOSES = {
    BALANCE: "What the cabinet leans to, all things weighed",
    GOALS: "What serves your declared and secret goals",
    "realist": "What security asks for",
    "liberal": "What trade, rules and institutions ask for",
    "constructivist": "What dignity and memory ask for",
    OFFICE: "What helps the government at home",
    NEXT: "What the cabinet would weigh next",
    DISSENT: "A dissenting view",
}
"""Questions that papers answer, in the sequence in which they are asked."""
FEWEST = 5
"""Papers on a desk, unless fewer acts are allowed."""


@dataclass(frozen=True)
class Suggestion:
    """An order that a paper argues for: its row, modifiers as bits, purpose and voice.

    ``voice`` is the school (or ``office``, ``cabinet``) that speaks for it.
    """

    row: Row
    modifiers: int
    purpose: str
    voice: str


@dataclass(frozen=True)
class _Desk:
    """Allowed rows with the score of each voice on them (voice, row), modifiers included."""

    rows: Sequence[Row]
    scores: Array
    bits: Integers


def may_come_up(session: Session, row: Row) -> bool:
    """Whether a paper may argue for a row in this phase: for a joint act only during talks."""
    return session.is_legal(row) and not (row.is_joint and session.phase is Phase.ORDERS)


def staff_suggestions(
    case: Case, knowledge: Knowledge, allowed: Sequence[Row]
) -> tuple[Suggestion, ...]:
    """Choose five to seven orders among the allowed ones, each for another purpose.

    Fewer come where fewer are allowed. The same order is not suggested twice.
    """
    rows = [row for row in allowed if row.name != "hold"]
    if not rows:
        return ()
    desk = _scored(case, knowledge, rows)
    taken: dict[int, Suggestion] = {}
    for voice, purpose in enumerate(_VOICES):
        if purpose != DISSENT:
            _take_best(desk, voice, purpose, purpose if voice else "cabinet", taken)
    _take_dissent(case, knowledge, desk, taken)
    for n in np.argsort(-desk.scores[0], kind="stable"):
        if len(taken) >= FEWEST:
            break
        row = desk.rows[n]
        bits = int(desk.bits[0, n])
        taken.setdefault(row.index, Suggestion(row, bits, NEXT, "cabinet"))
    sequence = list(PURPOSES)
    return tuple(sorted(taken.values(), key=lambda s: sequence.index(s.purpose)))


_VOICES = (BALANCE, *(lens.value for lens in LENSES), OFFICE, GOALS)


def _scored(case: Case, knowledge: Knowledge, rows: Sequence[Row]) -> _Desk:
    seat = knowledge.seat
    components = lens_scores(case, seat, knowledge.view)
    mixed = mixed_scores(case, seat, components)
    goals = _goal_scores(case, knowledge)
    price = case.world.parameters["capital_price"]
    scarcity = 1.0 - float(knowledge.view.political_capital[seat, 0])
    units = case.lenses[seat].unit_of_group
    scores = np.zeros((len(_VOICES), len(rows)))
    bits = np.zeros((len(_VOICES), len(rows)), dtype=np.int64)
    for n, row in enumerate(rows):
        groups = [units[group] for group in (row.base_group, *row.modifier_groups)]
        by_voice = np.stack(
            [
                mixed[groups, 0],
                *components[: len(LENSES), groups, 0],
                components[_OFFICE, groups, 0],
                goals[[row.base_group, *row.modifier_groups]],
            ]
        )
        # The cabinet alone weighs what an act costs; the schools speak of what it is good for.
        by_voice[0] += row.readiness * (np.arange(len(groups)) == 0)
        by_voice[0] -= price * scarcity * np.array([row.cost, *row.modifier_costs])
        best, gain = pick_modifiers(by_voice[:, 1:].T, most=MODIFIERS_PER_ORDER)
        scores[:, n] = by_voice[:, 0] + gain
        bits[:, n] = best
    return _Desk(rows, scores, bits)


def _goal_scores(case: Case, knowledge: Knowledge) -> Array:
    """Return how far each group's effects go towards the seat's own goals (group,)."""
    brief = case.loaded.schema.seats[knowledge.seat.key]  # type: ignore[index]
    effects, table = case.effects, case.indicators
    per_base = np.zeros(table.n_base)
    for goal in (*brief.public_goals, *brief.secret_goals):
        place = table.by_name[goal.indicator].index
        weight = goal.weight / (goal.to_value - goal.from_value)
        if place < table.n_base:
            per_base[place] += weight
        else:
            per_base += weight * table.weights[[place - table.n_base]].toarray()[0]
    of_cell = np.zeros(effects.n_cells)
    of_cell[: effects.n_cells] = per_base[: effects.n_cells]
    scalers = effects.scalers.read(knowledge.view)[:, 0]
    amount = effects.size * scalers[effects.scaler] * of_cell[effects.cell]
    steepness = np.array([0.25 if v.link == "logit" else 1.0 for v in VARIABLES.values()])
    sizes = [case.world.axes.n_cells(name) for name in VARIABLES]
    amount *= np.repeat(steepness, sizes)[effects.cell]
    padded = np.append(amount, 0.0)
    scores: Array = padded[effects.group_entries].sum(axis=1)
    return scores


def _take_best(
    desk: _Desk, voice: int, purpose: str, speaker: str, taken: dict[int, Suggestion]
) -> None:
    """Add the voice's favourite that is not yet suggested, if it likes one at all."""
    for n in np.argsort(-desk.scores[voice], kind="stable"):
        row = desk.rows[n]
        if purpose != BALANCE and desk.scores[voice, n] <= 0.0:
            return
        if row.index not in taken:
            taken[row.index] = Suggestion(row, int(desk.bits[voice, n]), purpose, speaker)
            return


def _take_dissent(
    case: Case, knowledge: Knowledge, desk: _Desk, taken: dict[int, Suggestion]
) -> None:
    """Let the school that likes the leading paper least put forward what it would do."""
    lead = next(iter(taken))
    column = next(n for n, row in enumerate(desk.rows) if row.index == lead)
    schools = 1 + np.argsort(desk.scores[1 : 1 + len(LENSES), column], kind="stable")
    for voice in schools:
        before = len(taken)
        _take_best(desk, int(voice), DISSENT, _VOICES[int(voice)], taken)
        if len(taken) > before:
            return
    weights = case.lens_weights[knowledge.seat]
    least = 1 + int(np.argmin(weights))
    order = np.argsort(-desk.scores[least], kind="stable")
    for n in order:
        row = desk.rows[n]
        if row.index not in taken:
            bits = int(desk.bits[least, n])
            taken[row.index] = Suggestion(row, bits, DISSENT, _VOICES[least])
            return
