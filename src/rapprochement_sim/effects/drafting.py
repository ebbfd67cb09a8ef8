"""Drafting a compiled rule book: effects become entries, actions become rows and groups."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from rapprochement_sim.effects.rows import CompiledCondition, CompiledRatification, Row, RowKind
from rapprochement_sim.effects.scalers import ScalerKey
from rapprochement_sim.scenario.names import parse_scaler
from rapprochement_sim.scenario.schema import Action, Condition, Effect, Event, Seat
from rapprochement_sim.vocabulary import CAPITAL_KEYS, Capital
from rapprochement_sim.world.axes import VARIABLES, Axes


@dataclass
class Draft:
    """Lists that grow while a rule book is read, in the sequence of the files."""

    axes: Axes
    offsets: dict[str, int]
    negativity: float
    learning: float
    spending: float
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
        """Add a group of effects of the row being drafted; return its number."""
        entries = []
        for effect in effects:
            for bound in bindings(effect, names, parties):
                if not pairs_with_itself(effect, bound):
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
        """Add one entry; return its number."""
        self.cell.append(self.offsets[variable] + self.axes.cell(variable, at))
        self.size.append(size)
        self.scaler.append(self.keys.setdefault(key, len(self.keys)))
        self.origin.append(effect)
        return len(self.cell) - 1

    def add_conditions(
        self, row: int, conditions: list[Condition], names: Mapping[str, str]
    ) -> None:
        """Add the preconditions of a row (of an event: what averts it)."""
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


def pairs_with_itself(effect: Effect, names: Mapping[str, str]) -> bool:
    """Return whether the cell or the scaler would pair a capital with itself.

    A summit with Beijing alarms those who watch, and Beijing does not watch itself.
    """
    for words in (effect.at, parse_scaler(effect.scaled_by)[1]):
        capitals = [name for word in words if (name := names.get(word, word)) in CAPITAL_KEYS]
        if len(capitals) != len(set(capitals)):
            return True
    return False


def bindings(
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


@dataclass(frozen=True)
class Hand:
    """An action in one seat's hands."""

    id: str
    action: Action
    seat: Seat

    @property
    def parties(self) -> tuple[str, ...]:
        """Capitals that take part, the actor first."""
        third = [self.seat.third] if self.seat.third else []
        return tuple(dict.fromkeys([self.seat.actor, self.seat.target, *third]))

    @property
    def names(self) -> Mapping[str, str]:
        """What the placeholders of effects stand for."""
        seat = self.seat
        return {"actor": seat.actor, "target": seat.target, "third": seat.third or seat.target}


def add_action(draft: Draft, hand: Hand) -> None:
    """Add the rows of an action in one seat's hands: refusal and failure first, then the act."""
    action, names = hand.action, hand.names
    refused = failed = -1
    if hand.seat.consent:
        refused = _add_plain_row(draft, hand, "refused", action.refusal)
    if action.ratification is not None:
        failed = _add_plain_row(draft, hand, "failed", action.ratification.failure)
    index = len(draft.rows)
    base = draft.add_group(action.effects, names, hand.parties)
    _add_spending(draft, hand, base, action.capital_cost.value)
    modifier_groups = []
    for modifier in action.modifiers.values():
        group = draft.add_group(modifier.effects, names, hand.parties)
        _add_spending(draft, hand, group, modifier.capital_cost)
        modifier_groups.append(group)
    draft.rows.append(
        _row(hand, index, "act", base, tuple(modifier_groups), refused=refused, failed=failed)
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


def _add_spending(draft: Draft, hand: Hand, group: int, cost: float) -> None:
    """Book what an order costs its actor at home, as an effect of the order itself."""
    if cost != 0.0:
        spent = -draft.spending * cost
        entry = draft.add_raw("political_capital", (hand.seat.actor,), spent, ("one", ()), None)
        draft.groups[group].append(entry)


def _add_plain_row(draft: Draft, hand: Hand, kind: RowKind, effects: list[Effect]) -> int:
    index = len(draft.rows)
    group = draft.add_group(effects, hand.names, hand.parties)
    draft.rows.append(_row(hand, index, kind, group, ()))
    return index


def _row(
    hand: Hand,
    index: int,
    kind: RowKind,
    base_group: int,
    modifier_groups: tuple[int, ...],
    *,
    refused: int = -1,
    failed: int = -1,
) -> Row:
    capitals = {key: Capital(number) for number, key in enumerate(CAPITAL_KEYS)}
    action, seat = hand.action, hand.seat
    return Row(
        index=index,
        name=hand.id,
        kind=kind,
        actor=capitals[seat.actor],
        target=capitals[seat.target],
        third=capitals[seat.third] if seat.third else None,
        consenting=tuple(capitals[name] for name in seat.consent),
        parties=tuple(capitals[name] for name in hand.parties),
        modifiers=tuple(action.modifiers) if kind == "act" else (),
        cost=action.capital_cost.value,
        modifier_costs=tuple(m.capital_cost for m in action.modifiers.values()),
        attention=action.attention,
        readiness=action.readiness.value,
        pause_turns=action.pause_turns,
        base_group=base_group,
        modifier_groups=modifier_groups,
        refused_row=refused,
        failed_row=failed,
    )


def add_event(draft: Draft, event_id: str, event: Event) -> None:
    """Add the row of an event."""
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
