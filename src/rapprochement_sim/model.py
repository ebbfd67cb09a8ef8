"""The model: many worlds in lanes, and the order of a turn, written once."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import Any

import mesa
import numpy as np

from rapprochement_sim.agents import starting
from rapprochement_sim.agents.capital import AGENT_CHOOSES, CapitalAgent
from rapprochement_sim.agents.collecting import collector_of
from rapprochement_sim.agents.following import followed_by
from rapprochement_sim.agents.months import Shocks, advance_month
from rapprochement_sim.agents.public import PublicAgent, draw_noise, draw_opinion_noise
from rapprochement_sim.agents.turning import (
    assemble_acts,
    draw_events,
    hold_elections,
    publish,
    ratify,
    settle_deals,
)
from rapprochement_sim.decision.appraisal import appraise_threat
from rapprochement_sim.decision.beliefs import true_view
from rapprochement_sim.decision.case import Case, build_case
from rapprochement_sim.decision.legality import conditions_hold, legal_rows
from rapprochement_sim.dynamics.disputes import grievance
from rapprochement_sim.effects.acting import Acts, impulses_of
from rapprochement_sim.naming import worn
from rapprochement_sim.randomness import DRAWS_PER_CAPITAL, Chance, Process
from rapprochement_sim.scenario.loading import LoadedScenario, load_scenario
from rapprochement_sim.vocabulary import ATTENTION_PER_TURN, CAPITALS, ORDERS_PER_TURN
from rapprochement_sim.world.axes import N_CAPITALS, Array, Booleans, Integers
from rapprochement_sim.world.records import CitizenRecord, TurnRecord
from rapprochement_sim.world.state import WorldState

_MONTH_DRAWS = 3
case_under = cache(lambda _skin, name: compile_case(load_scenario(name)))


def load_case(name: str) -> Case:
    """Load and compile a scenario by name or path, once a process under each skin."""
    return case_under(worn().base.name, name)


def compile_case(loaded: LoadedScenario) -> Case:
    """Compile a loaded scenario, its lenses scaled to what seats see at the start."""
    case = build_case(loaded)
    view = true_view(starting.start_state(case, 1))
    return replace(case, lenses=tuple(lens.calibrated(view) for lens in case.lenses))


class RapprochementModel(mesa.Model):
    """Worlds side by side: five capitals, five publics, one turn a step.

    Parameters
    ----------
    case
        Scenario name or path, or an already compiled case.
    root_seed
        Seed of a study or a game; with the run number it fixes all chance.
    run_seed
        Run number of the first lane, so ``mesa.batch_run(..., {"run_seed": [0, 1]})``
        gives runs 0 and 1 of the study.
    lanes
        Worlds side by side. A single world is held as two identical lanes.
    runs
        Run numbers of the lanes, if not consecutive.
    ledger
        Whether to keep every term of every change.
    collect
        Whether Mesa's data collector keeps all indicators (single worlds only).
    chance
        False switches all chance off; draws of one's own (one column a lane) replace the
        keyed ones.
    state
        Start from this state of the same case instead of the scenario's start, one lane a
        run. What it says was published at its turn stays published.
    surveys
        Names of the surveys that will be read, if not all. To save time, attitudes that none
        of these asks about are then not held, and the other surveys are not a number; nothing
        else changes. See :mod:`rapprochement_sim.agents.following`.
    effects_strength
        Multiplies every declared effect; 0 leaves only relaxation.
    capital_agent
        Class of the governments, for studies of other ways to decide.
    rng
        Unused; accepted since ``mesa.batch_run`` passes it on some versions.
    """

    proposal_override: Integers
    proposal_modifiers_override: Integers
    consent_override: Integers
    order_override: Integers
    order_modifiers_override: Integers
    order_month: Integers
    proposal_row: Integers
    proposal_modifiers: Integers
    proposal_keenness: Array
    consent_asked: Booleans
    consent_given: Booleans
    order_row: Integers
    order_modifiers: Integers

    def __init__(
        self,
        case: str | Case = "rekindled_2023",
        *,
        root_seed: int = 1,
        run_seed: int = 0,
        lanes: int = 1,
        runs: Sequence[int] | None = None,
        ledger: bool = False,
        collect: bool = True,
        chance: bool | Chance = True,
        state: WorldState | None = None,
        surveys: Collection[str] | None = None,
        effects_strength: float = 1.0,
        capital_agent: type[CapitalAgent] = CapitalAgent,
        rng: Any = None,  # noqa: ARG002 - mesa.batch_run passes it on Mesa 3.5
    ) -> None:
        super().__init__(rng=run_seed)
        self.case = load_case(case) if isinstance(case, str) else case
        numbers = list(runs) if runs is not None else list(range(run_seed, run_seed + lanes))
        self.n_worlds = len(numbers)
        self.runs: Integers = np.array(numbers * (2 if len(numbers) == 1 else 1), dtype=np.int64)
        self.chance = (
            chance if isinstance(chance, Chance) else Chance(root_seed, self.runs, is_on=chance)
        )
        self.effects_strength = effects_strength
        self.lens_weights: Array = self.case.lens_weights[:, :, np.newaxis].copy()
        self.state = starting.drawn_start(self.case, self.chance) if state is None else state
        self._is_published = state is not None
        self.followed = None if surveys is None else followed_by(self.case.world, surveys)
        if self.followed is not None:
            self.state = self.followed.narrowed(self.state)
        self.ledger = starting.open_ledger(self.case, self.state) if ledger else None
        self._check()
        self._clear_overrides()
        self._is_open = self._is_settled = False
        self.capitals = capital_agent.create_agents(self, N_CAPITALS, list(CAPITALS))
        self.publics = PublicAgent.create_agents(self, N_CAPITALS, list(CAPITALS))
        self.datacollector = collector_of(self) if collect and self.n_worlds == 1 else None
        self._read_indicators()
        self.open_turn()

    @property
    def n_lanes(self) -> int:
        """Lanes of the arrays, at least two."""
        return int(self.runs.size)

    @property
    def turn(self) -> int:
        """Turns resolved so far."""
        return self.state.turn

    @property
    def is_over(self) -> bool:
        """Whether the last turn of the scenario has been resolved."""
        return self.turn >= self.case.world.n_turns

    def step(self) -> None:
        """Play one turn in every lane.

        1. briefing: events fall due, polls are published, intelligence is drawn;
        2. proposals: joint acts are offered and answered;
        3. orders: each capital gives up to two, in secret and at once;
        4. acts: month by month, effects enter disputes, trust, threat, institutions and trade,
           and protest spreads;
        5. publics: citizens are moved by acts, memory, neighbours and chance;
        6. politics: elections on their calendar;
        7. third parties: threats are re-appraised;
        8. record: indicators and ledger; then the next turn is opened.

        After the last turn a step changes nothing and sets ``running`` to False.
        """
        if self.is_over:
            self.running = False
            return
        self.open_turn()
        self.settle_proposals()
        self.give_orders()
        self.carry_out()
        self.let_publics_react()
        self.hold_politics()
        self.reappraise()
        self.record()

    def release(self) -> None:
        """Let go of everything, at once; the model cannot be used afterwards.

        Mesa keeps a model in a cycle with its own ``step``, so only the collector would
        free it: a worker that plays block after block would hold several at a time.
        """
        self.__dict__.clear()

    def open_turn(self) -> None:
        """Phase 1, and the offers of phase 2: what each seat finds on its desk. Idempotent."""
        if self._is_open or self.is_over:
            return
        self._is_open = True
        turn, chance = self.turn, self.chance
        self.events = draw_events(self.case, self.state, chance)
        if not self._is_published:
            self.state = replace(self.state, beliefs=publish(self.case, self.state, chance))
        self._is_published = False
        self.legal = legal_rows(
            self.case.rows, self.state, conditions_hold(self.case.effects, self.state)
        )
        self.uniforms_proposals, self.uniforms_consents, self.uniforms_orders = (
            chance.uniforms(process, turn, per_capital * N_CAPITALS)
            for process, per_capital in DRAWS_PER_CAPITAL.items()
        )
        self.capitals.do("appraise")
        self.capitals.do("propose")

    def settle_proposals(self) -> None:
        """Phase 2: offers are answered; what it cost in attention is known. Idempotent."""
        if self._is_settled or self.is_over:
            return
        self._is_settled = True
        forced = self.proposal_override
        is_forced = forced != AGENT_CHOOSES
        self.proposal_row = np.where(is_forced, np.maximum(forced, -1), self.proposal_row)
        self.proposal_modifiers = np.where(
            is_forced, self.proposal_modifiers_override, self.proposal_modifiers
        )
        keenness = np.where(is_forced, np.inf, self.proposal_keenness)
        self.capitals.do("answer")
        self.deals = settle_deals(
            self.case,
            self.state,
            (self.proposal_row, self.proposal_modifiers),
            keenness,
            self.consent_asked,
            self.consent_given,
        )
        self.attention_left = self.deals.attention_left.copy()
        self.capital_left = self.deals.capital_left.copy()

    def give_orders(self) -> None:
        """Phase 3: secret and simultaneous orders."""
        self.capitals.do("choose_orders")

    def carry_out(self) -> None:
        """Phase 4: parliaments consent, incidents befall, effects enter month by month."""
        case, chance = self.case, self.chance
        row, modifiers = ratify(case, self.state, chance, self.deals.row, self.proposal_modifiers)
        self.acts: Acts = assemble_acts(
            case,
            self.state,
            chance,
            (row, modifiers),
            (self.order_row, self.order_modifiers, self.order_month),
            self.events,
        )
        n_months = case.world.turn_months
        approval = chance.normals(Process.APPROVAL, self.turn, _MONTH_DRAWS * N_CAPITALS)
        bandwidth = chance.normals(Process.BANDWIDTH, self.turn, _MONTH_DRAWS)
        self.displacement_before = self.state.displacement
        self._before = self.state
        records = []
        for month in range(n_months):
            impulses = impulses_of(
                self.acts,
                case.effects,
                month,
                true_view(self.state),
                strength=self.effects_strength,
            )
            shocks = Shocks(
                approval[month * N_CAPITALS : (month + 1) * N_CAPITALS], bandwidth[month]
            )
            self.state, record = advance_month(case, self.state, impulses, shocks)
            self._let_protest_spread()
            records.append(record)
        self.state = replace(self.state, crowd=np.stack(self.crowd_next))
        self._month_records = tuple(records)

    def let_publics_react(self) -> None:
        """Phase 5: citizens react to the turn, and polls could be taken."""
        world, state = self.case.world, self.state
        followed = self.followed
        self.opinion_noise = draw_noise(self.chance, self.turn, world, followed)
        blank = np.empty_like if followed is None else np.zeros_like
        self.attitude_next = blank(state.attitude)
        self.publics.do("react")
        shares = starting.poll_shares(world.surveys, self.attitude_next, followed)
        self.state = replace(state, attitude=self.attitude_next, shares=shares)

    def hold_politics(self) -> None:
        """Phase 6: elections and leader changes on their calendar."""
        self.state, self._home = hold_elections(self.case, self.state, self.chance)

    def reappraise(self) -> None:
        """Phase 7: every capital re-appraises the threats that it sees."""
        threat = appraise_threat(self.case.world, self.state.values)
        self.state = replace(self.state, threat=threat)

    def record(self) -> None:
        """Phase 8: count the turn, keep the ledger, read indicators, open the next turn."""
        pauses = np.maximum(self.state.pauses - 1, 0)
        pauses = np.maximum(pauses, self._pauses_of_acts())
        most = self.case.world.parameters["attention_carried"]
        carried = np.minimum(self.attention_left, most)
        self.state = replace(
            self.state,
            turn=self.turn + 1,
            pauses=pauses,
            attention=ATTENTION_PER_TURN + carried,
        )
        self._clear_overrides()
        self._is_open = self._is_settled = False
        if self.is_over:
            self.state = replace(self.state, beliefs=publish(self.case, self.state, self.chance))
        self.open_turn()
        self._read_indicators()
        if self.ledger is not None:
            self.ledger.append(self._turn_record())

    def _turn_record(self) -> TurnRecord:
        return TurnRecord(
            turn=self.turn - 1,
            rows=self.acts.row,
            modifiers=self.acts.modifiers,
            months=self.acts.month,
            month_records=self._month_records,
            citizens=self._citizen_record(),
            home=self._home,
            before=starting.snapshot(self._before),
            after=starting.snapshot(self.state),
        )

    def _citizen_record(self) -> CitizenRecord:
        return CitizenRecord(
            publics=list(self.publics),
            noise=partial(draw_opinion_noise, self.chance, self._before.turn, self.case.world),
        )

    def _let_protest_spread(self) -> None:
        """Let protest spread for a month, after its acts."""
        state = self.state
        self.grievance = grievance(
            state.values["salience"], state.values["hurt"], self.case.world.grievance_weights
        )
        self.participation_next = np.empty_like(state.participation)
        self.crowd_next = [state.crowd[i] for i in range(N_CAPITALS)]
        self.publics.do("protest")
        self.state = replace(
            state,
            participation=self.participation_next,
            protest=self.participation_next.mean(axis=1),
        )

    def _check(self) -> None:
        n_drawn, n_held = self.chance.runs.size, self.state.n_lanes
        if not self.n_lanes == n_drawn == n_held:
            msg = f"{self.n_lanes} runs need as many lanes: {n_held} of state, {n_drawn} of chance"
            raise ValueError(msg)
        if self.followed is not None and self.ledger is not None:
            msg = "a ledger explains all surveys: leave none out"
            raise ValueError(msg)

    def _pauses_of_acts(self) -> Integers:
        """Return the pause that this turn's acts and refused offers put on rows (row, run)."""
        rows = self.case.rows
        pauses = np.zeros((len(self.case.effects.rows), self.n_lanes), dtype=np.int64)
        lanes = np.arange(self.n_lanes)
        ordered = self.order_row.reshape(-1, self.n_lanes)
        for row in (*self.proposal_row, *ordered):
            has = row >= 0
            pauses[row[has], lanes[has]] = rows.pause[row[has]]
        return pauses

    def _read_indicators(self) -> None:
        self.indicators: Array = self.case.indicators.read(self.state)
        if self.datacollector is not None:
            self.datacollector.collect(self)

    def _clear_overrides(self) -> None:
        """Hand every decision back to the agents (-1 lets the agent choose)."""
        lanes = self.n_lanes
        self.proposal_override = np.full((N_CAPITALS, lanes), AGENT_CHOOSES)
        self.proposal_modifiers_override = np.zeros((N_CAPITALS, lanes), dtype=np.int64)
        self.consent_override = np.full((N_CAPITALS, N_CAPITALS, lanes), AGENT_CHOOSES)
        self.order_override = np.full((N_CAPITALS, ORDERS_PER_TURN, lanes), AGENT_CHOOSES)
        self.order_modifiers_override = np.zeros(
            (N_CAPITALS, ORDERS_PER_TURN, lanes), dtype=np.int64
        )
        self.order_month = np.zeros((N_CAPITALS, ORDERS_PER_TURN, lanes), dtype=np.int64)
        self.proposal_row = np.full((N_CAPITALS, lanes), -1)
        self.proposal_modifiers = np.zeros((N_CAPITALS, lanes), dtype=np.int64)
        self.proposal_keenness = np.zeros((N_CAPITALS, lanes))
        self.consent_asked = np.zeros((N_CAPITALS, N_CAPITALS, lanes), dtype=bool)
        self.consent_given = np.zeros((N_CAPITALS, N_CAPITALS, lanes), dtype=bool)
        self.order_row = np.full((N_CAPITALS, ORDERS_PER_TURN, lanes), -1)
        self.order_modifiers = np.zeros((N_CAPITALS, ORDERS_PER_TURN, lanes), dtype=np.int64)
