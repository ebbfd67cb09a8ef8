"""The walk that splits changes among causes, exactly, by following terms forward.

Each record of a turn lists what was added to what. The walk adds the same terms cause by
cause: an act's impulse through the secant slope of its link, a remedy through the relief
it left behind, a displaced public through everything that ever pulled it. Nothing is
found by subtraction, so a missing term would show as a gap.
"""

from collections.abc import Sequence

import numpy as np

from rapprochement_sim.world.axes import N_CAPITALS, VARIABLES, Array, Integers
from rapprochement_sim.world.building import MONTH_YEARS, World
from rapprochement_sim.world.forms import LOG_2, kept_share, logistic, saturate, slope, soft_step
from rapprochement_sim.world.records import Entries, MonthRecord, Public, TurnRecord
from rapprochement_sim.world.state import WorldState

PROCESSES = (
    "start",
    "fading",
    "felt",
    "institutions",
    "interdependence",
    "diversification",
    "office",
    "coercion",
    "protest",
    "support",
    "absence",
    "guarantee",
    "danger",
    "elections",
    "memory",
    "neighbours",
    "crowd",
    "chance",
    "sampling",
)
CHANCE = ("chance", "sampling")
RELAXATION = ("start", "fading", "memory", "support")
_NUMBER = {name: number for number, name in enumerate(PROCESSES)}
_LINK_IS_FLAT = 1e-6


