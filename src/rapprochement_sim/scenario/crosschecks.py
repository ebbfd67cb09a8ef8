"""Whether the names that rules and scenarios use exist: variables, cells, scalers, sources.

A schema sees one entry at a time; these checks see the whole rule book. Each check
yields errors and never raises, so that one message can hold them all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from rapprochement_sim.errors import MalformedInput, listed, nearest_name
from rapprochement_sim.scenario.composing import DataPath
from rapprochement_sim.scenario.indicator_names import indicator_cells
from rapprochement_sim.scenario.names import (
    SCALER_ARGUMENTS,
    SCALERS,
    VARIABLES,
    ArgumentKind,
    coordinate_kinds,
    parse_scaler,
)
from rapprochement_sim.scenario.record_rows import data_files, matching_rows, unmatched_part
from rapprochement_sim.scenario.schema import (
    Action,
    Composite,
    Condition,
    Effect,
    PollStart,
    Ratification,
    RuleBook,
    Seat,
    Source,
    Valuation,
)
from rapprochement_sim.vocabulary import CAPITAL_KEYS

Problems = Iterator[MalformedInput]
Where = Callable[[DataPath], str]

PLACEHOLDERS: dict[str, tuple[str, ...]] = {
    "actions": ("actor", "target", "third", "party", "partner"),
    "events": ("party", "partner"),
    "lenses": ("self",),
}
"""What may stand for a capital, in each section of the rule book."""


def parts(value: object, path: DataPath = ()) -> Iterator[tuple[DataPath, BaseModel]]:
    """Walk through an entry: every schema object inside it, with its path."""
    if isinstance(value, BaseModel):
        yield path, value
        for field in type(value).model_fields:
            yield from parts(getattr(value, field), (*path, field))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from parts(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from parts(item, (*path, number))


def contested_names(*values: object) -> set[str]:
    """Names under which numbers inside some entries are contested."""
    walked = (part for value in values for _, part in parts(value))
    return {name for part in walked if (name := getattr(part, "contested", ""))}


@dataclass(frozen=True)
class CrossChecker:
    """Looks names up in a rule book.

    Parameters
    ----------
    rules
        The whole rule book that names are looked up in.
    passages
        References of all known article passages; empty when there are none to check.
    where
        Gives ``file:line:key`` of a path, for the error.
    placeholders
        What may stand for a capital here.
    """

    rules: RuleBook
    passages: Collection[str]
    where: Where
    placeholders: tuple[str, ...] = ()

    def entry(self, entry: BaseModel, path: DataPath) -> Problems:
        """Check everything inside one entry of a rule book or a scenario."""
        for place, part in parts(entry, path):
            yield from self._sources(part, place)
            yield from self._contested(part, place)
            if isinstance(part, Valuation | PollStart):
                yield from self._own_range(part, place)
            if isinstance(part, Source) and part.file:
                yield from self.known(part.file, data_files(), (*place, "file"))
            if isinstance(part, Effect | Condition | Valuation):
                yield from self._cell_of(part, place)
            if isinstance(part, Ratification):
                yield from self.known(part.dispute, self.rules.disputes, (*place, "dispute"))
            if isinstance(part, Seat):
                yield from self._seat(part, place)
        if isinstance(entry, Composite):
            names = [*indicator_cells(self.rules), *self.rules.surveys]
            for number, term in enumerate(entry.terms):
                yield from self.known(term.of, names, (*path, "terms", number, "of"))
        if isinstance(entry, Action) and all(seat.third is None for seat in entry.seats):
            yield from self._no_third(entry, path)

    def known(self, name: str, names: Collection[str], path: DataPath) -> Problems:
        """Check that a name is one of the known ones."""
        if name not in names:
            yield MalformedInput(
                f"'{name}' is not known here",
                where=self.where(path),
                allowed=listed(names),
                nearest=nearest_name(name, names),
            )

    def cell(self, kinds: tuple[ArgumentKind, ...], at: list[str], path: DataPath) -> Problems:
        """Check the names that address one cell of the state."""
        if len(at) != len(kinds):
            yield MalformedInput(
                f"found {len(at)} coordinates",
                where=self.where(path),
                allowed=f"{len(kinds)}, as in [{', '.join(kinds)}]",
            )
            return
        for number, (kind, name) in enumerate(zip(kinds, at, strict=True)):
            yield from self.known(name, self._names(kind), (*path, number))
        capitals = [name for kind, name in zip(kinds, at, strict=True) if kind == "capital"]
        repeated = len(capitals) > 1 and capitals[0] == capitals[1] != "any"
        if repeated:
            what = f"'{capitals[0]}' stands twice; a pair needs two different capitals"
            yield MalformedInput(what, where=self.where(path))

    def source(self, reference: str, path: DataPath) -> Problems:
        """Check that a source resolves to the bibliography and, if given, to a passage."""
        head, _, tail = reference.partition(":")
        if head == "assumption":
            return
        source = self.rules.sources.get(head)
        if source is None:
            names = [*self.rules.sources, "assumption"]
            yield MalformedInput(
                f"the source '{reference}' does not resolve: '{head}' is not in the bibliography",
                where=self.where(path),
                allowed=listed(names),
                nearest=nearest_name(head, names),
            )
        elif source.kind == "article" and tail and self.passages:
            yield from self._passage(reference, path)
        elif source.file in data_files() and tail and not matching_rows(source.file, tail):
            part, nearest = unmatched_part(source.file, tail)
            before = tail.partition(part)[0].strip(":")
            beside = f" beside '{before}'" if before else ""
            yield MalformedInput(
                f"the source '{reference}' names no row of data/{source.file}: "
                f"no field is '{part}'{beside}",
                where=self.where(path),
                nearest=nearest,
            )

    def _passage(self, reference: str, path: DataPath) -> Problems:
        head = reference.partition(":")[0]
        if reference not in self.passages:
            same = [name for name in self.passages if name.startswith(f"{head}:")]
            yield MalformedInput(
                f"the source '{reference}' names no passage of that article",
                where=self.where(path),
                allowed=listed(same),
                nearest=nearest_name(reference, same),
            )

    def _contested(self, part: BaseModel, path: DataPath) -> Problems:
        name = getattr(part, "contested", "")
        if name and self.rules.conflicts:
            yield from self.known(name, self.rules.conflicts, (*path, "contested"))

    def _own_range(self, part: Valuation | PollStart, path: DataPath) -> Problems:
        value = part.weight if isinstance(part, Valuation) else part.percent
        if part.range is not None and not part.range[0] <= value <= part.range[1]:
            low, high = part.range
            what = f"{value:g} lies outside its own range [{low:g}, {high:g}]"
            yield MalformedInput(what, where=self.where((*path, "range")))

    def _sources(self, part: BaseModel, path: DataPath) -> Problems:
        for field in ("source", "lens_source"):
            reference = getattr(part, field, None)
            if isinstance(reference, str):
                yield from self.source(reference, (*path, field))
        references: list[str] = getattr(part, "sources", [])
        for number, each in enumerate(references):
            yield from self.source(each, (*path, "sources", number))

    def _cell_of(self, part: Effect | Condition | Valuation, path: DataPath) -> Problems:
        if part.on not in VARIABLES:
            yield from self.known(part.on, VARIABLES, (*path, "on"))
        else:
            kinds = coordinate_kinds(VARIABLES[part.on].axes)
            yield from self.cell(kinds, part.at, (*path, "at"))
        if "partner" in part.at and "party" not in part.at:
            what = "'partner' stands without 'party'"
            yield MalformedInput(what, where=self.where((*path, "at")))
        if not isinstance(part, Condition):
            yield from self._scaler(part.scaled_by, (*path, "scaled_by"))

    def _scaler(self, text: str, path: DataPath) -> Problems:
        try:
            name, arguments = parse_scaler(text)
        except ValueError as problem:
            yield MalformedInput(
                str(problem),
                where=self.where(path),
                nearest=nearest_name(text.partition("(")[0].strip(), SCALERS),
                todo=_scaler_form(text),
            )
            return
        for kind, argument in zip(SCALER_ARGUMENTS[name], arguments, strict=True):
            yield from self.known(argument, self._names(kind), path)

    def _seat(self, seat: Seat, path: DataPath) -> Problems:
        if seat.third in {seat.actor, seat.target}:
            what = f"'{seat.third}' is the third party and already the actor or the target"
            yield MalformedInput(what, where=self.where((*path, "third")))
        if seat.actor in seat.consent:
            what = f"'{seat.actor}' gives the order and cannot be asked to consent"
            yield MalformedInput(what, where=self.where((*path, "consent")))

    def _no_third(self, action: Action, path: DataPath) -> Problems:
        for place, part in parts(action, path):
            if isinstance(part, Effect | Condition) and "third" in part.at:
                what = "'third' stands here, but no seat of this action names a third party"
                yield MalformedInput(what, where=self.where((*place, "at")))

    def _names(self, kind: ArgumentKind) -> Collection[str]:
        if kind == "dispute":
            known: Mapping[str, object] = self.rules.disputes
        elif kind == "institution":
            known = self.rules.institutions
        else:
            return (*CAPITAL_KEYS, *self.placeholders)
        return (*known, "any") if "any" in self.placeholders else tuple(known)


def _scaler_form(text: str) -> str:
    name = text.partition("(")[0].strip()
    if name not in SCALER_ARGUMENTS:
        return ""
    return f"Write {name}({', '.join(SCALER_ARGUMENTS[name])})."
