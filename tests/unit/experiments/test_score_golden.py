"""Scores of a hand-made case, number by number: the file others read does not drift."""

import json
from pathlib import Path

import numpy as np

from rapprochement_sim.experiments.baselines import BASELINES
from rapprochement_sim.experiments.observations import Observation
from rapprochement_sim.experiments.placing import Placed
from rapprochement_sim.experiments.score_file import FORMAT, MODEL, VERSION, Judged, rounded
from rapprochement_sim.vocabulary import Capital

GOLDEN = Path(__file__).parent / "scores_of_a_small_case.json"
REFERENCE = Path(__file__).resolve().parents[3] / "docs" / "concepts" / "scores.md"


def small_case() -> Judged:
    """Four rows of one series; the model is nearer than every baseline."""
    values = np.array([20.0, 30.0, 40.0, 50.0])
    months = (20, 40, 80, 110)
    rows = tuple(
        Placed(
            Observation(
                series="hand_made",
                respondent=Capital.SEOUL,
                target=Capital.TOKYO,
                measure="favourable",
                date=f"{2010 + month // 12}-{month % 12 + 1:02d}",
                month=month,
                year=2010 + month // 12,
                value=value,
                role="",
                note="",
                verified="yes",
                file="hand_made.csv",
                line=line + 2,
            ),
            "hand_made:seoul>tokyo:favourable",
            sets_level=False,
        )
        for line, (month, value) in enumerate(zip(months, values, strict=True))
    )
    around = np.array([-4.0, -2.0, 0.0, 2.0, 4.0])
    ensembles = {MODEL: values[:, np.newaxis] + 1.0 + around}
    for number, name in enumerate(BASELINES):
        ensembles[name] = values[:, np.newaxis] + 5.0 + number + 2.0 * around
    return Judged(rows, values, ensembles)


def test_the_table_is_the_golden_one() -> None:
    found = rounded(small_case().table(seed=1))
    assert found == json.loads(GOLDEN.read_text(encoding="utf-8"))


def test_the_page_names_format_version_and_every_field() -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    assert f"`{FORMAT}`" in text
    assert f"version {VERSION}" in text

    def named(value: object) -> set[str]:
        if not isinstance(value, dict):
            return set()
        below = [named(each) for each in value.values()]
        return set(value).union(*below)

    table = json.loads(GOLDEN.read_text(encoding="utf-8"))
    fields = named(table) - set(table["series"])
    assert {name for name in fields if f"`{name}`" not in text} == set()