class Walk:
    """Causes of all changes in some lanes, followed turn by turn.

    Parameters
    ----------
    world
        Constants of the scenario.
    lanes
        Lanes to follow.
    n_causes
        Room for causes beside the processes.
    start
        The state that the first turn starts from.

    Notes
    -----
    Every table has shape (cause, cells..., lane); the first ``len(PROCESSES)`` causes are
    the processes, then whatever ``cause_of`` of :meth:`follow` numbers.
    """

    def __init__(
        self,
        world: World,
        lanes: Integers,
        n_causes: int,
        start: WorldState,
    ) -> None:
        self.world = world
        self.lanes = lanes
        self.n_causes = len(PROCESSES) + n_causes
        self._relief = self._level(start.values["relief"])
        self._hurt = self._level(start.values["hurt"])
        self._glow = self._level(start.values["glow"])
        self._narrative = self._level(start.values["narrative"])
        self._displacement = self._level(start.displacement)
        self._attitude, self._participation, self._crowd = (
            a[..., lanes] for a in (start.attitude, start.participation, start.crowd)
        )
        self.latent: dict[str, Array] = {}
        self.natural: dict[str, Array] = {}
        self.shares: Array = np.zeros(0)
        shape = (self.n_causes, N_CAPITALS, N_CAPITALS, lanes.size)
        self.attitude: Array = np.zeros(shape)

    def _level(self, start: Array) -> Array:
        table = np.zeros((self.n_causes, *start.shape[:-1], self.lanes.size))
        table[_NUMBER["start"]] = start[..., self.lanes]
        return table

    def follow(self, record: TurnRecord, cause_of: Integers) -> None:
        """Follow one turn.

        Afterwards ``latent`` and ``natural`` hold the terms of every variable, of
        ``threat`` and of ``protest``, ``shares`` those of the polls (cause, survey, lane),
        ``attitude`` those of mean attitudes (cause, capital, partner, lane).

        Parameters
        ----------
        record
            The turn.
        cause_of
            Cause of each slot in each followed lane (slot, lane); -1 where nothing happened.
        """
        before = self._displacement.copy()
        self.latent = {
            name: np.zeros((self.n_causes, *self.world.axes.shape(name), self.lanes.size))
            for name in VARIABLES
        }
        self.natural["protest"] = np.zeros((self.n_causes, N_CAPITALS, self.lanes.size))
        for month in record.month_records:
            terms = self._follow_month(month, cause_of)
            self._split_protest(month, record.citizens.publics, terms)
        for name, parts in record.home.items():
            for process, part in parts.items():
                self.latent[name][_NUMBER[process]] += part[..., self.lanes]
        self._link(record)
        self._split_threat(record)
        self._split_polls(record, self._displacement - before)

    def _follow_month(self, month: MonthRecord, cause_of: Integers) -> dict[str, Array]:
        """Follow what a month did to all variables; return its terms."""
        terms = self._month_terms(month, cause_of)
        joined = terms["relief"].copy()
        joined[_NUMBER["felt"]] -= month.own["relief"]["felt"][..., self.lanes]
        relief = self._relief + joined
        kept = kept_share(self.world.parameters["relief_lag_years"], MONTH_YEARS)
        felt = relief * (1.0 - kept)
        removed = month.own["hurt"]["relief"][..., self.lanes]
        per_felt = slope(removed, -month.own["relief"]["felt"][..., self.lanes], 0.0)
        terms["hurt"] += felt * per_felt
        self._relief = relief - felt
        warm = self._glow + terms["glow"]
        warm[_NUMBER["fading"]] -= self._fading_of_glow
        self._glow += terms["glow"]
        self._hurt += terms["hurt"]
        self._narrative += terms["narrative"]
        self._pull(warm)
        for name, term in terms.items():
            self.latent[name] += term
        return terms

    def _month_terms(self, month: MonthRecord, cause_of: Integers) -> dict[str, Array]:
        """Return the terms of a month by variable, all but the relief that was felt."""
        cells, n = self.world.cells, self.lanes.size
        old = np.concatenate(
            [month.before[name].reshape(-1, month.before[name].shape[-1]) for name in VARIABLES]
        )[:, self.lanes]
        table = np.zeros((self.n_causes, cells.n, n))
        moved = old
        if month.entries is not None:
            at, amount = _followed(month.entries, self.lanes, cause_of)
            push = np.zeros((cells.n, n))
            np.add.at(push, at[1:], amount)
            filled = saturate(old, push, cells.low, cells.high)
            secant = np.where(cells.saturates, slope(filled, push, 1.0), 1.0)
            np.add.at(table, at, amount * secant[at[1:]])
            moved = old + np.where(cells.saturates, filled, push)
        faded = (cells.rest - moved) * cells.moved
        table[_NUMBER["fading"]] += faded
        terms = {
            name: table[:, place].reshape(self.n_causes, *shape, n)
            for name, place, shape in cells.places
        }
        for name, parts in month.own.items():
            for process, part in parts.items():
                if (name, process) != ("hurt", "relief"):
                    terms[name][_NUMBER[process]] += part[..., self.lanes]
        self._fading_of_glow = cells.split(faded)["glow"]
        return terms

    def _pull(self, warm: Array) -> None:
        numbers = self.world.parameters
        half_life = numbers["glow_half_life_years"]
        mean = (1.0 - kept_share(half_life, MONTH_YEARS)) / (MONTH_YEARS * LOG_2 / half_life)
        weighted = np.einsum("dij,cdir->cijr", self.world.dispute_weights, self._hurt)
        pull = numbers["glow_to_attitude"] * mean * warm - numbers["hurt_to_attitude"] * weighted
        pull += numbers["narrative_to_attitude"] * self._narrative
        moved = -np.expm1(-numbers["reaction_rate_per_year"] * MONTH_YEARS)
        self._displacement += moved * (pull - self._displacement)

    def _link(self, record: TurnRecord) -> None:
        for name, variable in VARIABLES.items():
            table = self.latent[name]
            if variable.link != "logit":
                self.natural[name] = table
                continue
            old = record.before.values[name][..., self.lanes]
            new = record.after.values[name][..., self.lanes]
            self.natural[name] = table * _logistic_secant(old, new)

    def _split_threat(self, record: TurnRecord) -> None:
        numbers, world = self.world.parameters, self.world
        capability = (
            numbers["threat_posture"] * self.latent["posture"]
            + numbers["threat_programme"] * self.latent["programme"]
        )
        intent = (
            numbers["threat_provocation"] * self.latent["provocation"]
            - numbers["threat_trust"] * self.natural["trust"]
        )
        n = self.lanes.size
        institution = self.latent["institution"].reshape(self.n_causes, -1, n)
        flat = institution.transpose(1, 0, 2).reshape(-1, self.n_causes * n)
        ring = (world.encirclement @ flat).reshape(-1, self.n_causes, n).transpose(1, 0, 2)
        table = capability[:, np.newaxis] + intent
        table = table + ring.reshape(self.n_causes, N_CAPITALS, N_CAPITALS, n)
        self.latent["threat"] = table
        secant = _logistic_secant(
            record.before.threat[..., self.lanes], record.after.threat[..., self.lanes]
        )
        self.natural["threat"] = table * secant

    def _split_protest(
        self, month: MonthRecord, publics: Sequence[Public], terms: dict[str, Array]
    ) -> None:
        lanes, numbers, weights = self.lanes, self.world.parameters, self.world.grievance_weights
        ends = [
            {name: end[name][..., lanes] for name in ("hurt", "salience")}
            for end in (month.before, month.after)
        ]
        middle = {name: 0.5 * (ends[0][name] + ends[1][name]) for name in ends[0]}
        stakes = middle["salience"] * terms["hurt"] + middle["hurt"] * terms["salience"]
        pushed, now = [(e["salience"] * e["hurt"] * weights).sum(axis=0) for e in ends]
        was, had = self._participation, self._crowd
        joined = [public.join(was[i], now[i]) for i, public in enumerate(publics)]
        self._participation = np.stack([pair[0] for pair in joined])
        self._crowd = np.stack([pair[1] for pair in joined])
        by_crowd = numbers["protest_contagion"] * (self._crowd - had)
        secant = _protest_secant(
            was,
            self._participation,
            (now - pushed)[:, np.newaxis] + by_crowd,
            numbers["protest_width"],
        )
        table = (stakes * weights).sum(axis=1) * secant.mean(axis=1)
        table[_NUMBER["crowd"]] += (secant * by_crowd).mean(axis=1)
        self.natural["protest"] += table

    def _split_polls(self, record: TurnRecord, displaced: Array) -> None:
        surveys = self.world.surveys
        self.shares = np.zeros((self.n_causes, len(surveys.names), self.lanes.size))
        noise = record.citizens.noise()[..., self.lanes]
        before, self._attitude = self._attitude, np.empty_like(self._attitude)
        for i, public in enumerate(record.citizens.publics):
            ends = tuple(
                end.displacement[i][..., self.lanes] for end in (record.before, record.after)
            )
            self._attitude[i] = public.move(before[i], noise[i], (ends[0], ends[1]))
            ties = self.world.population.neighbours[i]
            crowd = (ties @ before[i].reshape(before.shape[1], -1)).reshape(before[i].shape)
            for j in range(N_CAPITALS):
                terms = self._citizen_terms(
                    record, (i, j), before[i, :, j], crowd[:, j], noise[i, :, j]
                )
                self._split_pair((i, j), before[i, :, j], displaced[:, i, j], terms)

    def _citizen_terms(
        self,
        record: TurnRecord,
        pair: tuple[int, int],
        before: Array,
        crowd: Array,
        noise: Array,
    ) -> dict[str, Array]:
        """Return what moved citizens beside acts (citizen, lane), by process."""
        anchor_share, social_share = record.citizens.publics[pair[0]].shares
        receptivity = self.world.population.receptivity[pair[0], :, 0]
        was = record.before.displacement[pair][self.lanes]
        anchor = self.world.population.anchor[pair[0], :, pair[1]]
        return {
            "memory": anchor_share * (anchor + receptivity * was - before),
            "neighbours": social_share * (crowd - before),
            "chance": noise,
        }

    def _split_pair(
        self,
        pair: tuple[int, int],
        before: Array,
        displaced: Array,
        terms: dict[str, Array],
    ) -> None:
        """Split one public's mean attitude to one partner, and the polls that measure it."""
        surveys = self.world.surveys
        after = self._attitude[pair[0], :, pair[1]]
        receptivity = self.world.population.receptivity[pair[0], :, 0]
        self.attitude[:, pair[0], pair[1]] = displaced * receptivity.mean()
        for process, term in terms.items():
            self.attitude[_NUMBER[process], pair[0], pair[1]] += term.mean(axis=0)
        is_about = (surveys.respondents == pair[0]) & (surveys.targets == pair[1])
        for s in np.flatnonzero(is_about):
            secant = _step_secant(
                before, after, surveys.threshold[s], surveys.width[s], surveys.sign[s]
            )
            self.shares[:, s] = displaced * (secant * receptivity).mean(axis=0)
            for process, term in terms.items():
                self.shares[_NUMBER[process], s] += (secant * term).mean(axis=0)


