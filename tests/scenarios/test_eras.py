"""What a player reads of acts and disputes names no year that has not come yet."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from rapprochement_sim.scenario.labels import LABELS_FILE, labels_beside
from rapprochement_sim.scenario.loading import list_scenarios, load_scenario, scenarios_folder
from rapprochement_sim.scenario.wearing import wear_labels

ANALOGUE = "analogue_us_vietnam_1995"
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
READ = ("title", "summary", "narration", "refusal_narration", "dissent", "reason", "why")


def texts(part: Any) -> Iterator[str]:
    """Yield what people read of a part of the rules."""
    if isinstance(part, dict):
        for key, value in part.items():
            if isinstance(value, str):
                if key in READ:
                    yield " ".join(value.split())
            else:
                yield from texts(value)
    elif isinstance(part, list):
        for value in part:
            yield from texts(value)


def told(name: str) -> list[str]:
    """Return all that can be read of open acts, of events that may come, and of disputes."""
    wear_labels(name)
    loaded = load_scenario(name)
    schema, rules = loaded.schema, loaded.rules
    closed = {action for entry in schema.closed if not entry.until for action in entry.actions}
    events = {*schema.hazards, *(entry.event for entry in schema.scheduled)}
    parts = [
        *(action for key, action in rules.actions.items() if key not in closed),
        *(event for key, event in rules.events.items() if key in events),
        *rules.disputes.values(),
    ]
    return [text for part in parts for text in texts(part.model_dump(mode="json"))]


@pytest.mark.parametrize("name", list_scenarios())
def test_no_text_names_a_year_after_the_start(name: str) -> None:
    first = int(load_scenario(name).schema.start[:4])
    late = {t for t in told(name) if any(int(year) > first for year in YEAR.findall(t))}
    assert not late


def test_every_label_of_a_year_stands_in_place_of_something() -> None:
    wear_labels(None)
    plain = load_scenario("rekindled_2023").rules
    parts = (plain.actions.values(), plain.events.values(), plain.disputes.values())
    entries = [*(entry for part in parts for entry in part), *plain.surveys.values()]
    read = "\n".join(texts([entry.model_dump(mode="json") for entry in entries]))
    about = "\n".join(action.capital_cost.about for action in plain.actions.values())
    for file in scenarios_folder().glob(f"*/{LABELS_FILE}"):
        labels = labels_beside(file.with_name("scenario.yaml"))
        assert labels is not None
        missing = [word for word in labels.words if word not in read and word not in about]
        assert not missing or file.parent.name == ANALOGUE
