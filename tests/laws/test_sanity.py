"""What must hold whatever the numbers are: rest, symmetry, calendar, bounds, no free lunch."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from rapprochement_sim.decision.case import Case
from rapprochement_sim.model import RapprochementModel
from rapprochement_sim.vocabulary import Capital
from rapprochement_sim.world.axes import DYAD_INDEX, VARIABLES, Array
from rapprochement_sim.world.forms import logistic
from rapprochement_sim.world.ledger import Ledger
from tests.laws.worlds import (
    NOTHING,
    SWAP,
    act_rows,
    force_act,
    hold_all,
    mirrored,
    monthly_twin,
    play,
    quiet,
    shipped,
    value_of,
)

ACTS_AND_CHANCE = ("chance", "sampling", "elections")


def _without_office(case: Case) -> Case:
    numbers = {**case.world.parameters, "approval_fatigue": 0.0}
    return replace(case, world=replace(case.world, parameters=numbers))


def test_without_effects_and_chance_nothing_moves_but_relaxation_to_rest() -> None:
    case = _without_office(quiet(shipped(), turns=120))
    model = RapprochementModel(case, chance=False, effects_strength=0.0, ledger=True, collect=False)
    series = play(model)
    assert isinstance(model.ledger, Ledger)
    for name in ("rapprochement", "published_korea_unfavourable_of_japan", "approval_tokyo"):
        for turn in (0, 3, 11):
            for term in model.ledger.explain(name, turn):
                assert term.cause.row == -1, term
                assert term.cause.key not in ACTS_AND_CHANCE, term
    steps = [np.abs(b - a).max() for a, b in pairwise(series)]
    assert steps[-1] < 0.1 * steps[0]


def test_a_world_that_starts_at_rest_stays_there() -> None:
    """Started where it came to rest, no number moves by more than rounding."""
    case = _without_office(quiet(shipped(), turns=1200))
    settled = RapprochementModel(case, chance=False, effects_strength=0.0, collect=False)
    series = play(settled, hold_all)
    assert np.abs(series[-1] - series[-2]).max() < 1e-6


def test_exchanging_seoul_and_tokyo_exchanges_results() -> None:
    """The code knows no favourite: with names exchanged in all files, so are all results."""
    model = RapprochementModel(shipped(), chance=False, collect=False)
    mirror = RapprochementModel(mirrored(), chance=False, collect=False)
    for _ in range(shipped().world.n_turns):
        model.step()
        mirror.step()
        for name in VARIABLES:
            mine, other = model.state.values[name], mirror.state.values[name]
            assert np.abs(_exchanged(name, mine) - other).max() < 1e-12, name
        assert np.abs(model.state.attitude[SWAP][:, :, SWAP] - mirror.state.attitude).max() < 1e-12
        assert np.abs(model.state.protest[SWAP] - mirror.state.protest).max() < 1e-12


def _exchanged(name: str, values: Array) -> Array:
    axes = VARIABLES[name].axes
    if axes == ("capital", "partner"):
        return np.asarray(values[SWAP][:, SWAP])
    if axes == ("capital",):
        return np.asarray(values[SWAP])
    if axes == ("dispute", "capital"):
        return np.asarray(values[:, SWAP])
    if "dyad" in axes:
        dyads = [0, 4, 5, 6, 1, 2, 3, 7, 8, 9]
        return np.asarray(values[..., dyads, :])
    return values


DATED = (
    ("compensation_seoul_fund:seoul>tokyo", 2),
    ("lift_export_controls:tokyo>seoul", 2),
    ("island_visit:seoul>tokyo", 7),
    ("missile_test:pyongyang>tokyo", 13),
    ("apology_reaffirmed:tokyo>seoul", 16),
    ("export_controls:tokyo>seoul", 22),
)


def test_dated_acts_give_the_same_quarter_ends_in_months_and_in_quarters() -> None:
    quarters = quiet(shipped())
    months = quiet(monthly_twin())
    rows = [(quarters.effects.row_by_key[key], month) for key, month in DATED]
    quarterly = RapprochementModel(quarters, chance=False, collect=False)
    monthly = RapprochementModel(months, chance=False, collect=False)

    def in_quarter(model: RapprochementModel) -> None:
        hold_all(model)
        for row, month in rows:
            if month // 3 == model.turn:
                force_act(model, row, slice(None), month=month % 3)

    def in_month(model: RapprochementModel) -> None:
        hold_all(model)
        for row, month in rows:
            if month == model.turn:
                force_act(model, row, slice(None))

    by_quarter = play(quarterly, in_quarter)
    by_month = play(monthly, in_month)[::3]
    surveys = {*quarters.world.axes.surveys, *quarters.loaded.rules.composites}
    for quarter, month in zip(by_quarter, by_month, strict=True):
        for entry in quarters.indicators.entries:
            apart = abs(quarter[entry.index, 0] - month[entry.index, 0])
            # Polls also hear neighbours, who talk once a turn: 0.1 points at most.
            assert apart < (0.1 if entry.name in surveys else 1e-9), (entry.name, apart)


def test_no_constant_order_walks_any_indicator_to_its_bound() -> None:
    """Each lane repeats one act for 40 turns; all else is left to the agents."""
    case = quiet(shipped(), turns=40)
    rows = act_rows(case)
    model = RapprochementModel(case, runs=range(len(rows)), collect=False)

    def insist(model: RapprochementModel) -> None:
        for lane, row in enumerate(rows):
            force_act(model, row, lane)

    start, *series = play(model, insist)
    for entry in case.indicators.entries:
        values = np.array([indicators[entry.index] for indicators in series])
        margin = 0.002 * (entry.high - entry.low)
        home = _rest_of(case, entry.index, start)
        assert (values >= entry.low).all(), entry.name
        assert (values <= entry.high).all(), entry.name
        for bound in (entry.low, entry.high):
            stuck = (np.abs(values[-1] - bound) < margin) & (abs(home - bound) > margin)
            who = [case.row(rows[lane]).key for lane in np.flatnonzero(stuck)]
            assert not who, (entry.name, bound, who)


def _rest_of(case: Case, index: int, start: Array) -> float:
    """Return where an indicator rests; a stock of recent acts may rest at its bound."""
    if index >= case.world.cells.n:
        return float(start[index, 0])
    rest = case.world.cells.rest[index, 0]
    name, _ = case.effects.variable_of(index)
    return float(logistic(rest) if VARIABLES[name].link == "logit" else rest)


def _in_force() -> Case:
    """Return the quiet case in which Seoul and Tokyo share intelligence from the start."""
    case = quiet(shipped(), turns=16)
    start, rest = dict(case.world.start), dict(case.world.rest)
    kind = case.world.axes.institutions.index("gsomia")
    for values in (start, rest):
        values["institution"] = values["institution"].copy()
        values["institution"][kind, DYAD_INDEX[0, 1]] = 0.9
    cells_rest = np.concatenate([rest[name].reshape(-1, 1) for name in VARIABLES])
    cells = replace(case.world.cells, rest=cells_rest)
    return replace(case, world=replace(case.world, start=start, rest=rest, cells=cells))


@pytest.mark.parametrize(
    ("imposed", "lifted"),
    [
        ("export_controls:tokyo>seoul", "lift_export_controls:tokyo>seoul"),
        ("white_list_removal:tokyo>seoul", "white_list_restoration:tokyo>seoul"),
        ("white_list_removal:seoul>tokyo", "white_list_restoration:seoul>tokyo"),
        ("wto_complaint:seoul>tokyo", "wto_withdrawal:seoul>tokyo"),
        ("boycott_call:seoul>tokyo", "boycott_restraint:seoul>tokyo"),
        ("coerce_seoul:beijing>seoul", "lift_coercion:beijing>seoul"),
        ("suspend_gsomia:seoul>tokyo", "restore_gsomia:seoul>tokyo"),
        ("suspend_gsomia:tokyo>seoul", "restore_gsomia:tokyo>seoul"),
    ],
)
def test_imposing_and_lifting_is_never_net_positive(imposed: str, lifted: str) -> None:
    """In the end, what was imposed and lifted leaves the pair no better than without it."""
    case = _in_force()
    first, second = (case.effects.row_by_key[key] for key in (imposed, lifted))
    worlds = RapprochementModel(case, runs=[0, 0], chance=False, collect=False)

    def force(model: RapprochementModel) -> None:
        hold_all(model)
        if model.turn == 0:
            force_act(model, first, 1)
        if model.turn == 2:
            force_act(model, second, 1)

    series = play(worlds, force)
    better = (
        "trust_seoul_tokyo",
        "trust_tokyo_seoul",
        "korea_favourable_of_japan",
        "japan_favourable_of_korea",
        "rapprochement",
    )
    for name in better:
        for indicators in series[3:]:
            without, with_it = value_of(case, indicators, name)
            assert with_it <= without + 1e-9, (name, with_it - without)


def _largest_poll_moves(case: Case) -> dict[str, Array]:
    """Return each act's largest effect on each poll of Seoul and Tokyo, in points."""
    rows = act_rows(case)
    lanes = len(rows) + 1
    model = RapprochementModel(case, runs=[0] * lanes, chance=False, collect=False)

    def force(model: RapprochementModel) -> None:
        hold_all(model)
        if model.turn == 0:
            for lane, row in enumerate(rows):
                force_act(model, row, lane)

    series = play(model, force)
    names = [s for s in case.world.axes.surveys if s.startswith(("korea", "japan"))]
    moves = {
        name: np.abs(
            [value_of(case, i, name)[:-1] - value_of(case, i, name)[-1] for i in series]
        ).max(axis=0)
        for name in names
    }
    return {case.row(row).key: np.array([moves[n][k] for n in names]) for k, row in enumerate(rows)}