def _followed(
    entries: Entries, lanes: Integers, cause_of: Integers
) -> tuple[tuple[Integers, Integers, Integers], Array]:
    """Return (cause, cell, followed lane) and amount of the entries of the followed lanes."""
    place = np.full(int(max(entries.lane.max(), lanes.max())) + 1, -1, dtype=np.int64)
    place[lanes] = np.arange(lanes.size)
    followed = place[entries.lane]
    keep = followed >= 0
    lane = followed[keep]
    return (cause_of[entries.slot[keep], lane], entries.cell[keep], lane), entries.amount[keep]


def _logistic_secant(old: Array, new: Array) -> Array:
    moved = new - old
    middle = logistic(0.5 * (old + new))
    is_flat = np.abs(moved) < _LINK_IS_FLAT
    steep = (logistic(new) - logistic(old)) / np.where(is_flat, 1.0, moved)
    return np.where(is_flat, middle * (1.0 - middle), steep)


def _step_secant(old: Array, new: Array, threshold: Array, width: Array, sign: Array) -> Array:
    moved = new - old
    is_flat = np.abs(moved) < _LINK_IS_FLAT
    scale = sign / width
    centre = (0.5 * (old + new) - threshold) * scale
    tangent = 0.5 * scale * (1.0 + centre * centre) ** -1.5
    change = soft_step((new - threshold) * scale) - soft_step((old - threshold) * scale)
    return np.where(is_flat, tangent, change / np.where(is_flat, 1.0, moved))


def _protest_secant(before: Array, after: Array, moved: Array, width: float) -> Array:
    """Return citizens' secant slopes of joining a protest (capital, citizen, lane).

    ``before`` and ``after`` are shares of taking part, ``moved`` the change of what they
    react to (grievance plus crowd), same shape.
    """
    is_flat = np.abs(moved) < _LINK_IS_FLAT
    centre = before + after - 1.0
    tangent = 0.5 / width * np.maximum(1.0 - centre * centre, 0.0) ** 1.5
    return np.where(is_flat, tangent, (after - before) / np.where(is_flat, 1.0, moved))
