"""A scenario that names a fit has the numbers of that fit, and every one of them says so."""

import json
from pathlib import Path

import numpy as np
import pytest

from rapprochement_sim.errors import MalformedInput
from rapprochement_sim.experiments.effective import KEPT_DRAWS, POSTERIOR_FILE, read_posterior
from rapprochement_sim.experiments.record import DATA
from rapprochement_sim.scenario.explaining import explain
from rapprochement_sim.scenario.fitting import SIZES, list_fits
from rapprochement_sim.scenario.loading import LoadedScenario, load_rules, load_scenario

POSTERIOR = DATA / "record_2010" / POSTERIOR_FILE


def based(folder: Path, fit: str) -> Path:
    path = folder / "fitted.yaml"
    path.write_text(f"based_on: rekindled_2023\nfit: {fit}\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> LoadedScenario:
    return load_scenario(based(tmp_path_factory.mktemp("fitted"), "record_2010"))


def middle() -> dict[str, float]:
    kept = json.loads(POSTERIOR.read_text(encoding="utf-8"))
    return dict(zip(kept["names"], kept["middle"], strict=True))


def test_what_scenarios_use_is_the_posterior_that_a_fit_wrote() -> None:
    kept = json.loads(POSTERIOR.read_text(encoding="utf-8"))
    beliefs = read_posterior(POSTERIOR)
    there = beliefs.natural(beliefs.mean[:, np.newaxis])
    assert kept["middle"] == pytest.approx([there[name][0] for name in beliefs.names], abs=1e-5)
    drawn = beliefs.natural(beliefs.draw(KEPT_DRAWS, seed=1))
    kept_draws = np.array(kept["draws"]).T
    assert kept_draws == pytest.approx(
        np.stack([drawn[name] for name in beliefs.names]), rel=1e-3, abs=1e-4
    )


def test_every_effect_of_a_class_is_its_shipped_size_times_the_factor(
    fitted: LoadedScenario,
) -> None:
    n_scaled = 0
    for name, action in load_rules().actions.items():
        pairs = zip(action.effects, fitted.rules.actions[name].effects, strict=True)
        for shipped, now in pairs:
            factor = next(
                (
                    middle()[size]
                    for size, (variable, disputes) in SIZES.items()
                    if shipped.on == variable and (not disputes or shipped.at[0] in disputes)
                ),
                1.0,
            )
            assert now.size == pytest.approx(shipped.size * factor, abs=1e-6)
            is_moved = factor != 1.0 and shipped.size != 0.0
            assert now.source == ("fit:record_2010" if is_moved else shipped.source)
            n_scaled += is_moved
    assert n_scaled > 50


def test_speeds_half_lives_and_thresholds_move_and_nothing_else_does(
    fitted: LoadedScenario,
) -> None:
    shipped = load_rules()
    moved = {
        name
        for name, quantity in fitted.rules.parameters.items()
        if quantity != shipped.parameters[name]
    }
    assert moved == {
        "anchor_rate_per_year",
        "social_rate_per_year",
        "reaction_rate_per_year",
        "opinion_common_noise",
    }
    for name, dispute in shipped.disputes.items():
        years = fitted.rules.disputes[name].half_life_years
        factor = middle()["half_life_of_hurt"]
        assert years.value == pytest.approx(dispute.half_life_years.value * factor, abs=1e-5)
    korea = "korea_favourable_of_japan"
    shift = fitted.rules.surveys[korea].threshold.value - shipped.surveys[korea].threshold.value
    assert shift == pytest.approx(middle()[f"threshold_{korea}"], abs=1e-5)
    assert fitted.rules.institutions == shipped.institutions


def test_a_fit_is_another_rule_book_and_a_draw_another_still(
    fitted: LoadedScenario, tmp_path: Path
) -> None:
    plain = load_scenario("rekindled_2023")
    drawn = [load_scenario(based(tmp_path, f"record_2010:{n}")) for n in (1, 2)]
    assert len({plain.rules_hash, fitted.rules_hash, *(each.rules_hash for each in drawn)}) == 4


def test_an_explanation_names_the_fit_and_what_was_shipped(fitted: LoadedScenario) -> None:
    text = " ".join(explain("reaction_rate_per_year", fitted.rules).split())
    assert "fit:record_2010" in text
    assert "1.6 by assumption" in text


@pytest.mark.parametrize(
    ("fit", "words"),
    [("record_2019", "did you mean 'record_2010'"), ("record_2010:99", "1 to 64")],
)
def test_a_fit_that_is_not_there_is_named_and_placed(fit: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(MalformedInput, match=words) as caught:
        load_scenario(based(tmp_path, fit))
    assert "fitted.yaml:2:fit" in caught.value.where


def test_a_posterior_beside_the_scenario_is_used_as_a_shipped_one(
    fitted: LoadedScenario, tmp_path: Path
) -> None:
    (tmp_path / "mine.json").write_text(POSTERIOR.read_text(encoding="utf-8"), encoding="utf-8")
    own = load_scenario(based(tmp_path, "mine.json"))
    drawn = load_scenario(based(tmp_path, "mine.json:3"))
    rate = "reaction_rate_per_year"
    assert own.rules.parameters[rate].value == fitted.rules.parameters[rate].value
    assert drawn.rules.parameters[rate].value != own.rules.parameters[rate].value
    assert own.rules.parameters[rate].source == "fit:mine.json"


@pytest.mark.parametrize(
    ("fit", "text", "words"),
    [
        ("mine.json", None, "no posterior 'mine.json' beside"),
        ("../mine.json", "{}", "beside the scenario"),
        ("mine.json", "{}", "no posterior that a fit has written"),
        ("mine.json", '{"names": ["a"], "middle": [1, 2], "draws": []}', "no posterior that"),
        ("mine.json", '{"names": ["a"], "middle": [NaN], "draws": []}', "no posterior that"),
        ("mine.json:2", '{"names": ["a"], "middle": [1], "draws": [[1]]}', "no draw '2'"),
    ],
)
def test_a_file_that_is_no_posterior_is_refused(
    fit: str, text: str | None, words: str, tmp_path: Path
) -> None:
    if text is not None:
        (tmp_path / "mine.json").write_text(text, encoding="utf-8")
    with pytest.raises(MalformedInput, match=words) as caught:
        load_scenario(based(tmp_path, fit))
    assert "fitted.yaml:2:fit" in caught.value.where


def test_only_records_with_a_posterior_are_fits() -> None:
    assert list_fits() == ["record_2010"]
