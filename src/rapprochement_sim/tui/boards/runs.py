"""A run of a study: which folder, which run, what to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapprochement_sim.naming import capital_title
from rapprochement_sim.tui.lines import BLANK, Line, Span, choice, paragraph
from rapprochement_sim.vocabulary import CAPITALS, Capital

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rapprochement_sim.experiments.opening import StoredRun, StoredStudy


def folder_lines(folders: Sequence[Path], width: int) -> Iterator[Line]:
    """List the run folders that were found."""
    text = "A study keeps its runs in a folder (rapprochement run .. --out FOLDER). Each run was "
    text += "played without people; you can read it turn by turn, or take a seat in it."
    yield from paragraph(text, width, "dim")
    yield BLANK
    yield (Span("Run folders here", "title"),)
    for folder in folders:
        yield from paragraph(str(folder), width, indent=2, first="  ", spot=choice(f"in:{folder}"))
    if not folders:
        yield from paragraph("None in the working folder: type where one is, below.", width, "dim")


def study_lines(study: StoredStudy, width: int) -> Iterator[Line]:
    """Lay out a study and the ways to choose one of its runs."""
    manifest = study.manifest
    yield (Span(study.name, "title"),)
    text = f"{manifest.scenario_title}, {manifest.n_runs} runs of {manifest.turns} turns, "
    yield from paragraph(f"{text}seed {manifest.seed}.", width)
    yield BLANK
    yield (Span("Which run? Type its number below, or choose", "title"),)
    for word in ("worst", "best"):
        yield from _capitals(f"  the {word} for ", word, None)


def run_lines(
    study: StoredStudy, row: StoredRun, seat: Capital, turn: int, *, is_exact: bool, width: int
) -> Iterator[Line]:
    """Lay out a run, and what to do with it."""
    manifest = study.manifest
    yield (Span(f"Run {row.run} of {study.name}", "title"),)
    scores = ", ".join(f"{capital_title(key)} {score:.1f}" for key, score in row.scores.items())
    yield from paragraph(f"Scores: {scores}", width)
    met = [manifest.outcomes[name] for name, is_met in row.outcomes.items() if is_met]
    yield from paragraph(f"Came true: {'; '.join(met) or 'no outcome'}", width)
    exact = "every figure agrees with the stored row, bit for bit."
    close = "acts and figures agree with the stored row to 6 digits."
    yield from paragraph(f"Played again: {exact if is_exact else close}", width, "dim")
    yield BLANK
    yield (Span("Whose seat", "title"),)
    yield from _capitals("  ", "seat", seat)
    yield BLANK
    yield (
        Span("[ Read it ]", "own", choice("read")),
        Span("  all turns open: timeline, causes, debrief", "dim"),
    )
    yield (
        Span(f"[ Take over from turn {turn} ]", "own", choice("take")),
        Span("  a game of your own", "dim"),
    )
    yield from _turns(manifest.turns, turn, width)


def _capitals(lead: str, kind: str, chosen: Capital | None) -> Iterator[Line]:
    spans = [Span(lead)]
    for capital in CAPITALS:
        mark = "" if chosen is None else "(o) " if capital == chosen else "( ) "
        spot = choice(f"{kind}:{capital.key}")
        spans += [Span(f"{mark}{capital.title}", "own" if capital == chosen else "plain", spot)]
        spans.append(Span("  "))
    yield tuple(spans)


def _turns(n_turns: int, chosen: int, width: int) -> Iterator[Line]:
    spans, used = [Span("  turn ")], 7
    for turn in range(1, n_turns + 1):
        text = f"[{turn}]" if turn == chosen else f" {turn} "
        if used + len(text) > width:
            yield tuple(spans)
            spans, used = [Span(" " * 7)], 7
        spans.append(Span(text, "own" if turn == chosen else "plain", choice(f"turn:{turn}")))
        used += len(text)
    yield tuple(spans)
