"""The rule book compiled to arrays: rows, groups of effects, cells, sizes, scalers.

A *row* is an action in the hands of one actor towards one target (or what follows when
it is refused or fails, or an event). A *group* is the effects of a row or of one of its
modifiers. Adding an action adds rows and groups, never code.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from rapprochement_sim.effects.scalers import ScalerKey, ScalerTable
from rapprochement_sim.scenario.names import parse_scaler
from rapprochement_sim.scenario.schema import Action, Condition, Effect, Event, RuleBook, Seat
from rapprochement_sim.vocabulary import CAPITAL_KEYS, Capital
from rapprochement_sim.world.axes import VARIABLES, Array, Axes, Integers
from rapprochement_sim.world.building import World

RowKind = Literal["act", "refused", "failed", "event"]
SPENDING_PER_COST = 2.0
MAX_MODIFIERS = 4


@dataclass(frozen=True)
class Row:
    """One thing that can happen: an act, its refusal, its failure, or an event."""

    index: int
    name: str
    kind: RowKind
    actor: Capital | None
    target: Capital | None
    third: Capital | None
    consenting: tuple[Capital, ...]
    parties: tuple[Capital, ...]
    modifiers: tuple[str, ...]
    cost: float
    modifier_costs: tuple[float, ...]
    attention: float
    readiness: float
    pause_turns: int
    base_group: int
    modifier_groups: tuple[int, ...]
    refused_row: int = -1
    failed_row: int = -1

    @property
    def is_joint(self) -> bool:
        """Whether others must consent."""
        return bool(self.consenting)

    @property
    def key(self) -> str:
        """Unique name: ``action:actor>target``, with the kind where it is no plain act."""
        if self.kind == "event":
            return f"event:{self.name}"
        seats = ">".join(c.key for c in (self.actor, self.target) if c is not None)
        plain = f"{self.name}:{seats}"
        return plain if self.kind == "act" else f"{plain}:{self.kind}"


@dataclass(frozen=True)
class CompiledCondition:
    """A precondition of a row on one cell of the state, with the reason it states."""

    row: int
    variable: str
    cell: int
    above: float
    below: float
    reason: str


@dataclass(frozen=True)
class CompiledRatification:
    """Who must ratify a row, over which dispute, and how modifiers ease it."""

    row: int
    by: tuple[Capital, ...]
    dispute: int
    bar: float
    eases: tuple[float, ...]


@dataclass(frozen=True)
class Effects:
    """All effects of a rule book, as arrays.

    Attributes
    ----------
    rows
        What can happen.
    offsets
        Variable name to its first cell in the vector of all cells; ``n_cells`` in all.
    group_entries
        Entries of each group, padded with -1 (group, entry).
    cell, size, scaler
        Per entry: cell in that vector, latent size (hostile trust effects already
        weighted by negativity), index into ``scalers``.
    origin
        Per entry: the declared effect it came from, for explanations.
    conditions
        Preconditions of rows; of events, what averts them.
    """

    rows: tuple[Row, ...]
    offsets: dict[str, int]
    n_cells: int
    group_entries: Integers
    group_row: Integers
    cell: Integers
    size: Array
    scaler: Integers
    scalers: ScalerTable
    origin: tuple[Effect | None, ...]
    conditions: tuple[CompiledCondition, ...]
    row_by_key: dict[str, int]
    row_groups: Integers
    ratifications: tuple[CompiledRatification, ...]

    def find_row(self, action: str, actor: Capital, target: Capital) -> int:
        """Return the row of an order, or -1 where that seat has no such order."""
        return self.row_by_key.get(f"{action}:{actor.key}>{target.key}", -1)

    def variable_of(self, cell: int) -> tuple[str, int]:
        """Return the variable of a cell in the vector, and the cell within it."""
        name = max(
            (n for n in self.offsets if self.offsets[n] <= cell), key=self.offsets.__getitem__
        )
        return name, cell - self.offsets[name]


@dataclass
class _Draft:
    axes: Axes
    offsets: dict[str, int]
    negativity: float
    learning: float
    rows: list[Row] = field(default_factory=list)
    groups: list[list[int]] = field(default_factory=list)
    group_row: list[int] = field(default_factory=list)
    cell: list[int] = field(default_factory=list)
    size: list[float] = field(default_factory=list)
    scaler: list[int] = field(default_factory=list)
    origin: list[Effect | None] = field(default_factory=list)
    keys: dict[ScalerKey, int] = field(default_factory=lambda: {("one", ()): 0})
    conditions: list[CompiledCondition] = field(default_factory=list)
    ratifications: list[CompiledRatification] = field(default_factory=list)

    def add_group(
        self, effects: list[Effect], names: Mapping[str, str], parties: tuple[str, ...]
    ) -> int:
        entries = []
        for effect in effects:
            for bound in _bindings(effect, names, parties):
                entries.append(self._add_entry(effect, bound))  # noqa: PERF401 - adding numbers it
        self.groups.append(entries)
        self.group_row.append(len(self.rows))
        return len(self.groups) - 1

    def _add_entry(self, effect: Effect, names: Mapping[str, str]) -> int:
        at = tuple(names.get(part, part) for part in effect.at)
        name, arguments = parse_scaler(effect.scaled_by)
        key = (name, tuple(names.get(part, part) for part in arguments))
        size = effect.size
        if effect.on == "trust":
            size *= self.learning * (self.negativity if size < 0 else 1.0)
        return self.add_raw(effect.on, at, size, key, effect)

    def add_raw(
        self, variable: str, at: tuple[str, ...], size: float, key: ScalerKey, effect: Effect | None
    ) -> int:
        self.cell.append(self.offsets[variable] + self.axes.cell(variable, at))
        self.size.append(size)
        self.scaler.append(self.keys.setdefault(key, len(self.keys)))
        self.origin.append(effect)
        return len(self.cell) - 1

    def add_conditions(
        self, row: int, conditions: list[Condition], names: Mapping[str, str]
    ) -> None:
        for condition in conditions:
            at = tuple(names.get(part, part) for part in condition.at)
            self.conditions.append(
                CompiledCondition(
                    row=row,
                    variable=condition.on,
                    cell=self.axes.cell(condition.on, at),
                    above=-np.inf if condition.above is None else condition.above,
                    below=np.inf if condition.below is None else condition.below,
                    reason=condition.reason,
                )
            )


def _bindings(
    effect: Effect, names: Mapping[str, str], parties: tuple[str, ...]
) -> Iterator[Mapping[str, str]]:
    """Yield one naming a cell: ``party`` runs over the parties, ``partner`` over the others."""
    words = {*effect.at, *parse_scaler(effect.scaled_by)[1]}
    if "partner" in words:
        is_dyad = "dyad" in VARIABLES[effect.on].axes
        for p, party in enumerate(parties):
            for q, partner in enumerate(parties):
                if p != q and not (is_dyad and q < p):
                    yield {**names, "party": party, "partner": partner}
    elif "party" in words:
        for party in parties:
            yield {**names, "party": party}
    else:
        yield names


def compile_effects(rules: RuleBook, world: World) -> Effects:
    """Compile a rule book for a scenario.

    Raises
    ------
    KeyError
        If an effect names a cell that does not exist; the loader finds these first.
    """
    offsets = world.cells.offsets
    draft = _Draft(
        world.axes,
        offsets,
        negativity=world.parameters["trust_negativity"],
        learning=world.parameters["trust_learning"],
    )
    for action_id, action in rules.actions.items():
        for seat in action.seats:
            _add_action(draft, action_id, action, seat)
    for event_id, event in rules.events.items():
        _add_event(draft, event_id, event)
    longest = max(len(entries) for entries in draft.groups)
    padded = np.full((len(draft.groups), max(longest, 1)), -1, dtype=np.int64)
    for number, entries in enumerate(draft.groups):
        padded[number, : len(entries)] = entries
    return Effects(
        rows=tuple(draft.rows),
        offsets=offsets,
        n_cells=world.cells.n,
        group_entries=padded,
        group_row=np.array(draft.group_row),
        cell=np.array(draft.cell, dtype=np.int64),
        size=np.array(draft.size),
        scaler=np.array(draft.scaler, dtype=np.int64),
        scalers=ScalerTable(list(draft.keys), world.axes),
        origin=tuple(draft.origin),
        conditions=tuple(draft.conditions),
        row_by_key={row.key: row.index for row in draft.rows},
        row_groups=_groups_of_rows(draft.rows),
        ratifications=tuple(draft.ratifications),
    )


def _add_action(draft: _Draft, action_id: str, action: Action, seat: Seat) -> None:
    members = [seat.actor, seat.target, *([seat.third] if seat.third else [])]
    parties = tuple(dict.fromkeys(members))
    names = {"actor": seat.actor, "target": seat.target, "third": seat.third or seat.target}
    refused = failed = -1
    if seat.consent:
        refused = _add_row(
            draft, action_id, action, seat, "refused", action.refusal, parties, names
        )
    if action.ratification is not None:
        failure = action.ratification.failure
        failed = _add_row(draft, action_id, action, seat, "failed", failure, parties, names)
    index = len(draft.rows)
    base = draft.add_group(action.effects, names, parties)
    if action.capital_cost.value > 0.0:
        draft.groups[base].append(
            draft.add_raw(
                "political_capital",
                (seat.actor,),
                -SPENDING_PER_COST * action.capital_cost.value,
                ("one", ()),
                None,
            )
        )
    modifier_groups = []
    for modifier in action.modifiers.values():
        group = draft.add_group(modifier.effects, names, parties)
        if modifier.capital_cost != 0.0:
            draft.groups[group].append(
                draft.add_raw(
                    "political_capital",
                    (seat.actor,),
                    -SPENDING_PER_COST * modifier.capital_cost,
                    ("one", ()),
                    None,
                )
            )
        modifier_groups.append(group)
    draft.rows.append(
        _row(
            index,
            action_id,
            action,
            seat,
            "act",
            parties,
            base,
            tuple(modifier_groups),
            refused,
            failed,
        )
    )
    draft.add_conditions(index, action.requires, names)
    if action.ratification is not None:
        draft.ratifications.append(
            CompiledRatification(
                row=index,
                by=tuple(Capital(CAPITAL_KEYS.index(name)) for name in action.ratification.by),
                dispute=draft.axes.disputes.index(action.ratification.dispute),
                bar=action.ratification.bar.value,
                eases=tuple(m.ratification_ease for m in action.modifiers.values()),
            )
        )


def _groups_of_rows(rows: list[Row]) -> Integers:
    table = np.full((len(rows), 1 + MAX_MODIFIERS), -1, dtype=np.int64)
    for row in rows:
        table[row.index, 0] = row.base_group
        table[row.index, 1 : 1 + len(row.modifier_groups)] = row.modifier_groups
    return table


def _add_row(
    draft: _Draft,
    action_id: str,
    action: Action,
    seat: Seat,
    kind: RowKind,
    effects: list[Effect],
    parties: tuple[str, ...],
    names: Mapping[str, str],
) -> int:
    index = len(draft.rows)
    group = draft.add_group(effects, names, parties)
    draft.rows.append(_row(index, action_id, action, seat, kind, parties, group, (), -1, -1))
    return index


def _row(
    index: int,
    action_id: str,
    action: Action,
    seat: Seat,
    kind: RowKind,
    parties: tuple[str, ...],
    base_group: int,
    modifier_groups: tuple[int, ...],
    refused_row: int,
    failed_row: int,
) -> Row:
    capitals = {key: Capital(number) for number, key in enumerate(CAPITAL_KEYS)}
    return Row(
        index=index,
        name=action_id,
        kind=kind,
        actor=capitals[seat.actor],
        target=capitals[seat.target],
        third=capitals[seat.third] if seat.third else None,
        consenting=tuple(capitals[name] for name in seat.consent),
        parties=tuple(capitals[name] for name in parties),
        modifiers=tuple(action.modifiers) if kind == "act" else (),
        cost=action.capital_cost.value,
        modifier_costs=tuple(m.capital_cost for m in action.modifiers.values()),
        attention=action.attention,
        readiness=action.readiness.value,
        pause_turns=action.pause_turns,
        base_group=base_group,
        modifier_groups=modifier_groups,
        refused_row=refused_row,
        failed_row=failed_row,
    )


def _add_event(draft: _Draft, event_id: str, event: Event) -> None:
    index = len(draft.rows)
    parties = tuple(event.parties)
    group = draft.add_group(event.effects, {}, parties)
    draft.rows.append(
        Row(
            index=index,
            name=event_id,
            kind="event",
            actor=None,
            target=None,
            third=None,
            consenting=(),
            parties=tuple(Capital(CAPITAL_KEYS.index(name)) for name in parties),
            modifiers=(),
            cost=0.0,
            modifier_costs=(),
            attention=0.0,
            readiness=0.0,
            pause_turns=0,
            base_group=group,
            modifier_groups=(),
        )
    )
    draft.add_conditions(index, event.unless, {})
