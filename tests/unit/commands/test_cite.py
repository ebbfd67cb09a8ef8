"""``rapprochement cite`` and the way from any figure on a screen to its passage."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from rapprochement_sim.commands.cite import command
from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.game.local_seat import LocalSeat
from rapprochement_sim.game.opening import start_game
from rapprochement_sim.scenario.explaining import Explainer
from rapprochement_sim.scenario.explanation_text import explanation_text
from rapprochement_sim.scenario.referencing import references_told
from rapprochement_sim.scenario.templates import new_scenario
from rapprochement_sim.vocabulary import CAPITALS, Capital

SHIPPED = "rekindled_2023"


def said(*words: str) -> str:
    return CliRunner().invoke(command, words, catch_exceptions=False).output


def test_a_scenario_is_cited_with_passages_rows_and_studies() -> None:
    text = said(SHIPPED)
    flat = " ".join(text.split())
    for words in ("Articles", "Records", "Studies", "Raisha Jesmin", "(begins ", "Assumptions: "):
        assert words in flat
    long = [line for line in text.splitlines() if len(line) > 78]
    assert all(len(line.split()) == 1 for line in long), "only a reference may be longer"
    assert json.loads(said(SHIPPED, "--json"))["works"]


def test_a_name_of_the_rules_is_cited() -> None:
    text = said("summit")
    assert text.startswith("References of summit")
    assert "[kootneeti:" in text or "[jesmin:" in text


def test_the_audit_counts_each_file() -> None:
    text = said("--audit")
    assert "rules/parameters.yaml" in text
    assert "Every source resolves" in text
    total = json.loads(said("--audit", "--json"))["total"]
    assert sum(total["shares"].values()) == pytest.approx(1.0, abs=1e-3)


def test_a_fault_ends_the_audit(tmp_path: Path) -> None:
    path = new_scenario("harbour", SHIPPED, tmp_path)[0]
    text = path.read_text(encoding="utf-8")
    cut = [line for line in text.splitlines(keepends=True) if "  calendar: " not in line]
    path.write_text("".join(cut), encoding="utf-8")
    with pytest.raises(MalformedInput, match=r"calendar\.\d: this assumption gives no reason"):
        said(str(path.parent), "--audit")


@pytest.fixture(scope="module")
def explainer() -> Explainer:
    session = start_game(SHIPPED, seats=[Capital.SEOUL], seed=7)
    return Explainer(session.case.loaded.rules)


@pytest.fixture(scope="module")
def told_before() -> set[str]:
    """Names that the page of another seat has led to: what is told does not depend on the seat."""
    return set()


def shown_names(seat: LocalSeat) -> set[str]:
    """Every figure, poll, dispute, institution, order and goal on the pages of a seat."""
    page = seat.brief()
    readings = [page.capital, page.approval, *page.headlines, *page.polls, *seat.figures()]
    readings += [each for r in page.relations for each in (r.trust, r.threat)]
    sides = [side for line in page.disputes for side in line.sides]
    readings += [each for s in sides for each in (s.hurt, s.salience, s.settlement)]
    readings += [ladder.level for ladder in page.ladders]
    readings += [goal.reading for goal in page.goals]
    names = {reading.name for reading in readings}
    names |= {line.id for line in page.disputes} | {ladder.id for ladder in page.ladders}
    names |= {paper.action for paper in page.papers}
    names |= {f"{p.action}.{key}" for p in page.papers for key in p.modifiers}
    return names | {option.action for option in seat.options()} | {"attention", "score"}


@pytest.mark.parametrize("capital", CAPITALS, ids=[each.key for each in CAPITALS])
def test_every_figure_on_the_screen_reaches_who_says_so(
    capital: Capital, explainer: Explainer, told_before: set[str]
) -> None:
    seat = LocalSeat(start_game(SHIPPED, seats=[capital], seed=7), capital)
    names = shown_names(seat)
    assert len(names) > 200
    for name in sorted(names - told_before):
        told_before.add(name)
        told: dict[str, Any] = explainer.explain(name)
        references = references_told(told["entries"])
        assert references, name
        text = " ".join(explanation_text(told).split())
        passages = [r for r in references if r.partition(":")[0] != "assumption"]
        shown = [r for r in passages if f"[{r}]" in text]
        assert shown or "an assumption of this model" in text, name