def test_no_single_act_moves_a_poll_beyond_what_the_record_has_seen() -> None:
    """Bounds in points, by kind: the largest change on record that one act belongs to.

    23 points after the island visit and remark of 2012 (stylised fact F05), 11.5 after the
    agreement of 2015 (F12), 12.7 after the rulings and the rows of 2018-19 (F09), 2.3 for a
    visit of a leader (F25).
    """
    bounds = {"island_visit": 23.0, "summit": 2.3, "shuttle_visit": 2.3}
    for key, moves in _largest_poll_moves(quiet(shipped(), turns=8)).items():
        bound = bounds.get(key.split(":")[0], 12.7)
        assert moves.max() < bound, (key, moves)


def test_every_joint_act_is_accepted_and_refused_in_a_thousand_runs() -> None:
    case = shipped()
    joint = {row.name for row in case.effects.rows if row.is_joint}
    accepted: set[str] = set()
    refused: set[str] = set()
    for first in range(0, 1000, 125):
        model = RapprochementModel(case, runs=range(first, first + 125), collect=False)
        while not model.is_over:
            model.step()
            for number in np.unique(model.acts.row[model.acts.row >= 0]):
                row = case.row(int(number))
                if row.name in joint:
                    (refused if row.kind == "refused" else accepted).add(row.name)
    assert accepted == joint
    assert refused == joint


def test_administrations_sour_without_a_script() -> None:
    """Approval and political capital fall with time in office when nobody does anything."""
    case = quiet(shipped(), turns=20)
    model = RapprochementModel(case, chance=False, collect=False)
    series = play(model, hold_all)
    for capital in ("seoul", "tokyo"):
        early = value_of(case, series[4], f"approval_{capital}")[0]
        late = value_of(case, series[20], f"approval_{capital}")[0]
        assert late < early


def test_an_offer_refused_costs_half_its_attention() -> None:
    case = quiet(shipped())
    row = case.effects.row_by_key["summit:seoul>tokyo"]
    model = RapprochementModel(case, runs=[0, 0], chance=False, collect=False)
    hold_all(model)
    model.proposal_override[Capital.SEOUL] = row
    model.consent_override[Capital.TOKYO, Capital.SEOUL] = [0, 1]
    model.settle_proposals()
    price = case.row(row).attention
    left = model.deals.attention_left[Capital.SEOUL]
    assert left.tolist() == [2.0 - 0.5 * price, 2.0 - price]
    assert (model.order_override == NOTHING).all()
