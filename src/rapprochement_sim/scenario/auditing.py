"""What the numbers of rules and scenarios rest on, file by file, and what is missing.

A number counts once under the kind of its source. Numbers that define the game rather
than claim something of the world (when an order is allowed, how long it pauses, what a
modifier costs, what counts as an outcome) are apart, as design.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.scenario.citing import ASSUMPTION
from rapprochement_sim.scenario.crosschecks import parts
from rapprochement_sim.scenario.loading import (
    own_rule_files,
    scenario_document,
    shipped_rule_files,
)
from rapprochement_sim.scenario.schema import (
    Action,
    Condition,
    Effect,
    Modifier,
    Outcome,
    PollStart,
    Quantity,
    Scenario,
    SeatBrief,
    StartValue,
    Valuation,
)
from rapprochement_sim.scenario.text_files import shown_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic import BaseModel

    from rapprochement_sim.scenario.composing import DataPath, Document
    from rapprochement_sim.scenario.loading import LoadedScenario
    from rapprochement_sim.scenario.rule_files import RuleFiles
    from rapprochement_sim.scenario.schema import RuleBook

KINDS = ("article", "record", "study", "fit", ASSUMPTION)
DESIGN = "design"

_PACKAGE = Path(__file__).resolve().parents[1]
_RANGED = (Quantity, Effect, Valuation, StartValue, PollStart)
_OF_A_SCENARIO = 4  # turns, months in a turn, citizens, and the seed that draws them


@dataclass(frozen=True)
class FileAudit:
    """How many numbers of one file rest on what.

    Attributes
    ----------
    file
        The file, named from the package, or from where one stands.
    counts
        Numbers by kind of source, and ``design``.
    """

    file: str
    counts: dict[str, int]

    @property
    def n_sourced(self) -> int:
        """Numbers that claim something, whatever they rest on."""
        return sum(self.counts[kind] for kind in KINDS)

    def share(self, kind: str) -> float:
        """Share of the numbers that claim something which rests on a kind of source, 0..1."""
        return self.counts[kind] / self.n_sourced if self.n_sourced else 0.0


@dataclass(frozen=True)
class Audit:
    """The audit of several files, and every fault found."""

    files: tuple[FileAudit, ...]
    faults: tuple[MalformedInput, ...]

    @property
    def total(self) -> FileAudit:
        """All files together."""
        kinds = (*KINDS, DESIGN)
        sums = {kind: sum(each.counts[kind] for each in self.files) for kind in kinds}
        return FileAudit("all files", sums)


def audit(scenarios: Sequence[LoadedScenario], *, with_rules: bool = True) -> Audit:
    """Audit scenarios, the rules they bring along, and the shipped rules.

    Parameters
    ----------
    scenarios
        The scenarios, loaded: whatever they name resolves already.
    with_rules
        Whether the shipped rules are audited as well.
    """
    counted: dict[str, dict[str, int]] = {}
    faults: list[MalformedInput] = []
    books = [(shipped_rule_files(), scenarios[0].rules)] if with_rules and scenarios else []
    owned = [(own_rule_files(each.path), each.rules) for each in scenarios]
    for files, rules in [*books, *((own, book) for own, book in owned if own is not None)]:
        _audit_rules(files, rules, counted, faults)
    for loaded in scenarios:
        document = scenario_document(loaded.path)
        auditor = _Auditor(loaded.rules, document, loaded.schema.reasons)
        auditor.take(loaded.schema, (), _counts_of(document, counted), faults)
    audits = tuple(FileAudit(file, counts) for file, counts in sorted(counted.items()))
    return Audit(audits, tuple(faults))


def _audit_rules(
    files: RuleFiles,
    rules: RuleBook,
    counted: dict[str, dict[str, int]],
    faults: list[MalformedInput],
) -> None:
    for (section, name), document in files.origins.items():
        entry = files.entries[section][name]
        counts = _counts_of(document, counted)
        _Auditor(rules, document, {}).take(entry, (section, name), counts, faults)


def _counts_of(document: Document, counted: dict[str, dict[str, int]]) -> dict[str, int]:
    path = document.path.resolve()
    roots = [root for root in (_PACKAGE, _PACKAGE.parents[1]) if root in path.parents]
    file = path.relative_to(roots[0]).as_posix() if roots else shown_path(document.path)
    return counted.setdefault(file, dict.fromkeys((*KINDS, DESIGN), 0))


@dataclass(frozen=True)
class _Auditor:
    """Counts and checks the numbers of one document."""

    rules: RuleBook
    document: Document
    reasons: dict[str, str]

    def take(
        self,
        entry: BaseModel,
        path: DataPath,
        counts: dict[str, int],
        faults: list[MalformedInput],
    ) -> None:
        for place, part in parts(entry, path):
            if not self.document.says(place):
                continue
            counts[DESIGN] += _n_design(part)
            reference = _reference_of(part)
            if reference is None:
                continue
            kind = self._kind(reference)
            counts[kind] += 1
            faults.extend(self._faults(part, place, kind))

    def _kind(self, reference: str) -> str:
        head = reference.partition(":")[0]
        return self.rules.sources[head].kind if head != ASSUMPTION else ASSUMPTION

    def _faults(self, part: BaseModel, path: DataPath, kind: str) -> Iterator[MalformedInput]:
        where = self.document.where(path)
        if kind == ASSUMPTION and not self._reason(part, path):
            what = "this assumption gives no reason"
            todo = "Say why in 'why' or 'about', or for the whole part in 'reasons'."
            yield MalformedInput(what, where=where, todo=todo)
        if kind == ASSUMPTION and isinstance(part, _RANGED) and part.range is None:
            what = "this assumption gives no range"
            yield MalformedInput(what, where=where, todo="Add 'range: [lowest, highest]'.")
        crosses = isinstance(part, Effect) and part.range[0] < 0.0 < part.range[1]
        if kind == "article" and crosses and not getattr(part, "contested", ""):
            what = "an article claims this effect, and its range leaves the sign open"
            todo = "Keep the range on one side of zero, or name the disagreement in 'contested'."
            yield MalformedInput(what, where=where, todo=todo)

    def _reason(self, part: BaseModel, path: DataPath) -> str:
        named = ("why", "about", "summary", "text")
        own = next((text for key in named if (text := getattr(part, key, ""))), "")
        return own or next(
            (self.reasons[key] for key in _reason_keys(path) if key in self.reasons), ""
        )


def _reason_keys(path: DataPath) -> tuple[str, ...]:
    return (".".join(str(step) for step in path[:2]), str(path[0])) if path else ()


def _reference_of(part: BaseModel) -> str | None:
    key = "lens_source" if isinstance(part, SeatBrief) else "source"
    reference = getattr(part, key, None)
    return reference if isinstance(reference, str) else None


def _n_design(part: BaseModel) -> int:
    """Count the numbers of a part that define the game and claim nothing of the world."""
    if isinstance(part, Action):
        return 2
    if isinstance(part, Modifier):
        return (part.capital_cost != 0.0) + (part.ratification_ease != 0.0)
    if isinstance(part, Condition):
        return (part.above is not None) + (part.below is not None)
    if isinstance(part, Outcome):
        return 1
    return _OF_A_SCENARIO if isinstance(part, Scenario) else 0
